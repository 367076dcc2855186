/** The requests of the native protocol, as docs/protocol.md specifies them. Unknown fields are ignored. */
import * as z from 'zod'
import { LISTS } from '../../model/command.ts'
import {
  ASK_KEY_MAX_CHARS,
  CHOICES_MAX,
  FILES_PER_MESSAGE,
  HISTORY_ON_JOIN,
  HISTORY_PAGE_MAX,
  LABEL_MAX_CHARS,
  LIVE_ANSWER_BYTES,
  LIVE_PIECE_BYTES,
  MESSAGES_ASKED_MAX,
  PASSWORD_MAX_CHARS,
  PUSH_ENDPOINT_CHARS,
  TOKEN_MAX_CHARS,
} from '../../model/limits.ts'
import { LOBBY } from '../../model/name/standing.ts'
import { QUESTION_KINDS } from '../../model/question.ts'

/** Characters of the id of a member, or of a ping. */
export const ID_MAX_CHARS = 64

/** An emoji, or its `:shortcode:`. */
const EMOJI_MAX_CHARS = 64

/** Base64 of one piece. */
const LIVE_DATA_MAX_CHARS = Math.ceil(LIVE_PIECE_BYTES / 3) * 4

const n = z.int().positive().optional()
const room = z.string().default(LOBBY)
const text = z.string()
const reason = z.string().nullish()
const place = z.int().nonnegative().nullable().default(null)
const limit = z.int().min(0).max(HISTORY_PAGE_MAX)
const action = z.boolean().default(false)
const seq = z.int().positive()
const off = z.boolean().optional()
const fileId = z.string().min(1).max(ID_MAX_CHARS)
/** A name that is too long is cut later. */
const file = z.object({ id: fileId, name: z.string().max(4096).default('file') })
const attached = { reply: seq.nullable().optional(), files: z.array(file).max(FILES_PER_MESSAGE).readonly().optional() }
const ask = z.object({
  kind: z.enum(QUESTION_KINDS),
  choices: z.array(z.string().max(1024)).max(CHOICES_MAX).readonly().default([]),
  to: z.string().max(256).optional(),
  timeout: z.int().positive().optional(),
  key: z.string().min(1).max(ASK_KEY_MAX_CHARS).optional(),
})
const id = z.string().max(ID_MAX_CHARS).optional()
/** Absent: the whole server. */
const placed = z.string().optional()
const whom = { who: z.string().max(256).optional(), id }
const seconds = z.int().positive()
const cursor = z.string().max(1024)
const owner = z.string().max(256).optional()
const secret = z.string().max(TOKEN_MAX_CHARS)
const password = z.string().max(PASSWORD_MAX_CHARS)
const label = z.string().max(LABEL_MAX_CHARS).optional()
const invite = secret.optional()
/** An answer of WebAuthn, whose fields its library checks. */
const webauthn = z.record(z.string(), z.unknown())
const signIn = z.union([
  z.object({ password }),
  z.object({ kept: secret }),
  z.object({ key: secret }),
  z.object({ passkey: z.literal(true) }),
])
const endpoint = z.string().max(PUSH_ENDPOINT_CHARS)
const pushKey = z.string().max(256)
const newAccount = z.object({ password: password.optional(), key: secret.optional(), label })

export const request = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    name: z.string().optional(),
    room: z.string().nullish(),
    features: z.array(z.string().max(64)).max(64).default([]),
    token: z.string().max(TOKEN_MAX_CHARS).optional(),
    cursor: z.int().nonnegative().default(0),
    epoch: z.string().max(64).default(''),
    whole: z.boolean().default(false),
    history: limit.nullable().default(null),
    password: password.optional(),
    account: signIn.optional(),
    register: newAccount.optional(),
    invite,
  }),
  z.object({
    type: z.literal('prove'),
    signature: secret.optional(),
    seen: z.string().max(128).optional(),
    passkey: webauthn.optional(),
  }),
  z.object({
    type: z.literal('say'),
    n,
    room,
    text,
    action,
    ...attached,
    ask: ask.optional(),
    live: z.boolean().optional(),
  }),
  z.object({
    ...{ type: z.literal('answer'), n, seq: seq.nullable().default(null), room },
    ...{ choice: z.int().nonnegative().optional(), word: z.string().max(1024).optional() },
  }),
  z.object({ type: z.literal('close'), n, seq: seq.nullable().default(null), room }),
  z.object({ type: z.literal('hand'), n, room, off, next: z.boolean().optional() }),
  z.object({ type: z.literal('questions'), n, room, seq: seq.optional(), only: z.literal('hands').optional() }),
  z.object({
    type: z.literal('grow'),
    n,
    seq,
    offset: z.int().nonnegative(),
    data: z.string().max(LIVE_DATA_MAX_CHARS),
  }),
  z.object({
    ...{ type: z.literal('finish'), n, seq, status: z.int().nullable().default(null) },
    ...{ ms: z.int().nonnegative().nullable().default(null), interrupted: z.boolean().optional() },
    total: z.int().nonnegative().optional(),
  }),
  z.object({
    ...{ type: z.literal('output'), n, seq, offset: z.int().default(0) },
    limit: z.int().positive().max(LIVE_ANSWER_BYTES).default(LIVE_ANSWER_BYTES),
  }),
  z.object({ type: z.literal('tell'), n, to: text, id, text, action, ...attached }),
  z.object({ type: z.literal('edit'), n, seq: seq.nullable().default(null), room, text }),
  z.object({
    ...{ type: z.literal('react'), n, seq: seq.nullable().default(null), room },
    ...{ emoji: z.string().max(EMOJI_MAX_CHARS), off },
  }),
  z.object({ type: z.literal('pin'), n, seq, off }),
  z.object({ type: z.literal('picture'), n, file: fileId.nullable() }),
  z.object({ type: z.literal('messages'), n, seqs: z.array(seq).max(MESSAGES_ASKED_MAX).readonly() }),
  z.object({ type: z.literal('reactions'), n, seq }),
  z.object({ type: z.literal('pins'), n, room }),
  z.object({ type: z.literal('join'), n, room: z.string(), key: z.string().max(1024).optional() }),
  z.object({ type: z.literal('part'), n, room: z.string(), reason }),
  z.object({ type: z.literal('topic'), n, room, topic: z.string() }),
  z.object({ type: z.literal('nick'), n, name: z.string() }),
  z.object({ type: z.literal('away'), n, note: z.string().nullish() }),
  z.object({ type: z.literal('kick'), n, name: z.string().optional(), ...whom, room: placed, reason }),
  z.object({
    type: z.literal(['ban', 'mute', 'except']),
    n,
    ...whom,
    net: z.string().max(64).optional(),
    network: z.boolean().optional(),
    room: placed,
    for: seconds.optional(),
    reason,
  }),
  z.object({
    type: z.literal(['unban', 'unmute', 'unexcept']),
    n,
    ...whom,
    net: z.string().max(64).optional(),
    rule: z.int().positive().optional(),
    room: placed,
  }),
  z.object({ type: z.literal(['op', 'deop', 'voice', 'devoice', 'admin', 'unadmin']), n, ...whom, room: placed }),
  z.object({
    type: z.literal('mode'),
    n,
    mode: z.string().max(64),
    value: z.union([z.boolean(), z.number(), z.string().max(1024)]).nullish(),
    room: placed,
    for: seconds.optional(),
  }),
  z.object({
    type: z.literal('filter'),
    n,
    is: z.enum(['words', 'expression']).default('words'),
    pattern: z.string().max(4096),
    action: z.enum(['warn', 'hold', 'refuse']).default('refuse'),
    room: placed,
  }),
  z.object({ type: z.literal('unfilter'), n, filter: z.int().positive(), room: placed }),
  z.object({ type: z.literal('invite'), n, ...whom, room }),
  z.object({ type: z.literal('purge'), n, ...whom, room: placed, for: seconds }),
  z.object({ type: z.literal(['release', 'drop']), n, seq: z.int().positive() }),
  z.object({ type: z.literal(['ignore', 'unignore']), n, ...whom }),
  z.object({
    type: z.literal('list'),
    n,
    what: z.enum(LISTS),
    room: z.string().nullable().default(LOBBY),
    name: z.string().max(256).optional(),
    limit: limit.default(HISTORY_PAGE_MAX),
  }),
  z.object({
    type: z.literal('try'),
    n,
    rule: z.string().max(4096),
    room: z.string().nullable().default(LOBBY),
    for: seconds.optional(),
  }),
  z.object({ type: z.literal('cursor-claim'), n, cursor, room, from: z.int().nonnegative().optional() }),
  z.object({ type: z.literal('cursor-move'), n, cursor, turn: seq, seq: z.int().nonnegative() }),
  z.object({ type: z.literal('cursor-leave'), n, cursor }),
  z.object({ type: z.literal('cursor-set'), n, cursor, owner, seq: z.int().nonnegative().nullable() }),
  z.object({ type: z.literal('cursor-remove'), n, cursor, owner }),
  z.object({ type: z.literal('cursors'), n }),
  z.object({ type: z.literal('bye'), n, reason }),
  z.object({ type: z.literal('rooms'), n }),
  z.object({ type: z.literal('who'), n, room }),
  z.object({
    type: z.literal('history'),
    n,
    room: z.string().nullable().default(LOBBY),
    with: z.string().optional(),
    id,
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
  z.object({ type: z.literal('register'), n, ...newAccount.shape, invite }),
  z.object({ type: z.literal('login'), n, name: z.string().default(''), account: signIn, room: z.string().optional() }),
  z.object({ type: z.literal('password'), n, old: password.optional(), new: password }),
  z.object({ type: z.literal('keep'), n, secret, label }),
  z.object({ type: z.literal('add-key'), n, key: secret, label }),
  z.object({ type: z.literal('passkey'), n }),
  z.object({ type: z.literal('add-passkey'), n, response: webauthn, label }),
  z.object({ type: z.literal('revoke'), n, credential: z.string().max(64) }),
  z.object({ type: z.literal('logout'), n, everywhere: z.boolean().default(false) }),
  z.object({
    type: z.literal('push'),
    n,
    endpoint,
    p256dh: pushKey,
    auth: pushKey,
    preview: z.boolean().default(false),
  }),
  z.object({ type: z.literal('unpush'), n, endpoint: endpoint.optional() }),
  z.object({ type: z.literal('devices'), n }),
  z.object({ type: z.literal('account'), n, name: z.string().optional() }),
  z.object({ type: z.literal('conversations'), n }),
  z.object({
    type: z.literal('read'),
    n,
    room: z.string().optional(),
    with: z.string().optional(),
    id,
    seq: z.int().nonnegative(),
  }),
  z.object({ type: z.literal('typing'), room: z.string().optional(), with: z.string().optional(), id }),
  z.object({ type: z.literal('delete'), n, seq: z.int().positive().nullable().default(null), room }),
  z.object({ type: z.literal('ping'), id: z.union([z.string().max(ID_MAX_CHARS), z.number()]).optional() }),
  z.object({ type: z.literal('pong') }),
])

export type Request = z.infer<typeof request>
