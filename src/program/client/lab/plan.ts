/** The troubles of a run, chosen by a seed. */
import { type Random, random } from './random.ts'

export type Trouble = {
  /** `cut`: of the bot's connection. `server`, `bot`: its restart. `repeat`: an event comes twice. */
  readonly type: 'cut' | 'server' | 'bot' | 'repeat'
  /** The acts after it that the bot misses. */
  readonly missed: number
  /** The trouble comes when the bot has got the act, and has not answered. Otherwise it has had all the time it needs. */
  readonly midway: boolean
}

export type Wanted = { readonly cuts: number; readonly restarts: number; readonly repeats: number }

/** By the act at which each begins. */
export type Plan = ReadonlyMap<number, Trouble>

const MISSED_MAX = 4
/** Tries to find a place that is still free. */
const TRIES = 50

/** Acts from `from` up to `to`. `answered`: those that the bot answers, around which there is more to learn. */
export function planOf(
  { cuts, restarts, repeats }: Wanted,
  seed: string,
  from: number,
  to: number,
  answered: readonly number[],
): Plan {
  const chance = random(`${seed} plan`)
  const plan = new Map<number, Trouble>()
  const taken = new Set<number>()
  const first = chance.below(2)
  const types = [
    ...Array<'cut'>(cuts).fill('cut'),
    ...Array.from({ length: restarts }, (_, k) => ((k + first) % 2 === 0 ? 'server' : 'bot')),
    ...Array<'repeat'>(repeats).fill('repeat'),
  ] as const
  for (const type of types) {
    for (let tries = 0; tries < TRIES; tries++) {
      const missed = type === 'repeat' ? 0 : chance.below(MISSED_MAX + 1)
      // All places where the bot answers may be taken.
      const near = tries < TRIES / 2 ? answered : []
      const at = type === 'repeat' ? onAnswered(chance, near, from, to) : placeOf(chance, near, from, to, missed)
      const span = Array.from({ length: missed + 2 }, (_, k) => at + k)
      if (at < from || at + missed >= to || span.some(k => taken.has(k))) continue
      for (const k of span) taken.add(k)
      plan.set(at, { type, missed, midway: type === 'cut' && chance.chance(0.3) })
      break
    }
  }
  return plan
}

const onAnswered = (chance: Random, answered: readonly number[], from: number, to: number): number =>
  answered[chance.below(answered.length)] ?? from + chance.below(to - from)

/** Most begin so that an act that the bot answers is the last one that it gets, or missed, or the first one after that. */
function placeOf(chance: Random, answered: readonly number[], from: number, to: number, missed: number): number {
  if (answered.length === 0 || chance.chance(0.3)) return from + chance.below(to - from)
  return onAnswered(chance, answered, from, to) - chance.below(missed + 2)
}
