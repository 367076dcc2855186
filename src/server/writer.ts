/**
 * The journal's writer: what one turn of the event loop brought is one commit, and while a commit is under way the
 * next one gathers. So a commit's cost is shared by all that came meanwhile, and order is kept.
 */
import type { Draft } from '../model/input.ts'
import type { Clock } from '../port/clock.ts'
import type { Journal } from '../port/journal.ts'

export type Writer = {
  readonly submit: (draft: Draft) => void
  /** Resolves when all that was submitted is committed or has failed. */
  readonly drained: () => Promise<void>
}

/** `failed` gets the batches that could not be committed: nothing of them ever comes back. */
export function createWriter(
  journal: Journal,
  clock: Clock,
  failed: (drafts: readonly Draft[], error: unknown) => void,
): Writer {
  let batch: Draft[] = []
  let writing: Promise<void> | null = null
  let scheduled = false

  async function write(): Promise<void> {
    while (batch.length > 0) {
      const drafts = batch
      batch = []
      try {
        await journal.append(drafts)
      } catch (error) {
        failed(drafts, error)
      }
    }
    writing = null
  }

  function start(): void {
    scheduled = false
    if (batch.length > 0) writing ??= write()
  }

  return {
    submit(draft) {
      batch.push(draft)
      if (scheduled || writing) return
      scheduled = true
      clock.turn(start)
    },
    async drained() {
      start()
      await writing
    },
  }
}
