/** What a session alone is told of an event: that it is in, what a room looks like, how its command ended. */
import type { Encoding, Outgoing, Welcome } from '../codec/codec.ts'
import type { SessionId } from '../model/input.ts'
import type { State } from '../model/state.ts'
import type { Part } from '../port/history.ts'
import { roomsOf } from '../reducer/lookup.ts'
import { after, type Step } from '../reducer/step.ts'
import { framesOf } from './frames.ts'
import type { Frame } from './ring.ts'

/** What the server tells every newcomer of itself. */
export type Hosting = {
  readonly epoch: string
  /** Milliseconds that a lost session keeps its place. */
  readonly grace: number
  readonly rate: Welcome['rate']
  /** Wall time, milliseconds since the epoch. */
  readonly now: () => number
}

/** What event `k` of a step is for the session that it is about; null if nothing. */
export function answerTo(step: Step, k: number, token: string | null, hosting: Hosting): Outgoing | null {
  const { event } = step.events[k] as Step['events'][number]
  const { seq, at } = step
  switch (event.type) {
    case 'welcomed': {
      const { session, name } = event
      return {
        type: 'welcome',
        welcome: welcome(step, session, name.text, hosting, { token, resumed: false, gap: false, returned: false }),
      }
    }
    case 'joined': {
      const view = (step.states[k + 1] as State).rooms.get(event.room)
      const from = (step.states[k] as State).rooms.get(event.room)
      const by = view?.members.get(event.name)
      return view ? { type: 'room', seq, at, view, grown: from && by ? { from, by } : null } : null
    }
    case 'done':
      return { type: 'result', result: { n: event.n, seq, code: null, detail: '' } }
    case 'repeated':
      return { type: 'result', result: event.result }
    case 'rejected':
      return { type: 'rejected', at, n: event.n, code: event.code, detail: event.detail }
    case 'ended':
      return { type: 'closed', at, code: event.code, detail: event.detail }
    case 'resumed':
    case 'returned':
    case 'detached':
    case 'lapsed':
    case 'parted':
    case 'quit':
    case 'renamed':
    case 'away':
    case 'topic':
    case 'said':
    case 'told':
    case 'deleted':
      return null
  }
}

/**
 * How a session goes on: a welcome, and where events are missing each of its rooms as it is now. `missed` gives what was
 * said meanwhile in a room, or to the member (and by it) alone.
 */
export function welcomeBack(
  encoding: Encoding,
  session: SessionId,
  step: Step,
  how: Pick<Welcome, 'gap' | 'returned'>,
  hosting: Hosting,
  missed: (part: Part) => readonly Frame[],
): readonly Frame[] {
  const state = after(step)
  const member = state.members.get(state.sessions.get(session)?.member ?? '')
  if (!member) return []
  const { seq, at } = step
  const frames = (outgoing: Outgoing): readonly Frame[] => framesOf(encoding, outgoing, { seq, k: 0 }, null)
  const back = welcome(step, session, member.name.text, hosting, { token: null, resumed: true, ...how })
  const told = frames({ type: 'welcome', welcome: back })
  if (!how.gap) return told
  const rooms = roomsOf(member).flatMap(room => {
    const view = state.rooms.get(room)
    return view ? [...frames({ type: 'room', seq, at, view, grown: null }), ...missed({ room })] : []
  })
  return [...told, ...rooms, ...missed({ direct: member.id })]
}

const welcome = (
  { seq, at }: Step,
  session: SessionId,
  name: string,
  { epoch, grace, rate }: Hosting,
  how: Pick<Welcome, 'token' | 'resumed' | 'gap' | 'returned'>,
): Welcome => ({ seq, at, session, name, epoch, grace, rate, ...how })
