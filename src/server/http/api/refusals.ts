/** Refusals over HTTP: a status for each code, and an object with the sentence that other protocols have. */
import type { FastifyReply } from 'fastify'
import { ERRORS, type ErrorCode, errorText } from '../../../model/error.ts'

/** Every other code has status 400. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  'session-needed': 401,
  'files-off': 403,
  'file-too-large': 413,
  'picture-damaged': 422,
  'uploads-waiting': 429,
  'uploads-busy': 429,
  'files-full': 507,
  'own-files-full': 507,
  'token-needed': 401,
  'token-unknown': 401,
  'credential-wrong': 401,
  'account-needed': 401,
  'not-granted': 403,
  'role-needed': 403,
  outranked: 403,
  banned: 403,
  'not-found': 404,
  'question-unknown': 404,
  'question-closed': 409,
  'not-entitled': 403,
  'not-asker': 403,
  'cursor-unknown': 404,
  'cursor-lost': 409,
  'cursor-elsewhere': 409,
  'too-many-waits': 429,
  'text-too-long': 413,
  'key-reused': 422,
  'slow-down': 429,
  'address-too-fast': 429,
  'credential-wait': 429,
  'too-many-streams': 429,
  'try-busy': 429,
  'try-too-long': 503,
  'live-over': 409,
  'live-offset': 409,
  'live-full': 409,
  'lives-full': 429,
  internal: 500,
  busy: 503,
  storage: 503,
  'outcome-unknown': 503,
}

export const statusOf = (code: ErrorCode): number => STATUS[code] ?? 400

export function refuse(reply: FastifyReply, code: ErrorCode, detail = '', status = statusOf(code)): FastifyReply {
  if (status === 401) {
    const isBasic = code === 'credential-wrong' || code === 'account-needed'
    reply.header('WWW-Authenticate', isBasic ? 'Basic realm="rxchat", charset="UTF-8"' : 'Bearer realm="rxchat"')
  }
  if (code === 'credential-wait') reply.header('Retry-After', detail)
  if (status === 503) reply.header('Retry-After', '1')
  return reply
    .code(status)
    .header('Cache-Control', 'no-store')
    .type('application/json; charset=utf-8')
    .send({ code, message: errorText(code, detail), retry: ERRORS[code].retry })
}
