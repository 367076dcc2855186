/** Inputs that the reducer cannot fold. */
import type { Entry } from '../../src/model/input.ts'

/** An input with this in its text throws when it is folded, until it is quarantined. */
export const POISON = 'poison'

/** An entry as it is read: a poisoned one throws as soon as its room is read. */
export function armed(entry: Entry): Entry {
  if (!entry.texts.text?.includes(POISON) || entry.quarantined !== null) return entry
  const trap = Object.defineProperty({ ...entry.input }, 'room', {
    get() {
      throw new Error('poisoned')
    },
  })
  return { ...entry, input: trap }
}
