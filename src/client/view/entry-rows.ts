/**
 * The rows of a conversation: its entries without hidden ones, with runs of enters and exits folded into one, a separator at each new day,
 * and the mark above new entries. Made from the end backwards, only as far as the caller reads.
 */
import type { List } from 'immutable'
import type { Conversation } from '../chat/conversation/conversation.ts'
import { type Entry, type Happened, isHidden } from '../chat/conversation/timeline.ts'

export type Shown = (
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'run'; readonly run: readonly Happened[] }
  | { readonly kind: 'day'; readonly at: number }
  | { readonly kind: 'mark' }
) & {
  /** The index of the first entry of this row. Entries with a lower index are above it. */
  readonly index: number
}

/** The day of a time in milliseconds since the epoch, as text, in the reader's time zone. */
export type DayOf = (at: number) => string

/** Backwards, starting before entry `end`; by default all. */
export function* shownBefore(at: Conversation, dayOf: DayOf, end: number = at.timeline.entries.size): Generator<Shown> {
  const { entries } = at.timeline
  let index = end
  while (true) {
    let first = indexBefore(entries, index)
    const entry = entries.get(first)
    if (first < 0 || !entry) return
    if (isMovement(entry)) {
      const run: Happened[] = [entry]
      for (let above = before(entries, first); above && isMovement(above); above = before(entries, first)) {
        const [below = entry] = run.slice(-1)
        if (isNewDay(above, below, dayOf) || begins(at, above, below)) break
        run.push(above)
        first = indexBefore(entries, first)
      }
      yield run.length === 1
        ? { kind: 'entry', entry, index: first }
        : { kind: 'run', run: run.reverse(), index: first }
    } else yield { kind: 'entry', entry, index: first }
    const [above, below] = [before(entries, first), entries.get(first)]
    if (below && above && begins(at, above, below)) yield { kind: 'mark', index: first }
    if (below && (!above || isNewDay(above, below, dayOf))) yield { kind: 'day', at: below.at, index: first }
    index = first
  }
}

/** The index of the entry above that is shown; -1: none is. */
function indexBefore(entries: List<Entry>, index: number): number {
  let above = index - 1
  while (above >= 0 && isHidden(entries.get(above))) above--
  return above
}

/** In a List, index -1 would mean the last entry. */
function before(entries: List<Entry>, index: number): Entry | undefined {
  const above = indexBefore(entries, index)
  return above < 0 ? undefined : entries.get(above)
}

/** All rows, in order. */
export const shown = (at: Conversation, dayOf: DayOf): readonly Shown[] => [...shownBefore(at, dayOf)].reverse()

/** The end of the run that the entry at `index` belongs to. Starting there shows the run whole. */
export function wholeRun({ timeline: { entries } }: Conversation, index: number): number {
  let end = index
  while (true) {
    let next = end
    while (isHidden(entries.get(next))) next++
    if (!isMoving(before(entries, end)) || !isMoving(entries.get(next))) return Math.min(end, entries.size)
    end = next + 1
  }
}

const isMoving = (entry: Entry | undefined): boolean => entry !== undefined && isMovement(entry)

/** Enters and exits. A kick gets a line of its own. */
const isMovement = (entry: Entry): entry is Happened =>
  entry.kind === 'happened' &&
  (entry.event.type === 'joined' ||
    entry.event.type === 'parted' ||
    (entry.event.type === 'quit' && entry.event.cause !== 'kicked'))

const begins = ({ mark }: Conversation, above: Entry, below: Entry): boolean =>
  mark !== null && above.seq <= mark && below.seq > mark

const QUARTER_MS = 900_000

/** In every time zone, days begin at a full quarter of an hour. */
const isNewDay = (above: Entry, below: Entry, dayOf: DayOf): boolean =>
  Math.floor(above.at / QUARTER_MS) !== Math.floor(below.at / QUARTER_MS) && dayOf(above.at) !== dayOf(below.at)
