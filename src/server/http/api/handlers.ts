/** The handler of each route of the table. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type * as z from 'zod'
import { readTime } from '../../../model/duration.ts'
import { HTTP_BODY_MAX_BYTES } from '../../../model/limits.ts'
import type { Message } from '../../../model/message/message.ts'
import { soughtIn } from '../../../model/search/match.ts'
import type { Grant } from '../../../model/state/grant.ts'
import { flatten } from '../../../model/text.ts'
import type { HistoryRange } from '../../../port/history.ts'
import { may } from '../../../reducer/may.ts'
import { withEditing } from '../../ingress/targets/being-edited.ts'
import { vetRoom } from '../../ingress/vetting/vetted.ts'
import type { Api } from '../../programs/api.ts'
import { addressOf } from '../client-address.ts'
import { BadBody, readBodies } from './bodies.ts'
import { serveChanges } from './changes.ts'
import { serveCursors } from './cursors/cursors.ts'
import { serveKeeping } from './keeping/keeping.ts'
import { serveLives } from './lives/lives.ts'
import { messageJson } from './message-json.ts'
import { exposition } from './metrics/metrics.ts'
import { openApi } from './openapi.ts'
import { serveQuestions } from './questions/questions.ts'
import { refuse } from './refusals.ts'
import {
  healthz,
  here,
  listen,
  listRooms,
  metrics,
  OPENAPI_PATH,
  postMessage,
  readMessages,
  readyz,
  unread,
} from './routes.ts'
import type { messages, ofPast, posted, rooms, unread as unreadCounts } from './schema.ts'
import { refuseCounted, serve, serveOpen } from './serve.ts'
import { cursorOf, stream } from './sse.ts'

export function serveApi(app: FastifyInstance, api: Api): void {
  app.register(async scope => {
    scope.setErrorHandler((error, _, reply) => onError(api, error, reply))
    readBodies(scope)
    routes(scope, api)
    scope.all('/api', nothing)
    scope.all('/api/*', nothing)
  })
}

function routes(app: FastifyInstance, api: Api): void {
  const document = openApi()
  app.get(OPENAPI_PATH, async () => document)
  serveOpen(app, healthz, ({ reply }) => {
    const isWell = api.healthy()
    return fresh(reply)
      .code(isWell ? 200 : 503)
      .send({ status: isWell ? 'ok' : 'unwell' })
  })
  serveOpen(app, readyz, ({ reply }) => {
    const why = api.unready()
    return fresh(reply)
      .code(why === null ? 200 : 503)
      .send({ status: why ?? 'ok' })
  })
  serveOpen(app, metrics, async ({ reply }) => {
    const { type, text } = await exposition(api)
    return fresh(reply).type(type).send(text)
  })
  serveOpen(app, here, ({ reply }) => fresh(reply).send({ members: api.state().members.size, guests: api.guests }))
  serve(app, api, listRooms, (grant, { reply }) => {
    // A secret room is listed for a token of this room alone.
    const seen = [...api.state().rooms.values()].filter(
      ({ room, modes }) => mayRead(api, grant, room) && (modes.secret === undefined || grant.room === room),
    )
    const answer: z.infer<typeof rooms> = {
      rooms: seen
        .map(({ room, members, topic }) => ({ room, members: members.size, topic: topic?.text ?? null }))
        .sort((a, b) => (a.room < b.room ? -1 : 1)),
    }
    return fresh(reply).send(answer)
  })
  serve(app, api, readMessages, async (_, { params, query, reply }) => {
    const room = vetRoom(params.room)
    if (!room.ok) return refuseCounted(api, reply, room.code, room.detail)
    if (query.q !== undefined && soughtIn(query.q).length === 0) return refuseCounted(api, reply, 'words-empty')
    return fresh(reply).send(await past(api, room.value, query))
  })
  serve(app, api, postMessage, async (grant, { params, headers, body, reply }) => {
    const key = headers['idempotency-key'] ?? null
    const outcome = await api.post(grant, { ...body, room: params.room, key })
    if (!outcome.ok) return refuseCounted(api, reply, outcome.code, outcome.detail)
    const { seq, at, repeated } = outcome
    if (repeated) reply.header('Idempotent-Replayed', 'true')
    const room = vetRoom(params.room)
    const answer: z.infer<typeof posted> = { seq, at, room: room.ok ? room.value : params.room, from: grant.name.text }
    return fresh(reply).code(201).send(answer)
  })
  serveOpen(app, unread, async ({ request, reply }) => {
    const who = basicOf(request.headers.authorization)
    const attempt = { address: addressOf(request.raw), isWanted: () => !request.raw.socket.destroyed }
    const answer = who ? await api.unread(who, attempt) : UNNAMED
    if (!answer.ok) return refuseCounted(api, reply, answer.code, answer.detail)
    const told: z.infer<typeof unreadCounts> = {
      name: answer.name.text,
      id: answer.account,
      rooms: [...answer.rooms],
      conversations: answer.conversations.map(({ account, ...one }) => ({ ...one, ...(account && { account }) })),
    }
    return fresh(reply).send(told)
  })
  serve(app, api, listen, (grant, { params, headers, reply }) => {
    const room = vetRoom(params.room)
    if (!room.ok) return refuseCounted(api, reply, room.code, room.detail)
    const cursor = cursorOf(headers['last-event-id'])
    if (stream(api, reply, listener => api.listen(grant, room.value, cursor, listener))) return reply
    reply.header('Retry-After', '10')
    return refuseCounted(api, reply, 'too-many-streams')
  })
  serveChanges(app, api)
  serveQuestions(app, api)
  serveCursors(app, api)
  serveLives(app, api)
  serveKeeping(app, api)
}

const UNNAMED = { ok: false, code: 'account-needed', detail: '' } as const

/** The name and the password in a header of HTTP Basic (RFC 7617), in UTF-8; null: there are none. */
function basicOf(authorization: string | undefined): { readonly name: string; readonly password: string } | null {
  const [, encoded = ''] = /^basic +([\w+/=-]+)$/i.exec(authorization?.trim() ?? '') ?? []
  const [, name, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? []
  return name === undefined || password === undefined ? null : { name, password }
}

const mayRead = ({ state }: Api, grant: Grant, room: string): boolean => may(state(), grant.id, 'read', { room })

async function past(
  { clock, history, state }: Api,
  room: string,
  query: z.infer<typeof ofPast>,
): Promise<z.infer<typeof messages>> {
  const { before = Number.MAX_SAFE_INTEGER, after, since, limit, q } = query
  if (q !== undefined) {
    return { room, ...shown(await history.search(flatten(q).trim(), { rooms: [room], member: null }, before, limit)) }
  }
  const range: HistoryRange =
    after !== undefined ? { after } : since !== undefined ? { since: readTime(since, clock.now()) ?? 0 } : { before }
  const { messages, more } = history.page({ room }, range, limit)
  return { room, ...shown({ messages: withEditing(state(), messages), more }) }
}

const shown = ({ messages: all, more }: { readonly messages: readonly Message[]; readonly more: boolean }) => ({
  messages: all.map(messageJson),
  more,
})

const fresh = (reply: FastifyReply): FastifyReply => reply.header('Cache-Control', 'no-store')

const nothing = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  refuse(reply, 'not-found', `${request.method} ${flatten(request.url.split('?')[0] ?? '').slice(0, 100)}`)

/** Answers a refused body, and Fastify's own refusals: a body that is too long, or not as its head says. */
function onError(api: Api, error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof BadBody) return refuseCounted(api, reply, error.code, error.message, error.statusCode)
  const { statusCode = 500 } = error as { readonly statusCode?: number }
  if (statusCode >= 500) {
    api.report(error)
    return refuse(reply, 'internal')
  }
  if (statusCode === 413) return refuse(reply, 'text-too-long', `${HTTP_BODY_MAX_BYTES} bytes`)
  return refuse(reply, 'request', 'the body does not match its headers', statusCode)
}
