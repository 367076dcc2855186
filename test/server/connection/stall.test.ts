/**
 * The server stands still for a while: bytes that arrived meanwhile are read before any peer is judged by its silence.
 */
import { describe, expect, test } from 'vitest'
import {
  BEAT_MS,
  BROWSING_MS,
  HANDSHAKE_MS,
  SILENCE_MS,
  SNIFF_CLASSIC_MS,
  SNIFF_NOTHING_MS,
  SNIFF_SPARE_MS,
} from '../../../src/model/limits.ts'
import { classic, line, native, newObjects, object, typesOf } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'

const MINUTE_MS = 60_000

describe('a stall of the server', () => {
  test('[V3] is not the silence of one that has said hello: nobody asks it for its name', async () => {
    const world = await openWorld()
    const bob = world.dial()
    await world.clock.settle()
    bob.peer.send(Buffer.from(object({ type: 'hello', name: 'Mr.Blue' })))
    await world.clock.stall(2 * SNIFF_NOTHING_MS)
    expect(typesOf(newObjects(bob))).toEqual(['welcome', 'room'])
  })

  test('[V3] is not the silence that makes a word of HTTP a name', async () => {
    const world = await openWorld()
    const browser = world.dial()
    await browser.send('GE')
    browser.peer.send(Buffer.from('T / HTTP/1.1\r\n\r\n'))
    await world.clock.stall(MINUTE_MS)
    expect(browser.text()).toMatch(/^HTTP\/1\.1 501 /)
  })

  test('[V3] is not the silence after half of a name in classic', async () => {
    const world = await openWorld()
    const client = world.dial()
    await client.send('Spider')
    await world.clock.stall(MINUTE_MS)
    await client.send('-Man')
    await world.clock.advance(SNIFF_CLASSIC_MS)
    expect(world.state().members.first()?.name.text).toBe('Spider-Man')
  })

  test('[V3] is not the silence of those who answered every ping', async () => {
    const world = await openWorld()
    const guests = await Promise.all(['田中', 'a|b', '[x]_^'].map(name => native(world, name)))
    await world.clock.advance(BEAT_MS)
    for (const { peer } of guests) peer.send(Buffer.from(object({ type: 'pong' })))
    await world.clock.stall(SILENCE_MS + BEAT_MS)
    await world.clock.advance(BEAT_MS)
    expect(guests.map(({ closed }) => closed())).toEqual([false, false, false])
  })

  test('[V3] is not the silence of those who were not asked; one that does not answer is found all the same', async () => {
    const world = await openWorld({ grace: 1 })
    const [alive, dead] = [await native(world, 'alive'), await native(world, 'dead')]
    await world.clock.stall(MINUTE_MS)
    await world.clock.advance(BEAT_MS)
    expect(typesOf(newObjects(alive))).toContain('ping')
    await alive.send(object({ type: 'pong' }))
    await world.clock.advance(BEAT_MS)
    expect([alive.closed(), dead.closed()]).toEqual([false, true])
  })

  test('[V3] does not take from anybody the time for a name', async () => {
    const world = await openWorld()
    const [person, pipe] = [world.dial(), world.dial()]
    await world.clock.advance(SNIFF_NOTHING_MS)
    pipe.peer.send(Buffer.from('alice\n'))
    await world.clock.stall(HANDSHAKE_MS)
    await person.send('bob\n')
    expect(world.state().members.size).toBe(2)
    expect([person.closed(), pipe.closed()]).toEqual([false, false])
  })

  test('[V3] is given back once: the next alarm judges', async () => {
    const world = await openWorld()
    const silent = world.dial()
    await world.clock.stall(HANDSHAKE_MS)
    await world.clock.stall(HANDSHAKE_MS)
    await world.clock.advance(HANDSHAKE_MS)
    expect(silent.closed()).toBe(true)
  })

  test('[V3] is not slow reading: what was written before the end is taken first', async () => {
    const world = await openWorld()
    const [bob, old] = [await line(world, 'bob'), await classic(world, 'old')]
    bob.peer.stall()
    await bob.send('/who\n/quit\n')
    bob.peer.resume()
    await world.clock.stall(MINUTE_MS)
    expect(bob.lines().at(-1)).toContain('Goodbye.')
    expect(old.closed()).toBe(false)
  })
})

describe('a connection on which nothing comes', () => {
  test('[W1] is not written to before five seconds, and then it is a person who is asked', async () => {
    const world = await openWorld()
    const person = world.dial()
    await world.clock.advance(SNIFF_NOTHING_MS - 1)
    expect(person.text()).toBe('')
    await world.clock.advance(1)
    expect(person.text()).toBe('Your name? ')
  })

  test('[W1] is greeted later where a browser is, which may send its next request on it', async () => {
    const world = await openWorld()
    const [spare, elsewhere] = [world.dial('10.0.0.1'), world.dial('10.0.0.2')]
    await world.dial('10.0.0.1').send('GET / HTTP/1.1\r\n\r\n')
    await world.clock.advance(SNIFF_NOTHING_MS)
    expect([spare.text(), elsewhere.text()]).toEqual(['', 'Your name? '])
    await world.clock.advance(SNIFF_SPARE_MS - 1)
    expect(spare.text()).toBe('')
    await spare.send('GET / HTTP/1.1\r\n\r\n')
    expect(spare.text()).toMatch(/^HTTP\/1\.1 501 /)
    const person = world.dial('10.0.0.1')
    await world.clock.advance(SNIFF_NOTHING_MS)
    await world.clock.advance(SNIFF_SPARE_MS)
    expect(person.text()).toBe('Your name? ')
    await world.clock.advance(BROWSING_MS)
    const later = world.dial('10.0.0.1')
    await world.clock.advance(SNIFF_NOTHING_MS)
    expect(later.text()).toBe('Your name? ')
  })

  test('[W1] is never greeted where a trusted proxy has opened it ahead, and speaks HTTP when a request comes', async () => {
    const world = await openWorld({ trusts: address => address === '10.0.0.1' })
    const [used, unused] = [world.dial('10.0.0.1'), world.dial('10.0.0.1')]
    await world.clock.advance(HANDSHAKE_MS - 1)
    await used.send('GET / HTTP/1.1\r\n\r\n')
    expect(used.text()).toMatch(/^HTTP\/1\.1 501 /)
    await world.clock.advance(1)
    expect([unused.text(), unused.closed()]).toEqual(['', true])
  })
})
