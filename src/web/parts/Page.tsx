/** The whole page: the join form, then the chat. */
import { useState } from 'react'
import { roomOf } from '../../client/chat/place.ts'
import type { ClientPorts } from '../../client/session/connection.ts'
import type { Remembered } from '../../client/session/state.ts'
import { keptSignIn } from '../browser/kept-sign-in.ts'
import { noPlace, wrongPlace } from '../browser/place.ts'
import type { Invite } from '../text/invite-link.ts'
import { Chat } from './Chat.tsx'
import { JoinForm } from './join/JoinForm.tsx'
import type { JoinError } from './join/wish.ts'
import { useVisit } from './use-visit.ts'

type Props = { readonly ports: ClientPorts; readonly remembered: Remembered | null; readonly invite: Invite | null }

export function Page({ ports, remembered, invite: first }: Props) {
  /** The initial address, if it names no place. */
  const [wrong] = useState(() => wrongPlace(location.hash))
  const [wrongRoom] = useState<JoinError | null>(wrong === null ? null : { at: 'room', text: noPlace(wrong) })
  const { shows, invite, join, again } = useVisit(ports, remembered, first)

  if (shows.type === 'chat') return <Chat visit={shows.attempt.visit} onJoinAgain={again} />
  const { name, where, mode, error, locked, attempt } = shows
  const isWrong = wrong !== null && error === null
  return (
    <JoinForm
      // Another invite fills the form anew.
      key={invite?.token}
      name={name}
      room={isWrong ? wrong : (roomOf(where) ?? where)}
      mode={mode}
      error={error ?? wrongRoom}
      locked={locked}
      isBusy={attempt !== null}
      isInvited={invite !== null}
      kept={keptSignIn()}
      onJoin={join}
    />
  )
}
