/** How the sessions of this server take connections, and how they go. Deliveries call it; it encodes nothing. */
import type { Encoding } from '../../codec/codec.ts'
import type { CloseCode } from '../../model/closing.ts'
import type { SessionId } from '../../model/input.ts'
import type { Channels } from './channels.ts'
import type { Link } from './link.ts'
import { LocalSession, type SessionRegistry } from './sessions.ts'
import type { Delivery, Turn } from './turn.ts'

export class Attachments {
  readonly #registry: SessionRegistry
  readonly #channels: Channels
  readonly #turn: Turn
  readonly #now: () => number

  /** `now` gives milliseconds since the epoch. */
  constructor(registry: SessionRegistry, channels: Channels, turn: Turn, now: () => number) {
    this.#registry = registry
    this.#channels = channels
    this.#turn = turn
    this.#now = now
  }

  /** Does this to the session, if it is on this server. */
  on(session: SessionId, act: (local: LocalSession) => void): Delivery {
    return () => {
      const local = this.#registry.get(session)
      if (!local) return
      act(local)
      if (local.link) this.#turn.touch(local.link)
    }
  }

  /** The newer connection wins; the older one gets `replaced`. */
  attach(session: SessionId, via: SessionId, link: Link, encoding: Encoding): LocalSession {
    this.#leaveBehind(link, session)
    const before = this.#registry.get(session)
    const known = before?.encoding === encoding ? before : undefined
    if (before && !known) this.#forget(before)
    const local = known ?? new LocalSession(session, encoding, link.reader)
    if (!known) this.#registry.add(local)
    const replaced = this.#registry.attach(local, via, link) ?? (known ? null : (before?.link ?? null))
    this.#turn.touch(link)
    this.#turn.notify(link, { type: 'entered', session })
    if (replaced) this.#replace(replaced)
    return local
  }

  /** Another server has the session now: its connection here gets `replaced`. */
  moveAway(local: LocalSession): void {
    this.#letGo(local, 'replaced')
  }

  /**
   * The session is detached. If it still has a connection here, the other servers took this one for gone: the client
   * connects again.
   */
  lose(local: LocalSession): void {
    if (local.link) this.#letGo(local, 'cut-off')
  }

  #letGo(local: LocalSession, code: CloseCode): void {
    this.#forget(local)
    const { link } = local
    local.link = null
    if (link) this.#replace(link, code)
  }

  end(local: LocalSession, code: CloseCode): void {
    this.#forget(local)
    const { link } = local
    if (!link) return
    link.finish(code)
    this.#turn.touch(link)
    this.#turn.notify(link, { type: 'ended' })
  }

  /** After a login, the connection is another session's. Its former one quits, and gets nothing more. */
  #leaveBehind(link: Link, session: SessionId): void {
    const { session: former } = link.reader
    if (former === null || former === session) return
    const local = this.#registry.get(former)
    link.leaveReader()
    if (local?.link !== link) return
    local.link = null
    this.#forget(local)
  }

  #replace(link: Link, code: CloseCode = 'replaced'): void {
    link.giveUp(code, this.#now())
    this.#turn.notify(link, { type: 'ended' })
  }

  /** The session is not on this server any more, and nothing is kept for it. */
  #forget(local: LocalSession): void {
    for (const room of [...local.reader.rooms]) this.#channels.leave(local, room, true)
    this.#registry.remove(local.session)
  }
}
