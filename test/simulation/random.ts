/** Randomness that repeats: a stream of numbers for each key, so that leaving one thing out changes nothing else. */
import { type Random as Numbers, random as numbers } from '../../src/program/client/lab/random.ts'

export type Random = Numbers & {
  /** One of these; there must be one. */
  readonly pick: <T>(of: readonly T[]) => T
}

export function random(key: string): Random {
  const by = numbers(key)
  return { ...by, pick: <T>(of: readonly T[]): T => of[by.below(of.length)] as T }
}
