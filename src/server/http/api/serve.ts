/** Routes of the table under Fastify: who asks is known, and what was asked is read, before a handler sees it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodType } from 'zod'
import type { Grant } from '../../../model/grant.ts'
import { flatten } from '../../../model/text.ts'
import type { Api } from '../../api/api.ts'
import { refuse } from './refusals.ts'
import type { Route } from './routes.ts'

/** What a handler works with: all of it checked. */
export type Call<P, Q, H, B> = {
  readonly params: P
  readonly query: Q
  readonly headers: H
  readonly body: B
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export type Handler<P, Q, H, B> = (call: Call<P, Q, H, B>) => unknown

export function serveOpen<P, Q, H, B>(app: FastifyInstance, row: Route<P, Q, H, B>, handle: Handler<P, Q, H, B>): void {
  app.route({
    method: row.method,
    // Of a stream only the head would never end.
    exposeHeadRoute: row.scope === null,
    url: row.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    handler: async (request, reply) => {
      const read = <T>(of: ZodType<T>, given: unknown): T => {
        const parsed = of.safeParse(given)
        if (parsed.success) return parsed.data
        const [issue] = parsed.error.issues
        throw new Misunderstood(flatten([issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')))
      }
      try {
        const params = read(row.params, request.params)
        const query = read(row.query, request.query)
        const headers = read(row.headers, request.headers)
        const given = typeof request.body === 'string' ? { text: request.body } : (request.body ?? {})
        const body = row.body === null ? (undefined as B) : read(row.body, given)
        return await handle({ params, query, headers, body, request, reply })
      } catch (error) {
        if (error instanceof Misunderstood) return refuse(reply, 'request', error.message)
        throw error
      }
    },
  })
}

/** With a token that allows what `row` says. */
export function serve<P, Q, H, B>(
  app: FastifyInstance,
  api: Api,
  row: Route<P, Q, H, B>,
  handle: (grant: Grant, call: Call<P, Q, H, B>) => unknown,
): void {
  serveOpen(app, row, call => {
    const { reply, request } = call
    const grant = grantOf(api, request.headers.authorization)
    if (typeof grant === 'string') return refuseCounted(api, reply, grant)
    if (row.scope !== null && !grant[row.scope]) return refuseCounted(api, reply, 'not-granted', row.scope)
    const early = api.pace(grant)
    if (early !== null) {
      reply.header('Retry-After', `${Math.max(1, Math.ceil(early / 1000))}`)
      return refuseCounted(api, reply, 'slow-down', `${api.rate?.perSecond ?? ''}`)
    }
    return handle(grant, call)
  })
}

export function refuseCounted(
  api: Api,
  reply: FastifyReply,
  ...why: Parameters<typeof refuse> extends [unknown, ...infer W] ? W : never
): FastifyReply {
  api.counts.reject(why[0])
  return refuse(reply, ...why)
}

function grantOf(api: Api, authorization: string | undefined): Grant | 'token-needed' | 'token-unknown' {
  const token = /^bearer +(\S+)$/i.exec(authorization?.trim() ?? '')?.[1]
  return token === undefined ? 'token-needed' : (api.grantOf(token) ?? 'token-unknown')
}

class Misunderstood extends Error {}
