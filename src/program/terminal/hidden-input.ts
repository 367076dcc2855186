/**
 * A line that is typed and not shown, in the place of a prompt's own line. The keys never reach readline, so they are
 * neither drawn nor recalled. A paste ends at its first line break, as Enter does.
 */

/** A key, as readline reads it from the terminal. */
export type TypedKey = { readonly name?: string; readonly ctrl?: boolean; readonly meta?: boolean }

export type HiddenInput = {
  /** Returns whether the line goes on. */
  readonly press: (text: string | undefined, key: TypedKey) => boolean
  /** Gives up. */
  readonly cancel: () => void
}

/** `answer` gets the line; null: the user has given up. */
export function hiddenInput(answer: (line: string | null) => void): HiddenInput {
  let line = ''
  let isOpen = true
  function end(given: string | null): false {
    if (isOpen) answer(given)
    isOpen = false
    line = ''
    return false
  }
  return {
    press(text, { name = '', ctrl = false, meta = false }) {
      if (!isOpen) return false
      if (name === 'return' || name === 'enter' || (ctrl && name === 'j')) return end(line)
      if (name === 'escape' || (ctrl && (name === 'c' || name === 'd'))) return end(null)
      if (ctrl && name === 'u') line = ''
      else if (name === 'backspace' || (ctrl && name === 'h')) line = [...line].slice(0, -1).join('')
      else if (!ctrl && !meta && text !== undefined) line += text.replace(/\p{Cc}/gu, '')
      return true
    },
    cancel: () => void end(null),
  }
}
