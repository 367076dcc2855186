/** A guest that comes with an invite, from the host's console to the room (docs/spec.md, I9). */
import { describe, expect, test } from 'vitest'
import { GRACE_MS, PASSWORD_FREE_TRIES, REGISTRATIONS_PER_ADDRESS } from '../../../src/model/limits.ts'
import type { Options } from '../../../src/server/server.ts'
import { newObjects, object, typesOf } from '../../helpers/actors.ts'
import { countedHasher } from '../../helpers/counted-hasher.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { typedHost } from '../../helpers/typed-host.ts'
import type { Wire, World } from '../../helpers/world.ts'

const password = 'a long sentence'

async function opened(options: Options, command = 'INVITE') {
  const world = await openWorld(options, undefined, { hasher: countedHasher() })
  const { type, secrets } = typedHost(world.server, world.clock.now)
  type(command)
  await world.clock.settle()
  const [token = ''] = /(?<=#invite=)[^&]+/.exec(secrets[0] ?? '') ?? []
  return { world, token, type }
}

async function hello(world: World, name: string, more: object, address?: string): Promise<Wire> {
  const wire = world.dial(address)
  await wire.send(object({ type: 'hello', name, ...more }))
  return wire
}

const first = (wire: Wire): Record<string, unknown> | undefined => wire.objects()[0]
const registers = (wire: Wire, more: object = {}): Promise<void> =>
  wire.send(object({ type: 'register', n: 1, password, ...more }))

describe('[I9] an invite', () => {
  test('stands for the password of the server, and for nothing when it is used up', async () => {
    const { world, token } = await opened({ password: 'open sesame' })
    expect(first(await hello(world, '田中', { invite: token }))).toMatchObject({ type: 'welcome' })
    expect(first(await hello(world, '李', { invite: token }))).toMatchObject({ code: 'invite-invalid' })
    expect(first(await hello(world, '李', {}))).toMatchObject({ code: 'password-needed' })
    expect(world.state().invites.size).toBe(0)
  })

  test('lets somebody register where that needs one, as it enters or later, for one use', async () => {
    const { world, token } = await opened({ registration: 'invite' }, 'INVITE --uses 2')
    const guest = await hello(world, 'Mr.Blue', { invite: token })
    await registers(guest)
    const entering = await hello(world, '田中', { invite: token, register: { password } })
    expect(first(entering)).toMatchObject({ type: 'welcome', account: true })
    expect([world.state().accounts.size, world.state().invites.size]).toEqual([2, 0])
    const third = await hello(world, '李', {})
    third.news()
    await registers(third, { invite: token })
    expect(newObjects(third)).toMatchObject([{ type: 'rejected', code: 'invite-invalid' }])
  })

  test('is for a guest who is in already, too', async () => {
    const { world, token } = await opened({ registration: 'invite' })
    const guest = await hello(world, 'a|b', {})
    await registers(guest)
    expect(guest.objects().at(-1)).toMatchObject({ type: 'rejected', code: 'invite-needed' })
    await registers(guest, { n: 2, invite: token })
    expect(world.state().accounts.size).toBe(1)
  })

  test('[I6] lets a team register from one address, which is bounded without one', async () => {
    const uses = REGISTRATIONS_PER_ADDRESS + 2
    const { world, token } = await opened({}, `INVITE --uses ${uses}`)
    const later = await hello(world, 'a|b', { invite: token })
    for (let k = 1; k < uses; k++) await hello(world, `guest-${k}`, { invite: token, register: { password } })
    await registers(later)
    expect(world.state().accounts.size).toBe(uses)
    for (let k = 0; k < REGISTRATIONS_PER_ADDRESS; k++) await hello(world, `own-${k}`, { register: { password } })
    expect(first(await hello(world, '李', { register: { password } }))).toMatchObject({ code: 'accounts-of-address' })
    expect(world.state().accounts.size).toBe(uses + REGISTRATIONS_PER_ADDRESS)
  })

  test('lets in no more when all come at once', async () => {
    const { world, token } = await opened({ guests: false }, 'INVITE --uses 3')
    const wires = Array.from({ length: 20 }, (_, k) => world.dial(`198.51.100.${k}`))
    for (const [k, wire] of wires.entries())
      wire.peer.send(Buffer.from(object({ type: 'hello', name: `guest-${k}`, invite: token })))
    await world.clock.settle()
    const answers = wires.map(wire => first(wire)?.['code'] ?? first(wire)?.['type'])
    expect(answers.filter(answer => answer === 'welcome').length).toBe(3)
    expect(answers.filter(answer => answer === 'invite-invalid').length).toBe(17)
  })

  test('of which the name is refused is not used', async () => {
    const { world, token } = await opened({ password: 'open sesame' })
    await hello(world, 'Spider-Man', { password: 'open sesame' })
    expect(first(await hello(world, 'Spider-Man', { invite: token }))).toMatchObject({ code: 'name-taken' })
    expect(first(await hello(world, 'Ironman', { invite: token }))).toMatchObject({ type: 'welcome' })
  })

  test('that was revoked or has expired lets nobody in', async () => {
    const { world, token, type } = await opened({ password: 'open sesame' })
    const [id = ''] = world.state().invites.keys()
    type(`INVITE REVOKE ${id}`)
    await world.clock.settle()
    expect(first(await hello(world, '李', { invite: token }))).toMatchObject({ code: 'invite-invalid' })
    const later = await opened({ password: 'open sesame' }, 'INVITE --for 1m')
    await later.world.clock.advance(60_000)
    expect(first(await hello(later.world, '李', { invite: later.token }))).toMatchObject({ code: 'invite-invalid' })
  })

  test('is needed once: its session comes back without it, and may still register', async () => {
    const { world, token } = await opened({ password: 'open sesame', registration: 'invite' })
    const own = 't'.repeat(40)
    const wire = await hello(world, '田中', { invite: token, token: own })
    wire.peer.vanish()
    await world.clock.advance(GRACE_MS)
    const back = await hello(world, '田中', { token: own })
    expect(first(back)).toMatchObject({ type: 'welcome', returned: true })
    await registers(back)
    expect(world.state().accounts.size).toBe(1)
  })

  test('can be guessed slowly only, and the guesses of one address keep nobody else out', async () => {
    const { world, token } = await opened({ password: 'open sesame' })
    for (let k = 0; k < PASSWORD_FREE_TRIES; k++) await hello(world, '李', { invite: `guess ${k}` }, '2001:db8::1')
    const right = await hello(world, '李', { invite: token }, '2001:db8::2')
    expect(first(right)).toMatchObject({ type: 'rejected', code: 'credential-wait' })
    expect(first(await hello(world, '李', { invite: token }, '2001:db8:0:1::1'))).toMatchObject({ type: 'welcome' })
  })

  test('is in no input, no answer and no note', async () => {
    const { world, token } = await opened({ password: 'open sesame' }, 'INVITE --uses 3')
    const notes: unknown[] = []
    world.server.noted$.subscribe(note => notes.push(note))
    const wires = [await hello(world, '田中', { invite: token }), await hello(world, '田中', { invite: token })]
    expect(typesOf(wires.map(wire => first(wire) ?? {}))).toEqual(['welcome', 'rejected'])
    const all = JSON.stringify([await entriesIn(world.journal), notes, wires.map(wire => wire.text())])
    expect(all.replaceAll(`digest-of-${token}`, '')).not.toContain(token)
  })
})
