/** Telnet's in-band negotiation (RFC 854), dropped: nothing is negotiated, and what is left is text. */
const IAC = 0xff
const SB = 0xfa
const SE = 0xf0
const WILL = 0xfb
const DONT = 0xfe

/** A line without telnet commands. UTF-8 never holds the byte 0xFF, so a text without it is returned as it is. */
export function stripTelnet(line: Uint8Array): Uint8Array {
  if (!line.includes(IAC)) return line
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
