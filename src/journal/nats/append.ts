/** Appends to the log: a batch is stored whole or not at all, and only after the node's own last inputs. */
import { randomUUID } from 'node:crypto'
import { headers, type MsgHdrs } from '@nats-io/transport-node'
import { BEAT_KEPT_S, BROKER_APPEND_MS } from '../../model/limits.ts'
import type { AppendOutcome, LogPlace, StreamBatch } from '../replicated/stream/stream.ts'
import type { Brokers } from './connection/connection.ts'
import { subjectOf } from './names.ts'
import { BrokerRefusal, checked } from './requests.ts'

type Stored = { readonly seq: number }

/** The broker's numbers of refusals that mean another place, or that the log takes nothing more. */
const WRONG_PLACE = [10071, 10164]
const FULL = [10023, 10047, 10054, 10002]

/** Rejects if the outcome isn't known. */
export async function append(
  brokers: Brokers,
  { texts, inputs }: StreamBatch,
  after: LogPlace,
): Promise<AppendOutcome> {
  refuseCutOff(brokers)
  const { nats, node } = brokers
  const batch = randomUUID()
  for (const [at, text] of texts.entries()) {
    nats.publish(subjectOf('text', node), text, { headers: headersOf(partOf(batch, at + 1)) })
  }
  const fence = { 'Nats-Expected-Last-Subject-Sequence': `${after}` }
  const commit = texts.length === 0 ? {} : { ...partOf(batch, texts.length + 1), 'Nats-Batch-Commit': '1' }
  try {
    const { seq } = await published(brokers, subjectOf('inputs', node), inputs, { ...fence, ...commit })
    return { type: 'stored', place: seq }
  } catch (error) {
    if (!(error instanceof BrokerRefusal)) throw error
    if (WRONG_PLACE.includes(error.number)) return { type: 'refused' }
    if (FULL.includes(error.number) || /maximum/.test(error.message)) return { type: 'failed', reason: error.message }
    // Part of the batch was lost on the way, or a leader has gone: it's worth another attempt.
    throw error
  }
}

/** Resolves with its place. Rejects if it isn't known whether it is stored. */
export async function beat(brokers: Brokers, data: Uint8Array): Promise<LogPlace> {
  const { seq } = await published(brokers, subjectOf('beat', brokers.node), data, { 'Nats-TTL': `${BEAT_KEPT_S}s` })
  return seq
}

/** Rejects with a BrokerRefusal, or with another error: then it may be stored. */
export async function published(
  brokers: Brokers,
  subject: string,
  data: Uint8Array | string,
  fields: Readonly<Record<string, string>> = {},
): Promise<Stored> {
  refuseCutOff(brokers)
  const { nats, whileUp, search, contact } = brokers
  const sent = performance.now()
  try {
    const asked = nats.request(subject, data, { timeout: BROKER_APPEND_MS, headers: headersOf(fields) })
    const stored = checked<Stored>((await whileUp(asked)).json())
    if (!Number.isSafeInteger(stored.seq)) throw new Error('a broker says that it is stored, and not where')
    // A refusal proves nothing: a leader without a majority refuses a message that follows on one that it can't store.
    search.end()
    contact.answered()
    return stored
  } catch (error) {
    if (!(error instanceof BrokerRefusal) && brokers.isUp()) search.gaveUp(sent)
    throw error
  }
}

function refuseCutOff({ isUp }: Brokers): void {
  if (!isUp()) throw new Error('no broker is connected')
}

const partOf = (batch: string, number: number): Record<string, string> => ({
  'Nats-Batch-Id': batch,
  'Nats-Batch-Sequence': `${number}`,
})

function headersOf(fields: Readonly<Record<string, string>>): MsgHdrs {
  const made = headers()
  for (const [name, value] of Object.entries(fields)) made.set(name, value)
  return made
}
