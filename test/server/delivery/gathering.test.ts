/** In a room of many readers, joins, exits and new names share a write; any other event takes them along. */
import { describe, expect, test } from 'vitest'
import { GATHERED_BYTES } from '../../../src/model/limits.ts'
import type { Gathering } from '../../../src/server/delivery/channels.ts'
import { classic, line, native, newObjects, object, say, typesOf } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import type { Wire, World } from '../../helpers/world.ts'

const FROM_THREE: Gathering = { from: 3, ms: 50 }
const CAST = ['Spider-Man', '李', 'a|b', 'Mr.Blue', 'zoë'] as const

/** Three natives in the lobby, who have read everything so far. */
async function largeRoom(gathering = FROM_THREE): Promise<{ world: World; readers: readonly Wire[] }> {
  const world = await openWorld({ gathering, rate: null })
  const readers: Wire[] = []
  for (const name of ['alice', 'bob', 'carol']) readers.push(await native(world, name))
  await world.clock.advance(gathering.ms)
  for (const wire of readers) wire.news()
  return { world, readers }
}

const writesOf = (wires: readonly Wire[]): readonly number[] => wires.map(({ writes }) => writes.length)

describe('presence in a room of many readers', () => {
  test('is one write for all that comes within the time [F5]', async () => {
    const { world, readers } = await largeRoom()
    const before = writesOf(readers)
    for (const name of CAST) await native(world, name)
    expect(writesOf(readers)).toEqual(before)
    await world.clock.advance(FROM_THREE.ms)
    expect(writesOf(readers)).toEqual(before.map(count => count + 1))
    for (const wire of readers) expect(newObjects(wire).map(({ name }) => name)).toEqual(CAST)
  })

  test('comes at once in a smaller room [F5]', async () => {
    const { world, readers } = await largeRoom({ from: 9, ms: 50 })
    await native(world, 'Spider-Man')
    for (const wire of readers) expect(typesOf(newObjects(wire))).toEqual(['joined'])
  })

  test('is counted for each room and protocol apart [F5]', async () => {
    const { world, readers } = await largeRoom()
    const dave = await line(world, 'dave')
    await native(world, '李')
    expect(dave.lines().at(-1)).toContain('李')
    for (const wire of readers) expect(newObjects(wire)).toEqual([])
  })

  test('goes with the next message, and before it [F5][D1]', async () => {
    const { world, readers } = await largeRoom()
    const spider = await native(world, 'Spider-Man')
    await spider.send(object({ type: 'nick', name: 'Spidey' }))
    await spider.send(say('hello'))
    for (const wire of readers) expect(typesOf(newObjects(wire))).toEqual(['joined', 'renamed', 'said'])
    await world.clock.advance(FROM_THREE.ms)
    for (const wire of readers) expect(newObjects(wire)).toEqual([])
  })

  test('goes before what one session alone gets, to that session [F5][D1]', async () => {
    const { world, readers } = await largeRoom()
    const [alice, bob, carol] = readers as [Wire, Wire, Wire]
    const spider = await native(world, 'Spider-Man')
    await spider.send(object({ type: 'tell', to: 'alice', text: 'psst' }))
    await bob.send(object({ type: 'ping' }))
    expect(typesOf(newObjects(alice))).toEqual(['joined', 'told'])
    expect(typesOf(newObjects(bob))).toEqual(['joined', 'pong'])
    expect(newObjects(carol)).toEqual([])
    await world.clock.advance(FROM_THREE.ms)
    expect(newObjects(alice)).toEqual([])
    expect(typesOf(newObjects(carol))).toEqual(['joined'])
  })

  test('goes before a later frame of another room [F5][D1]', async () => {
    const { world, readers } = await largeRoom()
    const [alice, bob] = readers as [Wire, Wire, Wire]
    for (const wire of [alice, bob]) await wire.send(object({ type: 'join', room: 'ops' }))
    for (const wire of [alice, bob]) wire.news()
    await native(world, 'a|b')
    await bob.send(say('in ops', { room: 'ops' }))
    expect(typesOf(newObjects(alice))).toEqual(['joined', 'said'])
  })

  test('of somebody in two rooms comes once, whichever is gathered [F5][D1]', async () => {
    const { world, readers } = await largeRoom()
    const [alice, bob] = readers as [Wire, Wire, Wire]
    for (const wire of [alice, bob]) await wire.send(object({ type: 'join', room: 'ops' }))
    await world.clock.advance(FROM_THREE.ms)
    for (const wire of readers) wire.news()
    await alice.send(object({ type: 'bye' }))
    expect(typesOf(newObjects(bob))).toEqual(['quit'])
    await world.clock.advance(FROM_THREE.ms)
    expect(newObjects(bob)).toEqual([])
    expect(typesOf(newObjects(readers[2] as Wire))).toEqual(['quit'])
  })

  test('does not wait for a member that parts, or whose connection is about to end [F5]', async () => {
    const { world, readers } = await largeRoom()
    const [alice, bob, carol] = readers as [Wire, Wire, Wire]
    await native(world, 'Mr.Blue')
    await alice.send(object({ type: 'part', room: 'lobby' }))
    expect(typesOf(newObjects(alice))).toEqual(['joined', 'parted'])
    await bob.send(object({ type: 'bye' }))
    carol.peer.end()
    await world.clock.settle()
    expect(typesOf(newObjects(carol))).toEqual(['joined', 'parted', 'quit'])
  })

  test('is not written to a session that ends meanwhile, but all else is [F5]', async () => {
    const { world, readers } = await largeRoom()
    const [alice, bob] = readers as [Wire, Wire]
    await native(world, 'Mr.Blue')
    await alice.send(object({ type: 'bye' }))
    expect(typesOf(newObjects(alice))).toEqual(['closed'])
    await bob.send(`${say('last words')}${object({ type: 'bye' })}`)
    expect(typesOf(newObjects(bob))).toEqual(['joined', 'quit', 'said', 'closed'])
  })

  test('does not wait for a server that stops [F5][H1]', async () => {
    const { world, readers } = await largeRoom()
    await native(world, 'fox')
    await world.close()
    for (const wire of readers) expect(typesOf(newObjects(wire))).toEqual(['joined', 'closed'])
  })

  test('is given again to a session that resumes meanwhile, and not twice [F5][D4]', async () => {
    const { world, readers } = await largeRoom()
    const [alice] = readers as [Wire]
    const { token, epoch } = alice.objects()[0] as { token: string; epoch: string }
    const cursor = world.state().seq
    await native(world, '李')
    alice.peer.vanish()
    await world.clock.settle()
    const again = world.dial()
    await again.send(object({ type: 'hello', token, cursor, epoch }))
    await world.clock.advance(FROM_THREE.ms)
    expect(typesOf(again.objects()).filter(type => type === 'joined')).toEqual(['joined'])
  })

  test('does not wait for more than so many bytes [F4][F5]', async () => {
    const { world, readers } = await largeRoom({ from: 3, ms: 5000 })
    const before = writesOf(readers)
    const note = 'x'.repeat(200)
    const bob = readers[1] as Wire
    for (let bytes = 0; bytes < GATHERED_BYTES; bytes += note.length) {
      bob.peer.send(Buffer.from(object({ type: 'away', note }) + object({ type: 'away', note: null })))
    }
    await world.clock.settle()
    expect(writesOf(readers)[0]).toBeGreaterThan(before[0] as number)
  })

  test('waits in line mode, too, and not in classic, which gets each in a write of its own [F5]', async () => {
    const world = await openWorld({ gathering: FROM_THREE, rate: null })
    const lines: Wire[] = []
    for (const name of ['dave', 'erin', 'frank']) lines.push(await line(world, name))
    const old = await classic(world, 'Spider-Man')
    await world.clock.advance(FROM_THREE.ms)
    for (const wire of [...lines, old]) wire.news()
    const before = writesOf(lines)
    const joined = await line(world, '李')
    await joined.send('/quit\n')
    expect(writesOf(lines)).toEqual(before)
    await world.clock.advance(1000)
    expect(writesOf(lines)).toEqual(before.map(count => count + 1))
    expect(old.text()).toContain('李 entered.')
    expect(old.text()).toContain('李 exited.')
  })
})
