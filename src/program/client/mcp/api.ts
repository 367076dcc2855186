/**
 * The requests of the HTTP API that the tools make. Each is repeated while the server is away, for a while, and then
 * its end is a sentence with the remedy. Answers are made harmless, as everything that a client gets.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Incoming } from '../../../client/session/incoming.ts'
import { backoff } from '../../../client/session/reconnecting/backoff.ts'
import { harmless } from '../../../codec/native/sanitiser.ts'
import { type Answered, type HttpRequest, type Reach, request } from '../../../transport/webhook/http-request.ts'
import { parsed, refusalIn } from '../token/requests.ts'
import { collect, readStream } from '../token/stream.ts'

/** The failure of a tool, and the remedy: for the agent and its person. */
export class Trouble extends Error {}

export type Fields = Readonly<Record<string, unknown>>

export type Api = {
  /** The JSON of the answer. A request that changes something has an Idempotency-Key. Rejects with Trouble. */
  readonly call: (asked: HttpRequest, signal: AbortSignal) => Promise<Fields>
  /**
   * Everything that happens in a room after input `after` (null: from now on), over lost connections, until `hear` returns
   * true, or until `signal`. Rejects with Trouble if the server refuses it.
   */
  readonly listen: (
    room: string,
    after: number | null,
    hear: (spoken: Incoming) => boolean,
    signal: AbortSignal,
  ) => Promise<void>
}

/** How long a request is repeated without an answer, in milliseconds. An agent's own patience is about a minute. */
const CALL_MS = 20_000

/** The server can't do it now, or a proxy can't reach it. */
const UNWELL: ReadonlySet<number> = new Set([502, 503, 504])

type Answer = Extract<Answered, { type: 'answer' }>

export function tokenApi(reach: Reach, host: string, token: string): Api {
  /** Resolves with the result of one attempt. */
  function attempt(asked: HttpRequest, signal: AbortSignal): Promise<Answered> {
    const headers = { Authorization: `Bearer ${token}`, ...asked.headers }
    return new Promise((resolve, reject) => {
      const giveUp = request(reach, host, { ...asked, headers }, answer => {
        signal.removeEventListener('abort', stop)
        resolve(answer)
      })
      const stop = (): void => {
        giveUp()
        reject(signal.reason)
      }
      if (signal.aborted) stop()
      else signal.addEventListener('abort', stop, { once: true })
    })
  }

  /** An answer of the server itself. */
  async function answered(asked: HttpRequest, signal: AbortSignal): Promise<Answer> {
    const until = performance.now() + CALL_MS
    for (let tries = 0; ; tries++) {
      const answer = await attempt(asked, signal)
      if (answer.type === 'refused') throw new Trouble(`${host} is not the server that it was: ${answer.reason}`)
      if (answer.type === 'answer' && answer.status !== 429 && !UNWELL.has(answer.status)) return answer
      const pause = Math.max(waitOf(answer), backoff(tries, Math.random()))
      if (performance.now() + pause > until) {
        throw new Trouble(answer.type === 'lost' ? away(answer.reason) : busy(answer))
      }
      await delay(pause, undefined, { signal })
    }
  }

  const away = (reason: string): string =>
    `${host} cannot be reached: ${reason}. Try again later, or see whether the server runs.`
  const busy = (answer: Answered): string =>
    answer.type === 'answer' && answer.status === 429
      ? 'This token makes too many requests. Wait a while.'
      : `${host} cannot do that now. Try again later.`

  return {
    async call(asked, signal) {
      const { status, body } = await answered(asked, signal)
      const text = await new Promise<string | null>(resolve => collect(body, resolve))
      const fields = harmless(parsed(text ?? '')) as Fields
      if (text !== null && status < 400) return fields
      throw new Trouble(text === null ? away('the connection was lost') : refusal(fields, status))
    },
    async listen(room, after, hear, signal) {
      const path = `/api/rooms/${encodeURIComponent(room)}/events`
      let last = after === null ? null : `${after}`
      let silences = 0
      for (let isDone = false; !isDone && !signal.aborted; ) {
        const headers: Record<string, string> = last === null ? {} : { 'Last-Event-ID': last }
        const { status, body } = await answered({ method: 'GET', path, headers }, signal)
        if (status !== 200) {
          const text = await new Promise<string | null>(resolve => collect(body, resolve))
          throw new Trouble(refusal(harmless(parsed(text ?? '')) as Fields, status))
        }
        const stop = (): void => void body.destroy()
        signal.addEventListener('abort', stop, { once: true })
        await new Promise<void>(resolve =>
          readStream(body, {
            hear(spoken, id) {
              silences = 0
              last = id ?? last
              if (isDone || !hear(spoken)) return
              isDone = true
              stop()
            },
            end: resolve,
          }),
        )
        signal.removeEventListener('abort', stop)
        if (!isDone) await delay(backoff(silences++, Math.random()), undefined, { signal })
      }
    },
  }
}

/** How long the server wants a repeat to wait, in milliseconds. Its answer is dropped. */
function waitOf(answer: Answered): number {
  if (answer.type !== 'answer') return 0
  answer.body.resume()
  return (Number(answer.headers['retry-after']) || 0) * 1000
}

/** The server's own sentence, which says the remedy. */
function refusal(fields: Fields, status: number): string {
  const [code, message] = refusalIn(fields)
  // The server's sentence says how to get a token.
  const remedy = status === 401 ? ' Give it as RXCHAT_TOKEN.' : ''
  return `${message}${remedy} (${code})`
}
