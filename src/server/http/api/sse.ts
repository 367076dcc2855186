/**
 * A stream of events in one response: bytes as the peer takes them, and a comment as a heartbeat while nothing happens.
 */
import type { FastifyReply } from 'fastify'
import { STREAM_BEAT_MS, WRITE_BYTES } from '../../../model/limits.ts'
import type { Api } from '../../programs/api.ts'
import type { Listener, Stream, StreamCursor } from '../../programs/stream.ts'
import { farewell } from '../../programs/streams.ts'
import { addressOf } from '../client-address.ts'

const HEAD = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  // Tells proxies not to buffer the stream.
  'X-Accel-Buffering': 'no',
} as const

/**
 * `open` gets the listener. False: no stream is free. Otherwise the stream owns the response from then on.
 */
export function stream(api: Api, reply: FastifyReply, open: (listener: Listener) => Stream | null): boolean {
  const { raw } = reply
  let unbeat = (): void => {}

  function finish(last: Uint8Array | string): void {
    close()
    raw.end(last)
  }

  function pump(): void {
    try {
      while (source && !raw.writableNeedDrain && !raw.writableEnded) {
        const batch = source.take(WRITE_BYTES)
        if (batch === null) return
        if (batch !== 'overrun') raw.write(batch)
        else {
          api.counts.letGo += 1
          finish(farewell('too-slow'))
        }
      }
    } catch (error) {
      api.report(error)
      finish('')
    }
  }

  function beat(): void {
    unbeat = api.clock.alarm(STREAM_BEAT_MS, () => {
      if (!raw.writableNeedDrain) raw.write(': \n\n')
      beat()
    })
  }

  function close(): void {
    unbeat()
    if (source) api.leave(source)
  }

  const source = open({ wake: pump, end: finish, address: addressOf(reply.request.raw) })
  if (!source) return false
  reply.hijack()
  const guards = Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  raw.writeHead(200, { ...Object.fromEntries(guards), ...HEAD })
  raw.on('drain', pump)
  raw.on('close', close)
  raw.on('error', () => {})
  beat()
  pump()
  return true
}

/** `1042-EPOCH`, as in the ids of events, or a number that was written by hand. */
export function cursorOf(id: string | undefined): StreamCursor | null {
  const [, seq, epoch = null] = /^(\d+)(?:-(.+))?$/.exec(id ?? '') ?? []
  return seq === undefined ? null : { seq: Number(seq), epoch }
}
