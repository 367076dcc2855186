/**
 * The parts of the log that the tables don't have yet: committed inputs, the messages that followed from them, and
 * changes of messages. A message is stored as it was sent, and its changes after it, so that the tables never have half
 * of a step.
 */
import type { Entry } from '../../model/input.ts'
import { CHANGE_ROWS } from '../../model/limits.ts'
import { PendingChanges } from '../pending-changes.ts'
import type { Recorded, RecordedChange } from '../recorded.ts'
import type { Committed } from './log/records.ts'

/** Rows that are stored at once. `upTo`: with it, the messages up to this input are stored, and their changes. */
export type Portion = {
  readonly inputs: readonly Committed[]
  readonly messages: readonly Recorded[]
  readonly changes: readonly RecordedChange[]
  /** The steps that the changes are from. */
  readonly changing: number
  readonly upTo: number
}

/** So many inputs, messages and steps with changes, the first ones. */
export type Taken = { readonly inputs: number; readonly messages: number; readonly changing: number }

const NONE: Taken = { inputs: 0, messages: 0, changing: 0 }

export class Waiting {
  #inputs: Committed[] = []
  #messages: Recorded[] = []
  readonly changes = new PendingChanges()
  /** The last input whose messages were taken in. */
  #seq: number

  constructor(seq: number) {
    this.#seq = seq
  }

  get seq(): number {
    return this.#seq
  }

  /** The messages as they were sent. */
  get messages(): readonly Recorded[] {
    return this.#messages
  }

  /** The messages as they are by now. */
  get revised(): readonly Recorded[] {
    return this.changes.size === 0 ? this.#messages : this.#messages.map(message => this.changes.revised(message))
  }

  /** True if the tables have all messages, as they are by now. */
  get isRecorded(): boolean {
    return this.#messages.length === 0 && this.changes.size === 0
  }

  get size(): number {
    return this.#inputs.length + this.#messages.length + this.changes.size
  }

  /** The last committed input that waits; 0: none does. */
  get last(): number {
    return this.#inputs.at(-1)?.entry.seq ?? 0
  }

  /** True if an input up to `seq` waits, or a message or change that followed from one. */
  hasUpTo(seq: number): boolean {
    const first = [this.#inputs[0]?.entry.seq, this.#messages[0]?.seq, this.changes.steps[0]?.seq]
    return first.some(one => one !== undefined && one <= seq)
  }

  add(inputs: readonly Committed[]): void {
    for (const input of inputs) this.#inputs.push(input)
  }

  take(messages: readonly Recorded[], changes: readonly RecordedChange[], seq: number): void {
    for (const message of messages) this.#messages.push(message)
    if (changes.length > 0) this.changes.add({ seq, changes })
    this.#seq = seq
  }

  entriesAfter(seq: number): readonly Entry[] {
    return this.#inputs.filter(({ entry }) => entry.seq > seq).map(({ entry }) => entry)
  }

  /** Null: it doesn't wait. */
  entryAt(seq: number): Entry | null {
    return this.#inputs[seq - (this.#inputs[0]?.entry.seq ?? 0)]?.entry ?? null
  }

  /**
   * About `most` inputs and messages: the first ones, or those after `taken`. A message is stored with its input or later, and
   * a step's changes together.
   */
  portion(most: number, taken: Taken = NONE): Portion {
    const hasMore = this.#messages.length > taken.messages || this.changes.steps.length > taken.changing
    const inputs = this.#inputs.slice(taken.inputs, taken.inputs + (hasMore ? most / 2 : most))
    const next = this.#inputs[taken.inputs + inputs.length]?.entry.seq ?? Number.POSITIVE_INFINITY
    const messages: Recorded[] = []
    const changes: RecordedChange[] = []
    let changing = 0
    for (;;) {
      const message = this.#messages[taken.messages + messages.length]
      const step = this.changes.steps[taken.changing + changing]
      const seq = Math.min(message?.seq ?? this.#seq + 1, step?.seq ?? this.#seq + 1)
      const isFull = messages.length + changes.length * CHANGE_ROWS >= most
      if (isFull || seq >= next || seq > this.#seq) {
        return { inputs, messages, changes, changing, upTo: Math.min(seq, next) - 1 }
      }
      if (message?.seq === seq) messages.push(message)
      if (step?.seq !== seq) continue
      for (const change of step.changes) changes.push(change)
      changing += 1
    }
  }

  drop({ inputs, messages, changing }: Taken): void {
    this.#inputs.splice(0, inputs)
    this.#messages.splice(0, messages)
    this.changes.drop(changing)
  }

  clearMessages(): void {
    this.#messages = []
    this.changes.clear()
    this.#seq = 0
  }
}
