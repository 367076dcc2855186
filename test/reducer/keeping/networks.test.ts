/** Bans of networks as the reducer knows them: by the numbers that a session's address is in (docs/spec.md, Z5). */
import { describe, expect, test } from 'vitest'
import { AccountChat } from '../../helpers/account-chat.ts'
import { nameOf } from '../../helpers/arbitrary-inputs.ts'
import { codesOf, give, join, lift, restrict, speaks, whom } from '../../helpers/keeper.ts'

/** `Mr.Blue` founds `ops`, `مريم` is its operator, and `ЗОЯ` is in it with an account. */
function ops(): AccountChat {
  const chat = new AccountChat()
  chat.person('founder', 'Mr.Blue', 'ops')
  chat.person('operator', 'مريم', 'ops')
  chat.ask('founder', give('operator', 'مريم', 'ops'))
  chat.person('zoya', 'ЗОЯ', 'ops')
  return chat
}

/** Bans a network, in which the addresses of these sessions are. Returns the number of the ban. */
function banNetwork(chat: AccountChat, by: string, room: string | null, ...sessions: readonly string[]): number {
  chat.ask(by, { type: 'restrict-network', kind: 'ban', room, ms: null, reason: null })
  const ban = chat.state.seq
  for (const session of sessions) chat.ask(session, { type: 'match', nets: [ban] })
  return ban
}

describe('[Z5] an exception', () => {
  test('keeps somebody in a banned network, until it ends by hand', () => {
    const chat = ops()
    chat.ask('founder', restrict('exception', 'ЗОЯ', 'ops'))
    banNetwork(chat, 'founder', 'ops', 'zoya')
    expect(chat.names('ops')).toContain('ЗОЯ')
    chat.ask('founder', lift('exception', 'ЗОЯ', 'ops'))
    expect(chat.names('ops')).not.toContain('ЗОЯ')
  })

  test('or by its time, which ends all sessions if the ban is on the server', () => {
    const chat = ops()
    chat.host(restrict('exception', 'ЗОЯ', null, 5000))
    banNetwork(chat, 'host', null, 'zoya')
    expect(chat.state.sessions.has('zoya')).toBe(true)
    expect(chat.after(5000).map(({ type }) => type)).toEqual(['lifted', 'moderated', 'ended', 'quit'])
    expect([chat.state.sessions.has('zoya'), chat.names('ops')]).toEqual([false, ['Mr.Blue', 'مريم']])
  })

  test('of a room frees nobody from a ban of the server, and none from a ban of a name', () => {
    const chat = ops()
    chat.ask('founder', restrict('exception', 'ЗОЯ', 'ops'))
    chat.ask('founder', restrict('ban', 'ЗОЯ', 'ops'))
    expect(chat.names('ops')).not.toContain('ЗОЯ')
    expect(codesOf(chat.ask('zoya', join('ops')))).toEqual(['banned-here'])
    banNetwork(chat, 'host', null, 'zoya')
    expect(chat.state.sessions.has('zoya')).toBe(false)
  })

  test('of a network is for those whose own address is in it', () => {
    const chat = ops()
    chat.host({ type: 'restrict-network', kind: 'exception', room: null, ms: null, reason: null })
    const free = chat.state.seq
    chat.ask('zoya', { type: 'match', nets: [free] })
    const account = chat.account('ЗОЯ')
    const ban = banNetwork(chat, 'founder', 'ops')
    chat.guest('second', 'ЗОЯ', { nets: [ban], account: { id: account.id, credential: 'pw-zoya', room: null } })
    expect(chat.names('ops')).not.toContain('ЗОЯ')
  })
})

describe('[Z2] [Z5] a keeper of a room', () => {
  test('is not reached by an operator who bans its network', () => {
    const chat = ops()
    banNetwork(chat, 'operator', 'ops', 'founder', 'zoya')
    expect(chat.names('ops')).toEqual(['Mr.Blue', 'مريم'])
  })

  test('and leaves when it has the role no more', () => {
    const chat = ops()
    banNetwork(chat, 'founder', 'ops', 'operator')
    expect(chat.names('ops')).toContain('مريم')
    chat.ask('founder', give('operator', 'مريم', 'ops', true))
    expect(chat.names('ops')).not.toContain('مريم')
    expect(codesOf(chat.ask('operator', join('ops')))).toEqual(['banned-here'])
  })

  test('as a founder, whose room the host takes away, too', () => {
    const chat = ops()
    // A room that an account founds is its own for good.
    chat.ask('founder', join('den'))
    chat.ask('zoya', join('den'))
    banNetwork(chat, 'host', 'den', 'founder')
    expect(chat.names('den')).toEqual(['Mr.Blue', 'ЗОЯ'])
    chat.host({ type: 'room-remove', room: 'den' })
    expect(chat.names('den')).toEqual(['ЗОЯ'])
  })
})

describe('[Z2] an operator reaches nobody above', () => {
  test('by the name of the founder and an id that nobody has', () => {
    const chat = ops()
    const keys = nameOf('Mr.Blue').keys
    const who = { ...whom('Mr.Blue'), id: 'nobody' }
    chat.ask('operator', { type: 'restrict', kind: 'ban', room: 'ops', who, keys, ms: null, reason: null })
    expect(chat.names('ops')).toContain('Mr.Blue')
    expect(speaks(chat, 'founder', 'ops')).toBe(true)
  })

  test('nor by the name of a founder whose session has lapsed', () => {
    const chat = new AccountChat()
    chat.guest('founder', 'Spider-Man', { room: 'den' })
    chat.guest('operator', 'مريم', { room: 'den' })
    chat.ask('founder', give('operator', 'مريم', 'den'))
    chat.lose('founder')
    chat.after(60_000)
    expect(codesOf(chat.ask('operator', restrict('ban', 'Spider-Man', 'den')))).toEqual(['outranked'])
    chat.ask('again', { type: 'resume', token: 'token of founder', enter: null })
    expect(chat.names('den')).toContain('Spider-Man')
  })

  test('and ends no mute of its own', () => {
    const chat = ops()
    chat.ask('founder', restrict('mute', 'مريم', 'ops'))
    expect(codesOf(chat.ask('operator', lift('mute', 'مريم', 'ops')))).toEqual(['outranked'])
    const kick = { type: 'kick', who: whom('ЗОЯ'), reason: 'as I say', room: 'ops' } as const
    expect(JSON.stringify(chat.ask('operator', kick))).not.toContain('as I say')
  })
})

test('[Z4] a muted guest whose session lapsed comes back under the name that it had', () => {
  const chat = ops()
  chat.guest('guest', 'Spider-Man', { room: 'ops' })
  chat.lose('guest')
  chat.after(60_000)
  chat.ask('founder', restrict('mute', 'Spider-Man', 'ops'))
  const enter = { name: nameOf('田中'), room: 'ops', protocol: 'native' } as const
  chat.ask('again', { type: 'resume', token: 'token of guest', enter })
  expect(chat.names('ops')).toContain('Spider-Man')
  expect(speaks(chat, 'guest', 'ops')).toBe(false)
})

test('[Z1] a member that is banned from a room has no role there any more', () => {
  const chat = ops()
  chat.ask('founder', restrict('ban', 'مريم', 'ops'))
  chat.ask('founder', lift('ban', 'مريم', 'ops'))
  chat.ask('operator', join('ops'))
  expect(codesOf(chat.ask('operator', restrict('mute', 'ЗОЯ', 'ops')))).toEqual(['role-needed'])
})

test('[Z2] a role is not given to somebody who has a higher one', () => {
  const chat = ops()
  chat.host(give('voice', 'Mr.Blue', 'ops'))
  chat.host(give('operator', 'Mr.Blue', 'ops'))
  expect(chat.state.rooms.get('ops')?.roles.get(chat.memberOf('founder'))).toBe('founder')
})

test('[Z6] nothing is kept of a room that goes as its last member is thrown out', () => {
  const chat = new AccountChat()
  chat.guest('guest', 'Spider-Man', { room: 'den' })
  chat.host({ type: 'kick', who: whom('Spider-Man'), reason: null, room: 'den' })
  expect([chat.state.rooms.has('den'), chat.state.rules.has('den')]).toEqual([false, false])
})
