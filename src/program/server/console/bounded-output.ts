/** Output into a pipe whose reader may have stopped. Text beyond the limit is dropped and counted. */
import { OUTPUT_MAX_BYTES } from '../../../model/limits.ts'

type Output = Pick<NodeJS.WritableStream, 'write' | 'on'> & { readonly writableLength: number }

/**
 * Writes texts of whole lines. Once a text is dropped, all later ones are dropped too, until the reader has taken the
 * waiting output. So there's one gap, and `told` writes how many lines are missing in it. Output that the host asked
 * for may take twice the limit, so that a burst of messages doesn't swallow an answer.
 */
export function boundedOutput(
  output: Output,
  told: (lines: number) => string,
): (text: string, asked?: boolean) => void {
  let dropped = 0
  output.on('drain', () => {
    if (dropped === 0) return
    const lines = dropped
    dropped = 0
    output.write(told(lines))
  })
  return (text, asked = false) => {
    const fits = output.writableLength + text.length <= (asked ? 2 : 1) * OUTPUT_MAX_BYTES
    if (fits && (asked || dropped === 0)) output.write(text)
    else dropped += text.split('\n').length - 1
  }
}

export const droppedSentence = (lines: number): string =>
  `${lines === 1 ? 'One line was' : `${lines} lines were`} dropped here: nobody read the output.`
