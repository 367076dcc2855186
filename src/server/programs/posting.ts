/** The outcome of an input, for the request that waits for it: committed and folded, or failed. */
import { EMPTY, type Observable } from 'rxjs'
import type { ErrorCode } from '../../model/error.ts'
import type { Draft } from '../../model/input.ts'
import type { Step } from '../../model/step.ts'
import type { HubTrouble } from '../commit/hub.ts'

export type PostReceipt = {
  readonly ok: true
  /** The input that posted the message first. */
  readonly seq: number
  readonly at: number
  /** The message had been posted before, under the same key. */
  readonly repeated: boolean
}
export type PostOutcome = PostReceipt | { readonly ok: false; readonly code: ErrorCode; readonly detail: string }

const failure = (code: ErrorCode): PostOutcome => ({ ok: false, code, detail: '' })

export class Posting {
  readonly #waiting = new Map<string, (outcome: PostOutcome) => void>()
  #isCutOff = false

  /** `cutOff$`: the journal has not answered for a while. Then no request waits any longer. */
  constructor(
    delivered$: Observable<readonly Step[]>,
    trouble$: Observable<HubTrouble>,
    cutOff$: Observable<boolean> = EMPTY,
  ) {
    delivered$.subscribe({
      next: steps => {
        if (this.#waiting.size > 0) for (const step of steps) this.#settle(step.id, outcomeOf(step))
      },
      complete: () => this.#giveUp(),
    })
    cutOff$.subscribe(isCutOff => {
      this.#isCutOff = isCutOff
      if (isCutOff) this.#giveUp()
    })
    trouble$.subscribe(trouble => {
      if (trouble.type === 'quarantined') this.#settle(trouble.entry.input.id, failure('internal'))
      if (trouble.type === 'storage') for (const { input } of trouble.drafts) this.#settle(input.id, failure('storage'))
    })
  }

  /** `submit` hands the input to the hub. Never rejects. An input that comes while the server is cut off is not submitted. */
  carryOut(draft: Draft, submit: (draft: Draft) => void): Promise<PostOutcome> {
    if (this.#isCutOff) return Promise.resolve(failure('storage'))
    return new Promise(resolve => {
      this.#waiting.set(draft.input.id, resolve)
      submit(draft)
    })
  }

  /** A waiting message may be stored or not. */
  #giveUp(): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const answer of waiting) answer(failure('outcome-unknown'))
  }

  #settle(id: string, outcome: PostOutcome): void {
    this.#waiting.get(id)?.(outcome)
    this.#waiting.delete(id)
  }
}

function outcomeOf({ seq, at, events }: Step): PostOutcome {
  for (const { event } of events) {
    if (event.type === 'rejected') return { ok: false, code: event.code, detail: event.detail }
    if (event.type === 'reposted') return { ok: true, seq: event.seq, at: event.at, repeated: true }
  }
  return { ok: true, seq, at, repeated: false }
}
