/**
 * Pushes on their way to push services: a few at once, fewer of one account, and a few attempts each. Nothing of it outlives the
 * server.
 */
import type { MemberId } from '../../model/input.ts'
import {
  PUSH_FAILURES_MAX,
  PUSH_RETRY_MS,
  PUSH_TRIES_MAX,
  PUSH_WAITING_MAX,
  PUSHES_AT_ONCE,
  PUSHES_OF_ACCOUNT,
} from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import type { Push, PushFailure, PushSender } from '../../port/push-sender.ts'

/**
 * `subscription`: its number. `account`: its owner. `push` gives the content at the time of sending; null: nothing any
 * more.
 */
export type Job = { readonly subscription: number; readonly account: MemberId; readonly push: () => Push | null }

type Deps = {
  readonly clock: Pick<Clock, 'alarm'>
  readonly sender: PushSender
  /** The subscription has ended, or nothing reaches it. */
  readonly gone: (subscription: number) => void
}

type Queued = Job & { readonly tries: number }

export class PushOutbox {
  readonly #deps: Deps
  #queue: Queued[] = []
  /** Pushes that wait for another attempt. */
  readonly #later = new Set<() => void>()
  /** Failures in a row, by subscription. */
  readonly #failures = new Map<number, number>()
  /** Pushes under way, by account: an endpoint that never answers doesn't keep the pushes of others waiting. */
  readonly #underWay = new Map<MemberId, number>()
  #isClosed = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  add(job: Job): void {
    this.#enqueue({ ...job, tries: 0 })
  }

  /** Forgets the failures of subscriptions that are over. */
  retain(isThere: (subscription: number) => boolean): void {
    for (const subscription of this.#failures.keys()) if (!isThere(subscription)) this.#failures.delete(subscription)
  }

  close(): void {
    this.#isClosed = true
    this.#queue = []
    for (const cancel of this.#later) cancel()
    this.#later.clear()
    this.#deps.sender.close()
  }

  #enqueue(job: Queued): void {
    if (this.#isClosed || this.#queue.length + this.#later.size >= PUSH_WAITING_MAX) return
    this.#queue.push(job)
    this.#start()
  }

  #start(): void {
    while (sumOf(this.#underWay) < PUSHES_AT_ONCE) {
      const at = this.#queue.findIndex(({ account }) => (this.#underWay.get(account) ?? 0) < PUSHES_OF_ACCOUNT)
      const [job] = at < 0 ? [] : this.#queue.splice(at, 1)
      if (!job) return
      const push = job.push()
      if (!push) continue
      this.#count(job.account, 1)
      void this.#deps.sender.send(push).then(failure => {
        this.#count(job.account, -1)
        if (this.#isClosed) return
        this.#settle(job, failure)
        this.#start()
      })
    }
  }

  #count(account: MemberId, change: 1 | -1): void {
    const count = (this.#underWay.get(account) ?? 0) + change
    if (count > 0) this.#underWay.set(account, count)
    else this.#underWay.delete(account)
  }

  #settle(job: Queued, failure: PushFailure | null): void {
    const { subscription } = job
    if (failure === null) return void this.#failures.delete(subscription)
    const failures = (this.#failures.get(subscription) ?? 0) + 1
    this.#failures.set(subscription, failures)
    if (failure.next === 'end' || failures >= PUSH_FAILURES_MAX) return this.#deps.gone(subscription)
    const tries = job.tries + 1
    if (failure.next === 'drop' || tries >= PUSH_TRIES_MAX) return
    const cancel = this.#deps.clock.alarm(Math.max(failure.after ?? 0, PUSH_RETRY_MS * 2 ** (tries - 1)), () => {
      this.#later.delete(cancel)
      this.#enqueue({ ...job, tries })
    })
    this.#later.add(cancel)
  }
}

const sumOf = (counts: ReadonlyMap<MemberId, number>): number => [...counts.values()].reduce((sum, one) => sum + one, 0)
