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

/** So many inputs and messages, the first ones. */
export type Taken = { readonly inputs: number; readonly messages: number }

const NONE: Taken = { inputs: 0, messages: 0 }

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

  /** About `most` inputs and messages: the first ones, or those after `taken`. A message is stored with its input or later. */
  portion(most: number, taken: Taken = NONE): Portion {
    const until = taken.inputs + (this.#messages.length === taken.messages ? most : most / 2)
    const inputs = this.#inputs.slice(taken.inputs, until)
    const next = this.#inputs[taken.inputs + inputs.length]?.entry.seq ?? Number.POSITIVE_INFINITY
    const messages: Recorded[] = []
    for (let at = taken.messages; messages.length < most; at++) {
      const message = this.#messages[at]
      if (!message || message.seq >= next) break
      messages.push(message)
    }
    const upTo = this.#messages[taken.messages + messages.length]?.seq ?? this.#seq + 1
    return { inputs, messages, upTo: Math.min(upTo, next) - 1 }
  }

  drop({ inputs, messages }: Taken): void {
    this.#inputs.splice(0, inputs)
    this.#messages.splice(0, messages)
  }

  clearMessages(): void {
    this.#messages = []
    this.#seq = 0
  }
}
