/**
 * Signals of typing, by place. No signal says that a member has stopped: it's over after a while, and with a message.
 * Pure.
 */
import { Map as IMap } from 'immutable'
import type { ReplyOf } from '../../../codec/native/reply.ts'
import { TYPING_OVER_MS, TYPISTS_MAX } from '../../../model/limits.ts'
import { isOwn } from '../../session/view.ts'
import { nameOf } from '../people/private-people.ts'
import { inRoom, type Where, withPerson } from '../place.ts'
import type { Chat } from '../state.ts'
import type { Typing, Typist } from './kept.ts'

/** `now` by this client's clock. */
export function onTyping(chat: Chat, { room, name, id = '' }: ReplyOf<'typing'>, now: number): Chat {
  const where = room === undefined ? withPerson(nameOf(chat, id, name)) : inRoom(room)
  const isUnwanted = isOwn(chat.view, { id, from: name }) || chat.view.ignored.has(id)
  if (isUnwanted || !chat.conversations.has(where)) return chat
  const there = (chat.typing.get(where) ?? NOBODY).filter(({ until }) => until > now)
  if (there.size >= TYPISTS_MAX) return chat
  return { ...chat, typing: chat.typing.set(where, there.set(keyOf(id, name), { name, until: now + TYPING_OVER_MS })) }
}

const NOBODY: IMap<string, Typist> = IMap()
const keyOf = (id: string, name: string): string => (id === '' ? name : id)

/** Somebody has said something there. */
export function withoutTypist(typing: Typing, where: Where, { id = '', name }: { id?: string; name: string }): Typing {
  const there = typing.get(where)
  if (!there) return typing
  const left = there.delete(keyOf(id, name))
  return left.isEmpty() ? typing.delete(where) : typing.set(where, left)
}

/** The names of the members that are typing there, and when that may change by itself; null: nobody is. */
export function typingIn(
  { typing }: Pick<Chat, 'typing'>,
  where: Where,
  now: number,
): { readonly names: readonly string[]; readonly until: number } | null {
  const there = [...(typing.get(where) ?? NOBODY).values()].filter(({ until }) => until > now)
  if (there.length === 0) return null
  return { names: there.map(({ name }) => name), until: Math.min(...there.map(({ until }) => until)) }
}
