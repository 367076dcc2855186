/** What only the session itself gets of an event: its welcome, the state of a room, the outcome of its command. */
import type { Encoding, Outgoing, Welcome } from '../../codec/codec.ts'
import type { Holder } from '../../codec/refusal.ts'
import type { EventOf } from '../../model/event.ts'
import type { MemberId, SessionId } from '../../model/input.ts'
import type { Member, State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { RoomView } from '../../model/view.ts'
import type { Part } from '../../port/history.ts'
import { memberOf, roomsOf } from '../../reducer/rules/lookup.ts'
import { framesFor } from './frames.ts'
import { concat, type Frame } from './reading/ring.ts'

/** What the server tells every new session about itself. */
export type ServerInfo = {
  readonly epoch: string
  /** Milliseconds that a lost session keeps its place. */
  readonly grace: number
  readonly rate: Welcome['rate']
  /** Wall time, milliseconds since the epoch. */
  readonly now: () => number
  /** Calls back at the end of this turn of the event loop. */
  readonly turn: (run: () => void) => void
}

/** What a session gets when it enters. */
export function welcomeTo(
  step: Step,
  { session, member: id, name }: EventOf<'welcomed'>,
  token: string | null,
  info: ServerInfo,
): Outgoing {
  const how = { token, resumed: false, gap: false, returned: false }
  return { type: 'welcome', welcome: welcome(step, session, { id, name }, info, how) }
}

/** The room that a member joined, from the states before and after that; null if there is no such room. */
export function roomJoined(
  { seq, at }: Step,
  { room, name }: EventOf<'joined'>,
  before: State,
  after: State,
): Outgoing | null {
  const view = after.rooms.get(room)
  const from = before.rooms.get(room)
  const by = view?.members.get(name)
  return view ? { type: 'room', seq, at, view, grown: from && by ? { from, by } : null } : null
}

/** The outcome of a session's input. `state`: before the event. */
export function outcomeOf({ seq, at }: Step, event: Outcome, state: State): Outgoing {
  switch (event.type) {
    case 'done':
      return { type: 'result', result: { n: event.n, seq, code: null, detail: '' } }
    case 'repeated':
      return { type: 'result', result: event.result }
    case 'rejected': {
      const { n, code, detail } = event
      const holder = event.holder === undefined ? undefined : holderIn(state, event.holder)
      return { type: 'rejected', at, n, code, detail, holder }
    }
    case 'ended':
      return { type: 'closed', at, code: event.code, detail: event.detail }
  }
}

type Outcome = EventOf<'done' | 'repeated' | 'rejected' | 'ended'>

/**
 * How a session goes on: a welcome and, over a gap, each of its rooms as it is now. `missed` gives the messages of a
 * room, or the member's direct messages, since the cursor. Everything but the welcome is made as it is read, so a peer
 * that reads nothing costs the state that it refers to, not the encoded frames.
 */
export function welcomeBack(
  encoding: Encoding,
  session: SessionId,
  step: Step,
  how: Pick<Welcome, 'gap' | 'returned'>,
  info: ServerInfo,
  missed: (part: Part) => readonly Frame[],
): Iterator<Uint8Array> {
  const { rooms } = step.after
  const member = memberOf(step.after, { session })
  if (!member) return NOTHING.values()
  const back = welcome(step, session, member, info, { token: null, resumed: true, ...how })
  const views = how.gap ? roomsOf(member).flatMap(room => rooms.get(room) ?? []) : []
  return told(encoding, { seq: step.seq, at: step.at }, back, views, how.gap ? member.id : null, missed)
}

const NOTHING: readonly Uint8Array[] = []

function* told(
  encoding: Encoding,
  { seq, at }: Pick<Step, 'seq' | 'at'>,
  back: Welcome,
  views: readonly RoomView[],
  direct: MemberId | null,
  missed: (part: Part) => readonly Frame[],
): Generator<Uint8Array> {
  const recipient = { name: back.name }
  const frames = (outgoing: Outgoing): readonly Frame[] => framesFor(recipient, encoding, outgoing, { seq, k: 0 })
  yield bytesOf(frames({ type: 'welcome', welcome: back }))
  for (const view of views) {
    const { room } = view
    yield bytesOf([...frames({ type: 'room', seq, at, view, grown: null }), ...missed({ room })])
  }
  if (direct !== null) yield bytesOf(missed({ direct }))
}

const bytesOf = (frames: readonly Frame[]): Uint8Array => concat(frames.map(({ bytes }) => bytes))

const welcome = (
  { seq, at, after }: Step,
  session: SessionId,
  { id, name }: Pick<Member, 'id' | 'name'>,
  { epoch, grace, rate }: ServerInfo,
  how: Pick<Welcome, 'token' | 'resumed' | 'gap' | 'returned'>,
): Welcome => ({
  ...{ seq, at, session, id, name: name.text, epoch, grace, rate, ...how },
  credential: after.sessions.get(session)?.credential,
})

/** What a refusal says about the holder of a name. A member with several sessions is away when all of them are. */
export function holderIn({ grants, members, due }: State, id: MemberId): Holder | undefined {
  if (grants.has(id)) return { by: 'token' }
  const sessions = members.get(id)?.sessions.toArray()
  if (!sessions) return undefined
  const until = sessions.map(session => due.get(session))
  if (sessions.length === 0 || until.includes(undefined)) return { by: 'person' }
  return { by: 'away', until: Math.max(...until.map(Number)) }
}
