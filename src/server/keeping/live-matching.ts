/**
 * Matches the addresses of this server's sessions again when a sanction on a network is folded, and those of a session
 * when it begins or comes back: its hello was matched before, maybe without a sanction that was folded meanwhile. The
 * result becomes an input of the session (`match`), and the reducer decides about the session.
 *
 * A match that could not be stored is tried again. When a sanction ends, nothing is submitted: its number means nothing
 * any more.
 */
import type { Event } from '../../model/event.ts'
import type { Body, SessionId } from '../../model/input.ts'
import { MATCHED_AT_ONCE, STORAGE_RETRY_MS } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { Clock } from '../../port/clock.ts'
import { bannedIn } from '../../reducer/keeping/rooms/modes.ts'
import { onlyAt, subjectOf } from '../../reducer/keeping/sanctions/under.ts'
import type { LocalSession, SessionRegistry } from '../delivery/sessions.ts'
import type { KeptTexts } from '../ingress/texts.ts'

type Deps = {
  readonly registry: Pick<SessionRegistry, 'all' | 'get'>
  readonly texts: Pick<KeptTexts, 'matching'>
  readonly state: () => State
  readonly clock: Pick<Clock, 'turn' | 'alarm'>
  /** Submits an input of a session. */
  readonly submit: (session: SessionId, body: Body) => void
  /** Calls back when all inputs submitted so far have been folded or have failed. */
  readonly settled: (run: () => void) => void
}

export class LiveMatching {
  readonly #deps: Deps
  /** Sessions whose match is under way. */
  readonly #asked = new Set<SessionId>()
  /** The sessions that are still to be looked at. */
  #sweep: Iterator<LocalSession> | null = null
  #unalarm: (() => void) | null = null
  #isClosed = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Takes in folded steps. */
  hear(steps: readonly Step[]): void {
    for (const { events } of steps) for (const { event } of events) this.#hear(event)
  }

  close(): void {
    this.#isClosed = true
    this.#sweep = null
    this.#unalarm?.()
  }

  #hear(event: Event): void {
    switch (event.type) {
      case 'restricted':
        if (event.text !== null) this.#all()
        return
      case 'welcomed':
      case 'resumed':
      case 'returned':
        return this.#look(event.session)
      // An exception may have been on the former name.
      case 'renamed':
        for (const session of this.#deps.state().members.get(event.member)?.sessions ?? []) this.#look(session)
        return
    }
  }

  /** Looks at every session, from the first one on. */
  #all(): void {
    const isUnderWay = this.#sweep !== null
    this.#sweep = this.#deps.registry.all()
    if (!isUnderWay) this.#goOn()
  }

  /** Not so many at once that others would wait for it. */
  #goOn(): void {
    const sweep = this.#sweep
    for (let count = 0; sweep && count < MATCHED_AT_ONCE; count++) {
      const next = sweep.next()
      if (next.done) {
        this.#sweep = null
        return
      }
      this.#match(next.value)
    }
    if (sweep) this.#deps.clock.turn(() => this.#goOn())
  }

  #look(session: SessionId): void {
    const local = this.#deps.registry.get(session)
    if (local) this.#match(local)
  }

  #match(local: LocalSession): void {
    const { texts, submit, settled } = this.#deps
    const { session } = local
    const address = local.link?.address ?? local.awayFrom
    if (address === null || this.#isClosed || this.#asked.has(session)) return
    const nets = texts.matching(address)
    if (!this.#isDue(session, nets)) return
    this.#asked.add(session)
    submit(session, { type: 'match', nets })
    settled(() => {
      this.#asked.delete(session)
      // It may have come back from elsewhere.
      const now = this.#deps.registry.get(session)
      if (!now || (now.link?.address ?? now.awayFrom) !== address) return this.#look(session)
      const found = texts.matching(address)
      if (!this.#isDue(session, found)) return
      // A sanction that was folded meanwhile has found this match under way; a match that is not new could not be
      // stored.
      if (found.some(id => !nets.includes(id))) this.#look(session)
      else this.#later()
    })
  }

  /** Whether the reducer has yet to know of one of these, or to act on one. */
  #isDue(session: SessionId, nets: readonly number[]): boolean {
    const state = this.#deps.state()
    const known = state.sessions.get(session)
    if (!known || nets.length === 0) return false
    if (nets.some(id => state.sanctions.has(id) && !known.nets?.includes(id))) return true
    const subject = onlyAt(subjectOf(state, known.member), nets)
    const rooms = state.members.get(known.member)?.rooms ?? []
    return [null, ...rooms].some(room => bannedIn(state, room, subject) !== null)
  }

  #later(): void {
    this.#unalarm ??= this.#deps.clock.alarm(STORAGE_RETRY_MS, () => {
      this.#unalarm = null
      this.#all()
    })
  }
}
