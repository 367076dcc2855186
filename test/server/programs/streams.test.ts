// A stream of events: its frames, their order, and the beginning of a stream that comes back.
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { nativeEncoding } from '../../../src/codec/native/encoding.ts'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { memoryHistory } from '../../../src/journal/memory-history.ts'
import { RING_BYTES, STREAM_PAST_MAX, STREAM_ROOMS_MAX, STREAMS_PER_GRANT } from '../../../src/model/limits.ts'
import type { Grant } from '../../../src/model/state/grant.ts'
import type { History } from '../../../src/port/history.ts'
import type { Journal } from '../../../src/port/journal.ts'
import type { Stream, StreamCursor } from '../../../src/server/programs/stream.ts'
import type { Options } from '../../../src/server/server.ts'
import { native, object } from '../../helpers/actors.ts'
import { createWorld } from '../../helpers/world.ts'

type Told = Record<string, unknown> & { readonly id: string | null }

/** A room with alice in it, and a program that may listen. */
async function scene(options: Options = {}, ...ports: [journal?: Journal, ports?: { history: History }]) {
  const world = await createWorld({ rate: null, ...options }, ...ports)
  await world.clock.settle()
  const alice = await native(world, 'alice')
  const token = Promise.withResolvers<string>()
  world.server.grants.add({ name: 'ci', room: null, read: true, write: true }, token.resolve)
  await world.clock.settle()
  const { api } = world.server
  const grant = api.grantOf(await token.promise) as Grant
  const say = (text: string): Promise<void> => alice.send(object({ type: 'say', text }))

  /** Listens, and takes all that there is whenever it is told to. */
  function listen(cursor: StreamCursor | null = null, eager = true, room = 'lobby') {
    let text = ''
    const ended: string[] = []
    let woken = 0
    const wake = (): void => {
      woken += 1
      if (eager) take()
    }
    const listener = { wake, end: (last: Uint8Array) => void ended.push(`${last}`), address: '192.0.2.1' }
    const stream = api.listen(grant, room, cursor, listener) as Stream
    function take(): 'overrun' | undefined {
      for (;;) {
        const batch = stream.take(1000)
        if (batch === null) return undefined
        if (batch === 'overrun') return batch
        text += Buffer.from(batch).toString('utf8')
      }
    }
    if (eager) take()
    return {
      take,
      /** Takes one piece, which is not read. */
      skip: () => void stream.take(1),
      ended,
      woken: () => woken,
      text: () => text,
      leave: () => api.leave(stream),
      told: (): readonly Told[] =>
        text
          .split('\n\n')
          .slice(0, -1)
          .map(block => ({
            ...(JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '') as object),
            // The place of the stream; in the object itself it is the member's.
            id: /^id: (.*)$/m.exec(block)?.[1] ?? null,
          })),
    }
  }
  return { world, alice, say, listen, api, grant }
}

const texts = (told: readonly Told[]) => told.flatMap(({ type, text }) => (type === 'said' ? [text] : []))
const cursorOf = (id: string | null | undefined): StreamCursor => {
  const [seq, epoch] = (id ?? '').split('-')
  return { seq: Number(seq), epoch: epoch ?? null }
}

describe('[A4] a stream', () => {
  test('[A4] begins with where it is, and goes on with what happens in its room alone', async () => {
    const { world, alice, say, listen } = await scene()
    const { told, woken } = listen()
    await say('one')
    await alice.send(object({ type: 'join', room: 'ops' }))
    await alice.send(object({ type: 'say', room: 'ops', text: 'elsewhere' }))
    await alice.send(object({ type: 'topic', topic: 'tea' }))
    await alice.send(`${object({ type: 'say', text: 'two' })}${object({ type: 'say', text: 'three' })}`)
    expect(told().map(({ type, text, id }) => [type, text, id])).toEqual([
      ['welcome', undefined, '4-epoch'],
      ['said', 'one', '5-epoch'],
      ['topic', undefined, '8-epoch'],
      ['said', 'two', '9-epoch'],
      ['said', 'three', '10-epoch'],
    ])
    expect(told()[0]).toMatchObject({ seq: 4, room: 'lobby', resumed: false, gap: false })
    expect(woken(), 'a turn wakes once').toBe(3)
    await world.close()
  })

  test('[A4] [D6] that comes back within the ring has the same bytes, each event marked as replayed', async () => {
    const { world, say, listen } = await scene()
    const first = listen()
    await say('one')
    const { id } = first.told().at(-1) ?? {}
    await say('two')
    await say('three')
    first.leave()
    await say('four')
    const again = listen(cursorOf(id))
    await say('five')
    expect(texts(again.told())).toEqual(['two', 'three', 'four', 'five'])
    expect(again.told().map(({ replayed }) => replayed)).toEqual([undefined, true, true, true, undefined])
    expect(again.told()[0]).toMatchObject({ type: 'welcome', id, resumed: true, gap: false })
    const bytes = again.text().replaceAll('"replayed":true,', '')
    expect(bytes).toContain(first.text().slice(first.text().indexOf('id: 6-')))
    await world.close()
  })

  test('[Q1] loses an event that cannot be written, and goes on with the next', async () => {
    const { world, say, listen } = await scene()
    const { told } = listen()
    const { encode } = nativeEncoding
    const spy = vi.spyOn(nativeEncoding, 'encode').mockImplementation(outgoing => {
      if (outgoing.type === 'event' && outgoing.text === 'unwritable') throw new Error('no words')
      return encode(outgoing)
    })
    onTestFinished(() => spy.mockRestore())
    await say('one')
    await say('unwritable')
    await say('two')
    expect(texts(told())).toEqual(['one', 'two'])
    expect(world.troubles.splice(0).map(({ type }) => type)).toEqual(['internal', 'internal'])
    await world.close()
  })

  test('[A4] that broke before it had all that it missed comes to the same', async () => {
    const { world, say, listen } = await scene()
    const first = listen()
    await say('one')
    const { id } = first.told().at(-1) ?? {}
    for (const text of ['two', 'three', 'four']) await say(text)
    const told = listen(cursorOf(id)).told()
    for (const [at, event] of told.entries()) {
      const from = listen(cursorOf(event.id))
      const had = texts(told.slice(0, at + 1))
      expect([...had, ...texts(from.told())]).toEqual(['two', 'three', 'four'])
    }
    await world.close()
  })

  test('[A4] [D5] beyond the ring it has what was said from the history, and a gap that says what is missing', async () => {
    const { world, alice, say, listen } = await scene()
    for (let k = 1; k <= 250; k++) await say(`${k}`)
    await alice.send(object({ type: 'delete', room: 'lobby', seq: null }))
    await world.clock.settle()
    const { told } = listen({ seq: 4, epoch: null })
    expect(texts(told())).toEqual(Array.from({ length: 249 }, (_, k) => `${k + 1}`))
    expect(
      told()
        .slice(1, -1)
        .every(({ replayed, id, seq }) => replayed === true && id === `${seq}-epoch`),
    ).toBe(true)
    expect(told()[0]).toMatchObject({ type: 'welcome', id: '4-epoch', resumed: true, gap: true })
    const { seq } = world.state()
    expect(told().at(-1)).toEqual({ id: `${seq}-epoch`, type: 'gap', seq, room: 'lobby', after: 254, missed: 1 })
    await say('live')
    expect(texts(told()).at(-1)).toBe('live')
    await world.close()
  })

  test('[A4] of more than is told again the number is stated', async () => {
    const { world, alice, listen } = await scene()
    const more = 30
    for (let k = 0; k < STREAM_PAST_MAX + more; k += 10) {
      await alice.send(Array.from({ length: 10 }, (_, one) => object({ type: 'say', text: `${k + one}` })).join(''))
    }
    const { told } = listen({ seq: 0, epoch: 'epoch' })
    expect(texts(told())).toHaveLength(STREAM_PAST_MAX)
    expect(told().at(-1)).toMatchObject({ type: 'gap', missed: more })
    await world.close()
  })

  test('[A4] counts what is forgotten while it reads, and nothing that comes later', async () => {
    const journal = memoryJournal('epoch')
    const inner = memoryHistory(journal.textOf)
    let forgotten = 0
    const page: History['page'] = (part, range, limit) =>
      inner.page(part, 'after' in range ? { ...range, after: Math.max(range.after, forgotten) } : range, limit)
    const history = new Proxy(inner, { get: (of, key) => (key === 'page' ? page : Reflect.get(of, key)) })
    const { say, listen, world } = await scene({}, journal, { history })
    for (let k = 1; k <= 450; k++) await say(`${k}`)
    const { seq } = world.state()
    const { skip, take, told } = listen({ seq: seq - 450, epoch: 'epoch' }, false)
    // The welcome, and the first 200 messages.
    skip()
    skip()
    forgotten = seq - 50
    await say('live')
    take()
    expect(texts(told())).toEqual([...Array.from({ length: 50 }, (_, k) => `${k + 401}`), 'live'])
    expect(told().at(-2)).toMatchObject({ type: 'gap', seq, missed: 200 })
    await world.close()
  })

  test('[A4] of another journal, nobody knows what is missing', async () => {
    const { world, say, listen } = await scene()
    await say('one')
    for (const cursor of [
      { seq: 2, epoch: 'another' },
      { seq: 1000, epoch: null },
    ]) {
      const { told } = listen(cursor)
      expect(told().map(({ type }) => type)).toEqual(['welcome', 'gap'])
      expect(told()[1]).toMatchObject({ after: null, missed: null, id: '5-epoch' })
    }
    await world.close()
  })

  test('[A4] [L1] of more rooms than are kept, those are given up to which nobody has listened for the longest', async () => {
    const { world, alice, listen } = await scene()
    for (const room of ['r0', 'r1']) await alice.send(object({ type: 'join', room }))
    const visit = (room: string) => {
      const stream = listen(null, true, room)
      stream.leave()
      return stream.told().at(-1)?.id
    }
    const cursors = ['r0', 'r1'].map(room => [room, cursorOf(visit(room))] as const)
    for (let k = 2; k < STREAM_ROOMS_MAX; k++) visit(`r${k}`)
    visit('r0')
    visit('one more')
    expect(world.server.held().rings).toBeGreaterThan(0)
    // A topic is in no history: a client that comes back has it only from a ring.
    for (const [room] of cursors) await alice.send(object({ type: 'topic', room, topic: 'tea' }))
    const types = cursors.map(([room, cursor]) =>
      listen(cursor, true, room)
        .told()
        .map(({ type }) => type),
    )
    expect(types).toEqual([
      ['welcome', 'topic'],
      ['welcome', 'gap'],
    ])
    await world.close()
  })

  test('[F3] that takes nothing until the ring has gone on is told so, and costs no copy', async () => {
    const { world, alice, listen } = await scene()
    const slow = listen(null, false)
    const text = 'x'.repeat(8000)
    for (let bytes = 0; bytes < RING_BYTES + 16_000; bytes += 8000) await alice.send(object({ type: 'say', text }))
    expect(slow.take()).toBe('overrun')
    expect(slow.text()).not.toContain('said')
    await world.close()
  })

  test('[L1] there are so many of one token, and no more until one is closed', async () => {
    const { world, listen, api, grant } = await scene()
    const open = Array.from({ length: STREAMS_PER_GRANT }, () => listen())
    const another = () => api.listen(grant, 'lobby', null, { wake() {}, end() {}, address: '192.0.2.1' })
    expect(another()).toBeNull()
    open[0]?.leave()
    expect(another()).not.toBeNull()
    await world.close()
  })

  test('[H1] hears why when the server stops', async () => {
    const { world, listen } = await scene()
    const { ended } = listen()
    await world.close()
    expect(ended).toEqual([expect.stringContaining('"code":"shutdown"')])
  })
})
