/**
 * The start and the end of a connection: the protocol of its first bytes, the deadline for them, and peers that are
 * gone.
 */
import { describe, expect, test } from 'vitest'
import { HANDSHAKE_MS, HANDSHAKES_PER_ADDRESS, SNIFF_CLASSIC_MS, STORAGE_RETRY_MS } from '../../../src/model/limits.ts'
import { native, newObjects, object, say, textsOf, typesOf } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { troubledJournal } from '../../helpers/troubled-journal.ts'

describe('a client that vanishes before the answer to its hello', () => {
  test.each([
    ['native', object({ type: 'hello', name: 'ghost' })],
    ['line', 'ghost\n'],
  ])('leaves no ghost behind (%s) [D4]', async (_, greeting) => {
    const world = await openWorld({ grace: 1000 })
    const alice = await native(world, 'alice')
    const ghost = world.dial()
    ghost.peer.send(Buffer.from(greeting))
    ghost.peer.vanish()
    await world.clock.advance(1000)
    expect(world.state().members.valueSeq().toArray()).toMatchObject([{ name: { text: 'alice' } }])
    expect(newObjects(alice)).toMatchObject([
      { type: 'joined', name: 'ghost' },
      { type: 'quit', name: 'ghost', cause: 'lost' },
    ])
  })
})

describe('the handshake', () => {
  test('has a deadline, in every protocol', async () => {
    const world = await openWorld()
    const [silent, unfinished, undecided] = [world.dial(), world.dial(), world.dial()]
    await unfinished.send('{"type":"hel')
    await undecided.send('{}\n')
    await world.clock.advance(HANDSHAKE_MS - 1)
    expect([silent, unfinished, undecided].map(({ closed }) => closed())).toEqual([false, false, false])
    await world.clock.advance(1)
    await world.clock.settle()
    expect([silent, unfinished, undecided].map(({ closed }) => closed())).toEqual([true, true, true])
    expect(silent.text()).toBe('Your name? [00:00:30] server > No name arrived in time. Connect again and send one.\n')
    expect(unfinished.objects()).toMatchObject([{ type: 'closed', code: 'handshake-timeout', reconnect: true }])
  })

  test('begins anew when a name is refused after the deadline', async () => {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    let refuse = (): void => {}
    journal.held = new Promise((_, reject) => {
      refuse = () => reject(new Error('the disk is full'))
    })
    const [refused, next] = [world.dial(), world.dial()]
    for (const wire of [refused, next]) await wire.send(object({ type: 'hello', name: `O_o-${wire === next}` }))
    await world.clock.advance(HANDSHAKE_MS + 1)
    refuse()
    await world.clock.settle()
    journal.held = Promise.resolve()
    world.troubles.splice(0)
    // The start of the server could not be stored either.
    await world.clock.advance(STORAGE_RETRY_MS)
    await next.send(object({ type: 'hello', name: 'O_o' }))
    await world.clock.advance(HANDSHAKE_MS)
    expect([refused.closed(), next.closed()]).toEqual([true, false])
  })

  test('does not concern a client that has a name', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    await world.clock.advance(HANDSHAKE_MS)
    expect(new Set(typesOf(newObjects(alice)))).toEqual(new Set(['ping']))
    expect(alice.closed()).toBe(false)
  })

  test('that comes after its deadline is not heard', async () => {
    const world = await openWorld()
    const late = world.dial()
    await late.send('{')
    late.peer.stall()
    await world.clock.advance(HANDSHAKE_MS)
    await late.send(`"type":"hello","name":"late"}\n`)
    expect(world.state().members.size).toBe(0)
    late.peer.resume()
    await world.clock.settle()
    expect(late.closed()).toBe(true)
  })

  test('[L1] that is over while the journal thinks: a refused name gets the same time once more, and no more', async () => {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    const outcome = Promise.withResolvers<void>()
    const { append } = journal
    journal.append = async () => {
      await outcome.promise
      throw new Error('the disk is full')
    }
    const wires = [world.dial(), world.dial()]
    await wires[0]?.send('Spider-Man\n')
    await wires[1]?.send(object({ type: 'hello', name: 'Mr.Blue' }))
    await world.clock.advance(HANDSHAKE_MS + 1000)
    expect(wires.map(({ closed }) => closed())).toEqual([false, false])
    outcome.reject(new Error('the disk is full'))
    await world.clock.settle()
    journal.append = append
    expect(wires[0]?.text()).toMatch(/cannot store.*\nYour name\? $/)
    await world.clock.advance(HANDSHAKE_MS - 1000)
    expect(wires.map(({ closed }) => closed())).toEqual([false, false])
    await world.clock.advance(2000)
    expect(wires.map(({ closed }) => closed())).toEqual([true, true])
    world.troubles.length = 0
  })

  test('drops the oldest of its address when there are too many, and no other', async () => {
    const world = await openWorld()
    const other = world.dial('192.0.2.2')
    const flood = Array.from({ length: HANDSHAKES_PER_ADDRESS + 1 }, () => world.dial('192.0.2.3'))
    await world.clock.settle()
    expect(flood.map(({ closed }) => closed())).toEqual(flood.map((_, k) => k === 0))
    expect(other.closed()).toBe(false)
    await flood.at(-1)?.send(object({ type: 'hello', name: 'last' }))
    expect(world.state().members.size).toBe(1)
  })
})

describe('the end of a peer’s bytes', () => {
  test.each([
    ['native', `${object({ type: 'hello', name: 'alice' })}${say('hi', { n: 1 })}${object({ type: 'who', n: 2 })}`],
    [
      'native, without the last newline',
      `{"type":"hello","name":"alice"}\n{"type":"say","text":"hi","n":1}\n{"type":"who","n":2}`,
    ],
  ])('comes after all that it asked was answered (%s)', async (_, asked) => {
    const world = await openWorld()
    const alice = world.dial()
    alice.peer.send(Buffer.from(asked))
    alice.peer.end()
    await world.clock.settle()
    expect(typesOf(newObjects(alice))).toEqual(['welcome', 'room', 'said', 'ok', 'who'])
    expect(alice.closed()).toBe(true)
  })

  test('comes after all that it asked was answered (line)', async () => {
    const world = await openWorld()
    const bob = await native(world, 'bob')
    const pipe = world.dial()
    pipe.peer.send(Buffer.from('alice\nhi\n/who\nlast words'))
    pipe.peer.end()
    await world.clock.settle()
    expect(pipe.lines()).toHaveLength(3)
    expect(pipe.lines().at(-1)).toContain('In #lobby: Host, alice, bob.')
    expect(pipe.closed()).toBe(true)
    expect(textsOf(bob)).toEqual(['hi', 'last words'])
    expect(bob.objects().at(-1)).toMatchObject({ type: 'quit', name: 'alice' })
  })

  test('comes after the user list (classic)', async () => {
    const world = await openWorld()
    const bob = world.dial()
    bob.peer.send(Buffer.from('bob'))
    bob.peer.end()
    await world.clock.advance(1000)
    expect(bob.writes).toEqual(['OK', '&Host&bob'])
    expect(bob.closed()).toBe(true)
    expect(world.state().members.size).toBe(0)
  })

  test('without a word is no harm', async () => {
    const world = await openWorld()
    const scanner = world.dial()
    scanner.peer.end()
    await world.clock.settle()
    expect(scanner.closed()).toBe(true)
  })
})

describe('a peer whose protocol is not served', () => {
  test.each([
    [
      'HTTP',
      'GET / HTTP/1.1\r\nHost: chat\r\n\r\n',
      /^HTTP\/1\.1 501 Not Implemented\r\n(?:.+\r\n)+\r\nThis is rxchat\./,
    ],
    ['IRC', 'NICK alice\r\nUSER a 0 * :a\r\n', /^ERROR :This is rxchat\..*\r\n$/],
    ['TLS', Uint8Array.of(0x16, 3, 1, 0, 200), /^\P{L}{6}\($/u],
  ])('is told so in its own words, and nothing of it stays: %s [H1]', async (_, bytes, answer) => {
    const world = await openWorld()
    const stranger = world.dial()
    await stranger.send(bytes)
    await world.clock.settle()
    expect(stranger.text()).toMatch(answer)
    expect(stranger.closed()).toBe(true)
    expect(world.clock.pending(), 'alarms').toBe(0)
  })

  test('is told how long its answer is', async () => {
    const world = await openWorld()
    const browser = world.dial()
    await browser.send('GET / HTTP/1.1\r\n\r\n')
    const [head = '', body = ''] = browser.text().split('\r\n\r\n')
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`)
  })
})

test('a text of one word without a newline waits for its silence before it is a name', async () => {
  const world = await openWorld()
  const alice = world.dial()
  await alice.send('ali')
  await world.clock.advance(SNIFF_CLASSIC_MS - 1)
  await alice.send('ce')
  await world.clock.advance(SNIFF_CLASSIC_MS - 1)
  expect(alice.writes).toEqual([])
  await world.clock.advance(1)
  expect(alice.writes).toEqual(['OK'])
  expect(world.state().members.first()?.name.text).toBe('alice')
})
