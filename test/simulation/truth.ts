/**
 * What is true, from what lies on the disk: the journal folded once from nothing, never restarted, and kept apart from
 * every server. Who was in which room when is noted from the events themselves, so that the checks owe the fan-out nothing.
 */
import type { Event } from '../../src/model/event.ts'
import type { Entry, MemberId } from '../../src/model/input.ts'
import type { Name } from '../../src/model/name.ts'
import { initialState, type State } from '../../src/model/state.ts'
import { after, type Step, step } from '../../src/reducer/step.ts'
import { armed } from './disk.ts'
import { keyIn } from './keys.ts'
import type { Story } from './story.ts'

/** A message, or the deletion of one: what each who is entitled to it sees once, in the order of `seq`. */
export type Item = {
  readonly seq: number
  /** What tells it from all others: the mark in its text, or `deleted 17`. */
  readonly key: string
  readonly kind: 'said' | 'told' | 'deleted'
  /** Null: between `members` alone. */
  readonly room: string | null
  readonly members: readonly MemberId[]
  readonly author: MemberId
  /** The host said it in the lobby, so that it is for all. */
  readonly everyone: boolean
}

/** From after input `from` up to input `to`. `away`: the session had lapsed meanwhile, and came back to the room. */
type Stay = { readonly from: number; to: number; readonly away: boolean }

type Person = {
  readonly member: MemberId
  readonly protocol: string
  readonly since: number
  /** The name it came with. */
  readonly first: string
  name: Name
  here: boolean
  readonly stays: Map<string, Stay[]>
  detachedAt: number | null
  /** The input with which it last left the chat. */
  goneAt: number | null
  /** How that was. */
  left: string
}

export class Truth {
  readonly items: Item[] = []
  state: State = initialState
  readonly people = new Map<MemberId, Person>()
  readonly #byKey = new Map<string, Item[]>()
  readonly #bySeq = new Map<number, Item>()
  /** Texts whose sender was told that nothing had happened. */
  readonly #refused = new Set<string>()
  readonly #story: Story
  readonly #grace: number
  readonly #elapsed: () => number
  readonly #isErased: (seq: number) => boolean
  /** Whether the clock on the wall ran evenly so far. */
  even = true

  /** `isErased`: whether the text of an input is off the disk. */
  constructor(story: Story, grace: number, elapsed: () => number, isErased: (seq: number) => boolean) {
    this.#isErased = isErased
    this.#story = story
    this.#grace = grace
    this.#elapsed = elapsed
  }

  /** One, but for a deletion that was asked for twice. */
  itemsOf(key: string): readonly Item[] {
    return this.#byKey.get(key) ?? []
  }

  /** A commit is on the disk. */
  commit(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const done = this.#fold(entry)
      if (!done) continue
      this.state = after(done)
      for (const { event } of done.events) this.#note(event, entry)
    }
  }

  /** Null: it is one to be set aside. */
  #fold(entry: Entry): Step | null {
    try {
      return step(this.state, armed(entry))
    } catch {
      return null
    }
  }

  /** Its sender was told that it did not happen, so it never does. */
  refused(key: string): void {
    this.#refused.add(key)
    this.#story.check(
      'what was refused did not happen',
      !this.#byKey.has(key),
      () => `${key} was refused, and is there`,
    )
  }

  /** Whether an item is for this member to see. */
  isFor(member: MemberId, item: Item): boolean {
    if (item.room === null) return item.members.includes(member)
    const stays = this.people.get(member)?.stays
    const isWithin = ({ from, to }: Stay): boolean => from < item.seq && item.seq < to
    if (item.everyone && stays?.get(ANYWHERE)?.some(isWithin)) return true
    return stays?.get(item.room)?.some(isWithin) ?? false
  }

  /** Whether a member is in a room after input `seq`. */
  isIn(member: MemberId, room: string, seq: number): boolean {
    const stays = this.people.get(member)?.stays.get(room) ?? []
    return stays.some(({ from, to, away }) => !away && from <= seq && seq < to)
  }

  /** Whether its text is gone, so that nothing of it is to be told to who comes later. */
  isDeleted(item: Item): boolean {
    return this.#isErased(item.seq)
  }

  #note(event: Event, { seq, text }: Entry): void {
    switch (event.type) {
      case 'welcomed': {
        const { member, name, protocol } = event
        this.people.set(member, person(member, name, protocol, seq))
        this.#enter(member, ANYWHERE, seq)
        return this.#named(member, name)
      }
      case 'renamed':
        this.#person(event.member).name = event.name
        return this.#named(event.member, event.name)
      case 'joined':
        this.#bridge(event.member, event.room, seq)
        return this.#enter(event.member, event.room, seq)
      case 'parted':
        return this.#leave(event.member, event.room, seq)
      case 'returned': {
        const who = this.#person(event.session)
        who.here = true
        who.name = event.name
        this.#enter(who.member, ANYWHERE, seq)
        return this.#named(who.member, event.name)
      }
      case 'detached':
        this.#person(event.session).detachedAt = this.even ? this.#elapsed() : null
        return
      case 'resumed':
        this.#person(event.session).detachedAt = null
        return
      case 'quit':
        return this.#quit(event, seq)
      case 'said':
        return this.#add({ ...event, kind: 'said', members: [], key: keyIn(text ?? '') ?? '', seq })
      case 'told': {
        const { author, other } = event
        const members = [author, other]
        return this.#add({
          kind: 'told',
          members,
          author,
          room: null,
          everyone: false,
          key: keyIn(text ?? '') ?? '',
          seq,
        })
      }
      case 'deleted':
        return this.#delete(event.target, seq)
      default:
        return
    }
  }

  #person(member: MemberId): Person {
    return this.people.get(member) as Person
  }

  #named(member: MemberId, name: Name): void {
    const twin = [...this.people.values()].find(
      other => other.here && other.member !== member && other.name.keys.some(key => name.keys.includes(key)),
    )
    this.#story.check('names are unique', !twin, () => `${name.text} is the name of two: ${twin?.member} and ${member}`)
  }

  #enter(member: MemberId, room: string, seq: number): void {
    const stays = this.#person(member).stays
    stays.set(room, [...(stays.get(room) ?? []), { from: seq, to: Number.POSITIVE_INFINITY, away: false }])
  }

  /** Back from a late return: what was said in the room meanwhile is its own too. */
  #bridge(member: MemberId, room: string, seq: number): void {
    const who = this.#person(member)
    const before = who.stays.get(room) ?? []
    const isBack = who.stays.get(ANYWHERE)?.at(-1)?.from === seq && who.goneAt !== null
    if (isBack && before.at(-1)?.to === who.goneAt) before.push({ from: who.goneAt, to: seq, away: true })
  }

  #leave(member: MemberId, room: string, seq: number): void {
    const stay = this.#person(member).stays.get(room)?.at(-1)
    if (stay) stay.to = seq
  }

  #quit({ member, cause }: Extract<Event, { type: 'quit' }>, seq: number): void {
    const who = this.#person(member)
    for (const room of who.stays.keys()) if (this.isIn(member, room, seq)) this.#leave(member, room, seq)
    who.here = false
    who.goneAt = seq
    who.left = cause
    if (cause !== 'lost' || who.protocol !== 'native' || !this.even || who.detachedAt === null) return
    const waited = this.#elapsed() - who.detachedAt
    this.#story.check(
      'nobody exits before the grace is over',
      waited >= this.#grace - STORING_MS,
      () => `${who.name.text} was given ${waited} ms of ${this.#grace}`,
    )
  }

  #delete(target: number, seq: number): void {
    const message = this.#bySeq.get(target)
    if (!message) return
    const members = message.members.filter(member => this.#person(member)?.here)
    this.#add({ ...message, kind: 'deleted', key: `deleted ${target}`, seq, members })
  }

  #add({ seq, key, kind, room, members, author, everyone }: Item): void {
    const item: Item = { seq, key, kind, room, members, author, everyone: everyone && room === 'lobby' }
    const before = this.itemsOf(key)
    const once = before.length === 0 || kind === 'deleted'
    this.#story.check(
      'what was said is in the journal once',
      once,
      () => `${key} is there as ${before[0]?.seq} and ${seq}`,
    )
    this.#story.check(
      'what was refused did not happen',
      !this.#refused.has(key),
      () => `${key} was refused, and is there`,
    )
    this.#byKey.set(key, [...before, item])
    this.#bySeq.set(seq, item)
    this.items.push(item)
  }
}

const person = (member: MemberId, name: Name, protocol: string, since: number): Person => ({
  member,
  protocol,
  since,
  first: name.text,
  name,
  here: true,
  stays: new Map(),
  detachedAt: null,
  goneAt: null,
  left: 'not left',
})

/** As if it were a room: the chat as a whole. */
const ANYWHERE = '*'

/** The grace is counted from when a connection was lost, and that was stored up to so many milliseconds later. */
const STORING_MS = 1000
