/** The version of the rules. Inputs raise it, nothing lowers it: old inputs keep their meaning (docs/spec.md, R9). */
import type { Event } from '../model/event.ts'
import { FORMAT } from '../model/format.ts'
import type { Input } from '../model/input.ts'
import { readsFrom } from '../model/state/reads.ts'
import type { State } from '../model/state.ts'
import type { Step } from '../model/step.ts'
import { withLoggedActs } from './rules/hook-events.ts'
import { allRead } from './rules/nodes.ts'

/** From format 6 on, the rules change only when all servers that take part read the new ones. */
export function decideFormat(state: State, { format }: Extract<Input, { type: 'format' }>): readonly Event[] {
  const isReady = state.format < 6 || allRead(state, format)
  return format > state.format && isReady ? [{ type: 'formatted', format }] : []
}

/** The rules of this version don't know such an input: programs that read no later ones refuse it (docs/spec.md, R9). */
export const isInForce = ({ format }: State, { type }: Pick<Input, 'type'>): boolean =>
  SINCE.every(([since, types]) => format >= since || !types.has(type))

const SINCE_7: ReadonlySet<Input['type']> = new Set([
  ...(['restrict', 'restrict-network', 'lift', 'role', 'mode', 'filter', 'unfilter'] as const),
  ...(['admit', 'purge', 'purged', 'release', 'drop', 'ignore', 'match', 'carry', 'spent'] as const),
])

const SINCE_8: ReadonlySet<Input['type']> = new Set([
  ...(['edit', 'show-edit', 'react', 'pin', 'upload', 'files-erased', 'files-forgotten', 'picture'] as const),
  ...(['push', 'unpush', 'push-gone', 'carry-push'] as const),
])

/** Inputs of format 9. */
const SINCE_9: ReadonlySet<Input['type']> = new Set([
  ...(['answer', 'close', 'hand', 'grow', 'finish', 'rotate-hook'] as const),
  ...(['cursor-claim', 'cursor-move', 'cursor-leave', 'cursor-set', 'cursor-remove'] as const),
])

/** The formats with inputs of their own. */
const SINCE = [
  [9, SINCE_9],
  [8, SINCE_8],
  [7, SINCE_7],
] as const

/**
 * Whether rules begin with the step that this program, which reads those up to `reads`, doesn't know. The program must
 * not fold later steps. An input `format` that the rules refuse begins none.
 */
export const isBeyond = ({ after }: Step, reads: number = FORMAT): boolean => after.format > reads

export const raisesFormat = ({ events }: Step): boolean => events.some(({ event }) => event.type === 'formatted')

/**
 * From format 4 on every member has read positions. Earlier messages count as read. From format 7 on the founder of a
 * room has its role in the view. From format 9 on, the state holds the waiting events of hooks.
 */
export function withFormat(before: State, format: number): State {
  const founded = before.format < 7 && format >= 7 ? withFounders(before) : before
  const state = before.format < 9 && format >= 9 ? withLoggedActs(founded) : founded
  if (state.format >= 4 || format < 4) return { ...state, format }
  const members = [...state.members.keys(), ...state.lapsed.valueSeq().map(({ session }) => session.member)]
  const reads = state.reads.withMutations(all => {
    for (const member of members) all.set(member, readsFrom(state.seq))
  })
  return { ...state, format, reads }
}

const withFounders = (state: State): State => ({
  ...state,
  rooms: state.founders.reduce((rooms, by, room) => {
    const view = rooms.get(room)
    return view ? rooms.set(room, { ...view, roles: view.roles.set(by, 'founder') }) : rooms
  }, state.rooms),
})
