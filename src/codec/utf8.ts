/** Offsets at which UTF-8 may be cut (RFC 3629). */

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80

/** Length in bytes of the character that begins with `lead`; 1 if no character begins with it. */
function width(lead: number): number {
  if (lead >= 0xf0 && lead <= 0xf4) return 4
  if (lead >= 0xe0 && lead <= 0xef) return 3
  return lead >= 0xc2 && lead <= 0xdf ? 2 : 1
}

/** The number of bytes before a character that is cut off at the end; all of them if none is. */
export function wholeCharacters(bytes: Uint8Array): number {
  let lead = bytes.length - 1
  while (lead > bytes.length - 4 && lead > 0 && isContinuation(bytes[lead])) lead--
  const first = bytes[lead]
  return first !== undefined && lead + width(first) > bytes.length ? lead : bytes.length
}

/** Cuts a text into pieces of at most `max` bytes of UTF-8, never inside a character. `max` is at least 4. */
export function cutText(text: string, max: number): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  let size = 0
  for (const character of text) {
    const bytes = widthOf(character.codePointAt(0) as number)
    if (size + bytes > max) {
      pieces.push(piece)
      piece = ''
      size = 0
    }
    piece += character
    size += bytes
  }
  return [...pieces, piece]
}

function widthOf(point: number): number {
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  return point < 0x10000 ? 3 : 4
}
