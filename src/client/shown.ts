/**
 * What stands below one another in a conversation: its entries, with runs of enters and exits folded into one, a
 * separator where a day begins, and the mark from where on it is new. Gone through from the end, as far as one looks.
 */
import type { List } from 'immutable'
import type { Conversation } from './conversation.ts'
import type { Entry, Happened } from './timeline.ts'

export type Shown = (
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'run'; readonly run: readonly Happened[] }
  | { readonly kind: 'day'; readonly at: number }
  | { readonly kind: 'mark' }
) & {
  /** The entries up to here, by index, are above; the first is the lowest that belongs to it. */
  readonly index: number
}

/** A day as text, of milliseconds since the epoch, in the reader's zone. */
export type DayOf = (at: number) => string

/** Backwards from before the entry `end`; by default all. */
export function* shownBefore(at: Conversation, dayOf: DayOf, end: number = at.timeline.entries.size): Generator<Shown> {
  const { entries } = at.timeline
  let index = end
  while (index > 0) {
    const entry = entries.get(index - 1)
    if (!entry) return
    let first = index - 1
    if (isMovement(entry)) {
      const run: Happened[] = [entry]
      for (let above = before(entries, first); above && isMovement(above); above = before(entries, first)) {
        const [below = entry] = run.slice(-1)
        if (isNewDay(above, below, dayOf) || begins(at, above, below)) break
        run.push(above)
        first--
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

/** Of a list, -1 would be the last. */
const before = (entries: List<Entry>, index: number): Entry | undefined =>
  index > 0 ? entries.get(index - 1) : undefined

/** All of it, in order. */
export const shown = (at: Conversation, dayOf: DayOf): readonly Shown[] => [...shownBefore(at, dayOf)].reverse()

/** Where the run that the entry at `index` belongs to ends: whoever begins to look there sees it whole. */
export function wholeRun({ timeline: { entries } }: Conversation, index: number): number {
  let end = index
  while (end > 0 && isMoving(entries.get(end - 1)) && isMoving(entries.get(end))) end++
  return Math.min(end, entries.size)
}

const isMoving = (entry: Entry | undefined): boolean => entry !== undefined && isMovement(entry)

/** Comings and goings; that somebody was kicked out is worth a line of its own. */
const isMovement = (entry: Entry): entry is Happened =>
  entry.kind === 'happened' &&
  (entry.event.type === 'joined' ||
    entry.event.type === 'parted' ||
    (entry.event.type === 'quit' && entry.event.cause !== 'kicked'))

const begins = ({ mark }: Conversation, above: Entry, below: Entry): boolean =>
  mark !== null && above.seq <= mark && below.seq > mark

const QUARTER_MS = 900_000

/** Days begin at full quarters of an hour, in every zone. */
const isNewDay = (above: Entry, below: Entry, dayOf: DayOf): boolean =>
  Math.floor(above.at / QUARTER_MS) !== Math.floor(below.at / QUARTER_MS) && dayOf(above.at) !== dayOf(below.at)
