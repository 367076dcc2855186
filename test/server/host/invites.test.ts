/** INVITE at the console: links that are shown once, and go by themselves. */
import { describe, expect, test } from 'vitest'
import { INVITE_MS, INVITES_MAX } from '../../../src/model/limits.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { typedHost } from '../../helpers/typed-host.ts'
import type { World } from '../../helpers/world.ts'

const DAY = 24 * 60 * 60 * 1000

function hosted(world: World) {
  const { type, shown, secrets } = typedHost(world.server, world.clock.now)
  return {
    secrets,
    async run(line: string): Promise<readonly string[]> {
      const before = shown.length
      type(line)
      await world.clock.settle()
      return shown.slice(before)
    },
  }
}

const invitesOf = (world: World) => [...world.state().invites.values()]

describe('[I9] INVITE', () => {
  test('alone makes a link for one person and a week; only a hash of its token is kept', async () => {
    const world = await openWorld()
    const { run, secrets } = hosted(world)
    expect(await run('INVITE')).toEqual([])
    const [token] = /(?<=#invite=).+$/.exec(secrets[0] ?? '') ?? []
    expect(invitesOf(world)).toMatchObject([{ room: null, uses: 1, until: world.clock.now() + INVITE_MS }])
    expect(invitesOf(world)[0]?.hash).toBe(`digest-of-${token}`)
    const stored = JSON.stringify(await entriesIn(world.journal)).replaceAll(`digest-of-${token}`, 'hash')
    expect(stored).not.toContain(token)
  })

  test('takes a room, a number of uses and a time, in any order; the link names the room', async () => {
    const world = await openWorld()
    const { run, secrets } = hosted(world)
    await run('INVITE --for 2d --room 田中 --uses 20')
    expect(invitesOf(world)).toMatchObject([{ room: '田中', uses: 20, until: world.clock.now() + 2 * DAY }])
    expect(secrets[0]).toMatch(/&room=田中$/)
  })

  test.each([
    ...[
      '--room',
      '--uses 0',
      '--uses 10001',
      '--uses x',
      '--for 7',
      '--for 0d',
      '--for 366d',
      '--who 李',
      '--uses 2 3',
    ],
    ...['LIST 1', 'REVOKE', 'REVOKE a b', '?'],
  ])('%s is wrong, and explained', async rest => {
    const world = await openWorld()
    const { run } = hosted(world)
    expect(await run(`INVITE ${rest}`)).toEqual([expect.stringMatching(/^Usage: INVITE \[--room r\]/)])
    expect(invitesOf(world)).toEqual([])
  })

  test('of a name that is no room is refused; a sentence about invites is said', async () => {
    const world = await openWorld()
    const { run } = hosted(world)
    expect(await run('INVITE --room #')).toEqual([expect.stringContaining('room')])
    expect(await run('INVITE your friends')).toEqual(['[00:00:00] Host > INVITE your friends'])
  })

  test('beyond the maximum is refused, with what to do', async () => {
    const world = await openWorld()
    const { run, secrets } = hosted(world)
    for (let k = 0; k < INVITES_MAX; k++) await run('INVITE')
    expect(new Set(invitesOf(world).map(({ id }) => id)).size).toBe(INVITES_MAX)
    expect(await run('INVITE')).toEqual([expect.stringMatching(/1000 invites, the maximum. Revoke one first/)])
    expect(secrets.length).toBe(INVITES_MAX)
  })
})

test('[I9] INVITE LIST shows those that can be used, and INVITE REVOKE ends one', async () => {
  const world = await openWorld()
  const { run } = hosted(world)
  await run('INVITE --for 1d')
  await run('INVITE --room ops --uses 3')
  const [first, second] = invitesOf(world).map(({ id }) => id)
  expect((await run('INVITE LIST')).map(line => line.split(/ +/).slice(0, 3))).toEqual([
    ...[
      ['INVITES:', '2'],
      ['ID', 'ROOM', 'USES'],
      [first, '-', '1'],
      [second, 'ops', '3'],
    ],
  ])
  expect(await run(`INVITE REVOKE ${second}`)).toEqual([`INVITE ${second}: revoked.`])
  expect(await run(`INVITE REVOKE ${second}`)).toEqual([`There is no invite ${second}. INVITE LIST shows them.`])
  // Nobody needs to remove expired ones.
  await world.clock.advance(DAY)
  expect((await run('INVITE LIST'))[0]).toBe('INVITES: 0')
})
