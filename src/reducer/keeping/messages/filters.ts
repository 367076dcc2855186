/** The list of word filters. Ingress matches a text with them, and its input carries the result. */
import type { Event, EventOf } from '../../../model/event.ts'
import type { InputOf } from '../../../model/input.ts'
import {
  EXPRESSIONS_OF_ROOMS,
  EXPRESSIONS_PER_ROOM,
  FILTER_EXPRESSIONS_MAX,
  FILTERS_MAX,
  FILTERS_OF_ROOMS,
  FILTERS_PER_ROOM,
} from '../../../model/limits.ts'
import type { FilterKind, Rules } from '../../../model/state/keeping.ts'
import type { State } from '../../../model/state.ts'
import { may } from '../../may.ts'
import { keeperOf } from '../../rules/lookup.ts'
import { refuse } from '../../rules/refuse.ts'
import { acted, staffOf } from '../log.ts'
import { rulesOf, withRules } from '../places.ts'
import { refuseRole } from '../refusals.ts'

/** The same pattern again changes the filter's action. */
export function decideFilter(state: State, input: InputOf<'filter'>): readonly Event[] {
  const { room, is, pattern, action } = input
  if (!may(state, input.session, 'filter', { room })) return refuseRole(state, input, 'filter', room)
  if (room !== null && !state.rooms.has(room)) return refuse(input, 'room-unknown', room)
  const { filters } = rulesOf(state, room)
  const same = filters.find(one => one.is === is && one.pattern === pattern)
  if (same?.action === action) return []
  const full = same ? null : fullAt(state, room, is)
  if (full !== null) return refuse(input, 'filters-full', `${full}`)
  const filter = { id: state.seq, is, pattern, action, by: keeperOf(state, input).name, at: state.at }
  const replaced: readonly Event[] = same ? [{ type: 'unfiltered', room, filter: same.id }] : []
  const act = { act: 'filter', room, rule: state.seq, value: `${action} ${pattern}` } as const
  return [...replaced, { type: 'filtered', room, ...filter }, acted(state, input, act, staffOf(state, room))]
}

const MOST: Readonly<Record<FilterKind, { readonly all: number; readonly rooms: number; readonly room: number }>> = {
  words: { all: FILTERS_MAX, rooms: FILTERS_OF_ROOMS, room: FILTERS_PER_ROOM },
  expression: { all: FILTER_EXPRESSIONS_MAX, rooms: EXPRESSIONS_OF_ROOMS, room: EXPRESSIONS_PER_ROOM },
}

/** The bound that is reached; null: there may be one more. */
function fullAt(state: State, room: string | null, is: FilterKind): number | null {
  const countOf = ({ filters }: Rules): number => filters.count(one => one.is === is)
  const ofServer = countOf(rulesOf(state, null))
  const all = state.rules.reduce((sum, rules) => sum + countOf(rules), 0)
  const most = MOST[is]
  if (all >= most.all) return most.all
  if (room === null) return null
  if (all - ofServer >= most.rooms) return most.rooms
  return countOf(rulesOf(state, room)) >= most.room ? most.room : null
}

export function decideUnfilter(state: State, input: InputOf<'unfilter'>): readonly Event[] {
  const { room, filter } = input
  if (!may(state, input.session, 'filter', { room })) return refuseRole(state, input, 'filter', room)
  const known = rulesOf(state, room).filters.get(filter)
  if (!known) return refuse(input, 'filter-unknown', `${filter}`)
  const act = { act: 'unfilter', room, rule: filter, value: known.pattern } as const
  return [{ type: 'unfiltered', room, filter }, acted(state, input, act, staffOf(state, room))]
}

export function evolveFilters(state: State, event: EventOf<'filtered' | 'unfiltered'>): State {
  const rules = rulesOf(state, event.room)
  if (event.type === 'unfiltered') {
    return withRules(state, event.room, { ...rules, filters: rules.filters.delete(event.filter) })
  }
  const { type: _, room, ...filter } = event
  return withRules(state, room, { ...rules, filters: rules.filters.set(filter.id, filter) })
}
