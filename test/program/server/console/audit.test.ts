/** The log of all places: the latest acts by their order in the journal, regardless of their places. */
import fc from 'fast-check'
import { List } from 'immutable'
import { expect, test } from 'vitest'
import { nothingTyped, remember } from '../../../../src/client/input/typed-lines.ts'
import { LOGGED_MAX } from '../../../../src/model/limits.ts'
import { withoutKey } from '../../../../src/model/slash/modes.ts'
import { type LoggedAct, NO_RULES, placeOfRules } from '../../../../src/model/state/keeping.ts'
import { initialState } from '../../../../src/model/state.ts'
import { auditOf } from '../../../../src/program/server/console/commands/audit-command.ts'
import { seedOf } from '../../../helpers/seeds.ts'

const ROOMS = [null, 'lobby', 'ops', 'tea'] as const
const act = (seq: number, room: string | null, who: string, by: string): LoggedAct => ({
  ...{ seq, at: seq, act: 'mute', room, by, byId: null, who, whoId: null },
  ...{ rule: null, value: null, reason: null, until: null },
})

/** Each with its log of at most LOGGED_MAX acts. */
const rulesOf = (acts: readonly LoggedAct[]) =>
  ROOMS.reduce((rules, room) => {
    const log = List(acts.filter(one => one.room === room).slice(-LOGGED_MAX))
    return log.isEmpty() ? rules : rules.set(placeOfRules(room), { ...NO_RULES, log })
  }, initialState.rules)

const anyActs = fc
  .array(fc.tuple(fc.constantFrom(...ROOMS), fc.constantFrom('ЗОЯ', '田中'), fc.constantFrom('Mr.Blue', 'zоя')), {
    maxLength: 60,
  })
  .map(all => all.map(([room, who, by], k) => act(k + 1, room, who, by)))

test('is the log of one place, or of all, about somebody or everybody', () => {
  fc.assert(
    fc.property(anyActs, acts => {
      const rules = rulesOf(acts)
      expect(auditOf({ rules }, { room: null, name: null })).toEqual(acts)
      expect(auditOf({ rules }, { room: 'ops', name: null })).toEqual(acts.filter(({ room }) => room === 'ops'))
      expect(auditOf({ rules }, { room: null, name: '田中' })).toEqual(acts.filter(({ who }) => who === '田中'))
    }),
    { seed: seedOf(73) },
  )
})

test('has the latest LOGGED_MAX acts', () => {
  const acts = Array.from({ length: 3 * LOGGED_MAX }, (_, k) => act(k + 1, ROOMS[k % 3] ?? null, 'ЗОЯ', 'Host'))
  const latest = auditOf({ rules: rulesOf(acts) }, { room: null, name: null })
  expect(latest.map(({ seq }) => seq)).toEqual(acts.slice(-LOGGED_MAX).map(({ seq }) => seq))
})

test.each([
  ['MODE key open-says-me in ops', 'MODE key'],
  ['mode KEY open-says-me', 'mode KEY'],
  ['MODE slow 10s in ops', 'MODE slow 10s in ops'],
  ['the MODE key is fine', 'the MODE key is fine'],
])('the console remembers %s as %s', (typed, kept) => {
  expect(remember(nothingTyped, typed, withoutKey).lines).toEqual([kept])
})
