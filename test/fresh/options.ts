/** The flags of `npm run test:fresh`. */
import { parseArgs } from 'node:util'

export type FreshOptions = {
  /** For so long another seed is begun after each that held. */
  readonly minutes: number
  /** Only this one; null: fresh ones. */
  readonly seed: number | null
  /** How many times the runs of `npm test`. */
  readonly times: number
  /** Only these test files; none: all that draw. */
  readonly only: readonly string[]
}

function whole(name: string, value: string): number {
  if (!/^\d{1,10}$/.test(value)) throw new Error(`--${name} takes a whole number, not "${value}"`)
  return Number(value)
}

export function readOptions(args: readonly string[]): FreshOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      minutes: { type: 'string', default: '5' },
      seed: { type: 'string' },
      times: { type: 'string', default: '10' },
    },
  })
  return {
    minutes: whole('minutes', values.minutes),
    seed: values.seed === undefined ? null : whole('seed', values.seed),
    times: whole('times', values.times),
    only: positionals,
  }
}
