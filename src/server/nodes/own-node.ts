/** This server among all writers of its journal (docs/spec.md, R14). Usually it is alone. */
import { distinctUntilChanged, filter, first, ignoreElements, type Observable, switchMap, takeUntil, tap } from 'rxjs'
import { type Body, type Draft, HOST_SESSION } from '../../model/input.ts'
import { STORAGE_RETRY_MS } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import { alarm$ } from '../../port/alarm.ts'
import type { Clock } from '../../port/clock.ts'
import type { Entropy } from '../../port/entropy.ts'
import { raisesFormat } from '../../reducer/format.ts'
import { allRead, endsRun, isWarden, isWithoutOthers } from '../../reducer/rules/nodes.ts'
import type { Hub } from '../commit/hub.ts'
import type { Stamper } from '../ingress/stamp.ts'

type Deps = {
  readonly origin: string
  readonly run: string | null
  readonly shared: boolean
  readonly address: string | null
  readonly reads: number
  readonly grace: number
  readonly clock: Clock
  readonly entropy: Entropy
}

export class OwnNode {
  readonly #of: Deps
  #run: string
  /** Its start could not be stored. Until it is, every other input of this server is refused. */
  #isUnstored = false

  constructor(deps: Deps) {
    this.#of = deps
    this.#run = deps.run ?? deps.entropy.id()
  }

  /** Names this start of the server. */
  get run(): string {
    return this.#run
  }

  /** Whether it has the duties that one of several has for all. */
  leads(state: State): boolean {
    return !this.#of.shared || isWarden(state, this.#of.origin, this.#run)
  }

  /**
   * Completes when the server may take connections. Among several, that's when its own start is in the journal: inputs
   * before it would be refused.
   */
  ready$({ state$ }: Hub): Observable<never> {
    return state$.pipe(
      first(state => !this.#of.shared || this.#isIn(state)),
      ignoreElements(),
    )
  }

  /** Takes part in the journal, until `closing$`. */
  start(hub: Hub, draft: Stamper, closing$: Observable<void>): void {
    const { origin, shared, clock } = this.#of
    const { nodes } = hub.state$.value
    this.#begin(hub, draft)
    // Nobody else writes, so nobody else is here.
    if (!shared) for (const [node, { run }] of nodes) if (node !== origin) this.down(hub, draft, node, run)
    hub.outbound$.pipe(takeUntil(closing$)).subscribe(step => {
      // The others took this server for gone. Its sessions are detached, and it goes on like one that has just started.
      if (endsRun(step, origin, this.#run)) this.#run = this.#of.entropy.id()
      // Its start under earlier rules, which know no servers, doesn't count.
      else if (!raisesFormat(step) || step.origin === origin || this.#isIn(hub.state$.value)) return
      this.#begin(hub, draft)
    })
    hub.state$
      .pipe(
        distinctUntilChanged((before, now) => before.nodes === now.nodes),
        takeUntil(closing$),
      )
      .subscribe(state => this.#raiseFormat(hub, draft, state))
    hub.trouble$
      .pipe(
        filter(what => what.type === 'storage' && what.drafts.some(({ input }) => input.type === 'started')),
        tap(() => {
          this.#isUnstored = true
        }),
        switchMap(() => alarm$(clock, STORAGE_RETRY_MS)),
        takeUntil(closing$),
      )
      .subscribe(() => this.#beginAgain(hub, draft))
  }

  /** Submits an input of this server, after its start if that could not be stored yet. */
  submit(hub: Hub, draft: Stamper, one: Draft): void {
    this.#beginAgain(hub, draft)
    hub.submit(one)
  }

  #beginAgain(hub: Hub, draft: Stamper): void {
    if (this.#isUnstored) this.#begin(hub, draft)
  }

  #begin(hub: Hub, draft: Stamper): void {
    const { origin, address, reads } = this.#of
    const state = hub.state$.value
    this.#isUnstored = false
    // Earlier rules don't say which rules the others read, so the first to start raises them. Later, the others have a
    // say.
    const mayRaise = state.format < 6 || isWithoutOthers(state, origin)
    if (mayRaise && state.format < reads) hub.submit(this.#draft(draft, { type: 'format', format: reads }))
    const said = address === null ? { reads } : { address, reads }
    hub.submit(this.#draft(draft, { type: 'started', until: this.#until, ...said }))
  }

  /** The warden raises the rules when all servers that take part read the new ones. */
  #raiseFormat(hub: Hub, draft: Stamper, state: State): void {
    const { reads } = this.#of
    if (state.format >= reads || !this.#isIn(state) || !this.leads(state) || !allRead(state, reads)) return
    hub.submit(this.#draft(draft, { type: 'format', format: reads }))
  }

  #isIn = ({ nodes }: State): boolean => nodes.get(this.#of.origin)?.run === this.#run

  /** Run `run` of another server is gone: its sessions have no connection any more. */
  down(hub: Hub, draft: Stamper, node: string, run: string): void {
    this.submit(hub, draft, this.#draft(draft, { type: 'down', node, run, until: this.#until }))
  }

  /** The last input of the server. A server that is alone has none: its next start says the same. */
  stop(hub: Hub, draft: Stamper): void {
    if (this.#of.shared) hub.submit(this.#draft(draft, { type: 'stopped', until: this.#until }))
  }

  get #until(): number {
    return this.#of.clock.now() + this.#of.grace
  }

  #draft = (draft: Stamper, body: Body): Draft => draft(HOST_SESSION, null, body, null)
}
