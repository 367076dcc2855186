/**
 * The signal that a member is typing: beside the journal, never stored and never in a ring. It's dropped for sessions
 * that can't be written to at once, so that it costs no memory (docs/spec.md, Y16).
 */
import type { Outgoing } from '../../codec/codec.ts'
import type { ReadPlace } from '../../model/command.ts'
import type { MemberId, SessionId } from '../../model/input.ts'
import { TYPING_KEPT, TYPING_MEMBERS_MAX, TYPING_MS } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { Clock } from '../../port/clock.ts'
import type { Signals } from '../../port/signals.ts'
import { ignoredBy } from '../../reducer/keeping/messages/ignoring.ts'
import { directlyFault, writingFault } from '../../reducer/keeping/messages/writing.ts'
import { memberOf, sessionsOf } from '../../reducer/rules/lookup.ts'
import { idOfName } from '../ingress/targets/naming.ts'
import { AT_THE_END, sharedFrames } from './frames.ts'
import type { Frame } from './reading/ring.ts'
import type { SessionRegistry } from './sessions.ts'

type Deps = {
  readonly state: () => State
  readonly registry: Pick<SessionRegistry, 'get'>
  readonly clock: Pick<Clock, 'elapsed'>
  /** To and from the other servers of the chat. */
  readonly signals: Signals
}

/** A member types in a room, or (`room` null) to another member. */
type Signal = { readonly member: MemberId; readonly room: string | null; readonly to: MemberId | null }

export class Typing {
  readonly #deps: Deps
  /** When somebody was shown last as typing somewhere, in monotonic milliseconds. */
  readonly #shown = new Map<string, number>()

  constructor(deps: Deps) {
    this.#deps = deps
    deps.signals.signals$.subscribe(({ signal }) => {
      const read = readSignal(signal)
      if (read) this.#show(read)
    })
  }

  /**
   * The client of this session says that its member is typing. A signal that isn't allowed, or too frequent, is
   * dropped: nobody waits for an answer.
   */
  hear(session: SessionId, where: ReadPlace): void {
    const signal = signalOf(this.#deps.state(), session, where)
    if (!signal || this.#isTooOften(signal)) return
    this.#show(signal)
    this.#deps.signals.signal({ typing: signal })
  }

  #isTooOften({ member, room, to }: Signal): boolean {
    const now = this.#deps.clock.elapsed()
    const key = `${member} ${room === null ? `@${to}` : room}`
    if (now - (this.#shown.get(key) ?? Number.NEGATIVE_INFINITY) < TYPING_MS) return true
    if (this.#shown.size >= TYPING_KEPT) this.#shown.clear()
    this.#shown.set(key, now)
    return false
  }

  /** Shows it to the other members that are connected to this server. */
  #show({ member, room, to }: Signal): void {
    const state = this.#deps.state()
    const name = state.members.get(member)?.name.text
    if (name === undefined) return
    const outgoing: Outgoing = { type: 'typing', room, name, id: member }
    const frames = new Map<string, readonly Frame[]>()
    for (const reader of readersOf(state, { member, room, to })) {
      for (const session of sessionsOf(state, reader)) {
        const local = this.#deps.registry.get(session)
        if (!local?.link) continue
        const { encoding } = local
        const made =
          frames.get(encoding.id) ?? sharedFrames(encoding, outgoing, { seq: state.seq, k: AT_THE_END }, null)
        frames.set(encoding.id, made)
        local.link.remark(made)
      }
    }
  }
}

/** Null: the member may not write there, or the room is too large for it. */
function signalOf(state: State, session: SessionId, { room, with: name, id }: ReadPlace): Signal | null {
  const member = memberOf(state, { session })
  if (!member) return null
  if (room !== undefined) {
    const size = state.rooms.get(room)?.members.size ?? 0
    if (!member.rooms.has(room) || size > TYPING_MEMBERS_MAX) return null
    const unfit = writingFault(state, session, member.id, room)
    return unfit && unfit.code !== 'slowed' ? null : { member: member.id, room, to: null }
  }
  const to = id ?? (name === undefined ? undefined : idOfName(state, name.slice(0, NAME_READ)))
  if (to === undefined || directlyFault(state, member.id)) return null
  return { member: member.id, room: null, to }
}

const NAME_READ = 64

/** Members that ignore its author don't get it. */
function readersOf(state: State, { member, room, to }: Signal): readonly MemberId[] {
  const all = room === null ? [to ?? ''] : [...(state.rooms.get(room)?.members.values() ?? [])].map(({ id }) => id)
  if (all.length > TYPING_MEMBERS_MAX) return []
  return all.filter(id => id !== member && !ignoredBy(state, id).has(member))
}

/** From another server: anything. */
function readSignal(signal: unknown): Signal | null {
  if (typeof signal !== 'object' || signal === null || !('typing' in signal)) return null
  const { typing } = signal
  if (typeof typing !== 'object' || typing === null || !('member' in typing)) return null
  const { member, room, to } = typing as Partial<Record<keyof Signal, unknown>>
  if (typeof member !== 'string') return null
  if (typeof room === 'string') return { member, room, to: null }
  return typeof to === 'string' ? { member, room: null, to } : null
}
