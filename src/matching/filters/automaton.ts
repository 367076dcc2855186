/**
 * Finds many keys in one pass over a stream (Aho and Corasick, 1975). Its memory is proportional to the keys' length
 * and doesn't depend on their alphabet: the edges of a node are in a hash table, and only those of the root in a row.
 */
import { BOUNDARY, type Stream } from './stream.ts'

export class Automaton {
  /** The nodes from which on keys were found in the last stream, each once, and their number. */
  readonly found: Int32Array
  count = 0
  /** For each symbol a small number, 0 if no key has it; for each of these, the node after the root. */
  readonly #classes: Uint16Array
  readonly #root: Int32Array
  readonly #edges: Edges
  readonly #fail: Int32Array
  /** The longest key that ends at a node: its node; 0 if none does. Then, for this node, the next shorter one. */
  readonly #ending: Int32Array
  readonly #shorter: Int32Array
  /** The number of the stream in which a node's key was last found. */
  readonly #seen: Int32Array
  #round = 0

  constructor({ classes, root, edges, fail, ending, shorter, keys }: Built) {
    this.#classes = classes
    this.#root = root
    this.#edges = edges
    this.#fail = fail
    this.#ending = ending
    this.#shorter = shorter
    this.#seen = new Int32Array(ending.length)
    this.found = new Int32Array(keys)
  }

  /** Forgets the found keys. */
  begin(): void {
    this.count = 0
    // Rounds are compared for equality only, so the number may wrap around.
    this.#round = (this.#round + 1) | 0
  }

  /** Whether the key of this node was found since `begin`. */
  has(node: number): boolean {
    return this.#seen[node] === this.#round
  }

  scan({ symbols, length }: Stream): void {
    const classes = this.#classes
    const ending = this.#ending
    let node = 0
    for (let at = 0; at < length; at++) {
      const symbol = classes[symbols[at] as number] as number
      node = symbol === 0 ? 0 : this.#after(node, symbol)
      if (ending[node] !== 0) this.#note(ending[node] as number)
    }
  }

  #after(from: number, symbol: number): number {
    for (let node = from; node !== 0; node = this.#fail[node] as number) {
      const next = this.#edges.get(node, symbol)
      if (next !== 0) return next
    }
    return this.#root[symbol] as number
  }

  #note(ending: number): void {
    for (let node = ending; node !== 0; node = this.#shorter[node] as number) {
      // The shorter keys were found with it.
      if (this.#seen[node] === this.#round) return
      this.#seen[node] = this.#round
      this.found[this.count++] = node
    }
  }
}

/** An open hash table from a node and a symbol to a node. No edge leads to the root, which is 0. */
class Edges {
  readonly #from: Int32Array
  readonly #symbol: Int32Array
  readonly #to: Int32Array
  readonly #shift: number

  constructor(most: number) {
    const bits = Math.max(4, Math.ceil(Math.log2(2 * most + 1)))
    this.#shift = 32 - bits
    this.#from = new Int32Array(2 ** bits)
    this.#symbol = new Int32Array(2 ** bits)
    this.#to = new Int32Array(2 ** bits)
  }

  get(from: number, symbol: number): number {
    return this.#to[this.#slot(from, symbol)] as number
  }

  set(from: number, symbol: number, to: number): void {
    const slot = this.#slot(from, symbol)
    this.#from[slot] = from
    this.#symbol[slot] = symbol
    this.#to[slot] = to
  }

  /** Index of this edge, or of the free slot for it. */
  #slot(from: number, symbol: number): number {
    const mask = this.#to.length - 1
    let slot = (Math.imul(from, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b)) >>> this.#shift
    while (this.#to[slot] !== 0 && (this.#from[slot] !== from || this.#symbol[slot] !== symbol))
      slot = (slot + 1) & mask
    return slot
  }
}

type Built = {
  readonly classes: Uint16Array
  readonly root: Int32Array
  readonly edges: Edges
  readonly fail: Int32Array
  readonly ending: Int32Array
  readonly shorter: Int32Array
  readonly keys: number
}

/** Nodes that are linked in one piece. */
const NODES_AT_ONCE = 4096

/** Takes the keys, and then makes the automaton of them. */
export class AutomatonBuilder {
  readonly #classes = new Uint16Array(BOUNDARY + 1)
  readonly #edges: Edges
  readonly #parent: Int32Array
  readonly #symbol: Int32Array
  readonly #depth: Int32Array
  readonly #isKey: Uint8Array
  #symbols = 0
  #nodes = 1
  #keys = 0

  /** `length`: symbols of all keys together. */
  constructor(length: number) {
    this.#edges = new Edges(length)
    this.#parent = new Int32Array(length + 1)
    this.#symbol = new Int32Array(length + 1)
    this.#depth = new Int32Array(length + 1)
    this.#isKey = new Uint8Array(length + 1)
  }

  /** The node of this key, which isn't empty. The same key has the same node. */
  add(key: readonly number[]): number {
    let node = 0
    for (const each of key) {
      const symbol = this.#classes[each] || ++this.#symbols
      this.#classes[each] = symbol
      node = this.#edges.get(node, symbol) || this.#grow(node, symbol)
    }
    if (this.#isKey[node] === 0) this.#keys++
    this.#isKey[node] = 1
    return node
  }

  #grow(parent: number, symbol: number): number {
    const node = this.#nodes++
    this.#parent[node] = parent
    this.#symbol[node] = symbol
    this.#depth[node] = (this.#depth[parent] as number) + 1
    this.#edges.set(parent, symbol, node)
    return node
  }

  /** In pieces. */
  *build(): Generator<void, Automaton> {
    const root = new Int32Array(this.#symbols + 1)
    const fail = new Int32Array(this.#nodes)
    const ending = new Int32Array(this.#nodes)
    const shorter = new Int32Array(this.#nodes)
    for (const [at, node] of this.#byDepth().entries()) {
      if (at % NODES_AT_ONCE === 0) yield
      const parent = this.#parent[node] as number
      const symbol = this.#symbol[node] as number
      if (parent === 0) root[symbol] = node
      else fail[node] = this.#suffix(fail, parent, symbol)
      const behind = ending[fail[node] as number] as number
      ending[node] = this.#isKey[node] === 1 ? node : behind
      if (this.#isKey[node] === 1) shorter[node] = behind
    }
    return new Automaton({ classes: this.#classes, root, edges: this.#edges, fail, ending, shorter, keys: this.#keys })
  }

  /** The node of the longest proper suffix of the path that leads from `parent` by `symbol`. */
  #suffix(fail: Int32Array, parent: number, symbol: number): number {
    for (let node = parent; node !== 0; ) {
      node = fail[node] as number
      const next = this.#edges.get(node, symbol)
      if (next !== 0) return next
    }
    return 0
  }

  /** All nodes but the root, by a counting sort. */
  #byDepth(): Int32Array {
    const depths = this.#depth.subarray(1, this.#nodes)
    const starts = new Int32Array(depths.reduce((most, depth) => Math.max(most, depth), 0) + 2)
    for (const depth of depths) starts[depth + 1] = (starts[depth + 1] as number) + 1
    for (let depth = 1; depth < starts.length; depth++) {
      starts[depth] = (starts[depth] as number) + (starts[depth - 1] as number)
    }
    const sorted = new Int32Array(depths.length)
    for (let node = 1; node < this.#nodes; node++) {
      const depth = this.#depth[node] as number
      sorted[starts[depth] as number] = node
      starts[depth] = (starts[depth] as number) + 1
    }
    return sorted
  }
}
