/** The completions, above the composer. */
import { useEffect, useRef } from 'react'
import type { Choice } from '../../../client/input/completion.ts'

type Props = {
  readonly id: string
  readonly label?: string
  readonly choices: readonly Choice[]
  readonly chosen: number | null
  readonly onChoose: (index: number) => void
}

export function Choices({ id, label = 'Completions', choices, chosen, onChoose }: Props) {
  const marked = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (chosen !== null) marked.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <div className="choices" id={id} role="listbox" aria-label={label}>
      {choices.map((choice, index) => (
        // The focus stays in the field, whose keys move through the list.
        <button
          type="button"
          key={choice.text}
          ref={index === chosen ? marked : null}
          id={`${id}-${index}`}
          className="choice"
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onMouseDown={event => event.preventDefault()}
          onClick={() => onChoose(index)}
        >
          <bdi>{choice.label}</bdi>
          {choice.help === '' ? null : <span className="quiet">{choice.help}</span>}
        </button>
      ))}
    </div>
  )
}
