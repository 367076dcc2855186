/**
 * The word filters of all places, compiled. A text is matched when it comes in. A filter holds for the texts that this
 * server takes in after it has folded the filter: it's compiled at once, with the few others that are new. Then all
 * together are compiled anew, in pieces between which everybody is served.
 */
import { compileFilters, compilingFilters, type FilterRule, type Filters } from '../../../matching/filters/filters.ts'
import { SERVER } from '../../../model/state/keeping.ts'
import type { State } from '../../../model/state.ts'
import type { Step, StepEvent } from '../../../model/step.ts'
import type { Clock } from '../../../port/clock.ts'
import { rulesOf } from '../../../reducer/keeping/places.ts'

type Compiled = { readonly filters: Filters; readonly ids: ReadonlySet<number> }
type OfPlace = ReturnType<typeof rulesOf>['filters']

export class FilterSet {
  readonly #turn: Clock['turn']
  /** The sources of the compiled ones, by place. */
  #known: ReadonlyMap<string | null, OfPlace> = new Map()
  #rules: State['rules'] | null = null
  /** Some of these may be removed by now. */
  #whole = compiled([])
  /** Filters that came since. */
  #recent = compiled([])
  #isCompiling = false

  /** All filters of `state` are compiled before it returns. */
  constructor(turn: Clock['turn'], state: State) {
    this.#turn = turn
    this.#whole = compiled(rulesIn(filtersIn(state)))
    this.follow(state)
  }

  /** The filters of the room and of the server that the text matches; `room` null: those of the server alone. */
  inRoom(state: State, text: string, room: string | null): readonly number[] {
    if (state.rules !== this.#rules && !(this.#isKnown(state, null) && this.#isKnown(state, room))) this.follow(state)
    if (this.#known.size === 0) return NONE
    return this.#found(({ filters }) => filters.matching(text, room))
  }

  /** Matches with the filters of all places: the rooms in which a name is read may change until its input is folded. */
  anywhere(state: State, text: string): readonly number[] {
    this.follow(state)
    if (this.#known.size === 0) return NONE
    return this.#found(({ filters }) => filters.anywhere(text))
  }

  /** Takes in folded steps, up to `state`. So filters are compiled before a text asks for them. */
  hear(steps: readonly Step[], state: State): void {
    if (steps.some(({ before, after, events }) => before.rules !== after.rules && events.some(isOfFilters))) {
      this.follow(state)
    }
  }

  /** The filters of this state hold from now on. */
  follow(state: State): void {
    if (state.rules === this.#rules) return
    this.#rules = state.rules
    const known = filtersIn(state)
    if (known.size === this.#known.size && [...known].every(([place, one]) => this.#known.get(place) === one)) return
    this.#known = known
    this.#renew()
  }

  #renew(): void {
    this.#recent = compiled(rulesIn(this.#known).filter(({ id }) => !this.#whole.ids.has(id)))
    if (this.#recent.ids.size > 0 && !this.#isCompiling) this.#compileAll()
  }

  #isKnown(state: State, room: string | null): boolean {
    const { filters } = rulesOf(state, room)
    return filters === this.#known.get(room) || (filters.isEmpty() && !this.#known.has(room))
  }

  /** A filter that was removed since doesn't count. */
  #found(matching: (one: Compiled) => readonly number[]): readonly number[] {
    const [whole, recent] = [matching(this.#whole), matching(this.#recent)]
    if (whole.length === 0 && recent.length === 0) return NONE
    const holds = (id: number): boolean => [...this.#known.values()].some(filters => filters.has(id))
    return [...whole, ...recent].filter(holds).sort((a, b) => a - b)
  }

  /** One piece a turn of the event loop. Filters that come meanwhile are compiled in the next round. */
  #compileAll(): void {
    this.#isCompiling = true
    const rules = rulesIn(this.#known)
    const compiling = compilingFilters(rules)
    const goOn = (): void => {
      const { done, value } = compiling.next()
      if (!done) return this.#turn(goOn)
      this.#isCompiling = false
      this.#whole = { filters: value, ids: new Set(rules.map(({ id }) => id)) }
      this.#renew()
    }
    this.#turn(goOn)
  }
}

const NONE: readonly number[] = []

const isOfFilters = ({ event }: StepEvent): boolean => event.type === 'filtered' || event.type === 'unfiltered'

const compiled = (rules: readonly FilterRule[]): Compiled => ({
  filters: compileFilters(rules),
  ids: new Set(rules.map(({ id }) => id)),
})

const roomOf = (place: string): string | null => (place === SERVER ? null : place)

/** By room; null: of the server. */
const filtersIn = ({ rules }: State): ReadonlyMap<string | null, OfPlace> =>
  new Map([...rules].flatMap(([place, { filters }]) => (filters.isEmpty() ? [] : [[roomOf(place), filters] as const])))

const rulesIn = (known: ReadonlyMap<string | null, OfPlace>): readonly FilterRule[] =>
  [...known].flatMap(([room, filters]) =>
    [...filters.values()].map(({ id, is, pattern }) => ({ id, room, is, pattern })),
  )
