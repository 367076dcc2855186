/** A request to a hook, without HTTP. */
import { hash } from 'node:crypto'
import { TEXT_MAX_BYTES } from '../../src/model/limits.ts'
import { readJson } from '../../src/server/hooks-in/json.ts'
import { readSent } from '../../src/server/hooks-in/read.ts'
import { textOf } from '../../src/server/hooks-in/render.ts'
import type { Sent } from '../../src/server/hooks-in/sent.ts'

/** A body that is a text is sent as one, anything else as JSON. */
export function sentWith(body: unknown, headers: Readonly<Record<string, string>> = {}, topic = ''): Sent {
  const read = typeof body === 'string' ? { value: null } : readJson(JSON.stringify(body))
  if ('fault' in read) throw new Error(read.fault)
  const header = (...names: readonly string[]) => names.map(name => headers[name] ?? '').find(one => one !== '') ?? ''
  const text = typeof body === 'string' ? body.slice(0, TEXT_MAX_BYTES) : ''
  const print = () => hash('sha256', typeof body === 'string' ? body : JSON.stringify(body), 'hex')
  return { header, parameter: () => '', topic, text, json: read.value, print }
}

/** The text of the message that comes of it. */
export const messageOf = (body: unknown, headers: Readonly<Record<string, string>> = {}): string =>
  textOf(readSent(sentWith(body, headers)), Buffer.byteLength(typeof body === 'string' ? body : JSON.stringify(body)))
