/**
 * Registers routes of the table with Fastify. The token is checked, and the request is read, before a handler gets it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ZodType, z } from 'zod'
import { HTTP_BODY_MAX_BYTES } from '../../../model/limits.ts'
import type { Grant } from '../../../model/state/grant.ts'
import { may } from '../../../reducer/may.ts'
import { vetRoom } from '../../ingress/vetting/vetted.ts'
import type { Api } from '../../programs/api.ts'
import { addressOf } from '../client-address.ts'
import { type FaultPlace, noBody, unknownIn, wrongIn } from './faults.ts'
import { refuse } from './refusals.ts'
import { type Route, type Scope, urlOf } from './route.ts'

/** The arguments of a handler, all of them checked. */
export type Call<P, Q, H, B> = {
  readonly params: P
  readonly query: Q
  readonly headers: H
  readonly body: B
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export type Handler<P, Q, H, B> = (call: Call<P, Q, H, B>) => unknown

/** `before` may answer a request after its head alone. */
export function serveOpen<P, Q, H, B>(
  app: FastifyInstance,
  row: Route<P, Q, H, B>,
  handle: Handler<P, Q, H, B>,
  before?: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  app.route({
    method: row.method,
    // HEAD on a stream would never end.
    exposeHeadRoute: row.scope === null,
    url: urlOf(row),
    ...(before ? { onRequest: before } : {}),
    config: { takesBody: row.body !== null },
    handler: async (request, reply) => {
      const read = <T>(of: ZodType<T>, where: FaultPlace, given: unknown): T => {
        const parsed = of.safeParse(given)
        if (parsed.success) return parsed.data
        throw new Misunderstood(faultOf(of, where, given, parsed.error.issues))
      }
      try {
        const params = read(row.params, 'path', request.params)
        const query = read(row.query, 'parameter', request.query)
        const headers = read(row.headers, 'header', request.headers)
        if (row.body === null && !isNothing(request.body)) throw new Misunderstood(noBody(fieldsOf(row.query)))
        const given = request.body === undefined ? {} : request.body
        const body = row.body === null ? (undefined as B) : read(row.body, 'field', given)
        return await handle({ params, query, headers, body, request, reply })
      } catch (error) {
        if (error instanceof Misunderstood) return refuse(reply, 'request', error.message)
        throw error
      }
    },
  })
}

/** For requests whose token has the rights of `row`. */
export function serve<P, Q, H, B>(
  app: FastifyInstance,
  api: Api,
  row: Route<P, Q, H, B>,
  handle: (grant: Grant, call: Call<P, Q, H, B>) => unknown,
): void {
  /** Refusals that depend on the address and the token alone. */
  function refusalOf({ headers, raw }: FastifyRequest): RefusalArguments | null {
    const grant = grantOf(api, headers.authorization)
    const banned = api.banned(addressOf(raw), typeof grant === 'string' ? null : grant)
    if (banned) return [banned.code, banned.detail]
    if (typeof grant === 'string') return [grant]
    if (row.scope !== null && row.scope !== 'account' && !isGranted(grant, row.scope)) {
      return ['not-granted', SCOPES[row.scope]]
    }
    return null
  }

  /** Before the body is looked at: a request without a token is refused for that, whatever its body. */
  async function admit(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const refused = refusalOf(request) ?? paced(api, request, reply)
    if (!refused) return
    // A body of unknown or too great length is not read.
    if (!hasBoundedBody(request)) reply.header('Connection', 'close')
    return refuseCounted(api, reply, ...refused)
  }

  const answer = (call: Call<P, Q, H, B>): unknown => {
    const grant = grantOf(api, call.request.headers.authorization)
    const banned = typeof grant === 'string' ? null : api.banned(addressOf(call.request.raw), grant)
    if (banned) return refuseCounted(api, call.reply, banned.code, banned.detail)
    // The token may have been revoked while the body came.
    if (typeof grant === 'string') return refuseCounted(api, call.reply, grant)
    // An upload is refused by its own route, which reads the rest of it for a while.
    const outside = row.upload === undefined ? outsideOf(api, grant, row.scope, call.params) : null
    return outside === null ? handle(grant, call) : refuseCounted(api, call.reply, 'not-granted', outside)
  }

  serveOpen(app, row, answer, admit)
}

const isGranted = (grant: Grant, scope: Scope): boolean =>
  grant[scope] === true || (scope === 'audit' && grant.keep === true)

const SCOPES: Readonly<Record<Scope, string>> = {
  read: 'read',
  write: 'write',
  audit: 'see the log',
  keep: 'keep order',
}

/** What the token may not do in the room of the path; null: it may, or no room is named. A token can't join a room. */
function outsideOf(api: Api, { id }: Grant, scope: Scope | 'account' | null, params: unknown): string | null {
  const right = scope === null || scope === 'account' ? undefined : RIGHTS[scope]
  const { room: raw } = params as { readonly room?: string }
  if (right === undefined || raw === undefined) return null
  const room = vetRoom(raw)
  if (!room.ok || may(api.state(), id, right, { room: room.value })) return null
  return `${SCOPES[scope as Scope]} in ${room.value}`
}

/** What a token with this scope does in a room. */
const RIGHTS: Partial<Record<Scope, 'read' | 'write' | 'pin'>> = { read: 'read', write: 'write', keep: 'pin' }

type RefusalArguments = Parameters<typeof refuse> extends [unknown, ...infer Why] ? Why : never

function paced(api: Api, { headers }: FastifyRequest, reply: FastifyReply): RefusalArguments | null {
  const grant = grantOf(api, headers.authorization)
  const early = typeof grant === 'string' ? null : api.pace(grant)
  if (early === null) return null
  reply.header('Retry-After', `${Math.max(1, Math.ceil(early / 1000))}`)
  return ['slow-down', `${api.rate?.perSecond ?? ''}`]
}

function hasBoundedBody({ headers }: FastifyRequest): boolean {
  const length = Number(headers['content-length'] ?? 0)
  return headers['transfer-encoding'] === undefined && length <= HTTP_BODY_MAX_BYTES
}

export function refuseCounted(api: Api, reply: FastifyReply, ...why: RefusalArguments): FastifyReply {
  api.counts.reject(why[0])
  return refuse(reply, ...why)
}

function grantOf(api: Api, authorization: string | undefined): Grant | 'token-needed' | 'token-unknown' {
  const token = /^bearer +(\S+)$/i.exec(authorization?.trim() ?? '')?.[1]
  return token === undefined ? 'token-needed' : (api.grantOf(token) ?? 'token-unknown')
}

/** A field that's wrong goes before one that's unknown. */
function faultOf(of: ZodType, where: FaultPlace, given: unknown, issues: readonly z.core.$ZodIssue[]): string {
  const wrong = issues.find(({ code }) => code !== 'unrecognized_keys')
  const unknown = issues.find(issue => issue.code === 'unrecognized_keys')
  const field = unknown?.path.length === 0 ? unknown.keys[0] : undefined
  return wrong || field === undefined
    ? wrongIn(where, given, (wrong ?? unknown)?.path[0])
    : unknownIn(where, field, fieldsOf(of))
}

const fieldsOf = (of: ZodType): readonly string[] => (of instanceof z.ZodObject ? Object.keys(of.shape) : [])

/** No body, or an empty one of any type. Bytes and files are read by their own routes. */
const isNothing = (body: unknown): boolean => typeof body !== 'string' || /^\s*(\{\s*\}|null)?\s*$/.test(body)

class Misunderstood extends Error {}
