/** Describes the fault of a request: the field, the form that it must have, and its value. */
import type * as z from 'zod'
import { GRANT_KEY_CHARS, HISTORY_PAGE_MAX } from '../../../model/limits.ts'
import { flatten } from '../../../model/text.ts'
import type { ofEnd, ofGrowing } from './lives/live-schema.ts'
import type { idempotent, inReaction, inRoom, ofPast, resuming, say } from './schema.ts'

type FieldsOf<T extends z.ZodType> = keyof z.infer<T> & string
type FaultField =
  | FieldsOf<typeof inRoom>
  | FieldsOf<typeof ofPast>
  | FieldsOf<typeof idempotent>
  | FieldsOf<typeof resuming>
  | FieldsOf<typeof say>
  | FieldsOf<typeof inReaction>
  | FieldsOf<typeof ofGrowing>
  | FieldsOf<typeof ofEnd>

/** The form that each field of the schemas must have. */
const MUST: Readonly<Record<FaultField, string>> = {
  room: 'be the name of a room',
  before: 'be the number of a message, such as 1042',
  after: 'be the number of a message, such as 1042',
  since: 'be a time ago such as 1h, a time such as 2026-11-22T10:00Z, or milliseconds since 1970',
  limit: `be a number from 1 to ${HISTORY_PAGE_MAX}`,
  q: 'have 1 to 256 characters',
  'idempotency-key': `have 1 to ${GRANT_KEY_CHARS} characters`,
  'last-event-id': 'be the id of an event, or the number of a message',
  text: 'be a string',
  action: 'be true or false',
  files: 'be a list such as [{"id":"…","name":"shot.png"}]',
  reply: 'be the number of a message, such as 1042',
  seq: 'be the number of a message, such as 1042',
  emoji: 'be one emoji, or its name between colons',
  live: 'be true or false',
  offset: 'be a number of bytes',
  status: 'be an exit status, such as 0',
  ms: 'be a number of milliseconds',
  total: 'be a number of bytes',
  interrupted: 'be true or false',
}

/** The part of the request that a field is in, as a person calls it. */
export type FaultPlace = 'path' | 'parameter' | 'header' | 'field'

/** Where a field belongs that somebody sends in a message. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ...(['ask', 'choices', 'kind', 'to', 'timeout', 'poll', 'buzz'] as const).map(
    field => [field, 'to ask, POST {"text":"…","choices":["yes","no"]} to /api/rooms/ROOM/questions'] as const,
  ),
  ['key', 'to mark a repeat, send the header Idempotency-Key'],
  ['room', 'the room stands in the path'],
])

/** A field that the request doesn't take, and what to send instead. `known`: the fields that it takes. */
export function unknownIn(where: FaultPlace, field: string, known: readonly string[]): string {
  const instead = where === 'field' && known.includes('live') ? ELSEWHERE.get(field) : undefined
  const takes = known.length === 0 ? 'it takes none' : `it takes ${known.join(', ')}`
  return `the ${where} ${shown(field)} is unknown here; ${instead ?? takes}`
}

/** `parameters`: those that the request takes instead. */
export function noBody(parameters: readonly string[]): string {
  return `this request takes no body${parameters.length === 0 ? '' : `, but parameters: ${parameters.join(', ')}`}`
}

/** Characters of the wrong value that the answer repeats. */
const SHOWN_MAX = 30

export function wrongIn(where: FaultPlace, given: unknown, field: PropertyKey | undefined): string {
  if (typeof field !== 'string' || typeof given !== 'object' || given === null) {
    return 'the body must be an object such as {"text":"hello"}'
  }
  const value = (given as Readonly<Record<string, unknown>>)[field]
  const called = where === 'path' ? 'the path' : `the ${where} ${field}`
  if (value === undefined) return `${called} is missing`
  if (Array.isArray(value) && where === 'parameter') return `${called} is given more than once`
  const must = MUST[field as FaultField] ?? 'have another form'
  return `${called} must ${must}, not ${shown(value)}`
}

function shown(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value).slice(0, SHOWN_MAX)
  if (value === '') return 'empty'
  const flat = flatten(value.slice(0, SHOWN_MAX + 1))
  return `"${flat.length > SHOWN_MAX ? `${flat.slice(0, SHOWN_MAX)}…` : flat}"`
}
