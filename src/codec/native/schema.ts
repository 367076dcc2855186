/** The requests of the native protocol, as docs/protocol.md specifies them. Unknown fields are ignored. */
import * as z from 'zod'
import { HISTORY_ON_JOIN, HISTORY_PAGE_MAX, PASSWORD_MAX_CHARS, TOKEN_MAX_CHARS } from '../../model/limits.ts'

const n = z.int().positive().optional()
const room = z.string().default('lobby')
const text = z.string()
const reason = z.string().nullish()
const place = z.int().nonnegative().nullable().default(null)
const limit = z.int().min(0).max(HISTORY_PAGE_MAX)
const action = z.boolean().default(false)

export const request = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    name: z.string().optional(),
    room: z.string().nullish(),
    features: z.array(z.string().max(64)).max(64).default([]),
    token: z.string().max(TOKEN_MAX_CHARS).optional(),
    cursor: z.int().nonnegative().default(0),
    epoch: z.string().max(64).default(''),
    history: limit.nullable().default(null),
    password: z.string().max(PASSWORD_MAX_CHARS).optional(),
  }),
  z.object({ type: z.literal('say'), n, room, text, action }),
  z.object({ type: z.literal('tell'), n, to: text, text, action }),
  z.object({ type: z.literal('join'), n, room: z.string() }),
  z.object({ type: z.literal('part'), n, room: z.string(), reason }),
  z.object({ type: z.literal('topic'), n, room, topic: z.string() }),
  z.object({ type: z.literal('nick'), n, name: z.string() }),
  z.object({ type: z.literal('away'), n, note: z.string().nullish() }),
  z.object({ type: z.literal('kick'), n, name: z.string(), reason }),
  z.object({ type: z.literal('bye'), n, reason }),
  z.object({ type: z.literal('rooms'), n }),
  z.object({ type: z.literal('who'), n, room }),
  z.object({
    type: z.literal('history'),
    n,
    room: z.string().nullable().default('lobby'),
    before: place,
    after: place,
    since: place,
    limit: limit.default(HISTORY_ON_JOIN),
  }),
  z.object({
    type: z.literal('search'),
    n,
    words: z.string().max(256),
    room: z.string().nullable().default(null),
    before: place,
    limit: limit.default(HISTORY_ON_JOIN),
  }),
  z.object({ type: z.literal('delete'), n, seq: z.int().positive().nullable().default(null), room }),
  z.object({ type: z.literal('ping'), id: z.union([z.string().max(64), z.number()]).optional() }),
  z.object({ type: z.literal('pong') }),
])

export type Request = z.infer<typeof request>
