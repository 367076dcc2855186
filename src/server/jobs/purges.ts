/**
 * Deletes the messages of a member in a room, or in all rooms, since some time. It works in pieces, between which
 * everybody is served. The state says which purges are under way, so a server that stopped in the middle goes on at its
 * next start, or another one does.
 */
import type { Subscription } from 'rxjs'
import { ERASURE_RETRY_MS, PIECE_ROWS } from '../../model/limits.ts'
import type { Purge } from '../../model/state/keeping.ts'
import type { State } from '../../model/state.ts'
import type { Clock } from '../../port/clock.ts'
import type { History, HistoryPage } from '../../port/history.ts'
import { editOf } from '../../reducer/messages/editing.ts'
import type { Hub } from '../commit/hub.ts'
import { BulkDeletion, type DeletionDeps, settled } from './bulk-deletion.ts'

type Deps = DeletionDeps & {
  readonly hub: Pick<Hub, 'state$'>
  readonly history: History
  readonly clock: Clock
  /** Whether this server is the one that erases. */
  readonly leads: () => boolean
  /** Gets the error if the history can't be read. It's tried again later. */
  readonly report: (error: unknown) => void
}

type Task = {
  readonly purge: Purge
  /** Another server, or an earlier start of this one, may have erased texts without telling. */
  readonly isTakenOver: boolean
  /** Everything up to this input is done; null: nothing is. */
  after: number | null
  count: number
  isUnderWay: boolean
}

export class Purges {
  readonly #deps: Deps
  readonly #bulk: BulkDeletion<number>
  readonly #tasks = new Map<number, Task>()
  readonly #alarms = new Set<() => void>()
  readonly #following: Subscription
  #isClosed = false

  constructor(deps: Deps) {
    this.#deps = deps
    this.#bulk = new BulkDeletion(deps)
    let isStart = true
    this.#following = deps.hub.state$.subscribe(state => {
      this.#follow(state, isStart)
      isStart = false
    })
  }

  close(): void {
    this.#isClosed = true
    this.#following.unsubscribe()
    this.#bulk.close()
    for (const cancel of this.#alarms) cancel()
  }

  #follow({ purges }: State, isStart: boolean): void {
    if (purges.size === 0 && this.#tasks.size === 0) return
    const leads = this.#deps.leads()
    for (const [id, purge] of purges) {
      const known = this.#tasks.get(id)
      const task = known ?? { purge, isTakenOver: isStart || !leads, after: null, count: 0, isUnderWay: false }
      this.#tasks.set(id, task)
      if (leads && !task.isUnderWay) this.#begin(task)
    }
    for (const [id, { isUnderWay }] of this.#tasks) if (!isUnderWay && !purges.has(id)) this.#tasks.delete(id)
  }

  #begin(task: Task): void {
    task.isUnderWay = true
    this.#deps.clock.turn(() => void this.#work(task))
  }

  async #work(task: Task): Promise<void> {
    const { submit, hub } = this.#deps
    const { id } = task.purge
    try {
      await this.#bulk.tellRest(id)
      while (!this.#isClosed && !(await this.#goOn(task))) await this.#breath()
      if (this.#isClosed) return
      submit({ type: 'purged', purge: id, count: task.count })
      await settled(hub)
    } catch {
      // The failure has been reported.
    }
    if (this.#isClosed) return
    if (hub.state$.value.purges.has(id)) this.#later(() => void this.#work(task))
    else this.#tasks.delete(id)
  }

  /** One page of the room. Returns whether it was the last one. */
  async #goOn(task: Task): Promise<boolean> {
    const { purge, isTakenOver } = task
    const state = this.#deps.hub.state$.value
    const { messages, more } = this.#page(task)
    // One that is being edited has no text for a moment.
    const isMeant = ({ author, at, seq, text }: HistoryPage['messages'][number]): boolean =>
      author === purge.author &&
      at >= purge.since &&
      seq <= purge.id &&
      (isTakenOver || text !== null || editOf(state, seq) !== undefined)
    const found = messages.filter(isMeant)
    const last = messages.at(-1)?.seq ?? purge.id
    await this.#bulk.erase(purge.id, found, () => {
      task.count += found.length
      task.after = last
    })
    return !more || last >= purge.id
  }

  #page({ purge, after }: Task): HistoryPage {
    const part = purge.room === null ? ({ everywhere: true } as const) : { room: purge.room }
    const range = after === null ? { since: purge.since } : { after, upTo: purge.id }
    try {
      return this.#deps.history.page(part, range, PIECE_ROWS)
    } catch (error) {
      this.#deps.report(error)
      throw error
    }
  }

  #breath(): Promise<void> {
    return new Promise(resolve => this.#deps.clock.turn(resolve))
  }

  #later(run: () => void): void {
    const cancel = this.#deps.clock.alarm(ERASURE_RETRY_MS, () => {
      this.#alarms.delete(cancel)
      run()
    })
    this.#alarms.add(cancel)
  }
}
