/** The messages of a step, for the history. */
import type { Message } from '../../model/message.ts'
import type { History } from '../../port/history.ts'
import type { Step } from '../../reducer/step.ts'

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
    case 'deleted':
    case 'joined':
    case 'parted':
    case 'quit':
    case 'renamed':
    case 'away':
    case 'topic':
    case 'welcomed':
    case 'resumed':
    case 'returned':
    case 'done':
    case 'rejected':
    case 'repeated':
    case 'detached':
    case 'lapsed':
    case 'ended':
    case 'granted':
    case 'revoked':
    case 'posted':
    case 'reposted':
    case 'hooked':
    case 'unhooked':
    case 'forwarded':
    case 'formatted':
      return []
  }
}
