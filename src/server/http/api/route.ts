/** A row of the table of routes, and the words that rows are written with. */
import type { ZodType, z } from 'zod'
import * as schema from './schema.ts'

export type Scope = 'read' | 'write' | 'audit' | 'keep'

export type RouteAnswer = {
  readonly description: string
  readonly type: 'application/json' | 'text/plain' | 'text/event-stream'
  /** Null: it is not JSON. */
  readonly schema: ZodType | null
}

export type Route<Params, Query, Headers, Body> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** In OpenAPI's form: `{room}`. */
  readonly path: string
  readonly id: string
  readonly summary: string
  /** The right that the token must have; `account`: an account signs in with its password; null: nothing is needed. */
  readonly scope: Scope | 'account' | null
  readonly params: ZodType<Params>
  readonly query: ZodType<Query>
  readonly headers: ZodType<Headers>
  readonly body: ZodType<Body> | null
  /** The body is a file, or a form with files. Absent: it's neither. */
  readonly upload?: 'file' | 'form'
  readonly answers: Readonly<Record<number, RouteAnswer>>
}

export const json = (description: string, of: ZodType): RouteAnswer => ({
  description,
  type: 'application/json',
  schema: of,
})
export const refused = (description: string): RouteAnswer => json(description, schema.refusal)

export const GUARDED = {
  400: refused('The request is not valid.'),
  401: refused('The token is missing or unknown.'),
  403: refused('The token does not allow this, or you are banned.'),
  429: refused('Too many requests. `Retry-After` gives the seconds to wait.'),
  500: refused('The server failed on the request.'),
}

type Nothing = z.infer<typeof schema.none>

/** A row as it's written: it names only the parts of a request that it reads. */
type Row<P, Q, H, B> = Omit<Route<P, Q, H, B>, Taking> & Partial<Pick<Route<P, Q, H, B>, Taking>>
type Taking = 'params' | 'query' | 'headers' | 'body'

export const route = <P = Nothing, Q = Nothing, H = Nothing, B = unknown>(row: Row<P, Q, H, B>): Route<P, Q, H, B> => ({
  ...{
    params: schema.none as unknown as ZodType<P>,
    // Probes of health add parameters of their own.
    query: (row.scope === null ? schema.none : schema.nothing) as unknown as ZodType<Q>,
    headers: schema.none as unknown as ZodType<H>,
    body: null,
  },
  ...row,
})

export const CHANGED = {
  200: json('The change is stored and shown.', schema.changed),
  ...GUARDED,
  503: refused('The server cannot store anything now.'),
}

/** Its path as Fastify has it. */
export const urlOf = ({ path }: Pick<Route<unknown, unknown, unknown, unknown>, 'path'>): string =>
  path.replaceAll(/\{(\w+)\}/g, ':$1')
