/**
 * Fan-out: each step of the room becomes frames. A frame is encoded once for each protocol and put where its audience
 * reads: into the ring of a room or the lane of a session. `prepare` encodes; the deliveries that it returns only move
 * frames. If a frame cannot be encoded, only that frame is missing (docs/spec.md, Q1).
 */
import type { Encoding, Outgoing } from '../../codec/codec.ts'
import type { EventOf } from '../../model/event.ts'
import type { MemberId, SessionId } from '../../model/input.ts'
import { HISTORY_ON_JOIN, HISTORY_PAGE_MAX } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { PublicStepEvent, SessionStepEvent, Step, StepEvent } from '../../model/step.ts'
import type { Part } from '../../port/history.ts'
import { audience } from '../../reducer/audience.ts'
import { memberOf, nameOf, roomsOf } from '../../reducer/rules/lookup.ts'
import { Attachments } from './attachments.ts'
import { Channels, type Encoded } from './channels.ts'
import { AT_THE_START, framesFor, sharedFrames } from './frames.ts'
import type { Notice } from './link.ts'
import type { PastFrames } from './past.ts'
import { outcomeOf, roomJoined, type ServerInfo, welcomeBack, welcomeTo } from './private.ts'
import type { Frame } from './ring.ts'
import type { LocalSession, SessionRegistry } from './sessions.ts'
import { Turn } from './turn.ts'

/** Carries out what was prepared. Never throws. */
export type Delivery = () => void

export class Fanout {
  readonly channels = new Channels()
  readonly #registry: SessionRegistry
  readonly #hosting: ServerInfo
  readonly #past: PastFrames
  readonly #turn: Turn
  readonly #attachments: Attachments

  constructor(registry: SessionRegistry, hosting: ServerInfo, past: PastFrames) {
    this.#registry = registry
    this.#hosting = hosting
    this.#past = past
    this.#turn = new Turn(hosting.turn)
    this.#attachments = new Attachments(registry, this.channels, this.#turn, hosting.now)
  }

  /** Encodes everything of a step. Changes nothing yet. */
  prepare(step: Step): readonly Delivery[] {
    return step.events.flatMap((one, k) => this.#prepare(step, one, k))
  }

  isSpent(): boolean {
    return this.#past.isSpent
  }

  /** Ends a turn of the event loop: writes what it brought. */
  flush(): void {
    this.#past.rested()
    this.#turn.end(this.channels.seal())
  }

  #prepare(step: Step, one: StepEvent, k: number): readonly Delivery[] {
    switch (one.kind) {
      case 'public':
        return [...this.#publish(step, one, k), ...this.#move(step, one, k)]
      case 'session':
        return this.#answer(step, one, k)
      case 'ledger':
        return NOTHING
    }
  }

  /** A public event, for all of its audience on this server. */
  #publish(step: Step, { event, i, last }: PublicStepEvent, k: number): readonly Delivery[] {
    const { seq, at, text } = step
    const outgoing: Outgoing = { type: 'event', seq, at, i, last, event, text }
    const own = event.type === 'said' || event.type === 'told' ? step.session : null
    const encoded: Encoded = new Map(
      [...this.#registry.encodings].map(encoding => [
        encoding.id,
        sharedFrames(encoding, outgoing, { seq, k }, encoding.echoes ? null : own),
      ]),
    )
    const to = audience(event)
    if (to.to === 'sessions') return [() => this.#put(to.sessions, encoded)]
    const rooms = to.to === 'rooms' ? to.rooms : [to.room]
    return [
      () => {
        for (const room of rooms) this.channels.append(room, encoded)
        if (to.to === 'everyone') this.#put(this.#elsewhere(to.room), encoded)
        else if (to.member !== null) this.#put(sessionsOf(step.after, to.member), encoded)
      },
    ]
  }

  /** A member's sessions read a room from when it joins until it leaves. */
  #move(step: Step, { event, before, after }: PublicStepEvent, k: number): readonly Delivery[] {
    switch (event.type) {
      case 'joined': {
        // A returning session gets all its rooms with its welcome. At this point it has no link yet, so it gets nothing
        // here.
        const joined = roomJoined(step, event, before, after)
        return sessionsOf(after, event.member).flatMap(session => [
          ...(joined ? this.#tell(session, joined, step, k) : NOTHING),
          ...this.#recall(session, event.room, step, k),
          this.#seated(session, local => this.channels.enter(local, event.room)),
        ])
      }
      case 'parted':
        return sessionsOf(after, event.member).map(session =>
          this.#seated(session, local => this.channels.leave(local, event.room)),
        )
      case 'quit':
      case 'renamed':
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
        return this.#welcome(event, step)
      case 'resumed':
      case 'returned':
        return this.#resume(event, step)
      case 'done':
      case 'repeated':
        return this.#tell(event.session, outcomeOf(step, event, before), step, k)
      case 'rejected':
        return [
          ...this.#tell(event.session, outcomeOf(step, event, before), step, k),
          () => this.#notify(event.session, { type: 'refused' }),
        ]
      case 'ended':
        return [
          ...this.#tell(event.session, outcomeOf(step, event, before), step, k),
          this.#seated(event.session, local => this.#attachments.end(local, event.code)),
        ]
      case 'lapsed':
        return [this.#seated(event.session, local => this.#attachments.end(local, 'timeout'))]
      case 'detached':
        return NOTHING
    }
  }

  #welcome(event: EventOf<'welcomed'>, step: Step): readonly Delivery[] {
    const { session } = event
    const link = this.#registry.waiting(session)
    const encoding = link?.encoding
    if (!encoding) return []
    const outgoing = welcomeTo(step, event, link.token, this.#hosting)
    const frames = framesFor({ name: event.name.text }, encoding, outgoing, { seq: step.seq, k: AT_THE_START })
    return [
      () => {
        this.#attachments.attach(session, session, link, encoding)
        for (const frame of frames) link.put(frame)
      },
    ]
  }

  /**
   * A resumed session gets everything that it missed from the rings; or, over a gap, each room as it is now, and the
   * gap.
   */
  #resume({ type, session, via }: EventOf<'resumed' | 'returned'>, step: Step): readonly Delivery[] {
    const link = this.#registry.waiting(via)
    const encoding = link?.encoding
    // No connection waits for it here: the session goes on at another server.
    if (!link || !encoding) return [this.#seated(session, local => this.#attachments.moveAway(local))]
    const local = this.#registry.get(session)
    const { epoch = '', cursor: claimed = 0 } = link.resumption ?? {}
    // A cursor beyond the end of the journal is of another history: the journal was restored from a backup meanwhile.
    const cursor = epoch === this.#hosting.epoch && claimed <= step.seq ? claimed : -1
    // Nothing is kept for the session in another encoding.
    const gap = local?.encoding !== encoding || cursor < 0 || !local.reader.reaches(cursor)
    const returned = type === 'returned'
    const missed = this.#missed(encoding, cursor, link.history, step)
    const back = welcomeBack(encoding, session, step, { gap, returned }, this.#hosting, missed)
    const member = returned ? undefined : memberOf(step.after, { session })
    const rooms = member ? roomsOf(member) : []
    return [
      () => {
        const taken = this.#attachments.attach(session, via, link, encoding)
        taken.reader.rewind(gap ? step.seq : cursor)
        if (gap) taken.reader.begin(step.seq)
        taken.reader.lead(back)
        for (const room of rooms) this.channels.enter(taken, room)
      },
    ]
  }

  /**
   * The messages since the cursor. If the cursor is void, nobody knows where to begin, so these are the latest, as on
   * joining.
   */
  #missed(
    encoding: Encoding,
    cursor: number,
    count: number | null,
    { seq, at }: Step,
  ): (part: Part) => readonly Frame[] {
    const place = { seq, k: 0 }
    if (cursor >= 0) return part => this.#past.onReturn(encoding, part, cursor, count ?? HISTORY_PAGE_MAX, at, place)
    return part =>
      'room' in part ? (this.#past.latest(encoding, part.room, count ?? HISTORY_ON_JOIN, at, place) ?? []) : []
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

  /** The earlier messages of a room, for a session that joins it. */
  #recall(session: SessionId, room: string, { seq, at }: Step, k: number): readonly Delivery[] {
    const link = this.#registry.link(session)
    if (!link?.encoding) return []
    const frames = this.#past.onJoin(link.encoding, room, link.history ?? HISTORY_ON_JOIN, at, { seq, k })
    return frames.map(frame => () => link.put(frame))
  }

  #put(sessions: Iterable<SessionId>, encoded: Encoded): void {
    for (const session of sessions) {
      const local = this.#registry.get(session)
      if (!local) continue
      for (const frame of encoded.get(local.encoding.id) ?? []) if (frame.except !== session) local.put(frame)
      if (local.link) this.#turn.touch(local.link)
    }
  }

  #elsewhere(room: string): readonly SessionId[] {
    return [...this.#registry.all()].filter(local => !local.reader.isIn(room)).map(local => local.session)
  }

  #seated(session: SessionId, act: (local: LocalSession) => void): Delivery {
    return () => {
      const local = this.#registry.get(session)
      if (!local) return
      act(local)
      if (local.link) this.#turn.touch(local.link)
    }
  }

  #notify(session: SessionId, notice: Notice): void {
    const link = this.#registry.link(session)
    if (link) this.#turn.notify(link, notice)
  }
}

const NOTHING: readonly Delivery[] = []

const sessionsOf = (state: State, member: MemberId): readonly SessionId[] =>
  state.members.get(member)?.sessions.toArray() ?? []
