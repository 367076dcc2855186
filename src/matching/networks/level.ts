/**
 * Networks that begin with the same words: a trie with 32 bits a level, so that IPv4 has one level and IPv6 has four. A
 * search looks once for each length of prefix that is in use on its way, at most 32 a level.
 */
import type { Address } from './address.ts'
import { mask, type Prefix } from './prefix.ts'

type Ids = Set<number>

export class Level {
  /** The networks whose prefix ends in this word: by its bits of the word, then by the word. */
  readonly #ending = new Map<number, Map<number, Ids>>()
  /** The longer ones, by the whole word. */
  readonly #deeper = new Map<number, Level>()

  get isEmpty(): boolean {
    return this.#ending.size === 0 && this.#deeper.size === 0
  }

  add(prefix: Prefix, id: number, at = 0): void {
    const bits = prefix.bits - 32 * at
    const word = prefix.address[at] as number
    if (bits > 32) made(this.#deeper, word, () => new Level()).add(prefix, id, at + 1)
    else
      made(
        made(this.#ending, bits, () => new Map<number, Ids>()),
        word,
        () => new Set<number>(),
      ).add(id)
  }

  /** Keeps nothing that is empty. */
  delete(prefix: Prefix, id: number, at = 0): void {
    const bits = prefix.bits - 32 * at
    const word = prefix.address[at] as number
    if (bits > 32) {
      const deeper = this.#deeper.get(word)
      deeper?.delete(prefix, id, at + 1)
      if (deeper?.isEmpty) this.#deeper.delete(word)
      return
    }
    const words = this.#ending.get(bits)
    const ids = words?.get(word)
    ids?.delete(id)
    if (ids?.size === 0) words?.delete(word)
    if (words?.size === 0) this.#ending.delete(bits)
  }

  /** Adds to `found` the ids of all networks that `address` is in. */
  find(address: Address, found: number[], at = 0): void {
    const word = address[at] as number
    for (const [bits, words] of this.#ending) {
      for (const id of words.get(word & mask(bits)) ?? NONE) found.push(id)
    }
    this.#deeper.get(word)?.find(address, found, at + 1)
  }
}

const NONE: readonly number[] = []

function made<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const value = make()
  map.set(key, value)
  return value
}
