/** The original's clients take one read for one message, so time stands between any two writes to them (docs/spec.md, C1, C2). */
import { expect, test } from 'vitest'
import {
  CLASSIC_GREETING_MS,
  CLASSIC_PACE_MS,
  CLASSIC_READ_BYTES,
  SNIFF_CLASSIC_MS,
} from '../../../src/model/limits.ts'
import { classic, line, native, object, say, textsOf } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import type { Wire, World } from '../../helpers/world.ts'

/** When each write to a client arrived, in milliseconds from now on. */
function timed(world: World, wire: Wire): readonly { readonly at: number; readonly text: string }[] {
  const start = world.clock.elapsed()
  const arrived: { at: number; text: string }[] = []
  wire.peer.received$.subscribe(bytes => {
    arrived.push({ at: world.clock.elapsed() - start, text: Buffer.from(bytes).toString('utf8') })
  })
  return arrived
}

test('[C1] OK comes alone, and the user list a good while after it', async () => {
  const world = await openWorld()
  await native(world, 'alice')
  const bob = world.dial()
  const arrived = timed(world, bob)
  await bob.send('bob')
  await world.clock.advance(SNIFF_CLASSIC_MS + CLASSIC_GREETING_MS - 1)
  expect(arrived).toEqual([{ at: SNIFF_CLASSIC_MS, text: 'OK' }])
  await world.clock.advance(1)
  expect(arrived.slice(1)).toEqual([{ at: SNIFF_CLASSIC_MS + CLASSIC_GREETING_MS, text: '&Host&alice&bob' }])
})

test('[C1] events during an entrance come after the list, each in a write of its own', async () => {
  const world = await openWorld()
  const alice = await native(world, 'alice')
  const bob = world.dial()
  const arrived = timed(world, bob)
  await bob.send('bob')
  await world.clock.advance(SNIFF_CLASSIC_MS)
  await alice.send(`${say('one')}${say('two')}`)
  await line(world, 'carol')
  await world.clock.advance(1000)
  const time = '[00:00:00]'
  expect(arrived.map(({ text }) => text)).toEqual([
    ...['OK', '&Host&alice&bob', `${time} alice > one`, `${time} alice > two`, `${time} [*] carol entered.`],
  ])
})

test('[C2] events that come together leave apart, in order, at the pace that reads need', async () => {
  const world = await openWorld()
  const alice = await native(world, 'alice')
  const bob = await classic(world, 'bob')
  await world.clock.advance(CLASSIC_PACE_MS)
  const arrived = timed(world, bob)
  const texts = Array.from({ length: 30 }, (_, k) => `text ${k}`)
  await alice.send(texts.map(text => say(text)).join(''))
  await world.clock.advance(CLASSIC_PACE_MS * texts.length)
  expect(arrived).toEqual(texts.map((text, k) => ({ at: k * CLASSIC_PACE_MS, text: `[00:00:00] alice > ${text}` })))
})

test('[C1] a long text comes in reads that the client can hold, each signed', async () => {
  const world = await openWorld()
  const alice = await native(world, 'alice')
  const bob = await classic(world, 'bob')
  const arrived = timed(world, bob)
  const text = '日本'.repeat(1300)
  await alice.send(say(text))
  await world.clock.advance(CLASSIC_PACE_MS * 5)
  const start = '[00:00:00] alice > '
  expect(arrived.length).toBe(2)
  for (const write of arrived) expect(Buffer.byteLength(write.text)).toBeLessThanOrEqual(CLASSIC_READ_BYTES)
  expect(arrived.map(write => write.text.startsWith(start))).toEqual([true, true])
  expect(arrived.map(write => write.text.slice(start.length)).join('')).toBe(text)
})

test('[C2] a pause of the client ends where it was, with nothing joined and nothing lost', async () => {
  const world = await openWorld()
  const alice = await native(world, 'alice')
  const bob = await classic(world, 'bob')
  await world.clock.advance(CLASSIC_PACE_MS)
  bob.peer.stall()
  await alice.send(`${say('one')}${say('two')}${say('three')}`)
  await world.clock.advance(1000)
  expect(bob.writes).toHaveLength(2)
  bob.peer.resume()
  await world.clock.advance(1000)
  expect(bob.writes.slice(2)).toEqual(['one', 'two', 'three'].map(text => `[00:00:00] alice > ${text}`))
})

test('[C2] to the client a kick is an exit, and the one who was kicked is told and cut', async () => {
  const world = await openWorld()
  const bob = await classic(world, 'bob')
  const carol = await classic(world, 'carol')
  await world.clock.advance(CLASSIC_PACE_MS)
  world.server.host({ type: 'kick', name: 'bob', reason: null })
  await world.clock.advance(1000)
  expect(bob.writes.at(-1)).toBe('[00:00:00] server > You have been kicked out by Host.')
  expect(bob.closed()).toBe(true)
  expect(carol.writes.at(-1)).toBe('[00:00:00] [*] bob exited.')
})

test('[C2] the client sees nothing of other rooms, of questions and of its own words', async () => {
  const world = await openWorld()
  const alice = await native(world, 'alice')
  const bob = await classic(world, 'bob')
  const before = bob.writes.length
  await alice.send(object({ type: 'join', room: 'ops' }))
  await alice.send(`${say('secret', { room: 'ops' })}${object({ type: 'tell', to: 'carol', text: 'x' })}`)
  await alice.send(`${object({ type: 'topic', room: 'ops', topic: 'x' })}${object({ type: 'away', note: 'x' })}`)
  await bob.send('mine')
  await world.clock.advance(1000)
  expect(bob.writes.slice(before)).toEqual([])
  expect(textsOf(alice)).toEqual(['secret', 'mine'])
})
