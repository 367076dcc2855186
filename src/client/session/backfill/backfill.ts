/**
 * The missed messages of a gap. The server sends the first page of each room; the client asks for the rest page by
 * page. Then all of it is shown at once, in order, before the events that arrived meanwhile. Messages that can't be
 * fetched are shown as a gap with their number. Pure.
 */
import { List } from 'immutable'
import type { Reply } from '../../../codec/native/reply.ts'
import { HISTORY_PAGE_MAX, MISSED_MAX } from '../../../model/limits.ts'
import type { Gap, Incoming, PagedMessage } from '../incoming.ts'
import { replay } from '../incoming.ts'
import type { Asked } from '../outbox/outbox.ts'

/** The most messages of one gap that a client fetches, in all rooms together. */
export const CATCH_UP_MAX = 5000

/** A gap between two pages, or before the first: messages that the host no longer keeps. */
type Hole = Omit<Gap, 'type' | 'room'>

/** The missed messages of one room, or (null) the missed direct messages. */
type BackfillPart = {
  readonly room: string | null
  /** Count of the server, up to input `to`. */
  readonly missed: number
  readonly to: number
  readonly got: number
  readonly holes: readonly Hole[]
  /** The last input read so far. */
  readonly after: number
  /** Whether there is more to read. `broken`: there is more, but the server refused it. */
  readonly rest: 'more' | 'none' | 'broken'
}

export type CatchingUp = {
  /**
   * The cursor before the gap. It stays there until everything is shown; pages read so far survive a lost connection.
   */
  readonly from: number
  /** The last input in the gap. Later ones arrive live. */
  readonly to: number
  readonly parts: readonly BackfillPart[]
  /** Parts from before the connection was lost that the server hasn't listed again yet. */
  readonly known: readonly BackfillPart[]
  readonly messages: readonly PagedMessage[]
  readonly held: List<Incoming>
  /** Whether the server has listed all parts. */
  readonly listed: boolean
}

type HistoryReply = Extract<Reply, { type: 'history' }>

export const catchingUp = (from: number, to: number): CatchingUp => ({
  ...{ from, to, parts: [], known: [], messages: [], held: List<Incoming>(), listed: false },
})

/** After a lost connection, the gap reaches up to `to`. Pages already read aren't asked for again. */
export const goingOn = ({ from, parts, known, messages }: CatchingUp, to: number): CatchingUp => {
  const unlisted = known.filter(({ room }) => !parts.some(part => part.room === room))
  return { ...catchingUp(from, to), known: [...parts, ...unlisted], messages }
}

/**
 * Whether this is the first page of a room's gap, which the server sends unasked, with the number of missed messages.
 */
export const isPart = ({ n, after, missed }: HistoryReply): boolean =>
  n === undefined && after !== undefined && missed !== undefined

export function withPart(at: CatchingUp, page: HistoryReply): CatchingUp {
  const { room = null, missed = 0, after = at.from, gone = 0 } = page
  const before = at.known.find(part => part.room === room) ?? { room, got: 0, holes: [], after }
  // The page begins at the cursor again, so `gone` counts messages that an earlier page has brought or missed.
  const unseen = gone - before.got - goneIn(before)
  const { part, messages } = read(at, { ...before, missed, to: at.to, rest: 'more' }, { ...page, gone: unseen })
  return { ...at, messages, parts: [...at.parts, part], known: at.known.filter(part => part.room !== room) }
}

export const withPage = (at: CatchingUp, page: HistoryReply): CatchingUp => {
  const part = at.parts.find(({ room }) => room === (page.room ?? null))
  if (!part) return at
  // Stop at an empty page that claims more, or the client would ask for it forever.
  const change = read(at, part, page.messages.length > 0 ? page : { ...page, more: false })
  return { ...at, messages: change.messages, parts: at.parts.map(one => (one === part ? change.part : one)) }
}

function read(at: CatchingUp, part: BackfillPart, { messages, more, gone = 0, seq: asOf }: HistoryReply) {
  const missed = messages.filter(({ seq }) => seq <= at.to)
  const known = new Set(at.messages.map(({ seq }) => seq))
  // An earlier page may be of another server, which had fewer messages.
  const isOlder = (seq: number): boolean => part.got > 0 && seq > at.from && !known.has(seq)
  const fresh = missed.filter(({ seq }) => seq > part.after || isOlder(seq))
  const taken = fresh.slice(0, CATCH_UP_MAX - at.messages.length)
  const rest = taken.length < fresh.length || (more && missed.length === messages.length) ? 'more' : 'none'
  const after = Math.max(part.after, ...taken.map(({ seq }) => seq))
  const first = taken.find(({ seq }) => seq > part.after)
  const open = filled(part.holes, taken)
  const holes = first && gone > 0 ? [...open, gap(part.after, first.seq - 1, gone)] : open
  return {
    part: { ...part, got: part.got + taken.length, holes, after, rest } satisfies BackfillPart,
    messages: [...at.messages, ...taken.map(past => ({ ...past, asOf }))],
  }
}

/** The holes that are left after these messages have filled some. */
const filled = (holes: readonly Hole[], messages: readonly PagedMessage[]): readonly Hole[] =>
  holes
    .map(hole => ({ ...hole, missed: hole.missed - messages.filter(({ seq }) => isIn(hole, seq)).length }))
    .filter(({ missed }) => missed > 0)

const isIn = (hole: Hole, seq: number): boolean => seq > hole.after && seq <= hole.seq

const goneIn = ({ holes }: Pick<BackfillPart, 'holes'>): number => holes.reduce((sum, { missed }) => sum + missed, 0)

/** The server refused a page. */
export const withoutPage = (at: CatchingUp, room: string | null): CatchingUp => ({
  ...at,
  parts: at.parts.map(part => (part.room === room ? { ...part, rest: 'broken' } : part)),
})

/** The next page to ask for; null when everything that can be fetched is here. */
export function nextQuestion({ parts, messages }: CatchingUp): Asked | null {
  const part = parts.find(({ rest }) => rest === 'more')
  const limit = Math.min(HISTORY_PAGE_MAX, CATCH_UP_MAX - messages.length)
  if (!part || limit <= 0) return null
  return { type: 'history', room: part.room, after: part.after, before: null, since: null, limit }
}

/** Everything in order: the missed messages, the gaps that remain, and the replies that were held back. */
export function caughtUp({ parts, known, messages, held }: CatchingUp): readonly Incoming[] {
  const past = [...messages.flatMap(replay), ...[...parts, ...known].flatMap(gapsOf)]
  return [...past.sort((a, b) => seqOf(a) - seqOf(b)), ...held]
}

const seqOf = ({ reply }: Incoming): number => ('seq' in reply ? reply.seq : 0)

/** The messages that aren't kept, in their places, and those that weren't read, behind the last page. */
function gapsOf(part: BackfillPart): readonly Incoming[] {
  const { room, missed, to, got, holes, after } = part
  const unread = missed - got - goneIn(part)
  const all = unread > 0 ? [...holes, gap(after, to, unread, missed >= MISSED_MAX)] : holes
  const where = room === null ? {} : { room }
  return all.map(hole => ({ reply: { type: 'gap', ...where, ...hole }, replayed: true }))
}

const gap = (after: number, seq: number, missed: number, more = missed >= MISSED_MAX): Hole => ({
  ...{ seq, after, missed },
  ...(more ? { more } : {}),
})
