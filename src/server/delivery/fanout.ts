/**
 * Fan-out: each step of the room becomes frames. A frame is encoded once for each protocol and put where its audience
 * reads: into the ring of a room or the lane of a session. `prepare` encodes; the deliveries that it returns only move
 * frames. If a frame cannot be encoded, only that frame is missing (docs/spec.md, Q1).
 */
import type { Outgoing, ReadCounts } from '../../codec/codec.ts'
import { followMembers } from '../../codec/native/member-list.ts'
import type { EventOf, RoutedEvent } from '../../model/event.ts'
import type { MemberId, SessionId } from '../../model/input.ts'
import { HISTORY_ON_JOIN } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { PublicStepEvent, SessionStepEvent, Step, StepEvent } from '../../model/step.ts'
import { audience } from '../../reducer/audience.ts'
import { nameOf } from '../../reducer/rules/lookup.ts'
import { Arrivals } from './arrivals.ts'
import { Attachments } from './attachments.ts'
import { Counting } from './backlog/counting.ts'
import { KeptSteps } from './backlog/kept-steps.ts'
import type { PastFrames } from './backlog/past.ts'
import type { ReadPositions } from './backlog/reads.ts'
import { Channels, type Encoded } from './channels.ts'
import { framesFor, sharedFrames } from './frames.ts'
import type { Notice } from './link.ts'
import { outcomeOf, readElsewhere, roomJoined, type ServerInfo } from './private.ts'
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
  readonly #origin: string

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
    this.#origin = info.origin
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

  /** Ends a turn of the event loop: writes what it brought. */
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
    return this.#tell(event.session, none, step, step.events.length)
  }

  #prepare(step: Step, one: StepEvent, k: number, deliveries: Delivery[]): void {
    if (one.kind === 'public') deliveries.push(this.#publish(step, one, k), ...this.#move(step, one, k))
    if (one.kind === 'session') deliveries.push(...this.#answer(step, one, k))
  }

  /** A public event, for all of its audience on this server. */
  #publish(step: Step, one: PublicStepEvent, k: number): Delivery {
    const { event, i, last } = one
    const { seq, at, text } = step
    const outgoing: Outgoing = { type: 'event', seq, at, i, last, event, text }
    const own = event.type === 'said' || event.type === 'told' ? step.session : null
    const position = { seq, k }
    const encoded = new Map<string, readonly Frame[]>()
    for (const encoding of this.#registry.encodings) {
      encoded.set(encoding.id, sharedFrames(encoding, outgoing, position, encoding.echoes ? null : own))
    }
    follow(one)
    return this.#put(encoded, step, event)
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
          ...this.#show(session, event.room, joined, step, k),
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
        return NOTHING
    }
  }

  /** What a session alone gets: its welcome, or the outcome of its input. */
  #answer(step: Step, { event, before }: SessionStepEvent, k: number): readonly Delivery[] {
    switch (event.type) {
      case 'welcomed':
        return this.#arrivals.welcome(event, step)
      case 'resumed':
      case 'returned':
        return this.#arrivals.resume(event, step, before)
      case 'done':
      case 'repeated':
        return this.#tell(event.session, outcomeOf(step, event, before), step, k)
      case 'rejected':
        // Another server was refused, for a session that it had once.
        if (step.origin !== this.#origin) return NOTHING
        return [
          ...this.#tell(event.session, outcomeOf(step, event, before), step, k),
          () => this.#notify(event.session, { type: 'refused' }),
        ]
      case 'ended':
        return [
          ...this.#tell(event.session, outcomeOf(step, event, before), step, k),
          this.#attachments.on(event.session, local => this.#attachments.end(local, event.code)),
        ]
      case 'lapsed':
        return [this.#attachments.on(event.session, local => this.#attachments.end(local, 'timeout'))]
      case 'read':
        return this.#tellRead(event, step, k)
      case 'detached':
        return [this.#attachments.on(event.session, local => this.#attachments.lose(local))]
    }
  }

  /**
   * Tells a session alone: on its connection, or on the one that is about to become it. While there is none, the frames
   * are kept.
   */
  #tell(session: SessionId, outgoing: Outgoing, { seq, after }: Step, k: number): readonly Delivery[] {
    const link = this.#registry.link(session)
    const encoding = link?.encoding ?? this.#registry.get(session)?.encoding
    if (!encoding) return []
    const frames = framesFor({ name: nameOf(after, session) }, encoding, outgoing, { seq, k })
    return [
      () => {
        for (const frame of frames) (link ?? this.#registry.get(session))?.put(frame)
        if (link) this.#turn.touch(link)
      },
    ]
  }

  /** A room that a session joins, with its earlier messages. */
  #show(session: SessionId, room: string, joined: Outgoing | null, step: Step, k: number): readonly Delivery[] {
    const told = joined ? this.#tell(session, joined, step, k) : NOTHING
    return [...told, ...this.#recall(session, room, step, k)]
  }

  /** The other sessions of a member learn how far it has read. Without any, nothing is counted. */
  #tellRead(event: EventOf<'read'>, step: Step, k: number): readonly Delivery[] {
    const all = sessionsOf(step.after, event.member)
    const others = all.filter(one => one !== event.session && this.#registry.get(one) !== undefined)
    return others.length === 0 ? NOTHING : this.#counting.begin(this.#readPlaces(event, others, step, k))
  }

  *#readPlaces(
    { member, reads }: EventOf<'read'>,
    others: readonly SessionId[],
    step: Step,
    k: number,
  ): Generator<readonly Delivery[], void> {
    for (const read of reads) {
      const told = readElsewhere(step, member, read, this.#reads)
      yield told ? others.flatMap(other => this.#tell(other, told, step, k)) : NOTHING
    }
  }

  /** The earlier messages of a room, for a session that joins it. */
  #recall(session: SessionId, room: string, { seq, at }: Step, k: number): readonly Delivery[] {
    const link = this.#registry.link(session)
    if (!link?.encoding) return []
    const frames = this.#past.onJoin(link.encoding, room, link.history ?? HISTORY_ON_JOIN, at, { seq, k })
    return frames.map(frame => () => link.put(frame))
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

  #notify(session: SessionId, notice: Notice): void {
    const link = this.#registry.link(session)
    if (link) this.#turn.notify(link, notice)
  }
}

const NOTHING: readonly Delivery[] = []

/** In the memory of one ring's chunk, a frame would keep the chunk alive for the other rings and lanes. */
function share(encoded: Encoded): void {
  for (const frames of encoded.values()) for (const frame of frames) giveMemory(frame)
}

/** Somebody comes, goes or changes. */
type PresenceEvent = Exclude<RoutedEvent, { readonly type: 'said' | 'told' | 'topic' | 'deleted' }>

const isPresence = (event: RoutedEvent): event is PresenceEvent =>
  event.type !== 'said' && event.type !== 'told' && event.type !== 'topic' && event.type !== 'deleted'

/** The encoded member lists of its rooms, where there are any, follow. */
function follow({ event, before, after }: PublicStepEvent): void {
  if (!isPresence(event)) return
  for (const room of 'rooms' in event ? event.rooms : [event.room]) {
    const [old, now] = [before.rooms.get(room), after.rooms.get(room)]
    if (old && now) followMembers(old, now, event)
  }
}

const sessionsOf = (state: State, member: MemberId): readonly SessionId[] =>
  state.members.get(member)?.sessions.toArray() ?? []
