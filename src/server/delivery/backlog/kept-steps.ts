/**
 * The latest steps of the room, bounded in bytes. A session that comes from another server has no rings and no lane
 * here: its missed frames are made anew from these (src/server/delivery/backlog/missed.ts).
 */
import { STEP_HELD_BYTES } from '../../../model/limits.ts'
import type { Step } from '../../../model/step.ts'

export class KeptSteps {
  #steps: Step[] = []
  #at = 0
  #bytes = 0
  /** Every step after this input is here; null: none has come. */
  #floor: number | null = null
  readonly #max: number

  /** Keeps at most `max` bytes. */
  constructor(max: number) {
    this.#max = max
  }

  add(step: Step): void {
    this.#floor ??= step.seq - 1
    // Without its text, a message can't be shown as it was: it's part of a gap.
    if (this.#max === 0 || lacksText(step)) return this.#forgetUpTo(step.seq)
    this.#steps.push(step)
    this.#bytes += bytesOf(step)
    while (this.#bytes > this.#max) this.#drop()
  }

  /** The steps after one input and before another, the oldest first; null: some of them are not kept. */
  between(after: number, before: number): readonly Step[] | null {
    if (this.#floor === null || after < this.#floor) return null
    const from = this.#first(after + 1)
    return this.#steps.slice(from, this.#first(before))
  }

  #forgetUpTo(seq: number): void {
    this.#floor = seq
    this.#steps = []
    this.#at = 0
    this.#bytes = 0
  }

  #drop(): void {
    const step = this.#steps[this.#at++] as Step
    this.#floor = step.seq
    this.#bytes -= bytesOf(step)
    // By halves, so that a step is moved once on average.
    if (this.#at * 2 <= this.#steps.length) return
    this.#steps = this.#steps.slice(this.#at)
    this.#at = 0
  }

  /** The place of the first step of input `seq` or a later one. */
  #first(seq: number): number {
    let [low, high] = [this.#at, this.#steps.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#steps[middle] as Step).seq < seq) low = middle + 1
      else high = middle
    }
    return low
  }
}

const bytesOf = ({ text }: Step): number => STEP_HELD_BYTES + 2 * (text?.length ?? 0)

/** Its text was erased or forgotten before this server folded it. */
const lacksText = ({ text, events }: Step): boolean =>
  text === null && events.some(({ event }) => HAVE_TEXT.has(event.type))

const HAVE_TEXT: ReadonlySet<Step['events'][number]['event']['type']> = new Set(['said', 'told', 'held', 'edited'])
