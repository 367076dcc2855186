/** One step of the room: a journal entry, decided and folded. */
import type { Event } from '../model/event.ts'
import type { Entry, SessionId } from '../model/input.ts'
import type { State } from '../model/state.ts'
import { isPublic } from './audience.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { inTime } from './rules/time.ts'

/** An event with its place: it's the i-th public event of its input, and `last` says whether it's the last one. */
export type StepEvent = { readonly event: Event; readonly i: number; readonly last: boolean }

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
  readonly events: readonly StepEvent[]
  /** The state before the events, and after each of them: `states[k + 1]` is the state after `events[k]`. */
  readonly states: readonly State[]
}

export function step(state: State, entry: Entry): Step {
  const { seq, input, text } = entry
  let now: State = { ...inTime(state, input), seq }
  const { at } = now
  const states: State[] = [now]
  const events = decide(now, input)
  for (const event of events) {
    now = evolve(now, event)
    states.push(now)
  }
  const { id, session, origin } = input
  return { seq, at, id, session, origin, text, events: place(events), states }
}

function place(events: readonly Event[]): readonly StepEvent[] {
  let left = events.reduce((count, event) => count + (isPublic(event) ? 1 : 0), 0)
  let i = 0
  return events.map(event => {
    if (!isPublic(event)) return { event, i: 0, last: true }
    left -= 1
    return { event, i: i++, last: left === 0 }
  })
}

/** The state after a step. */
export const after = (done: Step): State => done.states[done.states.length - 1] as State
