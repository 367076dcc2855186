/** The HTTP API for programs: one table, used to read, answer and document requests. */
import type { ZodType } from 'zod'
import * as schema from './schema.ts'

export type Scope = 'read' | 'write'

export type RouteAnswer = {
  readonly description: string
  readonly type: 'application/json' | 'text/plain' | 'text/event-stream'
  /** Null: it is not JSON. */
  readonly schema: ZodType | null
}

export type Route<Params, Query, Headers, Body> = {
  readonly method: 'GET' | 'POST'
  /** In OpenAPI's form: `{room}`. */
  readonly path: string
  readonly id: string
  readonly summary: string
  /** What the token must allow; null: no token is needed. */
  readonly scope: Scope | null
  readonly params: ZodType<Params>
  readonly query: ZodType<Query>
  readonly headers: ZodType<Headers>
  readonly body: ZodType<Body> | null
  readonly answers: Readonly<Record<number, RouteAnswer>>
}

const json = (description: string, of: ZodType): RouteAnswer => ({ description, type: 'application/json', schema: of })
const refused = (description: string): RouteAnswer => json(description, schema.refusal)

const GUARDED = {
  400: refused('The request was not understood.'),
  401: refused('There is no token, or one that is not known.'),
  403: refused('The token does not allow this.'),
  429: refused('Too much was asked at once. `Retry-After` says for how many seconds to wait.'),
  500: refused('A defect of the server.'),
}

const route = <P, Q, H, B>(row: Route<P, Q, H, B>): Route<P, Q, H, B> => row

export const healthz = route({
  method: 'GET',
  path: '/healthz',
  id: 'health',
  summary: 'Whether the server can store what it is told.',
  scope: null,
  params: schema.none,
  query: schema.none,
  headers: schema.none,
  body: null,
  answers: { 200: json('It can.', schema.health), 503: json('It could not when it last tried.', schema.health) },
})

export const metrics = route({
  method: 'GET',
  path: '/metrics',
  id: 'metrics',
  summary: 'Numbers for Prometheus.',
  scope: null,
  params: schema.none,
  query: schema.none,
  headers: schema.none,
  body: null,
  answers: { 200: { description: 'The text format of Prometheus.', type: 'text/plain', schema: null } },
})

export const here = route({
  method: 'GET',
  path: '/api/here',
  id: 'here',
  summary: 'How many people are here; the page tells it to those who have no name yet.',
  scope: null,
  params: schema.none,
  query: schema.none,
  headers: schema.none,
  body: null,
  answers: { 200: json('Their number.', schema.here) },
})

export const listRooms = route({
  method: 'GET',
  path: '/api/rooms',
  id: 'listRooms',
  summary: 'The rooms there are, as far as the token may read them.',
  scope: 'read',
  params: schema.none,
  query: schema.none,
  headers: schema.none,
  body: null,
  answers: { 200: json('The rooms, by name.', schema.rooms), ...GUARDED },
})

export const readMessages = route({
  method: 'GET',
  path: '/api/rooms/{room}/messages',
  id: 'readMessages',
  summary: 'What was said in a room: the latest, or a page of the past.',
  scope: 'read',
  params: schema.inRoom,
  query: schema.ofPast,
  headers: schema.none,
  body: null,
  answers: { 200: json('The messages.', schema.messages), ...GUARDED },
})

export const postMessage = route({
  method: 'POST',
  path: '/api/rooms/{room}/messages',
  id: 'postMessage',
  summary:
    'Says something in a room. Answered when it is stored. A body of text/plain, and what `curl -d` sends, is the text itself.',
  scope: 'write',
  params: schema.inRoom,
  query: schema.none,
  headers: schema.idempotent,
  body: schema.say,
  answers: {
    201: json('It is stored and shown. With `Idempotent-Replayed: true` it was so before.', schema.posted),
    ...GUARDED,
    413: refused('The text, or the body, is too long.'),
    415: refused('The body is of another kind, or in a charset that is not known here.'),
    422: refused('The Idempotency-Key stands for another message.'),
    503: refused('The server cannot store it now.'),
  },
})

export const listen = route({
  method: 'GET',
  path: '/api/rooms/{room}/events',
  id: 'listen',
  summary: 'What happens in a room, as Server-Sent Events, for as long as the connection lasts.',
  scope: 'read',
  params: schema.inRoom,
  query: schema.none,
  headers: schema.resuming,
  body: null,
  answers: {
    200: {
      description: 'Events of the native protocol, one in each `data:`.',
      type: 'text/event-stream',
      schema: null,
    },
    ...GUARDED,
  },
})

/** The document itself is served, too, at OPENAPI_PATH. */
export const ROUTES = [healthz, metrics, here, listRooms, readMessages, postMessage, listen] as const
export const OPENAPI_PATH = '/api/openapi.json'
