/** Sessions that come from a server that died: to each other one, more than once, with any cursor (docs/spec.md, D3, D5). */
import { describe, expect, test } from 'vitest'
import { DOWN_MS, NODE_BEAT_MS } from '../../../src/model/limits.ts'
import { native, object, say, textsOf } from '../../helpers/actors.ts'
import { type ClusterNode, cluster } from '../../helpers/cluster.ts'
import type { Wire } from '../../helpers/world.ts'

type Fields = Readonly<Record<string, unknown>>

const TOKEN = 'k'.repeat(64)
const last = (wire: Wire, type: string): Fields => wire.objects().findLast(one => one['type'] === type) ?? {}

/** Spider-Man says something at the north, which dies right after the `ok`. Nobody has judged it yet. */
async function bereaved() {
  const { clock, node } = cluster()
  const [north, south, east] = [await node('north'), await node('south'), await node('Mr.East')]
  const li = await native(south, '李')
  const spider = await native(north, 'Spider-Man', { token: TOKEN })
  await clock.advance(10)
  const { epoch, seq } = last(spider, 'welcome')
  await spider.send(say('acknowledged', { n: 1 }))
  await clock.advance(10)
  expect(last(spider, 'ok')).toMatchObject({ n: 1 })
  north.faults.isCut = true
  spider.peer.vanish()

  async function resume(at: ClusterNode, cursor: unknown, more: Fields = {}, address?: string): Promise<Wire> {
    const wire = at.dial(address)
    await wire.send(object({ type: 'hello', name: 'Spider-Man', token: TOKEN, epoch, cursor, whole: true, ...more }))
    await clock.advance(10)
    return wire
  }
  /** The messages of the log, as the south has it. */
  const said = () => south.steps.flatMap(({ text, events }) => (events[0]?.event.type === 'said' ? [text] : []))
  return { clock, north, south, east, li, resume, said, from: Number(seq) }
}

describe('[D5] [R14] a session whose server died right after an acknowledgement', () => {
  test('goes on at each other one, twice, from an old cursor: word for word, and once', async () => {
    const { clock, south, east, resume, said, from } = await bereaved()
    for (const node of [south, east, south, east]) {
      const wire = await resume(node, from)
      expect(last(wire, 'welcome')).toMatchObject({ resumed: true, gap: false, name: 'Spider-Man' })
      expect(textsOf(wire)).toEqual(['acknowledged'])
      // The `ok` comes again, and so do the answers to repeats: each is the first one.
      const oks = () => wire.objects().filter(({ type }) => type === 'ok')
      const before = oks().length
      expect(before).toBeGreaterThan(0)
      await wire.send(say('acknowledged', { n: 1 }))
      await clock.advance(10)
      expect(oks()).toHaveLength(before + 1)
      expect(new Set(oks().map(({ n, seq }) => `${n} ${seq}`)).size).toBe(1)
      wire.peer.vanish()
    }
    expect(said()).toEqual(['acknowledged'])
  })

  test.each([
    ['of the future', { cursor: Number.MAX_SAFE_INTEGER }],
    ['of another epoch', { epoch: 'another' }],
    ['from before its time', { cursor: 0 }],
  ])('gets its rooms anew with a cursor %s', async (_, hello) => {
    const { south, east, resume, said, from } = await bereaved()
    for (const node of [south, east]) {
      const wire = await resume(node, from, hello)
      expect(last(wire, 'welcome')).toMatchObject({ resumed: true, gap: true })
      expect(last(wire, 'room')).toMatchObject({ room: 'lobby' })
      expect(JSON.stringify(last(wire, 'history')).split('"acknowledged"')).toHaveLength(2)
      expect(textsOf(wire)).toEqual([])
    }
    expect(said()).toEqual(['acknowledged'])
  })

  test('is at one of two servers, if its token comes to both at once', async () => {
    const { clock, south, east, resume, said, from } = await bereaved()
    const wires = await Promise.all([resume(south, from), resume(east, from)])
    const closed = wires.filter(wire => wire.closed())
    expect(closed).toHaveLength(1)
    expect(last(closed[0] as Wire, 'closed')).toMatchObject({ code: 'replaced', reconnect: false })
    const [kept] = wires.filter(wire => !wire.closed()) as [Wire]
    await kept.send(say('once', { n: 2 }))
    await clock.advance(10)
    expect(last(kept, 'ok')).toMatchObject({ n: 2 })
    expect(said()).toEqual(['acknowledged', 'once'])
    for (const node of [south, east]) expect(node.state().members.size).toBe(2)
  })

  test('is not taken from its client by the server that had it, when that one is back', async () => {
    const { clock, north, south, resume, said, from, li } = await bereaved()
    const wire = await resume(south, from)
    await clock.advance(DOWN_MS + 2 * NODE_BEAT_MS)
    north.faults.isCut = false
    await clock.advance(3 * NODE_BEAT_MS)
    expect(wire.closed()).toBe(false)
    await wire.send(say('still here', { n: 2 }))
    await clock.advance(10)
    expect(textsOf(li)).toEqual(['acknowledged', 'still here'])
    expect(said()).toEqual(['acknowledged', 'still here'])
    expect(li.objects().filter(({ type }) => type === 'quit')).toEqual([])
  })

  test('learns that its address may not be in a room, where no other client reads its protocol', async () => {
    const { clock, south, east, resume, from } = await bereaved()
    expect(south.server.host({ type: 'ban', net: '192.0.2.66/32', room: 'lobby', reason: null })).toBeNull()
    await clock.advance(10)
    const wire = await resume(east, from, {}, '192.0.2.66')
    expect(east.state().rooms.get('lobby')?.members.has('Spider-Man')).toBe(false)
    expect(last(wire, 'parted')).toMatchObject({ room: 'lobby', name: 'Spider-Man' })
  })
})
