/** What of a step belongs to the past of messages. */
import type { Message } from '../model/message.ts'
import type { History } from '../port/history.ts'
import type { Step } from '../reducer/step.ts'

/** Never throws. */
export function record(history: History, step: Step): void {
  history.record(
    step.events.flatMap(({ event }) => messageOf(step, event)),
    step.seq,
  )
}

function messageOf({ seq, at }: Step, event: Step['events'][number]['event']): readonly Omit<Message, 'text'>[] {
  switch (event.type) {
    case 'said': {
      const { room, from, action, author } = event
      return [{ seq, at, room, from, to: null, action, author, other: null }]
    }
    case 'told': {
      const { from, to, action, author, other } = event
      return [{ seq, at, room: null, from, to, action, author, other }]
    }
    default:
      return []
  }
}
