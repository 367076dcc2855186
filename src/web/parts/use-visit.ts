/**
 * The visit that the page shows: the form until somebody is in, the chat, and after its end the form again or the chat
 * with the reason. A form stays as it is while its attempt is under way.
 */
import { useEffect, useRef, useState } from 'react'
import { inRoom, type Where } from '../../client/chat/place.ts'
import type { ClientPorts } from '../../client/session/connection.ts'
import type { Remembered } from '../../client/session/state.ts'
import type { Ending } from '../../client/session/status.ts'
import { LOBBY } from '../../model/name/standing.ts'
import { takeInvite } from '../browser/invite.ts'
import { keepSession, lastVisit, takeLeft } from '../browser/keep.ts'
import { hasLeft, keepSignIn, keptSignIn, setLeft } from '../browser/kept-sign-in.ts'
import { listen } from '../browser/listen.ts'
import { hashOf, placeIn } from '../browser/place.ts'
import type { Invite } from '../text/invite-link.ts'
import { afterEnd, type FormState } from '../visit/after-end.ts'
import { type JoinOptions, type Visit, visit } from '../visit/visit.ts'
import type { As, JoinWish } from './join/wish.ts'

type Attempt = { readonly visit: Visit; readonly options: JoinOptions }

type Form = FormState & {
  readonly type: 'form'
  readonly name: string
  readonly where: Where
  readonly goingOn: Remembered | null
  /** The form was sent, and nothing has come of it yet. */
  readonly attempt: Attempt | null
}

type Shows = Form | { readonly type: 'chat'; readonly attempt: Attempt }

const GUEST: As = { type: 'guest' }
const CALM: FormState = { mode: 'guest', error: null, locked: false, forgets: false }

/** The address names a place, or the last visit was to a room. */
const addressed = (): Where => placeIn(location.hash) ?? inRoom(lastVisit()?.room ?? LOBBY)

const firstForm = (): Form => ({
  ...{ type: 'form', ...CALM, name: lastVisit()?.name ?? '', where: addressed() },
  ...{ goingOn: null, attempt: null },
})

export function useVisit(ports: ClientPorts, remembered: Remembered | null, first: Invite | null) {
  const begin = (options: JoinOptions): Attempt => ({ visit: visit(ports, options), options })
  const [invite, setInvite] = useState(first)
  const [shows, show] = useState<Shows>(() => {
    const options = withoutForm(remembered, invite)
    return options ? { type: 'chat', attempt: begin(options) } : firstForm()
  })
  /** The last password of the server, since a retry may only need another name. Stored nowhere else. */
  const serverPassword = useRef<string | null>(null)
  /** The place that the address or the user asked for. Without one, an account goes to its own rooms. */
  const wanted = useRef(placeIn(location.hash))

  function join({ name, where, serverPassword: given, as }: JoinWish): void {
    if (shows.type !== 'form' || shows.attempt) return
    // An address that is there already may name a message, too.
    if (where !== null && where !== placeIn(location.hash)) history.replaceState(null, '', hashOf(where))
    if (where !== null && where !== shows.where) wanted.current = where
    serverPassword.current = given ?? serverPassword.current
    const options = {
      ...{ name, where: where ?? wanted.current, as, goingOn: goingOnAs(as, name, shows.goingOn) },
      ...{ invite: invite?.token ?? null, serverPassword: serverPassword.current },
    }
    setLeft(false)
    show({ ...shows, attempt: begin(options) })
  }

  function again(): void {
    if (shows.type !== 'chat') return
    const { options, visit } = shows.attempt
    const { client, talk, close } = visit
    const { view, where } = talk.chat$.value
    const goingOn = client.remember() ?? takeLeft(view.name)
    close()
    const next = { ...options, as: asBefore(options.as, view.name), name: view.name, where, goingOn }
    show({ type: 'chat', attempt: begin(next) })
  }

  const { attempt } = shows
  useEffect(() => {
    if (!attempt) return
    const { client } = attempt.visit
    const watching = client.status$.subscribe(status => {
      if (status.state === 'ended') {
        const form = formAfter(attempt, status.end)
        if (form) show(form)
      } else if (status.state !== 'connecting' || status.stalled)
        show(now => (now.type === 'chat' ? now : { type: 'chat', attempt }))
    })
    return () => watching.unsubscribe()
  }, [attempt])

  // A link that is pasted into the address while the form is open. The chat looks after that itself.
  useEffect(() => {
    if (shows.type !== 'form') return
    return listen(window, 'hashchange', () => {
      const found = takeInvite()
      if (!found) return
      setInvite(found)
      wanted.current = found.where
      show(form => (form.type === 'form' ? { ...form, ...CALM, where: found.where ?? form.where } : form))
    })
  }, [shows.type])

  return { shows, invite, join, again }
}

/** Null: the chat stays, with the reason above its messages. The user was in, and can't return by the form. */
function formAfter({ visit, options }: Attempt, end: Ending): Form | null {
  const { client, talk, account, close } = visit
  const { wasOnline, view, where } = talk.chat$.value
  const goingOn = client.remember()
  const left = end.by === 'user' || (end.by === 'server' && end.code === 'bye') || account.hasSignedOut()
  const isSignedOut = end.by === 'server' && end.code === 'signed-out'
  if (!left && !isSignedOut && wasOnline && (end.by === 'network' || goingOn === null)) return null
  close()
  keepSession(null, false)
  const state = afterEnd(end, options.as, left)
  if (account.hasSignedOut() || (state.forgets && account.isKept())) keepSignIn(null)
  if (left) setLeft(true)
  // The name is an account's: as a guest nobody enters under it.
  const mode = left && view.account && keptSignIn() === null ? 'sign-in' : state.mode
  return { type: 'form', ...state, mode, name: view.name || options.name, where, goingOn, attempt: null }
}

/** After a reload, and on a device where somebody is kept signed in, the chat needs no form. Null: it needs one. */
function withoutForm(remembered: Remembered | null, invite: Invite | null): JoinOptions | null {
  const name = remembered?.name ?? keptSignIn()?.name
  if (name === undefined || (!remembered && hasLeft())) return null
  const goingOn = remembered ?? takeLeft(name)
  const where = placeIn(location.hash) ?? (remembered ? addressed() : null)
  return { name, where, as: asBefore(GUEST, name), goingOn, invite: invite?.token ?? null, serverPassword: null }
}

/** A passkey identifies its account itself, so no earlier session can be meant. */
function goingOnAs(as: As, name: string, earlier: Remembered | null): Remembered | null {
  if (as.type === 'passkey') return null
  if (as.type === 'password') return earlier?.name === name ? earlier : null
  return earlier ?? takeLeft(name)
}

/** The user enters again as before, by the kept sign-in if there is one now. An account is made only once. */
function asBefore(as: As, name: string): As {
  const kept = keptSignIn()
  if (kept?.name === name) return { type: 'kept', secret: kept.secret }
  return as.type === 'create' || as.type === 'kept' ? GUEST : as
}
