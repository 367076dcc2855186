/** Reading messages of a stream from any of its replicas, so it needs no leader. */
import { createInbox, type Msg } from '@nats-io/transport-node'
import { BROKER_ANSWER_MS } from '../../model/limits.ts'
import type { Brokers } from './connection/connection.ts'
import { inboxPrefix } from './names.ts'

export type StoredMessage = {
  readonly subject: string
  readonly place: number
  /** Milliseconds since the epoch, by the broker's clock. */
  readonly at: number
  readonly data: Uint8Array
}

/** Messages from place `seq` on, of one subject if it's given; or the latest one of each of some subjects. */
export type Wanted =
  | { readonly seq: number; readonly batch: number; readonly max_bytes?: number; readonly next_by_subj?: string }
  | { readonly multi_last: readonly string[]; readonly batch: number }

/** The end of an answer, and that there's nothing to answer. */
const DONE = [204, 404]

/** In the order of their places. Rejects if no replica answers, or not to the end, or the connection is lost. */
export function readDirectly(
  { nats, node, whileUp }: Brokers,
  stream: string,
  wanted: Wanted,
): Promise<readonly StoredMessage[]> {
  const read = new Promise<readonly StoredMessage[]>((resolve, reject) => {
    const messages: StoredMessage[] = []
    const inbox = createInbox(inboxPrefix(node))
    const end = (settle: () => void): void => {
      clearTimeout(late)
      answers.unsubscribe()
      settle()
    }
    const answers = nats.subscribe(inbox, {
      callback(error, message) {
        if (error) return end(() => reject(error))
        const code = message.headers?.code ?? 0
        const stored = code === 0 ? storedMessage(message) : null
        if (stored) messages.push(stored)
        else if (DONE.includes(code)) end(() => resolve(messages))
        else end(() => reject(new Error(message.headers?.description || 'no replica answers')))
      },
    })
    const late = setTimeout(() => end(() => reject(new Error('the replica does not answer'))), BROKER_ANSWER_MS)
    nats.publish(`$JS.API.DIRECT.GET.${stream}`, JSON.stringify(wanted), { reply: inbox })
  })
  return whileUp(read)
}

/** The latest message of a subject; null: there's none. */
export async function latestOf(brokers: Brokers, stream: string, subject: string): Promise<StoredMessage | null> {
  const [message] = await readDirectly(brokers, stream, { multi_last: [subject], batch: 1 })
  return message ?? null
}

/** The message that a broker sends on, or answers with, as it's stored. Null: it's no stored message. */
export function storedMessage({ headers, data }: Pick<Msg, 'headers' | 'data'>): StoredMessage | null {
  const of = (name: string): string => headers?.get(name) ?? ''
  const message = {
    subject: of('Nats-Subject'),
    place: Number(of('Nats-Sequence')),
    at: Date.parse(of('Nats-Time-Stamp')),
    data,
  }
  return Number.isSafeInteger(message.place) && message.place > 0 && !Number.isNaN(message.at) ? message : null
}
