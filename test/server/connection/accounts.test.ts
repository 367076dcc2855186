/** Accounts in every protocol: how a name becomes one, how a client enters as one, and the acts of its owner. */
import { type createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  CLASSIC_GREETING_MS,
  GRACE_MS,
  HANDSHAKE_MS,
  KEY_CHALLENGE_MS,
  NAME_HELD_MS,
  PASSKEY_CHALLENGE_MS,
  PASSWORD_FREE_TRIES,
  REGISTRATIONS_PER_ADDRESS,
  SNIFF_CLASSIC_MS,
  STORAGE_RETRY_MS,
} from '../../../src/model/limits.ts'
import { loginText, PLAIN } from '../../../src/model/proof.ts'
import { seenBy } from '../../../src/server/ingress/authentication/seen.ts'
import { nobody } from '../../../src/transport/trust.ts'
import { line, native, newObjects, object, say, typesOf } from '../../helpers/actors.ts'
import { authenticator } from '../../helpers/authenticator.ts'
import { countedHasher } from '../../helpers/counted-hasher.ts'
import { lineDevice } from '../../helpers/devices.ts'
import { CERTIFICATE } from '../../helpers/memory-transport.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { eventually } from '../../helpers/patience.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { troubledJournal } from '../../helpers/troubled-journal.ts'
import type { Wire, World } from '../../helpers/world.ts'

const password = 'correct horse'
const register = (more: object = {}): string => object({ type: 'register', n: 1, password, ...more })

/** A guest that has made its name an account, and is still here. */
async function registered(world: World, name: string): Promise<Wire> {
  const wire = await native(world, name)
  await wire.send(register())
  expect(newObjects(wire).at(-1)).toMatchObject({ type: 'ok', n: 1 })
  return wire
}

/** The server's answer to a hello. */
async function greeted(world: World, hello: object, address?: string): Promise<Wire> {
  const wire = world.dial(address)
  await wire.send(object({ type: 'hello', ...hello }))
  return wire
}

const as = (name: string, given = password): object => ({ name, account: { password: given } })
const first = (wire: Wire): unknown => wire.objects()[0]

describe('[I1] a guest registers', () => {
  test('and enters as its account from then on, as the same member', async () => {
    const world = await openWorld()
    const wire = await registered(world, 'Spider-Man')
    const { id } = wire.objects()[0] as { id: string }
    await wire.send(object({ type: 'bye' }))
    const back = await greeted(world, as('spider-man'))
    expect(first(back)).toMatchObject({ type: 'welcome', name: 'Spider-Man', id, account: true })
    expect((first(back) as { credential: string }).credential).toMatch(/./)
  })

  test('a guest cannot take the name, by a lookalike either, also while nobody is here', async () => {
    const world = await openWorld()
    const wire = await registered(world, 'Spider-Man')
    await wire.send(object({ type: 'bye' }))
    for (const name of ['Spider-Man', 'SPIDER-MAN', 'Spider-Mаn']) {
      expect(first(await greeted(world, { name })), name).toMatchObject({ type: 'rejected', code: 'name-registered' })
    }
    const old = world.dial()
    await old.send('Spider-Man')
    await world.clock.advance(SNIFF_CLASSIC_MS + CLASSIC_GREETING_MS)
    expect(old.writes[0]).toBe('NOT_UNIQUE')
    expect(old.closed()).toBe(true)
  })

  test('with a hello: in one step, and the answer says so', async () => {
    const world = await openWorld()
    const wire = await greeted(world, { name: '田中', register: { password } })
    expect(first(wire)).toMatchObject({ type: 'welcome', name: '田中', account: true })
    await wire.send(object({ type: 'bye' }))
    expect(first(await greeted(world, as('田中')))).toMatchObject({ type: 'welcome' })
  })

  test('with a password that is too short, without any credential, or twice: it stays as it was', async () => {
    const world = await openWorld()
    const wire = await native(world, 'José'.normalize('NFD'))
    await wire.send(register({ password: 'short' }))
    await wire.send(object({ type: 'register', n: 2 }))
    await wire.send(object({ type: 'register', n: 3, key: 'no key' }))
    expect(newObjects(wire)).toMatchObject([
      { type: 'rejected', n: 1, code: 'password-short' },
      { type: 'rejected', n: 2, code: 'malformed' },
      { type: 'rejected', n: 3, code: 'malformed' },
    ])
    await wire.send(register({ n: 4 }))
    await wire.send(register({ n: 5 }))
    expect(newObjects(wire)).toMatchObject([
      { type: 'registered', name: 'José' },
      { type: 'ok', n: 4 },
      { type: 'rejected', n: 5, code: 'already-registered' },
    ])
    expect(first(await greeted(world, { name: 'x', register: { password: 'short' } }))).toMatchObject({
      type: 'rejected',
      code: 'password-short',
    })
  })

  test('[D3] a repeated registration is answered again, and hashes nothing', async () => {
    const hasher = countedHasher()
    const world = await openWorld({}, undefined, { hasher })
    const wire = await native(world, 'Mr.Blue')
    await wire.send(`${register()}${register()}`)
    expect(typesOf(newObjects(wire))).toEqual(['registered', 'ok', 'ok'])
    expect(hasher.hashed).toHaveLength(1)
  })

  test('later requests wait, and are answered in order', async () => {
    const hasher = countedHasher()
    const world = await openWorld({}, undefined, { hasher })
    const wire = await native(world, 'Mr.Blue')
    hasher.hold()
    await wire.send(`${register()}${say('hi', { n: 2 })}${object({ type: 'devices', n: 3 })}`)
    expect(newObjects(wire)).toEqual([])
    hasher.go()
    await world.clock.settle()
    expect(newObjects(wire)).toMatchObject([
      { type: 'registered' },
      { type: 'ok', n: 1 },
      { type: 'said', text: 'hi' },
      { type: 'ok', n: 2 },
      { type: 'devices', n: 3, name: 'Mr.Blue', credentials: [{ kind: 'password', sessions: 1, current: true }] },
    ])
  })

  test('[I6] one address makes three accounts a day; one that was refused does not count', async () => {
    const world = await openWorld()
    const wires: Wire[] = []
    for (let k = 0; k <= REGISTRATIONS_PER_ADDRESS; k++) wires.push(await native(world, `guest${k}`))
    await wires[0]?.send(register({ password: 'short' }))
    for (const wire of wires) await wire.send(register({ n: 2 }))
    expect(newObjects(wires.at(-1) as Wire).at(-1)).toMatchObject({ type: 'rejected', code: 'accounts-of-address' })
    expect(world.state().accounts.size).toBe(REGISTRATIONS_PER_ADDRESS)
    expect(first(await greeted(world, { name: 'x', register: { password } }))).toMatchObject({
      code: 'accounts-of-address',
    })
    expect(first(await greeted(world, { name: 'x', register: { password } }, '198.51.100.1'))).toMatchObject({
      type: 'welcome',
    })
  })

  test('[I6] one whose client left while the password was hashed does not count', async () => {
    const hasher = countedHasher()
    const world = await openWorld({}, undefined, { hasher })
    for (let k = 0; k < REGISTRATIONS_PER_ADDRESS; k++) {
      const wire = await native(world, `guest${k}`)
      hasher.hold()
      await wire.send(register())
      wire.peer.vanish()
      await world.clock.settle()
      hasher.go()
      await world.clock.settle()
    }
    expect(world.state().accounts.size).toBe(0)
    await registered(world, 'Mr.Blue')
  })

  test('[I1] a former name is anybody’s when its time is over, in line mode too', async () => {
    const world = await openWorld()
    const wire = await registered(world, 'Spider-Man')
    await wire.send(object({ type: 'nick', n: 2, name: 'Mr.Blue' }))
    expect((await line(world, 'Spider-Man')).text()).toContain('Password? ')
    await greeted(world, as('Mr.Blue'))
    await world.clock.advance(NAME_HELD_MS)
    expect(world.state().accounts.size).toBe(1)
    const asking = await native(world, 'asking')
    await asking.send(object({ type: 'account', n: 1, name: 'Spider-Man' }))
    expect(newObjects(asking).at(-1)).toMatchObject({ type: 'rejected', code: 'member-unknown' })
    expect((await line(world, 'Spider-Man')).text()).toContain('Welcome, Spider-Man')
  })

  test('only by an invite, or not at all, if the host says so', async () => {
    for (const [registration, code] of [
      ['invite', 'invite-needed'],
      ['closed', 'registration-closed'],
    ] as const) {
      const world = await openWorld({ registration })
      const wire = await native(world, 'bob')
      await wire.send(register())
      expect(newObjects(wire)).toMatchObject([{ type: 'rejected', n: 1, code }])
      expect(first(await greeted(world, { name: 'x', register: { password } }))).toMatchObject({ code })
    }
  })

  test('[I14] no secret is in the journal, in a note, or in what anybody is told', async () => {
    const world = await openWorld()
    const notes: unknown[] = []
    world.server.noted$.subscribe(note => notes.push(note))
    const wire = await registered(world, '田中')
    await wire.send(object({ type: 'keep', n: 2, secret: 'k'.repeat(43), label: 'desk' }))
    await wire.send(object({ type: 'password', n: 3, old: password, new: 'another secret' }))
    await wire.send(object({ type: 'devices', n: 4 }))
    const person = world.dial('198.51.100.2')
    await person.send(`bob\n/register ${password}\n/login 田中 ${password}!\n`)
    const all = JSON.stringify([await entriesIn(world.journal), notes, wire.text(), person.text()])
    for (const secret of [password, 'another secret']) expect(all).not.toContain(secret)
    expect(all.replaceAll('digest-of-kkk', '')).not.toContain('kkkk'.repeat(11))
  })
})

describe('[I15] an account enters with a credential', () => {
  test('a wrong password, an unknown name, and a guest’s name are answered alike', async () => {
    const world = await openWorld()
    await registered(world, 'Spider-Man')
    await native(world, 'bob')
    const answers = []
    for (const name of ['Spider-Man', 'nobody', 'bob'])
      answers.push((await greeted(world, as(name, 'wrong one'))).text())
    const kept = { kept: 'k'.repeat(43) }
    for (const name of ['Spider-Man', 'nobody']) answers.push((await greeted(world, { name, account: kept })).text())
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toContain('credential-wrong')
  })

  test('after a wrong one the connection may try again', async () => {
    const world = await openWorld()
    await registered(world, 'Spider-Man')
    const wire = await greeted(world, as('Spider-Man', 'wrong one'))
    await wire.send(`${object({ type: 'hello', ...as('Spider-Man') })}${say('hi', { n: 1 })}`)
    expect(typesOf(wire.objects())).toContain('welcome')
    expect(wire.objects().at(-1)).toMatchObject({ type: 'ok', n: 1 })
  })

  test('it stands for the password of the server', async () => {
    const world = await openWorld({ password: 'open sesame' })
    const wire = await native(world, '田中', { password: 'open sesame' })
    await wire.send(register())
    expect(first(await greeted(world, as('田中')))).toMatchObject({ type: 'welcome' })
    expect(first(await greeted(world, { name: 'x', register: { password } }))).toMatchObject({
      code: 'password-needed',
    })
  })

  test('it needs no invite and no guests; without guests nobody else enters', async () => {
    const world = await openWorld({ guests: false })
    expect(first(await greeted(world, { name: 'bob' }))).toMatchObject({ type: 'rejected', code: 'guests-off' })
    const wire = await greeted(world, { name: '田中', register: { password } })
    expect(first(wire)).toMatchObject({ type: 'welcome', account: true })
    expect(first(await greeted(world, as('田中')))).toMatchObject({ type: 'welcome' })
  })

  test('the token of a session goes before the account', async () => {
    const hasher = countedHasher()
    const world = await openWorld({}, undefined, { hasher })
    const token = 't'.repeat(32)
    const wire = await native(world, 'Spider-Man', { token })
    await wire.send(register())
    wire.peer.vanish()
    await world.clock.settle()
    const back = await greeted(world, { ...as('Spider-Man', 'wrong one'), token })
    expect(first(back)).toMatchObject({ type: 'welcome', resumed: true, account: true })
    expect(hasher.compared).toEqual([])
    const fresh = await greeted(world, { ...as('Spider-Man'), token: 'u'.repeat(32) })
    expect(first(fresh)).toMatchObject({ type: 'welcome', resumed: false, account: true })
  })

  test('a client that leaves meanwhile leaves nothing, and is hashed for no more', async () => {
    const hasher = countedHasher()
    const world = await openWorld({}, undefined, { hasher })
    await registered(world, 'Spider-Man')
    hasher.hold()
    const wires = [await greeted(world, as('Spider-Man')), await greeted(world, as('Spider-Man'))]
    for (const wire of wires) wire.peer.vanish()
    await world.clock.settle()
    hasher.go()
    await world.clock.settle()
    expect(hasher.compared).toHaveLength(1)
    expect(world.state().members.size).toBe(1)
    expect(world.state().sessions.size).toBe(1)
    expect(world.open()).toBe(1)
  })

  test('a password that was hashed at a lower cost is hashed anew', async () => {
    const cheap = new Set<string>()
    const hasher = countedHasher(cheap)
    const world = await openWorld({}, undefined, { hasher })
    await registered(world, 'Spider-Man')
    cheap.add(`hash of ${Buffer.from(password).toString('hex')}`)
    const before = hasher.hashed.length
    await greeted(world, as('Spider-Man'))
    expect(hasher.hashed.slice(before)).toEqual([password])
    expect(world.steps.some(({ events }) => events.some(({ event }) => event.type === 'rehashed'))).toBe(true)
  })

  test('[I4] guesses are slowed for their address alone', async () => {
    const world = await openWorld()
    await registered(world, 'Spider-Man')
    for (let k = 0; k < PASSWORD_FREE_TRIES; k++) await greeted(world, as('Spider-Man', `guess ${k}`), '198.51.100.7')
    const slowed = await greeted(world, as('Spider-Man'), '198.51.100.7')
    expect(first(slowed)).toMatchObject({ type: 'rejected', code: 'credential-wait', retry: true })
    expect(first(await greeted(world, as('Spider-Man')))).toMatchObject({ type: 'welcome' })
  })
})

describe('[I5] a key', () => {
  const pair = generateKeyPairSync('ed25519')
  const { x: key = '' } = pair.publicKey.export({ format: 'jwk' })
  const proved = (challenge: unknown, name: string, how: { seen?: string; privateKey?: unknown } = {}): string => {
    const { nonce, server } = challenge as { nonce: string; server: string }
    const { seen = PLAIN, privateKey = pair.privateKey } = how
    const text = loginText({ epoch: server, name, key, nonce, seen })
    const signature = sign(null, Buffer.from(text), privateKey as ReturnType<typeof createPrivateKey>)
    return object({ type: 'prove', signature: signature.toString('base64url'), seen })
  }
  const withKey = async (): Promise<World> => {
    const world = await openWorld()
    const wire = await native(world, 'Mr.Blue')
    await wire.send(object({ type: 'register', n: 1, key, label: 'desk' }))
    expect(newObjects(wire).at(-1)).toMatchObject({ type: 'ok', n: 1 })
    return world
  }
  const asked = { name: 'Mr.Blue', account: { key } }

  test('proves itself by a challenge', async () => {
    const world = await withKey()
    const wire = await greeted(world, asked)
    expect(first(wire)).toMatchObject({
      type: 'challenge',
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      server: 'epoch',
    })
    await wire.send(proved(first(wire), 'Mr.Blue'))
    expect(wire.objects()[1]).toMatchObject({ type: 'welcome', name: 'Mr.Blue', account: true })
  })

  test('a proof is for one attempt, one connection, and thirty seconds', async () => {
    const world = await withKey()
    const wire = await greeted(world, asked)
    const wrong = { type: 'rejected', code: 'proof-wrong' }
    const proof = proved(first(wire), 'Mr.Blue')
    const other = await greeted(world, asked)
    await other.send(proof)
    expect(other.objects()[1], 'of another connection').toMatchObject(wrong)
    await other.send(proof)
    expect(other.objects()[2], 'without a challenge').toMatchObject(wrong)
    const late = await greeted(world, asked)
    await world.clock.advance(KEY_CHALLENGE_MS - 1)
    await late.send(object({ type: 'hello', ...asked }))
    await world.clock.advance(KEY_CHALLENGE_MS - 1)
    const [, again] = late.objects()
    await late.send(proved(first(late), 'Mr.Blue'))
    expect(late.objects()[2], 'of an earlier challenge').toMatchObject(wrong)
    expect(again).toMatchObject({ type: 'challenge' })
    await late.send(object({ type: 'hello', ...asked }))
    const [, , , last] = late.objects()
    await late.send(`${proved(last, 'Mr.Blue')}${proved(last, 'Mr.Blue')}`)
    expect(late.objects()[4]).toMatchObject({ type: 'welcome' })
    expect(late.objects().at(-1), 'a second time').toMatchObject(wrong)
  })

  test('that is unknown, or an unknown name: the challenge and the answer tell nothing', async () => {
    const world = await withKey()
    const stranger = generateKeyPairSync('ed25519')
    const { x: unknown = '' } = stranger.publicKey.export({ format: 'jwk' })
    const answers: unknown[] = []
    for (const name of ['Mr.Blue', 'nobody']) {
      const wire = await greeted(world, { name, account: { key: unknown } })
      const { nonce, server } = first(wire) as { nonce: string; server: string }
      const text = loginText({ epoch: server, name, key: unknown, nonce, seen: PLAIN })
      const signature = sign(null, Buffer.from(text), stranger.privateKey).toString('base64url')
      await wire.send(object({ type: 'prove', signature, seen: PLAIN }))
      answers.push(wire.objects()[1])
    }
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]).toMatchObject({ code: 'credential-wrong' })
  })

  test('through somebody in between, who ends TLS and begins it anew', async () => {
    const world = await withKey()
    for (const [seen, secure] of [
      ['ab'.repeat(32), true],
      [PLAIN, true],
      [CERTIFICATE, false],
    ] as const) {
      const wire = world.dial()
      if (secure) wire.peer.secure()
      await wire.send(object({ type: 'hello', ...asked }))
      await wire.send(proved(first(wire), 'Mr.Blue', { seen }))
      expect(wire.objects()[1], seen).toMatchObject({ code: 'proof-wrong' })
    }
    const honest = world.dial()
    honest.peer.secure()
    await honest.send(object({ type: 'hello', ...asked }))
    await honest.send(proved(first(honest), 'Mr.Blue', { seen: CERTIFICATE }))
    expect(honest.objects()[1]).toMatchObject({ type: 'welcome' })
  })

  test('is never slowed by the wrong passwords of others', async () => {
    const world = await withKey()
    for (let k = 0; k < 2 * PASSWORD_FREE_TRIES; k++) await greeted(world, as('Mr.Blue', `guess ${k}`))
    const wire = await greeted(world, asked)
    await wire.send(proved(first(wire), 'Mr.Blue'))
    expect(wire.objects()[1]).toMatchObject({ type: 'welcome' })
  })

  test('[L1] a client that was sent a challenge has its time, and not for ever', async () => {
    const world = await withKey()
    const wire = await greeted(world, asked)
    await world.clock.advance(KEY_CHALLENGE_MS + 1000)
    expect(wire.objects()[1]).toMatchObject({ type: 'closed', code: 'handshake-timeout' })
  })

  test('is added to an account once, and not to a guest', async () => {
    const world = await openWorld()
    const guest = await native(world, 'bob')
    await guest.send(object({ type: 'add-key', n: 1, key }))
    expect(newObjects(guest)).toMatchObject([{ code: 'not-registered', n: 1 }])
    const wire = await registered(world, 'Mr.Blue')
    for (const n of [2, 3]) await wire.send(object({ type: 'add-key', n, key: `${key}=`, label: ' the\ndesk ' }))
    expect(newObjects(wire)).toMatchObject([{ type: 'ok' }, { type: 'rejected', code: 'malformed' }])
    await wire.send(object({ type: 'devices' }))
    expect(newObjects(wire)[0]).toMatchObject({
      credentials: [{ kind: 'password' }, { kind: 'key', label: 'the desk' }],
    })
  })
})

describe('[I3] the owner of an account', () => {
  const secret = 's'.repeat(43)

  test('stays signed in with a secret of the client, which is the session’s own credential from then on', async () => {
    const world = await openWorld()
    const wire = await registered(world, 'Mr.Blue')
    await wire.send(object({ type: 'keep', n: 2, secret, label: 'page' }))
    await wire.send(object({ type: 'devices', n: 3 }))
    const [, devices] = newObjects(wire) as [unknown, { credentials: { id: string; kind: string; current?: true }[] }]
    expect(devices.credentials).toMatchObject([{ kind: 'password' }, { kind: 'kept', current: true, label: 'page' }])
    const back = await greeted(world, { name: 'Mr.Blue', account: { kept: secret } })
    expect(first(back)).toMatchObject({ type: 'welcome', credential: devices.credentials[1]?.id })
  })

  test('[I3] revokes a credential: its sessions end at once, and it opens nothing any more', async () => {
    const world = await openWorld()
    const wire = await registered(world, 'Mr.Blue')
    const phone = await greeted(world, as('Mr.Blue'))
    await phone.send(object({ type: 'keep', n: 1, secret, label: 'phone' }))
    const laptop = await greeted(world, { name: 'Mr.Blue', account: { kept: secret }, token: 'l'.repeat(32) })
    laptop.peer.vanish()
    await wire.send(object({ type: 'devices' }))
    const listed = newObjects(wire).at(-1) as { credentials: { id: string; kind: string; sessions: number }[] }
    const kept = listed.credentials.find(({ kind }) => kind === 'kept')
    expect(kept?.sessions).toBe(2)
    await wire.send(object({ type: 'revoke', n: 2, credential: kept?.id }))
    expect(newObjects(wire).at(-1)).toMatchObject({ type: 'ok', n: 2 })
    expect(phone.objects().at(-1)).toMatchObject({ type: 'closed', code: 'signed-out', reconnect: false })
    expect(phone.closed()).toBe(true)
    for (const hello of [{ account: { kept: secret } }, { token: 'l'.repeat(32) }]) {
      const again = await greeted(world, { name: 'Mr.Blue', ...hello })
      expect(first(again)).toMatchObject({ type: 'rejected' })
    }
  })

  test('a credential that is revoked between its check and the fold opens nothing', async () => {
    const world = await openWorld()
    const wire = await registered(world, 'Mr.Blue')
    await wire.send(object({ type: 'keep', n: 2, secret }))
    await wire.send(object({ type: 'devices' }))
    const { credentials } = newObjects(wire).at(-1) as { credentials: { id: string }[] }
    const thief = world.dial()
    // Both come in one turn: the secret is right when it is looked at, and gone when the hello is folded.
    wire.peer.send(Buffer.from(object({ type: 'revoke', n: 3, credential: credentials[1]?.id })))
    thief.peer.send(Buffer.from(object({ type: 'hello', name: 'Mr.Blue', account: { kept: secret } })))
    await world.clock.settle()
    expect(thief.objects()).toMatchObject([{ type: 'rejected', code: 'credential-gone' }])
  })

  test('changes the password with the old one: other sessions of it end, this one goes on', async () => {
    const world = await openWorld()
    const wire = await registered(world, 'Mr.Blue')
    const phone = await greeted(world, as('Mr.Blue'))
    await wire.send(object({ type: 'password', n: 2, new: 'brand new one' }))
    await wire.send(object({ type: 'password', n: 3, old: 'wrong one', new: 'brand new one' }))
    await wire.send(object({ type: 'password', n: 4, old: password, new: 'short' }))
    await wire.send(object({ type: 'password', n: 5, old: password, new: 'brand new one' }))
    expect(newObjects(wire).filter(({ n }) => n !== undefined)).toMatchObject([
      { n: 2, code: 'password-old' },
      { n: 3, code: 'password-old' },
      { n: 4, code: 'password-short' },
      { type: 'ok', n: 5 },
    ])
    expect(phone.objects().at(-1)).toMatchObject({ type: 'closed', code: 'signed-out' })
    expect(first(await greeted(world, as('Mr.Blue')))).toMatchObject({ code: 'credential-wrong' })
    expect(first(await greeted(world, as('Mr.Blue', 'brand new one')))).toMatchObject({ type: 'welcome' })
  })

  test('after too many wrong old passwords it has to wait, and line mode is told the same', async () => {
    const world = await openWorld()
    const wire = await registered(world, 'Mr.Blue')
    for (let n = 2; n < 2 + PASSWORD_FREE_TRIES; n++) {
      await wire.send(object({ type: 'password', n, old: 'wrong one', new: 'brand new one' }))
    }
    await wire.send(object({ type: 'password', n: 9, old: 'wrong one', new: 'brand new one' }))
    expect(newObjects(wire).slice(-2)).toMatchObject([{ code: 'password-old' }, { n: 9, code: 'credential-wait' }])
    const nc = await registered(world, 'Spider-Man').then(() => lineDevice(world, 'Spider-Man'))
    await nc.send('/password wrong-one brand-new-one\n')
    expect(nc.text()).toContain('The old password is wrong or missing.')
  })

  test('signs out here, or everywhere; the token of the session is no way back', async () => {
    const world = await openWorld()
    const token = 't'.repeat(32)
    const wire = await registered(world, 'Mr.Blue')
    const phone = await greeted(world, { ...as('Mr.Blue'), token })
    await phone.send(`${say('bye', { n: 1 })}${object({ type: 'logout', n: 2 })}`)
    expect(phone.objects().slice(-2)).toMatchObject([
      { type: 'ok', n: 1 },
      { type: 'closed', code: 'signed-out' },
    ])
    expect(first(await greeted(world, { name: 'Mr.Blue', token }))).toMatchObject({ code: 'name-registered' })
    expect(wire.closed()).toBe(false)
    const other = await greeted(world, as('Mr.Blue'))
    await wire.send(object({ type: 'logout', everywhere: true }))
    for (const one of [wire, other]) expect(one.objects().at(-1)).toMatchObject({ code: 'signed-out' })
    expect(world.state().members.size).toBe(0)
  })

  test('asks whether a name is an account', async () => {
    const world = await openWorld()
    const wire = await registered(world, 'Mr.Blue')
    await native(world, 'bob')
    const { id } = wire.objects()[0] as { id: string }
    await wire.send(object({ type: 'account', n: 2 }))
    await wire.send(object({ type: 'account', n: 3, name: 'BOB' }))
    await wire.send(object({ type: 'account', n: 4, name: 'nobody' }))
    expect(newObjects(wire).slice(-3)).toMatchObject([
      { type: 'account', n: 2, name: 'Mr.Blue', id, account: true, here: true, since: expect.any(Number) },
      { type: 'account', n: 3, name: 'bob', account: false, here: true },
      { type: 'rejected', n: 4, code: 'member-unknown' },
    ])
  })
})

describe('[I11] a login on a live connection', () => {
  test('is the guest’s goodbye and the account’s hello', async () => {
    const world = await openWorld()
    const owner = await registered(world, 'Spider-Man')
    await owner.send(object({ type: 'bye' }))
    const watcher = await native(world, 'watcher')
    const wire = await native(world, 'bob')
    await wire.send(say('as bob', { n: 7 }))
    watcher.news()
    wire.news()
    await wire.send(`${object({ type: 'login', n: 8, ...as('Spider-Man') })}${say('as myself', { n: 1 })}`)
    expect(newObjects(wire).filter(({ type }) => ['welcome', 'ok', 'said'].includes(type as string))).toMatchObject([
      { type: 'welcome', name: 'Spider-Man', account: true, resumed: false },
      { type: 'said', from: 'Spider-Man', text: 'as myself' },
      { type: 'ok', n: 1 },
    ])
    expect(newObjects(watcher)).toMatchObject([
      { type: 'joined', name: 'Spider-Man' },
      { type: 'quit', name: 'bob', cause: 'quit' },
      { type: 'said', from: 'Spider-Man' },
    ])
    expect(world.state().sessions.size).toBe(2)
    wire.peer.vanish()
    await world.clock.settle()
    expect(world.state().due.size, 'the new session is detached like any other').toBe(1)
  })

  test('that fails leaves the guest as it is', async () => {
    const world = await openWorld()
    const notes: unknown[] = []
    world.server.noted$.subscribe(note => notes.push(note))
    await registered(world, 'Spider-Man')
    const wire = await native(world, 'bob')
    await wire.send(`${object({ type: 'login', n: 1, ...as('Spider-Man', 'wrong one') })}${say('still bob', { n: 2 })}`)
    expect(newObjects(wire)).toMatchObject([
      { type: 'rejected', n: 1, code: 'credential-wrong' },
      { type: 'said', from: 'bob', text: 'still bob' },
      { type: 'ok', n: 2 },
    ])
    expect(notes, 'a log shows guesses, however they come').toContainEqual(
      expect.objectContaining({ type: 'refused', code: 'credential-wrong', entering: true }),
    )
    wire.peer.vanish()
    await world.clock.settle()
    expect(world.state().due.size).toBe(1)
  })

  test('that the reducer refuses leaves it, too', async () => {
    const world = await openWorld()
    const owner = await registered(world, 'Spider-Man')
    await owner.send(object({ type: 'keep', n: 2, secret: 's'.repeat(43) }))
    await owner.send(object({ type: 'devices' }))
    const { credentials } = newObjects(owner).at(-1) as { credentials: { id: string }[] }
    const wire = await native(world, 'bob')
    owner.peer.send(Buffer.from(object({ type: 'revoke', credential: credentials[1]?.id })))
    wire.peer.send(Buffer.from(object({ type: 'login', n: 1, name: 'Spider-Man', account: { kept: 's'.repeat(43) } })))
    await world.clock.settle()
    await wire.send(say('still bob', { n: 2 }))
    expect(newObjects(wire).filter(({ n }) => n !== undefined)).toMatchObject([
      { type: 'rejected', n: 1, code: 'credential-gone' },
      { type: 'ok', n: 2 },
    ])
    // A second attempt is one with the same id, which never entered.
    await wire.send(object({ type: 'login', n: 3, ...as('Spider-Man') }))
    expect(typesOf(newObjects(wire))).toContain('welcome')
  })

  test('that cannot be stored leaves the guest; a goodbye that cannot be stored comes later', async () => {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    const owner = await registered(world, 'Spider-Man')
    await owner.send(object({ type: 'bye' }))
    const wire = await native(world, 'bob')
    journal.full = true
    await wire.send(object({ type: 'login', n: 1, ...as('Spider-Man') }))
    expect(newObjects(wire)).toMatchObject([{ type: 'rejected', n: 1, code: 'storage' }])
    journal.full = false
    await wire.send(say('still bob', { n: 2 }))
    expect(newObjects(wire).at(-1)).toMatchObject({ type: 'ok', n: 2 })
    // The hello is stored, and later inputs are not.
    const { append } = journal
    journal.append = async batch => {
      await append.call(journal, batch)
      if (batch.some(({ input }) => input.type === 'hello')) journal.full = true
    }
    await wire.send(object({ type: 'login', n: 3, ...as('Spider-Man') }))
    expect(world.state().sessions.size, 'both, for a while').toBe(2)
    journal.full = false
    await world.clock.advance(STORAGE_RETRY_MS)
    await world.clock.advance(GRACE_MS)
    expect([...world.state().members.values()].map(({ name }) => name.text)).toEqual(['Spider-Man'])
    world.troubles.length = 0
  })

  test('whose connection is gone before its goodbye fails leaves no guest behind', async () => {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    const owner = await registered(world, 'Spider-Man')
    const wire = await native(world, 'مريم')
    const goodbye = Promise.withResolvers<void>()
    const { append } = journal
    journal.append = async batch => {
      await append.call(journal, batch)
      if (batch.some(({ input }) => input.type === 'hello')) journal.held = goodbye.promise
    }
    await wire.send(object({ type: 'login', n: 1, ...as('Spider-Man') }))
    wire.peer.vanish()
    await world.clock.settle()
    goodbye.reject(new Error('the disk is full'))
    await world.clock.settle()
    journal.held = Promise.resolve()
    await owner.send(object({ type: 'ping' }))
    await world.clock.advance(STORAGE_RETRY_MS)
    expect([...world.state().members.values()].map(({ name }) => name.text)).toEqual(['Spider-Man'])
    world.troubles.length = 0
  })

  test('of a connection that is gone before it enters: neither stays', async () => {
    const hasher = countedHasher()
    const world = await openWorld({}, undefined, { hasher })
    const owner = await registered(world, 'Spider-Man')
    await owner.send(object({ type: 'bye' }))
    const wire = await native(world, 'bob')
    hasher.hold()
    await wire.send(object({ type: 'login', n: 1, ...as('Spider-Man') }))
    wire.peer.vanish()
    await world.clock.settle()
    expect(world.state().due.size, 'bob is detached').toBe(1)
    hasher.go()
    await world.clock.settle()
    expect(world.state().sessions.size).toBe(1)
  })
})

describe('[I16] in line mode', () => {
  test('people register, sign in and out, and change the password', async () => {
    const world = await openWorld()
    const wire = await line(world, 'Spider-Man')
    await wire.send('/register\n')
    expect(wire.writes.at(-1)).toBe('New password? ')
    await wire.send(`${password}\n`)
    await wire.send('/account\n')
    expect(wire.text()).toMatch(/Spider-Man is an account since [\d:]+, and here\./)
    await wire.send('/password\n')
    expect(wire.writes.at(-1)).toBe('Password? ')
    await wire.send(`${password}\n`)
    expect(wire.writes.at(-1)).toBe('New password? ')
    await wire.send('brand new one\n')
    expect(wire.text()).toContain('Your password is changed.')
    await wire.send('/devices revoke nothing\n')
    expect(wire.text()).toContain('no way to sign in with the id nothing')
    await wire.send('/devices\n')
    expect(wire.text()).toMatch(
      /What can sign in to Spider-Man:\n.*server > \S+ {2}password\s+since .* 1 connected, this one/,
    )
    await wire.send('/logout\n')
    expect(wire.text()).toContain('You were signed out.')
    expect(wire.closed()).toBe(true)
    expect(first(await greeted(world, as('Spider-Man', 'brand new one')))).toMatchObject({ type: 'welcome' })
  })

  test('the name of an account is asked for its password; after a wrong one, for a name again', async () => {
    const world = await openWorld()
    const owner = await registered(world, 'Spider-Man')
    await owner.send(object({ type: 'bye' }))
    const wire = world.dial()
    await wire.send('spider-man\n')
    expect(wire.text()).toBe('Password? ')
    await wire.send('wrong one\n')
    expect(wire.text()).toMatch(/The name or the password is wrong\..*\nYour name\? $/)
    await wire.send('spider-man\n')
    await wire.send(`${password}\n`)
    expect(wire.text()).toContain('Welcome, Spider-Man.')
    const pipe = world.dial()
    await pipe.send(`spider-man\n${password}\nhello everyone\n`)
    expect(pipe.text()).not.toContain('Password?')
    expect(world.steps.some(({ text }) => text === 'hello everyone')).toBe(true)
  })

  test('on a server with a password, the second line is that of the account', async () => {
    const world = await openWorld({ password: 'open sesame' })
    const owner = await native(world, 'Spider-Man', { password: 'open sesame', room: 'ops' })
    await owner.send(`${register()}${object({ type: 'bye' })}`)
    const wire = world.dial()
    await wire.send(`spider-man\n${password}\nhello lobby\n`)
    expect(wire.text()).toContain('Welcome, Spider-Man.')
    expect(world.steps.at(-1)?.events[0]?.event).toMatchObject({ type: 'said', room: 'lobby', from: 'Spider-Man' })
  })

  test('[S7] there, a wrong one tells nothing of names; with the right one of the server, that of the account follows', async () => {
    const hasher = countedHasher()
    const world = await openWorld({ password: 'open sesame' }, undefined, { hasher })
    const owner = await native(world, 'Spider-Man', { password: 'open sesame' })
    await owner.send(register())
    const answers: string[] = []
    for (const name of ['spider-man', 'nobody']) {
      const wire = world.dial()
      const before = hasher.compared.length
      await wire.send(`${name}\n`)
      await wire.send('wrong one\n')
      answers.push(wire.text())
      expect(hasher.compared.length, name).toBe(before + 1)
    }
    expect(answers[0]).toBe(answers[1])
    expect(answers[0]).toContain('The password is wrong. Ask the host for it.')
    const person = world.dial()
    await person.send('spider-man\n')
    await person.send('open sesame\n')
    expect(person.text()).toBe('Password? Password? ')
    await person.send(`${password}\n`)
    expect(person.text()).toContain('Welcome, Spider-Man.')
  })

  test('/login asks, or takes what was typed; a failure leaves the guest', async () => {
    const world = await openWorld()
    const owner = await registered(world, 'Spider-Man')
    await owner.send(object({ type: 'bye' }))
    const wire = await line(world, 'bob')
    await wire.send('/join ops\n')
    await wire.send('/login spider-man\n')
    expect(wire.writes.at(-1)).toBe('Password? ')
    await wire.send('wrong one\n')
    expect(wire.text()).toContain('The name or the password is wrong.')
    await wire.send(`/login spider-man ${password}\n`)
    expect(wire.text()).toContain('Welcome, Spider-Man.')
    await wire.send('in ops\n')
    expect(world.steps.at(-1)?.events[0]?.event).toMatchObject({ type: 'said', room: 'ops', from: 'Spider-Man' })
    expect(world.state().members.size).toBe(1)
  })

  test('telnet hides what is asked for, and shows what follows', async () => {
    const world = await openWorld()
    const wire = world.dial()
    await wire.send(Buffer.concat([Buffer.of(0xff, 0xfd, 3), Buffer.from('田中\r\n')]))
    const bytes = (verb: number): string => Buffer.of(0xff, verb, 1).toString('utf8')
    await wire.send('/register\r\n')
    expect(wire.writes.at(-1)).toBe(`New password? ${bytes(0xfb)}`)
    await wire.send(`${password}\r\n`)
    expect(wire.writes.some(text => text.startsWith(`${bytes(0xfc)}\n`))).toBe(true)
    expect(wire.text()).toContain('田中')
  })

  test('[L1] a person who is asked for a password has time to type it, and not for ever', async () => {
    const world = await openWorld()
    const owner = await registered(world, 'Spider-Man')
    await owner.send(object({ type: 'bye' }))
    const wire = world.dial()
    await world.clock.advance(HANDSHAKE_MS - 6000)
    await wire.send('spider-man\n')
    await world.clock.advance(HANDSHAKE_MS - 1000)
    expect(wire.closed()).toBe(false)
    await world.clock.advance(2000)
    expect(wire.text()).toContain('No name arrived in time.')
  })
})

describe('[I5] a passkey', () => {
  const site = { origin: 'https://chat.example:3001', host: 'chat.example' }
  const challengeIn = (answer: unknown): { challenge: string } => (answer as { passkey: { challenge: string } }).passkey

  /** A page of this origin, and its objects, without the frames. */
  const page = async (world: World, hello: object, origin: string | null = site.origin) => {
    const wire = world.dial()
    wire.peer.upgrade(origin)
    const objects = (): Record<string, unknown>[] =>
      wire.writes
        .join('')
        .split(/(?=\{"type":")/)
        .filter(text => text.startsWith('{'))
        .map(text => JSON.parse(text.slice(0, text.lastIndexOf('}') + 1)))
    /** The last answer. Verification takes real time. */
    const ask = async (asked: object): Promise<Record<string, unknown>> => {
      const before = objects().length
      await wire.send(object(asked))
      const settled = async (): Promise<number> => {
        await world.clock.settle()
        return objects().length
      }
      await eventually('an answer', settled, count => count > before)
      return objects().at(-1) ?? {}
    }
    await ask({ type: 'hello', history: 0, ...hello })
    return { wire, objects, ask }
  }

  const withPasskey = async (world: World) => {
    const device = authenticator(site)
    const owner = await page(world, { name: '李', register: { password } })
    const asked = await owner.ask({ type: 'passkey', n: 1 })
    const response = device.create(challengeIn(asked))
    expect(await owner.ask({ type: 'add-passkey', n: 2, response, label: 'phone' })).toMatchObject({ type: 'ok', n: 2 })
    return { device, owner, response }
  }

  test('is made on a page, and signs in there, with a name or without', async () => {
    const world = await openWorld()
    const { device, owner } = await withPasskey(world)
    expect(await owner.ask({ type: 'devices' })).toMatchObject({
      credentials: [{}, { kind: 'passkey', label: 'phone' }],
    })
    const [{ id }] = owner.objects() as [{ id: string }]
    for (const hello of [{ name: '李' }, {}]) {
      const visit = await page(world, { ...hello, account: { passkey: true } })
      const asked = visit.objects()[0]
      expect(asked).toMatchObject({
        type: 'challenge',
        passkey: { rpId: 'chat.example', userVerification: 'required' },
      })
      await visit.ask({ type: 'prove', passkey: device.get(challengeIn(asked), { userHandle: id }) })
      expect(visit.objects()[1]).toMatchObject({ type: 'welcome', name: '李', account: true })
    }
    const counters = [...(world.state().accounts.get(id)?.credentials.values() ?? [])].map(({ proof }) => proof)
    expect(counters, 'the counter is kept').toMatchObject([{}, { kind: 'passkey', counter: 3 }])
  })

  test('its answers are for one challenge: not again, not another’s, not late', async () => {
    const world = await openWorld()
    const { device, owner, response } = await withPasskey(world)
    const wrong = { type: 'rejected', code: 'proof-wrong' }
    expect(await owner.ask({ type: 'add-passkey', n: 3, response })).toMatchObject(wrong)
    await owner.ask({ type: 'passkey', n: 4 })
    expect(await owner.ask({ type: 'add-passkey', n: 5, response }), 'of an earlier challenge').toMatchObject(wrong)
    const again = device.create(challengeIn(await owner.ask({ type: 'passkey', n: 6 })))
    expect(await owner.ask({ type: 'add-passkey', n: 7, response: again }), 'a second time').toMatchObject({
      code: 'malformed',
    })
    const late = device.create(challengeIn(await owner.ask({ type: 'passkey', n: 8 })))
    await world.clock.advance(1000)
    await world.clock.stall(PASSKEY_CHALLENGE_MS)
    expect(await owner.ask({ type: 'add-passkey', n: 9, response: late }), 'late').toMatchObject(wrong)
    const visit = await page(world, { account: { passkey: true } })
    const [{ id }] = owner.objects() as [{ id: string }]
    const proof = device.get(challengeIn(visit.objects()[0]), { userHandle: id })
    const other = await page(world, { account: { passkey: true } })
    expect(await other.ask({ type: 'prove', passkey: proof }), 'of another connection').toMatchObject(wrong)
  })

  test('[L1] a person has two minutes for it, apart from the deadline for a name, and no more', async () => {
    const world = await openWorld()
    const { device, owner } = await withPasskey(world)
    const [{ id }] = owner.objects() as [{ id: string }]
    const visit = await page(world, { account: { passkey: true } })
    await world.clock.advance(PASSKEY_CHALLENGE_MS - 1000)
    await visit.ask({ type: 'prove', passkey: device.get(challengeIn(visit.objects()[0]), { userHandle: id }) })
    expect(visit.objects()[1]).toMatchObject({ type: 'welcome', name: '李' })
    const slow = await page(world, { account: { passkey: true } })
    await world.clock.advance(PASSKEY_CHALLENGE_MS + 1000)
    expect(slow.objects()[1]).toMatchObject({ type: 'closed', code: 'handshake-timeout' })
  })

  test('of nobody here, or with another name: it does not say which', async () => {
    const world = await openWorld()
    const { device } = await withPasskey(world)
    const stranger = authenticator(site)
    const answers: unknown[] = []
    for (const [hello, proves] of [
      [{ name: '李' }, stranger],
      [{ name: 'nobody' }, stranger],
      [{ name: 'nobody' }, device],
      [{}, stranger],
    ] as const) {
      const visit = await page(world, { ...hello, account: { passkey: true } })
      answers.push(await visit.ask({ type: 'prove', passkey: proves.get(challengeIn(visit.objects()[0])) }))
    }
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ code: 'credential-wrong' })
  })

  test('is for pages that nobody can have changed on the way, and nowhere else', async () => {
    const world = await openWorld()
    for (const [origin, reason] of [
      [null, 'browser'],
      ['http://chat.example', 'https'],
      ['https://192.0.2.1', 'domain name'],
    ] as const) {
      const visit = await page(world, { account: { passkey: true } }, origin)
      expect(visit.objects()[0]).toMatchObject({
        code: 'passkey-unavailable',
        message: expect.stringContaining(reason),
      })
    }
    const local = await page(world, { account: { passkey: true } }, 'http://localhost:3001')
    expect(local.objects()[0]).toMatchObject({ type: 'challenge' })
    const owner = await registered(world, 'Mr.Blue')
    await owner.send(object({ type: 'passkey', n: 2 }))
    expect(newObjects(owner)).toMatchObject([{ n: 2, code: 'passkey-unavailable' }])
  })

  test('of one host name opens nothing on another', async () => {
    const world = await openWorld()
    const { device } = await withPasskey(world)
    const visit = await page(world, { name: '李', account: { passkey: true } }, 'https://other.example')
    const proof = device.get(challengeIn(visit.objects()[0]), {
      origin: 'https://other.example',
      host: 'other.example',
    })
    expect(await visit.ask({ type: 'prove', passkey: proof })).toMatchObject({ code: 'credential-wrong' })
  })
})

describe('[I5] the certificate that the server sees, behind a proxy', () => {
  const stated = 'ab'.repeat(32)
  test.each([
    [null, nobody, PLAIN, PLAIN],
    [null, nobody, CERTIFICATE, CERTIFICATE],
    [stated, nobody, PLAIN, stated],
    [stated, nobody, CERTIFICATE, CERTIFICATE],
    [stated, (address: string) => address === '10.0.0.1', PLAIN, stated],
    [stated, (address: string) => address === '10.0.0.2', PLAIN, PLAIN],
    [stated, (address: string) => address === '10.0.0.1', CERTIFICATE, stated],
  ])('stated %s, trusts %s, shown %s: %s', (tlsSeen, trusts, shown, seen) => {
    expect(seenBy(tlsSeen, trusts, '10.0.0.1', shown)).toBe(seen)
  })
})
