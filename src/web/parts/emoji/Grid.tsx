/** Emoji as a grid of buttons. Tab stops at it once, and the arrows move within. */
import { type KeyboardEvent, type Ref, useState } from 'react'
import type { EmojiRow } from '../../../model/emoji/table.ts'
import { toned } from '../../../model/emoji/tone.ts'
import { buttonAfter } from './grid-keys.ts'

type Props = {
  readonly ref: Ref<HTMLFieldSetElement>
  readonly label: string
  readonly rows: readonly EmojiRow[]
  readonly tone: string
  readonly onPick: (emoji: string) => void
  /** The arrow led out of it, above. */
  readonly onLeave: () => void
}

export function Grid({ ref, label, rows, tone, onPick, onLeave }: Props) {
  const [at, go] = useState(0)
  const stop = Math.min(at, rows.length - 1)

  function onKeyDown(event: KeyboardEvent<HTMLFieldSetElement>): void {
    const buttons = [...event.currentTarget.querySelectorAll('button')]
    const from = buttons.indexOf(event.target as HTMLButtonElement)
    const next = buttonAfter(
      event.key,
      from,
      buttons.map(button => button.offsetTop),
    )
    if (next === null && event.key !== 'ArrowUp') return
    event.preventDefault()
    if (next === null) return onLeave()
    go(next)
    buttons[next]?.focus()
  }

  return (
    <fieldset ref={ref} className="emoji-grid" aria-label={label} onKeyDown={onKeyDown}>
      {rows.map((row, index) => {
        const emoji = row.tones ? toned(row.emoji, tone) : row.emoji
        const name = row.names[0] ?? ''
        return (
          <button
            key={row.emoji}
            type="button"
            tabIndex={index === stop ? 0 : -1}
            aria-label={name.replaceAll('_', ' ')}
            title={`:${name}:`}
            onClick={() => onPick(emoji)}
          >
            {emoji}
          </button>
        )
      })}
    </fieldset>
  )
}
