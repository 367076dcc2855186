/** A server's notes of its life: of each connection, of refusals and their reasons, and of forgotten messages. */
import { describe, expect, test } from 'vitest'
import { HANDSHAKE_MS, LANE_BYTES, RATE_BURST } from '../../../src/model/limits.ts'
import type { Note } from '../../../src/server/observe/notes.ts'
import type { Options } from '../../../src/server/server.ts'
import { line, native, object, say } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import type { World } from '../../helpers/world.ts'

async function noting(options: Options = {}): Promise<{ readonly world: World; readonly notes: Note[] }> {
  const world = await openWorld(options)
  const notes: Note[] = []
  world.server.noted$.subscribe(note => notes.push(note))
  return { world, notes }
}

const only = (notes: readonly Note[], type: Note['type']): readonly Note[] => notes.filter(note => note.type === type)

test('a connection comes, speaks, and ends', async () => {
  const { world, notes } = await noting()
  const bob = world.dial('192.0.2.7')
  await bob.send('bob\n')
  await world.clock.advance(5000)
  bob.peer.vanish()
  await world.clock.settle()
  expect(notes).toEqual([
    { type: 'connected', address: '192.0.2.7' },
    { type: 'spoke', address: '192.0.2.7', protocol: 'line' },
    { type: 'disconnected', address: '192.0.2.7', protocol: 'line', ms: 5000 },
  ])
})

describe('a refusal is noted, with its code and whether somebody is kept out by it', () => {
  test('at the door', async () => {
    const { world, notes } = await noting({ maxClients: 1 })
    await native(world, 'alice')
    await world.dial().send(object({ type: 'hello', name: 'bob' }))
    await world.dial().send(object({ type: 'hello', name: 'no way' }))
    expect(only(notes, 'refused')).toMatchObject([
      { protocol: 'native', code: 'server-full', entering: true },
      { protocol: 'native', code: 'name-characters', entering: true },
    ])
  })

  test('by the room', async () => {
    const { world, notes } = await noting()
    const alice = await native(world, 'alice')
    await line(world, 'Alice')
    await alice.send(object({ type: 'say', room: 'nowhere', text: 'x' }))
    expect(only(notes, 'refused')).toMatchObject([
      { protocol: 'line', code: 'name-taken', entering: true },
      { protocol: 'native', code: 'room-unknown', entering: false },
    ])
  })

  test('at ingress', async () => {
    const { world, notes } = await noting()
    const alice = await native(world, 'alice')
    await alice.send(say('x').repeat(RATE_BURST + 1))
    expect(only(notes, 'refused').at(-1)).toMatchObject({ code: 'slow-down', entering: false })
  })
})

describe('the end of a connection that the server gives up is noted', () => {
  test('if no name comes', async () => {
    const { world, notes } = await noting()
    world.dial()
    await world.clock.advance(HANDSHAKE_MS)
    expect(only(notes, 'gave-up')).toMatchObject([{ code: 'handshake-timeout' }])
  })

  test('if it reads too slowly', async () => {
    const { world, notes } = await noting({ rate: null })
    const [alice, slow] = [await native(world, 'alice'), await native(world, 'slow')]
    slow.peer.stall()
    const told = object({ type: 'tell', to: 'slow', text: 'x'.repeat(8000) })
    for (let count = 0; count < LANE_BYTES / 8000 + 2; count++) await alice.send(told)
    expect(only(notes, 'gave-up')).toMatchObject([{ protocol: 'native', code: 'too-slow' }])
  })
})

test('the messages that retention takes are noted', async () => {
  const { world, notes } = await noting({ keep: { age: 60_000 } })
  const alice = await native(world, 'alice')
  await alice.send(say('not to be kept'))
  await world.clock.advance(3_600_000)
  expect(only(notes, 'forgot')).toEqual([{ type: 'forgot', until: expect.any(Number) }])
})

test('[P2] the clock on the wall jumps by a minute or more, ahead or back, once each time', async () => {
  const { world, notes } = await noting()
  const alice = await native(world, 'Mr.Blue')
  await world.clock.advance(3_600_000)
  for (const ms of [59_999, 60_000, -3_600_000]) {
    world.clock.jump(ms)
    const bob = world.dial()
    await bob.send(object({ type: 'hello', name: `bob${Math.abs(ms)}` }))
    await bob.send(say('hi'))
  }
  expect(only(notes, 'clock-jumped')).toEqual([
    { type: 'clock-jumped', ms: 60_000 },
    { type: 'clock-jumped', ms: -3_600_000 },
  ])
  expect(alice.closed()).toBe(true)
})
