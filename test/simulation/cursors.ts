/** The holder and the place of each cursor: from the inputs and their events, apart from the code that is tried. */
import type { Event, EventOf } from '../../src/model/event.ts'
import type { Entry, SessionId } from '../../src/model/input.ts'
import { nameKey } from '../../src/model/name/name.ts'
import { type Cursor, cursorKey } from '../../src/model/state/cursor.ts'
import type { State } from '../../src/model/state.ts'
import type { Story } from './story.ts'

/** How it is now, and the sessions that have claimed it and not left since. */
type Known = { place: number; turn: number; holder: SessionId | null; readonly wanted: Set<SessionId> }

export class Cursors {
  readonly #story: Story
  readonly #known = new Map<string, Known>()
  /** The turns that there were: of which session, from which place. */
  readonly #turns = new Map<string, number>()

  constructor(story: Story) {
    this.#story = story
  }

  note(event: Event, entry: Entry): void {
    const { seq, input } = entry
    if (event.type === 'uncursored') this.#known.delete(cursorKey(event))
    if (event.type === 'turned') this.#told(event)
    if (event.type === 'ended' || event.type === 'lapsed') {
      for (const known of this.#known.values()) known.wanted.delete(event.session)
    }
    if (event.type === 'registered') this.#own(event)
    if (event.type !== 'cursored') return
    const key = cursorKey(event)
    const known = this.#known.get(key) ?? { place: event.seq, turn: 0, holder: null, wanted: new Set<SessionId>() }
    if (input.type === 'cursor-claim') known.wanted.add(input.session)
    this.#place(event, known, entry)
    this.#holder(event, known, seq)
    known.place = event.seq
    known.turn = event.turn
    known.holder = event.holder?.session ?? null
    if (input.type === 'cursor-leave') known.wanted.delete(input.session)
    if (known.holder !== null) this.#turns.set(`${known.holder} ${known.turn}`, known.place)
    this.#known.set(key, known)
  }

  /** The cursors of a guest are its account's. */
  #own({ name, member }: EventOf<'registered'>): void {
    const guest = `guest:${nameKey(name)} `
    for (const [key, known] of [...this.#known].filter(([key]) => key.startsWith(guest))) {
      this.#known.delete(key)
      this.#known.set(`account:${member} ${key.slice(guest.length)}`, known)
    }
  }

  #place({ seq: place, name }: Cursor, known: Known, { seq, input }: Entry): void {
    if (place === known.place || input.type === 'cursor-set') return
    this.#story.count('cursors moved')
    const isHolder = input.type === 'cursor-move' && input.session === known.holder && input.turn === known.turn
    const isMove = isHolder && input.seq === place
    const isThere = place <= seq
    this.#story.check('a cursor moves to what was said', isThere, () => `${name} to ${place}, at ${seq}`)
    this.#story.check('a cursor moves by its holder', isMove, () => `${name} to ${place}, by ${JSON.stringify(input)}`)
    const isForward = place > known.place
    this.#story.check('a cursor moves forward', isForward, () => `${name} from ${known.place} to ${place}`)
  }

  #holder({ name, turn, holder, waiting }: Cursor, known: Known, seq: number): void {
    if (holder === null) {
      this.#story.check('a cursor is held if somebody waits', waiting.length === 0, () => name)
      return
    }
    const isKnown = known.wanted.has(holder.session)
    this.#story.check('a cursor is held by one that wants it', isKnown, () => `${name} by ${holder.session}`)
    if (holder.session === known.holder) return
    if (known.holder !== null) this.#story.count('cursors passed on')
    this.#story.check('another holder has another turn', turn === seq, () => `${name}, turn ${turn} at ${seq}`)
  }

  /** Somebody is told that it has the turn. */
  #told({ session, is, turn, name }: EventOf<'turned'>): void {
    if (is !== 'holding') return
    const known = [...this.#known.values()].find(one => one.holder === session && one.turn === turn)
    this.#story.check('one program holds a cursor', known !== undefined, () => `${session} is told so of ${name}`)
  }

  /** A client was told that it has this turn, from this place on. */
  heard(session: SessionId, turn: number, place: number): void {
    this.#story.count('turns heard of')
    const known = this.#turns.get(`${session} ${turn}`)
    this.#story.check('a turn is that of one session', known !== undefined, () => `${session} hears of turn ${turn}`)
    const isReached = known === undefined || place <= known
    this.#story.check('a turn begins at the place that was reached', isReached, () => `${place}, not ${known}`)
  }

  /** A server that has folded everything, maybe since a restart. */
  compare({ cursors }: State): void {
    for (const [key, { place, turn, holder }] of this.#known) {
      const found = cursors.get(key)
      const isSame = found?.seq === place && found.turn === turn && (found.holder?.session ?? null) === holder
      this.#story.check('a cursor survives a restart', isSame, () => `${key}: ${JSON.stringify(found)}, not ${place}`)
    }
  }
}
