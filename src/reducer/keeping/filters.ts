/** Word filters: which there are. What a text matches is found at ingress and carried in its input. */
import type { Event, EventOf } from '../../model/event.ts'
import type { InputOf } from '../../model/input.ts'
import { FILTER_EXPRESSIONS_MAX, FILTERS_MAX } from '../../model/limits.ts'
import type { FilterKind } from '../../model/state/keeping.ts'
import type { State } from '../../model/state.ts'
import { may } from '../may.ts'
import { keeperOf } from '../rules/lookup.ts'
import { refuse } from '../rules/refuse.ts'
import { acted, staffOf } from './log.ts'
import { rulesOf, withRules } from './places.ts'
import { refuseRole } from './refusals.ts'

/** The same pattern again changes what is done about it. */
export function decideFilter(state: State, input: InputOf<'filter'>): readonly Event[] {
  const { room, is, pattern, action } = input
  if (!may(state, input.session, 'filter', { room })) return refuseRole(state, input, 'filter', room)
  if (room !== null && !state.rooms.has(room)) return refuse(input, 'room-unknown', room)
  const { filters } = rulesOf(state, room)
  const same = filters.find(one => one.is === is && one.pattern === pattern)
  if (same?.action === action) return []
  const most = is === 'words' ? FILTERS_MAX : FILTER_EXPRESSIONS_MAX
  if (!same && filtersCount(state, is) >= most) return refuse(input, 'filters-full', `${most}`)
  const filter = { id: state.seq, is, pattern, action, by: keeperOf(state, input).name, at: state.at }
  const replaced: readonly Event[] = same ? [{ type: 'unfiltered', room, filter: same.id }] : []
  const act = { act: 'filter', room, rule: state.seq, value: `${action} ${pattern}` } as const
  return [...replaced, { type: 'filtered', room, ...filter }, acted(state, input, act, staffOf(state, room))]
}

const filtersCount = ({ rules }: State, is: FilterKind): number =>
  rules.reduce((sum, { filters }) => sum + filters.count(one => one.is === is), 0)

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
