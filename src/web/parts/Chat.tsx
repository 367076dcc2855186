/** The chat: places on one side, members on the other, between them what was said and what one writes. */
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { here } from '../../client/chat.ts'
import { nextUnread, placeAt } from '../../client/places.ts'
import { roomOf, type Where, withPerson } from '../../client/where.ts'
import { ReadingContext, useReading } from '../text/reading.ts'
import { listen, type Visit } from '../visit.ts'
import { Announced } from './Announced.tsx'
import { Composer, type Writing } from './Composer.tsx'
import { Found } from './Found.tsx'
import { Header } from './Header.tsx'
import { Help } from './Help.tsx'
import { Members } from './Members.tsx'
import { Messages, type Scrolling } from './Messages.tsx'
import { Places } from './Places.tsx'
import { Standing } from './Standing.tsx'
import type { Target } from './use-target.ts'

/** What lies over the messages where there is no room beside them. */
type Side = 'places' | 'members' | null

export function Chat({ visit, onJoinAgain }: { readonly visit: Visit; readonly onJoinAgain: () => void }) {
  const { talk, client, frames, go } = visit
  const chat = useSyncExternalStore(frames.subscribe, frames.now)
  const [side, setSide] = useState<Side>(null)
  const [helps, setHelps] = useState(false)
  const [searches, setSearches] = useState(false)
  const [target, setTarget] = useState<Target | null>(null)
  const writing = useRef<Writing>(null)
  const scrolling = useRef<Scrolling>(null)

  const turn = useCallback(
    (where: Where) => {
      go(where)
      setSide(null)
      writing.current?.focus()
    },
    [go],
  )

  const reading = useReading(chat, turn)
  const person = useCallback((name: string) => turn(withPerson(name)), [turn])

  function enter(text: string): void {
    const entered = talk.enter(text)
    if (entered.type === 'help') setHelps(true)
    else if (entered.type === 'earlier') scrolling.current?.toStart()
    else if (entered.type === 'quit') client.leave(entered.reason)
    else scrolling.current?.toEnd()
    frames.draw()
  }

  useEffect(() => {
    const off = listen(window, 'keydown', event => {
      const { altKey, ctrlKey, metaKey, key } = event as KeyboardEvent
      const now = talk.chat$.value
      const to =
        altKey && key === 'ArrowUp'
          ? placeAt(now, -1)
          : altKey && key === 'ArrowDown'
            ? placeAt(now, 1)
            : altKey && (key === 'a' || key === 'å')
              ? nextUnread(now)
              : undefined
      if (to !== undefined) {
        event.preventDefault()
        if (to) turn(to)
      } else if ((ctrlKey || metaKey) && key === 'k') {
        event.preventDefault()
        setSearches(true)
      } else if (key === 'Escape') {
        setSide(null)
        setSearches(false)
        talk.closeFound()
        scrolling.current?.toEnd()
        writing.current?.focus()
      }
    })
    return off
  }, [talk, turn])

  const room = chat.view.rooms.get(roomOf(chat.where) ?? '') ?? null
  return (
    <div className="chat" data-side={side ?? 'none'}>
      <Places
        chat={chat}
        onGo={turn}
        onJoin={name => {
          enter(`/join ${name}`)
          setSide(null)
        }}
        onLeave={() => client.leave()}
        onHelp={() => setHelps(true)}
        onClose={() => setSide(null)}
      />
      <main className="middle" aria-label={`Chat ${chat.where}`}>
        <Header
          chat={chat}
          room={room}
          searches={searches || chat.found !== null}
          onSearch={words => talk.enter(`/search ${words}`)}
          onOpenSearch={() => setSearches(true)}
          onCloseSearch={() => {
            setSearches(false)
            talk.closeFound()
          }}
          onSide={which => setSide(side === which ? null : which)}
        />
        <Standing chat={chat} clock={visit.now} onRetry={() => client.retry()} onJoinAgain={onJoinAgain} />
        <div className="room">
          {chat.found ? (
            <Found
              found={chat.found}
              me={chat.view.name}
              onGo={(where, seq) => {
                talk.closeFound()
                setSearches(false)
                turn(where)
                setTarget({ where, seq })
              }}
            />
          ) : null}
          <ReadingContext.Provider value={reading}>
            <Messages
              key={chat.where}
              ref={scrolling}
              chat={chat}
              at={here(chat)}
              talk={talk}
              target={target?.where === chat.where ? target : null}
              onPerson={person}
            />
          </ReadingContext.Provider>
        </div>
        <Composer ref={writing} chat={chat} onEnter={enter} onPage={by => scrolling.current?.page(by)} />
      </main>
      {room ? <Members room={room} me={chat.view.name} onPerson={person} onClose={() => setSide(null)} /> : null}
      {side === null ? null : (
        <button type="button" className="veil" aria-label="Close" onClick={() => setSide(null)} />
      )}
      {helps ? <Help onClose={() => setHelps(false)} /> : null}
      <Announced />
    </div>
  )
}
