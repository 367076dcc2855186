/** Telnet's in-band negotiation (RFC 854), dropped; what is left is text. Only that a password is not echoed is asked for. */
const IAC = 0xff
const SB = 0xfa
const SE = 0xf0
const WILL = 0xfb
const WONT = 0xfc
const DONT = 0xfe

const ECHO = 1

/** "I will echo" (RFC 857), which makes the terminal stop, and "I will not", after which it goes on. */
export const HIDE = Uint8Array.of(IAC, WILL, ECHO)
export const SHOW = Uint8Array.of(IAC, WONT, ECHO)

/** UTF-8 never holds that byte. */
export const speaksTelnet = (bytes: Uint8Array): boolean => bytes.includes(IAC)

/** A line without telnet commands; a text without any is returned as it is. */
export function stripTelnet(line: Uint8Array): Uint8Array {
  if (!speaksTelnet(line)) return line
  const kept: number[] = []
  for (let at = 0; at < line.length; at++) {
    const byte = line[at] as number
    if (byte !== IAC) kept.push(byte)
    else at = skip(line, at)
  }
  return Uint8Array.from(kept)
}

/** Where the command that begins at `at` ends. */
function skip(line: Uint8Array, at: number): number {
  const verb = line[at + 1] ?? 0
  if (verb >= WILL && verb <= DONT) return at + 2
  if (verb !== SB) return at + 1
  for (let end = at + 2; end < line.length - 1; end++) {
    if (line[end] !== IAC) continue
    // Two are one that is data, and do not end it.
    end++
    if (line[end] === SE) return end
  }
  return line.length
}
