/**
 * Checks the view of one session against the truth: only committed messages that are meant for it, in order, each once,
 * and nothing left out except in a stated gap.
 */
import type { MemberId } from '../../src/model/input.ts'
import { type Item, isMessage } from './item.ts'
import type { Story } from './story.ts'
import type { Truth } from './truth.ts'

/** The session that watches. `misses`: items that its protocol never shows, such as its own messages. */
export type Watcher = {
  readonly who: string
  readonly member: MemberId
  readonly from: number
  readonly misses: (item: Item) => boolean
}

/** The items of a gap up to input `to` that were neither sent as history nor counted as missed yet. */
type Gap = { readonly to: number; missing: readonly Item[] }

export class Observer {
  readonly watcher: Watcher
  readonly #truth: Truth
  readonly #story: Story
  /** The index of the next item that should be shown. */
  #next: number
  #last: number
  #gap: Gap | null = null

  constructor(watcher: Watcher, truth: Truth, story: Story) {
    this.watcher = watcher
    this.#truth = truth
    this.#story = story
    this.#last = watcher.from
    this.#next = truth.items.findIndex(item => item.seq > watcher.from)
    if (this.#next < 0) this.#next = truth.items.length
  }

  /** The session was shown this. `seq`: the number that came with it, if any. */
  see(key: string, seq: number | null): void {
    const { who, member } = this.watcher
    const items = this.#truth.itemsOf(key)
    const found = items.find(one => (seq === null ? one.seq > this.#last : one.seq === seq))
    // As history, it has its latest text.
    const item = found ?? (seq === null ? null : this.#truth.messageWith(seq, key)) ?? items[0]
    this.#story.check('what is shown is committed', item !== undefined, () => `${who} was shown ${key}`)
    if (!item) return
    this.#story.check(
      'numbers are those of the journal',
      seq === null || seq === item.seq,
      () => `${who} was shown ${key} as ${seq}, and it is ${item.seq}`,
    )
    this.#story.check(
      'nobody sees what is not theirs',
      this.#isTheirs(member, item),
      () => `${who} was shown ${item.kind} ${key}`,
    )
    this.#story.check(
      'one order, each once',
      item.seq > this.#last,
      () => `${who} was shown ${key} (${item.seq}) after ${this.#last}`,
    )
    this.#last = Math.max(this.#last, item.seq)
    if (this.#gap && item.seq <= this.#gap.to) return this.#filled(item)
    this.#closed()
    this.#upTo(item.seq)
  }

  /**
   * The session was told of a gap up to input `to`. As history it should get the items of the rooms that it is in now.
   */
  gap(to: number): void {
    const { member } = this.watcher
    const missing = [...(this.#gap?.missing ?? []), ...this.#expected(to)].filter(
      item => isMessage(item) && (item.room === null || this.#truth.presence.isIn(member, item.room, to)),
    )
    this.#gap = { to, missing }
    this.#skip(to)
  }

  /** The session was told that it missed so many messages between two inputs, of a room or (null) direct ones. */
  stated(room: string | null, after: number, to: number, missed: number): void {
    const { who, member } = this.watcher
    const isMeant = (item: Item): boolean =>
      item.seq > after &&
      item.seq <= to &&
      isMessage(item) &&
      item.room === room &&
      (room !== null || item.members.includes(member))
    const size = this.#truth.items.filter(isMeant).length
    this.#story.check(
      'a gap is stated with its size',
      size === missed,
      () => `${who} was told of ${missed} missing after ${after} in ${room ?? 'its own'}, and they are ${size}`,
    )
    if (this.#gap) this.#gap.missing = this.#gap.missing.filter(item => !isMeant(item))
  }

  /** The missing items may stay so: the client has to ask for them. */
  excuse(): void {
    if (this.#gap) this.#gap.missing = []
  }

  /** The session has everything up to here, and nothing may be missing. */
  complete(): void {
    this.#closed()
    this.#upTo(Number.POSITIVE_INFINITY)
  }

  /** The history of a room is for everybody who is in it now. */
  #isTheirs(member: MemberId, item: Item): boolean {
    if (this.watcher.misses(item)) return false
    const isPast = this.#gap !== null && item.seq <= this.#gap.to && item.room !== null
    return (
      this.#truth.presence.isFor(member, item) ||
      (isPast && this.#truth.presence.isIn(member, item.room ?? '', this.#gap?.to ?? 0))
    )
  }

  #filled(item: Item): void {
    if (this.#gap) this.#gap.missing = this.#gap.missing.filter(one => one !== item)
  }

  #closed(): void {
    const left = this.#gap?.missing.filter(item => !this.#truth.isDeleted(item)) ?? []
    this.#gap = null
    this.#whole(left, 'in a gap')
  }

  #upTo(seq: number): void {
    this.#whole(this.#expected(seq - 1), 'on the way')
    this.#skip(seq)
  }

  #whole(left: readonly Item[], where: string): void {
    const [first] = left
    this.#story.check(
      'nothing is left out',
      first === undefined,
      () => `${this.watcher.who} was never shown ${first?.kind} ${first?.key} (${first?.seq}), ${where}`,
    )
  }

  #expected(to: number): readonly Item[] {
    const expected: Item[] = []
    for (let at = this.#next; at < this.#truth.items.length; at++) {
      const item = this.#truth.items[at] as Item
      if (item.seq > to) break
      if (this.#truth.presence.isFor(this.watcher.member, item) && !this.watcher.misses(item)) expected.push(item)
    }
    return expected
  }

  #skip(to: number): void {
    while (this.#next < this.#truth.items.length && (this.#truth.items[this.#next] as Item).seq <= to) this.#next++
  }
}
