/** Removes telnet's in-band negotiation (RFC 854). The server negotiates only that the password isn't echoed. */
const IAC = 0xff
const SB = 0xfa
const SE = 0xf0
const WILL = 0xfb
const WONT = 0xfc
const DONT = 0xfe

const ECHO = 1

/** "I will echo" (RFC 857) makes the terminal stop echoing. "I won't" makes it go on. */
export const HIDE = Uint8Array.of(IAC, WILL, ECHO)
export const SHOW = Uint8Array.of(IAC, WONT, ECHO)

/** UTF-8 never contains that byte. */
export const speaksTelnet = (bytes: Uint8Array): boolean => bytes.includes(IAC)

/** A line without its telnet commands. A line that has none is returned as it is. */
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

/** Index of the last byte of the command that begins at `at`. */
function skip(line: Uint8Array, at: number): number {
  const verb = line[at + 1] ?? 0
  if (verb >= WILL && verb <= DONT) return at + 2
  if (verb !== SB) return at + 1
  for (let end = at + 2; end < line.length - 1; end++) {
    if (line[end] !== IAC) continue
    // A doubled IAC is one byte of data, and doesn't end the command.
    end++
    if (line[end] === SE) return end
  }
  return line.length
}
