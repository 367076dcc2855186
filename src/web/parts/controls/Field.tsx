/** A labelled form field, with its error below. */
import type { InputHTMLAttributes, RefObject } from 'react'

type Props = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'type' | 'name' | 'defaultValue' | 'maxLength' | 'autoComplete'
> & {
  readonly field: RefObject<HTMLInputElement | null>
  readonly id: string
  readonly label: string
  /** The expected input of the field; null: the label says enough. */
  readonly hint?: string | null
  /** Null: no error. */
  readonly wrong: string | null
  readonly onChange: () => void
}

export function Field({ field, id, label, hint = null, wrong, onChange, ...input }: Props) {
  const notes = [hint === null ? [] : [`${id}-hint`], wrong === null ? [] : [`${id}-wrong`]].flat()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        ref={field}
        id={id}
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={wrong !== null}
        aria-describedby={notes.length === 0 ? undefined : notes.join(' ')}
        onChange={onChange}
        dir="auto"
      />
      {hint === null ? null : (
        <p id={`${id}-hint`} className="quiet small">
          {hint}
        </p>
      )}
      {wrong === null ? null : (
        <p id={`${id}-wrong`} className="wrong" role="alert">
          {wrong}
        </p>
      )}
    </>
  )
}
