/**
 * Finds names in a text: `@name`, and names that stand by themselves. A name is found only as a whole, and by the keys
 * that names are compared by, so in any case and normal form. prose.ts, not this file, leaves out code and links.
 */
import { prefixKeys, wordKey } from '../name/word-key.ts'
import { UNSPACED } from '../text.ts'
import type { TextRange } from './aside.ts'

/** Looks up a name by its key (name.ts). */
export type Named<T> = (key: string) => T | undefined

export type Mention<T> = TextRange & {
  readonly who: T
  /** Written with an `@`. */
  readonly explicit: boolean
}

const RUN = /[\p{L}\p{N}\p{M}\-_.[\]{}|^\\`]+/gu
const IN_RUN = new RegExp(`^(?:${RUN.source})$`, 'u')
const LETTER = /[\p{L}\p{N}]/u
const WORD = /[\p{L}\p{N}\p{M}_]$/u
/** Signs that a name may contain, but that are mostly punctuation around a name in a text. */
const OPENING = /^[-.[\]{}`]+/
const CLOSING = /[-.[\]{}`]+$/
const ASCII = /^\p{ASCII}*$/u
const HANGUL = /\p{Script=Hangul}/u

/** The kind of a character in a word. A name is also looked for without the outer signs. */
export function placeInName(char: string): 'letter' | 'outer' | 'inner' | 'between' {
  if (!IN_RUN.test(char)) return 'between'
  if (LETTER.test(char)) return 'letter'
  return OPENING.test(char) || CLOSING.test(char) ? 'outer' : 'inner'
}

/** Letters that may be followed without a space by the next word or by a particle. */
const joins = (char: string): boolean => !ASCII.test(char) && (UNSPACED.test(char) || HANGUL.test(char))

/** In order of place, without overlaps. A name directly after `#` is that of a room. */
export function namesIn<T>(text: string, named: Named<T>): readonly Mention<T>[] {
  const found: Mention<T>[] = []
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const last = found.at(-1)
    if (text[index - 1] === '#') continue
    const one =
      text[index - 1] === '@'
        ? isCall(text, index - 1, last) && called(text, index, run, named)
        : standsAlone(text, index, run, named)
    if (one) found.push(one)
  }
  return found
}

/** Whether the `@` calls somebody, and isn't part of a mail address or a path. */
function isCall(text: string, at: number, last: TextRange | undefined): boolean {
  const before = charBefore(text, at)
  if (before === '' || last?.to === at) return true
  if (before === '/') return last?.to === at - 1
  if (before === '_' && EMPHASISED.test(text.slice(Math.max(0, at - TRIED_MAX), at))) return true
  return before !== '@' && (!WORD.test(before) || joins(before))
}

/** In emphasis, and not behind a word. */
const EMPHASISED = /(?:^|[^\p{L}\p{N}\p{M}_])_+$/u

/** A package, or an account on another server: `@bob/core`, `@bob@social.example`. */
const LEADS_ON = /^(?:\/[\p{L}\p{N}]|@[\w-]{1,63}\.\w)/u

/** Texts longer than any name aren't tried. A name in NFD is longer than its NFC form. */
const TRIED_MAX = 100

/** The longest name that `run` begins with. More letters may follow it only in scripts that join words. */
function called<T>(text: string, from: number, run: string, named: Named<T>): Mention<T> | null {
  const ends: number[] = []
  let length = 0
  for (const char of run) {
    if (length > 0 && !/\p{M}/u.test(char) && mayEnd(run, length)) ends.push(length)
    length += char.length
    if (length > TRIED_MAX) break
  }
  if (length === run.length && !LEADS_ON.test(text.slice(from + length))) ends.push(length)
  const keys = prefixKeys(run, ends)
  for (let k = ends.length - 1; k >= 0; k--) {
    const end = ends[k] as number
    const who = named(keys[k] as string)
    if (who !== undefined) return { from: from - 1, to: from + end, who, explicit: true }
  }
  return null
}

/** After a name with an `@`, one such sign may belong to a longer name. */
const PUNCTUATION = /^[-.[\]{}]{2}/

function mayEnd(run: string, end: number): boolean {
  const next = charAt(run, end)
  if (LETTER.test(next)) return joins(next)
  if (next === '`' || PUNCTUATION.test(run.slice(end))) return true
  const [, behind = ''] = /^[^\p{L}\p{N}\p{M}]*(.?)/u.exec(run.slice(end, end + TRIED_MAX)) ?? []
  return !LETTER.test(behind)
}

/** A name that is a word of its own: not part of a path, an address, or a longer name. Signs alone are punctuation. */
function standsAlone<T>(text: string, from: number, run: string, named: Named<T>): Mention<T> | null {
  if (!LETTER.test(run)) return null
  for (const part of [{ at: 0, word: run }, ...(joins(run) ? split(run) : [])]) {
    const found = part.word.length <= TRIED_MAX ? trimmed(part.word, named) : null
    if (!found) continue
    // Looked at last: most words are no names.
    if (isPart(text, from, from + run.length)) return null
    return { from: from + part.at + found.at, to: from + part.at + found.to, who: found.who, explicit: false }
  }
  return null
}

/** A contraction, after the word: `don't`, `we'll`. The endings of `Ann's` and `Ali'nin` aren't contractions. */
const CONTRACTION = /^['’](?:t|re|ve|ll|d|m)(?![\p{L}\p{N}])/iu
/** An elision, before the word: `d'Alice` mentions Alice. The t of `don't` mentions nobody. */
const ELISION = /(?<![\p{L}\p{N}])(?:[cdjlmnst]|qu)['’]$/iu

function isPart(text: string, from: number, to: number): boolean {
  const before = text.slice(Math.max(0, from - 4), from)
  const after = text.slice(to, to + 4)
  if (/[/@]$/.test(before) || /^(?:[/@]|:\/\/)/.test(after) || CONTRACTION.test(after)) return true
  return /[\p{L}\p{N}]['’]$/u.test(before) && !ELISION.test(before)
}

/** Splits `bobさん` into two words, between joined letters and others. `田中2` is one word. */
function split(run: string): readonly { readonly at: number; readonly word: string }[] {
  const words: { at: number; word: string }[] = []
  let before = ''
  for (const [at, char] of chars(run)) {
    const turns = /\p{L}/u.test(char) && LETTER.test(before) && joins(before) !== joins(char)
    const current = words.at(-1)
    if (current && !turns) current.word += char
    else words.push({ at, word: char })
    if (!/\p{M}/u.test(char)) before = char
  }
  return words.length > 1 ? words : []
}

function* chars(text: string): Generator<readonly [number, string]> {
  let at = 0
  for (const char of text) {
    yield [at, char]
    at += char.length
  }
}

const SIGNS_TRIED = 3

/** The name in `word` without the signs around it. The longest candidate is tried first. */
function trimmed<T>(
  word: string,
  named: Named<T>,
): { readonly at: number; readonly to: number; readonly who: T } | null {
  const whole = named(wordKey(word))
  if (whole !== undefined) return { at: 0, to: word.length, who: whole }
  const opening = OPENING.exec(word)?.[0].length ?? 0
  const closing = CLOSING.exec(word)?.[0].length ?? 0
  if (opening + closing === 0) return null
  for (const at of new Set([0, opening])) {
    for (const less of new Set([...Array(Math.min(closing, SIGNS_TRIED)).keys(), closing])) {
      const to = word.length - less
      const who = to > at ? named(wordKey(word.slice(at, to))) : undefined
      if (who !== undefined) return { at, to, who }
    }
  }
  return null
}

const charAt = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 0)

/** The code point that ends at `at`, or an empty string. */
function charBefore(text: string, at: number): string {
  if (at <= 0) return ''
  const low = text.charCodeAt(at - 1)
  return low >= 0xdc00 && low <= 0xdfff && at > 1 ? text.slice(at - 2, at) : text.slice(at - 1, at)
}
