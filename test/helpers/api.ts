/** The HTTP API as a program uses it. Every answer is checked against the server's own OpenAPI document. */
import { Validator } from '@cfworker/json-schema'
import { expect } from 'vitest'
import type { TokenRequest } from '../../src/server/host/tokens.ts'
import type { Server } from '../../src/server/server.ts'
import { patiently } from './patience.ts'

type Plain = Record<string, unknown>
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Plain; readonly text: string }

/** Adds a token as the host does; resolves with the token. */
export const tokenOf = (server: Server, asked: Partial<TokenRequest> = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const whole: TokenRequest = { name: 'ci', room: null, read: true, write: true, ...asked }
    const refused = server.grants.add(whole, resolve)
    if (refused) reject(new Error(refused.code))
  })

export async function apiAt(host: string, token: string | null = null) {
  const document = (await (await fetch(`http://${host}/api/openapi.json`)).json()) as Plain
  // An answer may have no field that is not in the document.
  const whole = closed(document) as Plain

  async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers(init.headers)
    if (token !== null) headers.set('authorization', `Bearer ${token}`)
    const answer = await fetch(`http://${host}${path}`, { ...init, headers })
    const text = await answer.text()
    const type = answer.headers.get('content-type') ?? ''
    const body = type.startsWith('application/json') ? (JSON.parse(text) as Plain) : {}
    const place = placeOf(document, init.method ?? 'GET', path, answer.status)
    if (place && type.startsWith('application/json')) {
      const { valid, errors } = new Validator({ ...whole, $ref: `#${place}` }, '2020-12').validate(body)
      expect(valid, JSON.stringify([path, body, errors])).toBe(true)
    }
    return { status: answer.status, headers: answer.headers, body, text }
  }
  const post = (room: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    ask(`/api/rooms/${encodeURIComponent(room)}/messages`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json', ...headers },
    })
  return { document, ask, post, headers: { authorization: `Bearer ${token}` } }
}

/** The place in the document that describes the answer. If the document has the path, it must have the status. */
function placeOf(document: Plain, method: string, url: string, status: number): string | null {
  const [asked = ''] = url.split('?')
  const paths = document['paths'] as Record<string, Plain>
  const path = Object.keys(paths).find(one => new RegExp(`^${one.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(asked))
  const operation = path === undefined ? undefined : (paths[path]?.[method.toLowerCase()] as Plain | undefined)
  if (path === undefined || !operation) return null
  const response = (operation['responses'] as Record<string, Plain>)[status]
  expect(response, `${method} ${path} answers ${status}`).toBeDefined()
  const steps = ['paths', path, method.toLowerCase(), 'responses', `${status}`, 'content', 'application/json', 'schema']
  return `/${steps.map(step => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
}

function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const copy = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, closed(one)]))
  return copy['type'] === 'object' && 'properties' in copy ? { ...copy, additionalProperties: false } : copy
}

/** A stream of events, read as it comes. */
export const listenAt = (host: string, room: string, headers: Record<string, string>) =>
  streamAt(`http://${host}/api/rooms/${room}/events`, headers)

/** The same of any stream. */
export async function streamAt(url: string, headers: Record<string, string>) {
  const stop = new AbortController()
  const answer = await fetch(url, { headers, signal: stop.signal })
  const reader = answer.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>
  let text = ''
  let over = false
  const decoder = new TextDecoder()
  const events = () =>
    text
      .split('\n\n')
      .slice(0, -1)
      .flatMap(block => {
        const data = /^data: (.*)$/m.exec(block)?.[1]
        const id = /^id: (.*)$/m.exec(block)?.[1] ?? null
        return data === undefined ? [] : [{ ...(JSON.parse(data) as Plain), id } as Plain & { id: string | null }]
      })
  async function more(): Promise<void> {
    const { value, done } = await patiently('more of the stream', reader.read(), () => text)
    if (done) over = true
    else text += decoder.decode(value, { stream: true })
  }
  return {
    status: answer.status,
    events,
    text: () => text,
    /** Reads until `enough` is true of the events; throws if the stream ends before. */
    async until(enough: (events: readonly Plain[]) => boolean): Promise<readonly (Plain & { id: string | null })[]> {
      while (!enough(events())) {
        if (over) throw new Error(`the stream ended with ${text}`)
        await more()
      }
      return events()
    },
    async end(): Promise<void> {
      while (!over) await more()
    },
    leave: () => stop.abort(),
  }
}
