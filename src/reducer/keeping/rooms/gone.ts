/** Removes the rest of a closed room, and of messages that aren't held any more. */
import type { State } from '../../../model/state.ts'
import { withoutEnd } from '../ends.ts'
import { heldKey, modeKey } from '../places.ts'
import { evolveSanctions, sanctionsIn } from '../sanctions/under.ts'

/** A room is gone, with its rules, its sanctions, and the messages that wait in it. */
export function withoutRules(state: State, room: string): State {
  if (!state.rules.has(room)) return state
  const lifted = sanctionsIn(state, room).reduce((now, { id }) => evolveSanctions(now, { type: 'lifted', id }), state)
  const waiting = [...lifted.held.values()].filter(one => one.room === room).map(({ seq }) => seq)
  const unheld = waiting.reduce((now, target) => withoutHeld(now, target), lifted)
  return withoutEnd({ ...unheld, rules: unheld.rules.delete(room) }, modeKey(room))
}

/** The message isn't held any more, and nobody needs its text beside that input. */
export function withoutHeld(state: State, target: number): State {
  if (!state.held.has(target)) return state
  const ended = withoutEnd(state, heldKey(target))
  return { ...ended, held: state.held.delete(target), obsolete: state.obsolete.add(target) }
}
