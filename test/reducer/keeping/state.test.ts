/** The state of keeping order: whole, bounded, the same after a snapshot, and folded alike by every client. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../../src/model/error.ts'
import { type Event, isPublic } from '../../../src/model/event.ts'
import type { Entry } from '../../../src/model/input.ts'
import {
  HELD_MAX,
  INVITED_MAX,
  LOGGED_MAX,
  LOGGED_PER_ROOM,
  PURGES_MAX,
  ROLES_MAX,
  SANCTIONS_MAX,
} from '../../../src/model/limits.ts'
import { SERVER } from '../../../src/model/state/keeping.ts'
import { initialState, type State } from '../../../src/model/state.ts'
import type { Step } from '../../../src/model/step.ts'
import type { RoomView } from '../../../src/model/view.ts'
import { audience } from '../../../src/reducer/audience.ts'
import { decide } from '../../../src/reducer/decide.ts'
import { evolve } from '../../../src/reducer/evolve.ts'
import { evolveRoom } from '../../../src/reducer/evolve-room.ts'
import { memberKey } from '../../../src/reducer/keeping/sanctions/under.ts'
import { fromSnapshot, toSnapshot } from '../../../src/reducer/snapshot.ts'
import { step } from '../../../src/reducer/step.ts'
import { keepingDays } from '../../helpers/arbitrary-accounts.ts'
import { KEEPING_MOVES } from '../../helpers/arbitrary-keeping.ts'
import { runs } from '../../helpers/seeds.ts'

const check = (property: (steps: readonly Step[], entries: readonly Entry[]) => void, numRuns = 200): void =>
  fc.assert(
    fc.property(keepingDays, ({ steps, entries }) => property(steps, entries)),
    { numRuns: runs(numRuns) },
  )

const eventsOf = (step: Step): readonly Event[] => step.events.map(({ event }) => event)
const last = (steps: readonly Step[]): State => steps.at(-1)?.after ?? initialState

describe('the days', () => {
  test('hold every event of keeping order, every kind of act, and what is refused', () => {
    const [types, acts, codes] = [new Set<string>(), new Set<string>(), new Set<ErrorCode>()]
    for (const { steps } of fc.sample(keepingDays, runs(400))) {
      for (const event of steps.flatMap(eventsOf)) {
        types.add(event.type)
        if (event.type === 'moderated') acts.add(event.act)
        if (event.type === 'rejected') codes.add(event.code)
      }
    }
    expect([...types]).toEqual(
      expect.arrayContaining([
        ...['moderated', 'held', 'unheld', 'restricted', 'lifted', 'carried', 'administered', 'keyed', 'filtered'],
        ...['unfiltered', 'admitted', 'purging', 'purged', 'spent', 'matched', 'ignored', 'returned'],
      ]),
    )
    expect([...acts]).toEqual(
      expect.arrayContaining([
        ...['kick', 'ban', 'unban', 'mute', 'unmute', 'except', 'unexcept', 'op', 'deop', 'voice', 'admin'],
        ...['invite', 'mode', 'filter', 'unfilter', 'purge', 'warn', 'release', 'drop'],
      ]),
    )
    expect([...codes]).toEqual(
      expect.arrayContaining([
        ...['banned', 'banned-here', 'muted', 'moderated', 'locked-down', 'filtered', 'role-needed'],
        ...['outranked', 'invite-only', 'sanction-unknown', 'name-filtered', 'account-only'],
      ]),
    )
    expect(Object.keys(KEEPING_MOVES).length).toBeGreaterThan(15)
  })
})

describe('[R1] [J7] a snapshot', () => {
  test('gives the same state again, and what follows goes on as from the start', () => {
    check((steps, entries) => {
      const cut = Math.floor(steps.length / 2)
      const kept = toSnapshot(steps[cut]?.after ?? initialState)
      let state = fromSnapshot(kept) as State
      expect(toSnapshot(state)).toBe(kept)
      for (const [k, entry] of entries.slice(cut + 1).entries()) {
        const done = step(state, entry)
        expect(eventsOf(done)).toEqual(eventsOf(steps[cut + 1 + k] as Step))
        state = done.after
      }
      expect(toSnapshot(state)).toBe(toSnapshot(last(steps)))
    })
  })

  test('[R9] before format 7 has nothing of keeping order, and no input of it changes anything', () => {
    check((_, entries) => {
      const old = entries.map(({ input, ...entry }) => ({
        ...entry,
        input: input.type === 'format' ? { ...input, format: 6 } : input,
      }))
      let state = initialState
      for (const entry of old) {
        const { type } = entry.input
        const done = step(state, entry)
        state = done.after
        if (!NEW.has(type)) continue
        const [answer] = eventsOf(done)
        expect(['internal', 'not-entered', 'number-forgotten', 'storage']).toContain(
          answer?.type === 'rejected' ? answer.code : answer?.type,
        )
      }
      expect(toSnapshot(state)).toMatch(/^\{"version":6,/)
      expect(toSnapshot(state)).not.toMatch(/"(roles|modes|sanctions|rules|ends|ignored|obsolete)":/)
      const kept = [
        state.sanctions,
        state.rules,
        state.held,
        state.ends,
        state.purges,
        state.ignored,
        state.administrators,
      ]
      expect(kept.map(({ size }) => size)).toEqual(kept.map(() => 0))
    }, 100)
  })

  const NEW = new Set([
    ...['restrict', 'restrict-network', 'lift', 'role', 'mode', 'filter', 'unfilter', 'admit', 'purge', 'purged'],
    ...['release', 'drop', 'ignore', 'match', 'carry', 'spent'],
  ])
})

describe('[R2] nothing throws', () => {
  test('for any input in any state, and any event that is folded in any state', () => {
    fc.assert(
      fc.property(keepingDays, keepingDays, (one, other) => {
        const state = last(one.steps)
        for (const { input } of other.entries) for (const event of decide(state, input)) evolve(state, event)
        const strange = other.steps.flatMap(eventsOf).reduce(evolve, state)
        expect(strange.rooms.has('lobby')).toBe(true)
      }),
    )
  })
})

describe('[R6] the parts of the state agree', () => {
  test('the index has every sanction and no other, every end belongs to something, and bounds hold', () => {
    check(steps => {
      for (const { after } of steps) {
        const keys = [...after.sanctions.values()].flatMap(({ id, member, keys: own }) =>
          [...(member === null ? [] : [memberKey(member)]), ...own].map(key => `${key} ${id}`),
        )
        const index = [...after.sanctioned].flatMap(([key, numbers]) => numbers.map(number => `${key} ${number}`))
        expect(index.sort()).toEqual([...new Set(keys)].sort())
        for (const key of after.ends.keys()) {
          const [kind, what = ''] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)]
          const modes = what === SERVER ? after.rules.get(SERVER)?.modes : after.rooms.get(what)?.modes
          const isThere = { sanction: after.sanctions.has(Number(what)), held: after.held.has(Number(what)) }[kind]
          expect([key, isThere ?? modes?.lockdown !== undefined]).toEqual([key, true])
        }
        for (const [place, { log, invited }] of after.rules) {
          expect([place, place === SERVER || after.rooms.has(place)]).toEqual([place, true])
          expect(log.size).toBeLessThanOrEqual(place === SERVER ? LOGGED_MAX : LOGGED_PER_ROOM)
          expect(invited.size).toBeLessThanOrEqual(INVITED_MAX)
        }
        for (const { room } of [...after.sanctions.values(), ...after.held.values()]) {
          expect([room, room === null || (after.rooms.has(room) && after.rules.has(room))]).toEqual([room, true])
        }
        for (const { roles } of after.rooms.values()) expect(roles.size).toBeLessThanOrEqual(ROLES_MAX)
        for (const id of after.administrators) expect(after.accounts.has(id)).toBe(true)
        for (const id of after.ignored.keys()) expect(after.accounts.has(id) || after.reads.has(id)).toBe(true)
        expect(after.sanctions.size).toBeLessThanOrEqual(SANCTIONS_MAX)
        expect(after.held.size).toBeLessThanOrEqual(HELD_MAX)
        expect(after.purges.size).toBeLessThanOrEqual(PURGES_MAX)
      }
    })
  })
})

describe('[R5] a client that folds the events of a room has its roles and modes', () => {
  test('from each event that reaches it', () => {
    let seen = 0
    check(steps => {
      for (const { events, at } of steps) {
        for (const { event, before, after } of events) {
          if (!isPublic(event) || event.type === 'held' || event.type === 'told') continue
          if (event.type === 'edited' || event.type === 'reacted' || event.type === 'finished') continue
          const to = audience(event)
          for (const [room, view] of before.rooms) {
            const now = after.rooms.get(room)
            const reaches = to.to === 'everyone' || (to.to === 'rooms' && to.rooms.includes(room))
            if (!now || !reaches) {
              if (now) expect(modesOf(now)).toEqual(modesOf(view))
              continue
            }
            if (event.type === 'moderated') seen++
            expect(modesOf(evolveRoom(view, event, at))).toEqual(modesOf(now))
          }
        }
      }
    })
    expect(seen).toBeGreaterThan(100)
  })

  const modesOf = ({ roles, modes }: RoomView) => [roles.toJSON(), modes]
})
