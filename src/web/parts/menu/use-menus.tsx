/** The menu that is open over the chat: of somebody, or of a message. */
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import { type Person, roomRole } from '../../../client/chat/people/roles.ts'
import { roomOf } from '../../../client/chat/place.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { copy } from '../../browser/copy.ts'
import type { Visit } from '../../visit/visit.ts'
import { AccountMark } from '../controls/AccountMark.tsx'
import { Name } from '../controls/Name.tsx'
import { RoleMark } from '../controls/RoleMark.tsx'
import type { Acts } from '../use-acts.ts'
import type { OpenMenu } from './Menu.tsx'
import type { Menus } from './menus.ts'
import { messageItems } from './message-items.ts'
import { personItems } from './person-items.ts'

type Shown = Menus & { readonly menu: OpenMenu | null; readonly closeMenu: () => void }

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
    function onPerson(somebody: Person, opener: HTMLElement): void {
      const chat = talk.chat$.value
      const items = personItems(chat, somebody, { message: person, mention, ask, restrict })
      open({ label: `About ${somebody.name}`, head: headOf(chat, somebody), items, opener })
    }
    function onMessage(said: Said, opener: HTMLElement): void {
      const items = messageItems(talk.chat$.value, said, {
        ...{ ask, restrict, erase: talk.erase, copy: text => void copy(text) },
        // The menu that closes has the focus, and gives it back first.
        person: somebody => setTimeout(() => onPerson(somebody, opener)),
      })
      const head = <span className="menu-text">{said.text ?? '(deleted)'}</span>
      open({ label: `Message of ${said.from}`, head, items, opener })
    }
    return { onPerson, onMessage }
  }, [talk, frames, person, mention, restrict])
  return { ...menus, menu, closeMenu }
}

function headOf({ view, where }: Chat, person: Person): ReactNode {
  const role = roomRole(view, roomOf(where), person.id ?? '')
  return (
    <>
      <Name name={person.name} />
      {person.account ? <AccountMark /> : null}
      {role === undefined ? null : <RoleMark role={role} />}
    </>
  )
}
