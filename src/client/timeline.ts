/**
 * What happened in one place, in the order of the journal: each thing once, whether it came live, was replayed, or was
 * read from the history. Persistent and bounded, with cheap access to any part of it.
 */
import { List } from 'immutable'
import type { DeletedEvent, RoomEvent } from '../model/event.ts'
import { TIMELINE_DROP, TIMELINE_MAX } from '../model/limits.ts'

/** `seq` and `i` are the journal's; what is this client's alone stands behind all that has its `seq`. */
type Placed = { readonly seq: number; readonly i: number; readonly at: number }

export type Said = Placed & {
  readonly kind: 'said'
  readonly from: string
  /** Whom alone it was said to. */
  readonly to: string | null
  /** Null: it was deleted, or is too old to be kept. */
  readonly text: string | null
  readonly action: boolean
  readonly mine: boolean
  /** It names me, or was said to me alone. */
  readonly mention: boolean
  /** It was said while I was away. */
  readonly replayed: boolean
}

export type Happened = Placed & {
  readonly kind: 'happened'
  readonly event: Exclude<RoomEvent, { type: 'said' }> | DeletedEvent
  readonly replayed: boolean
}

export type Entry =
  | Said
  | Happened
  /** Messages that are missing here; `more`: that many or more. */
  | (Placed & { readonly kind: 'gap'; readonly missed: number; readonly more: boolean })
  /** Something of mine that was refused, or (`why` null) of which nobody knows whether it arrived. */
  | (Placed & { readonly kind: 'failed'; readonly text: string; readonly action: boolean; readonly why: string | null })
  /** An answer or a sentence for me alone. */
  | (Placed & { readonly kind: 'note'; readonly lines: readonly string[]; readonly tone: 'plain' | 'error' })

export type Timeline = {
  readonly entries: List<Entry>
  /** Places for what is this client's alone. */
  readonly own: number
  /** How often entries have changed their places; those that are added at the end change none. */
  readonly moves: number
}

export const emptyTimeline: Timeline = { entries: List(), own: 0, moves: 0 }

/** Behind every event of one input. */
const OWN = 1_000_000_000

const order = (a: Placed, b: Placed): number => a.seq - b.seq || a.i - b.i

export const lastSeq = ({ entries }: Timeline): number => entries.last()?.seq ?? 0

/** The place right after all that is here, or after `seq`, for an entry of one's own. */
export const ownPlace = (timeline: Timeline, at: number, seq: number = lastSeq(timeline)): Placed => ({
  seq,
  i: OWN + timeline.own,
  at,
})

/** Adds what is new, in its order. `later` is sorted or comes as it happened; what is there already stays. */
export const insert = (timeline: Timeline, entries: readonly Entry[]): Timeline => bounded(insertAll(timeline, entries))

/** Without the bound, which drops the oldest. */
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
export function indexOf({ entries }: Pick<Timeline, 'entries'>, place: Pick<Placed, 'seq' | 'i'>): number {
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

/** Only the part of `here` that overlaps is gone through. */
function merge(here: List<Entry>, sorted: readonly Entry[]): List<Entry> {
  const [first] = sorted
  if (!first) return here
  const from = indexOf({ entries: here }, first)
  const merged: Entry[] = []
  let next = 0
  for (const there of here.slice(from)) {
    for (let entry = sorted[next]; entry && order(entry, there) < 0; entry = sorted[++next]) push(merged, entry)
    for (let entry = sorted[next]; entry && order(entry, there) === 0; ) entry = sorted[++next]
    merged.push(there)
  }
  for (const entry of sorted.slice(next)) push(merged, entry)
  return from === 0 ? List(merged) : here.slice(0, from).concat(merged)
}

/** What is read from several pages may come twice at once. */
function push(merged: Entry[], entry: Entry): void {
  const last = merged.at(-1)
  if (!last || order(last, entry) !== 0) merged.push(entry)
}

const bounded = (timeline: Timeline): Timeline =>
  timeline.entries.size <= TIMELINE_MAX
    ? timeline
    : // Anew: what shares its structure with a longer list may keep that alive.
      {
        ...timeline,
        entries: List(timeline.entries.slice(TIMELINE_DROP).toArray()),
        moves: timeline.moves + 1,
      }

export function messageAt(timeline: Timeline, seq: number): Said | null {
  const entry = timeline.entries.get(indexOf(timeline, { seq, i: 0 }))
  return entry?.kind === 'said' && entry.seq === seq ? entry : null
}

/** The message of input `seq` has lost its text, and speaks of nobody any more. */
export function erase(timeline: Timeline, seq: number): Timeline {
  const said = messageAt(timeline, seq)
  if (!said) return timeline
  const entries = timeline.entries.set(indexOf(timeline, said), { ...said, text: null, mention: false })
  return { ...timeline, entries }
}

/** Without the entry at `place`. */
export function remove(timeline: Timeline, { seq, i }: Pick<Placed, 'seq' | 'i'>): Timeline {
  const index = indexOf(timeline, { seq, i })
  const entry = timeline.entries.get(index)
  if (entry?.seq !== seq || entry.i !== i) return timeline
  return { ...timeline, entries: timeline.entries.delete(index), moves: timeline.moves + 1 }
}
