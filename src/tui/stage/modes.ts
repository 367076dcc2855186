/** Modes of the terminal that Ink does not set, or no longer can. */

/**
 * Whether the terminal breaks lines that are too long. On a drawn screen it must not: where it counts a picture wider than
 * we do, the end of a line is lost and the frame holds (DECAWM, private mode 7).
 */
export function wrapsLines(wraps: boolean): void {
  process.stdout.write(wraps ? '\u{1b}[?7h' : '\u{1b}[?7l')
}

/** What is pasted comes as if it were typed again: of a tree that failed, Ink leaves it otherwise (private mode 2004). */
export function pastesAsTyped(): void {
  process.stdout.write('\u{1b}[?2004l')
}

/** Back to the screen that was there before, and to its cursor (private modes 2026, 1049, 25). */
export function leaveScreen(): void {
  process.stdout.write('\u{1b}[?2026l\u{1b}[?1049l\u{1b}[?25h')
  if (process.stdin.isTTY) process.stdin.setRawMode(false)
}
