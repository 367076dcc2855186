/**
 * The body of a request: JSON, or the message itself as text, as `curl -d` and `--data-binary` send it. A body that is
 * not valid in its charset, or compressed, is refused, never repaired. A byte order mark at the start of a text is dropped.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ErrorCode } from '../../../model/error.ts'
import { decoded } from '../decoding.ts'
import { growLive } from './lives/live-routes.ts'
import { askQuestion } from './questions/question-routes.ts'
import { urlOf } from './route.ts'
import { keepOrder, moveCursor, setCursor } from './routes.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** False: a body that isn't empty is refused, and it's given as it came. */
    readonly takesBody?: boolean
  }
}

/** Why a body is refused. */
export class BadBody extends Error {
  readonly code: ErrorCode
  readonly statusCode: 400 | 415

  constructor(statusCode: 400 | 415, code: ErrorCode, detail = '') {
    super(detail)
    this.statusCode = statusCode
    this.code = code
  }
}

/** How a body is read, by its type. The type of `curl -d`, and no type at all, mean text. */
const READERS: ReadonlyMap<string, (text: string) => unknown> = new Map([
  ['application/json', jsonOf],
  ['text/plain', messageOf],
  ['application/x-www-form-urlencoded', messageOf],
  ['', messageOf],
])

export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? ''
    if (encoding !== '' && encoding !== 'identity') {
      throw new BadBody(415, 'request', 'the body is compressed; send it as it is, without Content-Encoding')
    }
    // A body of any type is bytes.
    if (request.routeOptions.url === urlOf(growLive)) return body
    if (request.routeOptions.config.takesBody === false) return body.toString()
    const type = request.headers['content-type'] ?? ''
    const reader = READERS.get(type.toLowerCase().replace(/;.*$/, '').trim())
    // An act, a question or a place is never a text, so curl needs no type for it.
    const isJson = JSON_ALONE.has(request.routeOptions.url ?? '')
    if (reader) return (isJson ? jsonOf : reader)(textOf(body, type))
    throw new BadBody(415, 'request', 'send JSON as application/json, or the plain text as text/plain')
  })
}

/** Paths in the form that Fastify uses. */
const JSON_ALONE: ReadonlySet<string> = new Set([keepOrder, askQuestion, moveCursor, setCursor].map(urlOf))

function textOf(body: Buffer, type: string): string {
  const text = decoded(body, type)
  if (typeof text === 'string') return text
  throw new BadBody(text.status, text.code, text.detail)
}

/** A file ends its last line with a line break; the message does not have it. */
function messageOf(text: string): unknown {
  return { text: text.replace(/\r?\n$/, '') }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BadBody(400, 'request', text.trim() === '' ? 'the body is empty' : 'the body is not JSON')
  }
}
