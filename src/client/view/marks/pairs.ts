/**
 * Pairs of signs around bold, italic and struck text in one line: `**`, `*`, `_` and `~~`. A sign counts only if it stands
 * where people put it, at a word's outer edge; snake_case, 2*3*4, globs, faces and signs in drawings stay as they are.
 */
import type { TextRange } from '../../../model/prose/aside.ts'

export type Pair = TextRange & { readonly type: 'bold' | 'italic' | 'strike'; readonly inner: TextRange }

type Sign = '*' | '**' | '_' | '~~'
type Open = TextRange & { readonly sign: Sign }

const RUN = /\*+|_+|~+/g
const TYPES = { '*': 'italic', '**': 'bold', _: 'italic', '~~': 'strike' } as const

/** Scripts that put no space between words or before particles, and their punctuation. */
const JOINED = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Hang}\\p{sc=Thai}\\u3000-\\u303f\\uff00-\\uff65'
const SIGNS = '*_~'
/** Characters that may stand before a sign that opens, and after it. */
const BEFORE = new RegExp(`^$|[\\s\\p{Ps}\\p{Pi}"'—–…,${SIGNS}${JOINED}]`, 'u')
const FIRST = new RegExp(
  `[\\p{L}\\p{N}\\p{Extended_Pictographic}\\p{RI}\\p{Ps}\\p{Pi}"'@#$€£&¿¡+${SIGNS}${JOINED}-]`,
  'u',
)
/** Characters that may stand before a sign that closes, and after it. */
const LAST = new RegExp(
  `[\\p{L}\\p{M}\\p{N}\\p{Extended_Pictographic}\\p{Emoji_Component}\\p{Pe}\\p{Pf}"'.,!?…:;%€$+${SIGNS}${JOINED}]`,
  'u',
)
const AFTER = new RegExp(`^$|[\\s\\p{Pe}\\p{Pf}"'.,;:!?…—–${SIGNS}${JOINED}]`, 'u')
/** A word or an emoji. */
const SAYS = /[\p{L}\p{N}\p{M}]['’]?[\p{L}\p{N}\p{M}]|\p{Extended_Pictographic}|\p{RI}/u
/** Letters alone, and no other signs, of which faces are made. */
const SPELLS = /^(?=.*[\p{L}\p{N}])[\p{L}\p{N}\p{M}\s.,!?+#%$*]+$/u
const LETTER = /^[\p{L}\p{N}]$/u
const KISS = /(?:^|\s)[:;=8]-?$/

/** In order of place, and one inside another or apart. `read`: a line in which code, links and names are covered. */
export function pairsIn(read: string): readonly Pair[] {
  const found: Pair[] = []
  const stack: Open[] = []
  for (const { 0: run, index } of read.matchAll(RUN)) {
    const signs = signsOf(run)
    if (signs.length === 0) continue
    const before = charBefore(read, index)
    const after = charAfter(read, index + run.length)
    if (run === '*' && KISS.test(read.slice(Math.max(0, index - 3), index))) continue
    const closed = LAST.test(before) && AFTER.test(after) && closeAll(found, stack, read, index, signs)
    if (!closed && BEFORE.test(before) && FIRST.test(after)) openAll(stack, index, signs)
  }
  return found.sort((a, b) => a.from - b.from)
}

function signsOf(run: string): readonly Sign[] {
  if (run === '***') return ['**', '*']
  return run === '*' || run === '**' || run === '_' || run === '~~' ? [run] : []
}

/** One sign of each kind is open at a time, so nothing stands more than four deep. */
function openAll(stack: Open[], index: number, signs: readonly Sign[]): void {
  let from = index
  for (const sign of signs) {
    const before = stack.findIndex(open => open.sign === sign)
    if (before >= 0) stack.splice(before, 1)
    stack.push({ sign, from, to: from + sign.length })
    from += sign.length
  }
}

/** Whether one of the signs closes a mark. Signs still open within it are no marks. */
function closeAll(found: Pair[], stack: Open[], read: string, index: number, signs: readonly Sign[]): boolean {
  let from = index
  const inner = stack.at(-1)?.sign
  for (const sign of signs.toSorted((a, b) => Number(b === inner) - Number(a === inner))) {
    const at = stack.findLastIndex(open => open.sign === sign)
    const open = stack[at]
    if (!open) continue
    stack.length = at
    const pair = { from: open.from, to: from + sign.length, inner: { from: open.to, to: from } }
    if (!isMeant(read, sign, pair)) continue
    found.push({ type: TYPES[sign], ...pair })
    from = pair.to
  }
  return from > index
}

/** Whether there's something to emphasise. `(*o*)` is a face, and `_a_b_` a name. */
function isMeant(read: string, sign: Sign, { from, to, inner }: Omit<Pair, 'type'>): boolean {
  const said = read.slice(inner.from, inner.to)
  if (!SAYS.test(said) && !SPELLS.test(said)) return false
  if (sign.length === 1 && said.includes(sign) && !/\s/.test(said)) return false
  return !(LETTER.test(said) && read[from - 1] === '(' && read[to] === ')')
}

const charBefore = (text: string, at: number): string => /.?$/su.exec(text.slice(Math.max(0, at - 2), at))?.[0] ?? ''
const charAfter = (text: string, at: number): string => /^.?/su.exec(text.slice(at, at + 2))?.[0] ?? ''
