/** A turn in which the journal has no room: a refused input holds up nothing that waits for earlier inputs. */
import { describe, expect, test } from 'vitest'
import { TEXT_MAX_BYTES, WAITING_BYTES } from '../../../src/model/limits.ts'
import { native, newObjects, object } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { troubledJournal } from '../../helpers/troubled-journal.ts'

/** The journal has not answered yet, and more waits than there is room for. */
async function crowded() {
  const journal = troubledJournal()
  const world = await openWorld({}, journal)
  const [alice, bob] = [await native(world, 'Spider-Man'), await native(world, '田中')]
  const known = Promise.withResolvers<void>()
  journal.held = known.promise
  await alice.send(object({ type: 'topic', topic: 'under way' }))
  const text = 'x'.repeat(TEXT_MAX_BYTES)
  for (let k = 0; k < WAITING_BYTES / TEXT_MAX_BYTES + 5; k++) {
    world.server.host({ type: 'say', room: 'lobby', text, action: false })
  }
  await world.clock.settle()
  expect(world.troubles.splice(0).map(({ type }) => type)).toContain('storage')
  newObjects(bob)
  return { world, bob, known }
}

describe('[J3] after inputs were refused for want of room', () => {
  test('later questions are answered once the journal answers', async () => {
    const { world, bob, known } = await crowded()
    for (const n of [1, 2]) await bob.send(object({ type: 'rooms', n }))
    known.resolve()
    await world.clock.settle()
    const answers = newObjects(bob).filter(({ n }) => n !== undefined)
    expect(answers).toMatchObject([
      { type: 'rooms', n: 1 },
      { type: 'rooms', n: 2 },
    ])
  })

  test('a connection that has asked can end, and its name is free', async () => {
    const { world, bob, known } = await crowded()
    await bob.send(object({ type: 'rooms', n: 1 }))
    known.resolve()
    await world.clock.settle()
    bob.peer.vanish()
    await world.clock.advance(3_600_000)
    expect([...world.state().members.values()].map(({ name }) => name.text)).not.toContain('田中')
  })
})
