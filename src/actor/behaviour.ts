/**
 * An actor is a behaviour run by `scan` over its mailbox: effects are values, and one place carries them out.
 * The supervisor catches per message: a message on which the behaviour throws changes nothing and is reported.
 */
import { type Observable, type OperatorFunction, scan } from 'rxjs'

/** What follows from a message: the next state, and what is to be done about it. */
export type Behaviour<S, M, E> = (state: S, message: M) => readonly [S, readonly E[]]

/** What an actor came to by one message. */
export type Outcome<S, E> = { readonly state: S; readonly effects: readonly E[] }

/** Told of what a behaviour threw, and on which message. Must not throw. */
export type Supervisor<M> = (error: unknown, message: M) => void

export function behave<S, M, E>(
  initial: S,
  behaviour: Behaviour<S, M, E>,
  supervise: Supervisor<M>,
): OperatorFunction<M, Outcome<S, E>> {
  const start: Outcome<S, E> = { state: initial, effects: [] }
  return (messages$: Observable<M>) => messages$.pipe(scan(attempt, start))

  function attempt(before: Outcome<S, E>, message: M): Outcome<S, E> {
    try {
      const [state, effects] = behaviour(before.state, message)
      return { state, effects }
    } catch (error) {
      supervise(error, message)
      return { state: before.state, effects: [] }
    }
  }
}
