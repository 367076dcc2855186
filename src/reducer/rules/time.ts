/**
 * The room's time, taken from the inputs of any server (docs/spec.md, R7). It doesn't run backwards, except to follow a
 * clock that was corrected. Waiting periods (a grace, a week) move along with it, so that they keep their length.
 */
import type { Input } from '../../model/input.ts'
import { CLOCK_AHEAD_MS } from '../../model/limits.ts'
import { isOf, type Node } from '../../model/state/node.ts'
import type { State } from '../../model/state.ts'
import { movedCursor } from '../cursors/turns.ts'

/** The state at the place and time of `input`. Under format 1, time never goes back. */
export function inTime(state: State, input: Input, seq: number): State {
  if (state.format >= 5) return inSharedTime(state, input, seq)
  const set = state.format < 2 ? state : moved(state, input.set ?? 0)
  const ahead = set.at - input.at
  if (ahead > CLOCK_AHEAD_MS && state.format >= 2) return { ...moved(set, -ahead), seq }
  return { ...set, at: Math.max(set.at, input.at), seq }
}

/**
 * Since format 5: servers on one machine share a clock, and each reports the time that it was set to. The room's time
 * follows the first report; the others say nothing new. Earlier inputs of such a server are read by the clock as it is
 * set now. A server that doesn't take part has no time.
 */
function inSharedTime(state: State, input: Input, seq: number): State {
  const { origin, offset, at } = input
  const node = state.nodes.get(origin)
  const isHere = node !== undefined && isOf(input, node.run)
  if (!isHere && input.type !== 'started' && input.type !== 'format') return { ...state, seq }
  if (offset === undefined) return atTime(state, at + lateness(state, node), seq)
  // The first server after all have gone may be on a machine that was started anew.
  const isFirst = !isHere && state.nodes.size === (node ? 1 : 0)
  const by = isFirst ? 0 : offset - (state.offset ?? offset)
  const nodes = isHere ? state.nodes.set(origin, { ...node, offset }) : state.nodes
  return atTime({ ...moved(state, by), nodes, offset }, at, seq)
}

/** The change of the clock since the server's last report, by the reports of others meanwhile. */
const lateness = ({ offset }: State, node: Node | undefined): number =>
  offset === null || !node || node.offset === null ? 0 : offset - node.offset

function atTime(state: State, at: number, seq: number): State {
  const ahead = state.at - at
  if (ahead > CLOCK_AHEAD_MS) return { ...moved(state, -ahead), seq }
  return { ...state, at: Math.max(state.at, at), seq }
}

/** The end of a grace in the room's time. `until` is its end by the clock of the input. */
export const dueIn = ({ format, at }: State, input: Input, until: number): number =>
  format < 2 ? until : at + until - input.at

/** The same moment by another clock. All waiting periods keep their length. */
function moved(state: State, ms: number): State {
  if (ms === 0) return state
  const later = <T extends { readonly until: number }>(kept: T): T => ({ ...kept, until: kept.until + ms })
  return {
    ...state,
    at: state.at + ms,
    due: state.due.map(until => until + ms),
    lapsed: state.lapsed.map(later),
    topics: state.topics.map(later),
    invites: state.invites.map(later),
    fresh: state.fresh.map(until => until + ms),
    absent: state.absent.map(until => until + ms),
    ends: state.ends.map(until => until + ms),
    ended: state.ended.isEmpty() ? state.ended : state.ended.map(one => ({ ...one, ended: one.ended + ms })),
    rules: state.rules.map(one => (one.spoke.size === 0 ? one : { ...one, spoke: one.spoke.map(at => at + ms) })),
    cursors: state.cursors.map(movedCursor(ms)),
    accounts: state.accounts.map(one => (one.held.length === 0 ? one : { ...one, held: one.held.map(later) })),
  }
}
