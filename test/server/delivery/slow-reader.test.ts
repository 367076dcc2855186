/** A peer that reads slowly or not at all: it costs a constant, and delays nobody (docs/spec.md, F3). */
import { describe, expect, test } from 'vitest'
import { closingText } from '../../../src/model/closing.ts'
import {
  CLASSIC_PACE_MS,
  LANE_BYTES,
  RATE_BURST,
  RING_BYTES,
  SLOW_LINGER_MS,
  TEXT_MAX_BYTES,
  WRITE_BYTES,
} from '../../../src/model/limits.ts'
import { classic, line, native, object, say, textsOf } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import type { Wire } from '../../helpers/world.ts'

const tell = (to: string, text: string): string => object({ type: 'tell', to, text })

describe('a client that reads slowly', () => {
  test('costs a constant and delays nobody, and gets all in order when it reads again [F3]', async () => {
    const world = await openWorld({ rate: null })
    const [alice, slow] = [await native(world, 'alice'), await native(world, 'slow')]
    slow.peer.stall()
    const said: string[] = []
    for (let turn = 0; turn < 200; turn++) {
      said.push(`${turn}`.padEnd(1000, '.'))
      await alice.send(say(said.at(-1) ?? ''))
      expect(textsOf(alice)).toHaveLength(turn + 1)
    }
    expect(textsOf(slow)).toEqual([])
    const shown = { name: 'slow', state: 'behind', outstanding: slow.outstanding() }
    expect(world.server.connections()).toMatchObject([{ name: 'alice', state: 'here', outstanding: 0 }, shown])
    const before = slow.writes.length
    slow.peer.resume()
    await world.clock.settle()
    expect(textsOf(slow)).toEqual(said)
    expect(slow.writes.length - before).toBe(2)
  })

  test.each([
    ['falls behind', 'closed'],
    ['leaves', 'closed'],
    ['asks on', 'who'],
  ])('of a long member list gets the whole line, also if it %s [F3]', async (how, last) => {
    const world = await openWorld({ rate: null })
    for (let k = 0; k < 100; k++) await native(world, `李${k}`, { room: 'ops' })
    const [alice, slow] = [await native(world, 'alice'), await native(world, 'Spider-Man')]
    slow.peer.stall()
    await slow.send(object({ type: 'join', room: 'ops' }))
    if (how === 'asks on') await slow.send(object({ type: 'who', room: 'ops' }))
    if (how === 'leaves') await slow.send(object({ type: 'bye' }))
    if (how === 'falls behind') {
      for (let bytes = 0; bytes < RING_BYTES * 1.1; bytes += 8000) await alice.send(say('x'.repeat(8000)))
    }
    slow.peer.resume()
    await world.clock.settle()
    const all = slow.objects()
    expect(all.at(-1)).toMatchObject({ type: last })
    const lists = all.filter(({ type, room }) => type === 'who' || (type === 'room' && room === 'ops'))
    expect(lists.map(({ members }) => (members as readonly unknown[]).length)).toEqual(lists.map(() => 101))
    expect(lists).not.toEqual([])
  })

  test('has one write outstanding, and no more [F3]', async () => {
    const world = await openWorld({ rate: null })
    const [alice, slow] = [await native(world, 'alice'), await native(world, 'slow')]
    slow.peer.stall()
    for (let turn = 0; turn < 150; turn++) {
      await alice.send(say('x'.repeat(8000)))
      expect(slow.outstanding()).toBeGreaterThan(8000)
      expect(slow.outstanding()).toBeLessThan(8200)
      expect(world.server.held().bytes).toBeLessThanOrEqual(RING_BYTES)
    }
  })

  test('is cut when it falls off the ring, and the others go on [F3]', async () => {
    const world = await openWorld({ rate: null })
    const [alice, slow] = [await native(world, 'alice'), await native(world, 'slow')]
    slow.peer.stall()
    const turns = Math.ceil((RING_BYTES * 1.1) / 8000)
    for (let turn = 0; turn < turns; turn++) await alice.send(say('x'.repeat(8000)))
    slow.peer.resume()
    await world.clock.settle()
    expect(slow.closed()).toBe(true)
    expect(textsOf(alice)).toHaveLength(turns)
  })

  test.each(['one by one', 'all at once'])(
    'is let go when more waits for it alone than is kept [F4], %s',
    async how => {
      const world = await openWorld({ rate: null })
      const [alice, slow] = [await native(world, 'alice'), await native(world, 'slow')]
      slow.peer.stall()
      const count = Math.ceil(LANE_BYTES / 8000) + 2
      const told = Array.from({ length: count }, () => tell('slow', 'x'.repeat(8000)))
      await alice.send(tell('slow', 'outstanding'))
      for (const packet of how === 'one by one' ? told : [told.join('')]) await alice.send(packet)
      expect(world.state().due.size).toBe(1)
      slow.peer.resume()
      await world.clock.settle()
      expect(slow.objects().at(-1)).toMatchObject({ type: 'closed', code: 'too-slow' })
      expect(slow.closed()).toBe(true)
      expect(textsOf(alice)).toHaveLength(count + 1)
    },
  )

  test('is not one that gets more in one turn than is kept for it, and takes it [F4]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    const told = Array.from({ length: RATE_BURST - 1 }, () => tell('bob', 'x'.repeat(TEXT_MAX_BYTES)))
    expect(told.length * TEXT_MAX_BYTES).toBeGreaterThan(LANE_BYTES)
    await alice.send(told.join(''))
    for (const wire of [alice, bob]) expect(textsOf(wire)).toHaveLength(told.length)
    expect(world.state().due.size).toBe(0)
  })

  test('gets more than one write can hold in several, one after another [F2]', async () => {
    const world = await openWorld({ rate: null })
    const [alice, slow] = [await native(world, 'alice'), await native(world, 'slow')]
    slow.peer.stall()
    const turns = Math.ceil((WRITE_BYTES * 2.5) / 8000)
    for (let turn = 0; turn < turns; turn++) await alice.send(say(`${turn}`.padEnd(8000, '.')))
    slow.peer.resume()
    await world.clock.settle()
    expect(textsOf(slow)).toEqual(textsOf(alice))
    for (const write of slow.writes) expect(write.length).toBeLessThan(WRITE_BYTES + 8200)
  })

  test('is heard all the same, and answered when it reads again', async () => {
    const world = await openWorld()
    const [alice, slow] = [await native(world, 'alice'), await native(world, 'slow')]
    slow.peer.stall()
    for (const n of [1, 2, 3]) await slow.send(`${say(`${n}`, { n })}${object({ type: 'ping', id: n })}`)
    expect(textsOf(alice)).toEqual(['1', '2', '3'])
    slow.peer.resume()
    await world.clock.settle()
    const [, , , ...heard] = slow.objects().map(({ type, n, id, text }) => [type, n ?? text ?? id])
    const each = (n: number) => [
      ['said', `${n}`],
      ['ok', n],
      ['pong', n],
    ]
    expect(heard).toEqual([1, 2, 3].flatMap(each).slice(-heard.length))
    expect(heard.length).toBeGreaterThanOrEqual(8)
  })
})

describe('a client that has fallen behind', () => {
  /** More than a ring holds. */
  async function overrun(talker: Wire): Promise<void> {
    for (let bytes = 0; bytes < RING_BYTES * 1.1; bytes += 8000) await talker.send(`${'x'.repeat(8000)}\n`)
  }

  test('is told so in line mode behind all that it has yet to take, when it reads again [F3]', async () => {
    const world = await openWorld({ rate: null })
    const [talker, slow] = [await line(world, 'talker'), await line(world, 'slow')]
    slow.peer.stall()
    await talker.send('outstanding\n')
    await overrun(talker)
    await world.clock.advance(SLOW_LINGER_MS - 1)
    expect(slow.closed()).toBe(false)
    slow.peer.resume()
    await world.clock.settle()
    expect(slow.lines().slice(-2)).toEqual([
      expect.stringContaining('talker > outstanding'),
      expect.stringContaining(`server > ${closingText('too-slow')}`),
    ])
    expect(slow.closed()).toBe(true)
  })

  test('is told so in a write of its own, in classic [C1] [F3]', async () => {
    const world = await openWorld({ rate: null })
    const [talker, slow] = [await line(world, 'talker'), await classic(world, 'slow')]
    slow.peer.stall()
    await talker.send('outstanding\n')
    await world.clock.advance(CLASSIC_PACE_MS)
    await overrun(talker)
    slow.peer.resume()
    await world.clock.advance(CLASSIC_PACE_MS)
    expect(slow.writes.slice(-2)).toEqual([
      expect.stringMatching(/^\[.{8}\] talker > outstanding$/),
      expect.stringMatching(/^\[.{8}\] server > You read too slowly/),
    ])
    await world.clock.advance(CLASSIC_PACE_MS)
    expect(slow.closed()).toBe(true)
  })

  test('is told to come back, natively, and does so to a gap with its size [D5] [F3]', async () => {
    const world = await openWorld({ rate: null })
    const [talker, slow] = [await line(world, 'talker'), await native(world, 'slow')]
    const [{ token = '', epoch = '', seq = 0 } = {}] = slow.objects()
    slow.peer.stall()
    await talker.send('outstanding\n')
    await overrun(talker)
    expect([...world.state().due.keys()]).toHaveLength(1)
    slow.peer.resume()
    await world.clock.settle()
    expect(slow.objects().slice(-2)).toMatchObject([
      { type: 'said', text: 'outstanding' },
      { type: 'closed', code: 'too-slow', reconnect: true },
    ])
    const again = world.dial()
    await again.send(object({ type: 'hello', token, epoch, cursor: seq, history: 1 }))
    const said = world.steps.filter(({ events }) => events.some(({ event }) => event.type === 'said')).length
    expect(again.objects()).toMatchObject([
      { type: 'welcome', resumed: true, gap: true },
      { type: 'room' },
      { type: 'history', messages: [{ text: 'outstanding' }], more: true, missed: said },
    ])
  })

  test('is no member any more at once where it cannot come back, and others hear of it [D4] [F3]', async () => {
    const world = await openWorld({ rate: null })
    const [talker, slow] = [await line(world, 'talker'), await line(world, 'slow')]
    slow.peer.stall()
    talker.news()
    await overrun(talker)
    expect(talker.news()).toEqual([expect.stringContaining('[*] slow')])
    expect([...world.state().members.values()].map(({ name }) => name.text)).toEqual(['talker'])
    expect(world.server.connections().map(({ name }) => name)).toEqual(['talker'])
  })

  test('costs no more than the write that it has yet to take, however much is said [F3]', async () => {
    const world = await openWorld({ rate: null })
    const [talker, slow] = [await line(world, 'talker'), await line(world, 'slow')]
    slow.peer.stall()
    await talker.send('outstanding\n')
    const { length } = '[00:00:00] talker > outstanding\n'
    for (const _ of [1, 2, 3]) {
      await overrun(talker)
      expect(slow.outstanding()).toBe(length)
    }
    expect(world.server.held().bytes).toBeLessThanOrEqual(RING_BYTES)
  })

  test('and does not read in time is cut without a word [F3]', async () => {
    const world = await openWorld({ rate: null })
    const [talker, slow] = [await line(world, 'talker'), await line(world, 'slow')]
    slow.peer.stall()
    await overrun(talker)
    await world.clock.advance(SLOW_LINGER_MS)
    expect(slow.closed()).toBe(true)
    expect(slow.text()).not.toContain(closingText('too-slow'))
  })
})
