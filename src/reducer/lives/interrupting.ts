/**
 * A live message ends as interrupted when its author can't write there any more: its session or token is gone, it left the
 * room, or somebody has silenced it. A lost connection alone ends nothing (docs/spec.md, LV4).
 */
import type { Event } from '../../model/event.ts'
import type { Live } from '../../model/state/lives.ts'
import type { State } from '../../model/state.ts'
import { evolve } from '../evolve.ts'
import { writingFault } from '../keeping/messages/writing.ts'
import { may } from '../may.ts'
import { interrupts } from './ending.ts'

/** Events that keep nobody from writing; most inputs have no others. */
const HARMLESS: ReadonlySet<Event['type']> = new Set([
  ...(['said', 'told', 'done', 'rejected', 'repeated', 'grew', 'finished', 'reacted', 'editing', 'edited'] as const),
  ...(['read', 'joined', 'welcomed', 'resumed', 'detached', 'posted', 'reposted', 'forwarded', 'spent'] as const),
])

/** A session may be back from a network that is muted. */
const isHarmless = (event: Event): boolean => HARMLESS.has(event.type) && !('nets' in event)

/** The events, and the ends of the live messages that they interrupt. */
export function withInterrupted(state: State, events: readonly Event[]): readonly Event[] {
  if (state.lives.isEmpty() || events.every(isHarmless)) return events
  const after = events.reduce(evolve, state)
  const over = [...after.lives.values()].filter(live => !mayGoOn(after, live))
  return over.length === 0 ? events : [...events, ...interrupts(after, state, over)]
}

/** A live message that has begun may go on in spite of slow mode. */
function mayGoOn(state: State, { session, author, room }: Live): boolean {
  if (!may(state, session, 'write', { room })) return false
  const unfit = writingFault(state, session, author, room)
  return unfit === null || unfit.code === 'slowed' || unfit.code === 'too-new'
}
