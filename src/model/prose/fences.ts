/**
 * Blocks of code between fences on lines of their own, as in CommonMark 4.5. People in a chat are less careful with
 * fences than authors of documents are, so unlike there no text around a fence is dropped (docs/spec.md, G11).
 */
import { isUnseen } from '../text.ts'
import type { Code, TextRange } from './aside.ts'

/** Possibly in a list, after its marks. No backtick may follow a fence of backticks. */
const OPENING = /^((?: *(?:[-*+]|\d{1,9}[.)]) )* *)(`{3,}(?=[^`]*$)|~{3,})/
const BEHIND_TEXT = /^([^`]+)(`{3,})[^`]*$/
/** A fence, alone or before a space or a sign. */
const CLOSING = /^ *(`{3,}|~{3,})(?:$|(?=[^\p{L}\p{N}`~]) *)/u
/** A language is one word, such as `ts` or `c++`. */
const LANGUAGE = /^[\p{L}\p{N}.][\p{L}\p{N}+#._-]*$/u

/** Finds fences in `read`, and takes the code from `text`, which has the same length. */
export function fencesIn(read: string, text: string): readonly Code[] {
  if (!/```|~~~/.test(read)) return []
  const lines = linesOf(read)
  const closings = lines.flatMap((line, at) => closingAt(read, line, at))
  const found: Code[] = []
  let next = 0
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as Line
    while ((closings[next]?.at ?? lines.length) <= at) next++
    const opening = openingOf(read.slice(line.from, line.to))
    if (!opening) continue
    const { prefix, fence, ownLine } = opening
    const closing = firstFrom(closings, next, fence)
    const info = text.slice(line.from + prefix.length + fence.length, line.to)
    const opens = closing ? ownLine || line.runsAfter % 2 === 1 : ownLine && goesOn(read, fence, info, line.to)
    if (!opens) continue
    const dedent = new RegExp(`^ {0,${ownLine ? prefix.length : 0}}`)
    const inner = lines.slice(at + 1, closing?.at).map(({ from, to }) => text.slice(from, to).replace(dedent, ''))
    if (!closing && inner.at(-1) === '') inner.pop()
    const block = blockOf([info, ...inner], {
      from: prefix.trim() === '' ? line.from : line.from + prefix.length,
      to: closing?.to ?? read.length,
    })
    if (block) found.push(block)
    at = closing?.at ?? lines.length
  }
  return found
}

type Opening = { readonly prefix: string; readonly fence: string; readonly ownLine: boolean }

/** Other text before a fence is as common as a line of its own: `look: ```. Then the number of fences decides. */
function openingOf(line: string): Opening | null {
  const [own, prefix = '', fence = ''] = OPENING.exec(line) ?? []
  if (own !== undefined) return { prefix, fence, ownLine: true }
  const [behind, before = '', marks = ''] = BEHIND_TEXT.exec(line) ?? []
  return behind === undefined ? null : { prefix: before, fence: marks, ownLine: false }
}

/**
 * The first line is the rest of the line of the opening fence: a language, or else code. Null: nothing of the code is
 * visible, so the fences are shown as text.
 */
export function blockOf([info = '', ...lines]: readonly string[], place: TextRange): Code | null {
  const first = info.trim()
  const isLanguage = LANGUAGE.test(first)
  const text = (isLanguage || first === '' ? lines : [first, ...lines]).join('\n')
  return isUnseen(text) ? null : { type: 'block', ...place, text, language: isLanguage ? first : '' }
}

/** Looks from `next` on, so that a text of many fences is read in one go. */
function firstFrom(closings: readonly Closing[], next: number, fence: string): Closing | undefined {
  for (let k = next; k < closings.length; k++) {
    const closing = closings[k]
    if (closing?.fence.startsWith(fence)) return closing
  }
  return undefined
}

type Closing = { readonly at: number; readonly fence: string; readonly to: number }

/** Text after a closing fence isn't code. */
function closingAt(read: string, { from, to }: TextRange, at: number): readonly Closing[] {
  const [whole, fence = ''] = CLOSING.exec(read.slice(from, to)) ?? []
  return whole === undefined ? [] : [{ at, fence, to: from + whole.length }]
}

/**
 * Whether a block without a closing fence is the rest of the text. It isn't if it ends within a line, which spans.ts
 * reads, or if other text than a language follows the fence.
 */
function goesOn(read: string, fence: string, info: string, end: number): boolean {
  const first = info.trim()
  if (first !== '' && !LANGUAGE.test(first)) return false
  return fence.startsWith('~') || !new RegExp(`(?<!\`)${fence}(?!\`)`).test(read.slice(end))
}

/** `runsAfter`: how many runs of so many backticks follow the line. */
type Line = TextRange & { readonly runsAfter: number }

function linesOf(text: string): readonly Line[] {
  let runsAfter = text.match(RUNS)?.length ?? 0
  let from = 0
  return text.split('\n').map(line => {
    runsAfter -= line.match(RUNS)?.length ?? 0
    const place = { from, to: from + line.length, runsAfter }
    from = place.to + 1
    return place
  })
}

const RUNS = /`{3,}/g
