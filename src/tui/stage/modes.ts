/**
 * Whether the terminal breaks lines that are too long. On a drawn screen it must not: where it counts a picture wider than
 * we do, the end of a line is lost and the frame holds (DECAWM, private mode 7).
 */
export function wrapsLines(wraps: boolean): void {
  process.stdout.write(wraps ? '\u{1b}[?7h' : '\u{1b}[?7l')
}
