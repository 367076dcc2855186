/** A mode with a number or a word: a field, and buttons that set it and take it away. */
import { useState } from 'react'

type Props = {
  readonly id: string
  readonly type: 'number' | 'text'
  /** The highest number, or the most characters. */
  readonly max: number
  readonly first: string
  readonly isOn: boolean
  readonly isBusy: boolean
  /** Empty: off. */
  readonly onSet: (typed: string) => void
}

export function ValueForm({ id, type, max, first, isOn, isBusy, onSet }: Props) {
  const [typed, setTyped] = useState(first)
  const bounds = type === 'number' ? { min: 1, max, inputMode: 'numeric' as const } : { maxLength: max }
  return (
    <form
      className="value-form"
      onSubmit={event => {
        event.preventDefault()
        onSet(typed.trim())
      }}
    >
      <input
        {...{ id, type, ...bounds }}
        aria-describedby={`${id}-help`}
        placeholder={type === 'text' && isOn ? 'set' : 'none'}
        value={typed}
        autoComplete="off"
        onChange={event => setTyped(event.target.value)}
      />
      {isOn ? (
        <button type="button" className="quiet-button" disabled={isBusy} onClick={() => onSet('')}>
          Remove
        </button>
      ) : null}
      <button type="submit" disabled={isBusy || typed.trim() === '' || typed === first}>
        Set
      </button>
    </form>
  )
}
