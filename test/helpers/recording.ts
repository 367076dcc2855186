/** Messages for a history, as the steps that sent them. */
import type { Recorded } from '../../src/journal/recorded.ts'
import type { RoutedEvent } from '../../src/model/event.ts'
import { initialState as before } from '../../src/model/state.ts'
import type { Step, StepEvent } from '../../src/model/step.ts'
import type { History } from '../../src/port/history.ts'

/** Applies the step of each message. */
export function recording(history: History, messages: readonly Recorded[]): void {
  for (const message of messages) history.apply(stepOf(message.seq, message))
}

/** The step of input `seq`, which sent this message, or none. */
export function stepOf(seq: number, message: Recorded | null): Step {
  const around = { before, after: before }
  const events: readonly StepEvent[] = message
    ? [{ kind: 'public', event: eventOf(message), i: 0, last: true, ...around }]
    : []
  return {
    seq,
    at: message?.at ?? 0,
    id: `${seq}`,
    session: message?.author ?? '',
    origin: '',
    text: null,
    events,
    ...around,
  }
}

function eventOf({ room, from, to, action, author, account, mentions, other }: Recorded): RoutedEvent {
  const mark = account ? { account } : {}
  if (room === null) {
    return { type: 'told', from, to: to ?? '', action, author, other: other ?? '', sessions: [], ...mark }
  }
  const named = mentions.length === 0 ? {} : { mentions }
  return { type: 'said', room, from, action, author, everyone: false, ...mark, ...named }
}
