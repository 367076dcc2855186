/** Folds a reply of the server into the chat: each message goes to its room or conversation, in order. */

import { ignoredText } from '../../codec/list-lines.ts'
import { type PastMessage, type Reply, type ReplyOf, roomEvent } from '../../codec/native/reply.ts'
import { LOBBY } from '../../model/name/standing.ts'
import { flatten } from '../../model/text.ts'
import type { Gap, Incoming } from '../session/incoming.ts'
import type { Asked } from '../session/outbox/outbox.ts'
import { evolveView } from '../session/view.ts'
import { alterLatest, type Conversation, hear, hiding, latestOf } from './conversation/conversation.ts'
import { type ExcerptPage, grownAbove, grownBelow, opened } from './conversation/excerpt.ts'
import { type Entry, emptyTimeline, insert, ownPlace } from './conversation/timeline.ts'
import { expulsionWords, isAboutMe, onHeld, onModerated } from './keeping/moderated.ts'
import { onChange } from './messages/changes.ts'
import { onReactions } from './messages/fetched.ts'
import { onFinished, onGrowing, outputNote } from './messages/live.ts'
import { isOfIgnored, saidOf } from './messages/said-of.ts'
import { isBehind, stale } from './messages/stale.ts'
import { onTyping, withoutTypist } from './messages/typing.ts'
import { nobodyMet } from './people/known-people.ts'
import { meet, placeOfPrivate, rename } from './people/private-people.ts'
import { roomRole } from './people/roles.ts'
import { inRoom, personOf, roomOf, type Where, withPerson } from './place.ts'
import { otherThan } from './place-list.ts'
import { hearQuestions, noQuestions } from './questions/heard.ts'
import { accountSentence, listOfMembers, listOfRooms, missing } from './sentences.ts'
import { isAnotherMember, ofAnother, onConversations, onReadElsewhere, onRoom } from './standing.ts'
import { alter, type Chat, isSeen, type Loading } from './state.ts'

export function hearSpoken(chat: Chat, { reply, replayed, asOf }: Incoming, now: number): Chat {
  // The view before the event, because a member who leaves is not in the next one.
  const before = chat
  // The fastest reply tells the most of the server's clock.
  const ahead = 'at' in reply ? Math.max(chat.ahead, reply.at - now) : chat.ahead
  const questions = hearQuestions(chat.questions, reply)
  const next = withoutIgnored({ ...chat, ahead, questions, view: evolveView(chat.view, reply) }, chat)
  switch (reply.type) {
    case 'welcome':
      return onWelcome(isAnotherMember(before, reply) ? ofAnother(next) : next, reply, now)
    case 'held':
      return onHeld(next, reply)
    case 'gap':
      return onGap(next, reply, now)
    case 'room':
      return onRoom(next, reply)
    case 'conversations':
      return onConversations(next, reply)
    case 'read':
      return onReadElsewhere(next, reply)
    case 'devices':
      return { ...next, devices: reply }
    case 'account':
      return note(next, [accountSentence(reply)], 'plain', now)
    case 'said':
    case 'told':
      return onMessage(next, reply, replayed, asOf)
    case 'edited':
    case 'reacted':
    case 'deleted':
      return onChange(next, reply)
    case 'reactions':
      return onReactions(next, reply)
    case 'growing':
      return onGrowing(next, reply)
    case 'finished':
      return onFinished(next, reply)
    case 'output':
      return chat.panels ? next : note(next, outputNote(reply), 'plain', now)
    case 'typing':
      return onTyping(next, reply, now)
    case 'history':
      return onHistory(next, reply)
    case 'found':
      return { ...next, found: { ...reply, messages: reply.messages.filter(past => !isOfIgnored(next, past)) } }
    case 'ignored':
      return note(next, [flatten(ignoredText({ off: false, ...reply }))], 'plain', now)
    case 'who':
      return note(
        next,
        listOfMembers(reply.room, reply.members, id => roomRole(next.view, reply.room, id)),
        'plain',
        now,
      )
    case 'rooms':
      return chat.panels ? { ...next, rooms: reply.rooms } : note(next, listOfRooms(reply.rooms), 'plain', now)
    case 'rejected':
      // The outcome reports a rejected command that has a number, and the end reports a refused hello.
      return reply.n === undefined && next.status.state === 'online'
        ? tellTrouble(next, next.where, null, reply.message, now)
        : next
    case 'ok':
    case 'challenge':
    // The part of the client that asked for a list shows it.
    case 'cursor':
    case 'cursors':
    case 'list':
    case 'tried':
    case 'messages':
    case 'pins':
    case 'questions':
    case 'ping':
    case 'pong':
    case 'closed':
      return next
    default:
      return onEvent(before, next, reply, replayed)
  }
}

/** A new epoch means a new journal, whose numbers mean other things. So the messages of the old one are dropped. */
function onWelcome(before: Chat, welcome: ReplyOf<'welcome'>, now: number): Chat {
  const { epoch, at, resumed } = welcome
  const questioned = resumed && !welcome.gap ? before.questioned : before.questioned.clear()
  const chat = { ...before, ahead: at - now, questioned, waits: resumed ? before.waits : before.waits.clear() }
  if (chat.epoch === null || chat.epoch === epoch)
    return isBehind(chat, welcome) ? stale({ ...chat, epoch }, welcome.seq) : { ...chat, epoch }
  const anew = (at: Conversation): Conversation => ({
    ...at,
    timeline: emptyTimeline,
    excerpt: null,
    mark: null,
    past: 'unknown',
    ...{ lastSeq: 0, staleTo: 0 },
  })
  return {
    ...{ ...chat, epoch, people: nobodyMet, privateFrom: null, fetched: new Map(), questions: noQuestions },
    conversations: chat.conversations.map(anew),
  }
}

/** A gap in direct messages has no known sender, so its note appears in the current place. */
function onGap(chat: Chat, gap: Gap, now: number): Chat {
  const { seq, room, missed, more = false } = gap
  if (room === undefined) return note(chat, [missing({ missed, more })], 'plain', now)
  return alter(chat, inRoom(room), at => {
    const entry: Entry = { kind: 'gap', ...ownPlace(latestOf(at), now, seq), missed, more }
    return alterLatest(at, latest => insert(latest, [entry]))
  })
}

function onMessage(
  chat: Chat,
  reply: ReplyOf<'said'> | ReplyOf<'told'>,
  replayed: boolean,
  asOf: number = reply.seq,
): Chat {
  const room = reply.type === 'said' ? reply.room : null
  const known = reply.type === 'told' ? meet(chat, [reply]) : chat
  const said = saidOf(known, { ...reply, room }, asOf, replayed)
  const where = room === null ? placeOfPrivate(known, reply) : placeInRoom(known, room)
  const seen = isSeen(known, where)
  const bell = said.mention && !replayed ? 1 : 0
  const typing = withoutTypist(known.typing, where, { ...reply, name: reply.from })
  const next = { ...(said.mine ? echoed(known, reply) : known), typing }
  const isAccount = said.mine ? isAccountHere(known, where) : reply.account
  const account = room === null && isAccount ? { account: true as const } : {}
  return { ...alter(next, where, at => ({ ...hear(at, said, seen), ...account })), bells: chat.bells + bell }
}

/** The conversation remembers it when that person has left. */
const isAccountHere = ({ view }: Chat, where: Where): boolean =>
  view.rooms.some(({ members }) => members.get(personOf(where) ?? '')?.account === true)

/** The first pending message with the same text counts as the one that the server has sent back. */
function echoed(chat: Chat, { type, text }: ReplyOf<'said'> | ReplyOf<'told'>): Chat {
  const same = type === 'said' ? 'say' : 'tell'
  const item = chat.pending.find(
    ({ id, asked, state }) => asked.type === same && asked.text === text && state !== 'unsent' && !chat.heard.has(id),
  )
  return item ? { ...chat, heard: chat.heard.add(item.id) } : chat
}

/** After a change of the ignored members. */
function withoutIgnored(chat: Chat, { view: { ignored: before } }: Chat): Chat {
  const { ignored } = chat.view
  if (ignored === before || ignored.keySeq().toSet().equals(before.keySeq().toSet())) return chat
  return { ...chat, conversations: chat.conversations.map(at => hiding(at, id => ignored.has(id))) }
}

/** A message of the host to the lobby appears in the current place if the member is not in the lobby. */
function placeInRoom(chat: Chat, room: string): Where {
  const where = inRoom(room)
  return room === LOBBY && !chat.conversations.has(where) ? chat.where : where
}

function onHistory(before: Chat, reply: ReplyOf<'history'>): Chat {
  const { n, room, messages, more, ...rest } = reply
  const chat = meet(before, messages)
  const { loading } = chat
  if (loading && n !== undefined && (loading.excerpt || loading.page === 'around') && isAnswer(loading, room))
    return onExcerpt(chat, loading, reply)
  const byPlace = new Map<Where, Entry[]>()
  if (room !== undefined) byPlace.set(inRoom(room), [])
  for (const past of messages) {
    const said = saidOf(chat, past, reply.seq)
    const where = past.room === undefined ? placeOfPrivate(chat, past) : placeInRoom(chat, past.room)
    byPlace.set(where, [...(byPlace.get(where) ?? []), said])
  }
  // History sent on joining is the latest page. A page that was asked for is judged when its outcome arrives.
  const joined = n === undefined && !('after' in rest)
  const [first] = messages
  const privateFrom = room === undefined && n !== undefined ? (first?.seq ?? chat.privateFrom) : chat.privateFrom
  let next: Chat = { ...chat, privateFrom }
  for (const [where, entries] of byPlace) next = alter(next, where, at => filled(at, entries, joined ? more : null))
  return next
}

const isAnswer = ({ where }: Loading, room: string | undefined): boolean => roomOf(where) === (room ?? null)

/** Only messages of the place that was asked for: in other places they would leave a hole. */
function onExcerpt(
  chat: Chat,
  { where, page, seq }: Loading,
  { room, messages, more, seq: asOf }: ReplyOf<'history'>,
): Chat {
  const all = messages.map(past => saidOf(chat, past, asOf))
  const isHere = (past: PastMessage): boolean =>
    (room === undefined ? placeOfPrivate(chat, past) : placeInRoom(chat, room)) === where
  const entries = messages.filter(isHere).map(past => saidOf(chat, past, asOf))
  const covers: ExcerptPage = {
    entries,
    from: all[0]?.seq ?? seq,
    to: page === 'around' ? seq - 1 : (all.at(-1)?.seq ?? seq),
  }
  return alter(chat, where, at => {
    if (page === 'around') return opened(at, covers)
    return page === 'earlier' ? grownAbove(at, covers) : grownBelow(at, covers, more)
  })
}

function filled(at: Conversation, entries: readonly Entry[], more: boolean | null): Conversation {
  const next = alterLatest(at, latest => insert(latest, entries))
  return more === null || at.excerpt ? next : { ...next, past: more ? 'more' : 'all' }
}

/** Less than the distance of two events. */
const BESIDE = 0.5

function onEvent(before: Chat, chat: Chat, reply: Reply, replayed: boolean): Chat {
  const event = roomEvent(reply)
  // A changed picture is drawn at its owner's name, and is no news.
  if (event?.type === 'answered' && event.kind === 'ask') return chat
  if (!event || event.type === 'said' || event.type === 'pictured' || !('at' in reply) || reply.type === 'welcome')
    return chat
  if (isDrawnElsewhere(event)) return chat
  const { seq, at } = reply
  const isMine = event.type === 'moderated' && isAboutMe(chat, event)
  // A message of the same input, such as a released one, has place 0, as in the history.
  const i = ('i' in reply ? (reply.i ?? 0) : 0) + (event.type === 'moderated' ? BESIDE : 0)
  const happens = { kind: 'happened', seq, i, at, event, replayed } as const
  const entry: Entry = isMine ? { ...happens, mine: true } : happens
  if (event.type === 'parted' && event.name === chat.view.name) {
    const gone = left(chat, inRoom(event.room), at)
    return event.by === undefined ? gone : tellTrouble(gone, gone.where, null, expulsionWords(chat, event), at)
  }
  let next = event.type === 'renamed' ? rename(chat, { ...event, seq }) : chat
  if (event.type === 'moderated') next = onModerated(next, event, at)
  for (const where of concerned(before, next, event)) {
    if (next.conversations.has(where)) next = alter(next, where, at => hear(at, entry, true))
  }
  return next
}

/** A vote is drawn at its question, and a raised hand in the queue. */
const isDrawnElsewhere = (event: NonNullable<ReturnType<typeof roomEvent>>): boolean =>
  event.type === 'answered' ||
  (event.type === 'hands' && event.change !== 'called') ||
  (event.type === 'concluded' && event.outcome === 'deleted')

/** The places that show an event: its room, or every place of that person. */
function concerned(before: Chat, chat: Chat, event: Exclude<ReturnType<typeof roomEvent>, null>): readonly Where[] {
  // An act on the whole server is shown in the reader's place.
  if (event.type === 'moderated') return [event.room === null ? chat.where : inRoom(event.room)]
  if ('room' in event) return [inRoom(event.room)]
  const name = event.type === 'renamed' ? event.from : event.name
  const rooms = before.view.rooms.filter(({ members }) => members.has(name)).keySeq()
  const person = withPerson(event.type === 'renamed' ? event.to : name)
  return [...rooms.map(inRoom), ...(chat.conversations.has(person) ? [person] : [])]
}

/** A member who has left the last room is still connected. */
const IN_NO_ROOM = 'You are in no room now, but still in the chat. Type /join to enter a room, or /quit to leave.'

function left(chat: Chat, where: Where, now: number): Chat {
  const conversations = chat.conversations.delete(where)
  const next = { ...chat, conversations }
  if (chat.where !== where && chat.view.rooms.size > 0) return next
  const other = chat.where === where ? otherThan(next, where) : chat.where
  const there = alter({ ...next, where: other, seesEnd: true }, other, at => at)
  return chat.view.rooms.size > 0 ? there : note(there, [IN_NO_ROOM], 'plain', now)
}

export function note(chat: Chat, lines: readonly string[], tone: 'plain' | 'error', now: number): Chat {
  return alter(chat, chat.where, at => {
    const entry: Entry = { kind: 'note', ...ownPlace(latestOf(at), now), lines, tone }
    return alterLatest(at, latest => insert(latest, [entry]))
  })
}

/** The error is shown in the place of its command. */
export function tellTrouble(chat: Chat, where: Where, asked: Asked | null, message: string, now: number): Chat {
  if (chat.panels) return { ...chat, trouble: { where, asked, message } }
  return note(chat, [message], 'error', now)
}
