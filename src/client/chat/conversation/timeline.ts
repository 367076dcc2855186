/**
 * The entries of one place, in the order of the journal. Each is there once, whether it arrived live, was replayed, or
 * was read from history. Persistent and bounded, with cheap access to any part.
 */
import { List } from 'immutable'
import type { SentFile } from '../../../codec/native/reply.ts'
import type { DeletedEvent, ModeratedEvent, ReactedEvent, RoomEvent } from '../../../model/event.ts'
import { TIMELINE_DROP, TIMELINE_MAX } from '../../../model/limits.ts'
import type { Reaction } from '../../../model/message/evolve-message.ts'
import type { LiveView } from '../../../model/message/live.ts'

/** `seq` and `i` are the journal's. A client's own entry comes after all others with its `seq`. */
type EntryPosition = { readonly seq: number; readonly i: number; readonly at: number }

export type Said = EntryPosition & {
  readonly kind: 'said'
  readonly from: string
  /** The id of the author, if the server gives it. */
  readonly author?: string
  /** The recipient of a direct message. */
  readonly to: string | null
  /** Null: the message was deleted, or is too old to be kept. */
  readonly text: string | null
  readonly action: boolean
  /** The author has an account. */
  readonly account?: true
  readonly mine: boolean
  /** It mentions me, or is a direct message to me. */
  readonly mention: boolean
  /** It was sent while I was away. */
  readonly replayed: boolean
  /** It waits for a keeper, and only its author and those see it. */
  readonly held?: true
  /** I ignore its author. It's kept, and not shown. */
  readonly hidden?: true
  /** The message that it answers. */
  readonly reply?: number
  readonly files?: readonly SentFile[]
  /** It has output, as far as it's known. */
  readonly live?: LiveView
  /** When it was edited last, milliseconds since the epoch. Absent: never. */
  readonly edited?: number
  /** The text is empty because the new one isn't here yet. */
  readonly awaited?: true
  /** Reactions with the known names of their authors. Absent: none. */
  readonly reactions?: readonly Reaction[]
  /** The input up to which its changes are applied. Absent: its own. */
  readonly asOf?: number
}

export type { SentFile }

/** A file that was uploaded, as a message of one's own names it. */
export type UploadedFile = { readonly id: string; readonly name: string }

export const asOf = ({ asOf, seq }: Pick<Said, 'asOf' | 'seq'>): number => asOf ?? seq

export type Happened = EntryPosition & {
  readonly kind: 'happened'
  readonly event: Exclude<RoomEvent, { type: 'said' }> | DeletedEvent | ModeratedEvent | ReactedEvent
  readonly replayed: boolean
  /** An act of moderation on this member. */
  readonly mine?: true
}

export type Entry =
  | Said
  | Happened
  /** Messages that are missing here; `more`: at least that many. */
  | (EntryPosition & { readonly kind: 'gap'; readonly missed: number; readonly more: boolean })
  /** A message of mine that was refused, or (`why` null) whose outcome is unknown. */
  | (EntryPosition & {
      readonly kind: 'failed'
      readonly text: string
      readonly action: boolean
      readonly why: string | null
      /** Null: the latest message of somebody else. */
      readonly reply?: number | null
      readonly files?: readonly UploadedFile[]
    })
  /** An answer or a sentence for me alone. */
  | (EntryPosition & { readonly kind: 'note'; readonly lines: readonly string[]; readonly tone: 'plain' | 'error' })

export type Timeline = {
  readonly entries: List<Entry>
  /** The number of this client's own entries, for their places. */
  readonly own: number
  /** How often entries have changed their places. Adding at the end changes none. */
  readonly moves: number
}

export const emptyTimeline: Timeline = { entries: List(), own: 0, moves: 0 }

/** Higher than the number of any event of one input. */
const OWN = 1_000_000_000

const order = (a: EntryPosition, b: EntryPosition): number => a.seq - b.seq || a.i - b.i

export const lastSeq = ({ entries }: Timeline): number => entries.last()?.seq ?? 0

/** The place for a client's own entry: after everything, or after `seq`. */
export const ownPlace = (timeline: Timeline, at: number, seq: number = lastSeq(timeline)): EntryPosition => ({
  seq,
  i: OWN + timeline.own,
  at,
})

/** Adds entries in order. If a message is already there, the later version stays. */
export const insert = (timeline: Timeline, entries: readonly Entry[]): Timeline => bounded(insertAll(timeline, entries))

/** Like `insert`, but without the limit that drops the oldest. */
export function insertAll(timeline: Timeline, entries: readonly Entry[]): Timeline {
  const { entries: here } = timeline
  const own = timeline.own + entries.filter(({ i }) => i >= OWN).length
  const last = here.last()
  const [first] = entries
  if (!first) return timeline
  if (entries.length === 1 && (!last || order(last, first) < 0)) return { ...timeline, entries: here.push(first), own }
  return { entries: merge(here, [...entries].sort(order)), own, moves: timeline.moves + 1 }
}

/** The index of the first entry that is not before `place`. */
export function indexOf({ entries }: Pick<Timeline, 'entries'>, place: Pick<EntryPosition, 'seq' | 'i'>): number {
  let low = 0
  let high = entries.size
  while (low < high) {
    const middle = (low + high) >> 1
    const there = entries.get(middle)
    if (there && order(there, { ...place, at: 0 }) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Walks only through the part of `here` that overlaps. */
function merge(here: List<Entry>, sorted: readonly Entry[]): List<Entry> {
  const [first] = sorted
  if (!first) return here
  const from = indexOf({ entries: here }, first)
  const merged: Entry[] = []
  let next = 0
  for (const there of here.slice(from)) {
    for (let entry = sorted[next]; entry && order(entry, there) < 0; entry = sorted[++next]) push(merged, entry)
    let known = there
    for (let entry = sorted[next]; entry && order(entry, there) === 0; entry = sorted[++next])
      known = later(known, entry)
    merged.push(known)
  }
  for (const entry of sorted.slice(next)) push(merged, entry)
  return from === 0 ? List(merged) : here.slice(0, from).concat(merged)
}

/** Several pages may contain the same entry. */
function push(merged: Entry[], entry: Entry): void {
  const last = merged.at(-1)
  if (!last || order(last, entry) !== 0) merged.push(entry)
  else merged[merged.length - 1] = later(last, entry)
}

const later = (known: Entry, entry: Entry): Entry =>
  known.kind === 'said' && entry.kind === 'said' ? updated(known, entry) : known

/** Two copies of a message: the one with more changes in it. */
export const updated = (known: Said, other: Said): Said =>
  asOf(other) <= asOf(known) ? known : { ...other, replayed: known.replayed }

const bounded = (timeline: Timeline): Timeline =>
  timeline.entries.size <= TIMELINE_MAX
    ? timeline
    : // A new List: one that shares its structure may keep the longer list alive.
      {
        ...timeline,
        entries: List(timeline.entries.slice(TIMELINE_DROP).toArray()),
        moves: timeline.moves + 1,
      }

export function messageAt(timeline: Timeline, seq: number): Said | null {
  const entry = timeline.entries.get(indexOf(timeline, { seq, i: 0 }))
  return entry?.kind === 'said' && entry.seq === seq ? entry : null
}

/** Changes the message of input `seq`, if it's there. */
export function alterMessage(timeline: Timeline, seq: number, change: (said: Said) => Said): Timeline {
  const said = messageAt(timeline, seq)
  const after = said && change(said)
  if (!after || after === said) return timeline
  return { ...timeline, entries: timeline.entries.set(indexOf(timeline, said), after) }
}

/** Removes the text and everything attached to it. */
export const withoutText = ({ files: _, reactions: _reactions, awaited: _awaited, ...said }: Said): Said => ({
  ...said,
  text: null,
  mention: false,
})

/** The message of input `seq` has lost its text, and is no longer a mention. */
export const erase = (timeline: Timeline, seq: number): Timeline => alterMessage(timeline, seq, withoutText)

/** Hides the messages of the authors for which `isIgnored` is true, and shows all others. */
export function hide(timeline: Timeline, isIgnored: (author: string) => boolean): Timeline {
  const entries = timeline.entries.map(entry => (entry.kind === 'said' ? veiled(entry, isIgnored) : entry))
  return entries.equals(timeline.entries) ? timeline : { ...timeline, entries, moves: timeline.moves + 1 }
}

function veiled(entry: Said, isIgnored: (author: string) => boolean): Said {
  // A held message stays visible: somebody has to read it.
  const hides = entry.held !== true && isHiding(entry, isIgnored)
  if (hides === (entry.hidden === true)) return entry
  if (hides) return { ...entry, hidden: true, mention: false }
  const { hidden: _, ...shown } = entry
  return shown
}

/** Nobody's own messages are hidden. */
export const isHiding = (
  { author, mine }: Pick<Said, 'author' | 'mine'>,
  isIgnored: (author: string) => boolean,
): boolean => !mine && author !== undefined && isIgnored(author)

export const isHidden = (entry: Entry | undefined): boolean => entry?.kind === 'said' && entry.hidden === true

/** Removes the entry at `place`. */
export function remove(timeline: Timeline, { seq, i }: Pick<EntryPosition, 'seq' | 'i'>): Timeline {
  const index = indexOf(timeline, { seq, i })
  const entry = timeline.entries.get(index)
  if (entry?.seq !== seq || entry.i !== i) return timeline
  return { ...timeline, entries: timeline.entries.delete(index), moves: timeline.moves + 1 }
}
