/**
 * A replicated log in NATS JetStream. The rules are in ../replicated; here, requests and answers only. Reads go to any
 * replica, and appends, erasing and `last` to the leader.
 */
import type { Msg, NatsConnection } from '@nats-io/transport-node'
import { filter, map, Subject } from 'rxjs'
import { BROKER_ANSWER_MS, REPLICATED_PAGE, REPLICATED_PAGE_BYTES } from '../../model/limits.ts'
import type { LogPlace, Stream, StreamMessage } from '../replicated/stream/stream.ts'
import { append, beat, published } from './append.ts'
import type { Brokers } from './connection/connection.ts'
import { readDirectly, type StoredMessage, storedMessage } from './direct.ts'
import {
  HEARD_SUBJECTS,
  LOG,
  MARKS,
  markSeq,
  markSubject,
  readSubject,
  SIGNAL_SUBJECTS,
  STATES,
  signalNode,
  signalSubject,
  subjectOf,
} from './names.ts'
import { sharedStates } from './objects.ts'
import { BrokerRefusal, request } from './requests.ts'

/** The broker's numbers of refusals: there's no such message, or not any more. */
const NO_MESSAGE = 10037
const GONE = [10043, 10057]

/** Few, so that messages of others come through. */
const ERASED_AT_ONCE = 16

/** Resolves when nothing that is stored from now on is missed, as long as the connection lasts. */
export async function natsStream(brokers: Brokers, epoch: string): Promise<Stream> {
  const { nats, node, isUp, whileUp } = brokers
  const [heard, signals] = [heardOn(nats, HEARD_SUBJECTS), heardOn(nats, SIGNAL_SUBJECTS)]
  await nats.flush()
  const marksFrom = (seq: number) =>
    readDirectly(brokers, MARKS, { seq, batch: REPLICATED_PAGE, max_bytes: REPLICATED_PAGE_BYTES })
  const erase = (seq: LogPlace): Promise<unknown> =>
    ask(`STREAM.MSG.DELETE.${LOG}`, { seq, no_erase: false }).catch((error: unknown) => {
      if (!(error instanceof BrokerRefusal && GONE.includes(error.number))) throw error
    })
  const ask = <T>(verb: string, body: object | null): Promise<T> =>
    whileUp(request<T>(nats, verb, body, BROKER_ANSWER_MS))

  return {
    epoch,
    append: (batch, after) => append(brokers, batch, after),
    beat: data => beat(brokers, data),
    // A client that may publish there can send anything.
    heard$: heard.pipe(
      map(storedMessage),
      map(message => message && messageOf(message)),
      filter(message => message !== null),
    ),
    async read(after, most) {
      const wanted = { seq: after + 1, batch: most, max_bytes: REPLICATED_PAGE_BYTES }
      const found = await readDirectly(brokers, LOG, wanted)
      const messages = found.map(messageOf).filter(message => message !== null)
      return { messages, upTo: found.at(-1)?.place ?? after }
    },
    async last(writer) {
      try {
        const { message } = await ask<{ readonly message: FoundMessage }>(`STREAM.MSG.GET.${LOG}`, {
          last_by_subj: subjectOf('inputs', writer),
        })
        return messageOf(decoded(message))
      } catch (error) {
        if (error instanceof BrokerRefusal && error.number === NO_MESSAGE) return null
        throw error
      }
    },
    end: async () =>
      (await ask<{ readonly state: { readonly last_seq: LogPlace } }>(`STREAM.INFO.${LOG}`, null)).state.last_seq,
    async erase(places) {
      for (let at = 0; at < places.length; at += ERASED_AT_ONCE) {
        await Promise.all(places.slice(at, at + ERASED_AT_ONCE).map(erase))
      }
    },
    purge: async place => void (await ask(`STREAM.PURGE.${LOG}`, { seq: place + 1 })),
    signal(data) {
      if (isUp()) nats.publish(signalSubject(node), data)
    },
    signals$: signals.pipe(map(({ subject, data }) => ({ node: signalNode(subject), data }))),
    states: sharedStates(brokers, STATES),
    async marks() {
      const marks = new Map<number, string>()
      // In pages: a broker gives the latest of at most 1024 subjects at once. There is one message of each here.
      for (let page = await marksFrom(1); page.length > 0; page = await marksFrom((page.at(-1)?.place ?? 0) + 1)) {
        for (const { subject, data } of page) marks.set(markSeq(subject), Buffer.from(data).toString('utf8'))
      }
      return marks
    },
    mark: async (seq, reason) => void (await published(brokers, markSubject(seq), reason)),
    close: () => nats.close(),
  }
}

type FoundMessage = { readonly subject: string; readonly seq: number; readonly time: string; readonly data?: string }

const decoded = ({ subject, seq, time, data = '' }: FoundMessage): StoredMessage => ({
  ...{ subject, place: seq, at: Date.parse(time) },
  data: Buffer.from(data, 'base64'),
})

function messageOf({ subject, place, at, data }: StoredMessage): StreamMessage | null {
  const read = readSubject(subject)
  return read && { place, ...read, at, data }
}

/** The subscription lasts as long as the connection, and is made again with it. */
function heardOn(nats: NatsConnection, subject: string): Subject<Msg> {
  const heard = new Subject<Msg>()
  nats.subscribe(subject, {
    callback(error, message) {
      if (!error) heard.next(message)
    },
  })
  return heard
}
