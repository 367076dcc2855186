/** The JSON of keeping order over HTTP. Acts, lists and trials are those of the native protocol (docs/protocol.md). */
import * as z from 'zod'
import { LISTS } from '../../../../model/command.ts'
import { readDuration } from '../../../../model/duration.ts'
import { HISTORY_PAGE_MAX } from '../../../../model/limits.ts'

/** Acts that a token of a keeper may ask for. */
export const ACT_TYPES = [
  ...(['kick', 'ban', 'unban', 'mute', 'unmute', 'except', 'unexcept', 'op', 'deop', 'voice', 'devoice'] as const),
  ...(['mode', 'filter', 'unfilter', 'invite', 'purge', 'delete', 'release', 'drop'] as const),
] as const

const name = z.string().optional()
const whole = z.int().positive().optional()

export const act = z
  .strictObject({
    type: z.enum(ACT_TYPES),
    who: name.describe('A member, an account, or a name that nobody has now.'),
    id: name.describe('The same by id.'),
    net: name.describe('A network such as `203.0.113.0/24`, instead of `who`.'),
    network: z.boolean().optional().describe('The network that `who` comes from.'),
    room: name.describe('Absent: the whole server.'),
    for: whole.describe('Seconds. Absent: until somebody ends it.'),
    reason: z.string().nullish(),
    rule: whole.describe('With `unban`, `unmute` and `unexcept`: the number of the sanction.'),
    mode: name,
    value: z.union([z.boolean(), z.number(), z.string()]).nullish().describe('Of the mode; null: off.'),
    is: z.enum(['words', 'expression']).optional(),
    pattern: name,
    action: z.enum(['warn', 'hold', 'refuse']).optional(),
    filter: whole.describe('The number of the filter.'),
    name: name.describe('The same as `who`, as the native protocol has it with some acts.'),
    n: z.number().optional().describe('It has no meaning here.'),
    seq: whole.describe('The number of the message, with `delete`, `release` and `drop`.'),
  })
  .meta({ id: 'Act', description: 'As in the native protocol, without `n`.' })

export const done = z
  .object({ seq: z.int().positive().describe('The number of the act.'), at: z.int().nonnegative() })
  .meta({ id: 'Done' })

const room = z.string().min(1).optional().describe('A room. Absent: the whole server.')
const count = z
  .string()
  .refine(text => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= HISTORY_PAGE_MAX)
  .transform(Number)

export const inList = z.object({ what: z.enum(LISTS.filter(what => what !== 'ignored')) })

export const ofList = z.strictObject({
  room,
  name: z.string().min(1).max(256).optional().describe('Only what is about this name.'),
  limit: count
    .optional()
    .meta({ type: 'integer', minimum: 1, maximum: HISTORY_PAGE_MAX })
    .describe('The latest entries, at most so many.'),
})

export const list = z
  .object({
    type: z.literal('list'),
    what: z.string(),
    room: z.string().optional(),
    entries: z
      .array(z.record(z.string(), z.unknown()))
      .describe('As in the native protocol. Fields that do not apply are absent.'),
  })
  .meta({ id: 'List' })

export const ofTrial = z.strictObject({
  rule: z.string().min(1).max(4096).describe('Such as `slow 10s` or `filter refuse spam`.'),
  room,
  for: z
    .string()
    .refine(text => (readDuration(text) ?? 0) >= 1000)
    .transform(text => (readDuration(text) ?? 0) / 1000)
    .optional()
    .meta({ type: 'string' })
    .describe('The past that it is tried on, such as 30d. Absent: since the journal begins.'),
})

export const ofActs = z.strictObject({ room })

const counted = z.int().nonnegative()
const time = z.int().nonnegative().nullable()
const person = { id: z.string(), name: z.string(), count: counted }
const sample = z.object({
  ...{ seq: z.int().positive(), at: z.int().nonnegative(), what: z.string(), verdict: z.string() },
  ...{ room: z.string().nullable(), from: z.string(), id: z.string(), text: z.string().nullable() },
})

export const tried = z
  .object({
    ...{ type: z.literal('tried'), rule: z.string(), room: z.string().nullable(), switchOn: z.string() },
    ...{ messages: counted, gone: counted, people: counted, first: time, last: time, from: time, to: time },
    stopped: z.object({ refused: counted, held: counted, warned: counted }),
    others: z.object({ join: counted, topic: counted, name: counted, note: counted }),
    most: z.array(z.object(person)),
    rooms: z.array(z.object({ room: z.string(), count: counted })),
    samples: z.array(sample),
  })
  .meta({ id: 'Tried' })
