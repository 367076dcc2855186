/**
 * Several servers on one journal (docs/spec.md, R14). A server takes part from its `started` on, until it stops or
 * another one says that it is down. A server that was only slow may still write after that: its inputs are refused.
 */
import type { Event, EventOf } from '../../model/event.ts'
import type { Input, InputOf } from '../../model/input.ts'
import { isOf, runOf } from '../../model/state/node.ts'
import type { State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import { losing } from './leaving.ts'
import { sessionOf } from './lookup.ts'
import { dueIn } from './time.ts'

/**
 * Whether an input comes from a server that doesn't take part, from an earlier run of one that does, or for a session
 * that has gone on at another server since. It uses up no number: the client repeats it where it is connected now.
 */
export function isFenced(state: State, input: Input): boolean {
  if (state.format < 5 || input.type === 'started' || input.type === 'format') return false
  const { origin } = input
  const node = state.nodes.get(origin)
  if (node === undefined || !isOf(input, node.run)) return true
  // An upload is a request of its own, at whichever server it arrives.
  if (input.type === 'upload') return false
  const session = sessionOf(state, input.session)
  return session !== undefined && session.origin !== origin
}

/**
 * After a start, no session of this server has a connection. All are lost, and their grace counts from now. Without any
 * server, nobody could come back: the first that starts counts the grace of all sessions anew.
 */
export function decideStarted(state: State, input: InputOf<'started'>): readonly Event[] {
  const { origin, until, address, reads } = input
  const due = dueIn(state, input, until)
  if (state.format < 5) return losing(state, origin, due)
  const lost = losing(state, isWithoutOthers(state, origin) ? null : origin, due)
  const said =
    state.format < 6 ? {} : { ...(address !== undefined && { address }), ...(reads !== undefined && { reads }) }
  return [...lost, { type: 'node-started', node: origin, run: runOf(input), ...said }]
}

export const decideStopped = (state: State, input: InputOf<'stopped'>): readonly Event[] =>
  ended(state, input, input.origin, runOf(input))

/** The report may be late: another run of that server has started meanwhile. */
export const decideDown = (state: State, input: InputOf<'down'>): readonly Event[] =>
  ended(state, input, input.node, input.run)

function ended(state: State, input: InputOf<'stopped' | 'down'>, node: string, run: string): readonly Event[] {
  if (state.nodes.get(node)?.run !== run) return []
  return [...losing(state, node, dueIn(state, input, input.until)), { type: 'node-ended', node, run }]
}

export function evolveNodes(state: State, event: EventOf<'node-started' | 'node-ended'>): State {
  if (event.type === 'node-ended') return { ...state, nodes: state.nodes.delete(event.node) }
  const { type: _, node, ...said } = event
  return { ...state, nodes: state.nodes.set(node, { ...said, since: state.seq, offset: state.offset }) }
}

/** Whether all servers that take part read the rules of this format. */
export const allRead = ({ nodes }: State, format: number): boolean =>
  nodes.every(({ reads = UNSAID_READS }) => reads >= format)

/** The rules that a server reads if it started before it could report them. */
const UNSAID_READS = 5

/** Whether no other server takes part. */
export const isWithoutOthers = ({ nodes }: State, origin: string): boolean => nodes.size === (nodes.has(origin) ? 1 : 0)

/** Whether this run of a server is the warden. */
export const isWarden = (state: State, origin: string, run: string): boolean =>
  wardenOf(state) === origin && state.nodes.get(origin)?.run === run

/** Whether this run of a server has ended with the step. */
export const endsRun = ({ events }: Step, origin: string, run: string): boolean =>
  events.some(({ event }) => event.type === 'node-ended' && event.node === origin && event.run === run)

/**
 * The server with the duties that one server has for all, such as ticks: the one that has been here the longest. Null:
 * none has started.
 */
export function wardenOf({ nodes }: State): string | null {
  let [warden, least] = [null as string | null, Number.POSITIVE_INFINITY]
  for (const [node, { since }] of nodes) if (since < least) [warden, least] = [node, since]
  return warden
}
