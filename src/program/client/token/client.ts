/**
 * A client that uses a token of the API (docs/api.md). It's no member, so any number of them may work at once. It sends
 * one message after another, each under its own key until it's answered, so that each is sent once. It receives its
 * room as a stream of events, and reads the past page by page. Its interface is that of any other client.
 */
import { BehaviorSubject, Subject } from 'rxjs'
import { backoff } from '../../../client/session/backoff.ts'
import type { Client, ClientPorts } from '../../../client/session/connection.ts'
import type { Incoming } from '../../../client/session/incoming.ts'
import type { Asked } from '../../../client/session/outbox/outbox.ts'
import type { Pending } from '../../../client/session/outbox/pending.ts'
import type { AskOutcome, Ending, Status } from '../../../client/session/status.ts'
import { ERRORS, type ErrorCode } from '../../../model/error.ts'
import {
  type Answered,
  type Reach,
  type HttpRequest as Request,
  request,
} from '../../../transport/webhook/http-request.ts'
import { parsed, refusalIn, replyTo, requestFor } from './requests.ts'
import { collect, readStream } from './stream.ts'

type Ports = Pick<ClientPorts, 'clock' | 'random' | 'secret'> & { readonly reach: Reach; readonly host: string }

type TokenWish = {
  readonly token: string
  readonly room: string
  /** Whether to receive the events of the room. */
  readonly listens: boolean
  /** How long to try without the server, in milliseconds; null: forever. */
  readonly patience: number | null
}

type HttpAnswer = Extract<Answered, { type: 'answer' }>

type TokenItem = { readonly id: number; readonly asked: Asked; readonly key: string }

/** The server can't store it now, or a proxy can't reach the server. */
const UNWELL: ReadonlySet<number> = new Set([502, 503, 504])

export function connectByToken({ clock, random, secret, reach, host }: Ports, wish: TokenWish): Client {
  const status$ = new BehaviorSubject<Status>({ state: 'connecting', attempt: 0 })
  const spoken = new Subject<Incoming>()
  const outcome = new Subject<AskOutcome>()
  const waiting$ = new BehaviorSubject(0)
  const pending$ = new BehaviorSubject<readonly Pending[]>([])
  const run = secret()
  let queue: TokenItem[] = []
  let lastId = 0
  /** The first command of the queue was sent, and may have been performed. */
  let unsure = false
  let busy = false
  let leaving = false
  let entered = false
  let lostAt: number | null = null
  let attempt = 0
  let lastEvent: string | null = null
  let listening = false
  const under = new Set<() => void>()

  const isOver = (): boolean => status$.value.state === 'ended'
  const authorised = { Authorization: `Bearer ${wish.token}` }
  const roomPath = (what: string): string => `/api/rooms/${encodeURIComponent(wish.room)}/${what}`

  function send(asked: Request, answered: (answer: Answered) => void): void {
    const giveUp = request(reach, host, { ...asked, headers: { ...authorised, ...asked.headers } }, answer => {
      under.delete(giveUp)
      if (!isOver()) answered(answer)
    })
    under.add(giveUp)
  }

  function later(ms: number, run: () => void): void {
    const cancel = clock.alarm(ms, () => {
      under.delete(cancel)
      run()
    })
    under.add(cancel)
  }

  function end(ending: Ending): void {
    if (isOver()) return
    status$.next({ state: 'ended', end: ending })
    for (const giveUp of under) giveUp()
    under.clear()
    spoken.complete()
    outcome.complete()
  }

  function online(): void {
    entered = true
    attempt = 0
    lostAt = null
    if (status$.value.state !== 'online') status$.next({ state: 'online', name: '', roundTrip: null })
  }

  /** Calls `again` after a delay. If the first attempt fails, the client ends at once. */
  function lost(why: string, again: () => void): void {
    const now = clock.elapsed()
    lostAt ??= now
    const until = lostAt + (wish.patience ?? Number.POSITIVE_INFINITY)
    if (!entered || now >= until) {
      return end({ by: 'network', message: why, exit: entered && queue.length > 0 ? 6 : 3 })
    }
    const ms = Math.min(backoff(attempt, random()), until - now)
    attempt += 1
    status$.next({ state: 'waiting', ms, attempt, why })
    later(ms, again)
  }

  const refusedBy = (code: string, message: string): Ending => ({
    ...{ by: 'server', code: code as ErrorCode, message },
    exit: entered && queue.length > 0 ? 6 : (ERRORS[code as ErrorCode]?.exit ?? 4),
  })

  /** Handles what any request may get. True if the request was answered, and `body` is to be read. */
  function goesOn(answer: Answered, again: () => void): answer is HttpAnswer {
    if (answer.type === 'answer') return isDone(answer, again)
    if (answer.type === 'refused') {
      end({ by: 'network', message: answer.reason, exit: 4 })
      return false
    }
    lost(answer.reason, again)
    return false
  }

  function isDone(answer: HttpAnswer, again: () => void): boolean {
    if (answer.status === 429) {
      answer.body.resume()
      online()
      const seconds = Number(answer.headers['retry-after']) || 1
      // Other clients of this token wait too. The random part keeps them from returning at the same moment.
      later(seconds * 1000 * (1 + random()), again)
      return false
    }
    if (UNWELL.has(answer.status)) {
      answer.body.resume()
      entered = true
      lost('the server cannot do it now', again)
      return false
    }
    return true
  }

  function next(): void {
    const [item] = queue
    if (busy || isOver()) return
    if (!item) {
      if (leaving) end({ by: 'user', exit: 0 })
      return
    }
    busy = true
    const asked = requestFor(item.asked, wish.room, item.key)
    if (typeof asked === 'string') return settle({ id: item.id, is: 'refused', code: 'not-granted', message: asked })
    if (asked.method === 'POST') unsure = true
    send(asked, answer => {
      const again = (): void => {
        busy = false
        next()
      }
      if (!goesOn(answer, again)) return
      collect(answer.body, text =>
        text === null ? lost('the connection was lost', again) : answered(item, answer.status, text),
      )
    })
  }

  function answered(item: TokenItem, status: number, text: string): void {
    const body = parsed(text)
    if (status === 401) return end(refusedBy(...refusalIn(body)))
    online()
    if (status >= 400) {
      const [code, message] = refusalIn(body)
      return settle({ id: item.id, is: 'refused', code: code as ErrorCode, message })
    }
    const seq = typeof body['seq'] === 'number' ? body['seq'] : 0
    const reply = item.asked.type === 'say' ? null : replyTo(item.asked, item.id, body)
    if (reply) spoken.next({ reply, replayed: false })
    settle({ id: item.id, is: 'done', seq, reply: reply ?? { type: 'ok', n: item.id, seq } })
  }

  function settle(settled: AskOutcome): void {
    queue = queue.slice(1)
    unsure = false
    busy = false
    count()
    outcome.next(settled)
    next()
  }

  function count(): void {
    waiting$.next(queue.length)
    pending$.next(
      queue.map(({ id, asked }, k) => ({ id, asked, state: k > 0 || !unsure ? 'unsent' : busy ? 'sent' : 'unsure' })),
    )
  }

  function listen(): void {
    if (isOver()) return
    const headers = lastEvent === null ? {} : { 'Last-Event-ID': lastEvent }
    send({ method: 'GET', path: roomPath('events'), headers }, answer => {
      if (!goesOn(answer, listen)) return
      if (answer.status !== 200) {
        return collect(answer.body, text => end(refusedBy(...refusalIn(parsed(text ?? '')))))
      }
      const hangUp = (): void => void answer.body.destroy()
      under.add(hangUp)
      readStream(answer.body, {
        hear(told, id) {
          lastEvent = id ?? lastEvent
          const { reply } = told
          if (reply.type === 'welcome') {
            online()
            listening = true
            next()
          }
          if (reply.type === 'closed' && !reply.reconnect) return end(refusedBy(reply.code, reply.message))
          spoken.next(told)
        },
        end: () => {
          under.delete(hangUp)
          if (!isOver()) lost('the connection was lost', listen)
        },
      })
    })
  }

  // The caller subscribes first.
  clock.turn(() => {
    if (wish.listens) listen()
    else next()
  })
  return {
    status$,
    incoming$: spoken.asObservable(),
    outcome$: outcome.asObservable(),
    waiting$,
    pending$,
    ask(asked) {
      lastId += 1
      queue = [...queue, { id: lastId, asked, key: `${run}-${lastId}` }]
      count()
      if (!wish.listens || listening) next()
      return lastId
    },
    leave() {
      leaving = true
      if (queue.length === 0 && (!wish.listens || entered)) end({ by: 'user', exit: 0 })
    },
    retry: () => {},
    remember: () => null,
    close: () => end({ by: 'user', exit: queue.length > 0 ? 6 : 0 }),
  }
}
