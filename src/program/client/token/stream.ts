/** A stream of Server-Sent Events as replies. They pass the same checks as every line of the native protocol. */
import type { Readable } from 'node:stream'
import type { Gap, Incoming } from '../../../client/session/incoming.ts'
import { type Carry, emptyCarry, pullLine, pushLines } from '../../../codec/lines.ts'
import { type Reply, readReply } from '../../../codec/native/reply.ts'
import { harmless } from '../../../codec/native/sanitiser.ts'

const LINE_MAX_BYTES = 1_048_576

type StreamListener = { readonly hear: (spoken: Incoming, id: string | null) => void; readonly end: () => void }

/** `id` is the stream's position after the event; null: unchanged. */
export function readStream(body: Readable, { hear, end }: StreamListener): void {
  let carry: Carry = emptyCarry
  let id: string | null = null

  function line(text: string): void {
    const [, field, value = ''] = /^(\w+): ?(.*)$/s.exec(text) ?? []
    if (field === 'id') id = value
    if (field !== 'data') return
    const told = readEvent(value)
    if (told) hear(told, id)
    id = null
  }

  body.on('data', (bytes: Uint8Array) => {
    carry = pushLines(carry, bytes)
    for (;;) {
      const pulled = pullLine(carry, LINE_MAX_BYTES)
      carry = pulled.carry
      if (!pulled.line) return
      if (pulled.line.type === 'line') line(pulled.line.text)
    }
  })
  body.on('close', end)
}

function readEvent(data: string): Incoming | null {
  const reply = readReply(data) ?? readOwn(data)
  if (!reply) return null
  const replayed = 'replayed' in reply && reply.replayed === true
  return { reply, replayed: replayed || reply.type === 'gap' }
}

/** Events that only a stream has: its welcome and its gaps. */
function readOwn(data: string): Reply | Gap | null {
  try {
    const json = harmless(JSON.parse(data)) as { readonly type?: unknown; readonly seq?: unknown }
    if (typeof json !== 'object' || json === null || typeof json.seq !== 'number') return null
    if (json.type === 'welcome') return { resumed: false, ...json } as Reply
    // If the id was of another journal, the number of missed messages is unknown.
    return json.type === 'gap' ? ({ ...json, missed: missedIn(json) } as Gap) : null
  } catch {
    return null
  }
}

const missedIn = (json: object): number => ('missed' in json && typeof json.missed === 'number' ? json.missed : 0)

/** A short body as text; null if it breaks off. */
export const collect = (body: Readable, done: (text: string | null) => void): void =>
  collectBytes(body, bytes => done(bytes?.toString('utf8') ?? null))

export function collectBytes(body: Readable, done: (bytes: Buffer | null) => void): void {
  const parts: Buffer[] = []
  body.on('data', (part: Buffer) => parts.push(part))
  body.once('end', () => done(Buffer.concat(parts)))
  body.once('close', () => {
    if (!body.readableEnded) done(null)
  })
}
