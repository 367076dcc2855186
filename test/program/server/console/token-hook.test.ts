/** The hook of a token, and a webhook that is asked for wrongly, at the console. */
import { expect, test } from 'vitest'
import { shownOnce } from '../../../../src/program/server/console/host.ts'
import { openWorld } from '../../../helpers/open-world.ts'
import { typedHost } from '../../../helpers/typed-host.ts'

test('[HI1] TOKEN ADD shows the hook of a token that may write, and of no other', async () => {
  const world = await openWorld()
  const { type, secrets } = typedHost(world.server, world.clock.now)
  for (const line of ['TOKEN ADD ci', 'TOKEN ADD reader --read', 'TOKEN ADD writer --write --room ops']) {
    type(line)
    await world.clock.settle()
  }
  const [ci, hook, reader, writer, other] = secrets
  expect([hook, other]).toEqual([`Its hook: /hooks/${ci}`, `Its hook: /hooks/${writer}`])
  expect(reader).toMatch(/^rxchat_/)
  expect(secrets).toHaveLength(5)
})

test.each([
  ['--kinds', '--kinds needs kinds with commas between them. Give some of: messages, '],
  ['--kinds ""', '--kinds needs kinds with commas between them.'],
  ['--kinds --all', '--kinds needs kinds with commas between them.'],
  ['--kinds messages --all', 'Only one of --acts, --all and --kinds can be given. Leave out the others.'],
  ['--all --kinds', 'Only one of --acts, --all and --kinds can be given.'],
  ['--kinds messages --none', 'Usage: HOOK ADD'],
])('[HO3] HOOK ADD url %s says what is wrong, and adds nothing', async (flags, sentence) => {
  const world = await openWorld()
  const { type, shown } = typedHost(world.server, world.clock.now)
  type(`HOOK ADD https://a.example/ ${flags}`)
  await world.clock.settle()
  expect(shown.join()).toContain(sentence)
  expect(world.state().hooks.size).toBe(0)
})

test('[HI6] the hook is shown with the secret, which stays alone on its line', () => {
  expect(shownOnce('TOKEN: writes.', 'rxchat_0', ['Its hook: /hooks/rxchat_0'])).toEqual([
    'TOKEN: writes. The next line shows its secret, this one time only:',
    'rxchat_0',
    'Its hook: /hooks/rxchat_0',
  ])
})
