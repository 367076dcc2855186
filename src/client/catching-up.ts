/**
 * What was missed in a gap: the server begins each room's with its first page, the rest is asked for page by page. All
 * of it is told at once, in order, before what came live meanwhile; what is not to be had is stated with its size. Pure.
 */
import { List } from 'immutable'
import type { Past, Reply } from '../codec/native/reply.ts'
import { HISTORY_PAGE_MAX, MISSED_MAX } from '../model/limits.ts'
import type { Asked } from './outbox.ts'
import { replay } from './replay.ts'
import type { Spoken } from './spoken.ts'

/** Messages of one gap that a client makes good, in all rooms together. */
export const CATCH_UP_MAX = 5000

/** What was missed in a room, or (null) was said to one alone. */
type Part = {
  readonly room: string | null
  /** As the server counted. */
  readonly missed: number
  readonly got: number
  readonly first: number | null
  /** Read up to here. */
  readonly after: number
  /** Whether there is more to read; `broken`: there is, and it cannot be read. */
  readonly rest: 'more' | 'none' | 'broken'
}

export type CatchingUp = {
  /** The cursor before the gap. Until all is told it stays where it was; what was read is kept if the connection is lost. */
  readonly from: number
  /** The last input in the gap; what is beyond comes live. */
  readonly to: number
  readonly parts: readonly Part[]
  /** Parts from before the connection was lost, which the server has not told of again yet. */
  readonly known: readonly Part[]
  readonly messages: readonly Past[]
  readonly held: List<Spoken>
  /** Whether all parts are known. */
  readonly listed: boolean
}

type History = Extract<Reply, { type: 'history' }>

export const catchingUp = (from: number, to: number): CatchingUp => ({
  ...{ from, to, parts: [], known: [], messages: [], held: List<Spoken>(), listed: false },
})

/** After a lost connection: the gap reaches up to `to` now, and what was read is not asked for again. */
export const goingOn = ({ from, parts, known, messages }: CatchingUp, to: number): CatchingUp => {
  const unlisted = known.filter(({ room }) => !parts.some(part => part.room === room))
  return { ...catchingUp(from, to), known: [...parts, ...unlisted], messages }
}

/** What the server tells of a gap by itself: the first page of a room, with the size of the whole. */
export const isPart = ({ n, after, missed }: History): boolean =>
  n === undefined && after !== undefined && missed !== undefined

export function withPart(at: CatchingUp, page: History): CatchingUp {
  const { room = null, missed = 0, after = at.from } = page
  const before = at.known.find(part => part.room === room) ?? { room, got: 0, first: null, after }
  const { part, messages } = read(at, { ...before, missed, rest: 'more' }, page)
  return { ...at, messages, parts: [...at.parts, part], known: at.known.filter(part => part.room !== room) }
}

export const withPage = (at: CatchingUp, page: History): CatchingUp => {
  const part = at.parts.find(({ room }) => room === (page.room ?? null))
  if (!part) return at
  // A page of nothing that says there is more would be asked for again and again.
  const change = read(at, part, page.messages.length > 0 ? page : { ...page, more: false })
  return { ...at, messages: change.messages, parts: at.parts.map(one => (one === part ? change.part : one)) }
}

function read(at: CatchingUp, part: Part, { messages, more }: History) {
  const missed = messages.filter(({ seq }) => seq <= at.to)
  const fresh = missed.filter(({ seq }) => seq > part.after)
  const taken = fresh.slice(0, CATCH_UP_MAX - at.messages.length)
  const rest = taken.length < fresh.length || (more && missed.length === messages.length) ? 'more' : 'none'
  const after = taken.at(-1)?.seq ?? part.after
  const first = part.first ?? taken[0]?.seq ?? null
  return {
    part: { ...part, got: part.got + taken.length, first, after, rest } satisfies Part,
    messages: [...at.messages, ...taken],
  }
}

/** A page was refused. */
export const withoutPage = (at: CatchingUp, room: string | null): CatchingUp => ({
  ...at,
  parts: at.parts.map(part => (part.room === room ? { ...part, rest: 'broken' } : part)),
})

/** What is to be asked next; null: nothing, all that can be had is here. */
export function nextQuestion({ parts, messages }: CatchingUp): Asked | null {
  const part = parts.find(({ rest }) => rest === 'more')
  const limit = Math.min(HISTORY_PAGE_MAX, CATCH_UP_MAX - messages.length)
  if (!part || limit <= 0) return null
  return { type: 'history', room: part.room, after: part.after, before: null, since: null, limit }
}

/** All of it, in order: what was missed, where something is missing still, and what was held. */
export function caughtUp({ from, to, parts, known, messages, held }: CatchingUp): readonly Spoken[] {
  const past = [...messages.flatMap(replay), ...[...parts, ...known].flatMap(part => gapOf(part, from, to))]
  return [...past.sort((a, b) => seqOf(a) - seqOf(b)), ...held]
}

const seqOf = ({ reply }: Spoken): number => ('seq' in reply ? reply.seq : 0)

function gapOf({ room, missed, got, first, after, rest }: Part, from: number, to: number): readonly Spoken[] {
  if (missed <= got) return []
  // What is kept for a while goes from the oldest on; what was not read is the youngest.
  const place = rest === 'none' ? { seq: first === null ? to : first - 1, after: from } : { seq: to, after }
  const size = { missed: missed - got, ...(missed >= MISSED_MAX ? { more: true as const } : {}) }
  const reply = {
    type: 'gap' as const,
    seq: place.seq,
    ...(room === null ? {} : { room }),
    after: place.after,
    ...size,
  }
  return [{ reply, replayed: true }]
}
