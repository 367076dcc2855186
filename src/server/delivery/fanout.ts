/**
 * Fan-out: each step of the room becomes frames. A frame is encoded once for each protocol and put into the ring of a
 * room or the lane of a session, from which its audience reads. `prepare` encodes; the deliveries that it returns only
 * move frames. If a frame cannot be encoded, only that frame is missing (docs/spec.md, Q1).
 */
import type { Outgoing, ReadCounts } from '../../codec/codec.ts'
import { followMembers } from '../../codec/native/member-list.ts'
import type { Quoted } from '../../codec/quotation.ts'
import type { EventOf, RoutedEvent } from '../../model/event.ts'
import type { MemberId, SessionId } from '../../model/input.ts'
import type { PublicStepEvent, Step, StepEvent } from '../../model/step.ts'
import { audience } from '../../reducer/audience.ts'
import { memberOf, sessionsOf } from '../../reducer/rules/lookup.ts'
import { Arrivals } from './arrivals.ts'
import { Attachments } from './attachments.ts'
import { Counting } from './backlog/counting.ts'
import { KeptSteps } from './backlog/kept-steps.ts'
import type { PastFrames } from './backlog/past.ts'
import type { ReadPositions } from './backlog/reads.ts'
import { Channels, type Encoded } from './channels.ts'
import { sharedFrames } from './frames.ts'
import { LaneWriter } from './lane-writer.ts'
import { roomJoined, type ServerInfo } from './private.ts'
import { type Frame, own as giveMemory } from './reading/ring.ts'
import type { SessionRegistry } from './sessions.ts'
import { type Delivery, Turn } from './turn.ts'

export class Fanout {
  readonly channels: Channels
  readonly #registry: SessionRegistry
  readonly #past: PastFrames
  readonly #reads: ReadPositions
  readonly #turn: Turn
  readonly #attachments: Attachments
  readonly #arrivals: Arrivals
  readonly #counting = new Counting()
  readonly #kept: KeptSteps
  readonly #own: LaneWriter

  /** `kept`: steps for sessions that come from other servers. */
  constructor(
    registry: SessionRegistry,
    info: ServerInfo,
    past: PastFrames,
    reads: ReadPositions,
    kept = new KeptSteps(0),
  ) {
    this.#registry = registry
    this.#past = past
    this.#reads = reads
    this.#kept = kept
    this.#turn = new Turn(info.turn)
    this.channels = new Channels(
      info.gathering,
      info.alarm,
      () => this.#write(),
      session => registry.get(session),
    )
    this.#attachments = new Attachments(registry, this.channels, this.#turn, info.now)
    this.#arrivals = new Arrivals({
      ...{ registry, info, past, reads, kept },
      ...{ channels: this.channels, attachments: this.#attachments },
    })
    this.#own = new LaneWriter({
      ...{ registry, past, reads, origin: info.origin, turn: this.#turn, counting: this.#counting },
      ...{ attachments: this.#attachments, arrivals: this.#arrivals },
    })
  }

  /** Encodes everything of a step. Changes nothing yet. */
  prepare(step: Step): readonly Delivery[] {
    this.#kept.add(step)
    const deliveries: Delivery[] = []
    for (let k = 0; k < step.events.length; k++) this.#prepare(step, step.events[k] as StepEvent, k, deliveries)
    for (const { event } of step.events) if (event.type === 'welcomed') deliveries.push(...this.#conclude(step, event))
    return deliveries
  }

  folded(step: Step): void {
    this.#kept.add(step)
  }

  hasReadEnough(): boolean {
    return this.#past.hasReadEnough || this.#counting.hasCountedEnough
  }

  /** Delivers more of the last step. */
  goOn(): void {
    for (const put of this.#counting.goOn()) put()
  }

  isThrough(): boolean {
    return this.#counting.isThrough
  }

  /** Ends a turn of the event loop: writes its frames. */
  flush(): void {
    this.#past.endTurn()
    this.#counting.endTurn()
    this.#write()
  }

  #write(): void {
    this.#turn.end(this.channels.seal())
  }

  /**
   * A session that got its rooms with its welcome reads them from here on. Behind the room of a new guest comes the list
   * of its conversations: it has none yet.
   */
  #conclude(step: Step, event: EventOf<'welcomed'>): readonly Delivery[] {
    if (this.#arrivals.hasRooms(step, event.session)) return this.#arrivals.enter(event, step)
    const none: Outgoing = { type: 'conversations', seq: step.seq, n: null, conversations: [] }
    return this.#own.tell(event.session, none, step, step.events.length)
  }

  #prepare(step: Step, one: StepEvent, k: number, deliveries: Delivery[]): void {
    if (one.kind === 'public') deliveries.push(this.#publish(step, one, k), ...this.#move(step, one, k))
    if (one.kind === 'session') deliveries.push(...this.#own.answer(step, one, k))
  }

  /** A public event, for all of its audience on this server. */
  #publish(step: Step, one: PublicStepEvent, k: number): Delivery {
    const { event, i, last } = one
    const { seq, at, text, names } = step
    const outgoing: Outgoing = { type: 'event', seq, at, i, last, event, text, names, quoted: this.#quoted(event) }
    const own = isOwn(step, event) ? step.session : null
    const position = { seq, k }
    const encoded = new Map<string, readonly Frame[]>()
    for (const encoding of this.#registry.encodings) {
      encoded.set(encoding.id, sharedFrames(encoding, outgoing, position, encoding.echoes ? null : own))
    }
    follow(one)
    return this.#put(encoded, step, event)
  }

  /** Words about the message that the event is about. Looked up only if a session here reads words. */
  #quoted(event: PublicStepEvent['event']): Quoted | null | undefined {
    const target = targetOf(event)
    if (target === undefined) return undefined
    return [...this.#registry.encodings].every(({ ignores }) => ignores) ? undefined : this.#past.find(target)
  }

  #put(encoded: Encoded, step: Step, event: PublicStepEvent['event']): Delivery {
    const to = audience(event)
    const presence = isPresence(event)
    switch (to.to) {
      case 'sessions':
        return () => this.#give(to.sessions, encoded)
      case 'everyone':
        return () => {
          share(encoded)
          this.channels.append(to.room, encoded, presence)
          this.#give(this.#elsewhere(to.room), encoded)
        }
      case 'rooms': {
        const { rooms, member } = to
        const [only] = rooms
        if (only !== undefined && rooms.length === 1 && member === null) {
          return () => this.channels.append(only, encoded, presence)
        }
        return () => {
          share(encoded)
          for (const room of rooms) this.channels.append(room, encoded, presence)
          if (member !== null) this.#give(this.#before(step, member), encoded)
        }
      }
    }
  }

  /** A member's sessions read a room from when it joins until it leaves. */
  #move(step: Step, { event, after }: PublicStepEvent, k: number): readonly Delivery[] {
    switch (event.type) {
      case 'joined': {
        // A returning session gets all its rooms with its welcome. At this point it has no link yet, so it gets nothing
        // here.
        const sessions = sessionsOf(after, event.member).filter(one => !this.#arrivals.hasRooms(step, one))
        const isShown = sessions.some(one => this.#registry.link(one) ?? this.#registry.get(one))
        const counted = (): ReadCounts | undefined => this.#reads.counts(after, event.member, event)
        const joined = isShown ? roomJoined(step, event, after, counted()) : null
        return sessions.flatMap(session => [
          ...this.#own.show(session, event.room, joined, step, k),
          this.#attachments.on(session, local => this.channels.enter(local, event.room)),
        ])
      }
      case 'parted':
        return sessionsOf(after, event.member).map(session =>
          this.#attachments.on(session, local => this.channels.leave(local, event.room)),
        )
      case 'quit':
      case 'renamed':
      case 'registered':
      case 'away':
      case 'topic':
      case 'said':
      case 'told':
      case 'deleted':
      case 'moderated':
      case 'held':
      case 'edited':
      case 'reacted':
      case 'pinned':
      case 'pictured':
      case 'hands':
      case 'answered':
      case 'concluded':
      case 'finished':
        return NOTHING
    }
  }

  #give(sessions: Iterable<SessionId>, encoded: Encoded): void {
    for (const session of sessions) {
      const local = this.#registry.get(session)
      if (!local) continue
      for (const frame of encoded.get(local.encoding.id) ?? []) if (frame.except !== session) local.put(frame)
      if (local.link) this.#turn.touch(local.link)
    }
  }

  /** The sessions of a member, except one that begins in this step: its welcome has everything. */
  #before(step: Step, member: MemberId): readonly SessionId[] {
    return sessionsOf(step.after, member).filter(session => !this.#arrivals.hasRooms(step, session))
  }

  #elsewhere(room: string): readonly SessionId[] {
    return [...this.#registry.all()].filter(local => !local.reader.isIn(room)).map(local => local.session)
  }
}

/** The keeper that releases another member's held message hasn't seen it yet. */
function isOwn({ session, before }: Step, event: RoutedEvent): boolean {
  if (event.type === 'told') return true
  return event.type === 'said' && (memberOf(before, { session })?.id ?? session) === event.author
}

/** The message that it answers, reacts to, pins, or ends. */
function targetOf(event: RoutedEvent): number | undefined {
  if (event.type === 'said' || event.type === 'told') return event.reply
  const isAbout = event.type === 'reacted' || event.type === 'pinned' || event.type === 'finished'
  return isAbout ? event.target : undefined
}

const NOTHING: readonly Delivery[] = []

/** In the memory of one ring's chunk, a frame would keep the chunk alive for the other rings and lanes. */
function share(encoded: Encoded): void {
  for (const frames of encoded.values()) for (const frame of frames) giveMemory(frame)
}

/** Somebody comes, goes or changes. */
type PresenceEvent = Extract<RoutedEvent, { readonly type: (typeof PRESENCE)[number] }>

const PRESENCE = ['joined', 'parted', 'quit', 'renamed', 'registered', 'away', 'pictured'] as const
const ARE_PRESENCE: ReadonlySet<RoutedEvent['type']> = new Set(PRESENCE)

const isPresence = (event: RoutedEvent): event is PresenceEvent => ARE_PRESENCE.has(event.type)

/** The encoded member lists of its rooms, if there are any, follow. */
function follow({ event, before, after }: PublicStepEvent): void {
  if (!isPresence(event)) return
  for (const room of 'rooms' in event ? event.rooms : [event.room]) {
    const [old, now] = [before.rooms.get(room), after.rooms.get(room)]
    if (old && now) followMembers(old, now, event)
  }
}
