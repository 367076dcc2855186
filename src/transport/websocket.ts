/**
 * The reading side of a WebSocket (RFC 6455), on a socket after its handshake. Messages become lines, so the native
 * decoder reads them too. Pings are answered here. The encoding makes the outgoing frames.
 */
import type { Socket } from 'node:net'
import { Receiver } from 'ws'
import { CLOSINGS, type CloseCode } from '../model/closing.ts'
import { NATIVE_LINE_MAX_BYTES, WEBSOCKET_PIECES_MAX } from '../model/limits.ts'
import type { Signal } from '../port/transport.ts'

const NOTHING = Buffer.alloc(0)
const NEWLINE = Buffer.from('\n')
/** A pong frame counts as the pong object of the native protocol. */
const PONG = Buffer.from('{"type":"pong"}\n')

export type Messages = {
  /** Takes bytes that came before this reader listened to the socket. */
  readonly hear: (bytes: Uint8Array) => void
  /** Sends a close frame with the reason. Everything that comes after it is ignored. */
  readonly close: (why: CloseCode | undefined) => void
}

export function readMessages(socket: Socket, tell: (signal: Signal) => void): Messages {
  const receiver = new Receiver({
    isServer: true,
    maxPayload: NATIVE_LINE_MAX_BYTES,
    maxFragments: WEBSOCKET_PIECES_MAX,
    maxBufferedChunks: WEBSOCKET_PIECES_MAX,
  })
  let lines: Uint8Array[] = []
  let deaf = false
  let echo: number = CLOSINGS.bye.websocket

  function fall(signal: Signal | null): void {
    if (deaf) return
    deaf = true
    socket.off('data', hear).off('end', hang)
    // A paused socket wouldn't signal its end.
    socket.resume()
    pass()
    if (signal) tell(signal)
  }
  function pass(): void {
    if (lines.length === 0) return
    const bytes = Buffer.concat(lines)
    lines = []
    tell({ type: 'bytes', bytes })
  }
  const hear = (bytes: Uint8Array): void => {
    receiver.write(bytes)
    pass()
  }
  const hang = (): void => fall({ type: 'end' })
  const pong = answering(socket)

  receiver
    .on('message', (message: Buffer, binary: boolean) => {
      if (binary) fall({ type: 'broken', code: 'binary-frame' })
      else if (!deaf) lines.push(oneLine(message), NEWLINE)
    })
    .on('ping', (payload: Buffer) => {
      if (deaf) return
      lines.push(NEWLINE)
      pong(payload)
    })
    .on('pong', () => {
      if (!deaf) lines.push(PONG)
    })
    .on('conclude', (code: number) => {
      echo = code === NO_CODE ? echo : code
      fall({ type: 'end' })
    })
    .on('error', (error: NodeJS.ErrnoException) => fall({ type: 'broken', code: reason(error) }))
  socket.on('data', hear).on('end', hang)

  return {
    hear,
    close(why) {
      fall(null)
      socket.write(why ? closing(CLOSINGS[why].websocket, why) : closing(echo, ''))
    },
  }
}

/** A control frame: whole, with at most 125 bytes of payload (5.5). */
const control = (opcode: number, payload: Uint8Array): Uint8Array =>
  Buffer.concat([Uint8Array.of(0x80 | opcode, payload.length), payload])

const closing = (code: number, reason: string): Uint8Array =>
  control(0x8, Buffer.concat([Uint8Array.of(code >> 8, code & 0xff), Buffer.from(reason)]))

/** The code that ws reports for a close frame without one. */
const NO_CODE = 1005

/** Line breaks are white space in JSON, but would end a line here. They become spaces. */
function oneLine(message: Buffer): Buffer {
  for (const [at, byte] of message.entries()) if (byte === 0x0a || byte === 0x0d) message[at] = 0x20
  return message
}

/**
 * Pongs, at most one outstanding. If many pings come while the peer reads nothing, only the last one is answered, which
 * the RFC allows (5.5.3). So a flood of pings holds no memory.
 */
function answering(socket: Socket): (payload: Buffer) => void {
  let owed: Buffer | null = null
  let waiting = false
  const pay = (): void => {
    waiting = false
    if (owed && !socket.writableEnded) socket.write(control(0xa, owed))
    owed = null
  }
  return payload => {
    owed = payload
    if (waiting) return
    waiting = true
    // Done when all writes before it are, and never in the same chunk as the ping.
    socket.write(NOTHING, pay)
  }
}

function reason({ code }: NodeJS.ErrnoException): CloseCode {
  switch (code) {
    case 'WS_ERR_INVALID_UTF8':
      return 'frame-not-utf8'
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
    case 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH':
    case 'WS_ERR_TOO_MANY_BUFFERED_PARTS':
      return 'frame-too-long'
    default:
      return 'bad-frame'
  }
}
