/**
 * Live messages: they begin as a message, grow piece by piece, and end. A piece is added only where the output ends, so no byte
 * is lost or doubled, however often a client repeats one (docs/spec.md, LV2).
 */
import { List } from 'immutable'
import type { Event, EventOf } from '../../model/event.ts'
import type { Input, InputOf, MemberId } from '../../model/input.ts'
import {
  LIVE_IDLE_MS,
  LIVE_MAX_BYTES,
  LIVE_PIECES_MAX,
  LIVES_MAX,
  LIVES_OF_GUESTS_MAX,
  LIVES_OF_GUESTS_PER_ROOM,
  LIVES_PER_GUEST,
  LIVES_PER_MEMBER,
  LIVES_PER_ROOM,
} from '../../model/limits.ts'
import type { Live } from '../../model/state/lives.ts'
import type { State } from '../../model/state.ts'
import { withEnd } from '../keeping/ends.ts'
import { type Fault, fault } from '../keeping/refusals.ts'
import { isGuest } from '../may.ts'
import { memberOf } from '../rules/lookup.ts'
import { refuse } from '../rules/refuse.ts'
import { finished } from './ending.ts'

/** Why nobody can begin one more. */
export function livesFault(state: State, author: MemberId, room: string): Fault | null {
  const { lives } = state
  const most = isGuest(state, author) ? LIVES_PER_GUEST : LIVES_PER_MEMBER
  if (lives.size >= LIVES_MAX) return fault('lives-full', `${LIVES_MAX} live messages grow on this server`)
  if (lives.count(live => live.author === author) >= most) {
    return fault('lives-full', `${most} live messages of yours grow`)
  }
  const ofGuests = isGuest(state, author) ? lives.count(live => isGuest(state, live.author)) : 0
  if (ofGuests >= LIVES_OF_GUESTS_MAX) {
    return fault('guests-full', `${LIVES_OF_GUESTS_MAX} live messages of guests grow`)
  }
  const inRoom = lives.filter(live => live.room === room)
  if (isGuest(state, author) && inRoom.count(live => isGuest(state, live.author)) >= LIVES_OF_GUESTS_PER_ROOM) {
    return fault('guests-full', `${LIVES_OF_GUESTS_PER_ROOM} live messages of guests grow in #${room}`)
  }
  return inRoom.size >= LIVES_PER_ROOM ? fault('lives-full', `${LIVES_PER_ROOM} live messages grow in #${room}`) : null
}

/** Marks the event of the message as live. */
export const liveMark = (
  { format }: State,
  { live, session }: InputOf<'say' | 'post'>,
): Pick<EventOf<'said'>, 'live' | 'session'> => (live && format >= 9 ? { live, session } : {})

export function decideGrow(state: State, input: InputOf<'grow'>): readonly Event[] {
  const { target, size } = input
  const live = ownLive(state, input, target)
  if (!live) return refuse(input, 'live-over', `${target}`)
  const begin = input.begin ?? live.size
  // A repeat of bytes that are there.
  if (size > 0 && begin + size <= live.size) return []
  if (begin !== live.size) return refuse(input, 'live-offset', `${live.size}`)
  if (begin + size > LIVE_MAX_BYTES) return refuse(input, 'live-full', `${LIVE_MAX_BYTES} bytes`)
  if (live.pieces.size >= LIVE_PIECES_MAX) return refuse(input, 'live-full', `${LIVE_PIECES_MAX} pieces`)
  return [{ type: 'grew', target, piece: { seq: state.seq, offset: begin, size } }]
}

export function decideFinish(state: State, input: InputOf<'finish'>): readonly Event[] {
  const { target, status, ms, total = 0, interrupted } = input
  const live = ownLive(state, input, target)
  if (!live) return refuse(input, 'live-over', `${target}`)
  return [
    {
      ...finished(state, live, {
        ...{ status, ms, ...(interrupted && { interrupted }) },
        ...(total > live.size && { total }),
      }),
      tail: true,
    },
  ]
}

const ownLive = (state: State, input: Input, target: number): Live | undefined => {
  const live = state.lives.get(target)
  return live?.author === (memberOf(state, input)?.id ?? input.session) ? live : undefined
}

/** Pieces that came while the message was being deleted: the deletion didn't know of them. */
export function unneededPieces({ lives }: State, { target, texts = [] }: InputOf<'delete'>): readonly Event[] {
  const live = lives.get(target)
  if (!live) return []
  const known = new Set(texts)
  return live.pieces
    .toArray()
    .filter(seq => !known.has(seq))
    .map(seq => ({ type: 'unneeded', target: seq }))
}

/** A message that grows from now on. */
export function withLive(state: State, { live, session, room, author }: EventOf<'said'>): State {
  if (!live || session === undefined) return state
  const { seq } = state
  const begun = {
    ...state,
    lives: state.lives.set(seq, { seq, room, author, session, size: 0, pieces: List<number>() }),
  }
  return withPatience(begun, seq, session)
}

export function evolveLives(state: State, event: EventOf<'grew' | 'finished' | 'deleted'>): State {
  const live = state.lives.get(event.target)
  if (!live) return state
  if (event.type !== 'grew') {
    return withEnd({ ...state, lives: state.lives.delete(live.seq) }, liveKey(live.seq), null)
  }
  const { seq, offset, size } = event.piece
  const pieces = size === 0 ? live.pieces : live.pieces.push(seq)
  const grown = { ...state, lives: state.lives.set(live.seq, { ...live, size: offset + size, pieces }) }
  return withPatience(grown, live.seq, live.session)
}

/** A token has no connection whose loss would end it. */
const withPatience = (state: State, seq: number, session: string): State =>
  state.grants.has(session) ? withEnd(state, liveKey(seq), state.at + LIVE_IDLE_MS) : state

const liveKey = (seq: number): string => `live:${seq}`
