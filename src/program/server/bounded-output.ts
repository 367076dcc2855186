/** Output into a pipe whose reader may have stopped. What would wait beyond the bound is dropped, and counted. */
import { OUTPUT_MAX_BYTES } from '../../model/limits.ts'

type Output = Pick<NodeJS.WritableStream, 'write' | 'on'> & { readonly writableLength: number }

/**
 * Writes texts of whole lines. From the first text that is dropped on, all are, until the reader has taken what waits:
 * the gap is one, and `told` writes how many lines are missing in it. What was asked for waits beyond the bound, as long
 * as it is not twice as much: a burst of talk does not swallow the answer to the host.
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
