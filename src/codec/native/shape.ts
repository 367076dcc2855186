/**
 * Checks that an object has what its type promises (docs/protocol.md). A client ignores any other object, as it ignores
 * unknown types. Fields that aren't named here aren't checked.
 */

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
    quit: object({ ...placed, name: text, cause: text, by: maybe(text), reason: maybe(text) }),
    renamed: object({ ...placed, from: text, to: text }),
    away: object({ ...placed, name: text, note: maybe(text) }),
    topic: object({ ...placed, room: text, topic: text, by: text }),
    deleted: object({ ...placed, room: maybe(text), target: count, by: text }),
    history: object({ ...numbered, seq: count, room: maybe(text), messages, more: truth }),
    found: object({ ...numbered, seq: count, words: text, messages, more: truth }),
    ok: object({ n: count, seq: count }),
    rejected: object({ ...numbered, code: text, message: text, holder: maybe(text), until: maybe(time) }),
    rooms: object({ ...numbered, rooms: each(object({ room: text, members: count, topic: maybe(text) })) }),
    who: object({ ...numbered, room: text, members }),
    ping: object({ seq: count }),
    pong: object({ seq: count, id: maybe(either(text, count)) }),
    closed: object({ code: text, message: text, reconnect: truth }),
  }),
)

export const isWhole = (json: object): boolean => 'type' in json && (SHAPES.get(json.type)?.(json) ?? false)
