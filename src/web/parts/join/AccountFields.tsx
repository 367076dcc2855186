/** The fields of an account in the join form: a passkey first, if there can be one, then the password. */
import { useRef } from 'react'
import { PASSWORD_MAX_CHARS } from '../../../model/limits.ts'
import { noPasskeys } from '../../browser/passkey.ts'
import { AT_LEAST } from '../../text/passwords.ts'
import { Field } from '../controls/Field.tsx'
import { KeepsBox } from '../controls/KeepsBox.tsx'
import type { Mode } from './wish.ts'

type Props = {
  readonly mode: Exclude<Mode, 'guest'>
  readonly wrong: string | null
  readonly onCalm: () => void
  readonly onPasskey: (keeps: boolean) => void
}

export function AccountFields({ mode, wrong, onCalm, onPasskey }: Props) {
  const password = useRef<HTMLInputElement>(null)
  const keeps = useRef<HTMLInputElement>(null)
  const whyNone = noPasskeys()
  const signsIn = mode === 'sign-in'
  return (
    <>
      {signsIn && whyNone === null ? (
        <>
          <button type="button" className="passkey" onClick={() => onPasskey(keeps.current?.checked ?? false)}>
            Sign in with a passkey
          </button>
          <p className="or quiet small" aria-hidden="true">
            or
          </p>
        </>
      ) : null}
      <Field
        key={mode}
        field={password}
        id="join-password"
        name="password"
        label={signsIn ? 'Password' : 'New password'}
        hint={signsIn ? null : AT_LEAST}
        type="password"
        maxLength={PASSWORD_MAX_CHARS}
        autoComplete={signsIn ? 'current-password' : 'new-password'}
        wrong={wrong}
        onChange={onCalm}
      />
      <KeepsBox field={keeps} />
      {signsIn && whyNone !== null ? <p className="quiet small">No sign-in by passkey here: {whyNone}</p> : null}
    </>
  )
}
