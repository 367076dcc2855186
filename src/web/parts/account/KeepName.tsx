/** A guest makes an account of the name. */
import { type FormEvent, useRef } from 'react'
import { PASSWORD_MAX_CHARS } from '../../../model/limits.ts'
import { AT_LEAST, isShort, TOO_SHORT } from '../../text/passwords.ts'
import type { AccountActs } from '../../visit/account.ts'
import { Field } from '../controls/Field.tsx'
import { KeepsBox } from '../controls/KeepsBox.tsx'
import { Name } from '../person/Name.tsx'
import { Outcome } from './Outcome.tsx'
import { Username } from './Username.tsx'
import { useAct } from './use-act.ts'

type Props = { readonly name: string; readonly acts: AccountActs; readonly onSignIn: () => void }

export function KeepName({ name, acts, onSignIn }: Props) {
  const password = useRef<HTMLInputElement>(null)
  const keeps = useRef<HTMLInputElement>(null)
  const act = useAct()

  function submit(event: FormEvent): void {
    event.preventDefault()
    const typed = password.current?.value ?? ''
    if (isShort(typed)) {
      act.refuse(TOO_SHORT)
      return password.current?.focus()
    }
    const alsoKeeps = keeps.current?.checked ?? false
    void act.run(async () => (await acts.register(typed)) ?? (alsoKeeps ? acts.keep(name) : null), '')
  }

  return (
    <form className="account-form" onSubmit={submit} noValidate>
      <p>
        An account keeps <Name name={name} /> for you alone. You can be here on several devices at once, and messages to
        you wait for you.
      </p>
      <Username name={name} />
      <Field
        field={password}
        id="account-password"
        label="New password"
        hint={`${AT_LEAST} You can add a passkey afterwards.`}
        type="password"
        maxLength={PASSWORD_MAX_CHARS}
        autoComplete="new-password"
        wrong={act.why}
        onChange={act.calm}
      />
      <KeepsBox field={keeps} />
      <div className="buttons">
        <button type="submit" className="primary" disabled={act.isBusy}>
          Keep this name
        </button>
        <button type="button" className="quiet-button" onClick={onSignIn}>
          I have an account
        </button>
      </div>
      <Outcome act={act} />
    </form>
  )
}
