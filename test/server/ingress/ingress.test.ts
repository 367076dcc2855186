/**
 * A command that is certain to be refused is refused at ingress, to its author alone, in words of one table
 * (docs/spec.md, E1).
 */
import { describe, expect, test } from 'vitest'
import { ERRORS, type ErrorCode } from '../../../src/model/error.ts'
import {
  FLOOD_MAX,
  GRACE_MS,
  LINE_MAX_BYTES,
  NATIVE_LINE_MAX_BYTES,
  TEXT_MAX_BYTES,
} from '../../../src/model/limits.ts'
import { classic, line, native, newObjects, object, say, textsOf, typesOf } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'

const hello = (name: string, more: object = {}): string => object({ type: 'hello', name, ...more })
const NOT_UTF8 = Buffer.concat([Buffer.from('{"type":"say","text":"'), Buffer.of(0xff), Buffer.from('"}\n')])

describe('a native client without a name', () => {
  test.each<[ErrorCode, string | Uint8Array]>([
    ['name-empty', '{"type":"hello"}\n'],
    ['name-empty', hello(' ')],
    ['name-too-long', hello('x'.repeat(33))],
    ['name-characters', hello('Mr Blue')],
    ['name-reserved', hello('hosT')],
    ['room-name', hello('alice', { room: 'no room' })],
    ['not-entered', say('hi')],
    ['not-entered', object({ type: 'who' })],
    ['session-unknown', object({ type: 'hello', token: 'of nobody' })],
    ['malformed', '{"type":\n'],
    ['malformed', '{"type":"shout"}\n'],
    ['line-too-long', `{${' '.repeat(NATIVE_LINE_MAX_BYTES)}\n`],
    ['not-utf8', NOT_UTF8],
  ])('is refused with %s, and may go on', async (code, sent) => {
    const world = await openWorld()
    const wire = world.dial()
    await wire.send(sent)
    expect(newObjects(wire)).toMatchObject([{ type: 'rejected', code, retry: ERRORS[code].retry }])
    await wire.send(hello('alice'))
    expect(typesOf(newObjects(wire))).toEqual(['welcome', 'room'])
  })
})

describe('a native client with a name', () => {
  test.each<[ErrorCode, string | Uint8Array, number?]>([
    ['already-entered', hello('bob')],
    ['already-entered', object({ type: 'hello', token: 'any' })],
    ['text-empty', say(' \n ', { n: 7 }), 7],
    ['text-empty', say('\u200B\u2800\uFEFF', { n: 7 }), 7],
    ['text-empty', object({ type: 'tell', to: 'bobby', text: '\u{E0068}\u{E0069}', n: 7 }), 7],
    ['text-too-long', say('\n'.repeat(200).concat('a'), { n: 7 }), 7],
    ['text-too-long', say('é'.repeat(TEXT_MAX_BYTES / 2 + 1), { n: 7 }), 7],
    ['text-too-long', object({ type: 'topic', topic: 'x'.repeat(513), n: 7 }), 7],
    ['room-name', say('hi', { room: '#', n: 7 }), 7],
    ['room-name', object({ type: 'join', room: 'a b', n: 7 }), 7],
    ['room-name', object({ type: 'who', room: 'a b', n: 7 }), 7],
    ['room-unknown', object({ type: 'who', room: 'nowhere', n: 7 }), 7],
    ['name-characters', object({ type: 'nick', name: 'a b', n: 7 }), 7],
    ['name-empty', object({ type: 'nick', name: '', n: 7 }), 7],
    ['name-reserved', object({ type: 'nick', name: 'server', n: 7 }), 7],
    ['malformed', '{"type":"say","n":7}\n', 7],
    ['malformed', '[]\n'],
    ['line-too-long', `{${' '.repeat(NATIVE_LINE_MAX_BYTES)}\n`],
    ['not-utf8', NOT_UTF8],
  ])('is refused with %s, alone, and nothing of it is journaled', async (code, sent, n) => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    const bob = await native(world, 'bobby')
    const before = world.state()
    alice.news()
    await alice.send(sent)
    const [refusal, ...more] = newObjects(alice)
    expect(refusal).toEqual({
      ...{ type: 'rejected', code, message: expect.any(String), retry: ERRORS[code].retry },
      ...(n === undefined ? {} : { n }),
    })
    expect([more, newObjects(bob)]).toEqual([[], []])
    expect(world.state()).toBe(before)
  })

  test('is answered each of several refusals and questions of one turn', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    const pings = [1, 2, 3].map(id => object({ type: 'ping', id })).join('')
    await alice.send(`${say('', { n: 1 })}${pings}${say('', { n: 2 })}${say('', { n: 3 })}`)
    const answers = newObjects(alice).map(({ type, n, id }) => [type, n ?? id])
    const pongs = [1, 2, 3].map(id => ['pong', id])
    expect(answers).toEqual([['rejected', 1], ...pongs, ['rejected', 2], ['rejected', 3]])
  })
})

describe('a person in line mode', () => {
  test.each<[ErrorCode, string | Uint8Array, RegExp]>([
    ['unknown-command', '/dance\n', /There is no command \/dance/],
    ['usage', '/msg bob\n', /Usage: \/msg <name> <text>/],
    ['line-too-long', `${'x'.repeat(LINE_MAX_BYTES + 1)}\n`, /The line is longer than/],
    ['text-too-long', `${'x'.repeat(TEXT_MAX_BYTES + 1)}\n`, /The text is longer than/],
    ['not-utf8', Uint8Array.of(0xc3, 0x28, 0x0a), /not valid UTF-8/],
    ['room-name', '/join a+b\n', /The room name contains "\+"/],
    ['room-name', `/join ${'r'.repeat(33)}\n`, /The room name is too long\./],
    ['room-name', `/join ${'r'.repeat(900)}\n`, /The room name is too long\./],
    ['room-unknown', '/who nowhere\n', /There is no room nowhere/],
  ])('reads a sentence for %s', async (_, sent, sentence) => {
    const world = await openWorld()
    const alice = await line(world, 'alice')
    await alice.send(sent)
    const [refusal = '', ...more] = alice.news()
    expect(refusal).toMatch(sentence)
    expect(refusal).toMatch(/^\[00:00:00\] server > /)
    expect(more).toEqual([])
  })

  test('whose name begins with a brace behind telnet bytes needs another client', async () => {
    const world = await openWorld()
    const wire = world.dial()
    await wire.send(Buffer.concat([Buffer.of(0xff, 0xfb, 0x18), Buffer.from('{alice}\n')]))
    expect(wire.text()).toMatch(/Only native clients can use a name that begins with \{\..*\nYour name\? $/)
  })
})

describe('how many may come in', () => {
  test('is bounded, and a member that left makes room', async () => {
    const world = await openWorld({ maxClients: 1 })
    const alice = await native(world, 'alice')
    const bob = await native(world, 'bob')
    expect(bob.objects()).toMatchObject([{ type: 'rejected', code: 'server-full', retry: true }])
    expect((await classic(world, 'carol')).writes).toEqual(['NOT_UNIQUE'])
    await alice.send(object({ type: 'bye' }))
    await bob.send(hello('bob'))
    expect(typesOf(newObjects(bob))).toEqual(['welcome', 'room'])
  })

  test('is bounded per address, and a member that has exited while away counts no more [L1]', async () => {
    const world = await openWorld({ perAddress: 2 })
    for (const names of [
      ['a', 'b'],
      ['c', 'd'],
    ]) {
      const wires = [await native(world, names[0] ?? ''), await native(world, names[1] ?? '')]
      for (const { peer } of wires) peer.vanish()
      await world.clock.settle()
    }
    expect((await native(world, 'e')).objects()).toMatchObject([{ code: 'too-many-from-address' }])
    await world.clock.advance(GRACE_MS)
    expect((await native(world, 'f')).objects()[0]).toMatchObject({ type: 'welcome', name: 'f' })
  })

  test('is bounded per address, of whom those who came back are no longer away [L1]', async () => {
    const world = await openWorld({ perAddress: 2 })
    const [a, b] = [await native(world, 'a'), await native(world, 'b')]
    for (const { peer } of [a, b]) peer.vanish()
    await world.clock.settle()
    const { token, epoch, seq } = a.objects()[0] ?? {}
    const back = world.dial()
    await back.send(object({ type: 'hello', token, epoch, cursor: seq }))
    expect(back.objects()[0]).toMatchObject({ type: 'welcome', resumed: true })
    const c = await native(world, 'c')
    c.peer.vanish()
    await world.clock.settle()
    // One is here and two are away: a fourth still fits, a fifth does not.
    const d = await native(world, 'd')
    expect(d.objects()[0]).toMatchObject({ type: 'welcome' })
    d.peer.vanish()
    await world.clock.settle()
    expect((await native(world, 'e')).objects()).toMatchObject([{ code: 'too-many-from-address' }])
  })

  test('is bounded per address', async () => {
    const world = await openWorld({ perAddress: 1 })
    await native(world, 'alice')
    const bob = await line(world, 'bob')
    expect(bob.text()).toMatch(/Too many connections from your address \(1\).*\nYour name\? $/)
    const elsewhere = world.dial('192.0.2.9')
    await elsewhere.send(hello('carol'))
    expect(typesOf(newObjects(elsewhere))).toEqual(['welcome', 'room'])
  })

  test('forgets a refused attempt: it does not count twice', async () => {
    const world = await openWorld({ maxClients: 2 })
    await native(world, 'alice')
    const bob = await native(world, 'alice')
    await bob.send(hello('bob'))
    expect(bob.objects().map(({ type }) => type)).toEqual(['rejected', 'welcome', 'room'])
    bob.peer.vanish()
    const carol = await native(world, 'carol')
    expect(carol.objects().map(({ type }) => type)).toEqual(['welcome', 'room'])
  })
})

describe('a client that asks faster than the server takes', () => {
  const rate = { perSecond: 2, burst: 3 }

  test('is told to slow down, alone; the same later is taken', async () => {
    const world = await openWorld({ rate })
    const flooder = await native(world, 'flooder')
    const other = await native(world, 'other')
    await flooder.send(['a', 'b', 'c', 'd'].map((text, k) => say(text, { n: k + 1 })).join(''))
    expect(flooder.objects().at(-1)).toMatchObject({ type: 'rejected', n: 4, code: 'slow-down', retry: true })
    await other.send(say('unharmed'))
    expect(textsOf(other)).toEqual(['a', 'b', 'unharmed'])
    await world.clock.advance(500)
    await flooder.send(say('d', { n: 5 }))
    expect(textsOf(other)).toEqual(['a', 'b', 'unharmed', 'd'])
  })

  test('may sustain what the welcome says', async () => {
    const world = await openWorld({ rate })
    const steady = await native(world, 'steady')
    expect(steady.objects()[0]).toMatchObject({ type: 'welcome', rate })
    await world.clock.advance(10_000)
    const said = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    for (const text of said) {
      await steady.send(say(text))
      await world.clock.advance(500)
    }
    expect(textsOf(steady)).toEqual(said)
  })

  test('and goes on and on all the same is let go', async () => {
    const world = await openWorld({ rate })
    const flooder = await native(world, 'flooder')
    await flooder.send(say('x').repeat(rate.burst + FLOOD_MAX + 1))
    await world.clock.settle()
    expect(flooder.objects().at(-1)).toMatchObject({ type: 'closed', code: 'flooding' })
    expect(flooder.closed()).toBe(true)
  })

  test('is let go for what it does in a row, not for all that it ever did [L4]', async () => {
    const world = await openWorld({ rate })
    const hasty = await native(world, 'hasty')
    for (let spell = 0; spell < 3; spell++) {
      await hasty.send(say('x').repeat(rate.burst + FLOOD_MAX - 1))
      await world.clock.advance(10_000)
      await hasty.send(say(`spell ${spell}`))
    }
    expect(textsOf(hasty).at(-1)).toBe('spell 2')
    expect(hasty.closed()).toBe(false)
  })

  test('has no bound where there is none', async () => {
    const world = await openWorld({ rate: null })
    const alice = await native(world, 'alice')
    expect(alice.objects()[0]).toMatchObject({ type: 'welcome', rate: null })
    await alice.send(say('x').repeat(1000))
    expect(textsOf(alice)).toHaveLength(1000)
  })
})

test('bytes that wait for the answer to hello are bounded', async () => {
  const world = await openWorld()
  const flooder = world.dial()
  flooder.peer.send(Buffer.from(hello('flooder') + say('x'.repeat(8000)).repeat(20)))
  await world.clock.settle()
  expect(flooder.objects().at(-1)).toMatchObject({ type: 'closed' })
  expect(flooder.closed()).toBe(true)
  expect(world.steps.flatMap(({ text }) => text ?? [])).toEqual([])
})
