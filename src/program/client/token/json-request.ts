/** A request of the HTTP API with a body of JSON. */
import type { HttpRequest } from '../../../transport/webhook/http-request.ts'

export function withJson(
  method: 'POST' | 'PUT' | 'PATCH',
  path: string,
  json: object,
  more: HttpRequest['headers'] = {},
): HttpRequest {
  const body = JSON.stringify(json)
  const headers = { 'Content-Type': 'application/json', 'Content-Length': `${Buffer.byteLength(body)}`, ...more }
  return { method, path, headers, body }
}
