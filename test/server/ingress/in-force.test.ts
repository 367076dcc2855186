/** While a server with a program from before takes part, commands of later rules are refused with a reason. */
import { expect, test } from 'vitest'
import { line, native, newObjects, object } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'

test('[R9] nobody keeps order by rules that another server does not read, and the journal stays as that one knows it', async () => {
  const world = await openWorld({ rate: null, reads: 6 })
  await world.clock.settle()
  expect(world.state().format).toBe(6)
  const zoya = await native(world, 'ЗОЯ', { room: 'ops' })
  const tanaka = await line(world, '田中')
  newObjects(zoya)
  tanaka.news()
  const before = (await entriesIn(world.journal)).length
  await zoya.send(object({ type: 'ban', who: '田中', n: 1 }))
  await zoya.send(object({ type: 'kick', who: '田中', room: 'ops', n: 2 }))
  expect(newObjects(zoya)).toMatchObject([
    { type: 'rejected', n: 1, code: 'not-yet', retry: true },
    { type: 'rejected', n: 2, code: 'not-yet' },
  ])
  await tanaka.send('/ignore ЗОЯ\n')
  expect(tanaka.news().join()).toContain('Not all servers of this chat know this command yet.')
  // For a program from before it would be a kick from the server.
  expect(world.server.host({ type: 'kick', name: 'ЗОЯ', reason: null, room: 'ops' })).toMatchObject({ code: 'not-yet' })
  expect((await entriesIn(world.journal)).length).toBe(before)
  expect(world.server.host({ type: 'kick', name: 'ЗОЯ', reason: null })).toBeNull()
  await world.clock.settle()
  expect(newObjects(zoya)).toMatchObject([{ type: 'closed', code: 'kicked' }])
})

test('[R9] a host may ban at once on a server that has just begun', async () => {
  const world = await openWorld()
  expect(world.server.host({ type: 'ban', who: 'Spider-Man', reason: null })).toBeNull()
  await world.clock.settle()
  expect([...world.state().sanctions.values()].map(({ name }) => name)).toEqual(['Spider-Man'])
})
