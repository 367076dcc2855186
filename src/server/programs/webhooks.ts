/**
 * Sends events to webhooks. Each webhook gets one after another, in order, from its cursor in the journal on. A failed
 * delivery is retried, later each time (docs/spec.md, A8).
 */
import { type Observable, takeUntil } from 'rxjs'
import type { Body } from '../../model/input.ts'
import { HOOK_BEHIND_MAX, HOOK_FAILURES_MAX, HOOK_MARK_EVERY, HOOKS_AT_ONCE } from '../../model/limits.ts'
import type { Hook } from '../../model/state/hook.ts'
import type { State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { Clock } from '../../port/clock.ts'
import type { History } from '../../port/history.ts'
import type { Failure, WebhookDelivery, WebhookSender } from '../../port/webhook-sender.ts'
import { type Deliverable, Deliverables } from './deliverables.ts'
import { cloudEvent, deliveryId, webhookId } from './webhook-body.ts'
import { type Progress, Runner } from './webhook-runner.ts'

type Deps = {
  readonly clock: Clock
  readonly history: History
  readonly webhooks: WebhookSender
  readonly epoch: string
  readonly state$: Observable<State>
  readonly delivered$: Observable<readonly Step[]>
  readonly submit: (body: Body) => void
  /** Whether this server sends: one of several on a journal does. */
  readonly leads: () => boolean
  readonly closing$: Observable<void>
  readonly report: (error: unknown) => void
}

export class WebhookDeliveries {
  readonly #deps: Deps
  /** The hooks that were served last come last. */
  readonly #runners = new Map<number, Runner>()
  readonly #deliverables: Deliverables
  #underWay = 0
  #closed = false

  constructor(deps: Deps) {
    this.#deps = deps
    this.#deliverables = new Deliverables(deps.history, deps.epoch)
    deps.state$.pipe(takeUntil(deps.closing$)).subscribe(state => this.#hear(state))
    deps.delivered$.pipe(takeUntil(deps.closing$)).subscribe(steps => {
      if (this.#deliverables.hear(steps)) this.#look()
    })
    deps.closing$.subscribe(() => this.#close())
  }

  progress(hook: number): Progress {
    const { failures = 0, why = null, sent = 0, failed = 0 } = this.#runners.get(hook) ?? {}
    return { failures, why, sent, failed }
  }

  /** How much the receiver has yet to get, up to HOOK_BEHIND_MAX. Null: the history can't be read. */
  behind(hook: Hook): number | null {
    try {
      const cursor = Math.max(hook.cursor, this.#runners.get(hook.id)?.cursor ?? 0)
      return this.#deliverables.behind(hook, cursor, HOOK_BEHIND_MAX)
    } catch (error) {
      this.#deps.report(error)
      return null
    }
  }

  #hear(state: State): void {
    const { hooks } = state
    this.#deliverables.follow(state)
    for (const [id, runner] of this.#runners) {
      if (hooks.has(id)) continue
      runner.unwait()
      this.#runners.delete(id)
    }
    for (const hook of hooks.values()) {
      const runner = this.#runners.get(hook.id)
      if (runner) runner.hear(hook)
      else this.#runners.set(hook.id, new Runner(hook))
    }
    this.#look()
  }

  #look(): void {
    if (!this.#deps.leads()) return
    for (const runner of this.#runners.values()) {
      if (this.#closed || this.#underWay >= HOOKS_AT_ONCE) return
      if (!runner.busy && !runner.hook.paused && runner.cursor < this.#deliverables.end(runner.hook)) {
        this.#next(runner)
      }
    }
  }

  #next(runner: Runner): void {
    try {
      const { hook, cursor, taken } = runner
      const { next, passed, waits } = this.#deliverables.following(hook, cursor, taken)
      if (next) return this.#send(runner, next)
      runner.pass(waits ? passed : Math.max(passed, this.#deliverables.end(hook)))
      this.#mark(runner)
    } catch (error) {
      // A history that cannot be read is retried like a receiver that does not answer.
      this.#deps.report(error)
      this.#failed(runner, { why: 'the history is damaged', final: false })
    }
  }

  #send(runner: Runner, next: Deliverable): void {
    const { id } = runner.hook
    runner.busy = true
    this.#underWay += 1
    this.#runners.delete(id)
    this.#runners.set(id, runner)
    void this.#deps.webhooks.send(this.#delivery(runner.hook, next)).then(failure => {
      this.#underWay -= 1
      runner.busy = false
      if (this.#closed || !this.#runners.has(id)) return this.#look()
      if (failure) this.#failed(runner, failure)
      else this.#taken(runner, next)
      this.#look()
    })
  }

  #delivery({ id: hook, url, salt, standard, old, cloudevents }: Hook, next: Deliverable): WebhookDelivery {
    const { clock, epoch } = this.#deps
    return {
      url,
      secrets: [{ salt, ...(standard && { standard }) }, ...(old ? [old] : [])],
      id: webhookId(next, epoch),
      delivery: deliveryId(next, hook),
      at: clock.now(),
      ...(cloudevents
        ? { type: 'application/cloudevents+json', body: cloudEvent(next, epoch) }
        : { type: 'application/json', body: next.body }),
    }
  }

  #taken(runner: Runner, next: Deliverable): void {
    runner.take(next)
    if (runner.unmarked >= HOOK_MARK_EVERY) this.#mark(runner)
  }

  #failed(runner: Runner, failure: Failure): void {
    const wait = runner.fail(failure)
    if (failure.final || runner.failures >= HOOK_FAILURES_MAX) return this.#mark(runner, true)
    runner.busy = true
    runner.unwait = this.#deps.clock.alarm(wait, () => {
      runner.busy = false
      this.#look()
    })
  }

  /** Writes the cursor to the journal: a restart goes on from here. */
  #mark(runner: Runner, paused = false): void {
    if (runner.unmarked === 0 && !paused) return
    runner.unmarked = 0
    if (paused) runner.pause()
    this.#deps.submit({ type: 'forward', hook: runner.hook.id, cursor: runner.cursor, paused })
  }

  #close(): void {
    for (const runner of this.#runners.values()) {
      runner.unwait()
      this.#mark(runner)
    }
    this.#closed = true
    this.#deps.webhooks.close()
  }
}
