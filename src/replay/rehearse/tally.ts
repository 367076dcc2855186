/** The acts that a rule would have stopped: counted, with the people, the rooms and samples. */
import type { MemberId } from '../../model/ids.ts'
import type { Sample, Tried } from '../../model/keeping/trial.ts'
import { TRIED_PEOPLE, TRIED_ROOMS, TRIED_SAMPLES, TRIED_TEXT_CHARS } from '../../model/limits.ts'

type Counted = { name: string; count: number }

export class Tally {
  readonly #stopped = { refused: 0, held: 0, warned: 0 }
  readonly #others = { join: 0, topic: 0, name: 0, note: 0 }
  readonly #people = new Map<MemberId, Counted>()
  readonly #rooms = new Map<string, number>()
  readonly #sees: (room: string | null) => boolean
  #samples: Sample[] = []
  #messages = 0
  #gone = 0
  #first: number | null = null
  #last: number | null = null
  #from: number | null = null
  #to: number | null = null

  /** `sees`: whether the keeper may read the messages of a room, or (null) texts outside of rooms. */
  constructor(sees: (room: string | null) => boolean) {
    this.#sees = sees
  }

  /** An input of the period. */
  passed(at: number): void {
    this.#from ??= at
    this.#to = at
  }

  /** A message in the place of the trial. `isGone`: its text should have been looked at, and is gone. */
  message(isGone: boolean): void {
    this.#messages += 1
    if (isGone) this.#gone += 1
  }

  stopped(sample: Sample): void {
    const { what, verdict, at, room, id, from, text } = sample
    if (what === 'message') this.#stopped[verdict] += 1
    else this.#others[what] += 1
    this.#first ??= at
    this.#last = at
    const person = this.#people.get(id) ?? { name: from, count: 0 }
    person.name = from
    person.count += 1
    this.#people.set(id, person)
    if (room !== null) this.#rooms.set(room, (this.#rooms.get(room) ?? 0) + 1)
    this.#samples.push({ ...sample, text: text !== null && this.#sees(room) ? cut(text) : null })
    if (this.#samples.length >= 2 * TRIED_SAMPLES) this.#samples = this.#samples.slice(-TRIED_SAMPLES)
  }

  get result(): Tried {
    const most = [...this.#people].map(([id, { name, count }]) => ({ id, name, count }))
    const rooms = [...this.#rooms].map(([room, count]) => ({ room, count }))
    return {
      ...{ messages: this.#messages, stopped: { ...this.#stopped }, others: { ...this.#others }, gone: this.#gone },
      people: this.#people.size,
      most: most.sort((a, b) => b.count - a.count || compare(a.id, b.id)).slice(0, TRIED_PEOPLE),
      rooms: rooms.sort((a, b) => b.count - a.count || compare(a.room, b.room)).slice(0, TRIED_ROOMS),
      ...{ first: this.#first, last: this.#last, from: this.#from, to: this.#to },
      samples: this.#samples.slice(-TRIED_SAMPLES),
    }
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : 1)

/** Between whole characters. */
function cut(text: string): string {
  if (text.length <= TRIED_TEXT_CHARS) return text
  return `${Array.from(text.slice(0, TRIED_TEXT_CHARS)).slice(0, -1).join('')}…`
}
