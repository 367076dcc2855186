/**
 * Sends messages and acts of moderation to webhooks. Each webhook gets one after another, in order, from its cursor in the
 * journal on. A failed delivery is retried, later each time (docs/spec.md, A8).
 */
import { type Observable, takeUntil } from 'rxjs'
import type { Body } from '../../model/input.ts'
import {
  HOOK_FAILURES_MAX,
  HOOK_MARK_EVERY,
  HOOK_RETRY_MOST_MS,
  HOOK_RETRY_MS,
  HOOKS_AT_ONCE,
} from '../../model/limits.ts'
import type { Hook } from '../../model/state/hook.ts'
import type { State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { Clock } from '../../port/clock.ts'
import type { History } from '../../port/history.ts'
import type { Failure, WebhookSender } from '../../port/webhook-sender.ts'
import { type Deliverable, Deliverables } from './deliverables.ts'

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

/** How a webhook is doing, since the start. */
export type Progress = { readonly failures: number; readonly why: string | null }

type Runner = {
  hook: Hook
  /**
   * The hook as the journal last had it. The state changes for other hooks too; an unchanged entry does not undo a
   * local pause.
   */
  known: Hook
  /** How far the receiver has come. The journal's cursor lags behind by what is not marked yet. */
  cursor: number
  /** Deliveries of the input after the cursor that it has taken: a message, and the acts with it. */
  taken: number
  unmarked: number
  failures: number
  why: string | null
  /** A delivery is under way, or waits to be retried. */
  busy: boolean
  unwait: () => void
}

export class WebhookDeliveries {
  readonly #deps: Deps
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
    const { failures = 0, why = null } = this.#runners.get(hook) ?? {}
    return { failures, why }
  }

  #hear(state: State): void {
    const { hooks } = state
    this.#deliverables.begin(state)
    for (const [id, runner] of this.#runners) {
      if (hooks.has(id)) continue
      runner.unwait()
      this.#runners.delete(id)
    }
    for (const hook of hooks.values()) {
      const runner = this.#runners.get(hook.id) ?? runnerOf(hook)
      this.#runners.set(hook.id, runner)
      if (runner.known === hook) continue
      runner.known = hook
      if (runner.hook.paused && !hook.paused) runner.failures = 0
      runner.hook = hook
      // Another server may have sent until now.
      if (hook.cursor > runner.cursor) Object.assign(runner, { cursor: hook.cursor, taken: 0 })
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
      const { next, passed } = this.#deliverables.following(hook, cursor, taken)
      if (next) return this.#send(runner, next)
      Object.assign(runner, { cursor: Math.max(passed, this.#deliverables.end(hook)), taken: 0 })
      this.#mark(runner)
    } catch (error) {
      // A history that cannot be read is retried like a receiver that does not answer.
      this.#deps.report(error)
      this.#failed(runner, { why: 'the history is damaged', final: false })
    }
  }

  #send(runner: Runner, next: Deliverable): void {
    const { seq, part, body } = next
    const { webhooks, clock } = this.#deps
    const { id, url, salt } = runner.hook
    runner.busy = true
    this.#underWay += 1
    const delivery = { url, salt, id: `${id}-${seq}${part === 0 ? '' : `.${part}`}`, at: clock.now(), body }
    void webhooks.send(delivery).then(failure => {
      this.#underWay -= 1
      runner.busy = false
      if (this.#closed || !this.#runners.has(id)) return this.#look()
      if (failure) this.#failed(runner, failure)
      else this.#taken(runner, next)
      this.#look()
    })
  }

  /** The cursor moves past whole inputs alone. */
  #taken(runner: Runner, { seq, part, last }: Deliverable): void {
    if (last) Object.assign(runner, { cursor: seq, taken: 0 })
    else runner.taken = part + 1
    runner.failures = 0
    runner.why = null
    runner.unmarked += 1
    if (runner.unmarked >= HOOK_MARK_EVERY) this.#mark(runner)
  }

  #failed(runner: Runner, { why, final }: Failure): void {
    runner.failures += 1
    runner.why = why
    if (final || runner.failures >= HOOK_FAILURES_MAX) return this.#mark(runner, true)
    runner.busy = true
    const wait = Math.min(HOOK_RETRY_MOST_MS, HOOK_RETRY_MS * 2 ** Math.min(runner.failures - 1, 20))
    runner.unwait = this.#deps.clock.alarm(wait, () => {
      runner.busy = false
      this.#look()
    })
  }

  /** Writes the cursor to the journal: a restart goes on from here. */
  #mark(runner: Runner, paused = false): void {
    if (runner.unmarked === 0 && !paused) return
    runner.unmarked = 0
    // Paused at once, so that nothing is sent until the journal says so too.
    if (paused) runner.hook = { ...runner.hook, paused }
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

const runnerOf = (hook: Hook): Runner => ({
  hook,
  known: hook,
  cursor: hook.cursor,
  taken: 0,
  unmarked: 0,
  failures: 0,
  why: null,
  busy: false,
  unwait: () => {},
})
