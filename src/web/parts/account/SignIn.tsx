/** A guest in the chat signs in to an account. If that fails, the guest stays. */
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { chatErrorText } from '../../../model/chat-errors.ts'
import { NAME_MAX_CHARS } from '../../../model/limits.ts'
import type { AccountActs } from '../../visit/account.ts'
import { Field } from '../controls/Field.tsx'
import { AccountFields } from '../join/AccountFields.tsx'
import { Outcome } from './Outcome.tsx'
import { useAct } from './use-act.ts'

type Props = { readonly name: string; readonly acts: AccountActs; readonly onRegister: () => void }

export function SignIn({ name, acts, onRegister }: Props) {
  const nameField = useRef<HTMLInputElement>(null)
  const [isNameless, setNameless] = useState(false)
  const act = useAct()
  useEffect(() => {
    const empty = name === '' ? nameField.current : document.getElementById('join-password')
    empty?.focus()
  }, [name])

  function submit(event: FormEvent): void {
    event.preventDefault()
    const fields = new FormData(event.currentTarget as HTMLFormElement)
    const typed = nameField.current?.value.trim() ?? ''
    if (typed === '') {
      setNameless(true)
      return nameField.current?.focus()
    }
    const password = String(fields.get('password') ?? '')
    void act.run(() => acts.signIn(typed, { password }, fields.get('keeps') !== null), '')
  }

  return (
    <form className="account-form" onSubmit={submit} noValidate>
      <p>You leave the chat as a guest, and come in again as your account.</p>
      <Field
        field={nameField}
        id="join-name"
        label="Name"
        defaultValue={name}
        maxLength={2 * NAME_MAX_CHARS}
        autoComplete="username"
        wrong={isNameless ? chatErrorText('name-empty') : null}
        onChange={() => setNameless(false)}
      />
      <AccountFields
        mode="sign-in"
        wrong={act.why}
        onCalm={act.calm}
        onPasskey={keeps => void act.run(() => acts.signIn('', { passkey: true }, keeps), '')}
      />
      <div className="buttons">
        <button type="submit" className="primary" disabled={act.isBusy}>
          Sign in
        </button>
        <button type="button" className="quiet-button" onClick={onRegister}>
          Keep my name instead
        </button>
      </div>
      <Outcome act={act} />
    </form>
  )
}
