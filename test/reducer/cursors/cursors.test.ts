import { describe, expect, test } from 'vitest'
import { errorText } from '../../../src/model/error.ts'
import type { Event } from '../../../src/model/event.ts'
import { type Body, HOST_SESSION } from '../../../src/model/input.ts'
import {
  CURSOR_GRACE_MS,
  CURSOR_KEPT_MS,
  CURSOR_LEASE_MS,
  CURSOR_WAITING_MAX,
  CURSORS_OF_GUESTS_MAX,
  CURSORS_PER_GUEST,
  CURSORS_PER_OWNER,
  GUEST_CURSOR_KEPT_MS,
} from '../../../src/model/limits.ts'
import type { Cursor } from '../../../src/model/state/cursor.ts'
import { seesLag } from '../../../src/reducer/cursors/seeing.ts'
import { nextDue } from '../../../src/reducer/due.ts'
import { fromSnapshot, toSnapshot } from '../../../src/reducer/snapshot.ts'
import { AccountChat } from '../../helpers/account-chat.ts'
import { nameOf, targetOf } from '../../helpers/arbitrary-inputs.ts'

const claim = (cursor = 'etl', from: number | null = 0, room = 'lobby'): Body => ({
  ...{ type: 'cursor-claim', cursor, room, from },
})
const as = (body: Body, program: string): Body => ({ ...body, as: program }) as Body

/** An account with two programs, 1 and 2, that want the same cursor, and a third session that doesn't. */
function chatOfTwo() {
  const chat = new AccountChat()
  const account = chat.person('one', 'Spider-Man')
  chat.enter('two', account, 'pw-one')
  chat.enter('spare', account, 'pw-one')
  return chat
}

const only = (chat: AccountChat): Cursor => {
  const [cursor, ...others] = chat.state.cursors.values()
  if (!cursor || others.length > 0) throw new Error(`There are ${others.length + 1} cursors.`)
  return cursor
}
const holderOf = (chat: AccountChat): string | undefined => only(chat).holder?.session
const turns = (events: readonly Event[]) =>
  events.flatMap(event => (event.type === 'turned' ? [`${event.session} ${event.is} ${event.seq}`] : []))
const refusals = (events: readonly Event[]) => events.flatMap(event => (event.type === 'rejected' ? [event.code] : []))
const sentences = (events: readonly Event[]) =>
  events.flatMap(event => (event.type === 'rejected' ? [errorText(event.code, event.detail)] : []))
const move = (chat: AccountChat, session: string, seq: number, turn = only(chat).turn): readonly Event[] =>
  chat.ask(session, { type: 'cursor-move', cursor: 'etl', turn, seq })

describe('[CU2] one program holds a cursor', () => {
  test('[CU2] the first that claims it has it, and the second waits', () => {
    const chat = chatOfTwo()
    expect(turns(chat.ask('one', claim()))).toEqual(['one holding 0'])
    expect(turns(chat.ask('two', claim()))).toEqual(['two waiting 0'])
    expect(turns(chat.ask('one', claim()))).toEqual(['one holding 0'])
    expect(turns(chat.ask('two', claim()))).toEqual(['two waiting 0'])
    expect(only(chat)).toMatchObject({ holder: { session: 'one' }, waiting: [{ session: 'two' }] })
  })

  test('[CU2] [CU4] only the holder moves it, under its turn, and only forward', () => {
    const chat = chatOfTwo()
    chat.ask('one', claim())
    chat.ask('two', claim())
    expect(refusals(move(chat, 'two', 3))).toEqual(['cursor-lost'])
    expect(refusals(move(chat, 'one', 3, only(chat).turn - 1))).toEqual(['cursor-lost'])
    expect(only(chat).seq).toBe(0)
    move(chat, 'one', 4)
    expect(only(chat).seq).toBe(4)
    expect(refusals(move(chat, 'one', 2))).toEqual([])
    expect(only(chat).seq).toBe(4)
    expect(refusals(move(chat, 'one', chat.state.seq + 2))).toEqual(['cursor-beyond'])
    expect(only(chat).seq).toBe(4)
  })

  test('[CU4] [D3] a move that is repeated under its number is answered, and done once', () => {
    const chat = chatOfTwo()
    chat.ask('one', claim(), 1)
    const { turn } = only(chat)
    const body: Body = { type: 'cursor-move', cursor: 'etl', turn, seq: 3 }
    expect(chat.ask('one', body, 2).map(({ type }) => type)).toEqual(['cursored', 'done'])
    expect(chat.ask('one', body, 2).map(({ type }) => type)).toEqual(['repeated'])
  })
})

describe('[CU3] the turn passes at the place that was reached', () => {
  test.each([
    ['leaves', (chat: AccountChat) => chat.ask('one', { type: 'cursor-leave', cursor: 'etl' })],
    ['quits', (chat: AccountChat) => chat.ask('one', { type: 'quit', reason: null })],
    ['is signed out', (chat: AccountChat) => chat.ask('one', { type: 'logout', everywhere: false })],
  ])('[CU3] when the holder %s', (_, ends) => {
    const chat = chatOfTwo()
    chat.ask('one', claim())
    chat.ask('two', claim())
    move(chat, 'one', 5)
    const { turn } = only(chat)
    expect(turns(ends(chat))).toEqual(['two holding 5'])
    expect(holderOf(chat)).toBe('two')
    expect(only(chat).turn).toBeGreaterThan(turn)
    expect(refusals(move(chat, 'spare', 6, turn))).toEqual(['cursor-lost'])
  })

  test('[CU3] a holder that is lost keeps it for a moment, and goes on if it comes back', () => {
    const chat = chatOfTwo()
    chat.ask('one', claim())
    chat.ask('two', claim())
    chat.lose('one')
    expect(chat.after(CURSOR_GRACE_MS - 1)).toEqual([])
    chat.ask('one.2', { type: 'resume', token: 'token of one' })
    expect(chat.after(CURSOR_GRACE_MS * 2)).toEqual([])
    expect(holderOf(chat)).toBe('one')
    expect(refusals(move(chat, 'one', 3))).toEqual([])
  })

  test('[CU3] a holder that stays away loses it to one that waits, and learns it', () => {
    const chat = chatOfTwo()
    chat.ask('one', claim())
    chat.ask('two', claim())
    chat.lose('one')
    expect(nextDue(chat.state)).toBe(chat.at + CURSOR_GRACE_MS)
    expect(turns(chat.after(CURSOR_GRACE_MS))).toEqual(['one lost 0', 'two holding 0'])
    chat.ask('one.2', { type: 'resume', token: 'token of one' })
    expect(refusals(move(chat, 'one', 3))).toEqual(['cursor-lost'])
    expect(turns(chat.ask('one', claim()))).toEqual(['one waiting 0'])
  })

  test('[CU3] while nobody else wants it, it waits for its holder, until the session has lapsed', () => {
    const chat = chatOfTwo()
    chat.ask('one', claim())
    chat.lose('one')
    chat.after(CURSOR_GRACE_MS * 4)
    expect(holderOf(chat)).toBe('one')
    expect(turns(chat.ask('two', claim()))).toEqual(['one lost 0', 'two holding 0'])
  })

  test('[CU3] after a restart the holder goes on, and so does the one that waited', () => {
    const chat = chatOfTwo()
    chat.ask('one', claim())
    chat.ask('two', claim())
    chat.host({ type: 'started', until: chat.at + 60_000 })
    chat.ask('two.2', { type: 'resume', token: 'token of two' })
    chat.ask('one.2', { type: 'resume', token: 'token of one' })
    chat.after(CURSOR_GRACE_MS * 2)
    expect(only(chat)).toMatchObject({ holder: { session: 'one' }, waiting: [{ session: 'two' }] })
  })

  test('[CU3] one that leaves the room can read no more, and gives it up', () => {
    const chat = chatOfTwo()
    chat.ask('one', { type: 'join', room: 'ops' })
    chat.ask('one', claim('etl', 0, 'ops'))
    chat.ask('two', claim('etl', 0, 'ops'))
    chat.ask('two', { type: 'part', room: 'ops', reason: null })
    expect(only(chat)).toMatchObject({ holder: null, waiting: [] })
    expect(refusals(chat.ask('one', claim('etl', 0, 'ops')))).toEqual(['not-in-room'])
  })

  test('[CU3] those that wait have their turns in the order of their claims', () => {
    const chat = chatOfTwo()
    for (const session of ['one', 'spare', 'two']) chat.ask(session, claim())
    chat.ask('one', { type: 'quit', reason: null })
    expect(holderOf(chat)).toBe('spare')
    chat.ask('spare', { type: 'quit', reason: null })
    expect(holderOf(chat)).toBe('two')
  })
})

describe('[CU1] the owner of a cursor', () => {
  test('[CU1] two people with cursors of one name have two', () => {
    const chat = chatOfTwo()
    chat.guest('guest', '田中')
    chat.ask('one', claim())
    chat.ask('guest', claim())
    expect([...chat.state.cursors.values()].map(({ by, holder }) => [by, holder?.session]).sort()).toEqual([
      ['Spider-Man', 'one'],
      ['田中', 'guest'],
    ])
  })

  test('[CU1] a stranger neither sets nor removes it, a keeper does, and so does the host', () => {
    const chat = chatOfTwo()
    chat.person('boss', 'a|b')
    chat.guest('guest', 'José')
    chat.host({ type: 'role', room: null, role: 'administrator', who: targetOf('a|b'), off: false })
    chat.ask('one', claim())
    const owner = targetOf('Spider-Man')
    const set: Body = { type: 'cursor-set', cursor: 'etl', owner, seq: 2 }
    expect(refusals(chat.ask('guest', set))).toEqual(['role-needed'])
    expect(refusals(chat.ask('guest', { type: 'cursor-remove', cursor: 'etl', owner }))).toEqual(['role-needed'])
    expect(refusals(chat.ask('guest', { type: 'cursor-remove', cursor: 'etl' }))).toEqual(['cursor-unknown'])
    expect(only(chat).seq).toBe(0)
    expect(turns(chat.ask('boss', set))).toEqual(['one holding 2'])
    expect(turns(chat.host({ type: 'cursor-remove', cursor: 'etl', owner }))).toEqual(['one removed 2'])
    expect(chat.state.cursors.size).toBe(0)
  })

  test('[CU1] one who may not read its room neither sets it nor sees how far it is behind, and removes it', () => {
    const chat = chatOfTwo()
    chat.person('owner', '田中')
    chat.ask('owner', { type: 'join', room: 'harbour' })
    chat.ask('one', { type: 'join', room: 'harbour' })
    chat.ask('one', claim('etl', null, 'harbour'))
    const set: Body = { type: 'cursor-set', cursor: 'etl', seq: 1 }
    chat.ask('one', { type: 'part', room: 'harbour', reason: null })
    // It could join again.
    expect(seesLag(chat.state, 'one', only(chat))).toBe(true)
    expect(refusals(chat.ask('one', set))).toEqual([])
    chat.ask('owner', { type: 'mode', room: 'harbour', mode: 'invite-only', value: true, key: null, ms: null })
    expect(seesLag(chat.state, 'one', only(chat))).toBe(false)
    expect(seesLag(chat.state, HOST_SESSION, only(chat))).toBe(true)
    expect(refusals(chat.ask('one', set))).toEqual(['not-in-room'])
    expect(refusals(chat.ask('one', { type: 'cursor-remove', cursor: 'etl' }))).toEqual([])
    expect(chat.state.cursors.size).toBe(0)
  })

  test('[CU1] [CU4] its owner sets it, also back, and what the holder handled before moves nothing', () => {
    const chat = chatOfTwo()
    chat.ask('one', claim())
    move(chat, 'one', 5)
    const { turn } = only(chat)
    expect(turns(chat.ask('spare', { type: 'cursor-set', cursor: 'etl', seq: 1 }))).toEqual(['one holding 1'])
    expect(refusals(move(chat, 'one', 6, turn))).toEqual(['cursor-lost'])
    expect(only(chat).seq).toBe(1)
    chat.ask('spare', { type: 'cursor-set', cursor: 'etl', seq: null })
    expect(only(chat).seq).toBe(chat.state.seq)
  })

  test('[CU1] a guest keeps it under a new name, has it again under its old one, and takes it into its account', () => {
    const chat = new AccountChat()
    chat.guest('guest', 'José')
    chat.ask('guest', claim())
    chat.ask('guest', { type: 'nick', name: nameOf('Pepe') })
    expect(refusals(move(chat, 'guest', 3))).toEqual([])
    chat.ask('guest', { type: 'quit', reason: null })
    expect(only(chat)).toMatchObject({ holder: null, seq: 3 })
    chat.guest('again', 'José')
    expect(turns(chat.ask('again', claim('etl', null)))).toEqual(['again holding 3'])
    chat.ask('again', { type: 'register', credential: { id: 'k', label: '', proof: { kind: 'key', key: 'k' } } })
    expect(only(chat).owner).toBe(`account:${chat.account('José').id}`)
    expect(refusals(move(chat, 'again', 4))).toEqual([])
  })

  test('[CU1] a new token of the same name has the cursors of one that was revoked', () => {
    const chat = new AccountChat()
    const grant = (id: string): Body => ({
      ...{ type: 'grant', grant: id, name: nameOf('ci'), secret: id, room: null, read: true, write: false },
    })
    chat.host(grant('g1'))
    chat.ask('g1', as(claim(), 'a'))
    chat.ask('g1', as({ type: 'cursor-move', cursor: 'etl', turn: only(chat).turn, seq: 2 }, 'a'))
    chat.host({ type: 'revoke', who: targetOf('ci') })
    expect(only(chat)).toMatchObject({ holder: null, seq: 2 })
    expect(refusals(chat.ask('g1', as(claim(), 'a')))).toEqual(['not-entered'])
    chat.host(grant('g2'))
    chat.ask('g2', as(claim(), 'a'))
    expect(only(chat)).toMatchObject({ holder: { session: 'g2' }, seq: 2 })
  })

  test('[CU1] the cursors of an account go with it', () => {
    const chat = chatOfTwo()
    chat.ask('one', claim())
    chat.host({ type: 'account-remove', account: chat.account('Spider-Man').id })
    expect(chat.state.cursors.size).toBe(0)
    expect(nextDue(chat.state)).toBeNull()
  })
})

test('[CU3] the programs of a token have leases, which their requests renew', () => {
  const chat = new AccountChat()
  chat.host({ type: 'grant', grant: 'g', name: nameOf('ci'), secret: 's', room: 'lobby', read: true, write: false })
  chat.ask('g', as(claim(), 'a'))
  chat.ask('g', as(claim(), 'b'))
  chat.after(CURSOR_LEASE_MS - 1)
  chat.ask('g', as({ type: 'cursor-move', cursor: 'etl', turn: only(chat).turn, seq: 1 }, 'a'))
  chat.after(CURSOR_LEASE_MS - 1)
  expect(only(chat).holder).toMatchObject({ as: 'a' })
  chat.ask('g', as(claim(), 'b'))
  chat.after(1)
  expect(only(chat)).toMatchObject({ holder: { as: 'b' }, seq: 1, waiting: [] })
  expect(refusals(chat.ask('g', as(claim('etl', 0, 'ops'), 'a')))).toEqual(['not-granted'])
})

describe('[CU6] bounds', () => {
  test('[CU6] an unused cursor is gone after a month, that of a guest after a week', () => {
    const chat = chatOfTwo()
    chat.guest('guest', 'José')
    chat.ask('one', claim())
    chat.ask('guest', claim())
    for (const session of ['one', 'guest']) chat.ask(session, { type: 'cursor-leave', cursor: 'etl' })
    chat.after(GUEST_CURSOR_KEPT_MS)
    expect([...chat.state.cursors.values()].map(({ by }) => by)).toEqual(['Spider-Man'])
    chat.after(CURSOR_KEPT_MS - GUEST_CURSOR_KEPT_MS - 1)
    expect(chat.state.cursors.size).toBe(1)
    chat.after(1)
    expect(chat.state.cursors.size).toBe(0)
  })

  test('[CU6] [R7] a clock that is set moves no end', () => {
    const chat = chatOfTwo()
    chat.ask('one', claim())
    chat.ask('two', claim())
    chat.lose('one')
    chat.at -= 86_400_000
    chat.after(0)
    expect(chat.after(CURSOR_GRACE_MS - 1)).toEqual([])
    expect(turns(chat.after(1))).toEqual(['one lost 0', 'two holding 0'])
  })

  test('[CU6] an owner, a guest, all guests and a cursor have as many as they may', () => {
    const chat = chatOfTwo()
    for (let k = 0; k < CURSORS_PER_OWNER; k++) chat.ask('one', claim(`c${k}`))
    const remedy = 'Remove one of yours first (rxchat cursors remove), or ask the host.'
    expect(sentences(chat.ask('one', claim('more')))).toEqual([`You have 100 cursors, the maximum. ${remedy}`])
    for (let guest = 0; guest < CURSORS_OF_GUESTS_MAX / CURSORS_PER_GUEST; guest++) {
      chat.guest(`g${guest}`, `guest ${guest}`.replace(' ', ''))
      for (let k = 0; k < CURSORS_PER_GUEST; k++) expect(refusals(chat.ask(`g${guest}`, claim(`c${k}`)))).toEqual([])
      expect(refusals(chat.ask(`g${guest}`, claim('more')))).toEqual(['cursors-full'])
    }
    chat.guest('late', 'late')
    expect(sentences(chat.ask('late', claim()))).toEqual([`Guests have 200 cursors, the maximum. ${remedy}`])
    chat.host({ type: 'grant', grant: 'g', name: nameOf('ci'), secret: 's', room: null, read: true, write: false })
    chat.ask('g', as(claim(), 'holder'))
    for (let k = 0; k <= CURSOR_WAITING_MAX; k++) {
      const full = k === CURSOR_WAITING_MAX ? ['cursor-waiting-full'] : []
      expect(refusals(chat.ask('g', as(claim(), `w${k}`)))).toEqual(full)
    }
  })

  test('[CU1] a cursor stays in its room', () => {
    const chat = chatOfTwo()
    chat.ask('one', { type: 'join', room: 'ops' })
    chat.ask('one', claim())
    expect(refusals(chat.ask('one', claim('etl', 0, 'ops')))).toEqual(['cursor-elsewhere'])
    expect(refusals(chat.ask('one', claim('new', chat.state.seq + 2)))).toEqual(['cursor-beyond'])
  })
})

test('[CU4] [R6] a snapshot has the place, the turn and the waiting programs', () => {
  const chat = chatOfTwo()
  chat.ask('one', claim())
  chat.ask('two', claim())
  move(chat, 'one', 3)
  chat.lose('one')
  const restored = fromSnapshot(toSnapshot(chat.state))
  expect(restored?.cursors.toJS()).toEqual(chat.state.cursors.toJS())
  expect(nextDue(restored ?? chat.state)).toBe(nextDue(chat.state))
})
