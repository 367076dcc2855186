/**
 * The journal's writer. The inputs of one turn of the event loop are one commit; while a commit is under way, the next
 * one gathers. So all inputs that came meanwhile share the cost of a commit, and order is kept.
 *
 * Under load it gathers longer. A turn accepts one connection, so a thousand clients that connect at once would be a
 * thousand commits, each sent to all. An input soon after a commit waits for others; an input that comes alone does not
 * wait.
 *
 * A commit is bounded, and the next one waits until it is folded. So later inputs wait here, and not in a queue.
 *
 * One append is under way at a time. While its outcome isn't known, its inputs are neither acknowledged nor refused, and
 * later ones wait; beyond the bounds of src/server/commit/waiting.ts they are refused, since they were in no append.
 */
import type { Draft, Stamp } from '../../model/input.ts'
import { GATHER_MS, OUTCOME_MS } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import type { Journal } from '../../port/journal.ts'
import { SilenceAlarm } from '../../port/silence-alarm.ts'
import { Waiting } from './waiting.ts'

export type Writer = {
  /** False: there is no room for it, and `failed` will get it. */
  readonly submit: (draft: Draft) => boolean
  /** Inputs that are in no append yet. */
  readonly waiting: () => number
  /** Resolves when all submitted inputs are committed or have failed; or after OUTCOME_MS, and then nothing follows. */
  readonly drained: () => Promise<void>
}

/**
 * `failed` gets the inputs that could not be committed: nothing of them ever comes back. `took` gets the duration of
 * each commit in milliseconds. `folding` gives a promise until the commit is folded; null if it is.
 */
export function createWriter(
  journal: Journal,
  clock: Clock,
  failed: (drafts: readonly Draft[], error: unknown) => void,
  took: (ms: number) => void,
  folding: () => Promise<void> | null = () => null,
): Writer {
  let waiting = new Waiting()
  /** Inputs of this turn that have no room. */
  const refused: Draft[] = []
  let writing: Promise<void> | null = null
  let scheduled = false
  /** Monotonic time until which a commit waits for more: as long after the last commit as that took, or GATHER_MS. */
  let patient = 0
  /** A change of the clock whose inputs could not be stored; the next input reports it instead. */
  let owed: Setting = NOT_SET

  async function write(): Promise<void> {
    while (waiting.size > 0) {
      const drafts = owing(waiting.take(), owed)
      const isCut = waiting.size > 0
      const began = clock.elapsed()
      owed = NOT_SET
      try {
        await journal.append(drafts)
        took(clock.elapsed() - began)
      } catch (error) {
        for (const { input } of drafts) owed = withSet(owed, input)
        failed(drafts, error)
      }
      const ended = clock.elapsed()
      patient = ended + Math.min(ended - began, GATHER_MS)
      const unfolded = folding()
      if (unfolded) await unfolded
      if (isCut) await new Promise<void>(goOn => clock.turn(goOn))
    }
    writing = null
  }

  /**
   * Starts at the end of a turn. While it is patient, it starts once a turn has brought nothing beyond the `seen`
   * before it.
   */
  function gather(seen: number): void {
    clock.turn(() => {
      if (waiting.size > seen && clock.elapsed() < patient) gather(waiting.size)
      else start()
    })
  }

  function start(): void {
    scheduled = false
    if (waiting.size > 0) writing ??= write()
  }

  function refuse(draft: Draft): void {
    owed = withSet(owed, draft.input)
    if (refused.push(draft) === 1) clock.turn(() => failed(refused.splice(0), new Error(NO_ROOM)))
  }

  return {
    submit(draft) {
      if (!waiting.add(draft)) {
        refuse(draft)
        return false
      }
      if (!scheduled && !writing) {
        scheduled = true
        gather(0)
      }
      return true
    },
    waiting: () => waiting.size,
    async drained() {
      start()
      await new Promise<void>(resolve => {
        const patience = new SilenceAlarm(clock, () => {
          waiting = new Waiting()
          resolve()
        })
        patience.set(OUTCOME_MS)
        void Promise.resolve(writing).then(() => {
          patience.off()
          resolve()
        })
      })
    },
  }
}

const NO_ROOM = 'the journal does not answer, and too many inputs wait for it.'

/** The change of a clock, and its new offset. */
type Setting = { readonly set: number; readonly offset: number | undefined }

const NOT_SET: Setting = { set: 0, offset: undefined }

const withSet = ({ set, offset }: Setting, input: Stamp): Setting => ({
  set: set + (input.set ?? 0),
  offset: input.offset ?? offset,
})

function owing(drafts: readonly Draft[], owed: Setting): readonly Draft[] {
  if (owed.set === 0) return drafts
  const [first, ...rest] = drafts
  if (!first) return drafts
  const { set, offset } = withSet(owed, first.input)
  return [{ ...first, input: { ...first.input, set, ...(offset === undefined ? {} : { offset }) } }, ...rest]
}
