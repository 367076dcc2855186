/**
 * An actor is a behaviour that `scan` runs over its mailbox. Effects are values, and one place carries them out. If the
 * behaviour throws on a message, the supervisor is told, and the message changes nothing.
 */
import { type Observable, type OperatorFunction, scan } from 'rxjs'

/** From a state and a message: the next state, and the effects to carry out. */
export type Behaviour<S, M, E> = (state: S, message: M) => readonly [S, readonly E[]]

/** What the actor's last message led to. */
export type Transition<S, E> = { readonly state: S; readonly effects: readonly E[] }

/** Is told what a behaviour threw, and on which message. Must not throw. */
export type Supervisor<M> = (error: unknown, message: M) => void

export function behave<S, M, E>(
  initial: S,
  behaviour: Behaviour<S, M, E>,
  supervise: Supervisor<M>,
): OperatorFunction<M, Transition<S, E>> {
  const start: Transition<S, E> = { state: initial, effects: [] }
  return (messages$: Observable<M>) => messages$.pipe(scan(attempt, start))

  function attempt(before: Transition<S, E>, message: M): Transition<S, E> {
    try {
      const [state, effects] = behaviour(before.state, message)
      return { state, effects }
    } catch (error) {
      supervise(error, message)
      return { state: before.state, effects: [] }
    }
  }
}
