/** The scene of the connect form. */
import { Subject } from 'rxjs'
import type { Scene } from '../stage/scene.ts'
import { type Form, type FormError, formFrame, newForm, pressForm, refused, type Values, valuesOf } from './form.ts'

export type ConnectScene = Scene & {
  /** Shows why the connection failed. */
  readonly tell: (wrong: FormError) => void
}

/** `submit` gets the values, and returns an error that it finds at once. */
export function connectScene(
  values: Values,
  submit: (values: Values) => FormError | null,
  leave: () => void,
  wrong: FormError | null = null,
): ConnectScene {
  const changed$ = new Subject<void>()
  let form: Form = newForm(values, wrong)

  function show(next: Form): void {
    form = next
    changed$.next()
  }

  function connect(): void {
    const found = submit(valuesOf(form))
    show(found ? refused(form, found) : { ...form, connecting: true, wrong: null })
  }

  return {
    changed$,
    draw: size => formFrame(form, size),
    stroke(stroke) {
      const [next, act] = pressForm(form, stroke)
      form = next
      if (act === 'connect') connect()
      if (act === 'leave') leave()
      return act === 'suspend' || act === 'redraw' ? act : null
    },
    ticks: () => false,
    tell: found => show(refused(form, found)),
  }
}
