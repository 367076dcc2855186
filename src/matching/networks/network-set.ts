/** Networks by id, and which of them an address is in. */
import { readAddress } from './address.ts'
import { Level } from './level.ts'
import { type Prefix, readPrefix } from './prefix.ts'

type Entry = { readonly network: string; readonly prefix: Prefix }

export class NetworkSet {
  readonly #entries = new Map<number, Entry>()
  readonly #ipv4 = new Level()
  readonly #ipv6 = new Level()
  #version = 0

  get size(): number {
    return this.#entries.size
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version
  }

  /** `network` is canonical, as `readNetwork` gives it; throws if it is none. The same id again replaces its network. */
  add(id: number, network: string): void {
    const prefix = readPrefix(network)
    if (prefix === null) throw new RangeError('the network of a ban is not canonical: read it with readNetwork')
    if (this.networkOf(id) === network) return
    this.delete(id)
    this.#entries.set(id, { network, prefix })
    this.#levels(prefix.address.length).add(prefix, id)
    this.#version++
  }

  delete(id: number): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    this.#entries.delete(id)
    this.#levels(entry.prefix.address.length).delete(entry.prefix, id)
    this.#version++
  }

  /** Deletes those for which `isKept` is false. */
  retain(isKept: (id: number) => boolean): void {
    for (const id of [...this.#entries.keys()]) if (!isKept(id)) this.delete(id)
  }

  has(id: number): boolean {
    return this.#entries.has(id)
  }

  networkOf(id: number): string | null {
    return this.#entries.get(id)?.network ?? null
  }

  /**
   * The ids of all networks that `address` is in, ascending. A zone is ignored, an IPv4-mapped address is its IPv4 one,
   * and a text that is no address is in none.
   */
  matching(address: string): readonly number[] {
    const read = this.size === 0 ? null : readAddress(address)
    if (read === null) return NONE
    const found: number[] = []
    this.#levels(read.length).find(read, found)
    return found.sort((a, b) => a - b)
  }

  #levels(words: number): Level {
    return words === 1 ? this.#ipv4 : this.#ipv6
  }
}

const NONE: readonly number[] = []
