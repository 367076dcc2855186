// Tokens of the API and hooks in the reducer: names that are nobody else's, keys that are kept and forgotten.
import { describe, expect, test } from 'vitest'
import { type Body, HOST_SESSION } from '../../../src/model/input.ts'
import { GRANT_KEYS_MAX, GRANTS_MAX } from '../../../src/model/limits.ts'
import { initialState, type State } from '../../../src/model/state.ts'
import { fromSnapshot, toSnapshot } from '../../../src/reducer/snapshot.ts'
import { step } from '../../../src/reducer/step.ts'
import { entryOf, nameOf, targetOf } from '../../helpers/arbitrary-inputs.ts'

class Room {
  state: State = initialState

  /** The events of one more input, by their types; of refusals, the codes. */
  ask(body: Body, session = HOST_SESSION): readonly string[] {
    const seq = this.state.seq + 1
    const done = step(this.state, entryOf({ ...body, id: `i${seq}`, at: seq, origin: 'here', session, n: null }, seq))
    this.state = done.after
    return done.events.map(({ event }) => (event.type === 'rejected' ? event.code : event.type))
  }

  grant(grant: string, name: string, may: { room?: string; read?: boolean; write?: boolean } = {}): readonly string[] {
    const { room = null, read = true, write = true } = may
    return this.ask({ type: 'grant', grant, name: nameOf(name), secret: `hash of ${grant}`, room, read, write })
  }

  post(grant: string, key: string | null = null, print = 'a', room = 'lobby'): readonly string[] {
    return this.ask({ type: 'post', room, action: false, key: key === null ? null : { hash: key, print } }, grant)
  }

  enter(session: string, name: string): readonly string[] {
    return this.ask({ type: 'hello', name: nameOf(name), room: 'lobby', protocol: 'native', token: null }, session)
  }
}

describe('[A3] the name of a token', () => {
  test('[A3] is taken for members, and theirs for it, until it is revoked', () => {
    const room = new Room()
    expect(room.grant('g', 'Alice')).toEqual(['granted'])
    expect(room.enter('s1', '\u0410lice')).toEqual(['name-taken'])
    expect(room.enter('s1', 'bob')).toEqual(['welcomed', 'joined'])
    expect(room.ask({ type: 'nick', name: nameOf('ALICE') }, 's1')).toEqual(['name-taken'])
    expect(room.grant('h', 'b0b')).toEqual(['name-taken'])
    expect(room.grant('h', 'AIice')).toEqual(['name-taken'])
    expect(room.ask({ type: 'tell', to: targetOf('alice'), action: false }, 's1')).toEqual(['member-unknown'])
    expect(room.ask({ type: 'kick', who: targetOf('alice'), reason: null })).toEqual(['member-unknown'])
    expect(room.ask({ type: 'revoke', who: targetOf('bob') })).toEqual(['grant-unknown'])
    expect(room.ask({ type: 'revoke', who: targetOf('ALICE') })).toEqual(['revoked'])
    expect(room.enter('s2', '\u0410lice')).toEqual(['welcomed', 'joined'])
    expect(room.post('g')).toEqual(['token-unknown'])
  })

  test('[L1] there are so many tokens', () => {
    const room = new Room()
    for (let k = 0; k < GRANTS_MAX; k++) expect(room.grant(`g${k}`, `robot-${k + 100}`)).toEqual(['granted'])
    expect(room.grant('more', 'another')).toEqual(['grants-full'])
  })
})

describe('[A2] a post', () => {
  test('[A2] is said where the token may write, and under one key once', () => {
    const room = new Room()
    room.grant('g', 'ci', { room: 'ops' })
    room.grant('r', 'reader', { write: false })
    expect(room.post('g', null, 'a', 'ops')).toEqual(['said'])
    expect(room.post('g')).toEqual(['not-granted'])
    expect(room.post('r')).toEqual(['not-granted'])
    expect(room.post('g', 'k', 'a', 'ops')).toEqual(['said', 'posted'])
    expect(room.post('g', 'k', 'a', 'ops')).toEqual(['reposted'])
    expect(room.post('g', 'k', 'b', 'ops')).toEqual(['key-reused'])
    expect(room.state.rooms.has('ops'), 'nobody is there').toBe(false)
  })

  test('[A2] keys are those of one token, and the latest of it are kept', () => {
    const room = new Room()
    room.grant('g', 'ci')
    room.grant('h', 'logs')
    for (let k = 0; k <= GRANT_KEYS_MAX; k++) expect(room.post('g', `k${k}`)).toEqual(['said', 'posted'])
    expect(room.post('h', 'k5')).toEqual(['said', 'posted'])
    expect(room.post('g', 'k1')).toEqual(['reposted'])
    expect(room.post('g', 'k0')).toEqual(['said', 'posted'])
    expect(room.post('g', 'k1')).toEqual(['said', 'posted'])
    expect(room.state.grants.get('g')?.posted.size).toBe(GRANT_KEYS_MAX)
  })

  test('[A2] [J7] a snapshot knows tokens, their names and keys in their order, and hooks', () => {
    const room = new Room()
    room.grant('g', 'ci')
    for (const key of ['b', 'a', 'c']) room.post('g', key)
    room.ask({ type: 'hook', url: 'https://example.com/', room: 'ops', salt: 'salt' })
    const hook = room.state.seq
    room.ask({ type: 'forward', hook, cursor: 7, paused: true })
    const kept = toSnapshot(room.state)
    const again = new Room()
    again.state = fromSnapshot(kept) as State
    expect(toSnapshot(again.state)).toBe(kept)
    expect(again.state.hooks.get(hook)).toMatchObject({ cursor: 7, paused: true, room: 'ops' })
    expect([...(again.state.grants.get('g')?.posted.keys() ?? [])]).toEqual(['b', 'a', 'c'])
    expect(again.post('g', 'a')).toEqual(['reposted'])
    expect(again.enter('s', 'CI')).toEqual(['name-taken'])
    expect(again.ask({ type: 'unhook', hook })).toEqual(['unhooked'])
    expect(again.ask({ type: 'unhook', hook })).toEqual(['hook-unknown'])
    expect(again.ask({ type: 'forward', hook, cursor: 9, paused: false })).toEqual([])
  })
})

describe('[A10] a token that keeps order', () => {
  const formatted = (): Room => {
    const room = new Room()
    room.ask({ type: 'format', format: 7 })
    room.ask({ type: 'started', until: 0 })
    return room
  }
  const asks = (room: Room, body: Body, session = HOST_SESSION) => {
    const seq = room.state.seq + 1
    const done = step(room.state, entryOf({ ...body, id: `i${seq}`, at: seq, origin: 'here', session, n: null }, seq))
    room.state = done.after
    return done.events.map(({ event }) => event)
  }
  const grant = (name: string, rights: object, room: string | null = null): Body => ({
    ...{ type: 'grant', grant: name, name: nameOf(name), secret: `hash of ${name}`, room, read: false, write: false },
    ...rights,
  })
  const mute = (who: string, room: string | null = 'lobby'): Body => ({
    ...{ type: 'restrict', kind: 'mute', room, who: targetOf(who), keys: [], ms: null, reason: 'flooding' },
  })

  test('[A10] is named in what it does, and keeps its rights over a snapshot', () => {
    const room = formatted()
    expect(asks(room, grant('warden', { keep: true }))).toMatchObject([{ type: 'granted', keep: true }])
    asks(room, { type: 'hook', url: 'https://example.com/', room: null, salt: 's', events: 'acts' })
    const kept = toSnapshot(room.state)
    room.state = fromSnapshot(kept) as State
    expect(toSnapshot(room.state)).toBe(kept)
    expect([...room.state.hooks.values()]).toMatchObject([{ events: 'acts' }])
    room.enter('s1', 'ЗОЯ')
    expect(asks(room, mute('ЗОЯ'), 'warden')).toMatchObject([
      { type: 'restricted', by: 'warden' },
      { type: 'moderated', act: 'mute', by: 'warden', byId: 'warden' },
    ])
    const kick: Body = { type: 'kick', who: targetOf('ЗОЯ'), reason: null }
    expect(asks(room, kick, 'warden')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'quit', by: 'warden' }),
        expect.objectContaining({ type: 'ended', code: 'kicked', detail: 'warden' }),
        expect.objectContaining({ type: 'moderated', act: 'kick', by: 'warden' }),
      ]),
    )
  })

  test('[A10] may nothing without the right, in another room, or after it was revoked', () => {
    const room = formatted()
    asks(room, grant('warden', { keep: true }, 'lobby'))
    asks(room, grant('watch', { audit: true }))
    asks(room, grant('ci', { read: true, write: true }))
    room.enter('s1', 'ЗОЯ')
    for (const session of ['watch', 'ci']) expect(room.ask(mute('ЗОЯ'), session)).toEqual(['not-granted'])
    for (const place of [null, 'ops']) expect(room.ask(mute('ЗОЯ', place), 'warden')).toEqual(['not-granted'])
    const bodies: readonly Body[] = [
      { type: 'say', room: 'lobby', action: false },
      { type: 'topic', room: 'lobby', topic: 'mine' },
      { type: 'join', room: 'ops' },
      { type: 'tell', to: targetOf('ЗОЯ'), action: false },
    ]
    for (const body of bodies) expect(room.ask(body, 'warden')).toEqual(['not-entered'])
    const names: Body = { type: 'role', room: null, role: 'administrator', who: targetOf('ЗОЯ'), off: false }
    expect(room.ask(names, 'warden')).toEqual(['role-needed'])
    room.ask({ type: 'revoke', who: targetOf('warden') })
    expect(room.ask(mute('ЗОЯ'), 'warden')).toEqual(['not-entered'])
  })

  test('[A10] [R9] has no such right under rules from before there was one', () => {
    const room = new Room()
    expect(asks(room, grant('warden', { keep: true, audit: true }))).toEqual([
      expect.not.objectContaining({ keep: true, audit: true }),
    ])
    expect(asks(room, { type: 'hook', url: 'https://a.b/', room: null, salt: 's', events: 'all' })).toEqual([
      expect.not.objectContaining({ events: 'all' }),
    ])
  })
})
