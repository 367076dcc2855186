/** A program wants a cursor: it holds it, or waits for its turn. The first that wants a cursor makes it. */
import type { Event } from '../../model/event.ts'
import type { InputOf } from '../../model/input.ts'
import {
  CURSOR_LEASE_MS,
  CURSOR_WAITING_MAX,
  CURSORS_MAX,
  CURSORS_OF_GUESTS_MAX,
  CURSORS_PER_GUEST,
  CURSORS_PER_OWNER,
} from '../../model/limits.ts'
import type { Consumer, Cursor } from '../../model/state/cursor.ts'
import type { State } from '../../model/state.ts'
import { may } from '../may.ts'
import { refuse } from '../rules/refuse.ts'
import { isOfGuest, type Owner, ownCursor, ownerOf } from './owners.ts'
import { changes, isSame, seated, told } from './turns.ts'

type Claim = InputOf<'cursor-claim'>

/** Asked again, it's answered again: so a program may claim after every lost connection, and a token keeps its lease. */
export function decideCursorClaim(state: State, input: Claim): readonly Event[] {
  const { session, cursor: name, room } = input
  const owner = ownerOf(state, session)
  if (!owner) return refuse(input, 'not-entered')
  if (!may(state, session, 'read', { room })) {
    return state.grants.has(session)
      ? refuse(input, 'not-granted', `read in ${room}`)
      : refuse(input, 'not-in-room', room)
  }
  const known = ownCursor(state, session, name)
  if (!known) return makes(state, input, owner)
  if (known.room !== room) return refuse(input, 'cursor-elsewhere', `${name} is in #${known.room}`)
  const me = consumerOf(state, input)
  const isHeld = isSame(known.holder, me)
  const others = known.waiting.filter(one => !isSame(one, me))
  const isIn = isHeld || others.length < known.waiting.length
  if (!isIn && others.length >= CURSOR_WAITING_MAX) return refuse(input, 'cursor-waiting-full', `${CURSOR_WAITING_MAX}`)
  const place = (one: Consumer): Consumer => (isSame(one, me) ? me : one)
  const waiting = isIn ? known.waiting.map(place) : [...known.waiting, me]
  const after = seated({ ...known, used: state.at, holder: isHeld ? me : known.holder, waiting }, state)
  return [...changes(state, known, after), ...answer(state, me, known, after)]
}

/** A new turn is reported anyway. */
function answer(state: State, me: Consumer, before: Cursor | undefined, after: Cursor): readonly Event[] {
  if (!isSame(after.holder, me)) return told(state, me, after, 'waiting')
  return after.turn === before?.turn ? told(state, me, after, 'holding') : []
}

function makes(state: State, input: Claim, { owner, name: by }: Owner): readonly Event[] {
  const { cursor: name, room, from } = input
  const full = fullFor(state, owner)
  if (full !== null) return refuse(input, 'cursors-full', full)
  if (from !== null && from > state.seq) return refuse(input, 'cursor-beyond', `${from}`)
  const [seq, used] = [from ?? state.seq, state.at]
  const holder = consumerOf(state, input)
  const id = state.seq
  return changes(state, undefined, { id, name, owner, by, room, seq, turn: state.seq, used, holder, waiting: [] })
}

function fullFor({ cursors }: State, owner: string): string | null {
  const isGuest = isOfGuest({ owner })
  const most = isGuest ? CURSORS_PER_GUEST : CURSORS_PER_OWNER
  if (cursors.size >= CURSORS_MAX) return `The server has ${CURSORS_MAX} cursors`
  if (cursors.count(one => one.owner === owner) >= most) return `You have ${most} cursors`
  const isFull = isGuest && cursors.count(isOfGuest) >= CURSORS_OF_GUESTS_MAX
  return isFull ? `Guests have ${CURSORS_OF_GUESTS_MAX} cursors` : null
}

export function consumerOf(
  { at }: State,
  { session, as }: { readonly session: string; readonly as?: string },
): Consumer {
  return as === undefined ? { session, until: null } : { session, as, until: at + CURSOR_LEASE_MS }
}
