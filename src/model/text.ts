/**
 * Makes user text harmless, once, at ingress, so that it can't inject anything into a codec, a terminal or a page
 * behind it (docs/spec.md, T1). Control characters don't vanish: they become pictures, so that a reader sees that they
 * were there.
 */

/**
 * The characters to replace: controls other than newline, lone surrogates, line and paragraph separators, characters
 * that change the direction of all that follows, and tags and byte order marks, which hide text. The marks LRM, RLM and
 * ALM, the joiners and the variation selectors are not among them. Arabic, Persian, Han and emoji need them, and they
 * can't reorder other people's text.
 */
const UNSAFE = /[[\p{Cc}\p{Cs}\u2028-\u202E\u2066-\u2069\uFEFF\u{E0000}-\u{E00FF}\u{E01F0}-\u{E0FFF}]--\n]/v
/** The flag of a region: a black flag with the region's code in tags (UTS #51, 2.8). Tags have no other use. */
const REGION_FLAG = /\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}/v
const UNSAFE_IN_PLACE = new RegExp(`${REGION_FLAG.source}|\r\n|${UNSAFE.source}`, 'gv')

/** Invisible characters: white space, fillers, joiners, selectors, and signs that are blank by design. */
const UNSEEN =
  /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB\u{13441}\u{13442}\u{16FE4}\u{1D159}]*$/v

const PLAIN = /^ *[!-~][ -~]*$/

const CONTROL_PICTURES = 0x2400
const DELETE_PICTURE = '\u2421'
const REPLACEMENT = '\uFFFD'

/** One visible line of printable ASCII: it's harmless, and has as many bytes as characters. */
export const isPlain = (text: string): boolean => PLAIN.test(text)

/**
 * Returns `text` with these changes: every line break of any protocol is `\n`, a tab is a space, and other C0 controls
 * are their Control Pictures. C1 controls, bidi overrides, embeddings, isolates, lone surrogates, byte order marks, and
 * tags outside of a flag are U+FFFD. A byte order mark at the start is dropped. Total and idempotent; returns the same
 * string if there is nothing to do. The result is well-formed, but may be longer in bytes.
 */
export function neutralise(text: string): string {
  if (!UNSAFE.test(text)) return text
  return withoutBom(text).replace(UNSAFE_IN_PLACE, harmless)
}

/** Some editors and shells write a byte order mark at the beginning of a file to mark it as UTF-8. It isn't text. */
export const withoutBom = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text)

/** Whether nothing of the text is visible. */
export const isUnseen = (text: string): boolean => UNSEEN.test(text)

/** Neutralised, and on one line: each run of line breaks becomes a single space. For topics, reasons and away notes. */
export function flatten(text: string): string {
  return neutralise(text).replace(/\n+/g, ' ')
}

/** Bytes of `text` in UTF-8, counted without encoding it. A lone surrogate counts as the U+FFFD that replaces it. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) bytes += 1
    else if (isLead(unit) && isTrail(text.charCodeAt(i + 1))) {
      // A pair is two units and four bytes.
      bytes += 2
      i++
    } else bytes += 2
  }
  return bytes
}

/** Rows of two columns, such as a command and its help. */
export function aligned(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([head]) => head.length))
  return rows.map(([head, text]) => `${head.padEnd(width)}  ${text}`)
}

/** Lines of a text, with any kind of line end: the same number as after `neutralise`. */
export const lineCount = (text: string): number => (text.match(LINE_END)?.length ?? 0) + 1
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g

const isLead = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isTrail = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

function harmless(unsafe: string): string {
  switch (unsafe) {
    case '\t':
      return ' '
    case '\r\n':
    case '\r':
    case '\v':
    case '\f':
    case '\u0085':
    case '\u2028':
    case '\u2029':
      return '\n'
    case '\u007F':
      return DELETE_PICTURE
    default: {
      const code = unsafe.charCodeAt(0)
      // A flag of a region. Every other match that gets here is one character.
      if (unsafe.length > 2) return unsafe
      return code < 0x20 ? String.fromCharCode(CONTROL_PICTURES + code) : REPLACEMENT
    }
  }
}

/** Letters of scripts that put no space between words. A word with such letters is also found inside others. */
export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
