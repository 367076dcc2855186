/**
 * The visible part of a conversation: lines from its end backwards, or from a line that the reader has scrolled to.
 * That line is kept by its entry, not by a count, so nothing moves when entries are added below or loaded above.
 */
import type { Conversation } from '../../client/chat/conversation/conversation.ts'
import { type Entry, indexOf } from '../../client/chat/conversation/timeline.ts'
import { type Shown, shownBefore, wholeRun } from '../../client/view/entry-rows.ts'
import { continues } from '../../client/view/rows.ts'
import type { StyledLine } from '../text/line.ts'
import { type Drawing, shownLines } from './drawing/entry/entry-lines.ts'

/** The lowest visible line: `skip` lines of its entry are below it. Null: the end is visible. */
export type LineAnchor = { readonly seq: number; readonly i: number; readonly skip: number } | null

/** How a conversation is drawn: width, height, and the lines below its end. */
export type Pane = Drawing & {
  readonly at: Conversation
  readonly height: number
  readonly below: readonly StyledLine[]
  /** The entry that's drawn inverted. */
  readonly selected?: { readonly seq: number; readonly i: number } | null
}

export type Viewport = {
  /** At most `height` of them; fewer if there are no more. */
  readonly lines: readonly StyledLine[]
  /** Whether the first loaded line is visible. */
  readonly top: boolean
}

type EntryBlock = { readonly lines: readonly StyledLine[]; readonly index: number }

/** Entries with the separators above them, backwards from before entry `end`. */
function* blocksBefore({ at, selected = null, ...drawing }: Pane, end: number): Generator<EntryBlock> {
  const drawn = (shown: Shown, follows: boolean): readonly StyledLine[] => {
    const lines = shownLines(shown, drawing, follows)
    return isSelected(shown, selected) ? lines.map(inverted) : lines
  }
  /** The row whose lines depend on the one above it. */
  let below: Shown | null = null
  let separators: readonly StyledLine[] = []
  for (const shown of shownBefore(at, drawing.face.day, end)) {
    if (shown.kind === 'day' || shown.kind === 'mark') {
      separators = [...drawn(shown, false), ...separators]
      continue
    }
    if (below) {
      const follows = separators.length === 0 && isGroup(shown, below)
      yield { lines: [...separators, ...drawn(below, follows)], index: below.index }
    }
    below = shown
    separators = []
  }
  if (below) yield { lines: [...separators, ...drawn(below, false)], index: below.index }
}

const isGroup = (above: Shown, below: Shown): boolean =>
  above.kind === 'entry' && below.kind === 'entry' && continues(above.entry, below.entry) && !isAnswer(below.entry)

/** An answer begins with its quotation. */
const isAnswer = (entry: Entry): boolean => entry.kind === 'said' && entry.reply !== undefined

const isSelected = (shown: Shown, selected: Pane['selected']): boolean =>
  shown.kind === 'entry' && shown.entry.seq === selected?.seq && shown.entry.i === selected.i

const inverted = (line: StyledLine): StyledLine => line.map(one => ({ ...one, inverse: true }))

/** Whether a line of the entry is visible. */
export function isInSight(
  pane: Pane,
  anchor: LineAnchor,
  entry: { readonly seq: number; readonly i: number },
): boolean {
  const wanted = indexOf(pane.at.timeline, entry)
  const start = startOf(pane, anchor)
  let room = pane.height - (start ? 0 : Math.min(pane.below.length, pane.height))
  let hidden = start?.skip ?? 0
  for (const { lines, index } of blocksBefore(pane, start?.end ?? pane.at.timeline.entries.size)) {
    if (room <= 0) return false
    if (index === wanted) return true
    room -= lines.length - hidden
    hidden = 0
  }
  return false
}

/** The end of the block that holds the entry at `index`. */
const endOf = ({ at }: Pane, index: number): number => Math.min(at.timeline.entries.size, wholeRun(at, index) + 1)

type Start = { readonly end: number; readonly skip: number }

function startOf(pane: Pane, anchor: LineAnchor): Start | null {
  if (!anchor) return null
  const index = indexOf(pane.at.timeline, anchor)
  if (index >= pane.at.timeline.entries.size) return null
  return { end: endOf(pane, index), skip: anchor.skip }
}

export function sight(pane: Pane, anchor: LineAnchor): Viewport {
  const start = startOf(pane, anchor)
  const { height } = pane
  let lines: readonly StyledLine[] = start ? [] : pane.below.slice(-height)
  let skip = start?.skip ?? 0
  for (const block of blocksBefore(pane, start?.end ?? pane.at.timeline.entries.size)) {
    if (lines.length >= height) return { lines: lines.slice(-height), top: false }
    // A window of another width has other lines, but at least one line of the entry stays visible.
    const hidden = Math.min(skip, block.lines.length - 1)
    lines = [...block.lines.slice(0, block.lines.length - hidden), ...lines]
    skip = 0
  }
  return { lines: lines.slice(-height), top: lines.length <= height }
}

type Scrolled = { readonly anchor: LineAnchor; readonly top: boolean }

/** `by` lines up, at most until the first line is at the top. */
export function scrollUp(pane: Pane, anchor: LineAnchor, by: number): Scrolled {
  const start = startOf(pane, anchor)
  const from = start?.end ?? pane.at.timeline.entries.size
  const already = start ? start.skip : -pane.below.length
  let sum = -already
  const blocks: EntryBlock[] = []
  for (const block of blocksBefore(pane, from)) {
    blocks.push(block)
    sum += block.lines.length
    if (sum >= by + pane.height) break
  }
  const top = sum < by + pane.height
  let hide = Math.min(by, Math.max(0, sum - pane.height)) + already
  if (hide <= 0) return { anchor: start ? anchor : null, top }
  for (const { lines, index } of blocks) {
    if (hide < lines.length) return { anchor: anchorAt(pane, index, hide), top }
    hide -= lines.length
  }
  return { anchor, top }
}

/** `by` lines down, at most to the end. */
export function scrollDown(pane: Pane, anchor: LineAnchor, by: number): LineAnchor {
  const start = startOf(pane, anchor)
  if (!start || !anchor) return null
  if (start.skip >= by) return { ...anchor, skip: start.skip - by }
  let left = by - start.skip
  const { size } = pane.at.timeline.entries
  for (let end = start.end; end < size; ) {
    end = endOf(pane, end)
    const [block] = blocksBefore(pane, end)
    if (!block) return null
    const { length } = block.lines
    if (left < length || (left === length && end < size)) return anchorAt(pane, block.index, length - left)
    left -= length
  }
  return null
}

/** The first loaded line. */
export const scrollHome = (pane: Pane): LineAnchor => scrollUp(pane, null, Number.MAX_SAFE_INTEGER).anchor

/** An excerpt's end is not the conversation's end, so the anchor is its last entry. */
export function anchored({ at }: Pane, anchor: LineAnchor): LineAnchor {
  const last = at.timeline.entries.last()
  return anchor === null && at.excerpt && last ? { seq: last.seq, i: last.i, skip: 0 } : anchor
}

function anchorAt({ at }: Pane, index: number, skip: number): LineAnchor {
  const entry = at.timeline.entries.get(index)
  return entry ? { seq: entry.seq, i: entry.i, skip } : null
}
