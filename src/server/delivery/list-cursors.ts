/** Cursors as their owner or a keeper sees them, with the messages that are still to be handled. */
import type { ListedCursor } from '../../codec/codec.ts'
import type { SessionId } from '../../model/input.ts'
import { CURSOR_LAG_MAX } from '../../model/limits.ts'
import type { Consumer, Cursor } from '../../model/state/cursor.ts'
import type { State } from '../../model/state.ts'
import type { History } from '../../port/history.ts'
import { isOfRevoked, ownerName, ownerOf } from '../../reducer/cursors/owners.ts'
import { seesLag } from '../../reducer/cursors/seeing.ts'
import { may } from '../../reducer/may.ts'

type PastOfRooms = Pick<History, 'count' | 'page' | 'seq' | 'version'>

/** Cursors of the session's member or token; all, if it keeps order. In the order of their owners and names. */
export function cursorsFor(state: State, session: SessionId): readonly Cursor[] {
  const all = [...state.cursors].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cursor]) => cursor)
  if (may(state, session, 'keep-cursors')) return all
  const owner = ownerOf(state, session)?.owner
  return all.filter(one => one.owner === owner)
}

/** `session`: the one that asks; null: the server itself, for its metrics. Throws if the history is damaged. */
export function listedCursor(
  state: State,
  history: PastOfRooms,
  cursor: Cursor,
  session: SessionId | null,
): ListedCursor {
  const { id, name, room, seq, used } = cursor
  const holder = cursor.holder && hasTurn(state, cursor.holder) ? cursor.holder : null
  return {
    id,
    ...{ cursor: name, owner: ownerName(state, cursor), room, place: seq },
    ...(session === null || seesLag(state, session, cursor) ? lagOf(state, history, cursor) : UNKNOWN),
    used,
    holder: holder === null ? null : (holder.as ?? holder.session),
    away: holder !== null && holder.until !== null && holder.as === undefined,
    waiting: cursor.waiting.filter(one => hasTurn(state, one)).length,
    revoked: isOfRevoked(state, cursor),
  }
}

/** A lease that is over stays in the state until another program claims the cursor. A session keeps its turn. */
const hasTurn = ({ at }: State, { as, until }: Consumer): boolean => as === undefined || until === null || until > at

type Lag = { readonly lag: number; readonly since: number | null }

const UNKNOWN = { lag: null, since: null }

/** A message that was deleted or is no longer kept counts until the cursor is beyond it. */
export function lagOf(state: State, history: PastOfRooms, cursor: Cursor): Lag {
  const known = counted.get(cursor)
  if (known?.version === history.version) return known.lag
  const { room, seq } = cursor
  const last = Math.min(state.seq, history.seq)
  const [first] = seq >= last ? [] : history.page({ room }, { after: seq }, 1).messages
  // The history is forgotten from the oldest message on: if the first counted one is still there, so are all others.
  const before = known && first && known.first === first.seq ? known : { upTo: seq, lag: { lag: 0 } }
  const more = CURSOR_LAG_MAX - before.lag.lag
  const lag = first && more > 0 ? before.lag.lag + history.count({ room }, { after: before.upTo, upTo: last }, more) : 0
  const found: Lag = { lag: more > 0 ? lag : CURSOR_LAG_MAX, since: first?.at ?? null }
  counted.set(cursor, { version: history.version, first: first?.seq ?? null, upTo: last, lag: found })
  return found
}

/** Until the cursor moves, nothing is counted again: only later messages. It changes no answer. */
const counted = new WeakMap<
  Cursor,
  { readonly version: number; readonly first: number | null; readonly upTo: number; readonly lag: Lag }
>()
