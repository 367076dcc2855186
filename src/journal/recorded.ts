/** What the history records of a step: its messages. The texts stay with the inputs. */
import type { Message } from '../model/message.ts'
import type { PublicStepEvent, Step } from '../model/step.ts'

export type Recorded = Omit<Message, 'text'>

export function recordedOf(step: Step): readonly Recorded[] {
  const recorded: Recorded[] = []
  for (const one of step.events) {
    const message = one.kind === 'public' ? messageOf(step, one) : null
    if (message) recorded.push(message)
  }
  return recorded
}

const NOBODY: Recorded['mentions'] = []

function messageOf({ seq, at }: Step, { event }: PublicStepEvent): Recorded | null {
  switch (event.type) {
    case 'said': {
      const { room, from, action, author, account = false, mentions = NOBODY } = event
      return { seq, at, room, from, to: null, action, author, account, other: null, mentions }
    }
    case 'told': {
      const { from, to, action, author, account = false, other } = event
      return { seq, at, room: null, from, to, action, author, account, other, mentions: NOBODY }
    }
    case 'joined':
    case 'parted':
    case 'quit':
    case 'renamed':
    case 'registered':
    case 'away':
    case 'topic':
    case 'moderated':
    // It's recorded when it is released, as a message of that input.
    case 'held':
    // The text of a deleted message is erased by the server; what is recorded of it stays.
    case 'deleted':
      return null
  }
}
