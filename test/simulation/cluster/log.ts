/**
 * The inputs that are in a replicated log, numbered apart from the code that is tested: in the order of the log, a batch
 * of one run counts once, and a batch without inputs counts for nothing. Neither does one that says that it comes after
 * something else than the latest batch of its node: it was sent long ago, and the log had purged that one.
 */
import { draftsIn, inputsIn } from '../../../src/journal/replicated/stream/messages.ts'
import type { LogPlace, StreamMessage } from '../../../src/journal/replicated/stream/stream.ts'
import type { Entry } from '../../../src/model/input.ts'

export type Batch = {
  readonly node: string
  readonly run: string
  readonly k: number
  /** It was sent without inputs, to take the place of another one. */
  readonly isEmpty: boolean
  /** Those that are new. */
  readonly entries: readonly Entry[]
}

export class Log {
  /** The entries with the texts that they came with. */
  readonly entries: Entry[] = []
  /** Places of texts, by the number of their input. */
  readonly places = new Map<number, LogPlace>()
  /** Texts whose inputs have not come yet. */
  readonly #texts: StreamMessage[] = []
  readonly #known = new Set<string>()
  /** By node: the place of its latest batch. */
  readonly #latest = new Map<string, LogPlace>()

  /** Gets every message once, in order. Null: it completes no batch that counts. */
  add(message: StreamMessage): Batch | null {
    if (message.kind === 'text') this.#texts.push(message)
    if (message.kind !== 'inputs') return null
    const texts = this.#texts.splice(0)
    const batch = inputsIn(message.data)
    const { node } = message
    const { run, k } = batch
    if (batch.after < (this.#latest.get(node) ?? 0)) return null
    this.#latest.set(node, message.place)
    const id = `${node} ${run} ${k}`
    const isEmpty = batch.inputs.length === 0
    if (this.#known.has(id)) return { node, run, k, isEmpty, entries: [] }
    this.#known.add(id)
    const drafts = draftsIn(batch, number => Buffer.from(texts[number]?.data ?? []).toString('utf8'))
    let number = 0
    const entries = drafts.map(draft => {
      const seq = this.entries.length + 1
      const entry = { ...draft, seq, quarantined: null }
      if (draft.texts.text !== undefined) this.places.set(seq, texts[number++]?.place ?? 0)
      this.entries.push(entry)
      return entry
    })
    return { node, run, k, isEmpty, entries }
  }
}
