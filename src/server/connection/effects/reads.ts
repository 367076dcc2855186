/**
 * The client's read positions. Its reports are gathered into one input for all places, at most every READS_MS, and at
 * the end of the session. A numbered command is never held, and is an input of its own: a repeated one does nothing.
 *
 * Line mode has no command for it. Its user has seen everything that was sent, so at the end all of it counts as read.
 */
import type { Refusal } from '../../../model/error.ts'
import type { SessionId } from '../../../model/input.ts'
import { CONVERSATIONS_LISTED_MAX, READS_GATHERED_MAX, READS_MS } from '../../../model/limits.ts'
import { type Place, placeKey, positionIn } from '../../../model/state/reads.ts'
import { flatten } from '../../../model/text.ts'
import { memberOf, roomsOf } from '../../../reducer/rules/lookup.ts'
import { readsOf } from '../../../reducer/rules/reads.ts'
import { idOfName } from '../../ingress/targets/naming.ts'
import { vetRoom } from '../../ingress/vetting/vetted.ts'
import type { ConnectionContext } from '../context.ts'
import type { Effect } from '../state.ts'

type ReadEffect = Extract<Effect, { type: 'read' }>
type Read = { readonly place: Place; readonly seq: number }

export class Reads {
  readonly #of: ConnectionContext
  /** The positions that wait, by place; null: none. */
  #gathered: Map<string, Read> | null = null
  #session: SessionId = ''
  /** Monotonic milliseconds of the last input; null: there was none. */
  #sentAt: number | null = null
  #cancel: (() => void) | null = null

  constructor(connection: ConnectionContext) {
    this.#of = connection
  }

  /** Returns the refusal if the place can't be read. */
  read({ session, n, where, seq }: ReadEffect): Refusal | null {
    const place = this.#placeOf(where)
    if ('code' in place) return place
    if (n === null) this.#gather(session, { place, seq })
    else this.#of.submit(session, n, { type: 'read', reads: [{ place, seq }] }, null)
    return null
  }

  /** The session is about to end, or to lose its connection. A slow reader has not seen the frames that wait for it. */
  leave(): void {
    this.flush()
    const { encoding, reader, behind } = this.#of.link
    const { session } = reader
    if (encoding?.protocol === 'line' && session !== null && !behind) this.#submit(session, this.#shown(session))
  }

  /** Submits the gathered positions. */
  flush(): void {
    const reads = [...(this.#gathered?.values() ?? [])]
    this.stop()
    this.#submit(this.#session, reads)
  }

  #submit(session: SessionId, reads: readonly Read[]): void {
    if (reads.length === 0) return
    this.#sentAt = this.#of.server.clock.elapsed()
    this.#of.submit(session, null, { type: 'read', reads }, null)
  }

  /** The places of an account with something after its position. */
  #shown(session: SessionId): readonly Read[] {
    const { history, report, state } = this.#of.server
    const now = state()
    const member = memberOf(now, { session })
    if (!member || !now.accounts.has(member.id)) return []
    const positions = readsOf(now, member.id)
    const rooms = roomsOf(member).map(room => ({ place: { room }, seq: now.seq }))
    try {
      const direct = history.correspondence(member.id, CONVERSATIONS_LISTED_MAX)
      return [...rooms, ...direct.map(({ other, seq }) => ({ place: { with: other }, seq }))].filter(
        ({ place, seq }) => seq > positionIn(positions, place),
      )
    } catch (error) {
      report(error)
      return rooms
    }
  }

  /** The session is gone. */
  stop(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#gathered = null
  }

  #gather(session: SessionId, { place, seq }: Read): void {
    const { clock } = this.#of.server
    const gathered = this.#gathered ?? new Map<string, Read>()
    const key = placeKey(place)
    gathered.set(key, { place, seq: Math.max(seq, gathered.get(key)?.seq ?? 0) })
    this.#gathered = gathered
    this.#session = session
    const wait = this.#sentAt === null ? 0 : this.#sentAt + READS_MS - clock.elapsed()
    if (wait <= 0 || gathered.size >= READS_GATHERED_MAX) this.flush()
    else this.#cancel ??= clock.alarm(wait, () => this.flush())
  }

  #placeOf({ room, with: name, id }: ReadEffect['where']): Place | Refusal {
    if (room !== undefined) {
      const read = vetRoom(room)
      return read.ok ? { room: read.value } : { code: read.code, detail: read.detail }
    }
    if (id !== undefined) return { with: id }
    if (name === undefined) return { code: 'malformed', detail: 'it names no room and no member' }
    const found = idOfName(this.#of.server.state(), name.slice(0, NAME_SHOWN))
    return found === undefined
      ? { code: 'member-unknown', detail: flatten(name).slice(0, NAME_SHOWN) }
      : { with: found }
  }
}

const NAME_SHOWN = 64
