/** The ends of live messages, as events. */
import type { Event } from '../../model/event.ts'
import type { FinishedEvent, LiveEnd } from '../../model/message/live.ts'
import type { Live } from '../../model/state/lives.ts'
import type { State } from '../../model/state.ts'
import { knownName } from '../keeping/refusals.ts'
import { accountMark } from '../rules/lookup.ts'

export const finished = (
  state: State,
  { seq, room, author, size }: Live,
  end: Omit<LiveEnd, 'size'>,
): FinishedEvent => ({
  ...{ type: 'finished', room, target: seq, from: knownName(state, author) ?? '', author },
  ...accountMark(state, author),
  ...{ size, ...end },
})

/** The name of an author who is gone is the one before. */
export const interrupts = (after: State, before: State, lives: readonly Live[]): readonly Event[] =>
  lives.map(live => {
    const end = { status: null, ms: null, interrupted: true } as const
    const now = finished(after, live, end)
    return now.from === '' ? { ...now, from: finished(before, live, end).from } : now
  })

/** Nothing came for too long from a token. */
export const liveOver = (state: State, seq: number): readonly Event[] => {
  const live = state.lives.get(seq)
  return live ? interrupts(state, state, [live]) : []
}

/** Of messages up to this input nothing is kept. */
export const livesForgotten = (state: State, until: number): readonly Event[] =>
  interrupts(
    state,
    state,
    [...state.lives.values()].filter(({ seq }) => seq <= until),
  )
