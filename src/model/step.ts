/** One step of the room: a journal entry, and its events. src/reducer/step.ts makes it. */
import type { LedgerEvent, RoutedEvent, SessionEvent } from './event.ts'
import type { SessionId } from './input.ts'
import type { State } from './state.ts'

export type Step = {
  readonly seq: number
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The id of the input. */
  readonly id: string
  /** The session of the input. */
  readonly session: SessionId
  /** The server that took the input in. */
  readonly origin: string
  readonly text: string | null
  /** The names of the files of its message. Absent: none, or they are gone. */
  readonly names?: readonly string[]
  readonly events: readonly StepEvent[]
  /** The state before the events, at the place and time of the input, and the state after all of them. */
  readonly before: State
  readonly after: State
}

/** An event, and the states around it. A reader switches on the kind, and handles the events of that kind. */
export type StepEvent = PublicStepEvent | SessionStepEvent | LedgerStepEvent

/** With its place: it's the `i`-th public event of its input, and `last` says whether it's the last one. */
export type PublicStepEvent = Around<'public', RoutedEvent> & { readonly i: number; readonly last: boolean }
export type SessionStepEvent = Around<'session', SessionEvent>
export type LedgerStepEvent = Around<'ledger', LedgerEvent>

type Around<Kind, E> = { readonly kind: Kind; readonly event: E; readonly before: State; readonly after: State }
