/**
 * The people of private messages under their names. A message of the past has the name of its time. Its author's id
 * says which conversation it belongs to now; the recipient of an own message has no id on the wire, so the renames that
 * are known lead there. Pure.
 */
import { isOwn } from '../../session/view.ts'
import { alterLatest, type Conversation, latestOf } from '../conversation/conversation.ts'
import { insert } from '../conversation/timeline.ts'
import { type Where, withPerson } from '../place.ts'
import type { Chat } from '../state.ts'

/** A private message, live or of the past. */
type Private = {
  readonly seq: number
  readonly from: string
  readonly id?: string
  readonly to?: string
  /** The id of the recipient. */
  readonly other?: string
}

/** Learns names from messages, and lets the conversations of renamed people follow. */
export function meet(chat: Chat, messages: readonly Private[]): Chat {
  const others = messages.flatMap(one => otherOf(chat, one))
  if (others.length === 0) return chat
  const present = presentNames(chat)
  let next = chat
  for (const { id, name: then, seq } of others) {
    next = named(next, id, then, seq)
    const name = present.get(id)
    if (name !== undefined) next = named(next, id, name, next.people.met.get(id)?.seq ?? seq)
  }
  return next
}

type Other = { readonly id: string; readonly name: string; readonly seq: number }

/** The other party of a private message, with its name at that time, if its id is known. */
function otherOf(chat: Chat, one: Private): readonly Other[] {
  const { seq, from, to } = one
  if (to === undefined) return []
  const [id, name] = isOwn(chat.view, one) ? [one.other, to] : [one.id, from]
  return id === undefined || id === '' ? [] : [{ id, name, seq }]
}

/** The latest known name of a member. */
export const nameOf = ({ people }: Pick<Chat, 'people'>, id: string, otherwise: string): string =>
  people.met.get(id)?.name ?? otherwise

/** The server's list of direct conversations gives each person's name. */
export const listed = (chat: Chat, id: string, name: string, seq: number): Chat => named(chat, id, name, seq)

/** From now on, the conversation under this name is with the member who has it now. */
export const meant = (chat: Chat, name: string, id: string): Chat => named(chat, id, name, latestSeq(chat, name))

const latestSeq = ({ people, conversations }: Chat, name: string): number =>
  Math.max(
    conversations.get(withPerson(name))?.lastSeq ?? 0,
    ...[...people.met.values()].filter(one => one.name === name).map(({ seq }) => seq + 1),
  )

/** The member of a conversation: the last one with this name, as far as messages show; otherwise its present holder. */
export function idOf(chat: Pick<Chat, 'people' | 'view'>, name: string): string | undefined {
  const holders = [...chat.people.met].filter(([, met]) => met.name === name)
  const [latest] = holders.sort(([, a], [, b]) => b.seq - a.seq)
  return latest?.[0] ?? presentId(chat, name)
}

/** The member who has the name now, in a room of one's own. */
export function presentId({ view }: Pick<Chat, 'view'>, name: string): string | undefined {
  for (const { members } of view.rooms.values()) {
    const id = members.get(name)?.id ?? ''
    if (id !== '') return id
  }
  return undefined
}

type Renamed = { readonly from: string; readonly to: string; readonly member: string; readonly seq: number }

/** Somebody has another name, as of input `seq`. Only people with a conversation are remembered. */
export function rename(chat: Chat, { from, to, member, seq }: Renamed): Chat {
  if (!chat.conversations.has(withPerson(from)) && !chat.people.met.has(member)) return chat
  if (member === '') return moved(chat, from, to)
  const { met, former } = chat.people
  const people = {
    met: met.set(member, { name: to, seq }),
    former: former.delete(to).set(from, { id: member, until: seq, exact: true }),
  }
  return moved({ ...chat, people }, from, to)
}

function named(chat: Chat, id: string, name: string, seq: number): Chat {
  const { met } = chat.people
  const known = met.get(id)
  const here = chat.people.former.get(name)
  // Two people have had the name, so messages to it are told apart by their time.
  const former = here && here.id !== id ? chat.people.former.set(name, { ...here, exact: true }) : chat.people.former
  if (known === undefined || known.name === name) {
    const latest = { name, seq: Math.max(known?.seq ?? 0, seq) }
    return { ...chat, people: { former, met: met.set(id, latest) } }
  }
  const [old, latest] = known.seq > seq ? [{ name, seq }, known] : [known, { name, seq }]
  const until = Math.max(former.get(old.name)?.until ?? 0, old.seq)
  const exact = former.get(old.name)?.exact ?? false
  const people = { met: met.set(id, latest), former: former.set(old.name, { id, until, exact }) }
  return moved({ ...chat, people }, old.name, latest.name)
}

/** The name of everybody in sight, by id. */
function presentNames({ view }: Chat): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const { members } of view.rooms.values()) for (const { id, name } of members.values()) names.set(id, name)
  names.delete('')
  return names
}

/** The conversation that a private message belongs to. */
export function placeOfPrivate({ people, view }: Pick<Chat, 'people' | 'view'>, one: Private): Where {
  const { seq, from, id = '', to = '', other = '' } = one
  if (!isOwn(view, one)) return withPerson(people.met.get(id)?.name ?? from)
  const met = people.met.get(other)
  if (met) return withPerson(met.name)
  const former = people.former.get(to)
  const isTheirs = former && (seq <= former.until || (!former.exact && !isPresent(view, to)))
  return withPerson(isTheirs ? (people.met.get(former.id)?.name ?? to) : to)
}

const isPresent = ({ rooms }: Chat['view'], name: string): boolean => rooms.some(({ members }) => members.has(name))

/** The conversation follows the person, and merges with the messages that were already sent under the new name. */
function moved(chat: Chat, from: string, to: string): Chat {
  const [old, where] = [withPerson(from), withPerson(to)]
  const talk = chat.conversations.get(old)
  if (!talk || from === to) return chat
  const there = chat.conversations.get(where)
  const follow = <T extends { readonly where: Where }>(at: T): T => (at.where === old ? { ...at, where } : at)
  return {
    ...follow(chat),
    conversations: chat.conversations.delete(old).set(where, there ? joined(there, talk) : { ...talk, where }),
    asked: chat.asked.map(follow),
    loading: chat.loading && follow(chat.loading),
  }
}

const joined = (at: Conversation, other: Conversation): Conversation => ({
  ...alterLatest(at, latest => insert(latest, latestOf(other).entries.toArray())),
  unread: at.unread + other.unread,
  mentions: at.mentions + other.mentions,
  unreadFrom: Math.min(at.unread > 0 ? at.unreadFrom : Infinity, other.unread > 0 ? other.unreadFrom : Infinity),
  mark: at.mark ?? other.mark,
  lastSeq: Math.max(at.lastSeq, other.lastSeq),
})
