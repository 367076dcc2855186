/**
 * The rows of a conversation, as a scrolling list needs them. They are kept from one state to the next, so that adding
 * one costs hardly more than that one. Each has a stable key. Pure.
 */
import type { List } from 'immutable'
import type { Conversation } from '../chat/conversation/conversation.ts'
import type { Entry } from '../chat/conversation/timeline.ts'
import { type DayOf, type Shown, shownBefore } from './entry-rows.ts'

export type Rows = {
  readonly rows: readonly Shown[]
  /** One per row. A row keeps its key as long as it's there, even while a run grows at its end. */
  readonly keys: readonly string[]
  readonly entries: List<Entry>
  readonly mark: number | null
  readonly moves: number
}

/** `known`: the rows of the same conversation before the change. */
export function rowsOf(at: Conversation, dayOf: DayOf, known: Rows | null): Rows {
  const { mark, timeline } = at
  const { entries } = timeline
  if (known && known.entries === entries && known.mark === mark) return known
  const kept = known && grew(known, at) ? keptOf(known) : []
  const from = kept.length > 0 ? (known?.rows.at(-1)?.index ?? 0) : 0
  const below: Shown[] = []
  for (const row of shownBefore(at, dayOf)) {
    if (row.index < from) break
    below.push(row)
  }
  below.reverse()
  const keys = below.map(row => keyOf(row, entries))
  return {
    ...{ entries, mark, moves: timeline.moves },
    rows: kept.length > 0 ? [...kept, ...below] : below,
    keys: kept.length > 0 && known ? [...known.keys.slice(0, kept.length), ...keys] : keys,
  }
}

/** Whether entries were only added at the end, or changed in place (`entryAt` reads those). */
function grew({ entries, mark, moves }: Rows, { timeline, mark: now }: Conversation): boolean {
  // With another journal, the entries start over.
  return mark === now && moves === timeline.moves && entries.size > 0 && isSame(entries, timeline.entries)
}

const isSame = (before: List<Entry>, now: List<Entry>): boolean => {
  const [first, there] = [before.first(), now.first()]
  return first?.seq === there?.seq && first?.i === there?.i && first?.at === there?.at && now.size >= before.size
}

/** All rows except the last, which may grow, and the separators that belong to it. */
function keptOf({ rows }: Rows): readonly Shown[] {
  const last = rows.at(-1)
  let end = rows.length
  while (end > 0 && rows[end - 1]?.index === last?.index) end--
  return rows.slice(0, end)
}

function keyOf(row: Shown, entries: List<Entry>): string {
  const first = row.kind === 'run' ? row.run[0] : entries.get(row.index)
  const own = row.kind === 'entry' || row.kind === 'run' ? '' : row.kind
  return `${own}${first?.seq}.${first?.i}`
}

/** The current entry of a row. It may have lost its text since the row was made. */
export function entryAt({ entries }: Rows, row: Extract<Shown, { kind: 'entry' }>): Entry {
  return entries.get(row.index) ?? row.entry
}

const TOGETHER_MS = 5 * 60 * 1000

/** Whether a message continues the one above it: same sender, same kind, soon after. */
export function continues(above: Entry | null, entry: Entry): boolean {
  return (
    above?.kind === 'said' &&
    entry.kind === 'said' &&
    above.from === entry.from &&
    above.to === entry.to &&
    !above.action &&
    !entry.action &&
    above.replayed === entry.replayed &&
    entry.at - above.at < TOGETHER_MS
  )
}
