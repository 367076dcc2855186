/**
 * The truth, from the disk: the journal folded once from nothing, never restarted, and apart from every server. The
 * messages and the whereabouts of members are noted from the events themselves.
 */
import { createHash } from 'node:crypto'
import type { Event, EventOf } from '../../src/model/event.ts'
import type { Entry, MemberId } from '../../src/model/input.ts'
import { UNREAD_LOOKED, UNREAD_MAX } from '../../src/model/limits.ts'
import type { Name } from '../../src/model/name/name.ts'
import { runOf } from '../../src/model/state/node.ts'
import type { Place } from '../../src/model/state/reads.ts'
import { initialState, type State } from '../../src/model/state.ts'
import type { Step } from '../../src/model/step.ts'
import { isFenced, isWarden, wardenOf } from '../../src/reducer/rules/nodes.ts'
import { toSnapshot } from '../../src/reducer/snapshot.ts'
import { step } from '../../src/reducer/step.ts'
import { QuestionModel } from '../helpers/question-model.ts'
import { Cursors } from './cursors.ts'
import { Forwarding } from './forwarding.ts'
import { type Item, isMessage, UNMARKED } from './item.ts'
import { finishedKey, keyIn, pinnedKey } from './keys.ts'
import { Living } from './living.ts'
import type { Order } from './order.ts'
import { Outputs } from './outputs.ts'
import { armed } from './poison.ts'
import type { Presence } from './presence.ts'
import { DIGEST_EVERY } from './process.ts'
import { Rights } from './rights.ts'
import type { Story } from './story.ts'

export class Truth {
  readonly presence: Presence
  readonly rights: Rights
  readonly order: Order
  readonly living: Living
  readonly questions: QuestionModel
  readonly cursors: Cursors
  readonly outputs: Outputs
  readonly forwarding = new Forwarding()
  readonly items: Item[] = []
  state: State = initialState
  /** The latest states that servers compare, by the number of their input. */
  readonly #compared = new Map<number, State>()
  readonly #byKey = new Map<string, Item[]>()
  readonly #bySeq = new Map<number, Item>()
  readonly #severalRooms = new Set<number>()
  /** Texts whose sender was told that nothing had happened. */
  readonly #refused = new Set<string>()
  /** The runs of servers that have been the warden. */
  readonly wardens = new Set<string>()
  /** The servers that take part, each with its run. */
  readonly #runs = new Map<string, string>()
  readonly #meantFor = new Map<string, MemberId>()
  readonly #story: Story
  readonly #isErased: (seq: number) => boolean

  /** `isErased`: whether the text of an input is off the disk. */
  constructor(story: Story, presence: Presence, order: Order, isErased: (seq: number) => boolean) {
    this.#story = story
    this.presence = presence
    this.order = order
    this.rights = new Rights(story)
    this.living = new Living(story, isErased)
    this.questions = new QuestionModel(
      (rule, holds, detail) => story.check(rule, holds, detail),
      what => story.count(what),
    )
    this.cursors = new Cursors(story)
    this.outputs = new Outputs(story, presence, isErased)
    this.#isErased = isErased
  }

  /** One item, except for a deletion that was asked for twice. */
  itemsOf(key: string): readonly Item[] {
    return this.#byKey.get(key) ?? []
  }

  /** Whether its text is gone, so that later sessions must not get it. */
  isDeleted(item: Pick<Item, 'seq'>): boolean {
    return this.#isErased(item.seq)
  }

  /** A commit is on the disk. Its inputs came at `since` or later, in elapsed milliseconds. */
  commit(entries: readonly Entry[], since: number): void {
    for (const entry of entries) {
      const done = this.#fold(entry)
      if (!done) continue
      this.#checkWarden(entry)
      this.#checkRun(entry, done)
      this.#checkFormat(done)
      this.state = done.after
      this.order.note(done, entry, since)
      this.#remember(done)
      this.questions.follow(done)
      this.forwarding.note(done)
      const { nodes } = this.state
      const warden = nodes.get(wardenOf(this.state) ?? '')
      if (warden) this.wardens.add(warden.run)
      for (const { event } of done.events) {
        this.rights.note(event)
        this.living.note(event, entry)
        this.cursors.note(event, entry)
        this.#note(event, entry, since)
      }
      this.outputs.note(done, entry)
      this.#noteQuestion(done)
    }
  }

  /** The hash that servers should say of the state after an input; null: it isn't known any more. */
  digestAt(seq: number): string | null {
    const state = this.#compared.get(seq)
    return state ? createHash('sha256').update(toSnapshot(state)).digest('hex').slice(0, 32) : null
  }

  #remember({ seq, after }: Step): void {
    if (seq % DIGEST_EVERY === 0) this.#compared.set(seq, after)
    const [oldest] = this.#compared.keys()
    if (oldest !== undefined && this.#compared.size > COMPARED_MAX) this.#compared.delete(oldest)
  }

  /** Its sender was told that it did not happen, so it must never happen. */
  refused(key: string): void {
    this.#refused.add(key)
    this.#checkRefused(key)
  }

  /** Duties that one server has for all are done by one. Acts of a server that takes no part do not count. */
  #checkWarden({ input }: Entry): void {
    if (input.type !== 'tick' || isFenced(this.state, input)) return
    const isWardens = this.state.format < 5 || isWarden(this.state, input.origin, runOf(input))
    this.#story.check('one server ticks for all', isWardens, () => `${input.origin} ticks as ${input.id}`)
  }

  /** Inputs of a run that has ended, according to the events, change nothing. */
  #checkRun({ input }: Entry, { before, events }: Step): void {
    const isBegun = this.#runs.get(input.origin) === runOf(input) || input.type === 'started' || input.type === 'format'
    const isRefused = events.every(
      ({ event }) => event.type === 'unneeded' || (event.type === 'rejected' && event.n === null),
    )
    if (before.format > 4) this.#story.check('a server that is gone does nothing', isBegun || isRefused, () => input.id)
    for (const { event } of events) {
      if (event.type === 'node-started') this.#runs.set(event.node, event.run)
      if (event.type === 'node-ended') this.#runs.delete(event.node)
    }
  }

  /** Rules that a server doesn't read begin only when it takes no part. Before format 6, no server named its rules. */
  #checkFormat({ before, events }: Step): void {
    for (const { event } of events) {
      if (event.type !== 'formatted' || before.format < 6) continue
      const late = [...before.nodes].filter(([, { reads = 0 }]) => reads < event.format).map(([node]) => node)
      this.#story.check('every server reads the rules that begin', late.length === 0, () => late.join())
    }
  }

  /** Null: the entry has to be quarantined. */
  #fold(entry: Entry): Step | null {
    try {
      return step(this.state, armed(entry))
    } catch {
      return null
    }
  }

  #note(event: Event, { seq, texts, input }: Entry, since: number): void {
    const key = keyIn(texts.text ?? '') ?? `${UNMARKED} ${seq}`
    switch (event.type) {
      case 'welcomed':
        return this.presence.welcomed(event, seq)
      case 'registered':
        this.rights.registered(event.member, this.state.members.get(event.member)?.name ?? NOBODY)
        return this.presence.registered(event.member)
      case 'lapsed':
        return this.presence.lapsed(event.session)
      case 'returned':
        return this.presence.returned(event.session, event.name, seq)
      case 'renamed':
        return this.presence.named(event.member, event.name)
      case 'joined':
        return this.presence.joined(event.member, event.room, seq)
      case 'parted':
        return this.presence.parted(event.member, event.room, seq)
      case 'detached':
        return this.presence.detached(event.session, since)
      case 'resumed':
        return this.presence.resumed(event.session)
      case 'quit':
        return this.presence.quit(event, seq)
      case 'ended':
        return this.presence.ended(event)
      case 'said': {
        const { room, author } = event
        return this.#add({
          seq,
          key,
          kind: 'said',
          room,
          members: [],
          author,
          everyone: event.everyone && room === 'lobby',
          ...(input.type === 'release' && { released: true }),
        })
      }
      case 'told': {
        const { author, other } = event
        this.#meant(key, other)
        return this.#add({ seq, key, kind: 'told', room: null, members: [author, other], author, everyone: false })
      }
      case 'deleted':
        return this.#delete(event, seq)
      case 'edited':
        return this.#change({ ...event, kind: 'edited', key: this.living.editKey(event.edit), by: event.author }, seq)
      case 'reacted':
        return this.#change({ ...event, kind: 'reacted', key: `reacted ${seq}`, by: event.member }, seq)
      case 'finished': {
        // One input may interrupt several, in several rooms.
        if (input.type !== 'finish') return
        const { target, author } = event
        return this.#change({ target, kind: 'finished', key: finishedKey(seq), by: author }, seq)
      }
      case 'pinned': {
        // What is forgotten or deleted is unpinned, perhaps several messages of several rooms by one input.
        if (input.type !== 'pin') return
        const { target, member } = event
        return this.#change({ target, kind: 'pinned', key: pinnedKey(seq), by: member }, seq)
      }
      default:
        return
    }
  }

  /** Members of the room see it, once for all of its events. */
  #noteQuestion({ seq, events }: Step): void {
    const rooms = new Set(events.flatMap(({ event }) => (isAboutQuestions(event) ? [event.room] : [])))
    const [room] = rooms
    if (room === undefined || this.#bySeq.has(seq)) return
    // A tick may end questions of several rooms, and each is seen by others.
    if (rooms.size > 1) return void this.#severalRooms.add(seq)
    const key = `question ${seq}`
    this.#add({ seq, key, kind: 'question', room, members: [], author: '', everyone: false })
  }

  /** The place of a message without a mark, such as a choice that is said; null: it has one. */
  unmarkedAt = (seq: number): string | null => (this.keyAt(seq).startsWith(UNMARKED) ? this.keyAt(seq) : null)

  /** The mark of an input that is about questions alone; null: it's something else besides. */
  questionAt = (seq: number): string | null => {
    const item = this.#bySeq.get(seq)
    const isElse = this.#severalRooms.has(seq) || (item && item.kind !== 'question')
    return isElse ? null : `question ${seq}`
  }

  /** A direct message is meant for this member, also if another member has its name by now. */
  meant(key: string, other: MemberId): void {
    this.#meantFor.set(key, other)
  }

  #meant(key: string, other: MemberId): void {
    const meant = this.#meantFor.get(key)
    const isRight = meant === undefined || meant === other
    this.#story.check('a direct message reaches whom it was meant for', isRight, () => `${key} reached ${other}`)
  }

  /**
   * How many messages of others came to a place after input `after` and up to input `to`, within the bounds of the
   * count: at least, and at most. A deletion that is under way may count or not.
   */
  unread(member: MemberId, place: Place, after: number, to: number): readonly [least: number, most: number] {
    const isThere = ({ kind, room, members, author, seq }: Item): boolean =>
      isMessage({ kind }) &&
      seq > after &&
      seq <= to &&
      ('room' in place ? room === place.room : members.includes(member) && author === place.with)
    const all = this.items
      .filter(isThere)
      .slice(-UNREAD_LOOKED)
      .filter(({ author }) => author !== member)
    const deleted = (item: Item): boolean => (this.#byKey.get(`deleted ${item.seq}`) ?? []).some(({ seq }) => seq <= to)
    const count = (isOver: (item: Item) => boolean): number =>
      Math.min(UNREAD_MAX, all.filter(item => !isOver(item)).length)
    return [count(item => this.isDeleted(item)), count(deleted)]
  }

  /** The entitled members see the change of the message, as far as they are there. */
  #change({ target, kind, key, by }: Changing, seq: number): void {
    const message = this.#bySeq.get(target)
    if (!message) return
    const members = message.members.filter(member => this.presence.get(member)?.here)
    // A pin is told in its room alone.
    const everyone = message.everyone && kind !== 'pinned'
    this.#add({ ...message, kind, key, seq, members, everyone, author: by })
  }

  /** The mark of the message of this input. */
  keyAt = (seq: number): string => this.#bySeq.get(seq)?.key ?? ''

  /** The same of a message whose text is off the disk; null: it isn't. */
  forgottenAt = (seq: number): string | null => (this.#isErased(seq) ? this.keyAt(seq) : null)

  /** The message, if it has or had a text with this mark. */
  messageWith(seq: number, key: string): Item | null {
    return this.living.hasSaid(seq, key) ? (this.#bySeq.get(seq) ?? null) : null
  }

  #delete({ target, bulk }: EventOf<'deleted'>, seq: number): void {
    const message = this.#bySeq.get(target)
    if (!message) return
    const members = message.members.filter(member => this.presence.get(member)?.here)
    this.#add({ ...message, kind: 'deleted', key: `deleted ${target}`, seq, members, ...(bulk && { bulk }) })
  }

  #add(item: Item): void {
    const { key, seq, kind } = item
    const before = this.itemsOf(key)
    const isOnce = before.length === 0 || kind === 'deleted'
    this.#story.check(
      'what was said is in the journal once',
      isOnce,
      () => `${key} is there as ${before[0]?.seq} and ${seq}`,
    )
    this.#byKey.set(key, [...before, item])
    this.#bySeq.set(seq, item)
    this.items.push(item)
    if (this.#refused.has(key)) this.#checkRefused(key)
  }

  #checkRefused(key: string): void {
    const isThere = this.#byKey.has(key)
    this.#story.check('what was refused did not happen', !isThere, () => `${key} was refused, and is there`)
  }
}

type Changing = Pick<Item, 'kind' | 'key'> & { readonly target: number; readonly by: MemberId }

/** Longer ago, no beat is under way any more. */
const COMPARED_MAX = 64

const isAboutQuestions = (event: Event): event is EventOf<'answered' | 'concluded' | 'hands'> =>
  event.type === 'answered' || event.type === 'concluded' || event.type === 'hands'

const NOBODY: Name = { text: '', keys: [''] }
