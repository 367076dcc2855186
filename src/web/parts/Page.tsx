/** The whole page: the join form, then the chat. */
import { useEffect, useRef, useState } from 'react'
import { inRoom, roomOf, type Where } from '../../client/chat/place.ts'
import { ending } from '../../client/chat/sentences.ts'
import type { ClientPorts } from '../../client/session/connection.ts'
import type { Remembered } from '../../client/session/state.ts'
import { LOBBY } from '../../model/name/standing.ts'
import { keepSession, lastVisit, takeLeft } from '../browser/keep.ts'
import { hashOf, noPlace, placeIn, wrongPlace } from '../browser/place.ts'
import { type JoinOptions, type Visit, visit } from '../visit/visit.ts'
import { Chat } from './Chat.tsx'
import { JoinForm } from './JoinForm.tsx'

type Shows =
  | {
      readonly type: 'form'
      readonly name: string
      readonly where: Where
      readonly error: string | null
      readonly locked: boolean
      readonly goingOn: Remembered | null
    }
  | { readonly type: 'chat'; readonly visit: Visit; readonly where: Where }

type Props = { readonly ports: ClientPorts; readonly remembered: Remembered | null }

/** The server's own sentence is meant for programs. */
const ASKED = 'This server requires a password. Ask the host for it.'

const addressed = (): Where => placeIn(location.hash) ?? inRoom(lastVisit()?.room ?? LOBBY)

const joining = (
  name: string,
  where: Where,
  goingOn: Remembered | null,
  password: string | null = null,
): JoinOptions => ({
  ...{ name, where, goingOn, password },
  room: roomOf(where) ?? LOBBY,
})

export function Page({ ports, remembered }: Props) {
  /** The initial address, if it names no place. */
  const [wrong] = useState(() => wrongPlace(location.hash))
  const [shows, show] = useState<Shows>(() => {
    const where = addressed()
    return remembered
      ? { type: 'chat', visit: visit(ports, joining(remembered.name, where, remembered)), where }
      : { type: 'form', name: lastVisit()?.name ?? '', where, error: null, locked: false, goingOn: null }
  })

  /** The last password given, since a retry may only need another name. Stored nowhere else. */
  const password = useRef<string | null>(null)

  function join(name: string, where: Where, goingOn: Remembered | null): void {
    if (shows.type === 'chat') shows.visit.close()
    const next = joining(name, where, goingOn ?? takeLeft(name), password.current)
    show({ type: 'chat', visit: visit(ports, next), where })
  }

  useEffect(() => {
    if (shows.type !== 'chat') return
    const { client, talk, close } = shows.visit
    const watching = client.status$.subscribe(status => {
      if (status.state !== 'ended') return
      const { wasOnline, view, where } = talk.chat$.value
      const goingOn = client.remember()
      const name = view.name
      // A user who was in and can't return sees the reason above the messages. A user who was refused gets the form
      // again.
      const { end } = status
      const left = end.by === 'user' || (end.by === 'server' && end.code === 'bye')
      if (!left && (end.by === 'network' || (wasOnline && goingOn === null))) return
      close()
      keepSession(null, false)
      const locked = end.by === 'server' && end.code.startsWith('password-')
      const error = end.by === 'server' && end.code === 'password-needed' ? ASKED : ending(end)
      show({ type: 'form', name, where, goingOn, locked, error: left ? null : error })
    })
    return () => watching.unsubscribe()
  }, [shows])

  if (shows.type === 'chat') {
    const { visit } = shows
    const again = (): void =>
      join(visit.talk.chat$.value.view.name, visit.talk.chat$.value.where, visit.client.remember())
    return <Chat visit={visit} onJoinAgain={again} />
  }
  return (
    <JoinForm
      name={shows.name}
      room={wrong !== null && shows.error === null ? wrong : (roomOf(shows.where) ?? shows.where)}
      wrongRoom={wrong !== null && shows.error === null ? noPlace(wrong) : null}
      error={shows.error}
      locked={shows.locked}
      onJoin={(name, where, given) => {
        history.replaceState(null, '', hashOf(where))
        password.current = given ?? password.current
        join(name, where, shows.goingOn)
      }}
    />
  )
}
