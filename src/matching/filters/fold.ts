/**
 * Folds a character for the filters, to one or more symbols that are the same for capitals, accents, widths and
 * lookalikes of ASCII letters, or none if it is invisible. Each code point is folded by itself, so a piece of a text
 * folds to a piece of the folded text. Nothing here depends on a locale.
 */
import { lookOf } from '../../model/name/confusables.ts'
import { UNSPACED } from '../../model/text.ts'

/**
 * How a symbol meets its neighbours. SIGN: between words. LETTER: part of a word. ALONE: a word of its own. ATTACHED:
 * continues the symbol before it.
 */
export const SIGN = 0
export const LETTER = 1
export const ALONE = 2
export const ATTACHED = 3
export const SPACE = 4

/** A symbol is a UTF-16 unit, and above it how it meets its neighbours. */
export const unitOf = (symbol: number): number => symbol & 0xffff
export const placeOf = (symbol: number): number => symbol >>> 16

/** The folded form of a code point. */
type Folded = {
  readonly symbols: readonly number[]
  /** The other letter of ASCII that a capital looks like, if its small form doesn't, as with a Greek Ν. */
  readonly look: readonly number[] | null
}

/** Folded code points: those of the plane with nearly all of them, as they come up, and a bounded number of others. */
const plane: (Folded | undefined)[] = new Array(0x10000)
const beyond = new Map<number, Folded>()
const BEYOND_MAX = 20_000

export function folded(point: number): Folded {
  const known = point < 0x10000 ? plane[point] : beyond.get(point)
  if (known !== undefined) return known
  const char = String.fromCodePoint(point)
  const plain = char.normalize('NFKD')
  const symbols =
    plain === char ? symbolsOfPart(char) : Array.from(plain).flatMap(part => folded(part.codePointAt(0) ?? 0).symbols)
  const made = { symbols, look: lookOfCapital(char, symbols) }
  if (point < 0x10000) plane[point] = made
  else {
    if (beyond.size >= BEYOND_MAX) beyond.clear()
    beyond.set(point, made)
  }
  return made
}

/** Invisible, or a mark that belongs to no script or may be left out, and the stroke that stretches Arabic words. */
const DROPPED =
  /[\p{Default_Ignorable_Code_Point}\u0640[[[\p{sc=Zinh}\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Cyrl}]&&[\p{Mn}\p{Me}]]--[\u0345\u3099\u309A]]]/v
const WHITE = /\s/
const MARK = /\p{M}/u
const OF_A_WORD = /[\p{L}\p{N}]/u
/** Korean syllables: words end before particles that are attached to them. Within a syllable nothing ends. */
const FURTHER_JAMO = /[\u1160-\u11ff\ud7b0-\ud7fb]/
const HANGUL = /\p{Script=Hangul}/u

/** `char`: a code point in NFKD. */
function symbolsOfPart(char: string): readonly number[] {
  if (DROPPED.test(char)) return []
  if (WHITE.test(char)) return [pack(0x20, SPACE)]
  return Array.from(latinOf(lowerCase(char))).flatMap(part => {
    const place = placeOfPart(part)
    return Array.from({ length: part.length }, (_, at) => pack(part.charCodeAt(at), at === 0 ? place : ATTACHED))
  })
}

const pack = (unit: number, place: number): number => unit | (place << 16)

function placeOfPart(part: string): number {
  if (FURTHER_JAMO.test(part) || MARK.test(part)) return ATTACHED
  if (UNSPACED.test(part) || HANGUL.test(part)) return ALONE
  return OF_A_WORD.test(part) ? LETTER : SIGN
}

/** Case folding without a locale: through upper case, so that ß is SS, and every small sigma is σ. */
const lowerCase = (char: string): string => char.toLowerCase().toUpperCase().toLowerCase()

/** The ASCII letters that a small letter looks like, or else its capital, or itself. */
function latinOf(small: string): string {
  if (small.length > 2 || small < '\x80' || UNSPACED.test(small)) return small
  return SQUARED.test(small) ? ofSquared(small) : (asciiLook(small) ?? asciiLook(small.toUpperCase()) ?? small)
}

/** White letters on a dark circle or square, which normalisation leaves. */
const SQUARED = /^[\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}]$/u
const ofSquared = (char: string): string => String.fromCharCode(0x61 + (((char.codePointAt(0) ?? 0) - 0x1f150) % 0x20))

function asciiLook(char: string): string | undefined {
  const own = lookOf(char) ?? char
  // Most characters look like nothing else.
  if (own === char && SMALL_CAPITALS[char] === undefined) return undefined
  if (!/^\p{L}$/u.test(char)) return undefined
  const look = Array.from(own.normalize('NFKD'), one => (DROPPED.test(one) ? '' : (SMALL_CAPITALS[one] ?? one))).join(
    '',
  )
  if (!/^[A-Za-z]+$/.test(look)) return undefined
  // The table writes m as rn, and the capital i as l.
  if (look === 'l' && char !== char.toLowerCase()) return 'i'
  return look.toLowerCase().replaceAll('rn', 'm')
}

/** Letters that people write in small capitals, and that Cyrillic ones look like. */
const SMALL_CAPITALS: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ').map((capital, at) => [capital, 'abcdefghijklmnoprstuvwyz'[at] as string]),
)

function lookOfCapital(char: string, symbols: readonly number[]): readonly number[] | null {
  if (char < '\x80' || char.toLowerCase() === char) return null
  const look = Array.from(char.normalize('NFD'), one => (DROPPED.test(one) ? '' : (asciiLook(one) ?? one))).join('')
  if (!/^[a-z]+$/.test(look)) return null
  const other = Array.from(look, one => pack(one.charCodeAt(0), LETTER))
  return other.length === symbols.length && other.every((symbol, at) => symbol === symbols[at]) ? null : other
}
