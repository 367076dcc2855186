/**
 * Private frames of a session: its welcome, the outcome of its inputs, and a room that it joins, each put into its
 * lane. As in fanout.ts, deliveries only move frames that are encoded already.
 */
import type { Outgoing } from '../../codec/codec.ts'
import type { EventOf } from '../../model/event.ts'
import type { SessionId } from '../../model/input.ts'
import { HISTORY_ON_JOIN } from '../../model/limits.ts'
import type { SessionStepEvent, Step } from '../../model/step.ts'
import { ignoredBy } from '../../reducer/keeping/messages/ignoring.ts'
import { memberOf, nameOf, sessionsOf } from '../../reducer/rules/lookup.ts'
import type { Arrivals } from './arrivals.ts'
import type { Attachments } from './attachments.ts'
import type { Counting } from './backlog/counting.ts'
import type { PastFrames } from './backlog/past.ts'
import type { ReadPositions } from './backlog/reads.ts'
import { framesFor } from './frames.ts'
import type { Notice } from './link.ts'
import { endingOf, ignoredOf, outcomeOf, readElsewhere, turnedOf } from './private.ts'
import type { SessionRegistry } from './sessions.ts'
import type { Delivery, Turn } from './turn.ts'

type Deps = {
  readonly registry: SessionRegistry
  readonly past: PastFrames
  readonly reads: ReadPositions
  /** The name of this server in its journal. */
  readonly origin: string
  readonly turn: Turn
  readonly counting: Counting
  readonly attachments: Attachments
  readonly arrivals: Arrivals
}

export class LaneWriter {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** The private frames of a session: its welcome, or the outcome of its input. */
  answer(step: Step, { event, before }: SessionStepEvent, k: number): readonly Delivery[] {
    switch (event.type) {
      case 'welcomed':
        return this.#deps.arrivals.welcome(event, step)
      case 'resumed':
      case 'returned':
        return this.#deps.arrivals.resume(event, step, before)
      case 'done':
      case 'repeated':
        return this.tell(event.session, outcomeOf(step, event, before), step, k)
      case 'rejected':
        // Another server was refused, for a session that it had once. The refusal of an edit whose message was deleted
        // meanwhile may come from another server's input.
        if (step.session === event.session && step.origin !== this.#deps.origin) return NOTHING
        return [
          ...this.tell(event.session, outcomeOf(step, event, before), step, k),
          () => this.#notify(event.session, { type: 'refused' }),
        ]
      case 'ended': {
        const ending = endingOf(event, step, this.#deps.origin)
        return [
          ...this.tell(event.session, outcomeOf(step, ending, before), step, k),
          this.#deps.attachments.on(event.session, local => this.#deps.attachments.end(local, ending.code)),
        ]
      }
      case 'lapsed':
        return [this.#deps.attachments.on(event.session, local => this.#deps.attachments.end(local, 'timeout'))]
      case 'turned':
        return this.tell(event.session, turnedOf(step, event), step, k)
      case 'ignored':
        return this.#tellIgnored(event, step, k)
      case 'matched':
        return NOTHING
      case 'read':
        return this.#tellRead(event, step, k)
      case 'detached':
        return [this.#deps.attachments.on(event.session, local => this.#deps.attachments.lose(local))]
    }
  }

  /**
   * Tells a session alone: on its connection, or on the one that is about to become it. While there is none, the frames
   * are kept.
   */
  tell(session: SessionId, outgoing: Outgoing, { seq, after }: Step, k: number): readonly Delivery[] {
    const link = this.#deps.registry.link(session)
    const encoding = link?.encoding ?? this.#deps.registry.get(session)?.encoding
    if (!encoding) return []
    const frames = framesFor({ name: nameOf(after, session) }, encoding, outgoing, { seq, k })
    return [
      () => {
        for (const frame of frames) (link ?? this.#deps.registry.get(session))?.put(frame)
        if (link) this.#deps.turn.touch(link)
      },
    ]
  }

  /** A room that a session joins, with its earlier messages. */
  show(session: SessionId, room: string, joined: Outgoing | null, step: Step, k: number): readonly Delivery[] {
    const told = joined ? this.tell(session, joined, step, k) : NOTHING
    return [...told, ...this.#recall(session, room, step, k)]
  }

  /** All sessions of the member hide the other one's messages from now on, or show them again. */
  #tellIgnored(event: EventOf<'ignored'>, step: Step, k: number): readonly Delivery[] {
    const ignored = ignoredBy(step.after, event.member)
    return sessionsOf(step.after, event.member).flatMap(one => [
      ...this.tell(one, ignoredOf(step, event), step, k),
      this.#deps.attachments.on(one, local => local.ignore(ignored)),
    ])
  }

  /** The other sessions of a member learn how far it has read. Without any, nothing is counted. */
  #tellRead(event: EventOf<'read'>, step: Step, k: number): readonly Delivery[] {
    const all = sessionsOf(step.after, event.member)
    const others = all.filter(one => one !== event.session && this.#deps.registry.get(one) !== undefined)
    return others.length === 0 ? NOTHING : this.#deps.counting.begin(this.#readPlaces(event, others, step, k))
  }

  *#readPlaces(
    { member, reads }: EventOf<'read'>,
    others: readonly SessionId[],
    step: Step,
    k: number,
  ): Generator<readonly Delivery[], void> {
    for (const read of reads) {
      const told = readElsewhere(step, member, read, this.#deps.reads)
      yield told ? others.flatMap(other => this.tell(other, told, step, k)) : NOTHING
    }
  }

  /** The earlier messages of a room, for a session that joins it. */
  #recall(session: SessionId, room: string, { seq, at, after }: Step, k: number): readonly Delivery[] {
    const link = this.#deps.registry.link(session)
    if (!link?.encoding) return []
    const ignored = ignoredBy(after, memberOf(after, { session })?.id ?? '')
    const count = link.history ?? HISTORY_ON_JOIN
    const frames = this.#deps.past.onJoin(link.encoding, room, count, at, { seq, k }, ignored)
    return frames.map(frame => () => link.put(frame))
  }

  #notify(session: SessionId, notice: Notice): void {
    const link = this.#deps.registry.link(session)
    if (link) this.#deps.turn.notify(link, notice)
  }
}

const NOTHING: readonly Delivery[] = []
