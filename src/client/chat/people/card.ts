/** A client's knowledge of a person, from the rooms that both are in. Pure. */
import type { Role } from '../../../model/keeping/roles.ts'
import type { MemberView } from '../../../model/view.ts'
import { roomOf, type Where } from '../place.ts'
import type { Chat } from '../state.ts'
import { type Presence, presenceOf } from './presence.ts'
import { roleOf } from './roles.ts'

export type Card = {
  readonly name: string
  readonly isMe: boolean
  /** Null: unknown, since the person isn't here. */
  readonly account: boolean | null
  readonly presence: Presence
  /** In the room `where`; null: in a direct conversation, or if the person isn't here. */
  readonly role: Role | null
  /** When the person entered `where`, in milliseconds since the epoch; null: isn't there. */
  readonly since: number | null
  /** The rooms that both are in. */
  readonly rooms: readonly string[]
  readonly ignored: boolean
}

export function cardOf(chat: Pick<Chat, 'view'>, where: Where, name: string): Card {
  const { view } = chat
  const shared = [...view.rooms.values()].filter(({ members }) => members.has(name))
  const at = roomOf(where)
  const there = at === null ? undefined : view.rooms.get(at)?.members.get(name)
  const member: MemberView | undefined = there ?? shared[0]?.members.get(name)
  return {
    ...{ name, isMe: name === view.name, presence: presenceOf(chat, name) },
    account: member ? member.account === true : null,
    role: there ? roleOf(view, at, { name, id: there.id, account: there.account === true }) : null,
    since: there?.since ?? null,
    rooms: shared.map(({ room }) => room).sort(),
    ignored: member !== undefined && view.ignored.has(member.id),
  }
}
