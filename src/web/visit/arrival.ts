/** The steps after the welcome: the place to show, the account that the form asked for, the sign-in to be kept. */
import { Subscription } from 'rxjs'
import type { ChatStore } from '../../client/chat/chat-store.ts'
import { inRoom, type Where } from '../../client/chat/place.ts'
import type { Client } from '../../client/session/connection.ts'
import { keepVisit } from '../browser/keep.ts'
import { keptPush } from '../browser/kept-push.ts'
import { keepSignIn, keptSignIn } from '../browser/kept-sign-in.ts'
import type { As } from '../parts/join/wish.ts'
import type { AccountActs } from './account.ts'

type Arriving = {
  /** Null: the account's own rooms. */
  readonly where: Where | null
  readonly as: As
  readonly client: Client
  readonly talk: ChatStore
  readonly account: AccountActs
  /** The room that the chat begins with. */
  readonly room: string
  readonly go: (where: Where) => void
}

export function arrival({ client, talk, account, where, as, room, go }: Arriving): Subscription {
  const { chat$ } = talk
  const waiting = new Subscription()
  let areListed = false

  function look(): void {
    const { view, status, where: now } = chat$.value
    if (view.rooms.size === 0 || status.state !== 'online') return
    // Among an account's own rooms, the one of the last visit may come last.
    if (where === null && !areListed && !view.rooms.has(room)) return
    waiting.unsubscribe()
    const here = view.rooms.has(room) ? room : (view.rooms.keySeq().first() ?? room)
    const to = where ?? inRoom(here)
    keepVisit({ name: view.name, room: here })
    // If the user has already gone elsewhere, the page stays there.
    if (now === inRoom(room) && !(now === to && view.rooms.has(room))) queueMicrotask(() => go(to))
    queueMicrotask(() => void settle())
  }

  async function settle(): Promise<void> {
    const { account: isAccount, member } = chat$.value.view
    if (isAccount && keptPush() !== null) void import('./push-acts.ts').then(acts => acts.renewPush(client, member))
    const why = await makeAccount()
    if (why !== null) talk.trouble({ where: chat$.value.where, asked: null, message: why })
  }

  async function makeAccount(): Promise<string | null> {
    const isGuest = !chat$.value.view.account
    const why = as.type === 'create' && isGuest ? await account.register(as.password) : null
    const keeps = why === null && 'keeps' in as && as.keeps
    return keeps ? account.keep(chat$.value.view.name) : why
  }

  waiting.add(chat$.subscribe(look))
  // An account's conversations come after its rooms.
  waiting.add(
    client.incoming$.subscribe(({ reply }) => {
      areListed ||= reply.type === 'conversations'
      if (areListed) look()
    }),
  )
  return waiting
}

/** The kept sign-in follows its account to another name. */
export function followName(chat$: ChatStore['chat$']): Subscription {
  let name: string | null = null
  return chat$.subscribe(({ view, status }) => {
    if (!view.account || status.state !== 'online' || view.name === name) return
    const kept = keptSignIn()
    if (name !== null && kept?.name === name) keepSignIn({ ...kept, name: view.name })
    name = view.name
  })
}
