/**
 * The places of each member over time, according to the events. From these follows the audience of each event, without
 * asking the fan-out.
 */
import type { EventOf } from '../../src/model/event.ts'
import type { MemberId, SessionId } from '../../src/model/input.ts'
import { CLOCK_SET_MS, LAPSED_MAX, LAPSED_MS } from '../../src/model/limits.ts'
import type { Name } from '../../src/model/name/name.ts'
import type { Item } from './item.ts'
import type { Story } from './story.ts'

/** From after input `from` up to input `to`. `away`: the session had lapsed meanwhile, and came back to the room. */
type Stay = { readonly from: number; to: number; readonly away: boolean }

type Present = {
  readonly member: MemberId
  readonly protocol: string
  readonly since: number
  /** The name it came with. */
  readonly first: string
  name: Name
  here: boolean
  readonly stays: Map<string, Stay[]>
  /** Its sessions that are detached, each since a monotonic time. */
  readonly detached: Map<SessionId, number>
  /** The input with which it last left the chat. */
  goneAt: number | null
  /** The reason it left. */
  left: string
  /** Monotonic time when it left. */
  leftAt: number
  /** How many sessions had lapsed by then, its own included. */
  lapses: number
  isAccount: boolean
}

export class Presence {
  readonly #people = new Map<MemberId, Present>()
  readonly #members = new Map<SessionId, MemberId>()
  readonly #story: Story
  /** Milliseconds that a lost session keeps its place. */
  readonly #grace: number
  readonly #elapsed: () => number
  #lapses = 0
  /** Monotonic time. */
  readonly #lapsedAt = new Map<SessionId, number>()

  constructor(story: Story, grace: number, elapsed: () => number) {
    this.#story = story
    this.#grace = grace
    this.#elapsed = elapsed
  }

  get(member: MemberId): Present | undefined {
    return this.#people.get(member)
  }

  /** Everybody who ever came, with the name that each had last. */
  get everybody(): readonly { readonly member: MemberId; readonly name: string }[] {
    return [...this.#people.values()].map(({ member, name }) => ({ member, name: name.text }))
  }

  /** Whether its session may have been forgotten: it was kicked, or lapsed long ago, or many have lapsed since. */
  mayBeForgotten(member: MemberId): boolean {
    const { left, leftAt, lapses, isAccount } = this.#known(member)
    // An account's session may end for many a reason; src/reducer/accounts tells which.
    if (isAccount) return true
    const isOld = this.#elapsed() - leftAt > LAPSED_MS - UNEVEN_MS || this.#lapses - lapses >= LAPSED_MAX
    return left === 'kicked' || left === 'banned' || (left === 'lost' && isOld)
  }

  /** The latest member that came with this name. */
  comeAs(name: string): Present | undefined {
    return [...this.#people.values()].findLast(({ first }) => first === name)
  }

  /** Whether this member should see the item. */
  isFor(member: MemberId, item: Item): boolean {
    if (item.room === null) return item.members.includes(member)
    const stays = this.#people.get(member)?.stays
    const isWithin = ({ from, to }: Stay): boolean => from < item.seq && item.seq < to
    if (item.everyone && stays?.get(ANYWHERE)?.some(isWithin)) return true
    return stays?.get(item.room)?.some(isWithin) ?? false
  }

  /** Whether a member is in a room after input `seq`. */
  isIn(member: MemberId, room: string, seq: number): boolean {
    const stays = this.#people.get(member)?.stays.get(room) ?? []
    return stays.some(({ from, to, away }) => !away && from <= seq && seq < to)
  }

  /** Whether a member was in a room after input `seq`, or is. */
  wasIn(member: MemberId, room: string, seq: number): boolean {
    const stays = this.#people.get(member)?.stays.get(room) ?? []
    return stays.some(({ to, away }) => !away && to > seq)
  }

  welcomed({ session, member, name, protocol }: EventOf<'welcomed'>, since: number): void {
    this.#members.set(session, member)
    const known = this.#people.get(member)
    if (known?.here) return
    if (known) known.here = true
    else
      this.#people.set(member, {
        ...{ member, protocol, since, first: name.text, name, here: true, stays: new Map() },
        ...{ detached: new Map(), goneAt: null, left: 'not left', leftAt: 0, lapses: 0, isAccount: false },
      })
    this.#enter(member, ANYWHERE, since)
    this.named(member, name)
  }

  registered(member: MemberId): void {
    this.#known(member).isAccount = true
  }

  returned(session: SessionId, name: Name, seq: number): void {
    const { member, here } = this.#behind(session)
    const away = this.#elapsed() - (this.#lapsedAt.get(session) ?? 0)
    this.#story.check('after a week nobody is back', away < LAPSED_MS + UNEVEN_MS, () => `${member}, after ${away} ms`)
    if (here) return
    this.#known(member).here = true
    this.#enter(member, ANYWHERE, seq)
    this.named(member, name)
  }

  named(member: MemberId, name: Name): void {
    this.#known(member).name = name
    const twin = [...this.#people.values()].find(
      other => other.here && other.member !== member && other.name.keys.some(key => name.keys.includes(key)),
    )
    this.#story.check('names are unique', !twin, () => `${name.text} is the name of two: ${twin?.member} and ${member}`)
  }

  /** After a late return, earlier messages of the room from the absence are for the member, too. */
  joined(member: MemberId, room: string, seq: number): void {
    const { stays, goneAt } = this.#known(member)
    const before = stays.get(room) ?? []
    const isBack = stays.get(ANYWHERE)?.at(-1)?.from === seq && goneAt !== null
    if (isBack && before.at(-1)?.to === goneAt) before.push({ from: goneAt, to: seq, away: true })
    this.#enter(member, room, seq)
  }

  parted(member: MemberId, room: string, seq: number): void {
    const stay = this.#known(member).stays.get(room)?.at(-1)
    if (stay) stay.to = seq
  }

  /** It was lost at `since` or later. */
  detached(session: SessionId, since: number): void {
    this.#behind(session).detached.set(session, since)
  }

  resumed(session: SessionId): void {
    this.#behind(session).detached.delete(session)
  }

  /** The grace of a session is over. */
  lapsed(session: SessionId): void {
    const { name, detached } = this.#behind(session)
    const since = detached.get(session)
    detached.delete(session)
    this.#lapsedAt.set(session, this.#elapsed())
    this.#behind(session).lapses = ++this.#lapses
    const waited = this.#elapsed() - (since ?? this.#elapsed())
    this.#story.check(
      'nobody exits before the grace is over',
      since === undefined || waited >= this.#grace - CLOCK_SET_MS,
      () => `${name.text} was given ${waited} ms of ${this.#grace}`,
    )
  }

  quit({ member, cause }: EventOf<'quit'>, seq: number): void {
    const who = this.#known(member)
    for (const room of who.stays.keys()) if (this.isIn(member, room, seq)) this.parted(member, room, seq)
    who.here = false
    who.goneAt = seq
    who.left = cause
    who.leftAt = this.#elapsed()
  }

  /** A lapsed session is kicked without another exit. */
  ended({ session, code }: EventOf<'ended'>): void {
    const who = this.#behind(session)
    who.detached.delete(session)
    if (!who.here) who.left = code
  }

  #behind(session: SessionId): Present {
    return this.#known(this.#members.get(session) ?? '')
  }

  #known(member: MemberId): Present {
    return this.#people.get(member) as Present
  }

  #enter(member: MemberId, room: string, seq: number): void {
    const { stays } = this.#known(member)
    stays.set(room, [...(stays.get(room) ?? []), { from: seq, to: Number.POSITIVE_INFINITY, away: false }])
  }
}

/** Stands for the chat as a whole, as if it were a room. */
const ANYWHERE = '*'

/** The most that jumps of the wall clock may add up to. */
const UNEVEN_MS = 12 * 3_600_000
