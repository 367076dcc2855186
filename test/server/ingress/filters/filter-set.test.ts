/** The compiled filters follow the state, also through changes while they're being compiled anew. */
import fc from 'fast-check'
import { OrderedMap } from 'immutable'
import { expect, test } from 'vitest'
import { compileFilters } from '../../../../src/matching/filters/filters.ts'
import { type Filter, NO_RULES, placeOfRules } from '../../../../src/model/state/keeping.ts'
import { initialState, type State } from '../../../../src/model/state.ts'
import { FilterSet } from '../../../../src/server/ingress/filters/filter-set.ts'

const WORDS = ['悪い', 'سيئ', 'a_b*']
const PLACES = [null, '部屋'] as const

const filter = (id: number, pattern: string): Filter => ({
  ...{ id, is: 'words', pattern, action: 'refuse', by: 'Host', at: 0 },
})

function withFilters(state: State, room: string | null, filters: OrderedMap<number, Filter>): State {
  const rules = state.rules.get(placeOfRules(room)) ?? NO_RULES
  return { ...state, rules: state.rules.set(placeOfRules(room), { ...rules, filters }) }
}

const filtersOf = (state: State, room: string | null): OrderedMap<number, Filter> =>
  (state.rules.get(placeOfRules(room)) ?? NO_RULES).filters

/** Each rule on its own, without the class. */
function expected(state: State, text: string, room: string | null, everywhere: boolean): readonly number[] {
  const places = everywhere ? PLACES : [null, room]
  const rules = [...new Set(places)].flatMap(place =>
    [...filtersOf(state, place).values()].map(({ id, is, pattern }) => ({ id, room: null, is, pattern })),
  )
  return compileFilters(rules).matching(text, null)
}

test('a text matches the filters that the state has now', () => {
  const place = fc.constantFrom(...PLACES)
  const act = fc.oneof(
    fc.record({ do: fc.constant('add' as const), place, pattern: fc.constantFrom(...WORDS) }),
    fc.record({ do: fc.constant('remove' as const), place, at: fc.nat(2) }),
    fc.record({ do: fc.constant('empty' as const), place }),
    fc.record({ do: fc.constant('turn' as const), turns: fc.nat(8) }),
    fc.record({
      ...{ do: fc.constant('ask' as const), place, everywhere: fc.boolean() },
      text: fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map(words => words.join(' ')),
    }),
  )
  fc.assert(
    fc.property(fc.array(act, { minLength: 20, maxLength: 60 }), acts => {
      let turns: (() => void)[] = []
      let state = initialState
      let id = 0
      const set = new FilterSet(run => void turns.push(run), state)
      for (const one of acts) {
        if (one.do === 'add') {
          id += 1
          state = withFilters(state, one.place, filtersOf(state, one.place).set(id, filter(id, one.pattern)))
        } else if (one.do === 'remove') {
          const known = filtersOf(state, one.place)
          const gone = [...known.keys()][one.at]
          if (gone !== undefined) state = withFilters(state, one.place, known.delete(gone))
        } else if (one.do === 'empty') {
          state = { ...state, rules: state.rules.delete(placeOfRules(one.place)) }
        } else if (one.do === 'turn') {
          for (let turn = 0; turn < one.turns; turn++) {
            const due = turns
            turns = []
            for (const run of due) run()
          }
        } else {
          const { text, place: room, everywhere } = one
          const found = everywhere ? set.anywhere(state, text) : set.inRoom(state, text, room)
          expect(found).toEqual(expected(state, text, room, everywhere))
        }
      }
    }),
  )
})

test('many filters are compiled in pieces, with a turn of the event loop between them', () => {
  let turns: (() => void)[] = []
  const set = new FilterSet(run => void turns.push(run), initialState)
  const filters = OrderedMap(Array.from({ length: 1000 }, (_, at) => [at + 1, filter(at + 1, `word${at}`)] as const))
  const state = withFilters(initialState, null, filters)
  set.follow(state)
  let count = 0
  while (turns.length > 0) {
    const [due = () => {}] = turns
    turns = []
    due()
    count += 1
    expect(set.inRoom(state, `a word${count}`, 'lobby')).toEqual([count + 1])
  }
  expect(count).toBeGreaterThan(10)
})

test('a room that is busy does not have its filters gathered anew for each message', () => {
  const state = withFilters(initialState, null, OrderedMap([[1, filter(1, 'spam')] as const]))
  const set = new FilterSet(() => {}, state)
  let asked = 0
  const counted = new Proxy(state.rules, {
    get(target, key) {
      if (key === Symbol.iterator) asked += 1
      const value = Reflect.get(target, key, target) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  for (let at = 0; at < 10; at++) {
    expect(set.inRoom({ ...state, rules: new Proxy(counted, {}) }, 'spam', 'lobby')).toEqual([1])
  }
  expect(asked).toBe(0)
})
