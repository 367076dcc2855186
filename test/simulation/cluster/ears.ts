/** How well one node hears the log. At its worst it hears late, twice, in another order, or not at all. */
import type { Faults } from '../../helpers/memory-broker.ts'
import type { Random } from '../random.ts'

/** `good`: nearly at once. `slow`: late, and so in another order. `bad`: also twice, or never. */
export type Hearing = 'good' | 'slow' | 'bad'

/** Milliseconds. */
const LATE_MS = 200

export function ears(chance: Random, hearing: () => Hearing): Pick<Faults, 'hearing' | 'behind'> {
  const late = (): number => {
    if (hearing() === 'good') return chance.chance(0.9) ? 0 : chance.below(3)
    return chance.chance(0.7) ? chance.below(3) : chance.below(LATE_MS)
  }
  return {
    hearing() {
      if (hearing() !== 'bad') return [late()]
      const times = chance.pick([0, 1, 1, 1, 2])
      return Array.from({ length: times }, late)
    },
    behind: () => (hearing() === 'bad' && chance.chance(0.3) ? chance.below(6) : 0),
  }
}
