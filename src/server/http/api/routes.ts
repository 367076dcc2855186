/** The HTTP API for programs: one table, used to read, answer and document requests. */
import * as keeping from './keeping/keeping-schema.ts'
import { finishLive, growLive, readOutput } from './lives/live-routes.ts'
import { QUESTION_ROUTES } from './questions/question-routes.ts'
import { CHANGED, GUARDED, json, refused, route } from './route.ts'
import * as schema from './schema.ts'

export const healthz = route({
  method: 'GET',
  path: '/healthz',
  id: 'health',
  summary: 'Reports whether the server can store messages.',
  scope: null,
  answers: {
    200: json('The server can store messages.', schema.health),
    503: json('The last write failed.', schema.health),
  },
})

export const readyz = route({
  method: 'GET',
  path: '/readyz',
  id: 'ready',
  summary: 'Reports whether the server should get new clients.',
  scope: null,
  answers: {
    200: json('It should.', schema.ready),
    503: json('It cannot store messages, is cut off from the other servers, or is behind them.', schema.ready),
  },
})

export const metrics = route({
  method: 'GET',
  path: '/metrics',
  id: 'metrics',
  summary: 'Returns metrics for Prometheus.',
  scope: null,
  answers: { 200: { description: 'Metrics in the text format of Prometheus.', type: 'text/plain', schema: null } },
})

export const here = route({
  method: 'GET',
  path: '/api/here',
  id: 'here',
  summary: 'Returns how many people are here, and whether guests may enter. The page shows it before you join.',
  scope: null,
  answers: { 200: json('The number of people, and whether guests may enter.', schema.here) },
})

export const listRooms = route({
  method: 'GET',
  path: '/api/rooms',
  id: 'listRooms',
  summary: 'Lists the rooms that the token may read.',
  scope: 'read',
  answers: { 200: json('The rooms, in the order of their names.', schema.rooms), ...GUARDED },
})

export const readMessages = route({
  method: 'GET',
  path: '/api/rooms/{room}/messages',
  id: 'readMessages',
  summary: 'Returns the latest messages of a room, or a page of earlier ones.',
  scope: 'read',
  params: schema.inRoom,
  query: schema.ofPast,
  answers: { 200: json('The messages.', schema.messages), ...GUARDED },
})

export const postMessage = route({
  method: 'POST',
  path: '/api/rooms/{room}/messages',
  id: 'postMessage',
  summary:
    'Sends a message to a room. The server answers when the message is stored. A body of text/plain is the text itself, and so is a body that `curl -d` sends.',
  scope: 'write',
  params: schema.inRoom,
  headers: schema.idempotent,
  body: schema.say,
  answers: {
    201: json(
      'The message is stored and shown. `Idempotent-Replayed: true` means that an earlier request stored it.',
      schema.posted,
    ),
    ...GUARDED,
    413: refused('The text or the body is too long.'),
    415: refused('The type or the charset of the body is not supported.'),
    422: refused('The Idempotency-Key was used for another message.'),
    503: refused('The server cannot store messages now.'),
  },
})

export const listen = route({
  method: 'GET',
  path: '/api/rooms/{room}/events',
  id: 'listen',
  summary: 'Streams the events of a room as Server-Sent Events, until the connection closes.',
  scope: 'read',
  params: schema.inRoom,
  headers: schema.resuming,
  answers: {
    200: {
      description: 'Events of the native protocol, one in each `data:`.',
      type: 'text/event-stream',
      schema: null,
    },
    ...GUARDED,
  },
})

export const unread = route({
  method: 'GET',
  path: '/api/unread',
  id: 'unread',
  summary: 'Returns the unread counts of an account. The request has the name and the password of the account.',
  scope: 'account',
  answers: {
    200: json('The unread counts of the account.', schema.unread),
    400: refused('The request is not valid.'),
    401: refused('The name or the password is wrong or missing.'),
    403: refused('The account or its address is banned.'),
    429: refused('Too many wrong passwords, or requests. `Retry-After` gives the seconds to wait.'),
    500: refused('The server failed on the request.'),
    503: refused('Too many people are signing in.'),
  },
})

export const keepOrder = route({
  method: 'POST',
  path: '/api/acts',
  id: 'keepOrder',
  summary: 'Kicks, bans, mutes, sets a mode or a filter, and so on. The server answers when it is stored and done.',
  scope: 'keep',
  body: keeping.act,
  answers: {
    200: json('It is done.', keeping.done),
    ...GUARDED,
    413: refused('The body is too long.'),
    415: refused('The type or the charset of the body is not supported.'),
    503: refused('The server cannot store anything now.'),
  },
})

export const readLog = route({
  method: 'GET',
  path: '/api/log',
  id: 'readLog',
  summary: 'Returns the log of acts of moderation, in a room or on the whole server.',
  scope: 'audit',
  query: keeping.ofList,
  answers: { 200: json('The latest acts, oldest first.', keeping.list), ...GUARDED },
})

export const readList = route({
  method: 'GET',
  path: '/api/lists/{what}',
  id: 'readList',
  summary: 'Returns the bans, mutes, filters, held messages, roles or modes of a room, or of the whole server.',
  scope: 'audit',
  params: keeping.inList,
  query: keeping.ofList,
  answers: { 200: json('The list.', keeping.list), ...GUARDED },
})

export const tryRule = route({
  method: 'GET',
  path: '/api/try',
  id: 'tryRule',
  summary: 'Tries a rule on the past: returns what it would have stopped. Nothing is switched on.',
  scope: 'audit',
  query: keeping.ofTrial,
  answers: { 200: json('What it would have stopped.', keeping.tried), ...GUARDED, 503: refused('It took too long.') },
})

export const listenToActs = route({
  method: 'GET',
  path: '/api/events',
  id: 'listenToActs',
  summary: 'Streams acts of moderation as Server-Sent Events, until the connection closes.',
  scope: 'audit',
  query: keeping.ofActs,
  headers: schema.resuming,
  answers: {
    200: {
      description: 'Events `moderated` of the native protocol, one in each `data:`.',
      type: 'text/event-stream',
      schema: null,
    },
    ...GUARDED,
  },
})

const FILES_POSTED = {
  201: json('The files are stored, and their message is shown.', schema.postedFiles),
  ...GUARDED,
  413: refused('A file is larger than this server takes.'),
  422: refused('A picture is damaged, or the Idempotency-Key was used for another message.'),
  503: refused('The server cannot store files or messages now.'),
  507: refused('Files take up as much here as they may.'),
}

export const putFile = route({
  method: 'PUT',
  path: '/api/rooms/{room}/files/{name}',
  id: 'putFile',
  summary: 'Stores a file, and posts it to a room. `curl -T FILE` sends such a request.',
  scope: 'write',
  params: schema.namedInRoom,
  query: schema.captioned,
  headers: schema.idempotent,
  upload: 'file',
  answers: FILES_POSTED,
})

export const postFiles = route({
  method: 'POST',
  path: '/api/rooms/{room}/files',
  id: 'postFiles',
  summary:
    'Stores the files of a form, and posts them to a room as one message. The field `text` says something with them.',
  scope: 'write',
  params: schema.inRoom,
  headers: schema.idempotent,
  upload: 'form',
  answers: FILES_POSTED,
})

export const editMessage = route({
  method: 'PATCH',
  path: '/api/rooms/{room}/messages/{seq}',
  id: 'editMessage',
  summary:
    'Gives a message of the token another text. The server answers when the text before is erased. A body of text/plain is the text itself.',
  scope: 'write',
  params: schema.inMessage,
  body: schema.edit,
  answers: {
    ...CHANGED,
    413: refused('The text or the body is too long.'),
    415: refused('The type or the charset of the body is not supported.'),
  },
})

export const react = route({
  method: 'PUT',
  path: '/api/rooms/{room}/messages/{seq}/reactions/{emoji}',
  id: 'react',
  summary: 'Reacts to a message.',
  scope: 'write',
  params: schema.inReaction,
  answers: CHANGED,
})

export const unreact = route({
  method: 'DELETE',
  path: '/api/rooms/{room}/messages/{seq}/reactions/{emoji}',
  id: 'unreact',
  summary: 'Takes a reaction of the token back.',
  scope: 'write',
  params: schema.inReaction,
  answers: CHANGED,
})

export const readPins = route({
  method: 'GET',
  path: '/api/rooms/{room}/pins',
  id: 'readPins',
  summary: 'Returns the pinned messages of a room.',
  scope: 'read',
  params: schema.inRoom,
  answers: { 200: json('The pinned messages.', schema.pins), ...GUARDED },
})

export const pinMessage = route({
  method: 'PUT',
  path: '/api/rooms/{room}/pins/{seq}',
  id: 'pinMessage',
  summary: 'Pins a message in its room.',
  scope: 'keep',
  params: schema.inMessage,
  answers: CHANGED,
})

export const unpinMessage = route({
  method: 'DELETE',
  path: '/api/rooms/{room}/pins/{seq}',
  id: 'unpinMessage',
  summary: 'Takes a message off the pinned ones.',
  scope: 'keep',
  params: schema.inMessage,
  answers: CHANGED,
})

const CURSOR_MOVED = {
  200: json('It is stored. The answer is how the cursor stands for this program.', schema.cursorTurn),
  ...GUARDED,
  404: refused('The token has no such cursor.'),
  409: refused('Another program has the turn, or the cursor is in another room.'),
  503: refused('The server cannot store anything now.'),
}

export const listCursors = route({
  method: 'GET',
  path: '/api/cursors',
  id: 'listCursors',
  summary: 'Lists the cursors of the token, with their lag. With a token that keeps order: those of all.',
  scope: 'read',
  answers: { 200: json('The cursors.', schema.cursors), ...GUARDED },
})

export const readCursor = route({
  method: 'GET',
  path: '/api/cursors/{cursor}',
  id: 'readCursor',
  summary: 'Returns a cursor of the token, with its lag.',
  scope: 'read',
  params: schema.inCursor,
  answers: { 200: json('The cursor.', schema.cursor), ...GUARDED, 404: refused('The token has no such cursor.') },
})

export const moveCursor = route({
  method: 'PUT',
  path: '/api/cursors/{cursor}',
  id: 'moveCursor',
  summary:
    'With `seq`: moves a cursor forward, for the program that has the turn. Without: claims it, or renews the claim; the first claim makes the cursor.',
  scope: 'read',
  params: schema.inCursor,
  body: schema.cursorChange,
  answers: CURSOR_MOVED,
})

export const setCursor = route({
  method: 'PATCH',
  path: '/api/cursors/{cursor}',
  id: 'setCursor',
  summary: 'Sets a cursor of the token to any place. Its holder goes on from there.',
  scope: 'read',
  params: schema.inCursor,
  body: schema.cursorPlace,
  answers: CURSOR_MOVED,
})

export const removeCursor = route({
  method: 'DELETE',
  path: '/api/cursors/{cursor}',
  id: 'removeCursor',
  summary: 'Removes a cursor of the token.',
  scope: 'read',
  params: schema.inCursor,
  answers: CURSOR_MOVED,
})

export const leaveCursor = route({
  method: 'DELETE',
  path: '/api/cursors/{cursor}/turn',
  id: 'leaveCursor',
  summary: 'Gives the turn to the next program that waits, or ceases to wait.',
  scope: 'read',
  params: schema.inCursor,
  query: schema.ofConsumer,
  answers: CURSOR_MOVED,
})

export const nextOfCursor = route({
  method: 'GET',
  path: '/api/cursors/{cursor}/next',
  id: 'nextOfCursor',
  summary:
    'Claims a cursor, and returns the first message after its place. `PUT` its number when it is handled; until then it comes again.',
  scope: 'read',
  params: schema.inCursor,
  query: schema.ofNext,
  answers: {
    200: json('The message.', schema.nextMessage),
    204: json('There was none in time, or another program has the turn.', schema.none),
    409: refused('The cursor is in another room.'),
    ...GUARDED,
    503: refused('The server cannot store anything now.'),
  },
})

/** The document itself is served, too, at OPENAPI_PATH. */
export const ROUTES = [
  ...([
    healthz,
    readyz,
    metrics,
    here,
    listRooms,
    readMessages,
    postMessage,
    editMessage,
    react,
    unreact,
    readPins,
    pinMessage,
    unpinMessage,
    growLive,
    finishLive,
    readOutput,
    putFile,
    postFiles,
    listen,
    unread,
  ] as const),
  ...([listCursors, readCursor, moveCursor, setCursor, removeCursor, leaveCursor, nextOfCursor] as const),
  ...([keepOrder, readLog, readList, tryRule, listenToActs] as const),
  ...QUESTION_ROUTES,
] as const
export const OPENAPI_PATH = '/api/openapi.json'
