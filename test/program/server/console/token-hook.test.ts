/** The hook of a token, as the host gets it at the console. */
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

test('[HI6] the hook is shown with the secret, which stays alone on its line', () => {
  expect(shownOnce('TOKEN: writes.', 'rxchat_0', ['Its hook: /hooks/rxchat_0'])).toEqual([
    'TOKEN: writes. The next line shows its secret, this one time only:',
    'rxchat_0',
    'Its hook: /hooks/rxchat_0',
  ])
})
