/** Splits a long text into messages that the server accepts: at line breaks if possible, else inside a line. */
import { cutText } from '../../codec/utf8.ts'
import { TEXT_MAX_BYTES } from '../../model/limits.ts'
import { utf8Length } from '../../model/text.ts'

export function pieces(text: string): readonly string[] {
  const found: string[] = []
  let piece: string | null = null
  for (const line of text.split('\n').flatMap(long => cutText(long, TEXT_MAX_BYTES))) {
    const longer: string = piece === null ? line : `${piece}\n${line}`
    if (utf8Length(longer) <= TEXT_MAX_BYTES) piece = longer
    else {
      if (piece !== null) found.push(piece)
      piece = line
    }
  }
  return [...found, piece ?? ''].filter(one => one.trim() !== '')
}
