/** A request of the page itself, and its answer. The chat shows neither. */
import { defaultIfEmpty, filter, firstValueFrom, map, take } from 'rxjs'
import { UNKNOWN } from '../../client/chat/sentences.ts'
import type { Client } from '../../client/session/connection.ts'
import type { Asked } from '../../client/session/outbox/outbox.ts'
import type { AskOutcome } from '../../client/session/status.ts'

/** `why`: the sentence to show. */
type Reply = Extract<AskOutcome, { is: 'done' }>['reply']

export type Answer = { readonly ok: true; readonly reply: Reply } | { readonly ok: false; readonly why: string }

export function request(client: Client, asked: Asked): Promise<Answer> {
  const id = client.ask(asked)
  const answers$ = client.outcome$.pipe(
    filter(outcome => outcome.id === id),
    take(1),
    map(toAnswer),
    // The session has ended.
    defaultIfEmpty<Answer, Answer>({ ok: false, why: UNKNOWN }),
  )
  return firstValueFrom(answers$)
}

function toAnswer(outcome: AskOutcome): Answer {
  switch (outcome.is) {
    case 'done':
      return { ok: true, reply: outcome.reply }
    case 'refused':
      return { ok: false, why: outcome.message }
    case 'unknown':
      return { ok: false, why: UNKNOWN }
  }
}

/** Null: it's done. Otherwise the sentence to show. */
export async function done(client: Client, asked: Asked): Promise<string | null> {
  const answer = await request(client, asked)
  return answer.ok ? null : answer.why
}
