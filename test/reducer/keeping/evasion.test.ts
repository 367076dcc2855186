/** Ways around bans, mutes, modes and filters that are none (docs/spec.md, rules Z*). */
import { describe, expect, test } from 'vitest'
import { LAPSED_MS } from '../../../src/model/limits.ts'
import { AccountChat } from '../../helpers/account-chat.ts'
import { nameOf } from '../../helpers/arbitrary-inputs.ts'
import { codesOf, filter, give, join, lift, mode, restrict, say, speaks, whom } from '../../helpers/keeper.ts'

const GRACE = 60_000

/** `Mr.Blue` founds `ops`, `مريم` is its operator, and `Spider-Man` is a guest in it. */
function ops(): AccountChat {
  const chat = new AccountChat()
  chat.person('founder', 'Mr.Blue', 'ops')
  chat.person('operator', 'مريم', 'ops')
  chat.ask('founder', give('operator', 'مريم', 'ops'))
  chat.guest('guest', 'Spider-Man', { room: 'ops' })
  return chat
}

describe('[Z2] nobody ends what is on their equals', () => {
  test('by another name, and a sanction on the one before', () => {
    const chat = ops()
    chat.ask('founder', give('operator', 'Spider-Man', 'ops'))
    chat.ask('founder', restrict('mute', 'Spider-Man', 'ops'))
    chat.ask('guest', { type: 'part', room: 'ops', reason: null })
    chat.ask('guest', { type: 'nick', name: nameOf('ЗОЯ') })
    expect(codesOf(chat.ask('guest', join('ops')))).toEqual(['muted'])
    // Nobody is called so now. A mute of the name for a moment would take the place of the founder's.
    chat.ask('guest', restrict('mute', 'Spider-Man', 'ops', 1))
    chat.after(1)
    chat.ask('guest', { type: 'nick', name: nameOf('Spider-Man') })
    chat.ask('guest', join('ops'))
    expect(speaks(chat, 'guest', 'ops')).toBe(false)
    expect(codesOf(chat.ask('guest', lift('mute', 'Spider-Man', 'ops')))).toEqual(['outranked'])
    chat.ask('founder', lift('mute', 'Spider-Man', 'ops'))
    expect(speaks(chat, 'guest', 'ops')).toBe(true)
  })

  test('and the same sanction on a name takes the place of the one on a guest who had it', () => {
    const chat = ops()
    chat.ask('founder', restrict('ban', 'Spider-Man', 'ops'))
    chat.ask('guest', { type: 'quit', reason: null })
    chat.ask('operator', restrict('ban', 'Spider-Man', 'ops', 1000))
    expect([...chat.state.sanctions.values()].map(({ name, member }) => [name, member])).toEqual([['Spider-Man', null]])
    chat.after(1000)
    expect(chat.state.sanctions.size).toBe(0)
  })
})

describe('[Z7] a former member of a room comes back', () => {
  const private_ = ['invite-only', 'registered-only', 'secret'] as const

  test.each(private_)('into a room that is %s by now', one => {
    const chat = ops()
    chat.lose('guest')
    chat.after(GRACE)
    chat.ask('founder', mode(one, 'ops'))
    chat.ask('again', { type: 'resume', token: 'token of guest', enter: null })
    expect(chat.names('ops')).toContain('Spider-Man')
  })

  test('as a guest, not into another room of the same name', () => {
    const chat = new AccountChat()
    chat.guest('guest', 'Spider-Man', { room: 'board' })
    chat.lose('guest')
    chat.after(GRACE)
    expect(chat.state.rooms.has('board')).toBe(false)
    chat.person('founder', 'Mr.Blue', 'board')
    chat.ask('founder', mode('key', 'board', true, 'hash'))
    chat.ask('again', { type: 'resume', token: 'token of guest', enter: null })
    expect(chat.names('board')).toEqual(['Mr.Blue'])
    expect(codesOf(chat.ask('guest', join('board')))).toEqual(['key-needed'])
    chat.ask('guest', join('board', { key: 'hash' }))
    expect(chat.names('board')).toEqual(['Mr.Blue', 'Spider-Man'])
  })

  test('as an account, not into another room of the same name', () => {
    const chat = new AccountChat()
    chat.guest('guest', 'Spider-Man', { room: 'board' })
    const eve = chat.person('eve', '田中', 'board')
    chat.ask('eve', { type: 'quit', reason: null })
    chat.ask('guest', { type: 'quit', reason: null })
    expect(chat.state.rooms.has('board')).toBe(false)
    chat.person('founder', 'Mr.Blue', 'board')
    chat.ask('founder', mode('invite-only', 'board'))
    chat.enter('eve2', eve, 'pw-eve')
    expect(chat.names('board')).toEqual(['Mr.Blue'])
    expect(codesOf(chat.enter('eve3', eve, 'pw-eve', 'board'))).toEqual(['invite-only'])
    chat.ask('founder', { type: 'admit', room: 'board', who: whom('田中') })
    chat.ask('eve2', join('board'))
    chat.ask('eve2', { type: 'quit', reason: null })
    chat.enter('eve4', eve, 'pw-eve')
    expect(chat.names('board')).toEqual(['Mr.Blue', '田中'])
  })

  test('and an account whose session lapsed, likewise', () => {
    const chat = new AccountChat()
    chat.guest('guest', 'Spider-Man', { room: 'board' })
    chat.person('eve', '田中', 'board')
    chat.lose('eve')
    chat.lose('guest')
    chat.after(GRACE)
    chat.person('founder', 'Mr.Blue', 'board')
    chat.ask('founder', mode('registered-only', 'board'))
    chat.ask('founder', mode('limit', 'board', 1))
    chat.ask('again', { type: 'resume', token: 'token of eve', enter: null })
    expect(chat.names('board')).toEqual(['Mr.Blue'])
    expect(chat.state.members.has(chat.account('田中').id)).toBe(true)
  })

  test('into the open room of the same name, as it always did', () => {
    const chat = new AccountChat()
    chat.guest('guest', 'Spider-Man', { room: 'board' })
    chat.lose('guest')
    chat.after(GRACE)
    chat.guest('other', 'a_b', { room: 'board' })
    chat.ask('again', { type: 'resume', token: 'token of guest', enter: null })
    expect(chat.names('board')).toEqual(['Spider-Man', 'a_b'])
  })
})

test('[Z7] a lock-down keeps out those who are invited, too, except who has a voice', () => {
  const chat = ops()
  chat.host({ type: 'invite', invite: 'i1', hash: 'hash of i1', room: 'ops', uses: 9, until: chat.at + LAPSED_MS })
  chat.guest('late', 'ЗОЯ')
  chat.ask('founder', { type: 'admit', room: 'ops', who: whom('ЗОЯ') })
  chat.ask('founder', mode('lockdown', 'ops'))
  expect(codesOf(chat.guest('raid', 'a_b', { room: 'ops', invite: 'i1' }))).toEqual(['locked-down'])
  expect(codesOf(chat.ask('late', join('ops')))).toEqual(['locked-down'])
  chat.ask('founder', give('voice', 'ЗОЯ', 'ops'))
  chat.ask('late', join('ops'))
  expect(chat.names('ops')).toContain('ЗОЯ')
})

describe('[Z4] a mute of a room keeps out the note that somebody brings', () => {
  const noteIn = (chat: AccountChat, room: string) => chat.state.rooms.get(room)?.members.get('Spider-Man')?.away

  test('a member that goes out, is away and joins', () => {
    const chat = ops()
    chat.ask('guest', join('lobby'))
    chat.ask('founder', restrict('mute', 'Spider-Man', 'ops'))
    chat.ask('guest', { type: 'part', room: 'ops', reason: null })
    chat.ask('guest', { type: 'away', note: 'you are all fools' })
    chat.ask('guest', join('ops'))
    expect([noteIn(chat, 'lobby'), noteIn(chat, 'ops')]).toEqual(['you are all fools', null])
    chat.ask('founder', lift('mute', 'Spider-Man', 'ops'))
    chat.ask('guest', { type: 'part', room: 'ops', reason: null })
    chat.ask('guest', join('ops'))
    expect(noteIn(chat, 'ops')).toBe('you are all fools')
  })

  test('and a word filter likewise', () => {
    const chat = ops()
    chat.ask('founder', filter('fools', 'ops'))
    const noted = [chat.state.seq]
    chat.guest('late', 'ЗОЯ')
    chat.ask('late', { type: 'away', note: 'you are all fools' })
    chat.ask('late', join('ops', { noted }))
    expect(chat.state.rooms.get('ops')?.members.get('ЗОЯ')).toMatchObject({ away: null })
  })
})

describe('[Z8] a name that a filter of a room refuses', () => {
  test('does not come in by joining later, nor with an account', () => {
    const chat = ops()
    chat.guest('late', 'fools')
    const account = chat.person('eve', 'fool')
    chat.ask('founder', filter('*fool*', 'ops', 'hold'))
    const filters = [chat.state.seq]
    expect(codesOf(chat.ask('late', join('ops', { filters })))).toEqual(['name-filtered'])
    expect(codesOf(chat.ask('eve', join('ops', { filters })))).toEqual(['name-filtered'])
    const entering = { id: account.id, credential: 'pw-eve', room: 'ops' }
    expect(codesOf(chat.guest('eve2', 'fool', { account: entering, filters }))).toEqual(['name-filtered'])
    expect(chat.names('ops')).toEqual(['Mr.Blue', 'Spider-Man', 'مريم'])
  })

  test('stays where its bearer keeps order, and a filter of the server locks nobody out of rooms', () => {
    const chat = ops()
    chat.host(filter('مريم', null))
    const ofServer = [chat.state.seq]
    chat.ask('founder', filter('مريم', 'ops'))
    const all = [...ofServer, chat.state.seq]
    chat.ask('operator', { type: 'part', room: 'ops', reason: null })
    chat.ask('operator', join('ops', { filters: all }))
    chat.ask('operator', join('other', { filters: ofServer }))
    expect([chat.names('ops'), chat.names('other')]).toEqual([['Mr.Blue', 'Spider-Man', 'مريم'], ['مريم']])
  })
})

describe('[Z7] outsiders learn nothing of a secret room, by any command', () => {
  const TRIED = [
    say('ops'),
    { type: 'topic', room: 'ops', topic: 'x' },
    { type: 'kick', who: whom('Mr.Blue'), reason: null, room: 'ops' },
    restrict('ban', 'Mr.Blue', 'ops'),
    lift('ban', 'Mr.Blue', 'ops'),
    give('operator', 'Mr.Blue', 'ops'),
    mode('secret', 'ops', null),
    filter('x', 'ops'),
    { type: 'unfilter', room: 'ops', filter: 1 },
    { type: 'admit', room: 'ops', who: whom('Mr.Blue') },
    { type: 'purge', room: 'ops', who: whom('Mr.Blue'), ms: 1 },
  ] as const

  test.each(TRIED)('$type', body => {
    const [chat, without] = [ops(), new AccountChat()]
    chat.ask('founder', mode('secret', 'ops'))
    for (const one of [chat, without]) one.guest('outsider', 'a_b')
    const refusals = [chat, without].map(one =>
      one.ask('outsider', body).map(event => event.type === 'rejected' && [event.code, event.detail]),
    )
    expect(refusals[0]).toEqual([['room-unknown', 'ops']])
    expect(refusals[1]).toEqual(refusals[0])
  })

  test('and there is no held message to be found', () => {
    const chat = ops()
    chat.ask('founder', mode('secret', 'ops'))
    chat.ask('founder', filter('x', 'ops', 'hold'))
    chat.ask('guest', say('ops', [chat.state.seq]))
    const [target = 0] = chat.state.held.keys()
    chat.guest('outsider', 'a_b')
    for (const type of ['release', 'drop'] as const) {
      expect(codesOf(chat.ask('outsider', { type, target }))).toEqual(['held-unknown'])
    }
    expect(codesOf(chat.ask('guest', { type: 'drop', target }))).toEqual(['role-needed'])
  })
})

describe('an id that nobody has', () => {
  test('is neither banned nor ignored without a name, and a guest that lapsed is by its id', () => {
    const chat = ops()
    const ghost = { key: '', text: '', id: 'x'.repeat(64) }
    const ban = { type: 'restrict', kind: 'ban', room: 'ops', who: ghost, keys: [], ms: null, reason: null } as const
    expect(codesOf(chat.ask('founder', ban))).toEqual(['member-unknown'])
    expect(codesOf(chat.ask('guest', { type: 'ignore', who: ghost, off: false }))).toEqual(['member-unknown'])
    const id = chat.memberOf('guest')
    chat.lose('guest')
    chat.after(GRACE)
    chat.ask('founder', { ...ban, who: { ...ghost, id } })
    expect([...chat.state.sanctions.values()]).toMatchObject([{ member: id, name: 'Spider-Man' }])
    chat.ask('again', { type: 'resume', token: 'token of guest', enter: null })
    expect(chat.names('ops')).toEqual(['Mr.Blue', 'مريم'])
  })
})
