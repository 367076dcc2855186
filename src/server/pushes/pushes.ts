/**
 * Notifies accounts on their other devices of unread mentions and direct messages. One of several servers does, and it
 * sends each push at most once. A notice that waits when it stops isn't sent: the message is unread at the next visit.
 */
import { type Observable, takeUntil } from 'rxjs'
import type { Body, MemberId } from '../../model/input.ts'
import type { PushSubscription } from '../../model/state/push.ts'
import type { State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { Clock } from '../../port/clock.ts'
import type { History } from '../../port/history.ts'
import type { PushSender } from '../../port/push-sender.ts'
import type { KeptTexts } from '../ingress/texts.ts'
import { concernsIn } from './concerns.ts'
import { noticeOf, pushOf } from './notice.ts'
import { PushOutbox } from './outbox.ts'
import { type Waiting, WaitingPlaces } from './waiting.ts'

type Deps = {
  readonly clock: Clock
  readonly history: History
  readonly sender: PushSender
  readonly texts: Pick<KeptTexts, 'pushTarget'>
  readonly state: () => State
  readonly delivered$: Observable<readonly Step[]>
  /** Submits an input in the host's name. */
  readonly submit: (body: Body) => void
  readonly leads: () => boolean
  readonly closing$: Observable<void>
  readonly report: (error: unknown) => void
}

/** Subscriptions by account. */
type Subscriptions = ReadonlyMap<MemberId, readonly PushSubscription[]>

/** From now on. */
export function sendPushes({ delivered$, closing$, ...deps }: Deps): void {
  const { clock, history, sender, texts, state, submit, leads, report } = deps
  let known: { readonly of: State['pushes']; readonly all: Subscriptions } | null = null
  const gone = (push: number): void => submit({ type: 'push-gone', push })
  const outbox = new PushOutbox({ clock, sender, gone })
  const waiting = new WaitingPlaces({ clock, leads, send })

  function subscriptions(): Subscriptions {
    const { pushes } = state()
    if (known?.of !== pushes) {
      known = { of: pushes, all: Map.groupBy(pushes.values(), ({ account }) => account) }
      outbox.retain(push => pushes.has(push))
    }
    return known.all
  }

  function hear(steps: readonly Step[]): void {
    if (state().pushes.size === 0) return
    const all = subscriptions()
    for (const step of steps) {
      for (const concern of concernsIn(step, account => all.has(account))) {
        waiting.add(concern, isConnected(state(), concern.account))
      }
    }
  }

  function send({ account, place, seqs }: Waiting): boolean {
    const notice = (): ReturnType<typeof noticeOf> => {
      try {
        return noticeOf(state(), history, account, place, seqs)
      } catch (error) {
        report(error)
        return null
      }
    }
    const mine = subscriptions().get(account)
    if (!mine || notice() === null) return false
    for (const { id, preview } of mine) {
      outbox.add({
        subscription: id,
        account,
        push() {
          if (!state().pushes.has(id)) return null
          const target = texts.pushTarget(id)
          if (target === null) gone(id)
          // It may have been read, or deleted, while it waited.
          const now = target && notice()
          return target && now && pushOf(now, target, preview)
        },
      })
    }
    return true
  }

  delivered$.pipe(takeUntil(closing$)).subscribe(hear)
  closing$.subscribe(() => {
    waiting.close()
    outbox.close()
  })
}

/** Whether a session of the account has a connection now, through which it may read new messages. */
function isConnected({ members, due }: State, account: MemberId): boolean {
  return members.get(account)?.sessions.some(session => !due.has(session)) ?? false
}
