/**
 * Commands and questions as promises. Each resolves with its answer, or rejects with a ChatError that gives the reason.
 */
import type { Client } from '../client/session/connection.ts'
import type { Asked } from '../client/session/outbox/outbox.ts'
import type { AskOutcome, Ending } from '../client/session/status.ts'
import type { Reply } from '../codec/native/reply.ts'
import { ChatError, endingError } from './chat-error.ts'

/** The server's answer: the number of the input, and the reply. */
export type Answer = { readonly seq: number; readonly reply: Reply }

export type Asking = {
  /** Kept over lost connections. Resolves when the server has answered; for a command, when it's durable. */
  readonly ask: (asked: Asked) => Promise<Answer>
  /** No more answers will arrive. */
  readonly end: (ending: Ending) => void
}

type Waiting = { readonly resolve: (answer: Answer) => void; readonly reject: (error: ChatError) => void }

export function asking(client: Client): Asking {
  const waiting = new Map<number, Waiting>()
  let over: Ending | null = null
  client.outcome$.subscribe(outcome => {
    const asked = waiting.get(outcome.id)
    waiting.delete(outcome.id)
    if (asked) settle(asked, outcome)
  })
  return {
    ask: asked =>
      new Promise((resolve, reject) => {
        if (over) reject(endingError(over))
        else waiting.set(client.ask(asked), { resolve, reject })
      }),
    end(ending) {
      over = ending
      const unsent = new Set(client.pending$.value.filter(({ state }) => state === 'unsent').map(({ id }) => id))
      for (const [id, { reject }] of waiting) reject(endingError(ending, unsent.has(id) ? 'no' : 'unknown'))
      waiting.clear()
    },
  }
}

function settle({ resolve, reject }: Waiting, outcome: AskOutcome): void {
  switch (outcome.is) {
    case 'done':
      return resolve(outcome)
    case 'refused':
      return reject(new ChatError(outcome.code, outcome.message))
    case 'unknown':
      return reject(
        new ChatError(
          'unknown',
          'The session ended before the server answered. The command may have run, or not.',
          'unknown',
        ),
      )
  }
}
