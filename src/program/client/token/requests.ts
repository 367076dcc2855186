/** The commands of a token as requests of the HTTP API (docs/api.md), and their answers as replies. Pure. */

import type { Asked } from '../../../client/session/outbox/outbox.ts'
import { type Reply, readReply } from '../../../codec/native/reply.ts'
import { flatten } from '../../../model/text.ts'
import type { HttpRequest as Request } from '../../../transport/webhook/http-request.ts'
import { withJson } from './json-request.ts'
import { askRequest, questionRequest, questionsBody } from './question-requests.ts'

const NO_STATUS = 'the server at that address does not speak the rxchat protocol'

/** The HTTP request for a command; a string says why there is none. `as`: this program among those of its token. */
export function requestFor(asked: Asked, room: string, key: string, as: string): Request | string {
  const at = (where: string | null): string => `/api/rooms/${encodeURIComponent(where ?? room)}/messages`
  switch (asked.type) {
    case 'say': {
      if (asked.ask) return askRequest(asked, key)
      const { text, action, reply, files, live } = asked
      if (typeof reply !== 'number' && reply !== undefined) return 'A token answers a message by its number.'
      const message = {
        text,
        action,
        ...(reply === undefined ? {} : { reply }),
        ...(files && { files }),
        ...(live && { live }),
      }
      return withJson('POST', at(asked.room), message, { 'Idempotency-Key': key })
    }
    case 'grow': {
      const body = Buffer.from(asked.data, 'base64')
      const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': `${body.length}` }
      return { method: 'PUT', path: `${at(null)}/${asked.seq}/output?offset=${asked.offset}`, headers, body }
    }
    case 'finish': {
      const { status, ms, total = null, interrupted } = asked
      const end = query({ status, ms, total, interrupted: interrupted ? 'true' : null })
      return { method: 'POST', path: `${at(null)}/${asked.seq}/finish?${end}`, headers: { 'Content-Length': '0' } }
    }
    case 'output':
      return { method: 'GET', path: `${at(null)}/${asked.seq}/output?offset=${asked.offset}`, headers: {} }
    case 'edit':
      if (asked.seq === null) return 'A token edits a message by its number.'
      return withJson('PATCH', `${at(asked.room)}/${asked.seq}`, { text: asked.text })
    case 'react': {
      if (asked.seq === null) return 'A token reacts to a message by its number.'
      const path = `${at(asked.room)}/${asked.seq}/reactions/${encodeURIComponent(asked.emoji)}`
      return { method: asked.off ? 'DELETE' : 'PUT', path, headers: { 'Content-Length': '0' } }
    }
    case 'pin': {
      const path = `/api/rooms/${encodeURIComponent(room)}/pins/${asked.seq}`
      return { method: asked.off ? 'DELETE' : 'PUT', path, headers: { 'Content-Length': '0' } }
    }
    case 'pins':
      return { method: 'GET', path: `/api/rooms/${encodeURIComponent(asked.room)}/pins`, headers: {} }
    case 'history': {
      const { before, after, since, limit } = asked
      return { method: 'GET', path: `${at(asked.room)}?${query({ before, after, since, limit })}`, headers: {} }
    }
    case 'search': {
      const { before, limit, words: q } = asked
      return { method: 'GET', path: `${at(asked.room)}?${query({ before, limit, q })}`, headers: {} }
    }
    case 'cursors':
      return { method: 'GET', path: '/api/cursors', headers: {} }
    case 'cursor-claim': {
      const { room: of, from } = asked
      return withJson('PUT', cursorPath(asked.cursor), { as, room: of, ...(from === undefined ? {} : { from }) })
    }
    case 'cursor-move':
      return withJson('PUT', cursorPath(asked.cursor), { as, turn: asked.turn, seq: asked.seq })
    case 'cursor-leave':
      return { method: 'DELETE', path: `${cursorPath(asked.cursor)}/turn?${query({ as })}`, headers: {} }
    case 'cursor-set':
    case 'cursor-remove':
      if (asked.owner !== undefined) return 'A token sets and removes its own cursors. Ask the host about others.'
      return asked.type === 'cursor-set'
        ? withJson('PATCH', cursorPath(asked.cursor), { seq: asked.seq })
        : { method: 'DELETE', path: cursorPath(asked.cursor), headers: {} }
    case 'questions':
    case 'answer':
    case 'close':
    case 'hand':
      return questionRequest(asked)
    case 'rooms':
      return { method: 'GET', path: '/api/rooms', headers: {} }
    default:
      return `A token can only send and read messages. "${asked.type}" needs a member: leave out --token.`
  }
}

const cursorPath = (cursor: string): string => `/api/cursors/${encodeURIComponent(cursor)}`

const query = (parts: Readonly<Record<string, string | number | null>>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(parts).flatMap(([name, part]): [string, string][] => (part === null ? [] : [[name, `${part}`]])),
  )

export function replyTo(asked: Asked, n: number, body: Readonly<Record<string, unknown>>): Reply | null {
  if (asked.type === 'cursor-claim') return readReply(JSON.stringify({ ...body, type: 'cursor' }))
  const json = {
    ...(asked.type === 'questions' ? questionsBody(asked, body) : body),
    n,
    seq: 0,
    type: asked.type === 'search' ? 'found' : asked.type,
    ...(asked.type === 'search' ? { words: asked.words } : {}),
  }
  return readReply(JSON.stringify(json))
}

export function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? { ...json } : {}
  } catch {
    return {}
  }
}

/** The code and the sentence of a refusal, from a server or from a proxy. */
export const refusalIn = ({ code, message }: Readonly<Record<string, unknown>>): readonly [string, string] =>
  typeof code === 'string' && typeof message === 'string' ? [flatten(code), flatten(message)] : ['internal', NO_STATUS]
