/** What the log has and the tables don't have yet: committed inputs, and the messages that followed from them. */
import type { Entry } from '../../model/input.ts'
import type { Recorded } from '../recorded.ts'
import type { Committed } from './log/records.ts'

/** What is stored at once. `upTo`: with it, the messages up to this input are stored. */
export type Portion = {
  readonly inputs: readonly Committed[]
  readonly messages: readonly Recorded[]
  readonly upTo: number
}

export class Waiting {
  #inputs: Committed[] = []
  #messages: Recorded[] = []
  /** The last input whose messages were taken in. */
  #seq: number

  constructor(seq: number) {
    this.#seq = seq
  }

  get seq(): number {
    return this.#seq
  }

  get messages(): readonly Recorded[] {
    return this.#messages
  }

  get size(): number {
    return this.#inputs.length + this.#messages.length
  }

  /** The last committed input that waits; 0: none does. */
  get last(): number {
    return this.#inputs.at(-1)?.entry.seq ?? 0
  }

  /** True if an input up to `seq`, or a message of one, waits. */
  hasUpTo(seq: number): boolean {
    const first = Math.min(this.#inputs[0]?.entry.seq ?? seq + 1, this.#messages[0]?.seq ?? seq + 1)
    return first <= seq
  }

  add(inputs: readonly Committed[]): void {
    for (const input of inputs) this.#inputs.push(input)
  }

  take(messages: readonly Recorded[], seq: number): void {
    for (const message of messages) this.#messages.push(message)
    this.#seq = seq
  }

  entriesAfter(seq: number): readonly Entry[] {
    return this.#inputs.filter(({ entry }) => entry.seq > seq).map(({ entry }) => entry)
  }

  /** Null: it doesn't wait. */
  entryAt(seq: number): Entry | null {
    return this.#inputs[seq - (this.#inputs[0]?.entry.seq ?? 0)]?.entry ?? null
  }

  /** About `most` inputs and messages, the first ones. A message is stored with its input or later. */
  portion(most: number): Portion {
    const inputs = this.#inputs.slice(0, this.#messages.length === 0 ? most : most / 2)
    const next = this.#inputs[inputs.length]?.entry.seq ?? Number.POSITIVE_INFINITY
    const held = this.#messages.findIndex(({ seq }) => seq >= next)
    const messages = this.#messages.slice(0, Math.min(most, held < 0 ? this.#messages.length : held))
    const upTo = this.#messages[messages.length]?.seq ?? this.#seq + 1
    return { inputs, messages, upTo: Math.min(upTo, next) - 1 }
  }

  drop({ inputs, messages }: Portion): void {
    this.#inputs.splice(0, inputs.length)
    this.#messages.splice(0, messages.length)
  }

  clearMessages(): void {
    this.#messages = []
    this.#seq = 0
  }
}
