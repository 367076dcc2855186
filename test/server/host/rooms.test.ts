/** ROOM REMOVE at the console: the host takes a room from the account that founded it. */
import { expect, test } from 'vitest'
import { native, object } from '../../helpers/actors.ts'
import { countedHasher } from '../../helpers/counted-hasher.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { typedHost } from '../../helpers/typed-host.ts'

test('[I10] an empty room goes at once, another one with its last member, and no other room is one to take', async () => {
  const world = await openWorld({}, undefined, { hasher: countedHasher() })
  const { type, shown } = typedHost(world.server, world.clock.now)
  const run = async (line: string): Promise<string | undefined> => {
    type(line)
    await world.clock.settle()
    return shown.at(-1)
  }
  const tanaka = await native(world, '田中')
  await tanaka.send(object({ type: 'register', n: 1, password: 'a long sentence' }))
  for (const room of ['ops', '李']) await tanaka.send(object({ type: 'join', room }))
  await tanaka.send(object({ type: 'part', room: 'ops' }))
  expect(world.state().rooms.has('ops')).toBe(true)
  expect(await run('ROOM REMOVE ops')).toBe('ROOM: ops is gone.')
  expect(await run('ROOM REMOVE 李')).toBe('ROOM: 李 goes with its last member.')
  await tanaka.send(object({ type: 'part', room: '李' }))
  expect(world.state().rooms.has('李')).toBe(false)
  expect(await run('ROOM REMOVE nowhere')).toMatch(/nowhere/)
  for (const line of ['ROOM REMOVE', 'ROOM REMOVE lobby', 'ROOM REMOVE a b', 'ROOM']) {
    expect(await run(line), line).toBe('Usage: ROOM REMOVE name')
  }
  expect(await run('ROOM for improvement')).toBe('[00:00:00] Host > ROOM for improvement')
})
