/** Readers that share a cursor: each of them gets all of the ring once, however it comes and goes. */
import { describe, expect, test } from 'vitest'
import { nativeEncoding } from '../../../../src/codec/native/encoding.ts'
import { Link } from '../../../../src/server/delivery/link.ts'
import type { RingCursor } from '../../../../src/server/delivery/reading/cursor.ts'
import { Group } from '../../../../src/server/delivery/reading/group.ts'
import type { Ring } from '../../../../src/server/delivery/reading/ring.ts'
import { frame, ringOf, textOf } from '../../../helpers/frames.ts'
import { memoryPair, type Peer } from '../../../helpers/memory-transport.ts'
import { virtualClock } from '../../../helpers/virtual-clock.ts'

type Reading = { readonly link: Link; readonly peer: Peer; readonly got: () => string }

function grouped(ring: Ring, names: readonly string[]) {
  const left: string[] = []
  const group = new Group<Reading>(ring, one => void left.push(one.link.connection.id))
  const readers = names.map(name => reading(ring, name))
  for (const one of readers) group.add(one, one.link.reader.calm as RingCursor, one.link)
  return { group, readers, left }
}

function reading(ring: Ring, name: string): Reading {
  const { connection, peer } = memoryPair(name, '192.0.2.1', arrive => arrive())
  const link = new Link(
    connection,
    virtualClock(),
    () => name,
    () => {},
  )
  link.encoding = nativeEncoding
  link.reader.enter('lobby', ring, ring.next)
  let got = ''
  peer.received$.subscribe(bytes => {
    got += textOf(bytes)
  })
  return { link, peer, got: () => got }
}

const say = (ring: Ring, seq: number, text = `${seq}`): void => {
  ring.append(frame(seq, text))
  ring.seal()
}

const CAST = ['Spider-Man', '李', 'a|b']

describe('a group of readers', () => {
  test('is written to together, and afterwards nobody has anything to read', () => {
    const ring = ringOf(1000)
    const { group, readers } = grouped(ring, CAST)
    say(ring, 1)
    expect([group.write(), group.write()]).toEqual([true, true])
    expect(readers.map(({ got }) => got())).toEqual(['1;', '1;', '1;'])
    expect(readers.map(({ link }) => link.reader.take(100))).toEqual([null, null, null])
  })

  test.each([
    ['a frame of its own', (link: Link) => link.put(frame(2, 'own'))],
    ['another room', (link: Link) => link.reader.enter('ops', ringOf(100), 0)],
    ['its end', (link: Link) => link.finish()],
  ])('loses the one that gets %s; it goes on where the group was', (_, happens) => {
    const ring = ringOf(1000)
    const { group, readers, left } = grouped(ring, CAST)
    say(ring, 1)
    group.write()
    say(ring, 2)
    say(ring, 3)
    const [, one] = readers as [Reading, Reading, Reading]
    happens(one.link)
    expect([left, group.size]).toEqual([['李'], 2])
    one.link.flush()
    group.write()
    expect(readers.map(({ got }) => got().replace('own;', ''))).toEqual(['1;2;3;', '1;2;3;', '1;2;3;'])
  })

  test('loses the one that does not take a write whole; it goes on behind that write', () => {
    const ring = ringOf(1000)
    const { group, readers, left } = grouped(ring, CAST)
    const [first, , last] = readers as [Reading, Reading, Reading]
    for (const one of [first, last]) one.peer.stall()
    say(ring, 1)
    group.write()
    expect([left, group.size]).toEqual([['Spider-Man', 'a|b'], 1])
    say(ring, 2)
    group.write()
    first.link.flush()
    for (const one of [first, last]) {
      one.peer.resume()
      one.link.writable()
    }
    expect(readers.map(({ got }) => got())).toEqual(['1;2;', '1;2;', '1;2;'])
  })

  test('writes nothing on a connection that is over', () => {
    const ring = ringOf(1000)
    const { group, readers, left } = grouped(ring, CAST)
    readers[0]?.link.dispose()
    say(ring, 1)
    group.write()
    expect([left, readers.map(({ got }) => got())]).toEqual([['Spider-Man'], ['', '1;', '1;']])
  })

  test('disbands when frames are gone that it has not read', () => {
    const ring = ringOf(3)
    const { group, readers } = grouped(ring, CAST)
    say(ring, 1)
    say(ring, 2)
    expect(group.write()).toBe(false)
    expect(group.disband()).toEqual(readers)
    expect([group.size, ...readers.map(({ link }) => link.reader.take(100))]).toEqual([0, ...CAST.map(() => 'overrun')])
  })
})
