/** Terminal modes that Ink doesn't set, or no longer can. */

/** How the screen wants the terminal. */
export type Wanted = {
  /** The wheel scrolls. Then the terminal selects text only while Shift is held. */
  readonly mouse: boolean
}

/**
 * Takes the terminal, or takes it again after a stop: long lines aren't broken, since an emoji that's drawn wider than
 * calculated here then costs only the end of its line (DECAWM, private mode 7). The title is put aside (XTWINOPS 22).
 * The wheel is reported (private modes 1000 and 1006), and never sent as arrow keys (1007, which is put aside too).
 */
export function takeModes({ mouse }: Wanted): void {
  write(`\u{1b}[?7l\u{1b}[22;2t\u{1b}[?1007s\u{1b}[?1007l${mouse ? '\u{1b}[?1000h\u{1b}[?1006h' : ''}`)
}

/** The reverse. To be called on the screen's own page: a terminal that doesn't know the last one moves its cursor. */
export function giveModesBack({ mouse }: Wanted): void {
  write(`${mouse ? '\u{1b}[?1006l\u{1b}[?1000l' : ''}\u{1b}[?1007r\u{1b}[23;2t\u{1b}[?7h`)
}

/** Turns off bracketed paste (private mode 2004). Ink leaves it on when drawing has failed. */
export function pastesAsTyped(): void {
  write('\u{1b}[?2004l')
}

/** Returns to the normal screen and shows the cursor (private modes 2026, 1049, 25). */
export function leaveScreen(): void {
  write('\u{1b}[?2026l\u{1b}[?1049l\u{1b}[?25h')
  if (process.stdin.isTTY) process.stdin.setRawMode(false)
}

/** The title of the window (OSC 2). `title` has no control characters. The Linux console has none. */
export function showTitle(title: string): void {
  if (process.env['TERM'] !== 'linux') write(`\u{1b}]2;${title}\u{7}`)
}

/** Gives the text to the terminal's clipboard (OSC 52). It doesn't say whether it took it. */
export function copyText(text: string): void {
  write(`\u{1b}]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u{7}`)
}

const write = (sequence: string): void => void process.stdout.write(sequence)
