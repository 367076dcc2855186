/** The middle of the chat: the place, the state of the connection, the messages and the composer. */
import { useCallback, useSyncExternalStore } from 'react'
import { here } from '../../client/chat/chat.ts'
import { openIn } from '../../client/chat/questions/heard.ts'
import type { Chat } from '../../client/chat/state.ts'
import type { RoomView } from '../../model/view.ts'
import { ReadingContext, useReading } from '../text/use-reading.ts'
import type { Visit } from '../visit/visit.ts'
import { Composer } from './composer/Composer.tsx'
import { Trouble } from './controls/Trouble.tsx'
import { Header } from './Header.tsx'
import type { Menus } from './menu/menus.ts'
import { useLiving } from './messages/living/use-living.ts'
import { Messages } from './messages/Messages.tsx'
import { messageOfTrouble } from './messages/rows/listed-row.tsx'
import { Typing } from './messages/Typing.tsx'
import { useQuestions } from './questions/use-questions.ts'
import { Standing } from './Standing.tsx'
import type { Acts } from './use-acts.ts'

type Props = {
  readonly visit: Visit
  readonly chat: Chat
  readonly room: RoomView | null
  readonly acts: Acts
  readonly menus: Menus
  readonly onJoinAgain: () => void
}

export function Middle({ visit, chat, room, acts, menus, onJoinAgain }: Props) {
  const { talk, client, frames, aim } = visit
  const { open, turnOpen, turn, account, enter, writing, scrolling, welcomes, closeWelcome } = acts
  const target = useSyncExternalStore(
    useCallback(changed => unsubscribing(aim, changed), [aim]),
    () => aim.value,
  )
  const reading = useReading(chat, turn)
  const latest = useCallback(() => {
    talk.latest(talk.chat$.value.where)
    frames.draw()
  }, [talk, frames])
  const calm = useCallback(() => talk.trouble(null), [talk])

  const parts = useLiving()
  const { found, where } = chat
  const isAsked = room !== null && openIn(chat.questions, room.room).length > 0
  const questions = useQuestions(isAsked || room?.hands !== undefined)
  const { ofSearch, ofText } = errorsIn(chat)
  return (
    <main className="middle" aria-label={`Chat ${where}`}>
      <Header
        chat={chat}
        room={room}
        searches={open === 'search'}
        onSearch={words => talk.enter(`/search ${words}`)}
        onOpenSearch={() => turnOpen('search')}
        onCloseSearch={() => turnOpen(null)}
        onAccount={() => account()}
        onPins={() => turnOpen('pins')}
        onRoom={() => turnOpen('room-settings')}
        onModeration={() => turnOpen('moderation')}
        onSide={which => turnOpen(open === which ? null : which)}
      />
      <Standing chat={chat} clock={visit.now} onRetry={() => client.retry()} onJoinAgain={onJoinAgain} />
      {ofSearch === null ? null : <Trouble message={ofSearch} onClose={calm} />}
      <div className="room">
        {found && parts && open === 'search' ? (
          <parts.Found
            found={found}
            chat={chat}
            onGo={(to, seq) => {
              turn(to)
              aim.next({ where: to, seq })
            }}
          />
        ) : null}
        <ReadingContext.Provider value={reading}>
          <Messages
            chat={chat}
            talk={talk}
            key={where}
            ref={scrolling}
            at={here(chat)}
            target={target?.where === where ? target : null}
            menus={menus}
            onLatest={latest}
          />
        </ReadingContext.Provider>
      </div>
      {welcomes && parts && room && here(chat).timeline.entries.some(({ kind }) => kind === 'said') ? (
        <parts.Welcome chat={chat} onClose={closeWelcome} />
      ) : null}
      {questions && isAsked ? <questions.Asked chat={chat} talk={talk} onGo={menus.onQuoted} /> : null}
      {questions && room?.hands ? <questions.Hands chat={chat} room={room.room} onAsk={talk.ask} /> : null}
      <Typing chat={chat} clock={visit.now} />
      <Composer
        ref={writing}
        talk={talk}
        token={() => client.remember()?.token ?? null}
        chat={chat}
        clock={visit.now}
        trouble={ofText}
        onCalm={calm}
        onEnter={enter}
        onPage={by => scrolling.current?.page(by)}
      />
    </main>
  )
}

/** Each error stands at its cause. An error about a message is shown there (Messages.tsx). */
function errorsIn({ trouble, where }: Chat): { readonly ofSearch: string | null; readonly ofText: string | null } {
  if (trouble?.asked?.type === 'search') return { ofSearch: trouble.message, ofText: null }
  const isHere = trouble?.where === where && messageOfTrouble(trouble.asked) === null
  return { ofSearch: null, ofText: isHere ? trouble.message : null }
}

function unsubscribing(aim: Visit['aim'], changed: () => void): () => void {
  const watching = aim.subscribe(changed)
  return () => watching.unsubscribe()
}
