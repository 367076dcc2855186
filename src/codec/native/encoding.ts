/** Output for native clients: one JSON object a line (docs/protocol.md). Absent fields have their default. */
import { CLOSINGS, closingText } from '../../model/closing.ts'
import { ERRORS } from '../../model/error.ts'
import type { PublicEvent, Result } from '../../model/event.ts'
import type { MemberId } from '../../model/input.ts'
import { SHARED_BYTES_MIN } from '../../model/limits.ts'
import { fileUrl, type MessageFile, thumbUrl } from '../../model/message/file.ts'
import type { LiveEnd, LiveView } from '../../model/message/live.ts'
import type { Message } from '../../model/message/message.ts'
import { namedFiles } from '../../model/message/stored-text.ts'
import type { Result as QuestionResult } from '../../model/question.ts'
import type { Act, LoggedAct } from '../../model/state/keeping.ts'
import type { RoomView } from '../../model/view.ts'
import type { Enclosing, Encoding, ListedCursor, ListedQuestion, Outgoing, Welcome } from '../codec.ts'
import { refusalText, utcTime } from '../refusal.ts'
import { memberList } from './member-list.ts'

/** Version of the native protocol. Within a version fields may be added, but none is renamed. */
export const NATIVE_VERSION = 1

export const nativeEncoding: Encoding<string | Enclosing<string>> = {
  id: 'native',
  protocol: 'native',
  echoes: true,
  resumes: true,
  recalls: true,
  pings: true,
  ignores: true,
  pace: null,
  encode: outgoing => {
    const line = encode(outgoing)
    if (line === null) return []
    return [typeof line === 'string' ? `${line}\n` : { ...line, tail: `${line.tail}\n` }]
  },
}

type OutgoingOf<T extends Outgoing['type']> = Extract<Outgoing, { type: T }>

function encode(outgoing: Outgoing): string | Enclosing<string> | null {
  switch (outgoing.type) {
    case 'event':
      return encodeEvent(outgoing)
    case 'room':
      return encodeRoom(outgoing)
    case 'welcome':
      return JSON.stringify(welcome(outgoing.welcome))
    case 'result':
      return JSON.stringify(result(outgoing.result))
    case 'rejected':
      return JSON.stringify(rejected(outgoing))
    case 'rooms':
      return `{"type":"rooms",${number(outgoing.n)}"rooms":[${outgoing.rooms.map(summary).join()}]}`
    case 'who':
      return encodeWho(outgoing)
    case 'past':
      return JSON.stringify(past(outgoing))
    case 'messages':
      return JSON.stringify(messagesFound(outgoing))
    case 'reactions': {
      const { type, n, target, reactions } = outgoing
      return JSON.stringify({ type, ...numbered(n), target, reactions })
    }
    case 'questions':
      return JSON.stringify(questions(outgoing))
    case 'growing':
      return JSON.stringify(outgoing)
    case 'output': {
      const { type, n, target, offset, size, data, end } = outgoing
      return JSON.stringify({ type, ...numbered(n), target, offset, size, data, ...(end && { end: endFields(end) }) })
    }
    case 'typing': {
      const { type, room, name, id } = outgoing
      return JSON.stringify({ type, ...(room === null ? {} : { room }), name, id })
    }
    case 'read':
      return JSON.stringify(readElsewhere(outgoing))
    case 'conversations':
      return JSON.stringify(conversations(outgoing))
    case 'cursor':
      return JSON.stringify(outgoing)
    case 'cursors':
      return JSON.stringify(cursors(outgoing))
    case 'ping':
      return JSON.stringify({ type: 'ping', seq: outgoing.seq })
    case 'pong':
      return JSON.stringify({ type: 'pong', ...(outgoing.id === null ? {} : { id: outgoing.id }), seq: outgoing.seq })
    case 'closed': {
      const { code, detail, nodes } = outgoing
      return JSON.stringify({
        type: 'closed',
        code,
        message: closingText(code, detail),
        reconnect: CLOSINGS[code].reconnect,
        ...(nodes?.length ? { nodes } : {}),
      })
    }
    case 'stalled':
      return outgoing.over ? '{"type":"stalled","over":true}' : '{"type":"stalled"}'
    case 'challenge':
      return JSON.stringify({ type: 'challenge', ...numbered(outgoing.n), ...outgoing.challenge })
    case 'devices':
      return JSON.stringify({
        type: 'devices',
        ...numbered(outgoing.n),
        name: outgoing.name,
        credentials: outgoing.devices.map(({ current, ...device }) => ({ ...device, ...(current ? { current } : {}) })),
        ...(outgoing.push && { push: outgoing.push }),
      })
    case 'list':
      return JSON.stringify(list(outgoing))
    case 'tried': {
      const { type, at: _, n, ...tried } = outgoing
      return JSON.stringify({ type, ...numbered(n), ...tried })
    }
    case 'ignored': {
      const { type, seq, at, id, name, off } = outgoing
      return JSON.stringify({ type, seq, at, id, name, ...(off ? { off } : {}) })
    }
    case 'account': {
      const { n, name, id, since, here } = outgoing
      const registered = since === null ? {} : { since }
      return JSON.stringify({ type: 'account', ...numbered(n), name, id, account: since !== null, ...registered, here })
    }
    // The server asks a client that resumes to move.
    case 'draining':
    case 'done':
    case 'prompt':
    case 'shown':
    case 'help':
      return null
  }
}

/** `i` and `last` give an event's place among those of its input. Most inputs have one event, with neither field. */
function encodeEvent({ seq, at, i, last, event, text, names }: OutgoingOf<'event'>): string {
  const place = `"seq":${seq},"at":${at}${i > 0 ? `,"i":${i}` : ''}${last ? '' : ',"last":false'}`
  if (event.type === 'said') return encodeSaid(place, event, text ?? '', names)
  return `{"type":"${event.type}",${place},${JSON.stringify(fields(event, text, names)).slice(1)}`
}

/** Most events are messages, so this is done by hand. */
function encodeSaid(place: string, event: Said, text: string, names: readonly string[] | undefined): string {
  const { head, tail } = around(event)
  const mentions = event.mentions?.length ? `,"mentions":${JSON.stringify(event.mentions)}` : ''
  const ask = event.ask ? `,"ask":${JSON.stringify(event.ask)}` : ''
  const live = event.live ? ',"live":true' : ''
  return `{"type":"said",${place},${head}${JSON.stringify(text)}${tail}${mentions}${live}${attachments(event, names)}${ask}}`
}

/** Most messages have none. */
function attachments(event: Attaching, names: readonly string[] | undefined): string {
  if (event.reply === undefined && !event.files?.length) return ''
  return `,${JSON.stringify(attached(event, names)).slice(1, -1)}`
}

type Attaching = Pick<Said, 'reply' | 'files'>

const attached = ({ reply, files = [] }: Attaching, names: readonly string[] = []): object => ({
  ...(reply === undefined ? {} : { reply }),
  ...filesOf(namedFiles(files, names)),
})

/** Files with their links, which only the recipients of the message know. */
export const filesOf = (files: readonly MessageFile[] = []): object =>
  files.length === 0 ? {} : { files: files.map(fileFields) }

const fileFields = ({ thumb, ...file }: MessageFile): object => ({
  ...{ ...file, url: fileUrl(file) },
  ...(thumb && { thumb: { url: thumbUrl(file), ...thumb } }),
})

type Said = Extract<PublicEvent, { type: 'said' }>
/** The parts of the JSON before and after a text. */
type Around = Pick<Said, 'room' | 'from' | 'action' | 'account'> & { readonly head: string; readonly tail: string }

/** By author: mostly the same as in the author's message before. */
const arounds = new Map<MemberId, Around>()
const AROUNDS_MAX = 4096

function around({ room, from, action, author, account }: Said): Around {
  const known = arounds.get(author)
  const isSame = known?.room === room && known.from === from && known.action === action && known.account === account
  if (known && isSame) return known
  const head = `"room":${JSON.stringify(room)},"from":${JSON.stringify(from)},"text":`
  const tail = `,${JSON.stringify(authorship({ action, author, ...(account && { account }) })).slice(1, -1)}`
  const made: Around = { room, from, action, ...(account && { account }), head, tail }
  if (arounds.size >= AROUNDS_MAX) arounds.clear()
  arounds.set(author, made)
  return made
}

/** Ids come last, after the fields from before there were ids. */
function fields(event: Exclude<PublicEvent, Said>, said: string | null, names?: readonly string[]): object {
  const text = said ?? ''
  switch (event.type) {
    case 'told':
      return {
        from: event.from,
        to: event.to,
        text,
        ...authorship(event),
        other: event.other,
        ...attached(event, names),
      }
    case 'deleted': {
      const { room, target, by, bulk } = event
      return { ...(room === null ? {} : { room }), target, by, ...(bulk && { bulk }) }
    }
    case 'joined': {
      const { room, name, away, member: id, account, picture } = event
      const own = { ...(account ? { account } : {}), ...(picture === undefined ? {} : { picture }) }
      return { room, name, ...(away === null ? {} : { away }), id, ...own }
    }
    case 'parted':
      return {
        ...{ room: event.room, name: event.name, ...because(event.reason), id: event.member },
        ...(event.by === undefined ? {} : { by: event.by }),
      }
    case 'quit': {
      const { name, cause, by, reason, member: id } = event
      return { name, cause, ...(by === null ? {} : { by }), ...because(reason), id }
    }
    case 'renamed':
      return { from: event.from, to: event.to, id: event.member }
    case 'registered':
      return { name: event.name, id: event.member }
    case 'away':
      return { name: event.name, note: event.note, id: event.member }
    case 'topic':
      return { room: event.room, topic: event.topic, by: event.by }
    case 'pictured':
      return { name: event.name, picture: event.picture, id: event.member }
    case 'edited': {
      const { room, target, from, author, account, mentions } = event
      const where = room === null ? {} : { room }
      // Without a text, this server doesn't have it yet: the client asks for the message.
      const known = said === null ? {} : { text }
      const who = { from, id: author, ...(account ? { account } : {}) }
      return { ...where, target, ...known, ...who, ...mentioning(mentions) }
    }
    case 'reacted': {
      const { room, target, emoji, off, by, member: id, account } = event
      const where = room === null ? {} : { room }
      return { ...where, target, emoji, ...(off ? { off } : {}), by, id, ...(account ? { account } : {}) }
    }
    case 'pinned': {
      const { room, target, off, by, member: id } = event
      return { room, target, ...(off ? { off } : {}), by, id }
    }
    case 'hands': {
      const { room, hands, change, by, member: id, who, whoId } = event
      return { room, hands, change, by, id, who, whoId }
    }
    case 'answered': {
      const { type: _, member: id, ...answered } = event
      return { ...answered, id }
    }
    case 'concluded': {
      const { type: _, ...concluded } = event
      return concluded
    }
    case 'finished': {
      const { room, target, from, author, account } = event
      const last = said === null || !event.tail ? {} : { tail: said }
      return { room, target, ...endFields(event), ...last, from, id: author, ...(account ? { account } : {}) }
    }
    case 'moderated':
      return actFields(event)
    case 'held': {
      const { room, from, filter } = event
      return { room, from, text, ...authorship(event), filter, ...attached(event, names) }
    }
  }
}

const authorship = ({ action, author, account }: Pick<Authored, 'action' | 'author' | 'account'>): object => ({
  ...(action ? { action: true } : {}),
  id: author,
  ...(account ? { account } : {}),
})

type Authored = Extract<PublicEvent, { type: 'said' | 'told' }>

/** Fields that are null or follow from another one are left out. */
export function actFields({ byId, whoId, ...event }: Act): object {
  const { room, by, who, rule, value, reason, until, mode, set } = event
  const said = { act: event.act, room, by, byId, who, id: whoId, rule, value, mode, reason, until }
  const some = Object.fromEntries(Object.entries(said).filter(([, one]) => one !== null && one !== undefined))
  return mode === undefined ? some : { ...some, set: set ?? null }
}

const list = ({ type, n, what, room, entries }: OutgoingOf<'list'>): object => ({
  type,
  ...numbered(n),
  what,
  ...(room === null ? {} : { room }),
  entries:
    what === 'log'
      ? (entries as readonly LoggedAct[]).map(({ seq, at, ...one }) => ({ seq, at, ...actFields(one) }))
      : entries.map(present),
})

/** The fields that aren't null. */
const present = (entry: object): object => Object.fromEntries(Object.entries(entry).filter(([, one]) => one !== null))

const mentioning = (mentions: readonly MemberId[] = []): object => (mentions.length === 0 ? {} : { mentions })

function encodeRoom({ seq, at, view, counts }: OutgoingOf<'room'>): string | Enclosing<string> {
  const topic = JSON.stringify(view.topic)
  const own = counts ? `,${JSON.stringify(counts).slice(1, -1)}` : ''
  const kept = ruled(view)
  const head = `{"type":"room","seq":${seq},"at":${at},"room":${JSON.stringify(view.room)},"topic":${topic},"members":[`
  return enclosing(head, memberList(view, at), `]${kept}${own}}`)
}

/** Hands, pinned messages, roles by the ids of members, and modes. */
function ruled({ roles, modes, pins, hands }: RoomView): string {
  const raised = hands === undefined ? '' : `,"hands":${JSON.stringify(hands)}`
  const pinned = raised + (pins === undefined ? '' : `,"pins":${JSON.stringify(pins)}`)
  const held = roles.size === 0 ? '' : `,"roles":${JSON.stringify(Object.fromEntries(roles))}`
  return pinned + (Object.keys(modes).length === 0 ? held : `${held},"modes":${JSON.stringify(modes)}`)
}

const encodeWho = ({ n, at, view }: OutgoingOf<'who'>): string | Enclosing<string> =>
  enclosing(`{"type":"who",${number(n)}"room":${JSON.stringify(view.room)},"members":[`, memberList(view, at), ']}')

/** A short list is copied into the text. */
function enclosing(head: string, shared: readonly Uint8Array[], tail: string): string | Enclosing<string> {
  const bytes = shared.reduce((sum, { length }) => sum + length, 0)
  if (bytes >= SHARED_BYTES_MIN) return { head, shared, tail }
  return `${head}${shared.map(part => utf8.decode(part)).join('')}${tail}`
}

const utf8 = new TextDecoder()

const readElsewhere = ({ type, seq, at, place, target, counts }: OutgoingOf<'read'>): object => ({
  ...{ type, seq, at, ...place, target },
  ...{ unread: counts.unread, mentions: counts.mentions },
})

const cursors = ({ type, n, cursors: all }: OutgoingOf<'cursors'>): object => ({
  type,
  ...numbered(n),
  cursors: all.map(cursorFields),
})

/** Absent: nobody has it; it's there; no message waits; the one who asks may not read the room; its owner is there. */
export const cursorFields = ({ holder, away, lag, since, revoked, ...one }: ListedCursor): object => ({
  ...one,
  ...(lag === null ? {} : { lag }),
  ...(since === null ? {} : { since }),
  ...(holder === null ? {} : { holder }),
  ...(away ? { away } : {}),
  ...(revoked ? { revoked } : {}),
})

const conversations = ({ type, seq, n, conversations: all }: OutgoingOf<'conversations'>): object => ({
  type,
  ...numbered(n),
  seq,
  conversations: all.map(({ with: name, id, account, ...counts }) => ({
    ...{ with: name, id, ...counts },
    ...(account ? { account } : {}),
  })),
})

const welcome = ({
  token,
  rate,
  returned,
  credential,
  nodes,
  administrator,
  modes,
  ignored,
  ...rest
}: Welcome): object => ({
  type: 'welcome',
  protocol: NATIVE_VERSION,
  ...rest,
  ...(credential === undefined ? {} : { account: true, credential }),
  ...(returned ? { returned } : {}),
  ...(token === null ? {} : { token }),
  rate,
  ...(credential === undefined ? {} : { account: true, credential }),
  ...(nodes?.length ? { nodes } : {}),
  ...(administrator && { administrator }),
  ...(modes && { modes }),
  ...(ignored?.length ? { ignored } : {}),
})

const result = ({ n, seq, code, detail, question }: Result): object =>
  code === null ? { type: 'ok', n, seq, ...(question !== undefined && { question }) } : rejected({ n, code, detail })

type Rejected = Pick<OutgoingOf<'rejected'>, 'n' | 'code' | 'detail' | 'holder' | 'until'>

const rejected = ({ n, code, detail, holder, until }: Rejected): object => ({
  type: 'rejected',
  ...numbered(n),
  code,
  message: refusalText({ code, detail, holder }, utcTime),
  retry: ERRORS[code].retry,
  ...(holder && { holder: holder.by }),
  ...(holder?.by === 'away' && { until: holder.until }),
  ...(until !== undefined && { until }),
})

const past = ({ seq, n, room, words, messages, more, gap, gone }: OutgoingOf<'past'>): object => ({
  type: words === null ? 'history' : 'found',
  ...numbered(n),
  seq,
  ...(room === null ? {} : { room }),
  ...(words === null ? {} : { words }),
  messages: messages.map(message),
  more,
  ...gap,
  ...(gone > 0 ? { gone } : {}),
})

const messagesFound = ({ seq, n, room, messages }: OutgoingOf<'messages'>): object => ({
  type: room === null ? 'messages' : 'pins',
  ...numbered(n),
  seq,
  ...(room === null ? {} : { room }),
  messages: messages.map(message),
})

export const message = (one: Message): object => ({ ...said(one), ...living(one) })

/** Null is left out. */
export const endFields = ({ size, total, status, ms, interrupted }: LiveEnd): object => ({
  size,
  ...(total === undefined ? {} : { total }),
  ...(status === null ? {} : { status }),
  ...(ms === null ? {} : { ms }),
  ...(interrupted && { interrupted }),
})

const liveFields = ({ size, tail, end }: LiveView): object => ({ size, tail, ...(end && { end: endFields(end) }) })

/** Absent: never edited, no reactions, answers nothing, no files, asks nothing, no output. */
export const living = ({
  edited,
  reactions = [],
  reply,
  files,
  ask,
  live,
}: Pick<Message, 'edited' | 'reactions' | 'reply' | 'files' | 'ask' | 'live'>): object => ({
  ...(edited === undefined ? {} : { edited }),
  ...(reactions.length === 0
    ? {}
    : { reactions: reactions.map(({ emoji, people }) => ({ emoji, ids: people.map(({ id }) => id) })) }),
  ...(reply === undefined ? {} : { reply }),
  ...filesOf(files),
  ...(ask && { ask }),
  ...(live && { live: liveFields(live) }),
})

const said = ({
  seq,
  at,
  room,
  from,
  author,
  account,
  to,
  other,
  action,
  text,
  editing,
  mentions,
}: Message): object => ({
  seq,
  at,
  ...(room === null ? {} : { room }),
  from,
  ...(to === null ? {} : { to }),
  ...(text !== null ? { text } : editing ? {} : { deleted: true }),
  ...authorship({ action, author, ...(account ? { account } : {}) }),
  ...(other === null ? {} : { other }),
  ...mentioning(mentions),
})

const summaries = new WeakMap<RoomView, string>()

/** Encoded once for each version of a room, because a thousand topics are half a megabyte. */
function summary(view: RoomView): string {
  const known = summaries.get(view)
  if (known !== undefined) return known
  const { room, members, topic } = view
  const made = JSON.stringify({ room, members: members.size, topic: topic?.text ?? null })
  summaries.set(view, made)
  return made
}

const questions = ({ type, seq, n, room, open, hands, question, only }: OutgoingOf<'questions'>): object => ({
  ...{ type, ...numbered(n), seq, room, open: open.map(questionFields), hands },
  ...(question && { question: questionFields(question) }),
  ...(only && { only }),
})

/** A question, as lists and the API have it. */
export const questionFields = (one: ListedQuestion): object => {
  const { seq, at, room, from, id, text, counts, answers, total, result, ...asked } = one
  const { id: byId, ...ended }: Partial<QuestionResult> = result ?? {}
  return {
    ...{ seq, at, room, from, id, ...(text !== null && { text }), ...asked },
    ...(one.kind !== 'buzz' && { counts }),
    ...{ answers, total, state: result ? result.outcome : 'open' },
    ...{ ...ended, ...(byId !== undefined && { byId }) },
  }
}

const numbered = (n: number | null): { n?: number } => (n === null ? {} : { n })
const number = (n: number | null): string => (n === null ? '' : `"n":${n},`)
const because = (reason: string | null): { reason?: string } => (reason === null ? {} : { reason })
