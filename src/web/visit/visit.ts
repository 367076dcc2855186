/**
 * One visit to a server, from the join form to the end: a connection actor, its chat, what's stored of it, and the
 * address, which follows the current place.
 */
import { Subscription } from 'rxjs'
import { type ChatStore, createChatStore } from '../../client/chat/chat-store.ts'
import { inRoom, roomOf, type Where } from '../../client/chat/place.ts'
import type { Chat } from '../../client/chat/state.ts'
import { type Client, type ClientPorts, connect } from '../../client/session/connection.ts'
import type { Remembered } from '../../client/session/state.ts'
import { HISTORY_PAGE_MAX } from '../../model/limits.ts'
import { type Frames, framesOf } from '../browser/frames.ts'
import { keepSession, keepVisit, lastVisit } from '../browser/keep.ts'
import { listen } from '../browser/listen.ts'
import { hashOf, noPlace, placeIn, wrongPlace } from '../browser/place.ts'
import { isOpenEntry } from '../browser/use-open.ts'
import { announcer } from './announce.ts'
import { watchMentions } from './notify.ts'
import { watchCalendar } from './watch-calendar.ts'
import { watchTitle } from './watch-title.ts'

export type JoinOptions = {
  readonly name: string
  readonly where: Where
  readonly room: string
  /** The session to resume. */
  readonly goingOn: Remembered | null
  /** Null: the server required none. */
  readonly password: string | null
}

export type Visit = {
  readonly client: Client
  readonly talk: ChatStore
  readonly frames: Frames
  /** This browser has no earlier visit. */
  readonly isFirst: boolean
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Goes to a place, and joins the room first if necessary. */
  readonly go: (where: Where) => void
  readonly close: () => void
}

export function visit(ports: ClientPorts, { name, where, room, goingOn, password }: JoinOptions): Visit {
  const wish = { name, room, password, reconnect: true, catchUp: true }
  // The page shows nothing yet, so it needs everything again.
  const client = connect(ports, wish, goingOn ? { ...goingOn, name, epoch: '', cursor: 0 } : undefined)
  const talk = createChatStore(client, { name, room, panels: true }, ports.clock.now)
  const isFirst = lastVisit() === null
  const { chat$ } = talk
  const wrong = wrongPlace(location.hash)
  if (wrong !== null) talk.trouble({ where: chat$.value.where, asked: null, message: noPlace(wrong) })
  const all = new Subscription()
  const frames = framesOf(chat$, chat$.value)
  all.add(() => frames.close())
  all.add(watchTitle(chat$))
  all.add(watchCalendar(ports.clock))
  all.add(watchMentions(chat$))
  all.add(announcer(chat$, ports.clock))

  function go(to: Where): void {
    const target = roomOf(to)
    if (target !== null && !chat$.value.view.rooms.has(target)) talk.enter(`/join ${target}`)
    else talk.go(to)
    frames.draw()
  }

  // Direct messages don't arrive on joining a room, so the page asks for them once.
  client.ask({ type: 'history', room: null, before: null, after: null, since: null, limit: HISTORY_PAGE_MAX })
  const arriving = chat$.subscribe(chat => {
    if (chat.view.rooms.size === 0 || chat.status.state !== 'online') return
    arriving.unsubscribe()
    keepVisit({ name: chat.view.name, room })
    // If the user has already gone elsewhere, the page stays there.
    if (chat.where === inRoom(room) && !(chat.where === where && chat.view.rooms.has(room)))
      queueMicrotask(() => go(where))
  })
  all.add(arriving)
  all.add(followAddress(chat$.value.where, go, talk))

  const keep = (live: boolean): void => keepSession(client.remember(), live)
  all.add(client.pending$.subscribe(() => keep(true)))
  all.add(client.status$.subscribe(() => keep(true)))
  all.add(listen(window, 'pagehide', () => keep(false)))
  all.add(
    listen(window, 'pageshow', () => {
      keep(true)
      client.retry()
    }),
  )
  all.add(listen(window, 'online', () => client.retry()))
  all.add(
    listen(document, 'visibilitychange', () => {
      if (document.visibilityState === 'visible') client.retry()
    }),
  )

  return {
    client,
    talk,
    frames,
    isFirst,
    now: ports.clock.now,
    go,
    close() {
      all.unsubscribe()
      client.close()
    },
  }
}

/** Back and forward lead through the visited places. */
function followAddress(first: Where, go: (where: Where) => void, talk: ChatStore): Subscription {
  let at = first
  history.replaceState(null, '', hashOf(first))
  const all = talk.chat$.subscribe(({ where }: Chat) => {
    if (where === at) return
    at = where
    if (location.hash === hashOf(where)) return
    // The entry of an open panel is replaced by the place that the user goes to from there.
    if (isOpenEntry()) history.replaceState(null, '', hashOf(where))
    else history.pushState(null, '', hashOf(where))
  })
  all.add(
    listen(window, 'popstate', () => {
      const where = placeIn(location.hash)
      if (where && where !== talk.chat$.value.where) go(where)
      const wrong = wrongPlace(location.hash)
      if (wrong === null) return
      const here = talk.chat$.value.where
      history.replaceState(null, '', hashOf(here))
      talk.trouble({ where: here, asked: null, message: noPlace(wrong) })
    }),
  )
  return all
}
