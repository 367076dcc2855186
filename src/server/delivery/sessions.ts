/** The sessions of this server, each with its reader and, while attached, its link. */
import type { OrderedMap } from 'immutable'
import type { Encoding } from '../../codec/codec.ts'
import type { MemberId, SessionId } from '../../model/input.ts'
import type { Admission } from '../ingress/bounds/admission.ts'
import type { Link } from './link.ts'
import type { Reader } from './reading/reader.ts'
import type { Frame } from './reading/ring.ts'

export class LocalSession {
  readonly session: SessionId
  readonly encoding: Encoding
  readonly reader: Reader
  #link: Link | null = null
  /** While the session has no connection: the address of the last one. */
  awayFrom: string | null = null

  constructor(session: SessionId, encoding: Encoding, reader: Reader) {
    this.session = session
    this.encoding = encoding
    this.reader = reader
    reader.session = session
    reader.lane.resumes = encoding.resumes
  }

  get link(): Link | null {
    return this.#link
  }

  set link(link: Link | null) {
    // In a group, it would be written to on the connection that it had.
    this.reader.alone()
    this.#link = link
  }

  /** Its client doesn't hide messages of ignored members, so these aren't written to it. */
  ignore(ignored: OrderedMap<MemberId, string>): void {
    if (!this.encoding.ignores) this.reader.ignored = ignored.isEmpty() ? null : ignored
  }

  /**
   * A frame for this session alone. If too much waits, a connection is given up; a detached session forgets its lane
   * and gets a gap later.
   */
  put(frame: Frame): void {
    this.reader.put(frame)
    if (this.link) this.link.strain(this.reader)
    else if (this.reader.lane.overfull) this.reader.lane.spill()
  }
}

type Waiting = { readonly link: Link; readonly encoding: Encoding | null }

export class SessionRegistry {
  readonly #registry = new Map<SessionId, LocalSession>()
  /** Connections that have said hello, by the session id of their hello. */
  readonly #waiting = new Map<SessionId, Waiting>()
  /**
   * Encodings in use, with the number of sessions and waiting connections that use each. A step that attaches a
   * connection may have further events for it.
   */
  readonly #encodings = new Map<Encoding, number>()
  readonly #admission: Admission

  constructor(admission: Admission) {
    this.#admission = admission
  }

  get encodings(): IterableIterator<Encoding> {
    return this.#encodings.keys()
  }

  all(): IterableIterator<LocalSession> {
    return this.#registry.values()
  }

  get(session: SessionId): LocalSession | undefined {
    return this.#registry.get(session)
  }

  /**
   * The client's address: of the sessions with a connection, that of the one from which something came last; else that
   * of the last connection. Null: none of them is known here.
   */
  addressOf(sessions: Iterable<SessionId>): string | null {
    const local = [...sessions].flatMap(id => this.#registry.get(id) ?? [])
    const [link] = local.flatMap(one => one.link ?? []).sort((a, b) => b.heardAt - a.heardAt)
    return link?.address ?? local.find(({ awayFrom }) => awayFrom !== null)?.awayFrom ?? null
  }

  /** A connection has said hello as `session`, and waits for the reducer's answer. */
  expect(session: SessionId, link: Link): void {
    this.#waitNoMore(session)
    const { encoding } = link
    this.#waiting.set(session, { link, encoding })
    if (encoding) this.#count(encoding, 1)
  }

  waiting(session: SessionId): Link | undefined {
    return this.#waiting.get(session)?.link
  }

  /** The connection that a session's answers go to: its own, or the one that is about to become it. */
  link(session: SessionId): Link | undefined {
    return this.#registry.get(session)?.link ?? this.waiting(session)
  }

  add(local: LocalSession): void {
    this.#registry.set(local.session, local)
    this.#count(local.encoding, 1)
  }

  remove(session: SessionId): void {
    const local = this.#registry.get(session)
    if (!local) return
    this.#registry.delete(session)
    this.#setAway(local, null)
    this.#count(local.encoding, -1)
  }

  /**
   * Attaches the link that waited as `via` to the session. Returns the link that the session had, if it was another.
   */
  attach(local: LocalSession, via: SessionId, link: Link): Link | null {
    this.#waitNoMore(via)
    const before = local.link
    local.link = link
    this.#setAway(local, null)
    link.reader = local.reader
    return before === link ? null : before
  }

  /** The link is gone; its session, if it had one, keeps its cursors. */
  forget(via: SessionId, session: SessionId | null, link: Link): void {
    if (this.waiting(via) === link) this.#waitNoMore(via)
    const local = session === null ? undefined : this.#registry.get(session)
    if (local?.link !== link) return
    local.link = null
    this.#setAway(local, link.address)
  }

  /** Nothing waits under this id any more. */
  #waitNoMore(via: SessionId): void {
    const encoding = this.#waiting.get(via)?.encoding
    this.#waiting.delete(via)
    if (encoding) this.#count(encoding, -1)
  }

  #count(encoding: Encoding, more: 1 | -1): void {
    const users = (this.#encodings.get(encoding) ?? 0) + more
    if (users > 0) this.#encodings.set(encoding, users)
    else this.#encodings.delete(encoding)
  }

  /** A session that is away still counts as a member of its address. */
  #setAway(local: LocalSession, address: string | null): void {
    if (local.awayFrom !== null) this.#admission.back(local.awayFrom)
    if (address !== null) this.#admission.away(address)
    local.awayFrom = address
  }
}
