/**
 * Checks that an object has the fields of its type (docs/protocol.md). A client ignores any other object, as it ignores
 * unknown types. Fields that aren't named here aren't checked. An optional field that is wrong is left out, so that a
 * message isn't lost for a number beside it.
 */
import { LISTS as LIST_NAMES } from '../../model/command.ts'
import { isMode } from '../../model/keeping/modes.ts'
import { STOPPABLE, VERDICTS } from '../../model/keeping/trial.ts'
import {
  ANSWERS_SHOWN,
  CHOICES_MAX,
  CONVERSATIONS_MAX,
  CURSORS_MAX,
  EMOJI_MAX_BYTES,
  FILES_PER_MESSAGE,
  HANDS_MAX,
  HISTORY_PAGE_MAX,
  IGNORED_MAX,
  NODES_ROUND_MAX,
  PINS_MAX,
  QUESTIONS_PER_ROOM,
  REACTION_KINDS_MAX,
  REACTIONS_MAX,
  SIDE_MAX,
} from '../../model/limits.ts'
import { PICTURE_KINDS } from '../../model/message/file.ts'
import { ASKED_ROLES, OUTCOMES, QUESTION_KINDS } from '../../model/question.ts'
import { ACT_KINDS } from '../../model/state/keeping.ts'

type Check = (value: unknown) => boolean

const text: Check = value => typeof value === 'string'
const truth: Check = value => typeof value === 'boolean'
const count: Check = value => typeof value === 'number' && Number.isFinite(value)
/** Milliseconds since the epoch, within the range of a Date. */
const time: Check = value => count(value) && Math.abs(value as number) <= 8.64e15
const either =
  (...checks: readonly Check[]): Check =>
  value =>
    checks.some(check => check(value))
const maybe = (check: Check): Check => either(check, value => value === undefined || value === null)
const each =
  (check: Check): Check =>
  value =>
    Array.isArray(value) && value.every(check)
const object =
  (fields: Readonly<Record<string, Check>>): Check =>
  value =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]))

const acts: Check = value => ACTS.has(value)
const mode: Check = value => text(value) && isMode(value as string)
const modeValue: Check = value => value === true || count(value)
/** Each by the id of its member. */
const roles: Check = value => isRecord(value) && Object.values(value).every(one => ROOM_ROLES.has(one))
const modes: Check = value =>
  isRecord(value) && Object.entries(value).every(([name, one]) => isMode(name) && modeValue(one))
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
/** A mark is true or absent. */
const mark: Check = value => value === true
const whole: Check = value => Number.isSafeInteger(value) && (value as number) >= 0
/** A few addresses `HOST:PORT`, which a client tries in turn. */
const addresses: Check = value =>
  each(one => text(one) && /^(?:\[[0-9a-f:.]+\]|[^\s:/@]+):\d{1,5}$/i.test(one as string))(value) &&
  (value as readonly unknown[]).length <= NODES_ROUND_MAX
const ids: Check = value => each(text)(value)

const atMost =
  (most: number, check: Check): Check =>
  value =>
    each(check)(value) && (value as readonly unknown[]).length <= most
/** Any text that is short enough to be one. */
const emoji: Check = value => text(value) && (value as string).length > 0 && (value as string).length <= EMOJI_MAX_BYTES
const reactions = atMost(REACTION_KINDS_MAX, object({ emoji, ids: atMost(REACTIONS_MAX, text) }))
const side: Check = value => whole(value) && (value as number) > 0 && (value as number) <= SIDE_MAX
/** A path on the same server, and nowhere else. */
const path: Check = value => text(value) && /^\/files\/[\w-]+\/[^/?#\\]+$/.test(value as string)
const kind: Check = value => FILE_KINDS.has(value)
const files = atMost(
  FILES_PER_MESSAGE,
  object({
    ...{ id: text, url: path, name: text, kind, size: whole, width: maybe(side), height: maybe(side) },
    thumb: maybe(object({ url: path, width: side, height: side })),
  }),
)
const hands = atMost(HANDS_MAX, object({ id: text, name: text }))
const questionKind: Check = value => KINDS_ASKED.has(value)
const outcome: Check = value => ALL_OUTCOMES.has(value)
const choices = atMost(CHOICES_MAX, text)
const counts = atMost(CHOICES_MAX, whole)
const result = { choice: maybe(whole), by: maybe(text), id: maybe(text), counts: maybe(counts) }
const order = maybe(atMost(ANSWERS_SHOWN, object({ id: text, name: text })))
const asked = {
  ...{ kind: questionKind, choices, until: time, outcome: maybe(outcome), ...result, order },
  to: maybe(either(object({ role: value => ROLES_ASKED.has(value) }), object({ name: text, id: text }))),
}
const ask = object(asked)
const question = object({
  ...{ ...asked, seq: count, at: time, room: text, from: text, id: text, text: maybe(text), total: whole },
  answers: atMost(
    ANSWERS_SHOWN,
    object({ id: text, name: text, choice: maybe(whole), place: whole, seq: count, at: time }),
  ),
  ...{ state: either(outcome, value => value === 'open'), nobody: maybe(mark) },
})
const KINDS_ASKED: ReadonlySet<unknown> = new Set(QUESTION_KINDS)
const ALL_OUTCOMES: ReadonlySet<unknown> = new Set(OUTCOMES)
const ROLES_ASKED: ReadonlySet<unknown> = new Set(ASKED_ROLES)
const CHANGES: ReadonlySet<unknown> = new Set(['raised', 'lowered', 'called'])
const pins = atMost(PINS_MAX, object({ seq: whole, by: text, at: time }))
const FILE_KINDS: ReadonlySet<unknown> = new Set([...PICTURE_KINDS, 'application/octet-stream'])

const liveEnd = object({
  ...{ size: whole, total: maybe(whole), status: maybe(count), ms: maybe(whole) },
  interrupted: maybe(mark),
})

const people: Check = value =>
  each(object({ id: text, name: text }))(value) && (value as readonly unknown[]).length <= IGNORED_MAX
const ACTS: ReadonlySet<unknown> = new Set(ACT_KINDS)
const LISTS_KNOWN: ReadonlySet<unknown> = new Set(LIST_NAMES)
const WHAT: ReadonlySet<unknown> = new Set(['message', ...STOPPABLE])
const ROOM_ROLES: ReadonlySet<unknown> = new Set(['founder', 'operator', 'voice'])

const TURNS: ReadonlySet<unknown> = new Set(['holding', 'waiting', 'lost', 'removed'])

const placed = { seq: count, at: time, i: maybe(count), last: maybe(truth) }
const numbered = { n: maybe(count) }
const members = each(object({ name: text, since: time, away: maybe(text) }))
const messages = each(
  object({ seq: count, at: time, room: maybe(text), from: text, to: maybe(text), text: maybe(text) }),
)

const SHAPES: ReadonlyMap<unknown, Check> = new Map(
  Object.entries({
    welcome: object({
      ...{ seq: count, at: time, name: text, session: text, epoch: text, token: maybe(text) },
      ...{ resumed: truth, gap: truth, rate: maybe(object({ perSecond: count, burst: count })) },
    }),
    room: object({ ...placed, room: text, topic: maybe(object({ text, by: text, at: time })), members }),
    said: object({ ...placed, room: text, from: text, text }),
    told: object({ ...placed, from: text, to: text, text }),
    joined: object({ ...placed, room: text, name: text, away: maybe(text) }),
    parted: object({ ...placed, room: text, name: text, reason: maybe(text) }),
    moderated: object({
      ...{ ...placed, act: acts, room: maybe(text), by: maybe(text), byId: maybe(text), who: maybe(text) },
      ...{ id: maybe(text), rule: maybe(count), value: maybe(text), mode: maybe(mode), reason: maybe(text) },
      ...{ set: maybe(modeValue), until: maybe(time) },
    }),
    held: object({ ...placed, room: text, from: text, text, filter: count }),
    ignored: object({ ...placed, id: text, name: text }),
    list: object({ ...numbered, what: one => LISTS_KNOWN.has(one), room: maybe(text), entries: Array.isArray }),
    tried: object({
      ...{ ...numbered, rule: text, room: maybe(text), switchOn: text, messages: whole, gone: whole, people: whole },
      ...{ stopped: object(Object.fromEntries(VERDICTS.map(verdict => [verdict, whole]))) },
      others: object(Object.fromEntries(STOPPABLE.map(what => [what, whole]))),
      ...{
        most: each(object({ id: text, name: text, count: whole })),
        rooms: each(object({ room: text, count: whole })),
      },
      ...{ first: maybe(time), last: maybe(time), from: maybe(time), to: maybe(time) },
      samples: each(
        object({ seq: whole, at: time, what: one => WHAT.has(one), room: maybe(text), from: text, text: maybe(text) }),
      ),
    }),
    quit: object({ ...placed, name: text, cause: text, by: maybe(text), reason: maybe(text) }),
    renamed: object({ ...placed, from: text, to: text }),
    away: object({ ...placed, name: text, note: maybe(text) }),
    topic: object({ ...placed, room: text, topic: text, by: text }),
    edited: object({ ...placed, room: maybe(text), target: count, text: maybe(text), from: text }),
    reacted: object({ ...placed, room: maybe(text), target: count, emoji, by: text }),
    pinned: object({ ...placed, room: text, target: count, by: text }),
    pictured: object({ ...placed, name: text, picture: either(text, value => value === null) }),
    hands: object({
      ...{ ...placed, room: text, hands, change: (one: unknown) => CHANGES.has(one), by: text, who: text },
    }),
    answered: object({
      ...{ ...placed, room: text, target: count, kind: questionKind, by: text, choice: maybe(whole) },
      ...{ label: maybe(text), place: whole, counts: maybe(counts) },
    }),
    concluded: object({
      ...{ ...placed, room: text, target: count, kind: questionKind, choices, asker: text, outcome, ...result, order },
    }),
    questions: object({ ...numbered, seq: count, room: text, open: Array.isArray, hands }),
    growing: object({ room: text, target: whole, size: whole, tail: text }),
    finished: object({ ...placed, room: text, target: whole, from: text, size: whole }),
    output: object({ ...numbered, target: whole, offset: whole, size: whole, data: text, end: maybe(liveEnd) }),
    typing: object({ room: maybe(text), name: text }),
    messages: object({ ...numbered, seq: count, messages }),
    pins: object({ ...numbered, seq: count, room: text, messages }),
    reactions: object({ ...numbered, target: count, reactions: Array.isArray }),
    deleted: object({ ...placed, room: maybe(text), target: count, by: text }),
    history: object({ ...numbered, seq: count, room: maybe(text), messages, more: truth, gone: maybe(count) }),
    found: object({ ...numbered, seq: count, words: text, messages, more: truth }),
    ok: object({ n: count, seq: count, question: maybe(count) }),
    rejected: object({ ...numbered, code: text, message: text, holder: maybe(text), until: maybe(time) }),
    rooms: object({ ...numbered, rooms: each(object({ room: text, members: count, topic: maybe(text) })) }),
    who: object({ ...numbered, room: text, members }),
    registered: object({ ...placed, name: text }),
    read: object({
      ...{ ...placed, room: maybe(text), with: maybe(text), id: maybe(text) },
      ...{ target: whole, unread: whole, mentions: whole },
    }),
    conversations: object({ ...numbered, seq: count, conversations: Array.isArray }),
    cursor: object({
      ...{ seq: count, at: time, cursor: text, room: text, is: one => TURNS.has(one) },
      ...{ place: whole, turn: count },
    }),
    cursors: object({ ...numbered, cursors: Array.isArray }),
    challenge: object({ ...numbered, nonce: maybe(text), server: maybe(text), passkey: maybe(object({})) }),
    devices: object({ ...numbered, name: text, credentials: Array.isArray }),
    account: object({ ...numbered, name: text, id: maybe(text), since: maybe(time), account: truth, here: truth }),
    ping: object({ seq: count }),
    pong: object({ seq: count, id: maybe(either(text, count)) }),
    closed: object({ code: text, message: text, reconnect: truth }),
    stalled: object({}),
  }),
)

export const isWhole = (json: object): boolean => 'type' in json && (SHAPES.get(json.type)?.(json) ?? false)

type Fields = Readonly<Record<string, Check>>

const member = { account: mark, picture: text }
const finish = { total: whole, status: count, ms: whole, interrupted: mark, tail: text, account: mark }
const message = {
  live: either(mark, object({ size: whole, tail: text, end: maybe(liveEnd) })),
  account: mark,
  other: text,
  mentions: ids,
  reply: whole,
  files,
  edited: time,
  reactions,
  ask,
}

/** Optional fields, by type. */
const OPTIONAL: ReadonlyMap<unknown, Fields> = new Map(
  Object.entries({
    welcome: { account: mark, credential: text, nodes: addresses, administrator: mark, modes, ignored: people },
    parted: { by: text },
    devices: { push: object({ key: text, devices: each(text) }) },
    ignored: { off: mark },
    held: { account: mark },
    closed: { nodes: addresses },
    stalled: { over: mark },
    room: { read: whole, unread: whole, mentions: whole, roles, modes, pins, hands },
    questions: { question, only: text },
    answered: { account: mark, first: mark },
    said: message,
    told: message,
    joined: member,
    edited: { account: mark, mentions: ids },
    reacted: { account: mark, off: mark },
    pinned: { off: mark },
    finished: finish,
  }),
)

/** The items of a list, by type: those that must be whole, or else are left out, and their optional fields. */
const LISTS: ReadonlyMap<unknown, List> = new Map(
  Object.entries({
    room: { field: 'members', optional: member },
    who: { field: 'members', optional: member },
    history: { field: 'messages', optional: message },
    found: { field: 'messages', optional: message },
    messages: { field: 'messages', optional: message },
    pins: { field: 'messages', optional: message },
    reactions: {
      ...{ field: 'reactions', optional: {}, most: REACTION_KINDS_MAX },
      item: object({ emoji, people: atMost(REACTIONS_MAX, object({ id: text, name: text })) }),
    },
    questions: { field: 'open', optional: {}, item: question, most: QUESTIONS_PER_ROOM },
    conversations: {
      ...{ field: 'conversations', optional: member, most: CONVERSATIONS_MAX },
      item: object({ with: text, id: text, read: whole, unread: whole }),
    },
    cursors: {
      ...{
        field: 'cursors',
        optional: { lag: whole, since: time, holder: text, away: mark, revoked: mark },
        most: CURSORS_MAX,
      },
      item: object({
        ...{ id: count, cursor: text, owner: text, room: text, place: whole, used: time, waiting: whole },
      }),
    },
    list: { field: 'entries', optional: {}, item: isRecord, most: HISTORY_PAGE_MAX },
    devices: {
      ...{ field: 'credentials', optional: { current: mark } },
      item: object({ id: text, kind: text, label: text, since: time, used: time, sessions: whole }),
    },
  }),
)

type List = { readonly field: string; readonly optional: Fields; readonly item?: Check; readonly most?: number }

/** The same object without optional fields and items that are wrong. */
export function tidied<T extends object>(json: T): T {
  const { type } = json as { readonly type?: unknown }
  const own = without(json, OPTIONAL.get(type) ?? {})
  const list = LISTS.get(type)
  if (!list) return own
  const { field, optional, item, most = Number.POSITIVE_INFINITY } = list
  const items = (own as Readonly<Record<string, unknown>>)[field] as readonly object[]
  const good = item ? items.filter(item).slice(0, most) : items
  const tidy = good.map(one => without(one, optional))
  return tidy.length === items.length && tidy.every((one, at) => one === items[at]) ? own : { ...own, [field]: tidy }
}

function without<T extends object>(json: T, fields: Fields): T {
  const wrong = Object.keys(fields).filter(
    name => name in json && !fields[name]?.((json as Readonly<Record<string, unknown>>)[name]),
  )
  if (wrong.length === 0) return json
  return Object.fromEntries(Object.entries(json).filter(([name]) => !wrong.includes(name))) as T
}
