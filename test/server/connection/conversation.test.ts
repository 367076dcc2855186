/** A connection from its first bytes to its end, in each protocol. */
import { describe, expect, test } from 'vitest'
import { CLASSIC_PACE_MS, SNIFF_NOTHING_MS } from '../../../src/model/limits.ts'
import { classic, line, native, newObjects, object, say, textsOf, typesOf } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'

describe('a native client', () => {
  test('enters, talks and leaves', async () => {
    const world = await openWorld()
    const alice = world.dial()
    await alice.send(object({ type: 'hello', name: 'alice' }))
    expect(newObjects(alice)).toMatchObject([
      { type: 'welcome', name: 'alice', resumed: false, gap: false, epoch: 'epoch', token: expect.any(String) },
      { type: 'room', room: 'lobby', members: [{ name: 'alice' }] },
    ])
    const bob = await native(world, 'bob')
    expect(newObjects(alice)).toMatchObject([{ type: 'joined', room: 'lobby', name: 'bob' }])
    await alice.send(say('hi', { n: 1 }))
    const said = { type: 'said', room: 'lobby', from: 'alice', text: 'hi' }
    expect(newObjects(alice)).toMatchObject([said, { type: 'ok', n: 1 }])
    expect(newObjects(bob)).toMatchObject([said])
    await bob.send(object({ type: 'bye', reason: 'tea' }))
    expect(newObjects(bob)).toMatchObject([{ type: 'closed', code: 'bye', reconnect: false }])
    expect(bob.closed()).toBe(true)
    expect(newObjects(alice)).toMatchObject([{ type: 'quit', name: 'bob', cause: 'quit', reason: 'tea' }])
  })

  test('gets the conversation on which tools rely', async () => {
    const world = await openWorld()
    const alice = world.dial()
    await alice.send('{"type":"hello","name":"alice"}\n{"type":"ping"}\n')
    await alice.send('{"type":"say","text":"hi"}\n')
    expect(alice.objects().map(({ type }) => type)).toEqual(['welcome', 'room', 'pong', 'said'])
    expect(alice.objects().at(-1)).toEqual({
      ...{ type: 'said', seq: 4, at: world.clock.now(), id: alice.objects()[0]?.['id'] },
      ...{ room: 'lobby', from: 'alice', text: 'hi' },
    })
  })

  test('may try another name on the same connection', async () => {
    const world = await openWorld()
    await native(world, 'alice')
    const second = await native(world, 'Alice')
    expect(second.objects()).toMatchObject([{ type: 'rejected', code: 'name-taken', retry: true }])
    await second.send(object({ type: 'hello', name: '' }))
    expect(newObjects(second)).toMatchObject([{ type: 'rejected', code: 'name-empty' }])
    await second.send(object({ type: 'hello', name: 'bob' }))
    expect(newObjects(second)).toMatchObject([{ type: 'welcome', name: 'bob' }, { type: 'room' }])
  })

  test('may send commands and questions behind its hello in one packet, and is answered in order', async () => {
    const world = await openWorld()
    const alice = world.dial()
    const commands = [
      say('one', { n: 1, room: 'ops' }),
      object({ type: 'who', room: 'ops', n: 2 }),
      say('two', { n: 3 }),
    ]
    await alice.send([object({ type: 'hello', name: 'alice', room: 'ops' }), ...commands].join(''))
    const [welcome, room, ...answers] = newObjects(alice)
    expect([welcome, room]).toMatchObject([{ type: 'welcome' }, { type: 'room', room: 'ops' }])
    expect(answers).toMatchObject([
      { type: 'said', room: 'ops', text: 'one' },
      { type: 'ok', n: 1 },
      { type: 'who', n: 2, members: [{ name: 'alice' }] },
      { type: 'rejected', n: 3, code: 'not-in-room' },
    ])
  })

  test('that leaves in the same packet has every answer before the goodbye', async () => {
    const world = await openWorld()
    const zoe = await native(world, 'zoe')
    await zoe.send(
      [say('hi', { n: 1 }), object({ type: 'rooms' }), object({ type: 'who', n: 2 }), object({ type: 'bye' })].join(''),
    )
    expect(typesOf(newObjects(zoe))).toEqual(['said', 'ok', 'rooms', 'who', 'closed'])
    expect(zoe.closed()).toBe(true)
    expect(world.state().sessions.size).toBe(0)
  })

  test('that leaves and is gone at once has left, and is not merely away', async () => {
    const world = await openWorld()
    const zoe = await native(world, 'zoe')
    const sent = zoe.send([say('hi'), object({ type: 'who' }), object({ type: 'bye' })].join(''))
    zoe.peer.vanish()
    await sent
    expect(world.state().members.size).toBe(0)
  })

  test('sees itself in a question that it sent behind its hello', async () => {
    const world = await openWorld()
    const alice = world.dial()
    const hello = object({ type: 'hello', name: 'alice', room: 'ops' })
    await alice.send(`${hello}${object({ type: 'who', room: 'ops' })}${object({ type: 'ping' })}`)
    const objects = newObjects(alice)
    expect(typesOf(objects)).toEqual(['welcome', 'room', 'who', 'pong'])
    expect(objects[2]).toMatchObject({ members: [{ name: 'alice' }] })
    expect(objects[3]).toMatchObject({ seq: world.state().seq })
  })

  test('that goes without a word only detaches: others notice nothing [D4]', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    const bob = await native(world, 'bob')
    alice.news()
    bob.peer.vanish()
    await world.clock.settle()
    expect(newObjects(alice)).toEqual([])
    expect(world.state().members.size).toBe(2)
  })
})

describe('a person in line mode', () => {
  test('enters, talks and leaves', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    const bob = world.dial()
    await bob.send('bob\r\n')
    expect(bob.news()).toEqual([
      '[00:00:00] server > Welcome, bob. Type to talk; /help lists the commands.',
      '[00:00:00] server > In #lobby: Host, alice, bob.',
    ])
    await alice.send(say('hello'))
    await bob.send('hi there\n')
    expect(bob.news()).toEqual(['[00:00:00] alice > hello'])
    expect(textsOf(alice)).toEqual(['hello', 'hi there'])
    await bob.send('/quit\n')
    expect(bob.news()).toEqual(['[00:00:00] server > Goodbye.'])
    expect(bob.closed()).toBe(true)
    expect(alice.objects().at(-1)).toMatchObject({ type: 'quit', name: 'bob', cause: 'quit' })
  })

  test('whose line is cut exits at once [D4]', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    const bob = await line(world, 'bob')
    alice.news()
    bob.peer.vanish()
    await world.clock.settle()
    expect(newObjects(alice)).toMatchObject([{ type: 'quit', name: 'bob', cause: 'lost' }])
  })

  test('is asked for the name after five seconds of silence, and for another when it is refused', async () => {
    const world = await openWorld()
    await native(world, 'alice')
    const person = world.dial()
    await world.clock.advance(SNIFF_NOTHING_MS - 1)
    expect(person.text()).toBe('')
    await world.clock.advance(1)
    expect(person.text()).toBe('Your name? ')
    await person.send('alice\n')
    const refusal = 'server > The name is taken by somebody here. Choose another name.\n'
    expect(person.text()).toBe(`Your name? [00:00:05] ${refusal}Your name? `)
    await person.send('Mr. Blue\n')
    expect(person.text()).toMatch(/The name contains " "\. .*\nYour name\? $/)
    await person.send('bob\n')
    expect(person.lines().at(-1)).toBe('[00:00:05] server > In #lobby: Host, alice, bob.')
  })

  test('is told why before being asked again, even while the room is busy', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    const person = world.dial()
    await world.clock.advance(SNIFF_NOTHING_MS)
    alice.peer.send(Buffer.from(say('busy')))
    await person.send('no name\n')
    expect(person.text()).toMatch(/^Your name\? .*The name contains.*\nYour name\? $/)
  })

  test('may send lines behind the name in one packet', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    const bob = world.dial()
    await bob.send('bob\none\n/me waves\n')
    expect(textsOf(alice)).toEqual(['one', 'waves'])
    expect(bob.lines()).toHaveLength(2)
  })

  test('in a pipe whose name is refused is ended with the reason: its lines are no names', async () => {
    const world = await openWorld()
    await native(world, 'alice')
    const pipe = world.dial()
    await pipe.send('alice\nbob\nhello\n')
    expect(pipe.lines()).toEqual(['[00:00:00] server > The name is taken by somebody here. Choose another name.'])
    expect(pipe.closed()).toBe(true)
    expect(world.state().members.size).toBe(1)
  })
})

describe("one of the original's clients", () => {
  test('enters, talks and leaves', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    const bob = await classic(world, 'bob')
    expect(bob.writes).toEqual(['OK', '&Host&alice&bob'])
    await bob.send('with a newline\n')
    await bob.send('and without')
    expect(textsOf(alice)).toEqual(['with a newline', 'and without'])
    await world.clock.advance(CLASSIC_PACE_MS)
    await alice.send(say('hi'))
    expect(bob.writes.slice(2)).toEqual(['[00:00:00] alice > hi'])
    bob.peer.vanish()
    await world.clock.settle()
    expect(alice.objects().at(-1)).toMatchObject({ type: 'quit', name: 'bob', cause: 'lost' })
  })

  test('whose name is taken, or is none, gets NOT_UNIQUE and the end', async () => {
    const world = await openWorld()
    await native(world, 'alice')
    for (const name of ['alice', 'no name']) {
      const refused = await classic(world, name)
      await world.clock.advance(1000)
      expect(refused.writes).toEqual(['NOT_UNIQUE'])
      expect(refused.closed()).toBe(true)
    }
  })
})

describe('a name in the same turn', () => {
  test('goes to the first of two hellos; the other is told, and may take another', async () => {
    const world = await openWorld()
    const [one, two, three] = [world.dial(), world.dial(), world.dial()]
    for (const wire of [one, two]) wire.peer.send(Buffer.from(object({ type: 'hello', name: 'alice' })))
    three.peer.send(Buffer.from('ALICE\n'))
    await world.clock.settle()
    expect(typesOf(newObjects(one))).toEqual(['welcome', 'room'])
    expect(newObjects(two)).toMatchObject([{ type: 'rejected', code: 'name-taken' }])
    expect(three.text()).toMatch(/taken by alice, which reads like ALICE.*\nYour name\? $/)
    expect(world.state().members.size).toBe(1)
  })
})
