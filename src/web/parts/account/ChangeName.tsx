/** The form that renames the account, as /nick does. Folded until it's asked for. */
import { type FormEvent, useRef } from 'react'
import { NAME_MAX_CHARS } from '../../../model/limits.ts'
import { Field } from '../controls/Field.tsx'
import { Outcome } from './Outcome.tsx'
import { useAct } from './use-act.ts'
import { useFold } from './use-fold.ts'

type Props = { readonly name: string; readonly onRename: (name: string) => Promise<string | null> }

export function ChangeName({ name, onRename }: Props) {
  const next = useRef<HTMLInputElement>(null)
  const { isOpen, open, opener } = useFold(() => next.current?.select())
  const act = useAct()

  function submit(event: FormEvent): void {
    event.preventDefault()
    void act
      .run(() => onRename(next.current?.value ?? ''), 'The name is changed.')
      .then(isDone => (isDone ? open(false) : next.current?.select()))
  }

  const cancel = (): void => {
    act.calm()
    open(false)
  }
  return (
    <form className="account-form" onSubmit={submit} noValidate>
      {isOpen ? (
        <>
          <Field
            field={next}
            id="account-name"
            label="New name"
            hint="Your old name is held for you for 30 days."
            type="text"
            defaultValue={name}
            maxLength={2 * NAME_MAX_CHARS}
            autoComplete="off"
            wrong={act.why}
            onChange={act.calm}
          />
          <div className="buttons">
            <button type="submit" className="primary" disabled={act.isBusy}>
              Rename
            </button>
            <button type="button" onClick={cancel}>
              Cancel
            </button>
          </div>
        </>
      ) : (
        <div className="buttons">
          <button ref={opener} type="button" onClick={() => open(true)}>
            Rename
          </button>
        </div>
      )}
      <Outcome act={act} />
    </form>
  )
}
