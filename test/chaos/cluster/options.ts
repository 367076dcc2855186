/** The options of a run with several nodes. A wrong value gives an error with a sentence. */
import { parseArgs } from 'node:util'
import { WrongOption } from '../options.ts'
import { FAULTS, type FaultName } from './faults.ts'

export type ClusterOptions = {
  readonly nodes: number
  readonly seed: string
  readonly faults: readonly FaultName[]
  /** Pauses are printed and not judged, and nobody waits for the brokers' own logs. */
  readonly isUntimed: boolean
  /** A file that gets the pauses as JSON. */
  readonly pauses: string | null
}

const NODES_MIN = 2
const NODES_MAX = 9
const NAMES = Object.keys(FAULTS) as readonly FaultName[]

/** Throws WrongOption. */
export function readClusterOptions(argv: readonly string[]): ClusterOptions {
  const { nodes, seed, faults, untimed, pauses = null } = valuesOf(argv)
  const count = Number(nodes)
  if (!Number.isInteger(count) || count < NODES_MIN || count > NODES_MAX) {
    throw new WrongOption(`--nodes takes ${NODES_MIN} to ${NODES_MAX}, not "${nodes}".`)
  }
  return {
    nodes: count,
    seed,
    faults: faults === undefined ? NAMES : faults.split(',').map(faultOf),
    isUntimed: untimed,
    pauses,
  }
}

function faultOf(text: string): FaultName {
  const name = NAMES.find(one => one === text)
  if (name === undefined)
    throw new WrongOption(`--faults takes ${NAMES.join(', ')}, separated by commas, not "${text}".`)
  return name
}

function valuesOf(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        nodes: { type: 'string', default: '3' },
        seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
        faults: { type: 'string' },
        pauses: { type: 'string' },
        untimed: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new WrongOption(`${(error as Error).message.replace(/\.?$/, '.')} The flags are in docs/chaos.md.`)
  }
}
