/** The options of `npm run chaos`. A wrong value gives an error with a sentence. */
import { parseArgs } from 'node:util'

export class WrongOption extends Error {}

export const PARTS = ['kills', 'stops', 'fills', 'cursors', 'asks', 'lives'] as const
export type Part = (typeof PARTS)[number]

export type Options = {
  readonly only: Part | null
  readonly seed: string
  readonly kills: number
  readonly minutes: number
  readonly readers: number
  readonly fills: number
  readonly asks: number
}

/** Throws WrongOption. */
export function readOptions(argv: readonly string[]): Options {
  const { only, seed, kills, minutes, readers, fills, asks } = valuesOf(argv)
  const part = PARTS.find(one => one === only) ?? null
  if (only !== undefined && part === null) throw new WrongOption(`--only takes ${PARTS.join(', ')}, not "${only}".`)
  return {
    only: part,
    seed,
    kills: number('--kills', kills, 1),
    minutes: number('--minutes', minutes, 1),
    readers: number('--readers', readers, 1),
    fills: number('--fills', fills, 1),
    asks: number('--asks', asks, 1),
  }
}

function valuesOf(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string' },
        seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
        kills: { type: 'string', default: '100' },
        minutes: { type: 'string', default: '5' },
        readers: { type: 'string', default: '5' },
        fills: { type: 'string', default: '20' },
        asks: { type: 'string', default: '100' },
      },
    }).values
  } catch (error) {
    throw new WrongOption(`${(error as Error).message.replace(/\.?$/, '.')} The flags are in docs/chaos.md.`)
  }
}

function number(flag: string, text: string, least: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && Number.isSafeInteger(value)) return value
  throw new WrongOption(`${flag} takes whole numbers from ${least}, not "${text}".`)
}
