/**
 * A chat as a program has it: streams of events, promises of answers. It's built on the connection actor
 * (src/client/session/connection.ts), which reconnects, repeats commands and fetches missed messages.
 */
import { BehaviorSubject, filter, type Observable, ReplaySubject, Subject } from 'rxjs'
import type { Client } from '../client/session/connection.ts'
import type { Incoming } from '../client/session/incoming.ts'
import { replay } from '../client/session/incoming.ts'
import type { Ending, Status } from '../client/session/status.ts'
import { emptyView, evolveView } from '../client/session/view.ts'
import type { RoomSummary } from '../codec/native/reply.ts'
import { roomName } from '../model/name/name.ts'
import { LOBBY } from '../model/name/standing.ts'
import { endingError } from './chat-error.ts'
import { type ChatEvent, chatEvent, type Entered, type Told } from './chat-event.ts'
import { chatRoom, type Manner, mannered, type Receipt, type Room, receipt } from './chat-room.ts'
import { asking } from './requests.ts'
import { type Upload, type UploadPlace, uploading } from './upload.ts'

export type Chat = {
  /** Our name as the server has it; before we are in, the one we asked for. */
  readonly name: string
  /** Identity of the journal that `seq` counts in; empty before we are in. */
  readonly epoch: string
  /** The connection's status. Begins with the current one; the last one says how it ended. */
  readonly status$: Observable<Status>
  /**
   * All events, in order. Each is emitted once, when it happens, so a subscriber in the same turn as `connect` misses
   * nothing. Completes when we leave; errors with a ChatError if the chat ends otherwise.
   */
  readonly event$: Observable<ChatEvent>
  /** Direct messages, to us and from us. */
  readonly told$: Observable<Told>
  /** A room by name; by default the first one. To be in another one, `join` it. */
  readonly room: (name?: string) => Room
  readonly tell: (to: string, text: string, how?: Manner) => Promise<Receipt>
  /** Uploads a file, for the `files` of a message. The server forgets one that no message names after an hour. */
  readonly upload: Upload
  readonly rename: (name: string) => Promise<Receipt>
  /** Null: back again. */
  readonly away: (note: string | null) => Promise<Receipt>
  readonly rooms: () => Promise<readonly RoomSummary[]>
  /** Resolves as soon as we are in; rejects with a ChatError if that fails for good. */
  readonly online: () => Promise<void>
  /** How the chat ended; never rejects. */
  readonly ended: Promise<Ending>
  /** Leaves once everything is answered. */
  readonly leave: (reason?: string) => Promise<Ending>
  /** Connects now instead of waiting. */
  readonly retry: () => void
  /**
   * The data with which another process resumes the session (`remembered` in the options). Then unanswered commands are
   * performed once, and missed messages arrive. Keep it secret: with it, a program can speak as us. Null: the session
   * has ended for good.
   */
  readonly remember: () => string | null
  /** Closes at once, without a goodbye. */
  readonly close: () => void
}

/** The client itself enters the first room; this function joins the others. */
export function chatOver(
  client: Client,
  name: string,
  [first = LOBBY, ...others]: readonly string[],
  place: UploadPlace,
): Chat {
  const event$ = new Subject<ChatEvent>()
  const view$ = new BehaviorSubject({ ...emptyView, name })
  const status$ = new ReplaySubject<Status>(1)
  const { ask, end } = asking(client)
  const home = roomName(first)
  const wanted = new Set([home, ...others.map(roomName)])
  /** The last message emitted for each room, in the journal of `self`. */
  const told = new Map<string, number>()
  let self: Entered | null = null
  let isOver = false
  let over = (_: Ending): void => {}
  const ended = new Promise<Ending>(resolve => {
    over = resolve
  })

  function hear(spoken: Incoming): void {
    const { reply } = spoken
    view$.next(evolveView(view$.value, reply))
    // History sent on joining. Not an answer, and not the missed messages, which the client emits itself.
    if (reply.type === 'history' && reply.n === undefined && reply.missed === undefined) {
      const last = told.get(reply.room ?? '') ?? 0
      for (const past of reply.messages.filter(({ seq }) => seq > last).flatMap(replay)) tell(past)
    } else tell(spoken)
  }

  function tell(spoken: Incoming): void {
    const event = chatEvent(spoken, view$.value.name)
    if (event?.type === 'entered') enter(event)
    if (event?.type === 'said') told.set(event.room, event.seq)
    if (event) event$.next(event)
  }

  /**
   * A server that has forgotten our session has forgotten its rooms. A room that refuses us also refuses the next
   * command there.
   */
  const settleIn = (): void => {
    for (const room of wanted) if (room !== home) ask({ type: 'join', room }).catch(() => {})
    if (!wanted.has(home)) ask({ type: 'part', room: home }).catch(() => {})
  }

  function enter(event: Entered): void {
    if (self && self.epoch !== event.epoch) told.clear()
    const isForgotten = self !== null && !event.resumed
    self = event
    if (isForgotten) settleIn()
  }

  function finish(ending: Ending): void {
    if (isOver) return
    isOver = true
    end(ending)
    const failure = ending.by === 'user' ? null : endingError(ending)
    for (const stream of [event$, view$]) {
      if (failure) stream.error(failure)
      else stream.complete()
    }
    status$.next({ state: 'ended', end: ending })
    status$.complete()
    over(ending)
  }

  client.incoming$.subscribe({ next: hear, error: error => event$.error(error) })
  client.status$.subscribe(status => (status.state === 'ended' ? finish(asLeft(status.end)) : status$.next(status)))
  settleIn()

  return {
    get name() {
      return view$.value.name
    },
    get epoch() {
      return self?.epoch ?? ''
    },
    status$: status$.asObservable(),
    event$: event$.asObservable(),
    told$: event$.pipe(filter((event): event is Told => event.type === 'told')),
    room: (room = home) => chatRoom(roomName(room), { event$, view$, ask, wanted, self: () => self }),
    tell: async (to, text, how) => receipt(await ask({ type: 'tell', to, text, ...mannered(how) })),
    upload: uploading(place, () => client.remember()?.token ?? null),
    rename: async name => receipt(await ask({ type: 'nick', name })),
    away: async note => receipt(await ask({ type: 'away', note })),
    async rooms() {
      const { reply } = await ask({ type: 'rooms' })
      return reply.type === 'rooms' ? reply.rooms : []
    },
    online: () => online(status$),
    ended,
    leave(reason) {
      client.leave(reason ?? null)
      return ended
    },
    retry: client.retry,
    remember() {
      const remembered = client.remember()
      return remembered && JSON.stringify(remembered)
    },
    close() {
      client.close()
      finish({ by: 'user', exit: 0 })
    },
  }
}

/** The server's goodbye answers ours. */
const asLeft = (end: Ending): Ending =>
  end.by === 'server' && end.code === 'bye' ? { by: 'user', exit: end.exit } : end

const online = (status$: Observable<Status>): Promise<void> =>
  new Promise((resolve, reject) => {
    status$.subscribe(status => {
      if (status.state === 'online') resolve()
      if (status.state === 'ended') reject(endingError(status.end))
    })
  })
