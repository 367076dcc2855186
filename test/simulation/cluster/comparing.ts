/** The states that nodes report with their beats, compared with the truth and with one another. */
import { beatIn } from '../../../src/journal/replicated/stream/messages.ts'
import type { StreamMessage } from '../../../src/journal/replicated/stream/stream.ts'
import type { Story } from '../story.ts'

type Deps = {
  readonly story: Story
  /** The hash of the true state after an input; null: it isn't known any more. */
  readonly digestAt: (seq: number) => string | null
  /** Whether a node is known to have got something wrong. */
  readonly isWrong: (node: string, seq: number) => boolean
}

export class Comparing {
  readonly #deps: Deps
  /** By the number of the input: the nodes that have said their hash. */
  readonly #said = new Map<number, Set<string>>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Takes a beat. */
  hear({ node, data }: StreamMessage): void {
    const digest = beatIn(data)?.digest
    if (!digest) return
    const nodes = this.#said.get(digest.seq) ?? new Set()
    this.#said.set(digest.seq, nodes)
    if (nodes.has(node)) return
    const { story, digestAt, isWrong } = this.#deps
    if (nodes.size > 0) story.count('digests compared with those of other nodes')
    nodes.add(node)
    const truth = digestAt(digest.seq)
    const isTrue = truth === null || truth === digest.hash || isWrong(node, digest.seq)
    story.check('a node says the digest of the true state', isTrue, () => `${node}, after input ${digest.seq}`)
  }
}
