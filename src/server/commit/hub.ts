/**
 * The hub: it gives inputs to the journal, and folds the committed inputs into the room, in the journal's order. It
 * folds the journal's entries, never its own drafts. So a journal that several servers write to changes nothing here.
 */
import { BehaviorSubject, mergeAll, type Observable, Subject } from 'rxjs'
import { FORMAT } from '../../model/format.ts'
import { type Draft, type Entry, textsOf } from '../../model/input.ts'
import type { State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { Clock } from '../../port/clock.ts'
import type { History } from '../../port/history.ts'
import type { Journal } from '../../port/journal.ts'
import { isBeyond } from '../../reducer/format.ts'
import { step } from '../../reducer/step.ts'
import type { Delivery } from '../delivery/turn.ts'
import { PendingInputs } from './pending-inputs.ts'
import { beyond, recover } from './recover.ts'
import { Slices } from './slices.ts'
import { createWriter } from './writer.ts'

/** The hub's way of delivering steps. Neither preparing nor delivering a step throws. */
export type Outlet = {
  readonly prepare: (step: Step) => readonly Delivery[]
  /** Gets each step of a start, before any is prepared. */
  readonly folded?: (step: Step) => void
  /** True if so much was read to prepare steps since the last flush that the event loop should go round first. */
  readonly hasReadEnough: () => boolean
  /** Delivers more of the last step. `isThrough`: that was all of it. */
  readonly goOn: () => void
  readonly isThrough: () => boolean
  /** A commit, or a slice of it, has been delivered. */
  readonly flush: () => void
}

/** Errors for the operator. None of them stops the hub. */
export type HubTrouble =
  | { readonly type: 'quarantined'; readonly entry: Entry; readonly error: unknown }
  | { readonly type: 'storage'; readonly drafts: readonly Draft[]; readonly error: unknown }
  /** A defect that cost only the work under way: an answer, a frame, or the next effect of a connection. */
  | { readonly type: 'internal'; readonly error: unknown }

export type Hub = {
  /** The room after each commit. */
  readonly state$: BehaviorSubject<State>
  /** Every step, folded and delivered, in the order of the journal: those of a commit, or of a slice of it, at once. */
  readonly delivered$: Observable<readonly Step[]>
  /** The same, one by one. */
  readonly outbound$: Observable<Step>
  readonly trouble$: Observable<HubTrouble>
  /** The room can't be followed any more: the journal goes on under rules that this program doesn't know. */
  readonly lost$: Observable<Error>
  /** Milliseconds that each commit took. */
  readonly commits$: Observable<number>
  readonly submit: (draft: Draft) => void
  /** Inputs of this server whose outcome has not come back: those in an append, and those that wait for the next one. */
  readonly unsettled: () => { readonly appended: number; readonly waiting: number }
  /** Calls `run` when all inputs submitted so far have been folded or have failed; at once if nothing is under way. */
  readonly settled: (run: () => void) => void
  /**
   * Commits and folds the submitted inputs, then stops. It doesn't wait for ever: resolves with false if the journal
   * has not said which of them it stored.
   */
  readonly close: () => Promise<boolean>
}

/** The texts that later inputs refer to. */
export type ReferredTexts = {
  readonly textOf: (seq: number) => string | null
  readonly hear: (steps: readonly Step[]) => void
}

const NO_TEXTS: ReferredTexts = { textOf: () => null, hear: () => {} }

/** Rejects if the room can't be recovered. `reads`: the latest rules that this program, or a test, reads. */
export async function openHub(
  journal: Journal,
  history: History,
  clock: Clock,
  outlet: Outlet,
  { reads = FORMAT, texts = NO_TEXTS }: { readonly reads?: number; readonly texts?: ReferredTexts } = {},
): Promise<Hub> {
  const delivered = new Subject<readonly Step[]>()
  const trouble = new Subject<HubTrouble>()
  const commits = new Subject<number>()
  const lost = new Subject<Error>()
  const poisoned: (() => void)[] = []
  const recovery = await recover(
    journal,
    history,
    (entry, error) => poisoned.push(() => quarantine(error, entry)),
    step => {
      outlet.folded?.(step)
      texts.hear([step])
    },
    reads,
    withText,
  )
  const state$ = new BehaviorSubject<State>(recovery.finish())
  // In the next turn, when the trouble has subscribers. The journal may take several turns to read.
  for (const run of poisoned) clock.turn(run)
  const pending = new PendingInputs()
  let state = state$.value
  /** Steps of this slice. */
  let folded: Step[] = []
  let isLost = false

  const unstored = (drafts: readonly Draft[], error: unknown): void => {
    trouble.next({ type: 'storage', drafts, error })
    for (const { input } of drafts) pending.settle(input.id)
    pending.run()
  }
  const slices = new Slices({
    ...{ clock, fold, flush },
    hasReadEnough: () => outlet.hasReadEnough(),
    goOn: () => outlet.goOn(),
    isThrough: () => outlet.isThrough(),
  })
  const writer = createWriter(
    journal,
    clock,
    unstored,
    ms => commits.next(ms),
    () => slices.unfolded(),
  )
  const folding = journal.committed$.subscribe(entries => slices.commit(entries))

  /** The text of an edit that is shown is that of an earlier input. */
  function withText(entry: Entry): Entry {
    if (entry.input.type !== 'show-edit') return entry
    return { ...entry, texts: textsOf(texts.textOf(entry.input.edit)) }
  }

  /** An input on which the reducer throws changes nothing. */
  function fold(entry: Entry): void {
    if (isLost) return
    const isOwn = pending.settle(entry.input.id)
    if (entry.quarantined !== null) {
      // Another server was faster. The one that took the input in answers.
      if (isOwn) trouble.next({ type: 'quarantined', entry, error: new Error(entry.quarantined) })
      return
    }
    let done: Step
    let deliveries: readonly Delivery[]
    try {
      done = step(state, withText(entry))
      if (isBeyond(done, reads)) return lose(beyond(entry.seq))
      deliveries = prepared(done)
      // Before the next step is prepared: a session that joins with it gets this message.
      history.apply(done)
      // Its text was erased before, maybe by another server: earlier reads of the history are void.
      if (entry.input.type === 'delete') history.touch()
    } catch (error) {
      return quarantine(error, entry)
    }
    state = done.after
    texts.hear([done])
    for (const put of deliveries) put()
    folded.push(done)
  }

  /**
   * A defect of the delivery undoes no state: the input has happened, even if nobody can be shown it (docs/spec.md,
   * Q1).
   */
  function prepared(done: Step): readonly Delivery[] {
    try {
      return outlet.prepare(done)
    } catch (error) {
      trouble.next({ type: 'internal', error })
      return []
    }
  }

  /**
   * The new state is published before the connections are notified, since their next queries are about it. Subscribers
   * of `delivered$` get the steps after all members have theirs.
   */
  function flush(): void {
    const steps = folded
    folded = []
    state$.next(state)
    outlet.flush()
    if (steps.length > 0) delivered.next(steps)
    pending.run()
  }

  /**
   * The state before the failing input stays. The input is marked in the journal, so that later starts skip it, too.
   */
  function quarantine(error: unknown, entry: Entry): void {
    trouble.next({ type: 'quarantined', entry, error })
    journal.quarantine(entry.seq, String(error)).catch((failure: unknown) => {
      trouble.next({ type: 'storage', drafts: [], error: failure })
    })
  }

  /** Nothing is folded from here on. */
  function lose(why: Error): void {
    isLost = true
    lost.next(why)
  }

  return {
    state$,
    delivered$: delivered.asObservable(),
    outbound$: delivered.pipe(mergeAll()),
    trouble$: trouble.asObservable(),
    lost$: lost.asObservable(),
    commits$: commits.asObservable(),
    submit(draft) {
      // One that is refused at once is not pending: earlier ones are, and callbacks wait for the last of these.
      if (writer.submit(draft)) pending.add(draft.input.id)
    },
    unsettled() {
      const waiting = writer.waiting()
      return { appended: Math.max(0, pending.size - waiting), waiting }
    },
    settled: run => pending.settled(run),
    async close() {
      await writer.drained()
      const isKnown = pending.size === 0
      if (!isKnown) trouble.next({ type: 'storage', drafts: [], error: new Error(unknown(pending.size)) })
      // An outcome that is known only now is reported to nobody.
      pending.clear()
      folding.unsubscribe()
      slices.stop()
      delivered.complete()
      trouble.complete()
      lost.complete()
      commits.complete()
      state$.complete()
      return isKnown
    },
  }
}

const unknown = (inputs: number): string => `the journal did not say whether the last ${inputs} inputs are stored.`
