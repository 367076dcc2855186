/**
 * From the messages of a log, in order, to batches of inputs. Each node does this by itself, and all come to the same
 * result: an input's `seq` follows from the messages alone.
 */
import type { Draft } from '../../../model/input.ts'
import { COMMIT_BYTES, COMMIT_INPUTS } from '../../../model/limits.ts'
import { draftsIn, type InputsMessage, inputsIn } from '../stream/messages.ts'
import { type BatchPlace, endOf } from '../stream/places.ts'
import type { LogPlace, StreamMessage } from '../stream/stream.ts'

export type FoldedBatch = BatchPlace & { readonly drafts: readonly Draft[] }

export class LogFold {
  /** The latest batch of each node. */
  readonly #latest: Map<string, BatchPlace>
  /** Texts that no batch has taken yet, in order. */
  readonly #texts = new Map<LogPlace, Uint8Array>()
  #bytes = 0
  #seq: number

  /** Goes on after these. */
  constructor(batches: readonly BatchPlace[]) {
    this.#latest = new Map(batches.map(batch => [batch.node, batch]))
    this.#seq = endOf(batches).seq
  }

  /** The last input. */
  get seq(): number {
    return this.#seq
  }

  /**
   * Null: the message completes no batch. One that was there before has no inputs. No node counts a message that no
   * server has written, or an attempt that comes too late.
   */
  take({ kind, place, node, data }: StreamMessage): FoldedBatch | null {
    if (kind === 'text') this.#hold(place, data)
    if (kind !== 'inputs') return null
    const message = read(data)
    if (!message || this.#isLate(node, message)) {
      this.#letGo()
      return null
    }
    const { run, k } = message
    const all = this.#drafts(message, place)
    const drafts = this.#isRepeat(node, message) ? [] : all
    this.#seq += drafts.length
    const batch = { node, run, k: Math.max(k, this.#kOf(node, run)), place, seq: this.#seq }
    this.#latest.set(node, batch)
    return { ...batch, drafts }
  }

  /** No more than a batch has: a server writes no other texts, and foreign messages must not fill the memory. */
  #hold(place: LogPlace, data: Uint8Array): void {
    this.#texts.set(place, data)
    this.#bytes += data.length
    for (const [first, { length }] of this.#texts) {
      if (this.#texts.size === 1 || (this.#texts.size <= COMMIT_INPUTS && this.#bytes <= COMMIT_BYTES)) return
      this.#texts.delete(first)
      this.#bytes -= length
    }
  }

  #letGo(): void {
    this.#texts.clear()
    this.#bytes = 0
  }

  /** The texts that are not at their places any more were erased. */
  #drafts(message: InputsMessage, place: LogPlace): readonly Draft[] {
    const first = place - message.texted.length
    const drafts = draftsIn(message, number => {
      const text = this.#texts.get(first + number)
      return text === undefined ? null : Buffer.from(text).toString('utf8')
    })
    this.#letGo()
    return drafts
  }

  /**
   * The node has gone on since this was sent. Usually the log refuses it then; but not if it has none of the node's
   * inputs, since they were purged.
   */
  #isLate(node: string, { after }: InputsMessage): boolean {
    return after < (this.#latest.get(node)?.place ?? 0)
  }

  /** The log takes no batch twice. If one ever was, all nodes leave the same one out. */
  #isRepeat(node: string, { run, k }: InputsMessage): boolean {
    return k <= this.#kOf(node, run)
  }

  /** The number of the latest batch of this run; 0: a later one has begun, or none of it is there. */
  #kOf(node: string, run: string): number {
    const latest = this.#latest.get(node)
    return latest?.run === run ? latest.k : 0
  }
}

function read(data: Uint8Array): InputsMessage | null {
  try {
    return inputsIn(data)
  } catch {
    return null
  }
}
