/** Each event to exactly its audience, encoded once a protocol, in one write a turn. */
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { nativeEncoding } from '../../../src/codec/native/encoding.ts'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { CLASSIC_PACE_MS, LANE_BYTES, WRITE_BYTES } from '../../../src/model/limits.ts'
import { classic, line, native, newObjects, object, say, textsOf } from '../../helpers/actors.ts'
import { enters } from '../../helpers/drafts.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { utcTime, type Wire } from '../../helpers/world.ts'

const join = (room: string): string => object({ type: 'join', room })
const tell = (to: string, text: string): string => object({ type: 'tell', to, text })

describe('an event', () => {
  test('is encoded once for all readers of a protocol [F1]', async () => {
    const timeOfDay = vi.fn(utcTime)
    const world = await openWorld({}, undefined, { timeOfDay })
    const encode = vi.spyOn(nativeEncoding, 'encode')
    onTestFinished(() => encode.mockRestore())
    for (const k of [1, 2, 3]) await native(world, `native${k}`)
    for (const k of [1, 2, 3]) await line(world, `line${k}`)
    for (const k of [1, 2, 3]) await classic(world, `classic${k}`)
    const alice = await native(world, 'alice')
    for (const calls of [timeOfDay, encode]) calls.mockClear()
    await alice.send(say('to all nine'))
    expect(encode.mock.calls.map(([outgoing]) => outgoing.type)).toEqual(['event'])
    // Line mode and the original's protocol each tell the time once.
    expect(timeOfDay).toHaveBeenCalledTimes(2)
  })

  test('is not encoded for a protocol that nobody speaks [F1]', async () => {
    const timeOfDay = vi.fn(utcTime)
    const world = await openWorld({}, undefined, { timeOfDay })
    const bob = await line(world, 'bob')
    const alice = await native(world, 'alice')
    await bob.send('/quit\n')
    await world.clock.settle()
    timeOfDay.mockClear()
    await alice.send(say('to myself'))
    expect(timeOfDay).not.toHaveBeenCalled()
  })
})

describe('a turn', () => {
  test('of many inputs is one write to each connection [F2]', async () => {
    const world = await openWorld({ rate: null })
    const people = [await native(world, 'alice'), await native(world, 'bob'), await line(world, 'carol')]
    const before = people.map(({ writes }) => writes.length)
    const said = Array.from({ length: 50 }, (_, k) => `text ${k}`)
    for (const [k, text] of said.entries()) {
      people[k % 2]?.peer.send(Buffer.from(say(text, { n: k + 1 })))
    }
    await world.clock.settle()
    expect(textsOf(people[0] as Wire)).toEqual(said)
    expect(people[2]?.lines().slice(-50)).toEqual(
      said.map((text, k) => `[00:00:00] ${k % 2 === 0 ? 'alice' : 'bob'} > ${text}`),
    )
    expect(people.map(({ writes }, k) => writes.length - (before[k] ?? 0))).toEqual([1, 1, 1])
  })

  test('gives everybody the same events in the same order [D1]', async () => {
    const world = await openWorld({ rate: null })
    const people = await Promise.all(['alice', 'bob', 'carol'].map(name => native(world, name)))
    const turns = [0, 1, 2, 3, 4]
    for (const turn of turns) {
      for (const [k, { peer }] of people.entries()) peer.send(Buffer.from(say(`${turn}.${k}`) + say(`${turn}.${k}!`)))
      await world.clock.settle()
    }
    const [first, ...others] = people.map(({ objects }) => objects().filter(({ type }) => type === 'said'))
    expect(first).toHaveLength(turns.length * 6)
    for (const other of others) expect(other).toEqual(first)
  })
})

describe('a member of a room', () => {
  test('hears what is said there, and nobody else does [R3]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice', { room: 'ops' }), await native(world, 'bob', { room: 'ops' })]
    const outside = [await native(world, 'carol'), await line(world, 'dave'), await classic(world, 'erin')]
    await world.clock.advance(CLASSIC_PACE_MS)
    for (const wire of outside) wire.news()
    const writes = outside.map(wire => wire.writes.length)
    await alice.send(`${say('secret', { room: 'ops' })}${object({ type: 'topic', room: 'ops', topic: 'secret' })}`)
    await alice.send(`${tell('bob', 'secret')}${object({ type: 'nick', name: 'alicia' })}`)
    await alice.send(`${object({ type: 'away', note: 'secret' })}${object({ type: 'bye' })}`)
    await world.clock.advance(1000)
    expect(newObjects(bob).map(({ type }) => type)).toEqual(['said', 'topic', 'told', 'renamed', 'away', 'quit'])
    expect(outside.map(wire => wire.writes.length)).toEqual(writes)
  })

  test('and leaves it hears all up to its own leaving, and nothing after it', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    for (const wire of [alice, bob]) await wire.send(join('ops'))
    for (const wire of [alice, bob]) wire.news()
    alice.peer.send(Buffer.from(say('before', { room: 'ops' })))
    bob.peer.send(Buffer.from(object({ type: 'part', room: 'ops', n: 1 })))
    alice.peer.send(Buffer.from(say('after', { room: 'ops' })))
    await world.clock.settle()
    await alice.send(say('long after', { room: 'ops' }))
    expect(newObjects(bob)).toMatchObject([
      { type: 'said', text: 'before' },
      { type: 'parted', room: 'ops', name: 'bob' },
      { type: 'ok', n: 1 },
    ])
    expect(textsOf(alice)).toEqual(['before', 'after', 'long after'])
  })

  test('reads slowly and leaves: still all up to its own leaving, in its place among the rest', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    for (const wire of [alice, bob]) await wire.send(join('ops'))
    bob.peer.stall()
    await alice.send(say('fills the write'))
    bob.news()
    await alice.send(`${say('1', { room: 'ops' })}${say('2')}`)
    await bob.send(object({ type: 'part', room: 'ops' }))
    await alice.send(`${say('not his', { room: 'ops' })}${say('3')}`)
    bob.peer.resume()
    await world.clock.settle()
    expect(newObjects(bob).map(({ type, text }) => text ?? type)).toEqual(['fills the write', '1', '2', 'parted', '3'])
  })

  test('of two hears once of somebody who is in both [D1]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    for (const wire of [alice, bob]) await wire.send(join('ops'))
    for (const wire of [alice, bob]) wire.news()
    await alice.send(`${object({ type: 'nick', name: 'alicia', n: 1 })}${object({ type: 'away', note: 'tea' })}`)
    await alice.send(object({ type: 'bye' }))
    expect(newObjects(bob).map(({ type }) => type)).toEqual(['renamed', 'away', 'quit'])
    expect(newObjects(alice).map(({ type }) => type)).toEqual(['renamed', 'ok', 'away', 'closed'])
  })

  test('of two hears once of somebody in both, wherever a write ends [D1]', async () => {
    const world = await openWorld({ rate: null })
    const [alice, slow] = [await native(world, 'alice'), await native(world, 'slow')]
    for (const wire of [alice, slow]) await wire.send(join('ops'))
    slow.peer.stall()
    await alice.send(say('fills the write'))
    const filler = say('x'.repeat(8000))
    for (let bytes = 0; bytes < WRITE_BYTES - 8200; bytes += 8000) await alice.send(filler)
    const names = Array.from({ length: 200 }, (_, k) => `alice${k}`.padEnd(30, 'x'))
    for (const name of names) await alice.send(object({ type: 'nick', name }))
    slow.peer.resume()
    await world.clock.settle()
    expect(slow.objects().flatMap(({ type, to }) => (type === 'renamed' ? [to] : []))).toEqual(names)
  })

  test('of no room hears of its own renaming and absence', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    await alice.send(object({ type: 'part', room: 'lobby' }))
    alice.news()
    await alice.send(`${object({ type: 'nick', name: 'alicia' })}${object({ type: 'away', note: 'tea' })}`)
    expect(newObjects(alice).map(({ type }) => type)).toEqual(['renamed', 'away'])
  })

  test('gets the room as it was when it came', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    const [bob, carol] = [world.dial(), world.dial()]
    bob.peer.send(Buffer.from(object({ type: 'hello', name: 'bob' })))
    alice.peer.send(Buffer.from(say('between')))
    carol.peer.send(Buffer.from(object({ type: 'hello', name: 'carol' })))
    await world.clock.settle()
    const [, room, ...later] = newObjects(bob)
    expect(room).toMatchObject({ type: 'room', members: [{ name: 'alice' }, { name: 'bob' }] })
    expect(later).toMatchObject([
      { type: 'said', text: 'between' },
      { type: 'joined', name: 'carol' },
    ])
    expect(newObjects(carol)).toMatchObject([
      { type: 'welcome' },
      { type: 'room' },
      { type: 'history', messages: [{ text: 'between' }] },
    ])
  })

  test('may be many: the list of a large room fits through the door', async () => {
    const journal = memoryJournal('epoch')
    await journal.append(Array.from({ length: 5000 }, (_, k) => enters(`${k}`.padStart(32, 'x'), 'lobby', `${k}`)))
    const world = await openWorld({}, journal)
    const last = await native(world, 'last')
    expect(last.text().length).toBeGreaterThan(LANE_BYTES)
    await last.send(say('hi'))
    expect(textsOf(last)).toEqual(['hi'])
  })
})

describe("the host's words", () => {
  test('reach everybody, once, wherever they are', async () => {
    const world = await openWorld()
    const inBoth = await native(world, 'alice')
    await inBoth.send(join('ops'))
    const elsewhere = await native(world, 'bob', { room: 'ops' })
    const nowhere = await line(world, 'carol')
    await nowhere.send('/part lobby\n')
    const original = await classic(world, 'dave')
    await world.clock.advance(CLASSIC_PACE_MS)
    for (const wire of [inBoth, elsewhere, nowhere]) wire.news()
    world.server.host({ type: 'say', room: 'lobby', text: 'tea', action: false })
    await world.clock.settle()
    const said = { type: 'said', room: 'lobby', from: 'Host', text: 'tea' }
    for (const wire of [inBoth, elsewhere]) expect(newObjects(wire)).toMatchObject([said])
    expect(nowhere.news()).toEqual(['[00:00:00] server > tea'])
    expect(original.writes.at(-1)).toBe('[00:00:00] server > tea')
  })

  test('in another room reach that room', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob', { room: 'ops' })]
    world.server.host({ type: 'say', room: 'ops', text: 'tea', action: false })
    await world.clock.settle()
    expect([textsOf(alice), textsOf(bob)]).toEqual([[], ['tea']])
  })
})

test('rings are held as long as somebody reads them, and not longer [F4]', async () => {
  const world = await openWorld()
  const [alice, bob] = [await native(world, 'alice'), await line(world, 'bob')]
  await alice.send(join('ops'))
  await bob.send('/join ops\n')
  expect(world.server.held().rings).toBe(4)
  await alice.send(object({ type: 'part', room: 'ops' }))
  expect(world.server.held().rings).toBe(3)
  for (const wire of [alice, bob]) await wire.send(wire === alice ? object({ type: 'bye' }) : '/quit\n')
  expect(world.server.held()).toEqual({ rings: 0, bytes: 0 })
})
