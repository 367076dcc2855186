/** A lost connection and the session that goes on without it, and then from another one (docs/spec.md, D3 to D5). */
import { describe, expect, test } from 'vitest'
import { BEAT_MS, GRACE_MS, HISTORY_PAGE_BYTES, PIECE_BYTES, RING_BYTES } from '../../../src/model/limits.ts'
import { native, newObjects, object, say, textsOf, typesOf } from '../../helpers/actors.ts'
import { foreign, resumes, starts } from '../../helpers/drafts.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { troubledJournal } from '../../helpers/troubled-journal.ts'
import type { Wire, World } from '../../helpers/world.ts'

type Ticket = { readonly token: unknown; readonly epoch: unknown; readonly cursor: number }

/** A client's ticket to go on with: the token, and the last input that it has received whole. */
function ticketOf(wire: Wire): Ticket {
  const [welcome = {}] = wire.objects().filter(({ type }) => type === 'welcome')
  const { token, epoch } = welcome as Record<string, unknown>
  return { token, epoch, cursor: Math.max(...wire.objects().map(({ seq }) => (typeof seq === 'number' ? seq : 0))) }
}

async function resume(world: World, ticket: object): Promise<Wire> {
  const wire = world.dial()
  await wire.send(object({ type: 'hello', ...ticket }))
  return wire
}

const linesAfter = (wire: Wire, cursor: number): readonly string[] =>
  wire.lines().filter(line => {
    const { type, seq } = JSON.parse(line) as { type: string; seq?: number }
    return type !== 'ok' && type !== 'welcome' && seq !== undefined && seq > cursor
  })

describe('a member that lost its connection', () => {
  test('is still there for the others until the grace is over, then exits [D4]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    alice.news()
    bob.peer.vanish()
    const others = (): readonly Record<string, unknown>[] => newObjects(alice).filter(({ type }) => type !== 'ping')
    for (let spent = 0; spent < GRACE_MS - 5000; spent += 5000) {
      await world.clock.advance(5000)
      await alice.send(object({ type: 'pong' }))
    }
    expect(others()).toEqual([])
    await world.clock.advance(5000)
    expect(others()).toMatchObject([{ type: 'quit', name: 'bob', cause: 'lost' }])
    expect(world.server.connections().map(({ name }) => name)).toEqual(['alice'])
  })

  test('keeps the name meanwhile', async () => {
    const world = await openWorld({ grace: 1000 })
    const bob = await native(world, 'bob')
    bob.peer.vanish()
    const other = await native(world, 'bob')
    expect(other.objects()).toMatchObject([{ type: 'rejected', code: 'name-taken' }])
    await world.clock.advance(1000)
    await other.send(object({ type: 'hello', name: 'bob' }))
    expect(typesOf(newObjects(other))).toEqual(['welcome', 'room'])
  })

  test('exits when the grace is over also where the clock on the wall was set back', async () => {
    const world = await openWorld({ grace: 10_000 })
    const bob = await native(world, 'bob')
    bob.peer.vanish()
    await world.clock.settle()
    world.clock.jump(-5000)
    await world.clock.advance(10_000)
    expect(world.state().members.size).toBe(1)
    await world.clock.advance(1000)
    expect(world.state().members.size).toBe(0)
    expect((await entriesIn(world.journal)).filter(({ input }) => input.type === 'tick')).toHaveLength(1)
  })

  test('goes on with exactly what it missed, word for word [D5]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    for (const wire of [alice, bob]) await wire.send(object({ type: 'join', room: 'ops' }))
    await alice.send(say('before'))
    const ticket = ticketOf(bob)
    bob.peer.vanish()
    await alice.send(`${say('one')}${say('two', { room: 'ops' })}${object({ type: 'nick', name: 'alicia' })}`)
    await alice.send(say('three'))
    const again = await resume(world, ticket)
    const [welcome, ...missed] = again.lines()
    expect(JSON.parse(welcome ?? '')).toMatchObject({ type: 'welcome', name: 'bob', resumed: true, gap: false })
    expect(missed).toEqual(linesAfter(alice, ticket.cursor))
    expect(missed).toHaveLength(4)
    await alice.send(say('after'))
    expect(textsOf(again)).toEqual(['one', 'two', 'three', 'after'])
    await again.send(say('and back'))
    expect(textsOf(alice).at(-1)).toBe('and back')
  })

  test('gets again what was written to the dead connection, private words too [D5]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    const ticket = ticketOf(bob)
    await alice.send(`${object({ type: 'tell', to: 'bob', text: 'psst' })}${say('hi')}`)
    await bob.send(object({ type: 'join', room: 'ops', n: 1 }))
    expect(typesOf(newObjects(bob))).toEqual(['told', 'said', 'room', 'ok'])
    bob.peer.vanish()
    const again = await resume(world, ticket)
    expect(newObjects(again)).toMatchObject([
      { type: 'welcome', resumed: true, gap: false },
      { type: 'told', text: 'psst' },
      { type: 'said', text: 'hi' },
      { type: 'room', room: 'ops' },
      { type: 'ok', n: 1 },
    ])
  })

  test('gets nothing of before it came to a room, with any cursor [R3]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice', { room: 'ops' }), await native(world, 'bob')]
    await alice.send(say('secret', { room: 'ops' }))
    await bob.send(object({ type: 'join', room: 'ops' }))
    await alice.send(say('open', { room: 'ops' }))
    const ticket = ticketOf(bob)
    bob.peer.vanish()
    const again = await resume(world, { ...ticket, cursor: 0 })
    expect(textsOf(again)).toEqual(['open'])
  })

  test('gets the rooms as they are, and is told of the gap, when it missed more than is kept [D5]', async () => {
    const world = await openWorld({ rate: null })
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    const ticket = ticketOf(bob)
    bob.peer.vanish()
    for (let bytes = 0; bytes < RING_BYTES * 1.1; bytes += 8000) await alice.send(say('x'.repeat(8000)))
    await alice.send(object({ type: 'topic', topic: 'now' }))
    const again = await resume(world, ticket)
    expect(newObjects(again)).toMatchObject([
      { type: 'welcome', resumed: true, gap: true, seq: world.state().seq },
      { type: 'room', room: 'lobby', topic: { text: 'now' }, members: [{ name: 'alice' }, { name: 'bob' }] },
      { type: 'history', room: 'lobby', more: true },
    ])
    await alice.send(say('after'))
    expect(textsOf(again)).toEqual(['after'])
  })

  test('and reads nothing of that costs a piece of it, and others meanwhile are served [F3] [L2]', async () => {
    const world = await openWorld({ rate: null })
    const [alice, bob] = [await native(world, '田中'), await native(world, 'Spider-Man')]
    const rooms = Array.from({ length: 31 }, (_, k) => `room${k}`)
    for (const wire of [alice, bob]) for (const room of rooms) await wire.send(object({ type: 'join', room }))
    const ticket = ticketOf(bob)
    bob.peer.vanish()
    await world.clock.settle()
    const text = 'x'.repeat(8000)
    for (const room of rooms) for (let k = 0; k < 16; k++) await alice.send(say(text, { room }))
    for (let k = 0; k < RING_BYTES / 8000; k++) await alice.send(say(text))
    const again = world.dial()
    again.peer.stall()
    await again.send(object({ type: 'hello', ...ticket, history: 200 }))
    await alice.send(say('meanwhile', { room: 'room3' }))
    expect(again.outstanding()).toBeLessThan(PIECE_BYTES + 2 * HISTORY_PAGE_BYTES)
    again.peer.resume()
    await world.clock.settle()
    const told = again.objects()
    expect(told.filter(({ type }) => type === 'room')).toHaveLength(32)
    expect(told.filter(({ type, missed }) => type === 'history' && missed === 16)).toHaveLength(31)
    expect(Math.max(...again.writes.map(write => write.length))).toBeLessThan(PIECE_BYTES + 2 * HISTORY_PAGE_BYTES)
    expect(told.at(-1)).toMatchObject({ type: 'said', text: 'meanwhile' })
    expect(told.filter(({ type }) => type === 'history').flatMap(({ messages }) => messages)).not.toContainEqual(
      expect.objectContaining({ text: 'meanwhile' }),
    )
  })

  test('goes on without a gap after a pong, of which nothing is kept any more [D5] [F3]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, '田中'), await native(world, 'Spider-Man')]
    await bob.send(object({ type: 'join', room: 'ops' }))
    await world.clock.advance(BEAT_MS * 2)
    expect(bob.objects().at(-1)).toMatchObject({ type: 'ping' })
    await bob.send(object({ type: 'pong' }))
    const ticket = ticketOf(bob)
    bob.peer.vanish()
    await alice.send(object({ type: 'tell', to: 'Spider-Man', text: 'meanwhile' }))
    const again = await resume(world, ticket)
    expect(again.objects()).toMatchObject([
      { type: 'welcome', gap: false },
      { type: 'told', text: 'meanwhile' },
    ])
    const late = await resume(world, { ...ticket, cursor: 1 })
    expect(late.objects()[0]).toMatchObject({ type: 'welcome', gap: true })
  })

  test('is told of the gap once more when the connection was lost while it was being told [D5]', async () => {
    const world = await openWorld({ rate: null })
    const [alice, bob] = [await native(world, '田中'), await native(world, 'Spider-Man')]
    for (const wire of [alice, bob]) await wire.send(object({ type: 'join', room: 'ops' }))
    const ticket = ticketOf(bob)
    bob.peer.vanish()
    await world.clock.settle()
    for (let k = 0; k <= RING_BYTES / 8000; k++) await alice.send(say('x'.repeat(8000)))
    const again = await resume(world, ticket)
    const [welcome] = again.objects()
    expect(welcome).toMatchObject({ type: 'welcome', gap: true })
    again.peer.vanish()
    // As far as a client is that has its welcome, and not its rooms.
    const third = await resume(world, { ...ticket, cursor: (welcome?.['seq'] as number) - 1 })
    expect(third.objects()[0]).toMatchObject({ type: 'welcome', gap: true })
    expect(third.objects().filter(({ type }) => type === 'room')).toHaveLength(2)
  })

  test('is told of the gap when it parted a room, and that was lost [D5]', async () => {
    const world = await openWorld()
    const bob = await native(world, 'bob')
    await bob.send(object({ type: 'join', room: 'ops' }))
    const ticket = ticketOf(bob)
    await bob.send(object({ type: 'part', room: 'ops', n: 1 }))
    bob.peer.vanish()
    const again = await resume(world, ticket)
    expect(newObjects(again)).toMatchObject([
      { type: 'welcome', gap: true },
      { type: 'room', room: 'lobby' },
    ])
  })

  test('is told of the gap when more came for it alone than is kept [D5]', async () => {
    const world = await openWorld({ rate: null })
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    const ticket = ticketOf(bob)
    bob.peer.vanish()
    for (let k = 0; k < 50; k++) await alice.send(object({ type: 'tell', to: 'bob', text: 'x'.repeat(8000) }))
    const again = await resume(world, ticket)
    expect(again.objects()[0]).toMatchObject({ type: 'welcome', gap: true })
    again.peer.vanish()
    const behind = await resume(world, { ...ticket, cursor: ticketOf(again).cursor })
    expect(behind.objects()[0]).toMatchObject({ type: 'welcome', gap: false })
    const before = await resume(world, ticket)
    expect(before.objects()[0]).toMatchObject({ type: 'welcome', gap: true })
  })

  test('gets the room into which it came while it was away [D5]', async () => {
    const world = await openWorld()
    const bob = await native(world, 'bob')
    bob.peer.send(Buffer.from(object({ type: 'join', room: 'ops', n: 1 })))
    bob.peer.vanish()
    const again = await resume(world, ticketOf(bob))
    expect(newObjects(again)).toMatchObject([
      { type: 'welcome', gap: false },
      { type: 'room', room: 'ops' },
      { type: 'ok', n: 1 },
    ])
  })

  test('is told of the gap when its cursor is of another journal [D5]', async () => {
    const world = await openWorld()
    const bob = await native(world, 'bob')
    const again = await resume(world, { ...ticketOf(bob), epoch: 'another' })
    expect(newObjects(again)).toMatchObject([
      { type: 'welcome', resumed: true, gap: true, epoch: 'epoch' },
      { type: 'room', room: 'lobby' },
    ])
  })

  test('and is not known any more may come anew on the same connection', async () => {
    const world = await openWorld()
    const bob = await native(world, 'bob')
    const ticket = ticketOf(bob)
    await bob.send(object({ type: 'bye' }))
    const again = await resume(world, ticket)
    expect(newObjects(again)).toMatchObject([{ type: 'rejected', code: 'session-unknown' }])
    await again.send(object({ type: 'hello', name: 'bob' }))
    expect(newObjects(again)).toMatchObject([{ type: 'welcome', resumed: false }, { type: 'room' }])
  })
})

describe('the newer attachment', () => {
  test('wins, and the older one is told so', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    for (const wire of [alice, bob]) wire.news()
    const again = await resume(world, ticketOf(bob))
    expect(newObjects(bob)).toMatchObject([{ type: 'closed', code: 'replaced', reconnect: false }])
    expect(bob.closed()).toBe(true)
    await again.send(say('from the new one'))
    expect(newObjects(alice)).toMatchObject([{ type: 'said', from: 'bob', text: 'from the new one' }])
  })

  test('is not detached by the end of the older one [D4]', async () => {
    const world = await openWorld({ grace: 1000 })
    const bob = await native(world, 'bob')
    const again = await resume(world, ticketOf(bob))
    bob.peer.vanish()
    await world.clock.advance(5000)
    expect(world.state().due.size).toBe(0)
    await again.send(say('still here'))
    expect(textsOf(again)).toEqual(['still here'])
  })

  test('is not detached either when the older one ends in the same turn', async () => {
    const world = await openWorld({ grace: 1000 })
    const [bob, again] = [await native(world, 'bob'), world.dial()]
    again.peer.send(Buffer.from(object({ type: 'hello', ...ticketOf(bob) })))
    bob.peer.vanish()
    await world.clock.advance(5000)
    expect([world.state().due.size, world.state().members.size, again.closed()]).toEqual([0, 1, false])
  })

  test('wins over one that takes nothing, which is cut', async () => {
    const world = await openWorld()
    const bob = await native(world, 'bob')
    bob.peer.stall()
    await bob.send(say('fills the write'))
    const again = await resume(world, ticketOf(bob))
    expect(textsOf(again)).toEqual(['fills the write'])
    expect(bob.closed()).toBe(true)
  })

  test('that vanishes before its answer leaves the session detached, not there for ever [D4]', async () => {
    const world = await openWorld({ grace: 1000 })
    const bob = await native(world, 'bob')
    const ghost = world.dial()
    ghost.peer.send(Buffer.from(object({ type: 'hello', ...ticketOf(bob) })))
    ghost.peer.vanish()
    await world.clock.advance(1000)
    await world.clock.settle()
    expect([world.state().members.size, bob.closed()]).toEqual([0, true])
  })
})

describe('a repeated command', () => {
  const repeated = [say('one', { n: 1 }), say('', { n: 2 }), object({ type: 'nick', name: 'alice', n: 3 })]

  test('is answered again and not performed again, after a resume [D3]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    const ticket = ticketOf(bob)
    await bob.send(repeated.join(''))
    const answers = newObjects(bob).filter(({ type }) => type === 'ok')
    bob.peer.vanish()
    const again = await resume(world, { ...ticket, cursor: world.state().seq })
    again.news()
    await again.send(repeated.join(''))
    const second = newObjects(again)
    expect(second.filter(({ type }) => type === 'ok')).toEqual(answers)
    expect(second.map(({ type, n, code }) => [type, n, code])).toEqual([
      ['ok', 1, undefined],
      ['rejected', 3, 'name-taken'],
      ['rejected', 2, 'text-empty'],
    ])
    expect(textsOf(alice)).toEqual(['one'])
  })

  test('that the cut link swallowed is performed once, and in its order [D3]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    const ticket = ticketOf(bob)
    bob.peer.send(Buffer.from(say('one', { n: 1 })))
    bob.peer.vanish()
    const again = await resume(world, ticket)
    await again.send([1, 2, 3].map(n => say(['one', 'two', 'three'][n - 1] ?? '', { n })).join(''))
    expect(textsOf(alice)).toEqual(['one', 'two', 'three'])
    expect(newObjects(again).flatMap(({ type, n }) => (type === 'ok' ? [n] : []))).toEqual([1, 1, 2, 3])
  })
})

describe('a session that goes on from another server [D5]', () => {
  const tokenOf = (world: World, session: unknown): string => world.state().sessions.get(`${session}`)?.token ?? ''
  const sessionOf = (wire: Wire): unknown => wire.objects().find(({ type }) => type === 'welcome')?.['session']

  async function takenOver() {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    const [spider, bob] = [await native(world, 'Spider-Man'), await native(world, 'bob')]
    const session = sessionOf(spider)
    journal.foreign.push(starts(), resumes('elsewhere.via', tokenOf(world, session)))
    await bob.send(say('one'))
    return { journal, world, spider, bob, session }
  }

  test('ends its link here, which is told why, and then neither hears nor speaks', async () => {
    const { world, spider, bob, session } = await takenOver()
    expect(world.state().sessions.get(`${session}`)?.origin).toBe('elsewhere')
    expect(newObjects(spider).at(-1)).toMatchObject({ type: 'closed', code: 'replaced', reconnect: false })
    expect(spider.closed()).toBe(true)
    await spider.send(say('from the grave'))
    await bob.send(say('two'))
    expect(textsOf(bob)).toEqual(['one', 'two'])
    expect(spider.objects().filter(({ text }) => text === 'two')).toEqual([])
    expect(world.server.connections().map(({ name }) => name)).toEqual(['bob'])
  })

  test('is not told what that server was refused for it since [R14]', async () => {
    const { journal, world, spider, bob, session } = await takenOver()
    const again = await resume(world, { ...ticketOf(spider), cursor: 0 })
    again.news()
    journal.foreign.push(foreign(`${session}`, { type: 'say', room: 'lobby', action: false }, 'late'))
    await bob.send(say('two'))
    expect(newObjects(again).map(({ type, text }) => [type, text])).toEqual([['said', 'two']])
    expect(textsOf(bob)).toEqual(['one', 'two'])
  })

  test('keeps its place in the room: nobody hears of the move', async () => {
    const { bob } = await takenOver()
    expect(typesOf(newObjects(bob)).filter(type => type === 'quit')).toEqual([])
  })

  test('leaves nothing here to be kept for it, also if it was away', async () => {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    const alone = await native(world, '田中', { room: 'ops' })
    const bob = await native(world, 'bob')
    const rings = world.server.held().rings
    const session = sessionOf(alone)
    alone.peer.vanish()
    journal.foreign.push(starts(), resumes('elsewhere.via', tokenOf(world, session)))
    await bob.send(say('one'))
    expect(world.server.held().rings).toBe(rings - 1)
  })

  test('may come back here, and is given what it missed meanwhile', async () => {
    const { world, spider, bob } = await takenOver()
    await bob.send(say('two'))
    const again = await resume(world, { ...ticketOf(spider), cursor: 0 })
    expect(again.objects()[0]).toMatchObject({ type: 'welcome', resumed: true, gap: true, name: 'Spider-Man' })
    await bob.send(say('three'))
    expect(textsOf(again)).toEqual(['three'])
    await again.send(say('back'))
    expect(textsOf(bob).at(-1)).toBe('back')
  })
})
