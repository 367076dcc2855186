/** With slow mode a room remembers when each member wrote last. */
import type { MemberId } from '../../../model/input.ts'
import { SPOKE_MAX } from '../../../model/limits.ts'
import type { State } from '../../../model/state.ts'
import { rulesOf, withRules } from '../places.ts'

/** The oldest ones go first, and so do those whose wait is over. Without slow mode, nothing is kept. */
export function withSpoken(
  state: State,
  { room, author }: { readonly room: string; readonly author: MemberId },
): State {
  const slow = state.format < 7 ? undefined : state.rooms.get(room)?.modes.slow
  if (slow === undefined) return state
  const rules = rulesOf(state, room)
  const spoke = rules.spoke.delete(author).set(author, state.at)
  const surplus = spoke.size - SPOKE_MAX
  const over = state.at - Number(slow) * 1000
  const dropped: MemberId[] = []
  for (const [id, at] of spoke) {
    if (dropped.length >= surplus && at > over) break
    dropped.push(id)
  }
  return withRules(state, room, { ...rules, spoke: dropped.reduce((left, id) => left.delete(id), spoke) })
}
