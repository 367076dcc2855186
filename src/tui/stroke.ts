/** A person's act at the keyboard or with the wheel, by names of keys. One input from Ink may be several strokes. */
import type { Key } from 'ink'

export type Stroke =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'paste'; readonly text: string }
  /** `ctrl-a`, `alt-left`, `enter`, `wheelup`. */
  | { readonly type: 'key'; readonly key: string }

const NAMED = {
  upArrow: 'up',
  downArrow: 'down',
  leftArrow: 'left',
  rightArrow: 'right',
  pageUp: 'pageup',
  pageDown: 'pagedown',
  home: 'home',
  end: 'end',
  return: 'enter',
  escape: 'escape',
  tab: 'tab',
  backspace: 'backspace',
  delete: 'delete',
} as const satisfies Partial<Record<keyof Key, string>>

/** `input` and `key` as useInput gives them. */
export function strokes(input: string, key: Key): readonly Stroke[] {
  const name = (Object.keys(NAMED) as (keyof typeof NAMED)[]).find(one => key[one])
  const alt = key.meta && name !== 'escape' ? 'alt-' : ''
  if (name !== undefined) {
    const shift = key.shift && name === 'tab' ? 'shift-' : ''
    return [stroke(`${alt}${key.ctrl ? 'ctrl-' : ''}${shift}${NAMED[name]}`)]
  }
  if (key.ctrl) return input === '' ? [] : [stroke(`${alt}ctrl-${input}`)]
  if (key.meta) return input === '' ? [] : [stroke(`alt-${input === '\r' ? 'enter' : input}`)]
  // Fast typing, or a paste on a terminal that doesn't mark pastes, gives several strokes at once.
  return [...input.matchAll(/[^\p{Cc}]+|\p{Cc}/gu)].flatMap(([part]) =>
    /^\p{Cc}/u.test(part) ? control(part) : [{ type: 'text', text: part }],
  )
}

const stroke = (key: string): Stroke => ({ type: 'key', key })

function control(char: string): readonly Stroke[] {
  switch (char) {
    case '\r':
      return [stroke('enter')]
    case '\t':
      return [stroke('tab')]
    case '\u{7f}':
    case '\b':
      return [stroke('backspace')]
    default: {
      const code = char.charCodeAt(0)
      return code < 27 ? [stroke(`ctrl-${String.fromCharCode(96 + code)}`)] : []
    }
  }
}
