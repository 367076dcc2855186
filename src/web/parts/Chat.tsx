/** The chat: places on one side, members on the other, between them the messages and the composer. */
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { here } from '../../client/chat/chat.ts'
import { roomOf, type Where, withPerson } from '../../client/chat/place.ts'
import { useOpen } from '../browser/use-open.ts'
import { ReadingContext, useReading } from '../text/reading.ts'
import type { Visit } from '../visit/visit.ts'
import { Announced } from './Announced.tsx'
import { Composer, type Writing } from './Composer.tsx'
import { Trouble } from './controls/Trouble.tsx'
import { Found } from './Found.tsx'
import { Header } from './Header.tsx'
import { Help } from './Help.tsx'
import { Messages, type Scrolling } from './messages/Messages.tsx'
import { useCalendar } from './messages/use-calendar.ts'
import type { Target } from './messages/use-target.ts'
import { Welcome } from './messages/Welcome.tsx'
import { Members } from './places/Members.tsx'
import { Places } from './places/Places.tsx'
import { Rooms } from './places/Rooms.tsx'
import { Standing } from './Standing.tsx'
import { useKeys } from './use-keys.ts'

export function Chat({ visit, onJoinAgain }: { readonly visit: Visit; readonly onJoinAgain: () => void }) {
  const { talk, client, frames, go } = visit
  const chat = useSyncExternalStore(frames.subscribe, frames.now)
  const { hours } = useCalendar()
  const [open, turnOpen] = useOpen()
  const [target, setTarget] = useState<Target | null>(null)
  const [welcomes, setWelcomes] = useState(visit.isFirst)
  const writing = useRef<Writing>(null)
  const scrolling = useRef<Scrolling>(null)
  const { found, trouble, where } = chat

  const turn = useCallback(
    (to: Where) => {
      go(to)
      turnOpen(null)
      writing.current?.focus()
    },
    [go, turnOpen],
  )
  const reading = useReading(chat, turn)
  const person = useCallback((name: string) => turn(withPerson(name)), [turn])
  const latest = useCallback(() => {
    talk.latest(talk.chat$.value.where)
    frames.draw()
  }, [talk, frames])
  const calm = useCallback(() => talk.trouble(null), [talk])

  function openRooms(): void {
    talk.rooms()
    turnOpen('rooms')
  }

  /** Whether the text was understood. If not, it stays in the field to be corrected. */
  function enter(text: string): boolean {
    const entered = talk.enter(text)
    if (entered.type === 'help') turnOpen('help')
    else if (entered.type === 'rooms') turnOpen('rooms')
    else if (entered.type === 'earlier') scrolling.current?.toStart()
    else if (entered.type === 'quit') client.leave(entered.reason)
    else if (entered.type === 'done') {
      scrolling.current?.toEnd()
      setWelcomes(false)
    }
    frames.draw()
    return entered.type !== 'wrong'
  }

  useKeys(
    talk,
    turn,
    () => turnOpen('search'),
    () => {
      turnOpen(null)
      scrolling.current?.toEnd()
      writing.current?.focus()
    },
  )

  // Results are shown while the search is open, however it was opened.
  useEffect(() => {
    if (found) turnOpen('search')
  }, [found, turnOpen])
  useEffect(() => {
    if (open !== 'search') talk.closeFound()
  }, [open, talk])

  const room = chat.view.rooms.get(roomOf(where) ?? '') ?? null
  const ofSearch = trouble?.asked?.type === 'search'
  return (
    <div className="chat" data-side={open ?? 'none'} data-hours={hours}>
      <Places
        chat={chat}
        onGo={turn}
        onAskRooms={talk.rooms}
        onRooms={openRooms}
        onLeave={() => client.leave()}
        onHelp={() => turnOpen('help')}
        onClose={() => turnOpen(null)}
      />
      <main className="middle" aria-label={`Chat ${where}`}>
        <Header
          chat={chat}
          room={room}
          searches={open === 'search'}
          onSearch={words => talk.enter(`/search ${words}`)}
          onOpenSearch={() => turnOpen('search')}
          onCloseSearch={() => turnOpen(null)}
          onSide={which => turnOpen(open === which ? null : which)}
        />
        <Standing chat={chat} clock={visit.now} onRetry={() => client.retry()} onJoinAgain={onJoinAgain} />
        {ofSearch && trouble ? <Trouble message={trouble.message} onClose={calm} /> : null}
        <div className="room">
          {found && open === 'search' ? (
            <Found
              found={found}
              chat={chat}
              onGo={(to, seq) => {
                turn(to)
                setTarget({ where: to, seq })
              }}
            />
          ) : null}
          <ReadingContext.Provider value={reading}>
            <Messages
              key={where}
              ref={scrolling}
              chat={chat}
              at={here(chat)}
              talk={talk}
              target={target?.where === where ? target : null}
              onPerson={person}
              onLatest={latest}
            />
          </ReadingContext.Provider>
        </div>
        {welcomes && room && here(chat).timeline.entries.some(({ kind }) => kind === 'said') ? (
          <Welcome chat={chat} onClose={() => setWelcomes(false)} />
        ) : null}
        <Composer
          ref={writing}
          chat={chat}
          trouble={
            trouble && trouble.where === where && !ofSearch && !isAtMessage(trouble.asked) ? trouble.message : null
          }
          onCalm={calm}
          onEnter={enter}
          onPage={by => scrolling.current?.page(by)}
        />
      </main>
      {room ? <Members room={room} me={chat.view.name} onPerson={person} onClose={() => turnOpen(null)} /> : null}
      {open === 'places' || open === 'members' ? (
        <button type="button" className="veil" aria-label="Close" onClick={() => turnOpen(null)} />
      ) : null}
      {open === 'help' ? <Help onClose={() => turnOpen(null)} /> : null}
      {open === 'rooms' ? <Rooms chat={chat} onGo={turn} onClose={() => turnOpen(null)} /> : null}
      <Announced />
    </div>
  )
}

/** The error is shown at the message to delete (Messages.tsx). */
const isAtMessage = (asked: { readonly type: string; readonly seq?: number | null } | null): boolean =>
  asked?.type === 'delete' && typeof asked.seq === 'number'
