/**
 * The last lines of live messages: a signal beside the journal, which is never stored and never in a ring. Readers get the
 * newest state a few times a second, however fast it grows, and one that can't be written to at once gets the one after: so
 * nobody has a queue (docs/spec.md, LV3).
 */
import type { Outgoing } from '../../codec/codec.ts'
import type { SessionId } from '../../model/input.ts'
import { LIVE_SHOWN_MEMBER_MS, LIVE_SHOWN_MS, LIVE_TAIL_BYTES } from '../../model/limits.ts'
import { tailOf } from '../../model/message/live-text.ts'
import type { Live } from '../../model/state/lives.ts'
import type { State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { Clock } from '../../port/clock.ts'
import type { History } from '../../port/history.ts'
import { ignoredBy } from '../../reducer/keeping/messages/ignoring.ts'
import { sessionsOf } from '../../reducer/rules/lookup.ts'
import { AT_THE_END, sharedFrames } from './frames.ts'
import type { Link } from './link.ts'
import type { Frame } from './reading/ring.ts'
import type { SessionRegistry } from './sessions.ts'

type Deps = {
  readonly state: () => State
  readonly history: Pick<History, 'output'>
  readonly registry: Pick<SessionRegistry, 'get'>
  readonly clock: Pick<Clock, 'elapsed' | 'alarm'>
  readonly report: (error: unknown) => void
}

/** `reached`: the size that each connection got last. */
type Shown = { at: number; cancel: (() => void) | null; readonly reached: WeakMap<Link, number> }

export class LiveTails {
  readonly #deps: Deps
  readonly #shown = new Map<number, Shown>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Takes in the steps that were delivered just now. */
  hear(steps: readonly Step[]): void {
    for (const { events } of steps) {
      for (const { event } of events) {
        if (event.type === 'grew') this.#later(event.target)
        else if (event.type === 'finished' || event.type === 'deleted') this.#forget(event.target)
        // It has missed the output since.
        else if (event.type === 'resumed' || event.type === 'returned') this.#laterAll()
      }
    }
  }

  close(): void {
    for (const target of [...this.#shown.keys()]) this.#forget(target)
  }

  #laterAll(): void {
    for (const target of this.#deps.state().lives.keys()) this.#later(target)
  }

  #later(target: number): void {
    const { clock, state } = this.#deps
    const live = state().lives.get(target)
    if (!live) return
    const shown = this.#shown.get(target) ?? { at: Number.NEGATIVE_INFINITY, cancel: null, reached: new WeakMap() }
    this.#shown.set(target, shown)
    if (shown.cancel) return
    const members = state().rooms.get(live.room)?.members.size ?? 0
    const next = shown.at + LIVE_SHOWN_MS + members * LIVE_SHOWN_MEMBER_MS
    shown.cancel = clock.alarm(Math.max(0, next - clock.elapsed()), () => {
      shown.cancel = null
      shown.at = clock.elapsed()
      this.#show(target, shown)
    })
  }

  #show(target: number, { reached }: Shown): void {
    const live = this.#deps.state().lives.get(target)
    if (!live) return this.#forget(target)
    try {
      const framesFor = this.#framesOf(live)
      let isMissed = false
      for (const session of readersOf(this.#deps.state(), live)) {
        const local = this.#deps.registry.get(session)
        if (!local?.link || reached.get(local.link) === live.size) continue
        const frames = framesFor(local.encoding)
        if (frames.length > 0 && !local.link.remark(frames)) isMissed = true
        else reached.set(local.link, live.size)
      }
      if (isMissed) this.#later(target)
    } catch (error) {
      this.#deps.report(error)
    }
  }

  #framesOf({ seq, room, size }: Live): (encoding: Parameters<typeof sharedFrames>[0]) => readonly Frame[] {
    const { bytes, offset } = this.#deps.history.output(seq, -LIVE_TAIL_BYTES, LIVE_TAIL_BYTES)
    const outgoing: Outgoing = { type: 'growing', room, target: seq, size, tail: tailOf(bytes, offset === 0) }
    const made = new Map<string, readonly Frame[]>()
    return encoding => {
      const frames =
        made.get(encoding.id) ?? sharedFrames(encoding, outgoing, { seq: this.#deps.state().seq, k: AT_THE_END }, null)
      made.set(encoding.id, frames)
      return frames
    }
  }

  #forget(target: number): void {
    this.#shown.get(target)?.cancel?.()
    this.#shown.delete(target)
  }
}

/** All members but the session that writes it, without members that ignore its author. */
function* readersOf(state: State, { room, author, session: own }: Live): Iterable<SessionId> {
  for (const { id } of state.rooms.get(room)?.members.values() ?? []) {
    if (ignoredBy(state, id).has(author)) continue
    for (const session of sessionsOf(state, id)) if (session !== own) yield session
  }
}
