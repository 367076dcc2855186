/**
 * Shows edits. Their new texts are stored; the texts before are erased, and then everybody hears of it. The state has an
 * edit until it's shown, so a server that stopped in the middle, or its successor, goes on at the next start.
 */
import { defaultIfEmpty, filter, map, type Observable, take, takeUntil } from 'rxjs'
import type { Body } from '../../model/input.ts'
import { ERASURE_RETRY_MS } from '../../model/limits.ts'
import type { Edit } from '../../model/state/edits.ts'
import type { State } from '../../model/state.ts'
import type { Clock } from '../../port/clock.ts'
import type { History } from '../../port/history.ts'
import { editOf } from '../../reducer/messages/editing.ts'
import type { Hub } from '../commit/hub.ts'

type Deps = {
  readonly hub: Pick<Hub, 'state$' | 'settled'>
  readonly history: Pick<History, 'find' | 'isDeleted' | 'textPlaces'>
  readonly clock: Pick<Clock, 'turn' | 'alarm'>
  /** The name of this server in its journal. */
  readonly origin: string
  /** Whether this server finishes the work of a server that is gone. */
  readonly leads: () => boolean
  /** Erases the texts of inputs from everything that is stored. If that fails, it rejects; the failure has been reported. */
  readonly erase: (...targets: readonly number[]) => Promise<void>
  /** Submits an input in the host's name. */
  readonly submit: (body: Body) => void
  readonly closing$: Observable<void>
}

/** Calls `run` once: with true when no edit of this message waits to be shown, with false when the server closes before. */
export function whenShown(state$: Observable<State>, target: number, run: (isShown: boolean) => void): void {
  const shown$ = state$.pipe(
    filter(state => !editOf(state, target)),
    map(() => true),
    take(1),
    defaultIfEmpty(false),
  )
  shown$.subscribe(run)
}

/** From now on. After a failure, later. */
export function showEdits({ hub, history, clock, origin, leads, erase, submit, closing$ }: Deps): void {
  const busy = new Set<number>()
  const alarms = new Set<() => void>()
  let isClosed = false
  const settled = (): Promise<void> => new Promise(resolve => hub.settled(resolve))
  const isOwn = (edit: Edit, { nodes }: State): boolean =>
    edit.origin === origin || (leads() && !nodes.has(edit.origin))

  async function work(edit: Edit): Promise<void> {
    const message = history.find(edit.target)
    // An earlier start of the server, or another one, may have erased the text before, and not reported it.
    const isGone = message === null || history.isDeleted(edit.target)
    const texts = isGone ? [edit.seq] : history.textPlaces(edit.target)
    // If the message was deleted meanwhile, the edit's own text is erased.
    await erase(...texts)
    if (isClosed) return
    submit({ type: 'show-edit', edit: edit.seq, texts, ...(isGone && { off: true }) })
    await settled()
    if (hub.state$.value.edits.has(edit.seq)) throw new Error('it could not be stored')
  }

  function begin(edit: Edit): void {
    const done = (): void => void busy.delete(edit.seq)
    work(edit).then(done, () => {
      if (isClosed) return
      const cancel = clock.alarm(ERASURE_RETRY_MS, () => {
        alarms.delete(cancel)
        done()
        look(hub.state$.value)
      })
      alarms.add(cancel)
    })
  }

  function look(state: State): void {
    if (state.edits.isEmpty() || isClosed) return
    for (const edit of state.edits.values()) {
      if (busy.has(edit.seq) || !isOwn(edit, state)) continue
      busy.add(edit.seq)
      clock.turn(() => begin(edit))
    }
  }

  closing$.subscribe(() => {
    isClosed = true
    for (const cancel of alarms) cancel()
  })
  hub.state$.pipe(takeUntil(closing$)).subscribe(look)
}
