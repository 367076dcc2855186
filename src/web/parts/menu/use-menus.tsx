/** The menu that is open over the chat: of somebody, or of a message. Its parts are loaded with the first one. */
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import type { Person } from '../../../client/chat/people/roles.ts'
import { copy } from '../../browser/copy.ts'
import style from '../../style/menu.css?url'
import type { Visit } from '../../visit/visit.ts'
import type { Acts } from '../use-acts.ts'
import { type Loader, loadPart } from '../use-loaded.ts'
import type { OpenMenu } from './Menu.tsx'
import type { Menus } from './menus.ts'
import { quickItems } from './quick-items.ts'

type Parts = typeof import('./parts.ts')

const PARTS: Loader<Parts> = { load: () => import('./parts.ts'), style }

type Shown = Menus & { readonly menu: ReactNode }

export function useMenus({ talk, frames }: Visit, { person, mention, restrict }: Acts): Shown {
  const [menu, open] = useState<OpenMenu | null>(null)
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
      withParts(({ messageItems }) => {
        const items = messageItems(talk.chat$.value, said, {
          ...{ ask, restrict, erase: talk.erase, copy: text => void copy(text) },
          // The menu that closes has the focus, and gives it back first.
          person: somebody => setTimeout(() => onPerson(somebody, opener)),
        })
        const head = <span className="menu-text">{said.text ?? '(deleted)'}</span>
        open({ label: `Message of ${said.from}`, head, items, opener })
      })
    }
    const quick: Menus['quick'] = said => quickItems(said, { erase: ({ seq }) => talk.erase(seq) })
    return { onPerson, onMessage, quick }
  }, [talk, frames, person, mention, restrict])

  const Menu = PARTS.loaded?.Menu
  return { ...menus, menu: menu && Menu ? <Menu key={menu.label} menu={menu} onClose={closeMenu} /> : null }
}

const NOT_LOADED = 'The menu could not be loaded. Check the connection, and reload the page.'
