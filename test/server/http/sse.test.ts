// How a stream is written: nothing more while the peer has yet to take the bytes before. A peer that takes too little
// gets an error.
import { Writable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { expect, test } from 'vitest'
import { STREAM_BEAT_MS } from '../../../src/model/limits.ts'
import { stream } from '../../../src/server/http/api/sse.ts'
import { Counts } from '../../../src/server/observe/counts.ts'
import type { Api } from '../../../src/server/programs/api.ts'
import type { Listener, Stream } from '../../../src/server/programs/stream.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'

/** A response whose peer takes a write when the test wants it, and a source of the test's frames. */
function scene() {
  const written: string[] = []
  const taken: (() => void)[] = []
  const raw = new Writable({
    highWaterMark: 1,
    write(chunk, _, done) {
      written.push(String(chunk))
      taken.push(done)
    },
  })
  const reply = {
    request: { raw: { socket: { remoteAddress: '192.0.2.1' } } },
    raw: Object.assign(raw, { writeHead() {} }),
    hijack() {},
    getHeaders: () => ({}),
  }
  const clock = virtualClock()
  const counts = new Counts()
  const batches: (string | 'overrun' | Error)[] = []
  const left: unknown[] = []
  const reports: unknown[] = []
  let listener: Listener = { wake() {}, end() {}, address: '192.0.2.1' }
  const source = {
    take() {
      const batch = batches.shift()
      if (batch instanceof Error) throw batch
      return batch === undefined || batch === 'overrun' ? (batch ?? null) : Buffer.from(batch)
    },
  }
  const api = {
    clock,
    counts,
    report: (error: unknown) => reports.push(error),
    leave: (one: unknown) => left.push(one),
  }
  const begin = (): boolean =>
    stream(api as unknown as Api, reply as unknown as FastifyReply, heard => {
      listener = heard
      return source as unknown as Stream
    })
  return {
    ...{ begin, raw, written, batches, counts, left, reports, clock },
    wake: () => listener.wake(),
    /** The peer takes the written bytes. */
    take: async () => {
      taken.shift()?.()
      await new Promise(resolve => setImmediate(resolve))
    },
  }
}

test('[F3] nothing is written while the peer has yet to take what was', async () => {
  const { begin, wake, take, written, batches, clock } = scene()
  batches.push('one', 'two')
  begin()
  expect(written).toEqual(['one'])
  wake()
  await clock.advance(STREAM_BEAT_MS)
  expect(written).toEqual(['one'])
  await take()
  expect(written).toEqual(['one', 'two'])
  await take()
  await clock.advance(STREAM_BEAT_MS)
  expect(written.at(-1), 'a sign of life').toBe(': \n\n')
})

test('[F3] [A4] whose ring went on without it is told so, and ends', async () => {
  const { begin, take, raw, written, batches, counts, left, clock } = scene()
  batches.push('one', 'overrun', 'never')
  begin()
  await take()
  expect(written.at(-1)).toContain('"code":"too-slow"')
  await take()
  expect(raw.writableFinished).toBe(true)
  expect(counts.letGo).toBe(1)
  expect(left).not.toEqual([])
  expect(clock.pending(), 'no alarm is left').toBe(0)
})

test('[A4] a past that cannot be read ends it, and is reported', () => {
  const { begin, raw, batches, reports } = scene()
  batches.push(new Error('damaged'))
  begin()
  expect(raw.writableEnded).toBe(true)
  expect(reports).toHaveLength(1)
})

test('[H1] a peer that goes leaves nothing behind', async () => {
  const { begin, raw, left, clock } = scene()
  begin()
  raw.destroy()
  await new Promise(resolve => raw.once('close', resolve))
  expect(left).toHaveLength(1)
  expect(clock.pending()).toBe(0)
})
