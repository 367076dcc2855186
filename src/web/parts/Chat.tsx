/** The chat: places on one side, members on the other, between them the messages and the composer. */
import { useSyncExternalStore } from 'react'
import { roomOf, type Where } from '../../client/chat/place.ts'
import { RoomsContext } from '../text/use-pictures.ts'
import type { Visit } from '../visit/visit.ts'
import { Announced } from './Announced.tsx'
import { AccountPanel } from './account/AccountPanel.tsx'
import { KeepingPanel } from './keeping/KeepingPanel.tsx'
import { Middle } from './Middle.tsx'
import { useMenus } from './menu/use-menus.tsx'
import { useCalendar } from './messages/use-calendar.ts'
import { Members } from './places/Members.tsx'
import { Places } from './places/Places.tsx'
import { Sheet } from './sheets/Sheet.tsx'
import { useActs } from './use-acts.ts'

export function Chat({ visit, onJoinAgain }: { readonly visit: Visit; readonly onJoinAgain: () => void }) {
  const { talk, client, frames } = visit
  const chat = useSyncExternalStore(frames.subscribe, frames.now)
  const { hours } = useCalendar()
  const acts = useActs(visit, chat)
  const { open, turnOpen, turn, account, signingIn } = acts
  const { menu, ...menus } = useMenus(visit, acts)
  const { onPerson } = menus
  const room = chat.view.rooms.get(roomOf(chat.where) ?? '') ?? null
  const close = (): void => turnOpen(null)

  function goTo(where: Where, seq: number): void {
    turn(where)
    visit.aim.next({ where, seq })
  }

  function openRooms(): void {
    talk.rooms()
    turnOpen('rooms')
  }

  return (
    <RoomsContext.Provider value={chat.view.rooms}>
      <div className="chat" data-side={open ?? 'none'} data-hours={hours}>
        <Places
          chat={chat}
          onGo={turn}
          onAskRooms={talk.rooms}
          onRooms={openRooms}
          onLeave={() => client.leave()}
          onHelp={() => turnOpen('help')}
          onAccount={() => account()}
          onSettings={() => turnOpen('settings')}
          onClose={close}
        />
        <Middle {...{ visit, chat, room, acts, menus, onJoinAgain }} />
        {room ? (
          <Members {...{ room, me: chat.view.name, ignored: chat.view.ignored, onPerson, onClose: close }} />
        ) : null}
        {open === 'places' || open === 'members' ? (
          <button type="button" className="veil" aria-label="Close" onClick={close} />
        ) : null}
        {open === 'help' || open === 'rooms' || open === 'pins' || open === 'settings' ? (
          <Sheet {...{ open, chat, talk, onGo: turn, onMessage: goTo, onClose: close }} />
        ) : null}
        {open === 'account' ? <AccountPanel {...{ chat, visit, ...signingIn }} onClose={close} /> : null}
        {open === 'room-settings' || open === 'moderation' || open === 'restrict' ? (
          <KeepingPanel {...{ open, visit, chat, subject: acts.subject, onOpen: turnOpen, onClose: close }} />
        ) : null}
        {menu}
        <Announced />
      </div>
    </RoomsContext.Provider>
  )
}
