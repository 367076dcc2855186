/**
 * The JSON of the HTTP API as schemas: requests are read with them, and the OpenAPI document is made from them. Bodies and
 * queries are strict: a field that isn't known is refused, since its sender would wait in vain for what it means.
 */
import * as z from 'zod'
import { readTime } from '../../../model/duration.ts'
import { ERRORS, type ErrorCode } from '../../../model/error.ts'
import {
  CURSOR_AS_CHARS,
  CURSOR_LAG_MAX,
  CURSOR_WAIT_MAX_S,
  FILE_NAME_MAX_BYTES,
  FILES_PER_MESSAGE,
  GRANT_KEY_CHARS,
  HISTORY_ON_JOIN,
  HISTORY_PAGE_MAX,
  ROOM_NAME_MAX_CHARS,
  TEXT_MAX_BYTES,
} from '../../../model/limits.ts'
import { PICTURE_KINDS } from '../../../model/message/file.ts'
import { asked } from './questions/question-schema.ts'

const seq = z
  .int()
  .positive()
  .describe('The number of the message. Numbers grow in the order of all inputs to the server.')
const at = z.int().nonnegative().describe('Milliseconds since 1970, UTC.')

export const refusal = z
  .object({
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]).describe('For programs.'),
    message: z.string().describe('For people, with the remedy.'),
    retry: z.boolean().describe('Whether the same request may succeed later.'),
  })
  .meta({ id: 'Refusal', description: 'Why the server refused the request.' })

export const here = z
  .object({
    members: z.int().nonnegative(),
    guests: z.boolean().describe('Whether people without an account may enter.'),
  })
  .meta({ id: 'Here' })
export const health = z.object({ status: z.enum(['ok', 'unwell']) }).meta({ id: 'Health' })

export const ready = z.object({ status: z.enum(['ok', 'unwell', 'cut-off', 'behind']) }).meta({ id: 'Ready' })

const room = z
  .object({
    room: z.string(),
    members: z.int().nonnegative().describe('The number of members.'),
    topic: z.string().nullable(),
  })
  .meta({ id: 'Room' })

export const rooms = z.object({ rooms: z.array(room) }).meta({ id: 'Rooms' })

const side = z.int().positive().describe('Pixels.')
const sentFile = z
  .object({
    id: z.string(),
    url: z.string().describe('The path of the link. Whoever has it may read the file.'),
    name: z.string(),
    kind: z.enum([...PICTURE_KINDS, 'application/octet-stream']).describe('Told from the bytes.'),
    size: z.int().nonnegative().describe('In bytes, without what was taken out of a picture.'),
    width: side.optional(),
    height: side.optional(),
    thumb: z.object({ url: z.string(), width: side.optional(), height: side.optional() }).optional(),
  })
  .meta({ id: 'File' })

const message = z
  .object({
    seq,
    at,
    room: z.string(),
    from: z.string(),
    id: z.string().describe('The id of the author. It is unique, and stays the same under every name.'),
    text: z
      .string()
      .optional()
      .describe(
        'Absent if the message was deleted or is no longer kept; and without `deleted` while it is being edited.',
      ),
    deleted: z.literal(true).optional(),
    action: z.literal(true).optional().describe('Whether the text is an action, in the third person.'),
    account: z.literal(true).optional().describe('The author has an account. Absent: it was a guest.'),
    mentions: z.array(z.string()).optional().describe('The ids of the members that the text mentions. Absent: none.'),
    reply: z.int().positive().optional().describe('The number of the message that it answers. Absent: none.'),
    edited: z.int().nonnegative().optional().describe('When it was edited last. Absent: never.'),
    reactions: z
      .array(z.object({ emoji: z.string(), ids: z.array(z.string()).describe('Of those who reacted with it.') }))
      .optional(),
    files: z.array(sentFile).optional(),
    ask: asked.optional().describe('The question that it asks. Absent: none.'),
    live: z
      .object({
        size: z.int().nonnegative().describe('Bytes of its output so far.'),
        tail: z.string().describe('Its last lines.'),
        end: z
          .object({
            size: z.int().nonnegative(),
            total: z.int().optional().describe('Bytes that the program wrote, if the output has fewer.'),
            status: z.int().optional().describe('The exit status. Absent: it is not known.'),
            ms: z.int().nonnegative().optional().describe('How long it took, in milliseconds.'),
            interrupted: z.literal(true).optional(),
          })
          .optional()
          .describe('Absent: it grows.'),
      })
      .optional()
      .describe('The message is live: it has the output of a program.'),
  })
  .meta({ id: 'Message' })

export const messages = z
  .object({
    room: z.string(),
    messages: z.array(message).describe('Oldest first.'),
    more: z.boolean().describe('Whether there are more messages in the requested direction.'),
  })
  .meta({ id: 'Messages' })

const counts = {
  read: z.int().nonnegative().describe('The number of the last input that was read there.'),
  unread: z.int().nonnegative().describe('How many messages came after it, at most 1000. 1000 means 1000 or more.'),
  mentions: z.int().nonnegative().describe('How many of these mention the account.'),
}

export const unread = z
  .object({
    name: z.string(),
    id: z.string().describe('The id of the account.'),
    rooms: z.array(z.object({ room: z.string(), ...counts })).describe('In the order of their names.'),
    conversations: z
      .array(
        z.object({
          with: z.string().describe('The name of the other party.'),
          id: z.string().describe('Its id.'),
          ...counts,
          account: z.literal(true).optional(),
        }),
      )
      .describe('Direct messages; the latest conversation first.'),
  })
  .meta({ id: 'Unread' })

export const posted = z.object({ seq, at, room: z.string(), from: z.string() }).meta({ id: 'Posted' })

export const postedFiles = posted.extend({ files: z.array(sentFile) }).meta({ id: 'PostedFiles' })

export const inRoom = z.object({
  room: z
    .string()
    .min(1)
    .max(ROOM_NAME_MAX_CHARS * 8)
    .describe('The name of the room. The room `lobby` always exists.'),
})

export const namedInRoom = inRoom.extend({
  name: z
    .string()
    .max(FILE_NAME_MAX_BYTES)
    .describe('The name of the file. `curl -T FILE` appends it to a URL that ends in a slash.'),
})

export const captioned = z.strictObject({ text: z.string().optional().describe('What is said with the file.') })

/** One message of a room. */
export const inMessage = inRoom.extend({
  seq: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number)
    .meta({ type: 'integer', minimum: 1 })
    .describe('The number of the message.'),
})

export const inReaction = inMessage.extend({
  emoji: z.string().min(1).max(64).describe('One emoji, URL-encoded, or its name between colons, such as `:tada:`.'),
})

/** A number as it stands in a URL: digits only, at least one. */
const count = (least: number, most: number) =>
  z
    .string()
    .refine(text => /^\d{1,15}$/.test(text) && Number(text) >= least && Number(text) <= most)
    .transform(Number)
const place = count(0, 10 ** 15 - 1)
  .optional()
  .meta({ type: 'integer', minimum: 0 })
export const ofPast = z.strictObject({
  before: place.describe('Messages before this number.'),
  after: place.describe('Messages after this number, beginning with the next one.'),
  since: z
    .string()
    .refine(text => readTime(text, 0) !== null)
    .optional()
    .describe(
      'Messages from this time on: a time ago such as 1h, 30m or 2d; ISO 8601, in UTC unless it has an offset; or milliseconds since 1970.',
    ),
  limit: count(1, HISTORY_PAGE_MAX)
    .default(HISTORY_ON_JOIN)
    .meta({ type: 'integer', minimum: 1, maximum: HISTORY_PAGE_MAX })
    .describe('The maximum number of messages. A page of long messages has fewer.'),
  q: z.string().min(1).max(256).optional().describe('Only messages that contain all of these words.'),
})

export const say = z
  .strictObject({
    text: z.string().describe(`At most ${TEXT_MAX_BYTES} bytes of UTF-8.`),
    action: z.boolean().default(false).describe('Whether the text is an action, in the third person.'),
    reply: seq.optional().describe('The number of the message in this room that it answers.'),
    live: z.boolean().optional().describe('The message grows, by PUT to its `output`. The text is its title.'),
    files: z
      .array(z.object({ id: z.string().min(1).max(64), name: z.string().max(4096).default('file') }))
      .max(FILES_PER_MESSAGE)
      .optional()
      .describe('Files that the token has uploaded with `POST /files`. With files, the text may be empty.'),
  })
  .meta({ id: 'Say' })

export const edit = z
  .strictObject({ text: z.string().describe(`The new text, at most ${TEXT_MAX_BYTES} bytes of UTF-8.`) })
  .meta({ id: 'Edit' })

export const grown = z
  .object({ seq, room: z.string(), size: z.int().nonnegative().describe('Bytes of the output so far.') })
  .meta({ id: 'Grown' })

export const changed = z.object({ seq, at, room: z.string() }).meta({ id: 'Changed' })

export const pins = z
  .object({ room: z.string(), messages: z.array(message).describe('In the order of pinning.') })
  .meta({
    id: 'Pins',
  })

/** Header names in lower case, as Node gives them. */
export const idempotent = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(GRANT_KEY_CHARS)
    .optional()
    .describe('Marks a repeat. The server answers it like the first request, and does not send the message again.'),
})

export const resuming = z.object({
  'last-event-id': z
    .string()
    .regex(/^\d{1,15}(-[\w-]{1,64})?$/)
    .optional()
    .describe(
      'The last id that the client received, or the number of a message. The stream begins with the events after it.',
    ),
})

export const none = z.object({})
/** No parameter may be given. */
export const nothing = z.strictObject({})

export const inCursor = z.object({
  cursor: z
    .string()
    .min(1)
    .max(ROOM_NAME_MAX_CHARS * 8)
    .describe('The name of the cursor, which is one of the token.'),
})

const as = z
  .string()
  .max(CURSOR_AS_CHARS)
  .regex(/^[\w.-]*$/)
  .default('')
  .describe('Tells the programs of one token apart. They take turns.')
const turn = z.int().positive().describe('Names the turn of the holder. A move under an earlier turn is refused.')

export const ofConsumer = z.strictObject({ as })

export const ofNext = z.strictObject({
  as,
  room: z
    .string()
    .min(1)
    .max(ROOM_NAME_MAX_CHARS * 8)
    .optional()
    .describe('The room of a new cursor. Absent: that of the token, or the lobby.'),
  from: place.describe('The number after which a new cursor begins. Absent: after what was said so far.'),
  wait: count(0, CURSOR_WAIT_MAX_S)
    .default(0)
    .meta({ type: 'integer', minimum: 0, maximum: CURSOR_WAIT_MAX_S })
    .describe('Seconds to wait for a message.'),
})

export const cursorChange = z
  .strictObject({
    as,
    seq: z.int().nonnegative().optional().describe('All messages up to this number are handled.'),
    turn: turn.optional(),
    room: z
      .string()
      .max(ROOM_NAME_MAX_CHARS * 8)
      .optional()
      .describe('Without `seq`: the room of the cursor. Absent, for a new one: that of the token, or the lobby.'),
    from: z.int().nonnegative().optional().describe('Without `seq`: the number after which a new cursor begins.'),
  })
  .meta({ id: 'CursorChange' })

export const cursorPlace = z
  .strictObject({ seq: z.int().nonnegative().nullable().describe('The new place; null: the end of the room.') })
  .meta({ id: 'CursorPlace' })

export const cursorTurn = z
  .object({
    ...{ seq, at },
    cursor: z.string(),
    room: z.string(),
    is: z.enum(['holding', 'waiting', 'lost', 'removed']).describe('Whether this program has the turn.'),
    place: z.int().nonnegative().describe('All messages up to this number are handled.'),
    turn,
  })
  .meta({ id: 'CursorTurn' })

const cursorEntry = z
  .object({
    id: z.int().positive().describe('The number of the cursor, by which `/metrics` has it.'),
    cursor: z.string(),
    owner: z.string(),
    room: z.string(),
    place: z.int().nonnegative().describe('All messages up to this number are handled.'),
    lag: z
      .int()
      .nonnegative()
      .optional()
      .describe(`Messages after that, at most ${CURSOR_LAG_MAX}. Absent: you may not read the room.`),
    since: at.optional().describe('When the first of these was sent. Absent: there is none.'),
    used: at.describe('When it was last claimed or moved.'),
    holder: z
      .string()
      .optional()
      .describe('A session, or `as` of a program with a token. Absent: nobody has the turn.'),
    away: z.literal(true).optional().describe('The holder has no connection.'),
    waiting: z.int().nonnegative().describe('Programs that wait for their turn.'),
    revoked: z.literal(true).optional().describe('Its token was revoked. A new token of that name has it.'),
  })
  .meta({ id: 'Cursor' })

export const cursor = cursorEntry
export const cursors = z.object({ cursors: z.array(cursorEntry) }).meta({ id: 'Cursors' })

export const nextMessage = message.extend({ turn }).meta({ id: 'NextMessage' })
