/**
 * An actor is a behaviour that handles the messages of a mailbox, one after another. Effects are values, and one place
 * carries them out. If the behaviour throws on a message, the supervisor gets the error, and the message changes
 * nothing.
 */

/** From a state and a message: the next state, and the effects to carry out. */
export type Behaviour<S, M, E> = (state: S, message: M) => readonly [S, readonly E[]]

/** Gets each error that a behaviour threw, and the message that led to it. Must not throw. */
export type Supervisor<M> = (error: unknown, message: M) => void

export function respond<S, M, E>(
  behaviour: Behaviour<S, M, E>,
  state: S,
  message: M,
  supervise: Supervisor<M>,
): readonly [S, readonly E[]] {
  try {
    return behaviour(state, message)
  } catch (error) {
    supervise(error, message)
    return [state, []]
  }
}
