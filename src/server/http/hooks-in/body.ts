/**
 * The body of a request to a hook, as its reader gets it. Senders label the same content differently, so its shape
 * counts most.
 */
import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { ErrorCode } from '../../../model/error.ts'
import { TEXT_MAX_BYTES } from '../../../model/limits.ts'
import { withoutBom } from '../../../model/text.ts'
import { type Json, type JsonFault, readJson } from '../../hooks-in/json.ts'
import { isKnownShape } from '../../hooks-in/read.ts'
import type { Sent } from '../../hooks-in/sent.ts'
import { decoded, type Undecoded } from '../decoding.ts'
import { formFields, type HookForm, multipartFields } from './form.ts'

export type HookBody = { readonly sent: Sent; readonly bytes: number }
export type BodyFault = { readonly code: ErrorCode; readonly detail: string; readonly status?: number }

/** `topic`: the rest of the path after the token. */
export function readBody({ headers, body, query }: FastifyRequest, topic: string): HookBody | BodyFault {
  const encoding = oneOf(headers['content-encoding']).trim().toLowerCase()
  if (encoding !== '' && encoding !== 'identity') {
    return {
      code: 'hook-body',
      detail: 'the body is compressed; send it as it is, without Content-Encoding',
      status: 415,
    }
  }
  const bytes = body instanceof Buffer ? body : Buffer.of()
  const read = contentOf(bytes, oneOf(headers['content-type']))
  if ('status' in read) return { ...read, code: read.code === 'request' ? 'hook-body' : read.code }
  if ('fault' in read)
    return { code: 'hook-body', detail: FAULTS[read.fault], ...(read.fault === 'no-json' && { status: 415 }) }
  const header = (...names: readonly string[]): string =>
    names.map(name => headerText(oneOf(headers[name]))).find(one => one !== '') ?? ''
  const parameters = query as Readonly<Record<string, unknown>>
  const parameter = (...names: readonly string[]): string =>
    names.map(name => (Object.hasOwn(parameters, name) ? oneOf(parameters[name]) : '')).find(one => one !== '') ?? ''
  const print = (): string => hash('sha256', bytes, 'hex')
  return { sent: { header, parameter, topic, ...read, print }, bytes: bytes.length }
}

const FAULTS: Readonly<Record<JsonFault | 'no-json', string>> = {
  'no-json': 'the form has no field payload_json or content; send files with curl -T, as in docs/api.md',
  'not-json': 'the body is not JSON, as its Content-Type says; send JSON, or text as text/plain',
  'too-deep': 'the JSON has too many lists and objects in one another; send less in one',
  'too-many': 'the JSON has too many values; send less in one',
}

type Content = { readonly text: string; readonly json: Json }

/** JSON is read if its type says so, in a form, and if its shape is that of a sender. */
function contentOf(bytes: Buffer, type: string): Content | { readonly fault: JsonFault | 'no-json' } | Undecoded {
  // The files of such a form may have any bytes.
  if (/^multipart\/form-data\b/i.test(type)) return formContent(multipartFields(bytes, type)) ?? { fault: 'no-json' }
  const whole = decoded(bytes, type)
  if (typeof whole !== 'string') return whole
  if (/^application\/([\w.-]+\+)?json\b/i.test(type)) return jsonContent(whole)
  const form = /^application\/x-www-form-urlencoded\b/i.test(type) ? formContent(formFields(whole)) : null
  if (form) return form
  const text = whole.replace(/\r?\n$/, '')
  const read = /^\s*\{/.test(text) ? readJson(text) : null
  if (read && 'value' in read && isKnownShape(read.value)) return { text: '', json: read.value }
  return { text: text.length > TEXT_MAX_BYTES ? `${text.slice(0, TEXT_MAX_BYTES).toWellFormed()}…` : text, json: null }
}

/** Null: it's no form that a sender of JSON sends. */
function formContent({ payload, content, username }: HookForm): Content | { readonly fault: JsonFault } | null {
  if (payload !== undefined) return jsonContent(payload)
  if (content === undefined) return null
  return jsonContent(JSON.stringify({ content, username: username ?? '' }))
}

function jsonContent(text: string): Content | { readonly fault: JsonFault } {
  const read = readJson(withoutBom(text))
  return 'fault' in read ? read : { text: '', json: read.value }
}

const oneOf = (value: unknown): string => {
  const first = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' ? first : ''
}

/** Node reads a header as Latin-1. Senders write UTF-8, as it is or in the words of RFC 2047. */
function headerText(raw: string): string {
  const text = /[\x80-\xff]/.test(raw) ? (utf8(Buffer.from(raw, 'latin1')) ?? raw) : raw
  return text.includes('=?') ? text.replace(WORDS, wordText) : text
}

const WORDS = /=\?utf-8\?([bq])\?([!-~]{0,8000}?)\?=(?:[ \t]+(?==\?))?/gi

function wordText(whole: string, kind: string, word: string): string {
  const bytes =
    kind.toLowerCase() === 'b'
      ? Buffer.from(word, 'base64')
      : Buffer.from(
          word
            .replaceAll('_', ' ')
            .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
          'latin1',
        )
  return utf8(bytes) ?? whole
}

/** Null: it's something else. */
function utf8(bytes: Buffer): string | null {
  const text = decoded(bytes, '')
  return typeof text === 'string' ? text : null
}
