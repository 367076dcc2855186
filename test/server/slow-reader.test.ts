/** A peer that reads slowly or not at all: it costs a constant, and delays nobody (docs/spec.md, F3). */
import { describe, expect, test } from 'vitest'
import { LANE_BYTES, RING_BYTES, WRITE_BYTES } from '../../src/model/limits.ts'
import { openWorld } from '../helpers/open-world.ts'
import { native, object, say, textsOf } from '../helpers/people.ts'

const tell = (to: string, text: string): string => object({ type: 'tell', to, text })

describe('who reads slowly', () => {
  test('costs a constant and delays nobody, and gets all in order when it reads again [F3]', async () => {
    const world = openWorld({ rate: null })
    const [alice, slow] = [await native(world, 'alice'), await native(world, 'slow')]
    slow.peer.stall()
    const said: string[] = []
    for (let turn = 0; turn < 200; turn++) {
      said.push(`${turn}`.padEnd(1000, '.'))
      await alice.send(say(said.at(-1) ?? ''))
      expect(textsOf(alice)).toHaveLength(turn + 1)
    }
    expect(textsOf(slow)).toEqual([])
    const before = slow.writes.length
    slow.peer.resume()
    await world.clock.settle()
    expect(textsOf(slow)).toEqual(said)
    expect(slow.writes.length - before).toBe(2)
  })

  test('has one write outstanding, and no more [F3]', async () => {
    const world = openWorld({ rate: null })
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
    const world = openWorld({ rate: null })
    const [alice, slow] = [await native(world, 'alice'), await native(world, 'slow')]
    slow.peer.stall()
    const turns = Math.ceil((RING_BYTES * 1.1) / 8000)
    for (let turn = 0; turn < turns; turn++) await alice.send(say('x'.repeat(8000)))
    slow.peer.resume()
    await world.clock.settle()
    expect(slow.closed()).toBe(true)
    expect(textsOf(alice)).toHaveLength(turns)
  })

  test('is cut when more waits for it alone than is kept [F4]', async () => {
    const world = openWorld({ rate: null })
    const [alice, slow] = [await native(world, 'alice'), await native(world, 'slow')]
    slow.peer.stall()
    const count = Math.ceil(LANE_BYTES / 8000) + 2
    for (let k = 0; k < count; k++) await alice.send(tell('slow', 'x'.repeat(8000)))
    await world.clock.settle()
    expect(slow.closed()).toBe(true)
    expect(textsOf(alice)).toHaveLength(count)
  })

  test('gets more than one write can hold in several, one after another [F2]', async () => {
    const world = openWorld({ rate: null })
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
    const world = openWorld()
    const [alice, slow] = [await native(world, 'alice'), await native(world, 'slow')]
    slow.peer.stall()
    for (const n of [1, 2, 3]) await slow.send(`${say(`${n}`, { n })}${object({ type: 'ping', id: n })}`)
    expect(textsOf(alice)).toEqual(['1', '2', '3'])
    slow.peer.resume()
    await world.clock.settle()
    const [, , , ...heard] = slow.objects().map(({ type, n, id, text }) => [type, n ?? id ?? text])
    const each = (n: number) => [
      ['said', `${n}`],
      ['ok', n],
      ['pong', n],
    ]
    expect(heard).toEqual([1, 2, 3].flatMap(each).slice(-heard.length))
    expect(heard.length).toBeGreaterThanOrEqual(8)
  })
})
