/** Terminal modes that Ink doesn't set, or no longer can. */

/**
 * Whether the terminal breaks lines that are too long. On a drawn screen it mustn't. If the terminal draws an emoji
 * wider than calculated here, then only the end of that line is lost (DECAWM, private mode 7).
 */
export function wrapsLines(wraps: boolean): void {
  process.stdout.write(wraps ? '\u{1b}[?7h' : '\u{1b}[?7l')
}

/** Turns off bracketed paste (private mode 2004). Ink leaves it on when drawing has failed. */
export function pastesAsTyped(): void {
  process.stdout.write('\u{1b}[?2004l')
}

/** Returns to the normal screen and shows the cursor (private modes 2026, 1049, 25). */
export function leaveScreen(): void {
  process.stdout.write('\u{1b}[?2026l\u{1b}[?1049l\u{1b}[?25h')
  if (process.stdin.isTTY) process.stdin.setRawMode(false)
}
