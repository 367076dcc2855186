/** Purges: all messages of a member since some time. A server erases them in pieces, and says when it has. */
import type { Event, EventOf } from '../../../model/event.ts'
import type { InputOf } from '../../../model/input.ts'
import { PURGES_MAX, PURGES_PER_MEMBER } from '../../../model/limits.ts'
import type { State } from '../../../model/state.ts'
import { isHost, may } from '../../may.ts'
import { keeperOf, targetId } from '../../rules/lookup.ts'
import { refuse } from '../../rules/refuse.ts'
import { knownName, refuseRole } from '../refusals.ts'

export function decidePurge(state: State, input: InputOf<'purge'>): readonly Event[] {
  const { room, who, ms } = input
  const since = Math.max(0, state.at - ms)
  const author = targetId(state, who)
  if (!may(state, input.session, 'purge', { room, target: author })) return refuseRole(state, input, 'purge', room)
  if (room !== null && !state.rooms.has(room)) return refuse(input, 'room-unknown', room)
  if (author === undefined) return refuse(input, 'member-unknown', who.text)
  if (state.purges.size >= PURGES_MAX) return refuse(input, 'purges-full', `${PURGES_MAX}`)
  const keeper = keeperOf(state, input)
  const by = { by: keeper.name, byId: keeper.id }
  const own = isHost(keeper.id) ? 0 : state.purges.count(({ byId }) => byId === keeper.id)
  if (own >= PURGES_PER_MEMBER) return refuse(input, 'purges-full', `${PURGES_PER_MEMBER}`)
  const waiting = [...state.held.values()].filter(
    one => one.author === author && one.at >= since && (room === null || one.room === room),
  )
  return [
    ...waiting.map(({ seq }) => ({ type: 'unheld', target: seq }) as const),
    { type: 'purging', id: state.seq, room, author, name: knownName(state, author) ?? who.text, since, ...by },
  ]
}

/** A server has erased them. Other servers may have reported it before. */
export function decidePurged(state: State, { purge: id, count }: InputOf<'purged'>): readonly Event[] {
  const purge = state.purges.get(id)
  if (!purge) return []
  const { room, author, name, by, byId } = purge
  const none = { rule: null, reason: null, until: null } as const
  const act: Event = {
    ...{ type: 'moderated', act: 'purge', room, by, byId, who: name, whoId: author, value: `${count}`, ...none },
    to: room === null ? 'everyone' : 'room',
  }
  return [{ type: 'purged', purge: id }, act]
}

export function evolvePurges(state: State, event: EventOf<'purging' | 'purged'>): State {
  if (event.type === 'purged') return { ...state, purges: state.purges.delete(event.purge) }
  const { type: _, ...purge } = event
  return { ...state, purges: state.purges.set(purge.id, purge) }
}
