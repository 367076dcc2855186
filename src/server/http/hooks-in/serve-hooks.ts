/**
 * Hooks of tokens: `POST /hooks/TOKEN` takes a request that a program would send to Slack, Discord, ntfy and others,
 * and posts it. The token is part of the path, so no path of a hook is ever repeated, logged or counted (docs/spec.md,
 * HI6).
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HOOK_IN_BODY_MAX_BYTES, HTTP_BODY_MAX_BYTES } from '../../../model/limits.ts'
import type { Grant } from '../../../model/state/grant.ts'
import { may } from '../../../reducer/may.ts'
import { textAt } from '../../hooks-in/json.ts'
import { readSent, type Sender } from '../../hooks-in/read.ts'
import { textOf } from '../../hooks-in/render.ts'
import { refused, vetRoom } from '../../ingress/vetting/vetted.ts'
import type { Api } from '../../programs/api.ts'
import { wrongIn } from '../api/faults.ts'
import { idempotent } from '../api/schema.ts'
import { addressOf } from '../client-address.ts'
import { answer, refuseHook } from './answers.ts'
import { type BodyFault, type HookBody, readBody } from './body.ts'

type Params = { readonly token?: string; readonly topic?: string }

export function serveHooks(app: FastifyInstance, api: Api): void {
  app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => body)
    scope.setErrorHandler((error, _, reply) => onError(api, error, reply))
    for (const url of ['/hooks/:token', '/hooks/:token/', '/hooks/:token/:topic']) {
      scope.route<{ Params: Params }>({
        method: ['POST', 'PUT'],
        url,
        bodyLimit: HOOK_IN_BODY_MAX_BYTES,
        onRequest: async (request, reply) => admit(api, request.params.token ?? '', request, reply),
        handler: async (request, reply) => {
          const { token = '', topic = '' } = request.params
          return take(api, token, request, reply, readBody(request, topic))
        },
      })
    }
    // A publisher of ntfy has the address of its server, and names its topic in the JSON: that's the token.
    for (const url of ['/hooks', '/hooks/']) {
      scope.route({
        method: ['POST', 'PUT'],
        url,
        bodyLimit: HTTP_BODY_MAX_BYTES,
        handler: async (request, reply) => {
          const read = readBody(request, '')
          const token = 'sent' in read ? textAt(read.sent.json, 'topic') : ''
          return (await admit(api, token, request, reply)) ?? take(api, token, request, reply, read)
        },
      })
      scope.route({ method: ['GET', 'DELETE', 'PATCH', 'OPTIONS'], url, handler: onlyPost })
    }
    scope.all('/hooks/*', onlyPost)
  })
}

/** Refuses a request before its body is read. */
async function admit(api: Api, token: string, request: FastifyRequest, reply: FastifyReply) {
  const grant = api.grantOf(token)
  const why = whyNot(api, grant, request)
  if (!why && grant && api.hooksIn.admits(grant)) return undefined
  // The rest of a body that nobody reads would be taken for the next request.
  if (hasLongBody(request)) reply.header('Connection', 'close')
  if (!why) reply.header('Retry-After', '1')
  return refusal(api, reply, null, why ?? { code: 'slow-down', detail: `${api.rate?.perSecond ?? ''}` })
}

function whyNot(api: Api, grant: Grant | null, { raw }: FastifyRequest): BodyFault | null {
  const banned = api.banned(addressOf(raw), grant)
  if (banned) return banned
  if (!grant) return { code: 'token-unknown', detail: '' }
  return grant.write ? null : { code: 'not-granted', detail: 'write' }
}

const hasLongBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > HTTP_BODY_MAX_BYTES

async function take(
  api: Api,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
  body: HookBody | BodyFault,
): Promise<FastifyReply> {
  if (!('sent' in body)) return refusal(api, reply, null, body)
  const { sent, bytes } = body
  const read = readSent(sent)
  const { sender } = read
  const grant = api.grantOf(token)
  // It may have been revoked while the body came.
  const why = whyNot(api, grant, request)
  if (why || !grant) return refusal(api, reply, sender, why ?? { code: 'token-unknown', detail: '' })
  const wrong = wrongHead(request)
  if (wrong !== null) return refusal(api, reply, sender, { code: 'hook-body', detail: wrong })
  const room = vetRoom(sent.parameter('room') || grant.room || 'lobby')
  if (!room.ok) return refusal(api, reply, sender, room)
  if (!may(api.state(), grant.id, 'write', { room: room.value }))
    return refusal(api, reply, sender, refused('not-granted', `write in ${room.value}`))
  const text = textOf(read, bytes)
  if (text === '') return refusal(api, reply, sender, { code: 'hook-empty', detail: '' })
  const given = sent.header('idempotency-key', 'webhook-id')
  const key = given === '' ? (read.key ?? null) : { id: given }
  const outcome = await api.hooksIn.post(grant, { room: room.value, text, key, about: read.about })
  if (!outcome.ok) return refusal(api, reply, sender, outcome)
  api.counts.hook(sender, outcome.folded)
  if (outcome.repeated) reply.header('Idempotent-Replayed', 'true')
  const wait = sent.parameter('wait') === 'true'
  return answer(reply, sender, { ...outcome, room: room.value, from: grant.name.text, text, wait })
}

/** What the rest of the API would refuse: an empty room, or two, and a key that is too short or too long. Null: nothing. */
function wrongHead({ query, headers }: FastifyRequest): string | null {
  const { room } = query as { readonly room?: string | readonly string[] }
  if (room === '' || Array.isArray(room)) return wrongIn('parameter', query, 'room')
  return idempotent.safeParse(headers).success ? null : wrongIn('header', headers, 'idempotency-key')
}

function refusal(api: Api, reply: FastifyReply, sender: Sender | null, why: BodyFault): FastifyReply {
  api.counts.reject(why.code)
  return refuseHook(reply, sender, why)
}

const onlyPost = async (_: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
  refuseHook(reply.header('Allow', 'POST, PUT'), null, {
    code: 'hook-body',
    detail: 'it is for programs; send to /hooks/TOKEN with POST',
    status: 405,
  })

/** Answers Fastify's own refusals: a body that is too long, or not as its head says. */
function onError(api: Api, error: unknown, reply: FastifyReply): FastifyReply {
  const { statusCode = 500 } = error as { readonly statusCode?: number }
  if (statusCode >= 500) {
    api.report(error)
    return refuseHook(reply, null, { code: 'internal' })
  }
  if (statusCode === 413)
    return refuseHook(reply, null, { code: 'text-too-long', detail: `${HOOK_IN_BODY_MAX_BYTES} bytes` })
  return refuseHook(reply, null, {
    code: 'hook-body',
    detail: 'the body does not match its headers',
    status: statusCode,
  })
}
