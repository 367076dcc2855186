/** How a session begins or goes on, on the connection that waits for it. */
import type { Encoding } from '../../codec/codec.ts'
import type { EventOf } from '../../model/event.ts'
import { HISTORY_ON_JOIN, HISTORY_PAGE_MAX } from '../../model/limits.ts'
import type { Step } from '../../model/step.ts'
import type { Part } from '../../port/history.ts'
import { memberOf, roomsOf } from '../../reducer/rules/lookup.ts'
import type { Attachments } from './attachments.ts'
import type { Channels } from './channels.ts'
import { AT_THE_START, framesFor } from './frames.ts'
import type { PastFrames } from './past.ts'
import { type ServerInfo, welcomeBack, welcomeTo } from './private.ts'
import type { Frame } from './reading/ring.ts'
import type { SessionRegistry } from './sessions.ts'
import type { Delivery } from './turn.ts'

type Deps = {
  readonly registry: SessionRegistry
  readonly info: ServerInfo
  readonly past: PastFrames
  readonly channels: Channels
  readonly attachments: Attachments
}

export class Arrivals {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** A new session gets its welcome. */
  welcome(event: EventOf<'welcomed'>, step: Step): readonly Delivery[] {
    const { registry, info, attachments } = this.#deps
    const { session } = event
    const link = registry.waiting(session)
    const encoding = link?.encoding
    if (!encoding) return []
    const outgoing = welcomeTo(step, event, link.token, info)
    const frames = framesFor({ name: event.name.text }, encoding, outgoing, { seq: step.seq, k: AT_THE_START })
    return [
      () => {
        attachments.attach(session, session, link, encoding)
        for (const frame of frames) link.put(frame)
      },
    ]
  }

  /**
   * A resumed session gets everything that it missed from the rings; or, over a gap, each room as it is now, and the
   * gap.
   */
  resume({ type, session, via }: EventOf<'resumed' | 'returned'>, step: Step): readonly Delivery[] {
    const { registry, info, channels, attachments } = this.#deps
    const link = registry.waiting(via)
    const encoding = link?.encoding
    // No connection waits for it here: the session goes on at another server.
    if (!link || !encoding) return [attachments.on(session, local => attachments.moveAway(local))]
    const local = registry.get(session)
    const { epoch = '', cursor: claimed = 0 } = link.resumption ?? {}
    // A cursor beyond the end of the journal is of another history: the journal was restored from a backup meanwhile.
    const cursor = epoch === info.epoch && claimed <= step.seq ? claimed : -1
    // Nothing is kept for the session in another encoding.
    const gap = local?.encoding !== encoding || cursor < 0 || !local.reader.reaches(cursor)
    const returned = type === 'returned'
    const missed = this.#missed(encoding, cursor, link.history, step)
    const back = welcomeBack(encoding, session, step, { gap, returned }, info, missed)
    const member = returned ? undefined : memberOf(step.after, { session })
    const rooms = member ? roomsOf(member) : []
    return [
      () => {
        const taken = attachments.attach(session, via, link, encoding)
        taken.reader.rewind(gap ? step.seq : cursor)
        if (gap) taken.reader.lane.lose(step.seq)
        taken.reader.lead(back)
        for (const room of rooms) channels.enter(taken, room)
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
    const { past } = this.#deps
    const place = { seq, k: 0 }
    if (cursor >= 0) return part => past.onReturn(encoding, part, cursor, count ?? HISTORY_PAGE_MAX, at, place)
    return part => ('room' in part ? (past.latest(encoding, part.room, count ?? HISTORY_ON_JOIN, at, place) ?? []) : [])
  }
}
