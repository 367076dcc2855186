/**
 * Erases leftovers of a deletion: the text of an edit that was shown while the deletion was under way, on a server that
 * hadn't heard of it yet. Nobody is shown it any more. A second deletion then lists it, and with that the other servers
 * erase their copies.
 */
import { type Observable, takeUntil } from 'rxjs'
import type { Body } from '../../model/input.ts'
import { ERASURE_RETRY_MS } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import type { History } from '../../port/history.ts'
import type { Journal } from '../../port/journal.ts'
import type { Hub } from '../commit/hub.ts'

type Deps = {
  readonly hub: Pick<Hub, 'delivered$'>
  readonly history: Pick<History, 'textPlaces' | 'find' | 'halfErased'>
  readonly journal: Pick<Journal, 'texts'>
  readonly clock: Pick<Clock, 'turn' | 'alarm'>
  /** The name of this server in its journal: while it runs, it looks after its own deletions. */
  readonly origin: string
  /** Erases the texts from everything that is stored. If that fails, it rejects; the failure has been reported. */
  readonly erase: (...targets: readonly number[]) => Promise<void>
  /** Submits an input in the host's name. */
  readonly submit: (body: Body) => void
  readonly closing$: Observable<void>
}

type Deleted = { readonly target: number; readonly room: string | null }

type Leftovers = {
  /** Erases those that an earlier run has left, of its own deletions and of others'. */
  readonly resume: () => void
}

/** From now on. */
export function eraseLeftovers({ hub, history, journal, clock, origin, erase, submit, closing$ }: Deps): Leftovers {
  const alarms = new Set<() => void>()
  let isClosed = false

  async function work({ target, room }: Deleted): Promise<void> {
    const texts = history.textPlaces(target).filter(seq => seq !== target)
    if (texts.length === 0 || (await journal.texts(texts)).size === 0 || isClosed) return
    await erase(...texts)
    submit({ type: 'delete', target, room, members: [], everyone: false, bulk: true, texts })
  }

  /** After a failure, again. */
  function persist(run: () => Promise<void>): void {
    run().catch(() => {
      if (isClosed) return
      const cancel = clock.alarm(ERASURE_RETRY_MS, () => {
        alarms.delete(cancel)
        persist(run)
      })
      alarms.add(cancel)
    })
  }

  const begin = (deleted: Deleted): void => persist(() => work(deleted))

  hub.delivered$.pipe(takeUntil(closing$)).subscribe(steps => {
    for (const step of steps) {
      if (step.origin !== origin) continue
      for (const { event } of step.events) if (event.type === 'deleted') clock.turn(() => begin(event))
    }
  })
  closing$.subscribe(() => {
    isClosed = true
    for (const cancel of alarms) cancel()
  })
  return {
    resume() {
      persist(async () => {
        for (const target of await history.halfErased()) {
          if (!isClosed) persist(async () => work({ target, room: history.find(target)?.room ?? null }))
        }
      })
    },
  }
}
