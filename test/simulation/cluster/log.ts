/**
 * The inputs that are in a replicated log, numbered apart from the code that is tested: in the order of the log, a batch
 * of one run counts once, and a batch without inputs counts for nothing.
 */
import { draftsIn, inputsIn } from '../../../src/journal/replicated/stream/messages.ts'
import type { LogPlace, StreamMessage } from '../../../src/journal/replicated/stream/stream.ts'
import type { Entry } from '../../../src/model/input.ts'

export type Batch = { readonly run: string; readonly entries: readonly Entry[] }

export class Log {
  /** The entries with the texts that they came with. */
  readonly entries: Entry[] = []
  /** Places of texts, by the number of their input. */
  readonly places = new Map<number, LogPlace>()
  /** Texts whose inputs have not come yet. */
  readonly #texts: StreamMessage[] = []
  readonly #known = new Set<string>()

  /** Gets every message once, in order. Null: it brings no new inputs. */
  add(message: StreamMessage): Batch | null {
    if (message.kind === 'text') this.#texts.push(message)
    if (message.kind !== 'inputs') return null
    const texts = this.#texts.splice(0)
    const batch = inputsIn(message.data)
    const id = `${message.node} ${batch.run} ${batch.k}`
    if (this.#known.has(id)) return null
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
    return entries.length > 0 ? { run: batch.run, entries } : null
  }
}
