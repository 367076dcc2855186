/** The events of each input about accounts, by example (docs/spec.md, rules I*). */
import { describe, expect, test } from 'vitest'
import type { Event } from '../../../src/model/event.ts'
import { type Body, HOST_SESSION } from '../../../src/model/input.ts'
import {
  ACCOUNT_UNUSED_MS,
  GRACE_MS,
  LAPSED_MS,
  NAME_HELD_MS,
  READ_PLACES_MAX,
  ROOM_FOUNDED_MS,
  ROOMS_PER_FOUNDER,
  SESSIONS_PER_MEMBER,
} from '../../../src/model/limits.ts'
import { positionIn } from '../../../src/model/state/reads.ts'
import { initialState } from '../../../src/model/state.ts'
import { nextDue } from '../../../src/reducer/due.ts'
import { readsOf } from '../../../src/reducer/rules/reads.ts'
import { AccountChat, kept, key, password } from '../../helpers/account-chat.ts'
import { nameOf, targetOf } from '../../helpers/arbitrary-inputs.ts'

const typesOf = (events: readonly Event[]): readonly string[] => events.map(({ type }) => type)
const codeOf = (events: readonly Event[]): string | undefined =>
  events.flatMap(event => (event.type === 'rejected' ? [event.code] : []))[0]
const quit: Body = { type: 'quit', reason: null }
const say = (mentions: readonly string[] = []): Body => ({ type: 'say', room: 'lobby', action: false, mentions })
const tell = (name: string, id?: string): Body => ({
  type: 'tell',
  to: { ...targetOf(name), ...(id === undefined ? {} : { id }) },
  action: false,
})
const DAY_MS = 24 * 60 * 60 * 1000
const logout = (everywhere = false): Body => ({ type: 'logout', everywhere })

describe('[I1] a name that is somebody’s', () => {
  test('a guest who registers keeps its member, its rooms and its session', () => {
    const chat = new AccountChat()
    chat.guest('s1', 'Spider-Man', { room: 'ops' })
    const member = chat.memberOf('s1')
    const events = chat.ask('s1', { type: 'register', credential: password('pw') }, 1)
    expect(typesOf(events)).toEqual(['registered', 'done'])
    expect(chat.account('Spider-Man').id).toBe(member)
    expect(chat.state.rooms.get('ops')?.members.get('Spider-Man')?.account).toBe(true)
    expect(chat.state.sessions.get('s1')?.credential).toBe('pw')
    expect(codeOf(chat.ask('s1', { type: 'register', credential: password('again') }))).toBe('already-registered')
  })

  test.each(['Spider-Man', '\u0405pider-Man', 'spider-man'])(
    'a guest who asks for it as %s is refused, here or not',
    name => {
      const chat = new AccountChat()
      chat.person('s1', 'Spider-Man')
      expect(codeOf(chat.guest('s2', name))).toBe('name-registered')
      chat.ask('s1', quit)
      expect(codeOf(chat.guest('s2', name))).toBe('name-registered')
      chat.guest('s3', '田中')
      expect(codeOf(chat.ask('s3', { type: 'nick', name: nameOf(name) }))).toBe('name-registered')
      expect(codeOf(chat.host({ type: 'account-add', name: nameOf(name), credential: password('p') }))).toBe(
        'name-registered',
      )
    },
  )

  test('a renamed account keeps its former name for itself, for a month', () => {
    const chat = new AccountChat()
    chat.person('s1', 'Mr.Blue')
    expect(typesOf(chat.ask('s1', { type: 'nick', name: nameOf('Mr.Red') }))).toEqual(['renamed'])
    expect(codeOf(chat.guest('s2', 'Mr.Blue'))).toBe('name-held')
    chat.ask('s1', { type: 'nick', name: nameOf('Mr.Green') })
    expect(codeOf(chat.ask('s1', { type: 'nick', name: nameOf('Mr.Blue') }))).toBeUndefined()
    chat.ask('s1', { type: 'nick', name: nameOf('Mr.Green') })
    chat.after(NAME_HELD_MS)
    expect(codeOf(chat.guest('s2', 'Mr.Blue'))).toBeUndefined()
    expect(codeOf(chat.guest('s3', 'Mr.Green'))).toBe('name-registered')
    // The one who took it then has it now.
    expect(codeOf(chat.ask('s1', { type: 'nick', name: nameOf('Mr.Blue') }))).toBe('name-taken')
  })

  test('the host renames an account that is not here, and one that is', () => {
    const chat = new AccountChat()
    const { id } = chat.person('s1', 'a|b')
    expect(typesOf(chat.host({ type: 'account-rename', account: id, name: nameOf('c|d') }))).toEqual(['renamed'])
    expect(chat.names()).toEqual(['c|d'])
    chat.ask('s1', quit)
    expect(typesOf(chat.host({ type: 'account-rename', account: id, name: nameOf('e|f') }))).toEqual([
      'account-renamed',
    ])
    expect(codeOf(chat.guest('s2', 'e|f'))).toBe('name-registered')
  })
})

describe('[I2] several sessions a member', () => {
  test('the second one is seen by nobody, and all hear of what one does', () => {
    const chat = new AccountChat()
    const account = chat.person('s1', '田中', 'ops')
    expect(typesOf(chat.enter('s2', account, 'pw-s1'))).toEqual(['welcomed'])
    expect(typesOf(chat.enter('s3', account, 'pw-s1', 'tea'))).toEqual(['welcomed', 'joined', 'founded'])
    expect([chat.names('ops'), chat.names('tea')]).toEqual([['田中'], ['田中']])
    expect([...(chat.state.members.get(account.id)?.sessions ?? [])].sort()).toEqual(['s1', 's2', 's3'])
  })

  test('a goodbye ends one session, and the last one is the exit', () => {
    const chat = new AccountChat()
    const account = chat.person('s1', '田中')
    chat.enter('s2', account, 'pw-s1')
    expect(typesOf(chat.ask('s1', quit, 1))).toEqual(['ended', 'done'])
    expect(chat.names()).toEqual(['田中'])
    expect(typesOf(chat.ask('s2', quit))).toEqual(['ended', 'quit'])
    expect(chat.names()).toEqual([])
  })

  test('each is lost and lapses by itself, and may return while the others are here', () => {
    const chat = new AccountChat()
    const account = chat.person('s1', '田中', 'ops')
    chat.enter('s2', account, 'pw-s1')
    chat.lose('s1')
    expect(typesOf(chat.after(60_000))).toEqual(['lapsed'])
    const back = chat.ask('v', { type: 'resume', token: 'token of s1', enter: null })
    expect(typesOf(back)).toEqual(['returned'])
    chat.lose('s1')
    chat.lose('s2')
    expect(typesOf(chat.after(60_000))).toEqual(['lapsed', 'lapsed', 'quit'])
    const later = chat.ask('w', { type: 'resume', token: 'token of s2', enter: null })
    expect(typesOf(later)).toEqual(['returned', 'joined', 'founded'])
    expect(chat.names('ops')).toEqual(['田中'])
    chat.after(LAPSED_MS)
    expect(codeOf(chat.ask('x', { type: 'resume', token: 'token of s1', enter: null }))).toBe('session-unknown')
  })

  test('a kick ends all of them, those that lapsed too', () => {
    const chat = new AccountChat()
    const account = chat.person('s1', '田中')
    chat.enter('s2', account, 'pw-s1')
    chat.lose('s1')
    chat.after(60_000)
    const events = chat.host({ type: 'kick', who: targetOf('田中'), reason: null })
    expect(typesOf(events)).toEqual(['ended', 'moderated', 'ended', 'quit'])
    expect([chat.state.sessions.size, chat.state.lapsed.size, chat.state.tokens.size]).toEqual([0, 0, 0])
  })

  test('there are so many and no more', () => {
    const chat = new AccountChat()
    const account = chat.person('s1', '田中')
    for (let k = 2; k <= SESSIONS_PER_MEMBER; k++) chat.enter(`s${k}`, account, 'pw-s1')
    expect(codeOf(chat.enter('more', account, 'pw-s1'))).toBe('sessions-full')
    chat.ask('s2', quit)
    expect(codeOf(chat.enter('more', account, 'pw-s1'))).toBeUndefined()
  })

  test('the session that lapsed first makes room for one more', () => {
    const chat = new AccountChat()
    const account = chat.person('s1', '田中')
    for (let k = 2; k <= SESSIONS_PER_MEMBER; k++) chat.enter(`s${k}`, account, 'pw-s1')
    for (const session of ['s3', 's2']) {
      chat.lose(session)
      chat.after(60_000)
    }
    expect(typesOf(chat.enter('more', account, 'pw-s1'))).toEqual(['ended', 'welcomed'])
    expect([...chat.state.lapsed.keys()]).toEqual(['s2'])
  })

  test('its rooms survive its absence', () => {
    const chat = new AccountChat()
    const account = chat.person('s1', '田中', 'ops')
    chat.ask('s1', { type: 'join', room: 'tea' })
    chat.ask('s1', quit)
    const events = chat.enter('s2', account, 'pw-s1')
    expect(events.flatMap(event => (event.type === 'joined' ? [event.room] : []))).toEqual(['ops', 'tea'])
  })
})

describe('[I3] a session ends with its credential', () => {
  test('a revocation between the check and the fold is seen', () => {
    const chat = new AccountChat()
    const account = chat.person('s1', '[ops]')
    chat.ask('s1', { type: 'credential', add: key('desk') })
    chat.ask('s1', { type: 'withdraw', credential: 'desk' })
    expect(codeOf(chat.enter('s2', account, 'desk'))).toBe('credential-gone')
  })

  test('live, detached and lapsed sessions of a revoked key end, and their tokens with them', () => {
    const chat = new AccountChat()
    const account = chat.person('s1', '[ops]')
    chat.ask('s1', { type: 'credential', add: key('desk') })
    for (const session of ['live', 'detached', 'lapsed']) chat.enter(session, account, 'desk')
    chat.lose('lapsed')
    chat.after(60_000)
    chat.lose('detached')
    const events = chat.ask('s1', { type: 'withdraw', credential: 'desk' })
    expect(typesOf(events)).toEqual(['ended', 'ended', 'ended', 'withdrawn'])
    for (const session of ['live', 'detached', 'lapsed']) {
      const resume: Body = { type: 'resume', token: `token of ${session}`, enter: null }
      expect(codeOf(chat.ask(`again ${session}`, resume))).toBe('session-unknown')
    }
    expect(chat.names()).toEqual(['[ops]'])
  })

  test('a new password ends the others that came by the old one', () => {
    const chat = new AccountChat()
    const account = chat.person('s1', '[ops]')
    chat.enter('s2', account, 'pw-s1')
    expect(codeOf(chat.ask('s1', { type: 'credential', add: password('new') }))).toBe('credential-gone')
    const events = chat.ask('s1', { type: 'credential', add: password('new'), replaces: 'pw-s1' })
    expect(typesOf(events)).toEqual(['ended', 'credentialed'])
    expect(chat.state.sessions.get('s1')?.credential).toBe('new')
    expect(codeOf(chat.enter('s3', account, 'pw-s1'))).toBe('credential-gone')
  })

  test('a kept sign-in is the session’s own from then on, and signing out revokes it', () => {
    const chat = new AccountChat()
    const account = chat.person('s1', '[ops]')
    chat.ask('s1', { type: 'credential', add: kept('phone') })
    chat.enter('s2', account, 'phone')
    chat.enter('s3', account, 'pw-s1')
    expect(typesOf(chat.ask('s2', logout()))).toEqual(['ended', 'ended', 'withdrawn'])
    expect([...chat.state.sessions.keys()]).toEqual(['s3'])
    expect(codeOf(chat.enter('s4', account, 'phone'))).toBe('credential-gone')
  })

  test('signing out everywhere leaves no session and no kept sign-in', () => {
    const chat = new AccountChat()
    const account = chat.person('s1', '[ops]')
    chat.enter('s2', account, 'pw-s1')
    chat.ask('s2', { type: 'credential', add: kept('phone') })
    chat.ask('s1', { type: 'credential', add: key('desk') })
    expect(typesOf(chat.ask('s1', logout(true)))).toEqual(['ended', 'ended', 'quit', 'withdrawn'])
    expect([...chat.account('[ops]').credentials.keys()].sort()).toEqual(['desk', 'pw-s1'])
  })

  test('the last way in stays, and a guest has none', () => {
    const chat = new AccountChat()
    chat.person('s1', '[ops]')
    chat.ask('s1', { type: 'credential', add: kept('phone') })
    expect(codeOf(chat.ask('s1', { type: 'withdraw', credential: 'pw-s1' }))).toBe('credential-last')
    chat.guest('g', 'José')
    for (const body of [logout(), { type: 'withdraw', credential: 'x' } as const]) {
      expect(codeOf(chat.ask('g', body))).toBe('not-registered')
    }
  })

  test('of two proofs by one passkey, the higher counter stays, however they are folded', () => {
    const chat = new AccountChat()
    const { id } = chat.person('s1', '[ops]')
    const passkey = (counter: number) => ({
      id: 'pass',
      label: '',
      proof: { kind: 'passkey', credential: 'c', key: 'k', counter, host: 'chat.example' } as const,
    })
    chat.ask('s1', { type: 'credential', add: passkey(1) })
    expect(typesOf(chat.host({ type: 'rehash', account: id, credential: passkey(3) }))).toEqual(['rehashed'])
    expect(chat.host({ type: 'rehash', account: id, credential: passkey(2) })).toEqual([])
    expect(chat.account('[ops]').credentials.get('pass')?.proof).toMatchObject({ counter: 3 })
  })

  test('a reset ends every credential and every session but the new password', () => {
    const chat = new AccountChat()
    const { id } = chat.person('s1', '[ops]')
    chat.ask('s1', { type: 'credential', add: key('desk') })
    chat.host({ type: 'account-reset', account: id, credential: password('first') })
    expect([...chat.account('[ops]').credentials.keys()]).toEqual(['first'])
    expect(chat.state.sessions.size).toBe(0)
  })
})

describe('[S7] a session that ends between the check of its token and the input', () => {
  test('is followed by none: nobody has checked who else would enter', () => {
    const chat = new AccountChat()
    chat.guest('s1', 'Mary')
    chat.ask('s1', quit)
    const { name, room, protocol } = { name: nameOf('李'), room: 'lobby', protocol: 'native' as const }
    const resume: Body = { type: 'resume', token: 'token of s1', enter: { name, room, protocol }, known: true }
    expect(codeOf(chat.ask('v', resume))).toBe('session-unknown')
    expect(chat.state.sessions.size).toBe(0)
  })
})

describe('[I6] names that are kept for nobody', () => {
  test('an account that is never used again is free after a month; one that is used stays', () => {
    const chat = new AccountChat()
    for (const name of ['Mary', 'Ian']) chat.person(`s-${name}`, name)
    for (const name of ['Mary', 'Ian']) chat.ask(`s-${name}`, quit)
    chat.enter('again', chat.account('Ian'), 'pw-s-Ian')
    chat.ask('again', quit)
    expect(typesOf(chat.after(ACCOUNT_UNUSED_MS))).toEqual(['account-removed'])
    expect([...chat.state.accounts.values()].map(({ name }) => name.text)).toEqual(['Ian'])
    expect(codeOf(chat.guest('new', 'Mary'))).toBeUndefined()
  })

  test('an account that is here when its month is over stays', () => {
    const chat = new AccountChat()
    chat.person('s1', 'Mary')
    expect(typesOf(chat.after(ACCOUNT_UNUSED_MS))).toEqual(['account-kept'])
  })

  test('an account stays whose device only ever returns with its token', () => {
    const chat = new AccountChat()
    const { id } = chat.person('s1', 'Mary')
    for (let day = 1; day <= ACCOUNT_UNUSED_MS / DAY_MS; day++) {
      chat.lose('s1')
      chat.after(GRACE_MS)
      expect(chat.state.members.has(id)).toBe(false)
      chat.after(DAY_MS - GRACE_MS)
      expect(typesOf(chat.ask(`v${day}`, { type: 'resume', token: 'token of s1', enter: null }))[0]).toBe('returned')
    }
    expect(chat.state.accounts.has(id)).toBe(true)
  })

  test('an account stays whose first session lasted almost until its month was over', () => {
    const chat = new AccountChat()
    const names = ['Mary', 'Ian']
    const [mary, ian] = names.map(name => chat.person(`s-${name}`, name).id) as [string, string]
    chat.after(ACCOUNT_UNUSED_MS - DAY_MS)
    chat.lose('s-Mary')
    chat.ask('s-Ian', quit)
    chat.after(GRACE_MS)
    expect(typesOf(chat.after(DAY_MS))).toEqual([])
    expect([chat.state.accounts.has(mary), chat.state.accounts.has(ian)]).toEqual([true, true])
  })

  test('a removed account leaves its name, its sessions and its rooms', () => {
    const chat = new AccountChat()
    const { id } = chat.person('s1', 'Mary')
    chat.ask('s1', { type: 'join', room: 'tea' })
    const events = chat.host({ type: 'account-remove', account: id })
    expect(typesOf(events)).toEqual(['ended', 'quit', 'moderated', 'unfounded', 'account-removed'])
    expect([...chat.state.rooms.keys()]).toEqual(['lobby'])
    expect([chat.state.names.size, chat.state.reads.size]).toEqual([0, 0])
    chat.guest('s2', 'Mary')
    expect(chat.memberOf('s2')).not.toBe(id)
  })
})

describe('[I7] read positions', () => {
  const reading = (seq: number, room = 'lobby'): Body => ({ type: 'read', reads: [{ place: { room }, seq }] })

  test('a first join sets one, a second does not, and none goes back or beyond the journal', () => {
    const chat = new AccountChat()
    const { id } = chat.person('s1', 'José')
    const first = positionIn(readsOf(chat.state, id), { room: 'lobby' })
    expect(first).toBe(3)
    chat.guest('g', 'bob')
    chat.ask('g', say())
    expect(typesOf(chat.ask('s1', reading(5), 1))).toEqual(['read', 'done'])
    expect(typesOf(chat.ask('s1', reading(4)))).toEqual([])
    chat.ask('s1', reading(1_000_000))
    expect(positionIn(readsOf(chat.state, id), { room: 'lobby' })).toBe(chat.state.seq)
    const before = chat.state.seq
    chat.ask('s1', { type: 'part', room: 'lobby', reason: null })
    chat.ask('g', say())
    chat.ask('s1', { type: 'join', room: 'lobby' })
    expect(positionIn(readsOf(chat.state, id), { room: 'lobby' })).toBe(before)
  })

  test('only the places that moved last are listed, and the others stay read', () => {
    const chat = new AccountChat()
    const { id } = chat.person('s1', 'José')
    for (let k = 0; k <= READ_PLACES_MAX; k++) {
      chat.ask('s1', { type: 'read', reads: [{ place: { with: `m${k}` }, seq: chat.state.seq + 1 }] })
    }
    const reads = readsOf(chat.state, id)
    expect(reads.places.size).toBe(READ_PLACES_MAX)
    expect(positionIn(reads, { with: 'm0' })).toBeGreaterThanOrEqual(4)
  })

  test('those of a guest go with its session, and those of old guests begin with the new rules', () => {
    const chat = new AccountChat()
    chat.guest('g', 'bob')
    const id = chat.memberOf('g')
    expect(chat.state.reads.has(id)).toBe(true)
    chat.lose('g')
    chat.after(60_000)
    expect(chat.state.reads.has(id)).toBe(true)
    chat.ask('v', { type: 'resume', token: 'token of g', enter: null })
    chat.ask('g', quit)
    expect(chat.state.reads.has(id)).toBe(false)

    const old = new AccountChat()
    old.state = initialState
    old.guest('g', 'bob')
    old.ask('g', say())
    old.host({ type: 'format', format: 4 })
    expect(positionIn(readsOf(old.state, old.memberOf('g')), { room: 'lobby' })).toBe(3)
  })
})

describe('[I8] direct messages', () => {
  test('an account that is not here gets one, and a guest who is gone does not', () => {
    const chat = new AccountChat()
    chat.person('s1', 'Spider-Man')
    chat.ask('s1', quit)
    chat.guest('g', 'bob')
    expect(typesOf(chat.ask('g', tell('Spider-Man')))).toEqual(['told'])
    chat.guest('h', 'Ian')
    chat.lose('h')
    chat.after(60_000)
    expect(codeOf(chat.ask('g', tell('Ian')))).toBe('member-gone')
    expect(codeOf(chat.ask('g', tell('nobody')))).toBe('member-unknown')
  })

  test('the next holder of a name does not get what was meant for the one before', () => {
    const chat = new AccountChat()
    chat.guest('a', 'bob')
    const first = chat.memberOf('a')
    chat.ask('a', quit)
    chat.guest('b', 'bob')
    chat.guest('c', 'Ian')
    expect(codeOf(chat.ask('c', tell('bob', first)))).toBe('member-gone')
    expect(chat.ask('c', tell('bob', chat.memberOf('b')))).toMatchObject([{ type: 'told', other: chat.memberOf('b') }])
  })

  test('all devices of both hear it', () => {
    const chat = new AccountChat()
    const blue = chat.person('s1', 'Mr.Blue')
    chat.enter('s2', blue, 'pw-s1')
    chat.guest('g', 'bob')
    expect(chat.ask('s2', tell('bob'))).toMatchObject([{ sessions: ['g', 's1', 's2'], account: true }])
  })

  test('mentions are those that ingress found', () => {
    const chat = new AccountChat()
    const { id } = chat.person('s1', 'Mr.Blue')
    expect(chat.ask('s1', say([id]))).toMatchObject([{ type: 'said', mentions: [id], account: true }])
    expect(chat.ask('s1', say())[0]).not.toHaveProperty('mentions')
  })
})

describe('[I9] invites', () => {
  const invite = (uses: number, chat: AccountChat): Body => ({
    type: 'invite',
    ...{ invite: 'v1', hash: 'hash', room: null, uses, until: chat.at + 1000 },
  })

  test('one is used up, once each, in the order of the journal', () => {
    const chat = new AccountChat()
    chat.host(invite(1, chat))
    expect(typesOf(chat.guest('a', 'Ian', { invite: 'v1' }))).toEqual(['invite-used', 'welcomed', 'joined'])
    expect(codeOf(chat.guest('b', 'Mary', { invite: 'v1' }))).toBe('invite-invalid')
    expect(typesOf(chat.ask('a', { type: 'register', credential: password('p'), invite: 'v1' }))).toEqual([
      'registered',
    ])
  })

  test('one expires, and one is revoked', () => {
    const chat = new AccountChat()
    chat.host(invite(2, chat))
    chat.after(1000)
    expect(codeOf(chat.guest('a', 'Ian', { invite: 'v1' }))).toBe('invite-invalid')
    chat.host(invite(2, chat))
    chat.host({ type: 'uninvite', invite: 'v1' })
    expect(codeOf(chat.guest('a', 'Ian', { invite: 'v1' }))).toBe('invite-invalid')
    expect(codeOf(chat.host({ type: 'uninvite', invite: 'v1' }))).toBe('invite-unknown')
  })

  test('a refused name costs none', () => {
    const chat = new AccountChat()
    chat.guest('a', 'Ian')
    chat.host(invite(1, chat))
    expect(codeOf(chat.guest('b', 'Ian', { invite: 'v1' }))).toBe('name-taken')
    expect(chat.state.invites.get('v1')?.uses).toBe(1)
  })

  test('a guest that registers as it enters takes one step', () => {
    const chat = new AccountChat()
    chat.host(invite(1, chat))
    const events = chat.guest('a', 'Ian', { invite: 'v1', register: password('p') })
    expect(typesOf(events)).toEqual(['invite-used', 'welcomed', 'registered', 'joined'])
    expect(chat.state.rooms.get('lobby')?.members.get('Ian')?.account).toBe(true)
    expect(chat.account('Ian').id).toBe(chat.memberOf('a'))
  })
})

describe('[I10] rooms that an account founded', () => {
  test('one stays with its topic when it is empty, until its founder was away for long', () => {
    const chat = new AccountChat()
    const account = chat.person('s1', 'Mary')
    chat.ask('s1', { type: 'join', room: 'tea' })
    chat.ask('s1', { type: 'topic', room: 'tea', topic: 'leaves' })
    chat.ask('s1', quit)
    expect(chat.state.rooms.get('tea')?.topic?.text).toBe('leaves')
    chat.enter('s2', account, 'pw-s1')
    chat.after(ROOM_FOUNDED_MS)
    chat.ask('s2', quit)
    expect(chat.after(ROOM_FOUNDED_MS - 1)).toEqual([])
    expect(typesOf(chat.after(1))).toEqual(['unfounded'])
    expect(chat.state.rooms.has('tea')).toBe(false)
    expect(nextDue(chat.state)).toBeNull()
  })

  test('one that the host took needs no tick when its founder stays away', () => {
    const chat = new AccountChat()
    chat.person('s1', 'Mary')
    for (const room of ['tea', 'ops']) chat.ask('s1', { type: 'join', room })
    chat.enter('s2', chat.account('Mary'), 'pw-s1')
    for (const session of ['s1', 's2']) chat.ask(session, quit)
    chat.host({ type: 'room-remove', room: 'tea' })
    expect(nextDue(chat.state)).toBe(chat.at + ROOM_FOUNDED_MS)
    chat.host({ type: 'room-remove', room: 'ops' })
    expect(nextDue(chat.state)).toBeNull()
  })

  test('an account founds so many, and the host takes any from it', () => {
    const chat = new AccountChat()
    chat.person('s1', 'Mary')
    for (let k = 0; k <= ROOMS_PER_FOUNDER; k++) chat.ask('s1', { type: 'join', room: `r${k}` })
    expect(chat.state.founders.size).toBe(ROOMS_PER_FOUNDER)
    // Members of the room see it.
    expect(chat.host({ type: 'room-remove', room: 'r0' })).toMatchObject([
      { type: 'moderated', act: 'deop', room: 'r0', by: 'Host', who: 'Mary', to: 'room' },
      { type: 'unfounded' },
    ])
    expect(chat.state.rooms.get('r0')?.roles.size).toBe(0)
    expect(chat.state.rooms.has('r0')).toBe(true)
    chat.ask('s1', { type: 'part', room: 'r0', reason: null })
    expect(chat.state.rooms.has('r0')).toBe(false)
    for (const room of ['r0', 'lobby']) {
      expect(chat.ask(HOST_SESSION, { type: 'room-remove', room })).toMatchObject([{ code: 'room-unknown' }])
    }
    chat.guest('s9', 'Spider-Man')
    chat.ask('s9', { type: 'join', room: 'guests' })
    chat.host({ type: 'room-remove', room: 'guests' })
    expect(chat.state.rooms.get('guests')?.roles.size).toBe(0)
  })
})
