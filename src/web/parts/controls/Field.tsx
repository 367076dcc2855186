/** A labelled form field, with its error below. */
import type { InputHTMLAttributes, RefObject } from 'react'

type Props = Pick<InputHTMLAttributes<HTMLInputElement>, 'type' | 'defaultValue' | 'maxLength' | 'autoComplete'> & {
  readonly field: RefObject<HTMLInputElement | null>
  readonly id: string
  readonly label: string
  /** Null: no error. */
  readonly wrong: string | null
  readonly onChange: () => void
}

export function Field({ field, id, label, wrong, onChange, ...input }: Props) {
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
        aria-describedby={wrong === null ? undefined : `${id}-wrong`}
        onChange={onChange}
        dir="auto"
      />
      {wrong === null ? null : (
        <p id={`${id}-wrong`} className="wrong" role="alert">
          {wrong}
        </p>
      )}
    </>
  )
}
