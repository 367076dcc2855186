/** The menu that is open over the chat: of somebody, or of a message. Its parts are loaded with the first one. */
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import { serverTime } from '../../../client/chat/keeping/waits.ts'
import type { Person } from '../../../client/chat/people/roles.ts'
import { roomOf } from '../../../client/chat/place.ts'
import { LOBBY } from '../../../model/name/standing.ts'
import { copy } from '../../browser/copy.ts'
import { linkOf } from '../../browser/place.ts'
import style from '../../style/menu.css?url'
import type { Visit } from '../../visit/visit.ts'
import { useViewer } from '../files/use-viewer.tsx'
import { useLiving } from '../messages/living/use-living.ts'
import type { Acts } from '../use-acts.ts'
import { type Loader, loadPart } from '../use-loaded.ts'
import type { OpenMenu } from './Menu.tsx'
import type { Menus } from './menus.ts'
import { quickItems } from './quick-items.ts'

type Parts = typeof import('./parts.ts')

const PARTS: Loader<Parts> = { load: () => import('./parts.ts'), style }

type Shown = Menus & { readonly menu: ReactNode }

/** The message to react to, and the opener of the choice of emoji. */
type Reacting = { readonly seq: number; readonly opener: HTMLElement }

export function useMenus({ talk, client, frames, aim, now }: Visit, acts: Acts): Shown {
  const { person, mention, restrict, writing, turnOpen } = acts
  const [menu, open] = useState<OpenMenu | null>(null)
  const living = useLiving()
  const { viewer, view, viewOutput } = useViewer(talk, client, acts.open, turnOpen)
  const [reacting, react] = useState<Reacting | null>(null)
  const closeMenu = useCallback(() => open(null), [])
  const menus = useMemo<Menus>(() => {
    const ask: (typeof talk)['ask'] = asked => {
      talk.trouble(null)
      const id = talk.ask(asked)
      frames.draw()
      return id
    }
    const withParts = (then: (parts: Parts) => void): void =>
      void loadPart(PARTS).then(then, () =>
        talk.trouble({ where: talk.chat$.value.where, asked: null, message: NOT_LOADED }),
      )

    function onPerson(somebody: Person, opener: HTMLElement): void {
      withParts(({ Card, personItems }) => {
        const chat = talk.chat$.value
        const items = personItems(chat, somebody, { message: person, mention, ask, restrict })
        const head = <Card chat={chat} person={somebody} />
        open({ label: `About ${somebody.name}`, head, items, opener })
      })
    }
    function onMessage(said: Said, opener: HTMLElement): void {
      withParts(({ messageItems, recentEmoji }) => {
        const recent = recentEmoji()
        const items = messageItems(talk.chat$.value, said, {
          ...{ ask, restrict, erase: talk.erase, copy: text => void copy(text), link: linkTo },
          ...{ reply, edit, pin: talk.pin },
          react: one => setTimeout(() => react({ seq: one.seq, opener })),
          // The menu that closes has the focus, and gives it back first.
          person: somebody => setTimeout(() => onPerson(somebody, opener)),
        })
        const head = <span className="menu-text">{said.text ?? '(deleted)'}</span>
        const emoji = said.text === null || said.held ? [] : recent.slice(0, RECENT_SHOWN)
        const reactions = emoji.map(one => ({ label: one, run: () => onEmoji(said.seq, one, hasReacted(said, one)) }))
        open({ label: `Message of ${said.from}`, head, items, reactions, opener })
      })
    }
    const hasReacted = ({ reactions = [] }: Said, emoji: string): boolean =>
      reactions.some(one => one.emoji === emoji && one.people.some(({ id }) => id === talk.chat$.value.view.member))
    const onReact: Menus['onReact'] = ({ seq }, opener) => react({ seq, opener })
    const reply = ({ seq }: Said): void => writing.current?.reply(seq)
    const edit = ({ seq, text }: Said): void => writing.current?.edit(seq, text ?? '')
    function onEmoji(seq: number, emoji: string, off: boolean): void {
      talk.trouble(null)
      talk.react(seq, emoji, off)
      frames.draw()
    }
    const roomHere = (): string => roomOf(talk.chat$.value.where) ?? LOBBY
    const linkTo: Menus['linkTo'] = seq => linkOf(location.href, talk.chat$.value.where, seq)
    const quick: Menus['quick'] = said =>
      quickItems(said, { react: onReact, reply, edit, erase: ({ seq }) => talk.erase(seq) })
    return {
      ...{ onPerson, onMessage, quick, onReact, onEmoji, linkTo, onView: view, onOutput: viewOutput },
      onReactors: talk.reactors,
      onAnswer: (seq, choice) =>
        void ask({ type: 'answer', seq, room: roomHere(), ...(choice !== undefined && { choice }) }),
      onCloseQuestion: seq => void ask({ type: 'close', seq, room: roomHere() }),
      serverNow: () => serverTime(talk.chat$.value, now()),
      onWant: seq => talk.look([seq]),
      onQuoted(seq) {
        turnOpen(null)
        aim.next({ where: talk.chat$.value.where, seq })
      },
    }
  }, [talk, frames, aim, now, person, mention, restrict, writing, turnOpen, view, viewOutput])

  const Menu = PARTS.loaded?.Menu
  const stopReacting = (): void => {
    react(null)
    reacting?.opener.focus()
  }
  const picker =
    reacting && living ? (
      <living.ReactionPicker
        opener={reacting.opener}
        onClose={stopReacting}
        onPick={emoji => {
          stopReacting()
          menus.onEmoji(reacting.seq, emoji, false)
        }}
      />
    ) : null
  return {
    ...menus,
    menu: picker ?? viewer ?? (menu && Menu ? <Menu key={menu.label} menu={menu} onClose={closeMenu} /> : null),
  }
}

/** The emoji in a menu. */
const RECENT_SHOWN = 6

const NOT_LOADED = 'The menu could not be loaded. Check the connection, and reload the page.'
