/** Replaces the texts of people by other words. Equal words get equal replacements, so a room folds the same way. */

import type { Target } from '../model/input.ts'
import type { Name } from '../model/name/name.ts'
import { HOST_NAME, LOBBY } from '../model/name/standing.ts'

/** As many `x` as `text` has characters. */
export const blank = (text: string): string => 'x'.repeat(Array.from(text).length)

/** Applies `change`, unless `value` is null. */
export const unless = <T>(value: T | null, change: (value: T) => T): T | null => (value === null ? null : change(value))

export class Pseudonyms {
  readonly #names = numbered('name')
  readonly #keys = numbered('key')
  readonly #rooms = numbered('r')
  readonly #cursors = numbered('c')
  readonly #tokens = numbered('token')
  readonly #notes = new Map<string, string>()
  readonly #taken = new Set<string>()

  /** Lookalikes share a key before and after. */
  name({ text, keys: [key, ...looks] }: Name): Name {
    return { text: this.#names(text), keys: [this.#keys(key), ...looks.map(this.#keys)] }
  }

  target({ key, text, id }: Target): Target {
    return { key: this.#keys(key), text: this.#names(text), ...(id === undefined ? {} : { id }) }
  }

  /** The name of an author. The host's name stays, because everybody knows it. */
  author(text: string): string {
    return text === HOST_NAME ? text : this.#names(text)
  }

  /** The name of a member, given as text alone. */
  text(text: string): string {
    return this.#names(text)
  }

  room(room: string): string {
    return room === LOBBY ? room : this.#rooms(room)
  }

  cursor(cursor: string): string {
    return this.#cursors(cursor)
  }

  /** The owner of a cursor: an id stays, the key of a name doesn't. */
  owner(owner: string): string {
    const [kind = '', key = ''] = owner.split(/:(.*)/s)
    return kind === 'account' ? owner : `${kind}:${this.#keys(key)}`
  }

  token(token: string): string {
    return this.#tokens(token)
  }

  /**
   * As long as the note, or longer if another note already has that replacement. A repeated note gets the same
   * replacement, because setting an unchanged note causes no event.
   */
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

/** Gives `name1`, `name2` and so on, in the order of first use. */
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
