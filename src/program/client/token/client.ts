/**
 * A client that uses a token of the API (docs/api.md). It's no member, so any number of them may work at once. It sends
 * one message after another, each under its own key until it's answered, so that each is sent once. It receives its
 * room as a stream of events, and reads the past page by page. Its interface is that of any other client.
 */
import type { Readable } from 'node:stream'
import { BehaviorSubject, Subject } from 'rxjs'
import type { Client, ClientPorts } from '../../../client/session/connection.ts'
import type { Incoming } from '../../../client/session/incoming.ts'
import type { Asked } from '../../../client/session/outbox/outbox.ts'
import type { Pending } from '../../../client/session/outbox/pending.ts'
import type { AskOutcome } from '../../../client/session/status.ts'
import type { ErrorCode } from '../../../model/error.ts'
import { CURSOR_AS_CHARS } from '../../../model/limits.ts'
import { type LinkPorts, type LinkWish, tokenLink } from './link.ts'
import { parsed, refusalIn, replyTo, requestFor } from './requests.ts'
import { collect, collectBytes, readStream } from './stream.ts'

type TokenWish = LinkWish & {
  readonly room: string
  /** Whether to receive the events of the room. */
  readonly listens: boolean
}

type OutputAsked = Extract<Asked, { type: 'output' }>

type TokenItem = { readonly id: number; readonly asked: Asked; readonly key: string }

/** Commands whose answer is the number of the message alone. */
const ACTS: ReadonlySet<Asked['type']> = new Set([
  ...(['say', 'edit', 'react', 'pin', 'answer', 'close', 'hand', 'grow', 'finish'] as const),
  ...(['cursor-move', 'cursor-leave', 'cursor-set', 'cursor-remove'] as const),
])

const CUT_OFF = 'the connection was lost'

export function connectByToken(ports: LinkPorts & Pick<ClientPorts, 'secret'>, wish: TokenWish): Client {
  const spoken = new Subject<Incoming>()
  const outcome = new Subject<AskOutcome>()
  const waiting$ = new BehaviorSubject(0)
  const pending$ = new BehaviorSubject<readonly Pending[]>([])
  const run = ports.secret()
  const as = run.slice(0, CURSOR_AS_CHARS)
  let queue: TokenItem[] = []
  let lastId = 0
  /** The first command of the queue was sent, and may have been performed. */
  let unsure = false
  let busy = false
  let leaving = false
  let lastEvent: string | null = null
  let listening = false
  const link = tokenLink(
    ports,
    wish,
    () => queue.length > 0,
    () => {
      spoken.complete()
      outcome.complete()
    },
  )

  function next(): void {
    const [item] = queue
    if (busy || link.isOver()) return
    if (!item) {
      if (leaving) link.end({ by: 'user', exit: 0 })
      return
    }
    busy = true
    const asked = requestFor(item.asked, wish.room, item.key, as)
    if (typeof asked === 'string') return settle({ id: item.id, is: 'refused', code: 'not-granted', message: asked })
    if (asked.method !== 'GET') unsure = true
    const again = (): void => {
      busy = false
      next()
    }
    link.send(asked, again, ({ status, body }) => {
      if (status === 200 && item.asked.type === 'output') return output(item, item.asked, body, again)
      collect(body, text => (text === null ? link.lost(CUT_OFF, again) : answered(item, status, text)))
    })
  }

  /** All of it comes at once, as bytes. */
  function output({ id }: TokenItem, { seq, offset }: OutputAsked, body: Readable, again: () => void): void {
    collectBytes(body, bytes => {
      if (bytes === null) return link.lost(CUT_OFF, again)
      link.online()
      const whole = { target: seq, offset, size: offset + bytes.length, data: bytes.toString('base64') }
      settle({ id, is: 'done', seq, reply: { type: 'output', n: id, ...whole } })
    })
  }

  function answered(item: TokenItem, status: number, text: string): void {
    const body = parsed(text)
    const [code, message] = refusalIn(body)
    if (status === 401) return link.refused(code, message)
    link.online()
    if (status >= 400) {
      return settle({ id: item.id, is: 'refused', code: code as ErrorCode, message })
    }
    const seq = typeof body['seq'] === 'number' ? body['seq'] : 0
    const reply = ACTS.has(item.asked.type) ? null : replyTo(item.asked, item.id, body)
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
    if (link.isOver()) return
    const headers = lastEvent === null ? {} : { 'Last-Event-ID': lastEvent }
    const path = `/api/rooms/${encodeURIComponent(wish.room)}/events`
    link.send({ method: 'GET', path, headers }, listen, ({ status, body }) => {
      if (status !== 200) return collect(body, text => link.refused(...refusalIn(parsed(text ?? ''))))
      const hangUp = (): void => void body.destroy()
      link.under.add(hangUp)
      readStream(body, {
        hear(told, id) {
          lastEvent = id ?? lastEvent
          const { reply } = told
          if (reply.type === 'welcome') {
            link.online()
            listening = true
            next()
          }
          if (reply.type === 'closed' && !reply.reconnect) return link.refused(reply.code, reply.message)
          spoken.next(told)
        },
        end: () => {
          link.under.delete(hangUp)
          if (!link.isOver()) link.lost(CUT_OFF, listen)
        },
      })
    })
  }

  // The caller subscribes first.
  ports.clock.turn(() => {
    if (wish.listens) listen()
    else next()
  })
  return {
    status$: link.status$,
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
      if (queue.length === 0 && (!wish.listens || link.hasEntered())) link.end({ by: 'user', exit: 0 })
    },
    retry: () => {},
    read: () => {},
    typing: () => {},
    remember: () => null,
    close: () => link.end({ by: 'user', exit: queue.length > 0 ? 6 : 0 }),
  }
}
