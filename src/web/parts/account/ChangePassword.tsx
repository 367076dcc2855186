/** The form that changes the password, or gives an account its first one. Folded until it's asked for. */
import { type FormEvent, useRef, useState } from 'react'
import { PASSWORD_MAX_CHARS } from '../../../model/limits.ts'
import { AT_LEAST, isShort, TOO_SHORT } from '../../text/passwords.ts'
import { Field } from '../controls/Field.tsx'
import { Outcome } from './Outcome.tsx'
import { Username } from './Username.tsx'
import { useAct } from './use-act.ts'
import { useFold } from './use-fold.ts'

type Props = {
  readonly name: string
  readonly hasOne: boolean
  readonly onChange: (old: string, next: string) => Promise<string | null>
}

export function ChangePassword({ name, hasOne, onChange }: Props) {
  const [isTooShort, setShort] = useState(false)
  const old = useRef<HTMLInputElement>(null)
  const next = useRef<HTMLInputElement>(null)
  const { isOpen, open, opener } = useFold(() => (old.current ?? next.current)?.focus())
  const act = useAct()
  const what = hasOne ? 'Change the password' : 'Set a password'

  function submit(event: FormEvent): void {
    event.preventDefault()
    const typed = next.current?.value ?? ''
    setShort(isShort(typed))
    if (isShort(typed)) return next.current?.focus()
    void act
      .run(() => onChange(old.current?.value ?? '', typed), 'The password is changed.')
      .then(isDone => {
        if (isDone) open(false)
        else (old.current ?? next.current)?.focus()
      })
  }

  const calm = (): void => {
    setShort(false)
    act.calm()
  }
  const cancel = (): void => {
    calm()
    open(false)
  }
  return (
    <form className="account-form" onSubmit={submit} noValidate>
      {isOpen ? (
        <>
          <Username name={name} />
          {hasOne ? (
            <Field
              field={old}
              id="account-old"
              label="Current password"
              type="password"
              maxLength={PASSWORD_MAX_CHARS}
              autoComplete="current-password"
              wrong={act.why}
              onChange={calm}
            />
          ) : null}
          <Field
            field={next}
            id="account-new"
            label="New password"
            hint={AT_LEAST}
            type="password"
            maxLength={PASSWORD_MAX_CHARS}
            autoComplete="new-password"
            wrong={isTooShort ? TOO_SHORT : hasOne ? null : act.why}
            onChange={calm}
          />
          <div className="buttons">
            <button type="submit" className="primary" disabled={act.isBusy}>
              {what}
            </button>
            <button type="button" onClick={cancel}>
              Cancel
            </button>
          </div>
        </>
      ) : (
        <div className="buttons">
          <button ref={opener} type="button" onClick={() => open(true)}>
            {what}
          </button>
        </div>
      )}
      <Outcome act={act} />
    </form>
  )
}
