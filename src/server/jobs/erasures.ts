/**
 * Erases all messages of an account that the host removed with --erase. It works in pieces, between which everybody is
 * served. The state says which accounts are left, so a server that stopped in the middle goes on at its next start.
 */
import { endWith, filter, ignoreElements, merge, Subject, type Subscription, take } from 'rxjs'
import type { MemberId } from '../../model/input.ts'
import { ERASURE_RETRY_MS, PIECE_ROWS } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { Clock } from '../../port/clock.ts'
import type { History, Written } from '../../port/history.ts'
import { editOf } from '../../reducer/messages/editing.ts'
import type { Hub } from '../commit/hub.ts'
import { BulkDeletion, type DeletionDeps, settled, UNSTORED } from './bulk-deletion.ts'

/** How many of the account's messages are erased. `error`: some are left, and the server tries again later. */
export type Erasure = {
  readonly account: MemberId
  readonly name: string
  readonly count: number
  readonly error: Error | null
}

type Deps = DeletionDeps & {
  readonly hub: Pick<Hub, 'state$'>
  readonly history: History
  readonly clock: Clock
  /** Whether this server is the one that erases. */
  readonly leads: () => boolean
}

export class Erasures {
  readonly #deps: Deps
  readonly #erased = new Subject<Erasure>()
  /** The accounts that are being erased, each with the number of messages that are gone. */
  readonly #counts = new Map<MemberId, number>()
  readonly #bulk: BulkDeletion<MemberId>
  readonly #alarms = new Set<() => void>()
  #following: Subscription | null = null
  readonly erasure$ = this.#erased.asObservable()

  constructor(deps: Deps) {
    this.#deps = deps
    this.#bulk = new BulkDeletion(deps)
  }

  /** Erases the messages of the accounts that the state lists, from now on. */
  begin(): void {
    this.#following = this.#deps.hub.state$.subscribe(({ erasing }) => {
      for (const [account, name] of erasing) {
        if (this.#counts.has(account) || !this.#deps.leads()) continue
        this.#counts.set(account, 0)
        this.#deps.clock.turn(() => void this.#work(account, name))
      }
    })
  }

  /**
   * Resolves when all messages of the account are erased, by this server or another one, or a first attempt of this one
   * has failed.
   */
  over(account: MemberId): Promise<void> {
    const ended$ = this.erasure$.pipe(filter(one => one.account === account))
    const isErased$ = this.#deps.hub.state$.pipe(filter(({ erasing }) => !erasing.has(account)))
    return new Promise(resolve => {
      const closed$ = this.erasure$.pipe(ignoreElements(), endWith(null))
      merge(ended$, isErased$, closed$).pipe(take(1)).subscribe({ complete: resolve })
    })
  }

  close(): void {
    this.#following?.unsubscribe()
    this.#following = null
    this.#bulk.close()
    for (const cancel of this.#alarms) cancel()
    this.#erased.complete()
  }

  async #work(account: MemberId, name: string): Promise<void> {
    const { submit, hub } = this.#deps
    const count = (): number => this.#counts.get(account) ?? 0
    try {
      await this.#bulk.tellRest(account)
      await this.#eraseAll(account)
      if (this.#following === null) return
      submit({ type: 'account-erased', account })
      await settled(hub)
      if (hub.state$.value.erasing.has(account)) throw new Error(UNSTORED)
      this.#erased.next({ account, name, count: count(), error: null })
      this.#counts.delete(account)
    } catch (thrown) {
      if (this.#following === null) return
      const error = thrown instanceof Error ? thrown : new Error(String(thrown))
      this.#erased.next({ account, name, count: count(), error })
      this.#later(() => void this.#work(account, name))
    }
  }

  /** Ends early when the server closes. */
  async #eraseAll(account: MemberId): Promise<void> {
    const { history } = this.#deps
    let after: Written | null = null
    while (this.#following !== null) {
      const page: readonly Written[] = await history.writtenBy(account, after, PIECE_ROWS)
      if (page.length === 0) return
      const state = this.#deps.hub.state$.value
      // One that is being edited has no text for a moment.
      const isLeft = ({ seq, isErased }: Written): boolean => !isErased || editOf(state, seq) !== undefined
      const left = page.filter(isLeft).map(one => ({ ...one, author: account }))
      await this.#bulk.erase(account, left, () => {
        this.#counts.set(account, (this.#counts.get(account) ?? 0) + left.length)
      })
      after = page.at(-1) ?? null
      await new Promise<void>(resolve => this.#deps.clock.turn(resolve))
    }
  }

  #later(run: () => void): void {
    const cancel = this.#deps.clock.alarm(ERASURE_RETRY_MS, () => {
      this.#alarms.delete(cancel)
      run()
    })
    this.#alarms.add(cancel)
  }
}

/** The accounts whose messages are not all erased yet. */
export const unfinished = ({ erasing }: State): readonly string[] => [...erasing.values()]
