/**
 * Whether order is kept, according to the events in their order: every actor has the right, no banned member is there,
 * texts of a muted or filtered member reach nobody, and each sanction ends once.
 */
import { BlockList } from 'node:net'
import type { Event, EventOf } from '../../src/model/event.ts'
import type { Entry, Input, MemberId } from '../../src/model/input.ts'
import { ENDS_AT_ONCE } from '../../src/model/limits.ts'
import type { Filter, Purge, Sanction } from '../../src/model/state/keeping.ts'
import type { State } from '../../src/model/state.ts'
import type { Step } from '../../src/model/step.ts'
import { memberOf } from '../../src/reducer/rules/lookup.ts'
import { isFenced } from '../../src/reducer/rules/nodes.ts'
import { rankIn, sanctionsOn } from '../helpers/sanctioned.ts'
import { RUDE } from './perform-keeping.ts'
import type { Story } from './story.ts'

/** The lowest rank that may do an act: 1 administrators, 2 founders, 3 operators. */
const NEEDED: Readonly<Partial<Record<EventOf<'moderated'>['act'], number>>> = {
  ...{ kick: 3, ban: 3, unban: 3, mute: 3, unmute: 3, except: 3, unexcept: 3, op: 2, deop: 2, voice: 3, devoice: 3 },
  ...{ admin: 0, unadmin: 0, invite: 3, mode: 3, filter: 3, unfilter: 3, release: 3, drop: 3 },
}
/** These need a rank above that of their target. */
const ABOVE: ReadonlySet<EventOf<'moderated'>['act']> = new Set([
  ...(['kick', 'ban', 'unban', 'mute', 'unmute', 'op', 'deop', 'voice', 'devoice'] as const),
])

export class Order {
  readonly #story: Story
  readonly #elapsed: () => number
  readonly #isErased: (seq: number) => boolean
  /** How long a server may take to hear of a filter. */
  readonly #hearing: number
  readonly #ended = new Set<number>()
  /** When each filter was stored, in elapsed milliseconds. */
  readonly #filters = new Map<number, number>()
  /** Messages that wait or waited for a keeper, each with the members who may read it meanwhile. */
  readonly #held = new Map<number, ReadonlySet<MemberId>>()
  readonly #said: (Pick<EventOf<'said'>, 'author' | 'room'> & { readonly seq: number; readonly at: number })[] = []
  /** The networks of sanctions, by their number. */
  readonly #networks = new Map<number, BlockList>()
  /** The inputs with a text that is an address of a sanction that is over. */
  readonly #spent = new Set<number>()

  constructor(story: Story, elapsed: () => number, hearing: number, isErased: (seq: number) => boolean) {
    this.#story = story
    this.#elapsed = elapsed
    this.#hearing = hearing
    this.#isErased = isErased
  }

  /** Whether the message of this input waits for a keeper, or did. */
  isHeld = (seq: number): boolean => this.#held.has(seq)

  /** A member was shown a message that waits. */
  shownHeld(seq: number, member: MemberId): void {
    const isTheirs = this.#held.get(seq)?.has(member) ?? false
    this.#story.check('a held message is shown to its author and its keepers', isTheirs, () => `${seq} to ${member}`)
  }

  /** Addresses that nobody needs any more and that are not erased. In the end there are none. */
  get addressesLeft(): readonly number[] {
    return [...this.#spent].filter(seq => !this.#isErased(seq))
  }

  /** The ban of the whole server that keeps this member out by its address, as far as the network goes. */
  banAt(state: State, id: MemberId, address: string): Sanction | undefined {
    const isIn = ({ id: number }: Sanction): boolean =>
      this.#networks.get(number)?.check(address, address.includes(':') ? 'ipv6' : 'ipv4') ?? false
    const name = (state.accounts.get(id) ?? state.members.get(id))?.name
    const isAbout = (one: Sanction): boolean =>
      one.member === id || one.keys.some(key => name?.keys.includes(key)) || isIn(one)
    const all = [...state.sanctions.values()].filter(one => one.room === null && isAbout(one))
    if (rankIn(state, id, null) <= 1 || all.some(({ kind }) => kind === 'exception')) return undefined
    return all.find(one => one.kind === 'ban' && isIn(one))
  }

  /** Its inputs came at `since` or later, in elapsed milliseconds. */
  note(step: Step, { input, texts }: Entry, since: number): void {
    for (const { event, before } of step.events) {
      this.#checkEnds(event, step, input)
      if (event.type === 'moderated') this.#checkRight(event, before)
      if (event.type === 'said') this.#said.push({ ...event, seq: step.seq, at: step.at })
      if (event.type === 'purging') this.#checkPurge(event, before)
      if (event.type === 'purged') this.#checkPurged(before.purges.get(event.purge))
      if (event.type === 'restricted' && event.text !== null) this.#networks.set(event.id, blockOf(texts.text ?? ''))
      if (event.type === 'held') {
        this.#story.count('messages held')
        const staff = event.sessions.map(session => before.sessions.get(session)?.member ?? '')
        this.#held.set(step.seq, new Set([event.author, ...staff]))
      }
      if (event.type === 'filtered') this.#filters.set(event.id, this.#elapsed())
    }
    this.#checkTick(step, input)
    this.#checkWritten(step, input, texts.text ?? '', since)
    this.#checkBanned(step.after)
  }

  #checkRight({ act, byId, whoId, room, ...event }: EventOf<'moderated'>, before: State): void {
    const needed = NEEDED[act]
    if (byId === null || needed === undefined) return
    this.#story.count(`did: ${act}`)
    const isOwn = byId === whoId && ['deop', 'devoice', 'unadmin'].includes(act)
    const rank = rankIn(before, byId, room)
    this.#story.check(
      'who keeps order may do that',
      isOwn || rank <= needed,
      () => `${event.by} (${byId}) did ${act} in ${room}, with rank ${rank}`,
    )
    const isAbove = whoId === null || byId === 'host' || !ABOVE.has(act) || rank < rankIn(before, whoId, room)
    this.#story.check('nobody acts on their equals', isOwn || isAbove, () => `${event.by} did ${act} to ${event.who}`)
  }

  #checkPurge({ byId, by, author, name, room }: EventOf<'purging'>, before: State): void {
    const rank = rankIn(before, byId, room)
    const isRight = rank === 0 || (rank <= 3 && rank < rankIn(before, author, room))
    this.#story.check('who purges is above the author', isRight, () => `${by} purges ${name} in ${room}`)
  }

  #checkPurged(purge: Purge | undefined): void {
    if (!purge) return
    const { author, room, since, id } = purge
    const meant = this.#said.filter(
      one => one.author === author && one.seq < id && one.at >= since && (room === null || one.room === room),
    )
    const left = meant.filter(({ seq }) => !this.#isErased(seq))
    this.#story.count('messages purged', meant.length)
    this.#story.check('what was purged is gone', left.length === 0, () => left.map(({ seq }) => seq).join())
  }

  #checkEnds(event: Event, { before, at }: Step, { type }: Input): void {
    if (event.type !== 'lifted' && event.type !== 'carried') return
    const text = before.sanctions.get(event.id)?.text ?? null
    if (text !== null) this.#spent.add(text)
    if (event.type === 'carried') return
    this.#story.count('sanctions ended')
    this.#story.check('a sanction ends once', !this.#ended.has(event.id), () => `${event.id}`)
    this.#ended.add(event.id)
    const until = before.ends.get(`sanction:${event.id}`) ?? Number.POSITIVE_INFINITY
    const isOver = type !== 'tick' || until <= at || isGoneWith(before, event.id)
    this.#story.check('a sanction ends not before its time', isOver, () => `${event.id}, ${until - at} ms early`)
  }

  #checkTick({ before, after, at }: Step, input: Input): void {
    if (input.type !== 'tick' || isFenced(before, input)) return
    const due = [...before.ends.values()].filter(until => until <= at).length
    const left = [...after.ends.values()].filter(until => until <= at).length
    this.#story.check('a tick ends what is due', left <= Math.max(0, due - ENDS_AT_ONCE), () => `${left} of ${due}`)
  }

  /** Checks the texts of an input that others could read, and whether they should have reached them. */
  #checkWritten({ before, events }: Step, input: Input, text: string, since: number): void {
    const member = memberOf(before, input)
    if (!member || before.format < 7) return
    for (const { event } of events) {
      const read = readBy(event, text)
      if (read === null || input.type === 'release') continue
      const muted = read.rooms.some(room => sanctionsOn(before, 'mute', room, member.id).length > 0)
      this.#story.check('what a muted member writes reaches nobody', !muted, () => `${member.name.text}: ${input.type}`)
      const filter = this.#filterOn(before, member.id, read, since)
      this.#story.check(
        'what is filtered reaches nobody',
        filter === null,
        () => `${member.name.text}: ${input.type} "${read.text}", despite ${filter?.action} ${filter?.id}`,
      )
    }
  }

  /** A filter that every server knew when the text came in, and that hides it. */
  #filterOn(state: State, id: MemberId, { text, rooms }: Reading, since: number): Filter | null {
    if (!text.includes(RUDE)) return null
    this.#story.count('rude texts shown')
    for (const room of rooms) {
      if (rankIn(state, id, room) <= 3) continue
      for (const filter of state.rules.get(room ?? '*')?.filters.values() ?? []) {
        const known = (this.#filters.get(filter.id) ?? Number.POSITIVE_INFINITY) + this.#hearing
        if (filter.action !== 'warn' && known < since) return filter
      }
    }
    return null
  }

  #checkBanned(state: State): void {
    if (state.sanctions.size === 0) return
    for (const { id, name, rooms } of state.members.values()) {
      const where = [null, ...rooms].find(room => sanctionsOn(state, 'ban', room, id).length > 0)
      this.#story.check('nobody who is banned is there', where === undefined, () => `${name.text} is in ${where}`)
    }
    for (const { session, name } of state.lapsed.values()) {
      const bans = sanctionsOn(state, 'ban', null, session.member).filter(({ text }) => text === null)
      this.#story.check('nobody who is banned can come back', bans.length === 0, () => name.text)
    }
  }
}

function blockOf(network: string): BlockList {
  const [address = '', bits] = network.split('/')
  const block = new BlockList()
  block.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4')
  return block
}

type Reading = { readonly text: string; readonly rooms: readonly (string | null)[] }

/** The text of an event that its author chose and that others read, and its place. Null: none. */
function readBy(event: Event, text: string): Reading | null {
  switch (event.type) {
    case 'said':
      return { text, rooms: [null, event.room] }
    case 'told':
      return { text, rooms: [null] }
    case 'topic':
      return { text: event.topic, rooms: [null, event.room] }
    case 'parted':
      return event.by === undefined && event.reason !== null ? { text: event.reason, rooms: [null, event.room] } : null
    case 'quit':
      return event.cause === 'quit' && event.reason !== null
        ? { text: event.reason, rooms: [null, ...event.rooms] }
        : null
    case 'away':
      return event.note === null ? null : { text: event.note, rooms: [null, ...event.rooms] }
    case 'renamed':
      return { text: event.to, rooms: [null, ...event.rooms] }
    default:
      return null
  }
}

/** A room that goes takes its sanctions with it. */
const isGoneWith = ({ sanctions, rooms }: State, id: number): boolean => {
  const room = sanctions.get(id)?.room ?? null
  return room !== null && !rooms.has(room)
}
