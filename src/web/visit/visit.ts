/**
 * One visit to a server, from the join form to the end: a connection actor, its chat, its store, and the address, which
 * follows the current place.
 */
import { BehaviorSubject, Subscription } from 'rxjs'
import { type ChatStore, createChatStore } from '../../client/chat/chat-store.ts'
import { roomOf, type Where } from '../../client/chat/place.ts'
import { type Client, type ClientPorts, connect } from '../../client/session/connection.ts'
import type { Remembered } from '../../client/session/state.ts'
import { HISTORY_PAGE_MAX } from '../../model/limits.ts'
import { LOBBY } from '../../model/name/standing.ts'
import { type Frames, framesOf } from '../browser/frames.ts'
import { keepSession, lastVisit } from '../browser/keep.ts'
import { keptSignIn } from '../browser/kept-sign-in.ts'
import { listen } from '../browser/listen.ts'
import { messageIn, noPlace, wrongPlace } from '../browser/place.ts'
import { type As, signInOf } from '../parts/join/wish.ts'
import { type AccountActs, accountActs } from './account.ts'
import { announcer } from './announce.ts'
import { arrival, followName } from './arrival.ts'
import { followAddress } from './follow-address.ts'
import { watchNews } from './notify.ts'
import { watchCalendar } from './watch-calendar.ts'
import { watchTitle } from './watch-title.ts'

export type JoinOptions = {
  /** Empty: the passkey tells the account. */
  readonly name: string
  /** Null: the account's own rooms. */
  readonly where: Where | null
  readonly as: As
  /** The session to resume. */
  readonly goingOn: Remembered | null
  /** The token of an invite. */
  readonly invite: string | null
  /** Null: the server required none. */
  readonly serverPassword: string | null
}

/** A message to scroll to, such as a search result. */
export type Aim = { readonly where: Where; readonly seq: number }

export type Visit = {
  readonly client: Client
  readonly talk: ChatStore
  readonly frames: Frames
  readonly account: AccountActs
  /** This browser has no earlier visit. */
  readonly isFirst: boolean
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** The message to show, such as that of the address; null: none. */
  readonly aim: BehaviorSubject<Aim | null>
  /** Goes to a place, and joins the room first if necessary. */
  readonly go: (where: Where) => void
  readonly close: () => void
}

export function visit(ports: ClientPorts, options: JoinOptions): Visit {
  const { name, where, as, goingOn, invite, serverPassword } = options
  const room = (where === null ? lastVisit()?.room : roomOf(where)) ?? LOBBY
  const wish = {
    ...{ name, room: where === null ? null : room, invite, password: serverPassword },
    // A session that goes on can't register with its hello; it does so afterwards (arrival.ts).
    ...{ account: signInOf(as), register: as.type === 'create' && !goingOn ? { password: as.password } : null },
    ...{ reconnect: true, catchUp: true },
  }
  // The page shows nothing yet, so it needs everything again.
  const client = connect(ports, wish, goingOn ? { ...goingOn, name, epoch: '', cursor: 0 } : undefined)
  const talk = createChatStore(client, { name, room, panels: true }, ports.clock.now)
  const account = accountActs(client, { invite, isKept: as.type === 'kept' })
  const isFirst = lastVisit() === null
  const { chat$ } = talk
  talk.see(document.visibilityState === 'visible')
  const wrong = wrongPlace(location.hash)
  if (wrong !== null) talk.trouble({ where: chat$.value.where, asked: null, message: noPlace(wrong) })
  const aim = new BehaviorSubject<Aim | null>(messageIn(location.hash))
  const all = new Subscription()
  const frames = framesOf(chat$, chat$.value)
  all.add(() => frames.close())
  all.add(watchTitle(chat$))
  all.add(watchCalendar(ports.clock))
  all.add(watchNews(chat$))
  all.add(announcer(chat$, ports.clock))

  function go(to: Where): void {
    const target = roomOf(to)
    if (target !== null && !chat$.value.view.rooms.has(target)) talk.enter(`/join ${target}`)
    else talk.go(to)
    frames.draw()
  }

  // Direct messages don't arrive on joining a room, so the page asks for them once.
  client.ask({ type: 'history', room: null, before: null, after: null, since: null, limit: HISTORY_PAGE_MAX })
  all.add(followName(chat$))
  all.add(arrival({ client, talk, account, where, as, room, go }))
  all.add(followAddress(chat$.value.where, go, talk, account.invited, aim))

  const leaves = (): boolean => !chat$.value.view.account || keptSignIn()?.name === chat$.value.view.name
  function keep(live: boolean): void {
    const remembered = client.remember()
    // The passkey's account isn't known yet.
    keepSession(remembered?.name === '' ? null : remembered, live, leaves())
  }
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
    account,
    isFirst,
    aim,
    now: ports.clock.now,
    go,
    close() {
      all.unsubscribe()
      client.close()
    },
  }
}
