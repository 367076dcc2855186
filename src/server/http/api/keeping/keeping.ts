/** Handlers of the routes about moderation. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readAny } from '../../../../codec/native/decoder.ts'
import { HISTORY_PAGE_MAX } from '../../../../model/limits.ts'
import type { Grant } from '../../../../model/state/grant.ts'
import { may } from '../../../../reducer/may.ts'
import { vetRoom } from '../../../ingress/vetting/vetted.ts'
import type { Api } from '../../../programs/api.ts'
import type { ActCommand, KeepingAnswer } from '../../../programs/keeping.ts'
import { keepOrder, listenToActs, readList, readLog, tryRule } from '../routes.ts'
import { refuseCounted, serve } from '../serve.ts'
import { cursorOf, stream } from '../sse.ts'
import { ACT_TYPES } from './keeping-schema.ts'

export function serveKeeping(app: FastifyInstance, api: Api): void {
  serve(app, api, keepOrder, async (grant, { body: { n: _, ...act }, reply }) => {
    const read = readAny(act)
    if (read.type === 'malformed') return refuseCounted(api, reply, 'request', read.detail)
    if (read.type !== 'command' || !isAct(read.command)) return refuseCounted(api, reply, 'request')
    const outcome = await api.keeping.act(grant, read.command)
    if (!outcome.ok) return refuseCounted(api, reply, outcome.code, outcome.detail)
    return reply.header('Cache-Control', 'no-store').send({ seq: outcome.seq, at: outcome.at })
  })
  serve(app, api, readLog, (grant, { query, request, reply }) => {
    const { room = null, limit = HISTORY_PAGE_MAX, ...about } = query
    return answer(api, grant, { type: 'list', what: 'log', room, limit, ...about }, request, reply)
  })
  serve(app, api, readList, (grant, { params: { what }, query, request, reply }) => {
    const { room = null, limit = HISTORY_PAGE_MAX, ...about } = query
    return answer(api, grant, { type: 'list', what, room, limit, ...about }, request, reply)
  })
  serve(app, api, tryRule, (grant, { query: { rule, room = null, for: seconds }, request, reply }) =>
    answer(api, grant, { type: 'try', rule, room, for: seconds }, request, reply),
  )
  serve(app, api, listenToActs, (grant, { query, headers, reply }) => {
    const vetted = query.room === undefined ? null : vetRoom(query.room)
    if (vetted && !vetted.ok) return refuseCounted(api, reply, vetted.code, vetted.detail)
    const room = vetted?.value ?? null
    if (!may(api.state(), grant.id, 'log', { room })) {
      return refuseCounted(
        api,
        reply,
        'not-granted',
        `see the log ${room === null ? 'of the whole server' : `of ${room}`}`,
      )
    }
    const cursor = cursorOf(headers['last-event-id'])
    if (stream(api, reply, listener => api.listenToActs(grant, room, cursor, listener))) return reply
    reply.header('Retry-After', '10')
    return refuseCounted(api, reply, 'too-many-streams')
  })
}

const isAct = (command: { readonly type: string }): command is ActCommand =>
  (ACT_TYPES as readonly string[]).includes(command.type)

type KeepingQuery = Parameters<Api['keeping']['ask']>[1]

/** A trial ends with the request. */
async function answer(
  api: Api,
  grant: Grant,
  query: KeepingQuery,
  { raw }: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const gone = new AbortController()
  const leave = (): void => gone.abort()
  raw.socket.once('close', leave)
  const found: KeepingAnswer = await api.keeping.ask(grant, query, gone.signal)
  raw.socket.off('close', leave)
  if (!found.ok) return refuseCounted(api, reply, found.code, found.detail)
  return reply.header('Cache-Control', 'no-store').type('application/json; charset=utf-8').send(found.json)
}
