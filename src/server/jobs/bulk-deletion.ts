/**
 * Deletes many messages at once: as with every deletion, their texts are erased from every store before anybody hears
 * of it. The deletions aren't announced one by one.
 */
import type { Subscription } from 'rxjs'
import type { Body, InputOf, MemberId } from '../../model/input.ts'
import type { History } from '../../port/history.ts'
import type { Hub } from '../commit/hub.ts'
import { editedTexts } from '../ingress/targets/deletion.ts'

/** A message that is to be deleted. `room` null: a direct message, to `other`. */
export type Doomed = {
  readonly seq: number
  readonly author: MemberId
  readonly room: string | null
  readonly other: MemberId | null
}

export type DeletionDeps = {
  readonly history: Pick<History, 'textPlaces'>
  readonly hub: Pick<Hub, 'delivered$' | 'settled'>
  /** Erases the texts from everything that is stored. If that fails, it rejects; the failure has been reported. */
  readonly erase: (...targets: readonly number[]) => Promise<void>
  /** Submits an input in the host's name. */
  readonly submit: (body: Body) => void
}

/** `texts`: those that were erased with its own. Others may come until the deletion is stored (leftovers.ts). */
type Untold<Task> = Doomed & Pick<InputOf<'delete'>, 'texts'> & { readonly task: Task }

/** `Task`: the cause of the deletion. */
export class BulkDeletion<Task> {
  readonly #deps: DeletionDeps
  /** Messages that have lost their texts, with a deletion that is not announced yet. */
  readonly #untold = new Map<number, Untold<Task>>()
  readonly #following: Subscription

  constructor(deps: DeletionDeps) {
    this.#deps = deps
    this.#following = deps.hub.delivered$.subscribe(steps => {
      for (const { events } of steps)
        for (const { event } of events) if (event.type === 'deleted') this.#untold.delete(event.target)
    })
  }

  close(): void {
    this.#following.unsubscribe()
  }

  /**
   * Erases the texts of the messages and calls `erased`; then tells of them. Rejects if one of the two fails. After the
   * latter, `tellRest` tries again.
   */
  async erase(task: Task, page: readonly Doomed[], erased: () => void): Promise<void> {
    const { history, erase } = this.#deps
    const untold = page.map(one => ({ ...one, ...editedTexts(history, one.seq), task }))
    if (page.length > 0) await erase(...untold.flatMap(({ seq, texts = [] }) => [seq, ...texts]))
    erased()
    for (const one of untold) this.#untold.set(one.seq, one)
    await this.#tell(untold)
  }

  /** Tells of the messages that were erased, but are not told of. Rejects if that can't be stored. */
  async tellRest(task: Task): Promise<void> {
    await this.#tell([...this.#untold.values()].filter(one => one.task === task))
  }

  async #tell(page: readonly Untold<Task>[]): Promise<void> {
    if (page.length === 0) return
    for (const { author, seq: target, room, other, texts } of page) {
      const members = room === null ? [author, ...(other === null ? [] : [other])] : []
      const around = { room, members, everyone: false, bulk: true, author } as const
      this.#deps.submit({ type: 'delete', target, ...around, ...(texts && { texts }) })
    }
    await settled(this.#deps.hub)
    if (page.some(({ seq }) => this.#untold.has(seq))) throw new Error(UNSTORED)
  }
}

/** Resolves when all inputs submitted so far have been folded or have failed. */
export const settled = (hub: Pick<Hub, 'settled'>): Promise<void> => new Promise(resolve => hub.settled(resolve))

export const UNSTORED = 'Some texts are gone, but that could not be stored. Make room on the disk.'
