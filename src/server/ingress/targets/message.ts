/** The message that a command is about: whether the session may know of it, and its place. */
import type { InputOf, MemberId, SessionId } from '../../../model/input.ts'
import type { Message } from '../../../model/message/message.ts'
import { LOBBY } from '../../../model/name/standing.ts'
import type { State } from '../../../model/state.ts'
import type { History, Part } from '../../../port/history.ts'
import { ignoredBy } from '../../../reducer/keeping/messages/ignoring.ts'
import { isHost, may } from '../../../reducer/may.ts'
import { memberOf } from '../../../reducer/rules/lookup.ts'
import { type Refused, refused } from '../vetting/vetted.ts'

/** The id of a session as the author of messages: a member, the host, or a token. */
export const actorIdOf = (state: State, session: SessionId): MemberId => memberOf(state, { session })?.id ?? session

/** Whether the session may read it: it's in the room, or one of the two parties. */
export function mayRead(state: State, session: SessionId, { room, author, other }: Message): boolean {
  if (room !== null) return may(state, session, 'read', { room })
  const id = actorIdOf(state, session)
  return !isHost(id) && (author === id || other === id)
}

/** A message that is there, and that the session may read. Throws if the history is damaged. */
export function messageFor(history: History, state: State, session: SessionId, seq: number): Message | Refused {
  const found = history.find(seq)
  // The answer doesn't reveal that there is a message elsewhere.
  return found && found.text !== null && (isOwn(state, session, found) || mayRead(state, session, found))
    ? found
    : refused('message-unknown', `${seq}`)
}

/**
 * The latest message of a place by another author that the session doesn't ignore, if it's among the last few. Throws
 * if the history is damaged.
 */
export function latestOfOthers(history: History, state: State, session: SessionId, part: Part): Message | Refused {
  const own = actorIdOf(state, session)
  const ignored = ignoredBy(state, own)
  const { messages } = history.page(part, { before: Number.MAX_SAFE_INTEGER }, LOOKED)
  const found = messages.findLast(one => one.author !== own && one.text !== null && !ignored.has(one.author))
  return found && mayRead(state, session, found) ? found : refused('nothing-to-answer')
}

const LOOKED = 50

/** A token that may only write knows its own messages. */
const isOwn = (state: State, session: SessionId, { room, author }: Message): boolean =>
  room !== null && author === actorIdOf(state, session)

/** The place of a message, for an input that changes it. */
export function aimedAt({
  seq,
  room,
  author,
  other,
}: Message): Omit<InputOf<'react'>, 'type' | 'emoji' | 'off' | Stamped> {
  const members = room === null ? [author, ...(other === null ? [] : [other])] : []
  return { target: seq, room, members, everyone: isHost(author) && room === LOBBY }
}

type Stamped = 'id' | 'at' | 'set' | 'offset' | 'origin' | 'session' | 'n'
