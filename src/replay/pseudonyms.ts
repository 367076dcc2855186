/** Other words for what people wrote: the same for the same, so that a room that is full of them goes the same way. */

import type { Target } from '../model/input.ts'
import type { Name } from '../model/name.ts'
import { HOST_NAME, LOBBY } from '../model/standing.ts'

/** As many signs as `text` has characters. */
export const blank = (text: string): string => 'x'.repeat(Array.from(text).length)

/** Like `change`, where there is something to change. */
export const unless = <T>(value: T | null, change: (value: T) => T): T | null => (value === null ? null : change(value))

export class Pseudonyms {
  readonly #names = numbered('name')
  readonly #keys = numbered('key')
  readonly #rooms = numbered('r')
  readonly #tokens = numbered('token')
  readonly #notes = new Map<string, string>()
  readonly #taken = new Set<string>()

  /** Lookalikes have a key in common before and after. */
  name({ text, keys: [key, ...looks] }: Name): Name {
    return { text: this.#names(text), keys: [this.#keys(key), ...looks.map(this.#keys)] }
  }

  target({ key, text }: Target): Target {
    return { key: this.#keys(key), text: this.#names(text) }
  }

  /** Of somebody who did something; the host is everybody's. */
  author(text: string): string {
    return text === HOST_NAME ? text : this.#names(text)
  }

  /** The name of a member, as text alone. */
  text(text: string): string {
    return this.#names(text)
  }

  room(room: string): string {
    return room === LOBBY ? room : this.#rooms(room)
  }

  token(token: string): string {
    return this.#tokens(token)
  }

  /** Of the length of the note, and more only where another one has that: who repeats a note is not away anew. */
  note(note: string): string {
    const known = this.#notes.get(note)
    if (known !== undefined) return known
    let other = blank(note)
    for (let count = 2; this.#taken.has(other); count++) other = `${blank(note)}${count}`
    this.#notes.set(note, other)
    this.#taken.add(other)
    return other
  }
}

/** `name1`, `name2` and so on, in the order in which they are met. */
function numbered(word: string): (text: string) => string {
  const known = new Map<string, string>()
  return text => {
    let other = known.get(text)
    if (other === undefined) {
      other = `${word}${known.size + 1}`
      known.set(text, other)
    }
    return other
  }
}
