/** The options of `npm run sim`. */
import { parseArgs } from 'node:util'

export type SimOptions = {
  readonly seed: number
  /** Acts in a run. */
  readonly steps: number
  readonly seeds: number
  /** Runs seed after seed for so long; null: runs `seeds` of them. */
  readonly minutes: number | null
  /** Runs only seeds whose servers write to a replicated log. */
  readonly replicated: boolean
  /** Runs only these acts. */
  readonly acts: readonly number[] | null
  /** Prints the story of each run, not only of failed ones. */
  readonly story: boolean
  /** Whether the story of a failed run is made short. */
  readonly shrink: boolean
}

/** Throws on options that it does not know. */
export function readOptions(args: readonly string[]): SimOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      steps: { type: 'string', default: '60' },
      seeds: { type: 'string', default: '1' },
      minutes: { type: 'string' },
      replicated: { type: 'boolean', default: false },
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
    replicated: values.replicated,
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
