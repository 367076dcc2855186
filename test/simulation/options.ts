/** What `npm run sim` can be asked for. */
import { parseArgs } from 'node:util'

export type SimOptions = {
  readonly seed: number
  /** Acts in a run. */
  readonly steps: number
  readonly seeds: number
  /** Goes on with seed after seed for so long; null: for `seeds` of them. */
  readonly minutes: number | null
  /** Of the acts only these. */
  readonly acts: readonly number[] | null
  /** Tells the story of each run, not of failed ones alone. */
  readonly story: boolean
  /** Whether a story that ends badly is made short. */
  readonly shrink: boolean
}

/** Throws on what it does not know. */
export function readOptions(args: readonly string[]): SimOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      steps: { type: 'string', default: '60' },
      seeds: { type: 'string', default: '1' },
      minutes: { type: 'string' },
      acts: { type: 'string' },
      story: { type: 'boolean', default: false },
      shrink: { type: 'boolean', default: true },
    },
    allowNegative: true,
  })
  return {
    seed: whole('seed', values.seed),
    steps: whole('steps', values.steps),
    seeds: whole('seeds', values.seeds),
    minutes: values.minutes === undefined ? null : whole('minutes', values.minutes),
    acts: values.acts === undefined ? null : values.acts.split(',').map(act => whole('acts', act)),
    story: values.story,
    shrink: values.shrink,
  }
}

function whole(option: string, text: string): number {
  const value = Number(text)
  if (text === '' || !Number.isInteger(value) || value < 0)
    throw new Error(`--${option} takes a whole number, not "${text}"`)
  return value
}
