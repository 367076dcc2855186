/** Changes of messages that aren't stored yet, in the order of the steps that they are from. */
import type { Piece } from '../model/message/live.ts'
import { pieceOf } from './output.ts'
import { changed, type Recorded, type RecordedChange } from './recorded.ts'

/** All changes of one step. */
export type StepChanges = { readonly seq: number; readonly changes: readonly RecordedChange[] }

export class PendingChanges {
  #steps: StepChanges[] = []
  /** The same by their messages. */
  readonly #of = new Map<number, RecordedChange[]>()
  #size = 0

  get steps(): readonly StepChanges[] {
    return this.#steps
  }

  get size(): number {
    return this.#size
  }

  /** The messages. */
  get targets(): Iterable<number> {
    return this.#of.keys()
  }

  has(target: number): boolean {
    return this.#of.has(target)
  }

  /** The inputs with the texts of its edits. */
  editsOf(target: number): readonly number[] {
    return (this.#of.get(target) ?? []).flatMap(({ event }) => (event.type === 'edited' ? [event.edit] : []))
  }

  /** The pieces of its output. */
  piecesOf(target: number): readonly Piece[] {
    return (this.#of.get(target) ?? []).flatMap(change => pieceOf(change) ?? [])
  }

  /** The message as it is by now. */
  revised(message: Recorded): Recorded {
    return this.#of.get(message.seq)?.reduce(changed, message) ?? message
  }

  add(step: StepChanges): void {
    this.#steps.push(step)
    this.#index(step)
  }

  /** Drops those of the first `count` steps, since they are stored. */
  drop(count: number): void {
    if (count === 0) return
    const left = this.#steps.slice(count)
    this.clear()
    for (const step of left) this.add(step)
  }

  clear(): void {
    this.#steps = []
    this.#of.clear()
    this.#size = 0
  }

  #index({ changes }: StepChanges): void {
    for (const change of changes) {
      const { target } = change.event
      const known = this.#of.get(target)
      if (known) known.push(change)
      else this.#of.set(target, [change])
    }
    this.#size += changes.length
  }
}
