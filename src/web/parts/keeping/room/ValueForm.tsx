/** A mode with a number or a word: a field, and buttons that set it and take it away. */
import { useEffect, useState } from 'react'

type Props = {
  readonly id: string
  /** Its name among others, for those who don't see them: 'limit'. */
  readonly what: string
  readonly type: 'number' | 'text'
  /** The highest number, or the most characters. */
  readonly max: number
  /** The present value; empty: none, or a secret one. */
  readonly value: string
  readonly isOn: boolean
  /** Empty: off. */
  readonly onSet: (typed: string) => Promise<boolean>
}

export function ValueForm({ id, what, type, max, value, isOn, onSet }: Props) {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const set = (next: string): void =>
    void onSet(next).then(isDone => {
      if (isDone && type === 'text') setTyped('')
    })
  const bounds = type === 'number' ? { min: 1, max, inputMode: 'numeric' as const } : { maxLength: max }
  return (
    <form
      className="value-form"
      onSubmit={event => {
        event.preventDefault()
        if (typed.trim() !== '') set(typed.trim())
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
        <button type="button" className="quiet-button" aria-label={`Remove the ${what}`} onClick={() => set('')}>
          Remove
        </button>
      ) : null}
      <button type="submit" aria-label={`Set the ${what}`} disabled={typed.trim() === '' || typed === value}>
        Set
      </button>
    </form>
  )
}
