/** Cursors move by their holder alone, and only forward. Their owner, or a keeper, sets and removes them. */
import type { Event } from '../../model/event.ts'
import type { InputOf } from '../../model/input.ts'
import type { Cursor } from '../../model/state/cursor.ts'
import type { State } from '../../model/state.ts'
import { refuseRole } from '../keeping/refusals.ts'
import { may } from '../may.ts'
import { refuse } from '../rules/refuse.ts'
import { consumerOf } from './claiming.ts'
import { cursorOf, ownCursor } from './owners.ts'
import { seesLag } from './seeing.ts'
import { changes, isSame, removes, seated } from './turns.ts'

/** A move of an earlier turn is refused: another one may have moved it since. One that is repeated changes nothing. */
export function decideCursorMove(state: State, input: InputOf<'cursor-move'>): readonly Event[] {
  const { session, cursor: name, turn, seq } = input
  const cursor = ownCursor(state, session, name)
  if (!cursor) return refuse(input, 'cursor-unknown', name)
  if (!isSame(cursor.holder, input) || cursor.turn !== turn) return refuse(input, 'cursor-lost', name)
  if (seq > state.seq) return refuse(input, 'cursor-beyond', `${seq}`)
  const holder = input.as === undefined ? cursor.holder : consumerOf(state, input)
  return [{ type: 'cursored', ...cursor, seq: Math.max(seq, cursor.seq), used: state.at, holder }]
}

export function decideCursorLeave(state: State, input: InputOf<'cursor-leave'>): readonly Event[] {
  const cursor = ownCursor(state, input.session, input.cursor)
  if (!cursor) return refuse(input, 'cursor-unknown', input.cursor)
  const holder = isSame(cursor.holder, input) ? null : cursor.holder
  const waiting = cursor.waiting.filter(one => !isSame(one, input))
  return changes(state, { ...cursor, holder }, seated({ ...cursor, holder, waiting }, state))
}

/** Its holder has a new turn: reports of messages that it handled before move nothing any more. */
export function decideCursorSet(state: State, input: InputOf<'cursor-set'>): readonly Event[] {
  const cursor = meant(state, input)
  if (!('name' in cursor)) return cursor
  const { session, seq } = input
  if (!seesLag(state, session, cursor)) {
    const isToken = state.grants.has(session)
    return isToken ? refuse(input, 'not-granted', `read in ${cursor.room}`) : refuse(input, 'not-in-room', cursor.room)
  }
  const place = seq ?? state.seq
  if (place > state.seq) return refuse(input, 'cursor-beyond', `${place}`)
  return changes(state, cursor, { ...cursor, seq: place, turn: state.seq, used: state.at })
}

export function decideCursorRemove(state: State, input: InputOf<'cursor-remove'>): readonly Event[] {
  const cursor = meant(state, input)
  return 'name' in cursor ? removes(state, cursor) : cursor
}

/** The cursor, or why it isn't for this session to set. */
function meant(state: State, input: InputOf<'cursor-set' | 'cursor-remove'>): Cursor | readonly Event[] {
  const own = ownCursor(state, input.session, input.cursor)
  const cursor = input.owner ? cursorOf(state, input.owner, input.cursor) : own
  if (input.owner && cursor !== own && !may(state, input.session, 'keep-cursors')) {
    return refuseRole(state, input, 'keep-cursors', null)
  }
  const named = input.owner ? `${input.owner.text}/${input.cursor}` : input.cursor
  return cursor ?? refuse(input, 'cursor-unknown', named)
}
