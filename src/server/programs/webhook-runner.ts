/** One webhook on this server: how far its receiver has come, and how it is doing. */
import { HOOK_RETRY_MOST_MS, HOOK_RETRY_MS } from '../../model/limits.ts'
import type { Hook } from '../../model/state/hook.ts'
import type { Failure } from '../../port/webhook-sender.ts'
import type { Deliverable, Place } from './deliverables.ts'

/** How a webhook is doing, since the start. */
export type Progress = {
  /** In a row. */
  readonly failures: number
  /** Why the last delivery failed. Null: it didn't. */
  readonly why: string | null
  /** Deliveries that the receiver took, and attempts that failed. */
  readonly sent: number
  readonly failed: number
}

export type ListedHook = Hook &
  Progress & {
    /** How much the receiver has yet to get, up to HOOK_BEHIND_MAX. Null: the history can't be read. */
    readonly behind: number | null
    /** Until when the old secret signs too, milliseconds since the epoch. Null: there is none. */
    readonly oldSecretUntil: number | null
  }

export class Runner {
  hook: Hook
  /** The hook as the journal last had it. */
  #known: Hook
  /** The receiver's position. The journal's cursor lags behind by the deliveries that are not marked yet. */
  cursor: number
  /** The part that it has taken of the input after the cursor: a message, and the acts with it. Null: none. */
  taken: Place | null = null
  unmarked = 0
  failures = 0
  why: string | null = null
  sent = 0
  failed = 0
  /** A delivery is under way, or waits to be retried. */
  busy = false
  unwait: () => void = () => {}
  /** The journal has yet to record the pause. */
  #isPausing = false

  constructor(hook: Hook) {
    this.hook = hook
    this.#known = hook
    this.cursor = hook.cursor
  }

  /** Takes in the hook as the journal has it. */
  hear(hook: Hook): void {
    if (this.#known === hook) return
    this.#known = hook
    if (hook.paused) this.#isPausing = false
    if (this.hook.paused && !hook.paused && !this.#isPausing) this.failures = 0
    this.hook = this.#isPausing ? { ...hook, paused: true } : hook
    // Another server may have sent until now.
    if (hook.cursor > this.cursor) this.pass(hook.cursor)
  }

  /** Paused at once, so that nothing is sent until the journal has the pause too. */
  pause(): void {
    this.#isPausing = true
    this.hook = { ...this.hook, paused: true }
  }

  pass(cursor: number): void {
    this.cursor = cursor
    this.taken = null
  }

  /** The cursor moves past whole inputs alone. */
  take({ seq, part, last }: Deliverable): void {
    if (last) this.pass(seq)
    else this.taken = { seq, part }
    this.failures = 0
    this.why = null
    this.unmarked += 1
    this.sent += 1
  }

  /**
   * Milliseconds until the next attempt: more each time, less up to a quarter, so that receivers that failed together are
   * not all tried together; and as long as the receiver asks for.
   */
  fail({ why, after = 0 }: Failure): number {
    this.failures += 1
    this.failed += 1
    this.why = why
    const most = Math.min(HOOK_RETRY_MOST_MS, HOOK_RETRY_MS * 2 ** Math.min(this.failures - 1, 20))
    return Math.max(after, Math.ceil(most * (1 - spread(`${this.hook.salt} ${this.failed}`) / 4)))
  }
}

/** In [0, 1): the same for the same text, and evenly spread over texts (FNV-1a). */
function spread(text: string): number {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return ((hash >>> 8) & 0xffff) / 0x10000
}
