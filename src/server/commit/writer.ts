/**
 * The journal's writer. What one turn of the event loop brought is one commit; while a commit is under way, the next
 * one gathers. So all inputs that came meanwhile share the cost of a commit, and order is kept.
 *
 * Under load it gathers longer. A turn accepts one connection, so a thousand clients that connect at once would be a
 * thousand commits, each sent to all. An input soon after a commit waits for others; an input that comes alone does not
 * wait.
 *
 * A commit is bounded, and the next one waits until it is folded. So what has come meanwhile is here, and not in a
 * queue.
 */
import type { Draft } from '../../model/input.ts'
import { COMMIT_INPUTS } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import type { Journal } from '../../port/journal.ts'

export type Writer = {
  readonly submit: (draft: Draft) => void
  /** Resolves when all that was submitted is committed or has failed. */
  readonly drained: () => Promise<void>
}

/**
 * `failed` gets the batches that could not be committed: nothing of them ever comes back. `took` gets the duration of
 * each commit in milliseconds. `folding` gives a promise until the commit is folded; null if it is.
 */
export function createWriter(
  journal: Journal,
  clock: Clock,
  failed: (drafts: readonly Draft[], error: unknown) => void,
  took: (ms: number) => void,
  folding: () => Promise<void> | null = () => null,
): Writer {
  let batch: Draft[] = []
  let writing: Promise<void> | null = null
  let scheduled = false
  /** Monotonic time until which a commit waits for more: as long after the last commit as that one took. */
  let patient = 0
  /** By how much the clock was set, as inputs that could not be stored said; the next one says so instead. */
  let owed = 0

  async function write(): Promise<void> {
    while (batch.length > 0) {
      const drafts = owing(batch.slice(0, COMMIT_INPUTS), owed)
      const began = clock.elapsed()
      batch = batch.slice(COMMIT_INPUTS)
      try {
        await journal.append(drafts)
        owed = 0
        took(clock.elapsed() - began)
      } catch (error) {
        owed = drafts.reduce((ms, { input }) => ms + (input.set ?? 0), 0)
        failed(drafts, error)
      }
      const ended = clock.elapsed()
      patient = ended + (ended - began)
      const unfolded = folding()
      if (unfolded) await unfolded
      if (drafts.length === COMMIT_INPUTS) await new Promise<void>(goOn => clock.turn(goOn))
    }
    writing = null
  }

  /**
   * Starts at the end of a turn. While it is patient, it starts once a turn has brought nothing beyond the `seen`
   * before it.
   */
  function gather(seen: number): void {
    clock.turn(() => {
      if (batch.length > seen && clock.elapsed() < patient) gather(batch.length)
      else start()
    })
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
      gather(0)
    },
    async drained() {
      start()
      await writing
    },
  }
}

function owing(drafts: readonly Draft[], ms: number): readonly Draft[] {
  const [first, ...rest] = drafts
  if (!first || ms === 0) return drafts
  return [{ ...first, input: { ...first.input, set: (first.input.set ?? 0) + ms } }, ...rest]
}
