/** The outcome of an input, for the request that waits for it: committed and folded, or failed. */
import type { Observable } from 'rxjs'
import type { ErrorCode } from '../../model/error.ts'
import type { Draft } from '../../model/input.ts'
import type { Step } from '../../model/step.ts'
import type { HubTrouble } from '../commit/hub.ts'

export type PostReceipt = {
  readonly ok: true
  /** The input by which the message was first posted. */
  readonly seq: number
  readonly at: number
  /** The message had been posted before, under the same key. */
  readonly repeated: boolean
}
export type PostOutcome = PostReceipt | { readonly ok: false; readonly code: ErrorCode; readonly detail: string }

const failure = (code: ErrorCode): PostOutcome => ({ ok: false, code, detail: '' })

export class Posting {
  readonly #waiting = new Map<string, (outcome: PostOutcome) => void>()

  constructor(delivered$: Observable<readonly Step[]>, trouble$: Observable<HubTrouble>) {
    delivered$.subscribe({
      next: steps => {
        if (this.#waiting.size > 0) for (const step of steps) this.#settle(step.id, outcomeOf(step))
      },
      complete: () => {
        for (const answer of this.#waiting.values()) answer(failure('outcome-unknown'))
      },
    })
    trouble$.subscribe(trouble => {
      if (trouble.type === 'quarantined') this.#settle(trouble.entry.input.id, failure('internal'))
      if (trouble.type === 'storage') for (const { input } of trouble.drafts) this.#settle(input.id, failure('storage'))
    })
  }

  /** `submit` hands the input to the hub. Never rejects. */
  carryOut(draft: Draft, submit: (draft: Draft) => void): Promise<PostOutcome> {
    return new Promise(resolve => {
      this.#waiting.set(draft.input.id, resolve)
      submit(draft)
    })
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
