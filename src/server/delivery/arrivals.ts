/** How a session begins or goes on, on the connection that waits for it. */
import type { Encoding, Welcome } from '../../codec/codec.ts'
import type { EventOf } from '../../model/event.ts'
import type { MemberId, SessionId } from '../../model/input.ts'
import { ARRIVALS_AT_ONCE, HISTORY_ON_JOIN, HISTORY_PAGE_MAX } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { Part } from '../../port/history.ts'
import { ignoredBy } from '../../reducer/keeping/messages/ignoring.ts'
import { roomsOf } from '../../reducer/rules/lookup.ts'
import type { Attachments } from './attachments.ts'
import type { KeptSteps } from './backlog/kept-steps.ts'
import { canRepeat, missed } from './backlog/missed.ts'
import type { PastFrames } from './backlog/past.ts'
import type { ReadPositions } from './backlog/reads.ts'
import type { Channels } from './channels.ts'
import { AT_THE_START, framesFor } from './frames.ts'
import type { Link, Resumption } from './link.ts'
import { type Arrival, arriving, type ServerInfo, welcomeBack, welcomeTo } from './private.ts'
import type { Frame } from './reading/ring.ts'
import type { SessionRegistry } from './sessions.ts'
import type { Delivery } from './turn.ts'
import { TurnBudget } from './turn-budget.ts'

type Deps = {
  readonly registry: SessionRegistry
  readonly info: ServerInfo
  readonly past: PastFrames
  readonly reads: ReadPositions
  readonly kept: KeptSteps
  readonly channels: Channels
  readonly attachments: Attachments
}

/** The point from which a client goes on. */
type Since = Pick<Resumption, 'cursor' | 'whole'>

export class Arrivals {
  readonly #deps: Deps
  readonly #budget: TurnBudget

  constructor(deps: Deps) {
    this.#deps = deps
    this.#budget = new TurnBudget(ARRIVALS_AT_ONCE, deps.info.turn)
  }

  /**
   * A new session gets its welcome. The session of an account also gets all of the member's rooms; a guest joins
   * its room after its welcome.
   */
  welcome(event: EventOf<'welcomed'>, step: Step): readonly Delivery[] {
    const { registry, info, attachments } = this.#deps
    const { session } = event
    const link = registry.waiting(session)
    const encoding = link?.encoding
    if (!encoding) return []
    const welcome = welcomeTo(step, event, link.token, info)
    if (this.hasRooms(step, session)) return [this.#account(link, encoding, welcome, step)]
    const place = { seq: step.seq, k: AT_THE_START }
    const frames = framesFor({ name: event.name.text }, encoding, { type: 'welcome', welcome }, place)
    return [
      () => {
        attachments.attach(session, session, link, encoding)
        for (const frame of frames) link.put(frame)
      },
    ]
  }

  /** Whether the session gets all its rooms with the welcome of this step: it belongs to an account by now. */
  hasRooms({ events, after }: Step, session: SessionId): boolean {
    const isNew = events.some(({ event }) => event.type === 'welcomed' && event.session === session)
    return isNew && after.sessions.get(session)?.credential !== undefined
  }

  /** From here on the session reads the rooms that it got with its welcome. */
  enter({ session, member }: EventOf<'welcomed'>, { after }: Step): readonly Delivery[] {
    const { attachments, channels } = this.#deps
    const rooms = roomsIn(after, member)
    return [
      attachments.on(session, local => {
        for (const room of rooms) channels.enter(local, room)
      }),
    ]
  }

  /** If the session has not read all of this, it gets the rest after a resume, as after a gap. */
  #account(link: Link, encoding: Encoding, welcome: Welcome, step: Step): Delivery {
    const { attachments } = this.#deps
    const { session, id } = welcome
    const member = step.after.members.get(id) ?? null
    const parts = this.#arriving(link, { step, encoding, welcome, member, cursor: -1 })
    return () => {
      const taken = attachments.attach(session, session, link, encoding)
      taken.ignore(ignoredBy(step.after, id))
      taken.reader.lane.lose(step.seq)
      taken.reader.lead(parts, true)
    }
  }

  /**
   * A resumed session gets everything that it missed from the rings; or, if it comes from another server, from the steps
   * that are kept; or, over a gap, each room as it is now, and the gap.
   */
  resume({ type, session, via }: EventOf<'resumed' | 'returned'>, step: Step, before: State): readonly Delivery[] {
    const { registry, info, attachments, channels, reads } = this.#deps
    const link = registry.waiting(via)
    const encoding = link?.encoding
    // No connection waits for it here: the session goes on at another server.
    if (!link || !encoding) return [attachments.on(session, local => attachments.moveAway(local))]
    const local = registry.get(session)
    const { epoch = '', cursor: claimed = 0, whole = false } = link.resumption ?? {}
    // A cursor beyond the end of the journal is of another history: the journal was restored from a backup meanwhile.
    const cursor = epoch === info.epoch && claimed <= step.seq ? claimed : -1
    // Frames in another encoding are not kept for the session, and neither is a welcome that it has not read.
    const isKept = local?.encoding === encoding && !local.reader.owesRooms && local.reader.reaches(cursor)
    const isThere = cursor >= 0 && isKept
    const steps =
      isThere || cursor < 0 || type === 'returned' ? null : this.#stepsSince(session, { cursor, whole }, step)
    const gap = !isThere && steps === null
    const welcome = welcomeBack(step, session, { gap, returned: type === 'returned' }, info)
    if (!welcome) return []
    const member = gap ? (step.after.members.get(welcome.id) ?? null) : null
    const parts = this.#arriving(link, { step, encoding, welcome, member, cursor })
    const repeated = steps === null ? NOTHING : missed(steps, session, encoding, reads)
    const rooms = roomsIn(before, welcome.id)
    return [
      () => {
        const taken = attachments.attach(session, via, link, encoding)
        taken.ignore(ignoredBy(step.after, welcome.id))
        taken.reader.rewind(isThere ? cursor : step.seq)
        if (!isThere) taken.reader.lane.lose(step.seq)
        taken.reader.lead(inTurn(parts, repeated), gap)
        // It enters other rooms by the events that follow.
        for (const room of rooms) channels.enter(taken, room)
      },
    ]
  }

  /** The steps that the session has missed, if all of them are kept and can be told again; otherwise null. */
  #stepsSince(session: SessionId, { cursor, whole }: Since, { seq }: Step): readonly Step[] | null {
    const steps = this.#deps.kept.between(cursor, seq)
    return steps !== null && canRepeat(steps, session, whole) ? steps : null
  }

  #arriving(
    { history }: Link,
    { cursor, ...arrival }: Omit<Arrival, 'past' | 'waiting' | 'reads' | 'budget'> & { readonly cursor: number },
  ): Iterator<Uint8Array> {
    const { encoding, step, welcome } = arrival
    const ignored = ignoredBy(step.after, welcome.id)
    const past = this.#missed(encoding, cursor, history, step, ignored)
    const place = { seq: step.seq, k: 0 }
    const waiting = (other: MemberId, after: number): readonly Frame[] =>
      this.#deps.past.waiting(encoding, { direct: welcome.id, with: other }, after, step.at, place)
    return arriving({ ...arrival, past, waiting, reads: this.#deps.reads, budget: this.#budget })
  }

  /**
   * The messages since the cursor. If the cursor is void, the start isn't known, so these are the latest, as on
   * joining.
   */
  #missed(
    encoding: Encoding,
    cursor: number,
    count: number | null,
    { seq, at }: Step,
    ignored: ReturnType<typeof ignoredBy>,
  ): (part: Part) => readonly Frame[] {
    const { past } = this.#deps
    const place = { seq, k: 0 }
    if (cursor >= 0) return part => past.onReturn(encoding, part, cursor, count ?? HISTORY_PAGE_MAX, at, place, ignored)
    const latest = (room: string) => past.latest(encoding, room, count ?? HISTORY_ON_JOIN, at, place, ignored) ?? []
    return part => ('room' in part ? latest(part.room) : [])
  }
}

const NOTHING: readonly Uint8Array[] = []

function* inTurn(first: Iterator<Uint8Array>, more: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (let next = first.next(); !next.done; next = first.next()) yield next.value
  yield* more
}

function roomsIn({ members }: State, id: MemberId): readonly string[] {
  const member = members.get(id)
  return member ? roomsOf(member) : []
}
