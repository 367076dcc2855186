import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Body } from '../../../src/model/input.ts'
import { CURSOR_GRACE_MS } from '../../../src/model/limits.ts'
import { type Consumer, type Cursor, cursorKey } from '../../../src/model/state/cursor.ts'
import type { State } from '../../../src/model/state.ts'
import { fromSnapshot, toSnapshot } from '../../../src/reducer/snapshot.ts'
import { AccountChat } from '../../helpers/account-chat.ts'
import { nameOf as named } from '../../helpers/arbitrary-inputs.ts'
import { runs } from '../../helpers/seeds.ts'

/** Three sessions of an account, two programs of a token, and a guest; or the holder of the account's cursor. */
const WHO = ['one', 'two', 'three', 'token/a', 'token/b', 'guest', 'holder', 'holder'] as const
type Who = (typeof WHO)[number]

type Move =
  | { readonly who: Who; readonly does: 'claim' | 'leave' | 'lose' | 'resume' | 'move' | 'stale' | 'say' }
  | { readonly who: Who; readonly does: 'set'; readonly back: number }
  | { readonly who: Who; readonly does: 'wait'; readonly ms: number }

const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    fc.record({
      who: fc.constantFrom(...WHO),
      does: fc.constantFrom(
        ...(['claim', 'claim', 'claim', 'leave', 'lose', 'resume', 'move', 'move', 'stale', 'say'] as const),
      ),
    }),
    fc.record({ who: fc.constantFrom(...WHO), does: fc.constant('set' as const), back: fc.nat(20) }),
    fc.record({ who: fc.constantFrom(...WHO), does: fc.constant('wait' as const), ms: fc.nat(CURSOR_GRACE_MS * 2) }),
  ),
  { minLength: 5, maxLength: 60, size: 'max' },
)

/** A story is short, and few of them have a turn that passes on. */
const OFTEN = { numRuns: runs(200) }

type Happened = { readonly input: Body & { readonly session: string }; readonly before: State; readonly after: State }

/** The events of the moves, input by input. */
function played(all: readonly Move[]): readonly Happened[] {
  const chat = new AccountChat()
  const account = chat.person('one', 'Spider-Man')
  for (const session of ['two', 'three']) chat.enter(session, account, 'pw-one')
  chat.guest('guest', '田中')
  chat.host({ type: 'grant', grant: 'token', name: named('ci'), secret: 's', room: null, read: true, write: true })
  const happened: Happened[] = []
  let links = 0
  const ask = (session: string, body: Body): void => {
    const before = chat.state
    chat.ask(session, body)
    happened.push({ input: { ...body, session }, before, after: chat.state })
  }
  for (const move of all) {
    const held = chat.state.cursors.find(({ owner }) => owner === `account:${account.id}`)?.holder?.session
    const [session = '', as] = (move.who === 'holder' ? (held ?? 'one') : move.who).split('/')
    const mine = { cursor: 'etl', ...(as === undefined ? {} : { as }) }
    const cursor = chat.state.cursors.find(({ holder }) => holder?.session === session && holder.as === as)
    switch (move.does) {
      case 'claim':
        ask(session, { type: 'cursor-claim', ...mine, room: 'lobby', from: 0 })
        break
      case 'leave':
        ask(session, { type: 'cursor-leave', ...mine })
        break
      case 'move':
      case 'stale': {
        const turn = (cursor?.turn ?? 1) - (move.does === 'stale' ? 1 : 0)
        ask(session, { type: 'cursor-move', ...mine, turn, seq: Math.max(0, chat.state.seq - 3) })
        break
      }
      case 'set':
        ask(session, { type: 'cursor-set', cursor: 'etl', seq: Math.max(0, chat.state.seq - move.back) })
        break
      case 'say':
        ask('guest', { type: 'say', room: 'lobby', action: false })
        break
      case 'lose':
        ask(session, {
          ...{ type: 'lost', via: chat.state.sessions.get(session)?.via ?? '', until: chat.at + 600_000 },
        })
        break
      case 'resume':
        ask(`link ${links++}`, { type: 'resume', token: `token of ${session}`, enter: null })
        break
      case 'wait':
        chat.at += move.ms
        ask('host', { type: 'tick' })
    }
  }
  return happened
}

const consumers = ({ holder, waiting }: Cursor): readonly Consumer[] => [...(holder ? [holder] : []), ...waiting]
const nameOf = ({ session, as }: Consumer): string => `${session} ${as ?? ''}`

test('[CU2] [CU3] a program wants a cursor once, and only one that is here; nobody waits while nobody has it', () => {
  let held = 0
  let waiting = 0
  fc.assert(
    fc.property(moves, all => {
      for (const { after } of played(all)) {
        for (const [key, cursor] of after.cursors) {
          expect(key).toBe(cursorKey(cursor))
          const all = consumers(cursor)
          expect(new Set(all.map(nameOf)).size).toBe(all.length)
          for (const { session } of all) expect(after.sessions.has(session) || after.grants.has(session)).toBe(true)
          if (cursor.holder === null) expect(cursor.waiting).toEqual([])
          held += cursor.holder ? 1 : 0
          waiting += cursor.waiting.length
        }
      }
    }),
    OFTEN,
  )
  expect(held).toBeGreaterThan(1000)
  expect(waiting).toBeGreaterThan(50)
})

test('[CU2] [CU4] a place moves forward, by its holder, under its turn; only a set moves it otherwise', () => {
  let moved = 0
  fc.assert(
    fc.property(moves, all => {
      for (const { input, before, after } of played(all)) {
        for (const [key, cursor] of after.cursors) {
          const was = before.cursors.get(key)
          if (!was || was.seq === cursor.seq) continue
          expect(cursor.seq).toBeLessThanOrEqual(after.seq)
          if (input.type === 'cursor-set') continue
          expect(input).toMatchObject({ type: 'cursor-move', session: was.holder?.session, turn: was.turn })
          expect(cursor.seq).toBeGreaterThan(was.seq)
          moved++
        }
      }
    }),
    OFTEN,
  )
  expect(moved).toBeGreaterThan(50)
})

test('[CU3] another holder has another turn, from the same place', () => {
  let passed = 0
  fc.assert(
    fc.property(moves, all => {
      for (const { input, before, after } of played(all)) {
        for (const [key, cursor] of after.cursors) {
          const was = before.cursors.get(key)
          if (!was || !cursor.holder || !was.holder || nameOf(was.holder) === nameOf(cursor.holder)) continue
          expect(cursor.turn).toBe(after.seq)
          if (input.type !== 'cursor-set') expect(cursor.seq).toBe(was.seq)
          passed++
        }
      }
    }),
    OFTEN,
  )
  expect(passed).toBeGreaterThan(20)
})

test('[CU4] [R6] cursors survive a restart by a snapshot', () => {
  fc.assert(
    fc.property(moves, all => {
      const state = played(all).at(-1)?.after
      if (!state) return
      const restored = fromSnapshot(toSnapshot(state))
      expect(restored?.cursors.toJS()).toEqual(state.cursors.toJS())
    }),
    OFTEN,
  )
})
