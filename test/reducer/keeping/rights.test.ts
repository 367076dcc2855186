/** No sequence of inputs changes anything without the right for it (docs/spec.md, R12 and Z2). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Event } from '../../../src/model/event.ts'
import type { Entry, Input, MemberId } from '../../../src/model/input.ts'
import { SERVER } from '../../../src/model/state/keeping.ts'
import type { State } from '../../../src/model/state.ts'
import type { Step } from '../../../src/model/step.ts'
import { memberOf } from '../../../src/reducer/rules/lookup.ts'
import { keepingDays } from '../../helpers/arbitrary-accounts.ts'
import { rankIn } from '../../helpers/sanctioned.ts'
import { runs } from '../../helpers/seeds.ts'

/** Calls `property` with each step on which the host did nothing. */
const check = (property: (step: Step, input: Input, by: MemberId | null) => void): void =>
  fc.assert(
    fc.property(keepingDays, ({ steps, entries }) => {
      for (const [k, step] of steps.entries()) {
        const { input } = entries[k] as Entry
        if (input.session !== 'host') property(step, input, memberOf(step.before, input)?.id ?? null)
      }
    }),
    { numRuns: runs(600) },
  )

const eventsOf = (step: Step): readonly Event[] => step.events.map(({ event }) => event)

/** Of operators, of founders, of administrators. */
const [ADMINISTRATOR, FOUNDER, OPERATOR, NOBODY] = [1, 2, 3, 9] as const
const rankOf = (state: State, by: MemberId | null, room: string | null): number =>
  by === null ? NOBODY : rankIn(state, by, room)

/** Rooms that were there before and are there after. A new one has a founder, and one that is gone has nothing. */
const roomsOf = ({ before, after }: Step) =>
  [...before.rooms].flatMap(([room, view]) => {
    const now = after.rooms.get(room)
    // A room may go and be made again by one input.
    const isSame = now && (view.members.size > 0 || before.founders.has(room) || room === 'lobby')
    return isSame ? [{ room, old: view, now }] : []
  })

describe('[R12] without a right', () => {
  test('roles stay as they are', () => {
    let changed = 0
    check((step, { type }, by) => {
      const { before, after } = step
      for (const { room, old, now } of roomsOf(step)) {
        for (const id of new Set([...old.roles.keys(), ...now.roles.keys()])) {
          if (old.roles.get(id) === now.roles.get(id)) continue
          changed++
          const rank = rankOf(before, by, room)
          const isOwn = id === by && type === 'role' && !now.roles.has(id)
          const needed = now.roles.get(id) === 'operator' || old.roles.get(id) === 'operator' ? FOUNDER : OPERATOR
          const isAbove = rank < rankIn(before, id, room)
          const what = `${type} by ${by}: ${id} was ${old.roles.get(id)} in ${room}, and is ${now.roles.get(id)}`
          // A ban takes a role. A founder's goes with its rooms.
          const may = type === 'restrict' ? rank <= OPERATOR && isAbove : rank <= needed && isAbove
          expect([what, isOwn || may]).toEqual([what, true])
        }
      }
      for (const id of new Set([...before.administrators, ...after.administrators])) {
        if (before.administrators.has(id) === after.administrators.has(id)) continue
        expect([type, id]).toEqual(['role', by])
        expect(after.administrators.has(id)).toBe(false)
      }
    })
    expect(changed).toBeGreaterThan(20)
  })

  test('modes, keys, filters and who is invited stay as they are', () => {
    let changed = 0
    check((step, { type }, by) => {
      const { before, after } = step
      for (const { room, old, now } of roomsOf(step)) {
        const [was, is] = [before.rules.get(room), after.rules.get(room)]
        const isSame =
          old.modes === now.modes &&
          (was?.key ?? null) === (is?.key ?? null) &&
          (!was || !is || (was.filters === is.filters && was.invited === is.invited))
        if (isSame) continue
        changed++
        expect(['mode', 'filter', 'unfilter', 'admit']).toContain(type)
        expect(rankOf(before, by, room)).toBeLessThanOrEqual(OPERATOR)
      }
      const [old, rules] = [before.rules.get(SERVER), after.rules.get(SERVER)]
      if (old?.modes === rules?.modes && old?.filters === rules?.filters) return
      if (old === undefined && rules?.filters.size === 0 && Object.keys(rules.modes).length === 0) return
      expect(rankOf(before, by, null)).toBe(ADMINISTRATOR)
    })
    expect(changed).toBeGreaterThan(50)
  })

  test('sanctions begin on nobody and end for nobody, except on somebody below', () => {
    let [begun, ended] = [0, 0]
    check((step, { type }, by) => {
      const { before, after } = step
      for (const one of after.sanctions.values()) {
        if (before.sanctions.has(one.id)) continue
        begun++
        expect(rankOf(before, by, one.room)).toBeLessThanOrEqual(OPERATOR)
        const isAbove = one.member === null || rankOf(before, by, one.room) < rankIn(before, one.member, one.room)
        expect(one.kind === 'exception' || isAbove).toBe(true)
      }
      for (const one of before.sanctions.values()) {
        if (after.sanctions.has(one.id) || (one.room !== null && !after.rooms.has(one.room))) continue
        // A room that went and was made again begins without any.
        if (
          one.room !== null &&
          before.rooms.get(one.room)?.roles !== after.rooms.get(one.room)?.roles &&
          type !== 'restrict'
        )
          continue
        ended++
        expect(['lift', 'restrict']).toContain(type)
        expect(rankOf(before, by, one.room)).toBeLessThanOrEqual(OPERATOR)
        const isAbove = one.member === null || rankOf(before, by, one.room) < rankIn(before, one.member, one.room)
        expect(one.kind === 'exception' || isAbove).toBe(true)
      }
    })
    expect(Math.min(begun, ended)).toBeGreaterThan(20)
  })

  test('nobody is removed from a room or from the server, except by somebody above', () => {
    let removed = 0
    check((step, { type }, by) => {
      const { before } = step
      for (const event of eventsOf(step)) {
        const isRemoval =
          (event.type === 'parted' && event.by !== undefined) || (event.type === 'quit' && event.cause === 'kicked')
        if (!isRemoval) continue
        const room = event.type === 'parted' ? event.room : null
        removed++
        // A network is matched for oneself alone, and so are the networks of an own session.
        const isOwn = event.member === by || ['match', 'resume', 'hello'].includes(type)
        const isAbove =
          rankOf(before, by, room) <= OPERATOR && rankOf(before, by, room) < rankIn(before, event.member, room)
        // An exception that ends, and a role that is taken, free from bans of networks no more.
        const isFreeNoMore = type === 'lift' || type === 'role'
        const what = `${type} by ${by} removes ${event.member} from ${room}`
        expect([what, isOwn || isAbove || isFreeNoMore]).toEqual([what, true])
      }
      for (const event of eventsOf(step)) {
        if (event.type !== 'ended' || event.code === 'bye' || event.code === 'signed-out' || event.code === 'replaced')
          continue
        const lapsed = before.lapsed.get(event.session)?.session
        const id = (before.sessions.get(event.session) ?? lapsed)?.member ?? ''
        if (event.code !== 'kicked' && event.code !== 'banned') continue
        const isAbove = rankOf(before, by, null) <= ADMINISTRATOR && rankIn(before, id, null) > ADMINISTRATOR
        expect(isAbove || id === by || type === 'match').toBe(true)
      }
    })
    expect(removed).toBeGreaterThan(20)
  })

  test('no message is purged, and none that waits is shown or dropped', () => {
    let [purged, reviewed] = [0, 0]
    check((step, { type }, by) => {
      const { before, after } = step
      for (const purge of after.purges.values()) {
        if (before.purges.has(purge.id)) continue
        purged++
        const rank = rankOf(before, by, purge.room)
        expect(rank).toBeLessThanOrEqual(OPERATOR)
        expect(rank).toBeLessThan(rankIn(before, purge.author, purge.room))
      }
      for (const one of before.held.values()) {
        if (after.held.has(one.seq) || !after.rooms.has(one.room)) continue
        if (before.rooms.get(one.room)?.members.size === 1 && type !== 'release' && type !== 'drop') continue
        reviewed++
        expect(['release', 'drop', 'purge']).toContain(type)
        expect(rankOf(before, by, type === 'purge' ? null : one.room)).toBeLessThanOrEqual(NOBODY - 1)
        if (type !== 'purge') expect(rankOf(before, by, one.room)).toBeLessThanOrEqual(OPERATOR)
      }
    })
    expect(purged).toBeGreaterThan(5)
    expect(reviewed).toBeGreaterThan(0)
  })
})
