/**
 * Raw mode, in which every key arrives as it is pressed. Before that, the terminal turned each Enter into a line feed,
 * which a screen takes for Ctrl-J. So the keys typed until then are read apart, and put back as they were pressed.
 */
import { setImmediate as turn } from 'node:timers/promises'
import type { ReadStream } from 'node:tty'

/** Limit: a Ctrl-J typed before raw mode becomes an Enter, since nothing tells the two apart. */
export async function rawKeys(stdin: ReadStream): Promise<void> {
  stdin.setRawMode(true)
  const typed = await typedAhead(stdin)
  for (const chunk of typed.reverse()) stdin.unshift(asPressed(chunk))
}

/** The terminal's waiting input: in raw mode, one turn reads all of it. The first turn may be nearly over. */
async function typedAhead(stdin: ReadStream): Promise<(Buffer | string)[]> {
  const chunks: (Buffer | string)[] = []
  const read = (): void => {
    for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) chunks.push(chunk)
  }
  stdin.on('readable', read)
  await turn()
  await turn()
  stdin.off('readable', read)
  return chunks
}

/** A chunk is a string if the stream has an encoding already. */
const asPressed = (chunk: Buffer | string): Buffer | string =>
  typeof chunk === 'string'
    ? chunk.replaceAll('\n', '\r')
    : Buffer.from(chunk.map(byte => (byte === LINE_FEED ? RETURN : byte)))

const LINE_FEED = 0x0a
const RETURN = 0x0d
