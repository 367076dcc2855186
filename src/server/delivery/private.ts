/**
 * The private part of an event, for its session alone: its welcome, the state of a room, the outcome of its command.
 */
import type { DirectConversation, Encoding, Outgoing, ReadCounts, Welcome } from '../../codec/codec.ts'
import type { Holder } from '../../codec/refusal.ts'
import { doneAt, type EventOf } from '../../model/event.ts'
import type { MemberId, SessionId } from '../../model/input.ts'
import type { Member, State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { Clock } from '../../port/clock.ts'
import type { Part } from '../../port/history.ts'
import { ignoredBy } from '../../reducer/keeping/messages/ignoring.ts'
import { rulesOf } from '../../reducer/keeping/places.ts'
import { memberOf, roomsOf } from '../../reducer/rules/lookup.ts'
import type { ReadPositions } from './backlog/reads.ts'
import type { Gathering } from './channels.ts'
import { framesFor } from './frames.ts'
import { concat, type Frame } from './reading/ring.ts'
import type { TurnBudget } from './turn-budget.ts'

/** The server's data for every new session. */
export type ServerInfo = {
  readonly epoch: string
  /** The name of this server in its journal. */
  readonly origin: string
  /** Milliseconds that a lost session keeps its place. */
  readonly grace: number
  readonly rate: Welcome['rate']
  /** Wall time, milliseconds since the epoch. */
  readonly now: () => number
  /** Calls back at the end of this turn of the event loop. */
  readonly turn: (run: () => void) => void
  readonly alarm: Clock['alarm']
  readonly gathering: Gathering
  /** Public addresses of the other servers of the chat, in an order that differs between sessions. */
  readonly elsewhere: (state: State, session: SessionId) => readonly string[]
}

/** The frames of a session that enters. */
export function welcomeTo(
  step: Step,
  { session, member: id, name }: EventOf<'welcomed'>,
  token: string | null,
  info: ServerInfo,
): Welcome {
  const how = { token, resumed: false, gap: false, returned: false }
  return welcome(step, session, { id, name }, info, how)
}

/** The resumption of a session; null if it has no member. */
export function welcomeBack(
  step: Step,
  session: SessionId,
  how: Pick<Welcome, 'gap' | 'returned'>,
  info: ServerInfo,
): Welcome | null {
  const member = memberOf(step.after, { session })
  return member ? welcome(step, session, member, info, { token: null, resumed: true, ...how }) : null
}

/** The room that a member joined, from the state after that; null if there is no such room. */
export function roomJoined(
  { seq, at }: Step,
  { room }: EventOf<'joined'>,
  after: State,
  counts: ReadCounts | undefined,
): Outgoing | null {
  const view = after.rooms.get(room)
  return view ? { type: 'room', seq, at, view, counts } : null
}

/** A member's new read position in a place, for its sessions that did not report it. Null: it can't be counted. */
export function readElsewhere(
  { seq, at, after }: Step,
  member: MemberId,
  { place, seq: target }: EventOf<'read'>['reads'][number],
  positions: ReadPositions,
): Outgoing | null {
  const counts = positions.counts(after, member, place)
  const named = 'room' in place ? place : { with: positions.nameOf(after, member, place.with), id: place.with }
  return counts ? { type: 'read', seq, at, place: named, target, counts } : null
}

/** For all sessions of the member. */
export const ignoredOf = ({ seq, at }: Step, { who, name, off }: EventOf<'ignored'>): Outgoing => ({
  ...{ type: 'ignored', seq, at },
  ...{ id: who, name, off },
})

/** Whether the session has a cursor, or waits for it. */
export const turnedOf = ({ seq, at }: Step, { name, room, is, seq: place, turn }: EventOf<'turned'>): Outgoing => ({
  ...{ type: 'cursor', seq, at },
  ...{ cursor: name, room, is, place, turn },
})

/** The outcome of a session's input. `state`: before the event. */
export function outcomeOf({ seq, at }: Step, event: Outcome, state: State): Outgoing {
  switch (event.type) {
    case 'done':
      return { type: 'result', result: doneAt(seq, event) }
    case 'repeated':
      return { type: 'result', result: event.result }
    case 'rejected': {
      const { n, code, detail, until } = event
      const holder = event.holder === undefined ? undefined : holderIn(state, event.holder)
      return { type: 'rejected', at, n, code, detail, holder, until }
    }
    case 'ended':
      return { type: 'closed', at, code: event.code, detail: event.detail }
  }
}

/**
 * A session ends with its server when the others have taken that one for gone. If the client is still connected, the
 * server was cut off.
 */
export const endingOf = (event: EventOf<'ended'>, { events }: Step, origin: string): EventOf<'ended'> =>
  events.some(({ event: one }) => one.type === 'node-ended' && one.node === origin)
    ? { ...event, code: 'cut-off' }
    : event

type Outcome = EventOf<'done' | 'repeated' | 'rejected' | 'ended'>

/** The welcome of an arriving session, and the frames after it. */
export type Arrival = {
  readonly step: Step
  readonly encoding: Encoding
  readonly welcome: Welcome
  /** The member whose rooms and conversations follow. Null: the session has them already. */
  readonly member: Member | null
  /** The earlier messages of a room, or those that the member missed. */
  readonly past: (part: Part) => readonly Frame[]
  /** The direct messages with a member after an input. */
  readonly waiting: (other: MemberId, after: number) => readonly Frame[]
  readonly reads: ReadPositions
  readonly budget: TurnBudget
}

/**
 * The welcome, each room of the member as it is now, and its conversations. Everything but the welcome is made as it is
 * read, so a peer that reads nothing costs the state that it refers to, not the encoded frames. At an empty part, the
 * event loop goes round before the next one is made.
 */
export function* arriving(arrival: Arrival): Generator<Uint8Array> {
  const { step, encoding, welcome, member, past, reads, budget } = arrival
  const { seq, at, after } = step
  const recipient = { name: welcome.name }
  const frames = (outgoing: Outgoing): readonly Frame[] => framesFor(recipient, encoding, outgoing, { seq, k: 0 })
  yield bytesOf(frames({ type: 'welcome', welcome }))
  if (!member) return
  for (const view of roomsOf(member).flatMap(room => after.rooms.get(room) ?? [])) {
    const { room } = view
    yield* turnOf(budget)
    const counts = reads.counts(after, member.id, { room })
    yield bytesOf([...frames({ type: 'room', seq, at, view, counts }), ...past({ room })])
  }
  yield* turnOf(budget)
  yield bytesOf(past({ direct: member.id }))
  const listing = reads.conversations(after, member.id)
  let next = listing.next()
  for (; !next.done; next = listing.next()) yield* turnOf(budget)
  yield bytesOf(frames({ type: 'conversations', seq, n: null, conversations: next.value }))
  // A person with nc cannot ask for them.
  if (!encoding.resumes) yield* unreadDirect(arrival, next.value)
}

function* unreadDirect(
  { waiting, budget }: Arrival,
  conversations: readonly DirectConversation[],
): Generator<Uint8Array> {
  for (const { id, read, unread } of conversations) {
    if (unread === 0) continue
    yield* turnOf(budget)
    yield bytesOf(waiting(id, read))
  }
}

const PAUSE = new Uint8Array()

function* turnOf(budget: TurnBudget): Generator<Uint8Array> {
  while (!budget.take()) yield PAUSE
}

const bytesOf = (frames: readonly Frame[]): Uint8Array => concat(frames.map(({ bytes }) => bytes))

const welcome = (
  { seq, at, after }: Step,
  session: SessionId,
  { id, name }: Pick<Member, 'id' | 'name'>,
  { epoch, grace, rate, elsewhere }: ServerInfo,
  how: Pick<Welcome, 'token' | 'resumed' | 'gap' | 'returned'>,
): Welcome => ({
  ...{ seq, at, session, id, name: name.text, epoch, grace, rate, ...how },
  credential: after.sessions.get(session)?.credential,
  nodes: elsewhere(after, session),
  ...keeping(after, id),
})

/** The modes, the role and the ignored members of a member. */
function keeping(state: State, id: MemberId): Pick<Welcome, 'administrator' | 'modes' | 'ignored'> {
  const { modes } = rulesOf(state, null)
  const ignored = [...ignoredBy(state, id)].map(([one, name]) => ({ id: one, name }))
  return {
    ...(state.administrators.has(id) && { administrator: true }),
    ...(Object.keys(modes).length > 0 && { modes }),
    ...(ignored.length > 0 && { ignored }),
  }
}

/** A refusal's words about the holder of a name. A member with several sessions is away when all of them are. */
export function holderIn({ grants, members, due }: State, id: MemberId): Holder | undefined {
  if (grants.has(id)) return { by: 'token' }
  const sessions = members.get(id)?.sessions.toArray()
  if (!sessions) return undefined
  const until = sessions.map(session => due.get(session))
  if (sessions.length === 0 || until.includes(undefined)) return { by: 'person' }
  return { by: 'away', until: Math.max(...until.map(Number)) }
}
