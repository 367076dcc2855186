/** Completion at the host's console: each command has its own choices. */
import { expect, test } from 'vitest'
import { completeCommand } from '../../../../src/program/server/console/commands/completion.ts'
import { native, object } from '../../../helpers/actors.ts'
import { countedHasher } from '../../../helpers/counted-hasher.ts'
import { openWorld } from '../../../helpers/open-world.ts'
import { typedHost } from '../../../helpers/typed-host.ts'

async function seated() {
  const world = await openWorld({}, undefined, { hasher: countedHasher() })
  const { type } = typedHost(world.server, world.clock.now)
  const tanaka = await native(world, '田中')
  await tanaka.send(object({ type: 'register', n: 1, password: 'a long sentence' }))
  await tanaka.send(object({ type: 'join', room: 'ops' }))
  await native(world, 'Mr.Blue')
  for (const line of ['ACCOUNT ADD back\\slash', 'INVITE', 'TOKEN ADD ci']) type(line)
  await world.clock.settle()
  const [invite = ''] = world.state().invites.keys()
  return { invite, words: (line: string) => completeCommand(line, world.state())[0].map(text => text.trimEnd()) }
}

test('a command leads to its words, and to the names that fit there', async () => {
  const { invite, words } = await seated()
  expect(words('ACC')).toEqual(['ACCOUNT'])
  expect(words('HELP ACC')).toEqual(['ACCOUNT'])
  expect(words('HELP ACCOUNT ')).toEqual([])
  expect(words('ACCOUNT ')).toEqual(['ADD', 'LIST', 'RESET', 'RENAME', 'REMOVE'])
  expect(words('ACCOUNT REM')).toEqual(['REMOVE'])
  expect(words('ACCOUNT RESET ')).toEqual(['back\\slash', '田中'])
  expect(words('ACCOUNT REMOVE back\\slash ')).toEqual(['--erase'])
  expect(words('ACCOUNT ADD ')).toEqual([])
  expect(words('INVITE ')).toEqual(['--room', '--uses', '--for', 'LIST', 'REVOKE'])
  expect(words('INVITE --room ')).toEqual(['lobby', 'ops'])
  expect(words('INVITE --room ops --')).toEqual(['--uses', '--for'])
  expect(words('INVITE --uses ')).toEqual([])
  expect(words('INVITE REVOKE ')).toEqual([invite])
  expect(words('ROOM ')).toEqual(['REMOVE'])
  expect(words('ROOM REMOVE ')).toEqual(['ops'])
  expect(words('TOKEN REVOKE ')).toEqual(['ci'])
  expect(words('TOKEN ADD ops --')).toEqual(['--room', '--read', '--write', '--audit', '--keep'])
  expect(words('HOOK ')).toEqual(['ADD', 'LIST', 'REMOVE', 'RESUME', 'ROTATE'])
  expect(words('HOOK ADD https://a.example --kinds ')).toContain('moderation')
  expect(words('HOOK ROTATE 12 ')).toEqual(['--now'])
})

test('everywhere else, names of members', async () => {
  const { words } = await seated()
  expect(words('KICK ')).toEqual(['Mr.Blue', '田中'])
  expect(words('hello mr')).toEqual(['Mr.Blue'])
})
