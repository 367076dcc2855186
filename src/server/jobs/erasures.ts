/**
 * Erases all messages of an account that the host removed with --erase. It works in pieces, between which everybody is
 * served. The state says which accounts are left, so a server that stopped in the middle goes on at its next start.
 */
import { endWith, filter, ignoreElements, merge, Subject, type Subscription, take } from 'rxjs'
import type { Body, MemberId } from '../../model/input.ts'
import { ERASURE_RETRY_MS, PIECE_ROWS } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { Clock } from '../../port/clock.ts'
import type { History, Written } from '../../port/history.ts'
import type { Hub } from '../commit/hub.ts'

/** How many of the account's messages are erased. `error`: some are left, and the server tries again later. */
export type Erasure = {
  readonly account: MemberId
  readonly name: string
  readonly count: number
  readonly error: Error | null
}

type Untold = Written & { readonly account: MemberId }

type Deps = {
  readonly hub: Pick<Hub, 'state$' | 'delivered$' | 'settled'>
  readonly history: History
  readonly clock: Clock
  /** Erases the texts from everything that is stored. If that fails, it rejects; the failure has been reported. */
  readonly erase: (...targets: readonly number[]) => Promise<void>
  /** Submits an input in the host's name. */
  readonly submit: (body: Body) => void
  /** Whether this server is the one that erases. */
  readonly leads: () => boolean
}

export class Erasures {
  readonly #deps: Deps
  readonly #erased = new Subject<Erasure>()
  /** The accounts that are being erased, each with the number of messages that are gone. */
  readonly #counts = new Map<MemberId, number>()
  /** Messages that have lost their texts, with a deletion that is not announced yet. */
  readonly #untold = new Map<number, Untold>()
  readonly #alarms = new Set<() => void>()
  #following: Subscription | null = null
  readonly erasure$ = this.#erased.asObservable()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Erases the messages of the accounts that the state lists, from now on. */
  begin(): void {
    const { state$, delivered$ } = this.#deps.hub
    this.#following = delivered$.subscribe(steps => {
      for (const { events } of steps)
        for (const { event } of events) if (event.type === 'deleted') this.#untold.delete(event.target)
    })
    const begun = state$.subscribe(({ erasing }) => {
      for (const [account, name] of erasing) {
        if (this.#counts.has(account) || !this.#deps.leads()) continue
        this.#counts.set(account, 0)
        this.#deps.clock.turn(() => void this.#work(account, name))
      }
    })
    this.#following.add(begun)
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
    for (const cancel of this.#alarms) cancel()
    this.#erased.complete()
  }

  async #work(account: MemberId, name: string): Promise<void> {
    const { submit, hub } = this.#deps
    const count = (): number => this.#counts.get(account) ?? 0
    try {
      await this.#tell([...this.#untold.values()].filter(one => one.account === account))
      await this.#eraseAll(account)
      if (this.#following === null) return
      submit({ type: 'account-erased', account })
      await this.#settled()
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
      await this.#erasePage(
        account,
        page.filter(({ isErased }) => !isErased),
      )
      after = page.at(-1) ?? null
      await new Promise<void>(resolve => this.#deps.clock.turn(resolve))
    }
  }

  /** As with every deletion, the texts are gone before anybody hears of it. */
  async #erasePage(account: MemberId, page: readonly Written[]): Promise<void> {
    if (page.length === 0) return
    await this.#deps.erase(...page.map(({ seq }) => seq))
    this.#counts.set(account, (this.#counts.get(account) ?? 0) + page.length)
    const untold = page.map(one => ({ ...one, account }))
    for (const one of untold) this.#untold.set(one.seq, one)
    await this.#tell(untold)
  }

  /** Throws if the deletions can't be stored. */
  async #tell(page: readonly Untold[]): Promise<void> {
    if (page.length === 0) return
    for (const { account, seq: target, room, other } of page) {
      const members = room === null ? [account, ...(other === null ? [] : [other])] : []
      this.#deps.submit({ type: 'delete', target, room, members, everyone: false, bulk: true })
    }
    await this.#settled()
    if (page.some(({ seq }) => this.#untold.has(seq))) throw new Error(UNSTORED)
  }

  #settled(): Promise<void> {
    return new Promise(resolve => this.#deps.hub.settled(resolve))
  }

  #later(run: () => void): void {
    const cancel = this.#deps.clock.alarm(ERASURE_RETRY_MS, () => {
      this.#alarms.delete(cancel)
      run()
    })
    this.#alarms.add(cancel)
  }
}

const UNSTORED = 'Some texts are gone, but that could not be stored. Make room on the disk.'

/** The accounts whose messages are not all erased yet. */
export const unfinished = ({ erasing }: State): readonly string[] => [...erasing.values()]
