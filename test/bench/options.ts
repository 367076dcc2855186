/** The options of `npm run bench`. A wrong value is a sentence. */
import { parseArgs } from 'node:util'

export class WrongOption extends Error {}

/** The parts that can be measured, in the order in which they run. */
export const PARTS = [
  'start-up',
  'fan-out',
  'websocket',
  'joining',
  'growth',
  'keeping',
  'slow-readers',
  'journal',
  'loop',
  'memory',
  'files',
  'terminal',
  'page',
  'cluster',
] as const
export type Part = (typeof PARTS)[number]

/** The parts of `--quick`, which take about two minutes. */
const QUICK: readonly Part[] = ['start-up', 'fan-out']

export type Options = {
  readonly only: readonly Part[]
  /** Runs of each. */
  readonly reps: number
  /** Numbers of clients in the fan-out. */
  readonly cases: readonly number[]
  /** Length of the journal. */
  readonly inputs: number
  /** The folder for the results. */
  readonly out: string
}

const CLIENTS_MIN = 10
const INPUTS_MIN = 10_000

/** Throws WrongOption. */
export function readOptions(argv: readonly string[]): Options {
  const { only, quick, reps, cases, inputs, out } = valuesOf(argv)
  return {
    only: parts(only ?? (quick ? QUICK : PARTS).join(',')),
    reps: wholeNumber('--reps', reps ?? (quick ? '1' : '2'), 1),
    out,
    cases: (cases ?? (quick ? '100' : '100,1000,5000'))
      .split(',')
      .map(clients => wholeNumber('--cases', clients, CLIENTS_MIN)),
    inputs: wholeNumber('--inputs', inputs, INPUTS_MIN),
  }
}

function valuesOf(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string' },
        quick: { type: 'boolean', default: false },
        reps: { type: 'string' },
        cases: { type: 'string' },
        inputs: { type: 'string', default: '200000' },
        out: { type: 'string', default: 'bench' },
      },
    }).values
  } catch (error) {
    throw new WrongOption(`${(error as Error).message.replace(/\.?$/, '.')} The flags are in docs/performance.md.`)
  }
}

function wholeNumber(flag: string, text: string, least: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && Number.isSafeInteger(value)) return value
  throw new WrongOption(`${flag} takes whole numbers from ${least}, not "${text}".`)
}

function parts(text: string): readonly Part[] {
  const asked = text.split(',')
  const unknown = asked.find(part => !PARTS.some(known => known === part))
  if (unknown !== undefined) {
    throw new WrongOption(`--only takes ${PARTS.join(', ')}, separated by commas, not "${unknown}".`)
  }
  return PARTS.filter(part => asked.includes(part))
}
