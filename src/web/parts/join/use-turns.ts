/** The state of the join form: a guest's fields or those of an account, its error, and the next place of the focus. */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { JoinError, Mode } from './wish.ts'

type Given = { readonly name: string; readonly mode: Mode; readonly error: JoinError | null }

export function useTurns({ name: first, mode: firstMode, error }: Given, form: RefObject<HTMLFormElement | null>) {
  const [mode, setMode] = useState(firstMode)
  const [name, setName] = useState(first)
  const [wrong, setWrong] = useState(error)
  /** The place of the focus after the next drawing; a new object each time. */
  const [focus, setFocus] = useState(() => ({ at: firstField({ name: first, mode: firstMode, error }) }))
  useLayoutEffect(() => focusOn(form.current, focus.at), [focus, form])

  // A refusal turns the form to a remedy, with the focus there.
  const isNew = useRef(true)
  useEffect(() => {
    if (isNew.current) {
      isNew.current = false
      return
    }
    setWrong(error)
    setMode(firstMode)
    setFocus({ at: firstField({ name: first, mode: firstMode, error }) })
  }, [error, firstMode, first])

  return {
    mode,
    name,
    setName,
    /** The error at a field; null: none. */
    at: (place: JoinError['at']): string | null => (wrong?.at === place ? wrong.text : null),
    calm: (): void => setWrong(null),
    turn(next: Mode): void {
      setMode(next)
      setWrong(null)
      setFocus({ at: name.trim() === '' || next === 'guest' ? 'name' : 'password' })
    },
    refuse(refused: JoinError): void {
      setWrong(refused)
      setFocus({ at: refused.at })
    },
  }
}

/** A sign-in shows the fault, and goes on with the password. */
function firstField({ name, mode, error }: Given): JoinError['at'] {
  if (error !== null && !(error.at === 'form' && mode === 'sign-in')) return error.at
  return mode === 'sign-in' && name !== '' ? 'password' : 'name'
}

function focusOn(form: HTMLFormElement | null, at: JoinError['at']): void {
  const field = form?.querySelector<HTMLElement>(at === 'form' ? '#join-form-wrong' : `#join-${at}`)
  field?.focus()
  if (field instanceof HTMLInputElement) field.select()
}
