/** A WebSocket client, byte by byte: valid frames and invalid ones. */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { endOf, patiently } from './patience.ts'

export const OPCODE = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

export type Frame = { readonly opcode: number; readonly fin: boolean; readonly payload: Buffer }

type Bend = { readonly fin?: boolean; readonly masked?: boolean; readonly reserved?: number; readonly length?: number }

/** A frame of a client. `length`: the length in its head, if that differs. */
export function frame(opcode: number, payload: string | Uint8Array, bend: Bend = {}): Buffer {
  const { fin = true, masked = true, reserved = 0 } = bend
  const bytes = Buffer.from(payload as Uint8Array)
  const length = bend.length ?? bytes.length
  const mask = masked ? 0x80 : 0
  const head = [(fin ? 0x80 : 0) | (reserved << 4) | opcode]
  if (length < 126) head.push(mask | length)
  else if (length < 0x10000) head.push(mask | 126, length >> 8, length & 0xff)
  else
    head.push(
      mask | 127,
      0,
      0,
      0,
      0,
      (length >>> 24) & 0xff,
      (length >> 16) & 0xff,
      (length >> 8) & 0xff,
      length & 0xff,
    )
  if (!masked) return Buffer.from([...head, ...bytes])
  const key = randomBytes(4)
  return Buffer.concat([Buffer.from(head), key, bytes.map((byte, at) => byte ^ (key[at % 4] as number))])
}

export const text = (object: object): Buffer => frame(OPCODE.text, JSON.stringify(object))

export const handshake = (host: string, more: Readonly<Record<string, string | null>> = {}, path = '/ws'): string => {
  const headers = {
    Host: host,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...more,
  }
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}\r\n`]))
  return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
}

export type Caller = {
  readonly socket: Socket
  /** Resolves with the head of the answer, up to its blank line. */
  readonly head: Promise<string>
  /** Frames that have come so far. */
  readonly frames: () => readonly Frame[]
  /** The objects in them. */
  readonly objects: () => readonly Record<string, unknown>[]
  /** All bytes that have come. */
  readonly received: () => Buffer
  /** Resolves when `done` is true of the input so far; rejects if the end comes before. */
  readonly until: (done: (caller: Caller) => boolean) => Promise<void>
  /** The server has ended the connection, or it is gone. */
  readonly over: Promise<void>
  readonly send: (bytes: string | Uint8Array) => void
}

/** A bare connection; destroyed when the test is over. */
export async function call(port: number): Promise<Caller> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  let bytes = Buffer.alloc(0)
  let gone = false
  const waits = new Set<() => void>()
  const look = (): void => {
    for (const wait of [...waits]) wait()
  }
  const over = Promise.withResolvers<void>()
  const end = (): void => {
    gone = true
    look()
    over.resolve()
  }
  socket.setNoDelay(true)
  socket.on('error', () => {})
  socket.on('data', chunk => {
    bytes = Buffer.concat([bytes, chunk])
    look()
  })
  socket.on('end', end).on('close', end)
  onTestFinished(() => void socket.destroy())
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  const caller: Caller = {
    socket,
    over: over.promise,
    head: Promise.resolve(''),
    received: () => bytes,
    frames: () => framesIn(bytes.subarray(bytes.indexOf('\r\n\r\n') + 4)),
    objects: () =>
      caller
        .frames()
        .flatMap(({ opcode, payload }) => (opcode === OPCODE.text ? [JSON.parse(payload.toString('utf8'))] : [])),
    until(done) {
      const waiting = new Promise<void>((resolve, reject) => {
        const wait = (): void => {
          const isDone = done(caller)
          if (!isDone && !gone) return
          waits.delete(wait)
          if (isDone) resolve()
          else reject(new Error(`waited for ${done}; it ended with: ${endOf(bytes.toString('latin1'))}`))
        }
        waits.add(wait)
        wait()
      })
      return patiently(`${done}`, waiting, () => bytes.toString('latin1'))
    },
    send: what => void socket.write(what),
  }
  return {
    ...caller,
    head: caller
      .until(() => bytes.includes('\r\n\r\n'))
      .then(
        () => headOf(bytes),
        () => headOf(bytes),
      ),
  }
}

const headOf = (bytes: Buffer): string => bytes.toString('latin1').split('\r\n\r\n')[0] ?? ''

/** Whole frames as a server writes them. */
function framesIn(bytes: Buffer): Frame[] {
  const frames: Frame[] = []
  for (let at = 0; at + 2 <= bytes.length; ) {
    const [first, second] = [bytes[at] as number, bytes[at + 1] as number]
    if (second > 127) throw new Error('a server masks nothing')
    const wide = second === 126 ? 2 : second === 127 ? 8 : 0
    if (at + 2 + wide > bytes.length) break
    const length = wide === 0 ? second : wide === 2 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
    const start = at + 2 + wide
    if (start + length > bytes.length) break
    frames.push({ opcode: first & 0xf, fin: first >= 0x80, payload: bytes.subarray(start, start + length) })
    at = start + length
  }
  return frames
}

/** The code and the reason of a close frame among them; null if there is none. */
export function closeOf(frames: readonly Frame[]): { readonly code: number; readonly reason: string } | null {
  const close = frames.find(({ opcode }) => opcode === OPCODE.close)
  return close ? { code: close.payload.readUInt16BE(0), reason: close.payload.toString('utf8', 2) } : null
}

/** A client on an open WebSocket. */
export async function upgraded(port: number): Promise<Caller> {
  const caller = await call(port)
  caller.send(handshake(`127.0.0.1:${port}`))
  await caller.head
  return caller
}

/** The same, in the lobby. */
export async function entered(port: number, name: string, more: object = {}): Promise<Caller> {
  const caller = await upgraded(port)
  caller.send(text({ type: 'hello', name, ...more }))
  await caller.until(({ objects }) => objects().some(({ type }) => type === 'room'))
  return caller
}
