/** Messages that a word filter holds, until a keeper releases or drops them, or a day is over. */
import type { Event, EventOf } from '../../../model/event.ts'
import type { InputOf, SessionId } from '../../../model/input.ts'
import { HELD_MAX, HELD_MS, HELD_PER_AUTHOR, HELD_PER_ROOM } from '../../../model/limits.ts'
import type { Filter, Held } from '../../../model/state/keeping.ts'
import type { State } from '../../../model/state.ts'
import { may, seesRoom } from '../../may.ts'
import { unstores } from '../../messages/files.ts'
import { accountMark, sessionsOf } from '../../rules/lookup.ts'
import { withEnd } from '../ends.ts'
import { acted, staffOf } from '../log.ts'
import { heldKey, rulesOf, withRules } from '../places.ts'
import { type Fault, fault, knownName, refuseFor, roleFault } from '../refusals.ts'
import { withoutHeld } from '../rooms/gone.ts'

type Said = Omit<EventOf<'said'>, 'type' | 'everyone'>

/** Null: too many are held already. One author can't use up the place of the others. */
export function holds(state: State, said: Said, { id: filter }: Filter): readonly Event[] | null {
  const { room, author } = said
  const inRoom = state.held.filter(one => one.room === room)
  if (state.held.size >= HELD_MAX || inRoom.size >= HELD_PER_ROOM) return null
  if (inRoom.count(one => one.author === author) >= HELD_PER_AUTHOR) return null
  return [{ type: 'held', ...said, filter, sessions: concerned(state, said) }]
}

/** Keepers of the room, and the author, whose clients show that the message waits. */
const concerned = (state: State, { room, author }: Pick<Held, 'room' | 'author'>): readonly SessionId[] =>
  [...new Set([...staffOf(state, room), ...sessionsOf(state, author)])].sort()

/** Why the session can't release or drop it. Ingress asks as well, before a text stands beside one more input. */
export function reviewFault(state: State, session: SessionId, target: number): Fault | null {
  const held = state.held.get(target)
  if (!held || !seesRoom(state, session, held.room)) return fault('held-unknown', `${target}`)
  return may(state, session, 'review', held) ? null : roleFault(state, 'review', held.room)
}

export function decideRelease(state: State, input: InputOf<'release'>): readonly Event[] {
  const { target } = input
  const held = state.held.get(target)
  const unfit = reviewFault(state, input.session, target)
  if (unfit || !held) return refuseFor(input, unfit ?? fault('held-unknown'))
  const { room, author, from, action, mentions, reply, files } = held
  const act = { act: 'release', room, who: from, whoId: author, rule: held.filter, value: `${target}` } as const
  const said: Event = {
    ...{ type: 'said', room, from: knownName(state, author) ?? from, action, everyone: false, author },
    ...accountMark(state, author),
    ...(mentions && { mentions }),
    ...(reply !== undefined && { reply }),
    ...(files && { files }),
  }
  return [{ type: 'unheld', target }, acted(state, input, act, concerned(state, held)), said]
}

export function decideDrop(state: State, input: InputOf<'drop'>): readonly Event[] {
  const held = state.held.get(input.target)
  const unfit = reviewFault(state, input.session, input.target)
  return unfit || !held ? refuseFor(input, unfit ?? fault('held-unknown')) : drops(state, held, input)
}

/** `input` null: its day is over. */
export function drops(state: State, held: Held, input: InputOf<'drop'> | null): readonly Event[] {
  const { room, author, from } = held
  const act = { act: 'drop', room, who: from, whoId: author, rule: held.filter, value: `${held.seq}` } as const
  return [
    { type: 'unheld', target: held.seq },
    acted(state, input, act, concerned(state, held)),
    ...unstores(state, held.seq),
  ]
}

/** The room has rules from now on, so that the message goes with it. */
export function evolveHeld(state: State, event: EventOf<'held' | 'unheld'>): State {
  if (event.type === 'unheld') return withoutHeld(state, event.target)
  const { type: _, sessions: __, ...held } = event
  const timed = withEnd(state, heldKey(state.seq), state.at + HELD_MS)
  const ruled = withRules(timed, held.room, rulesOf(timed, held.room))
  return { ...ruled, held: state.held.set(state.seq, { ...held, seq: state.seq, at: state.at }) }
}
