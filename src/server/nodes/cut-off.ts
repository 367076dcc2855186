/**
 * Whether this server is cut off from the replicated log: it has appended, and for CUT_OFF_MS nothing has been
 * acknowledged. Until that ends it acknowledges nothing itself, and serves only its own copy.
 */
import { BehaviorSubject, distinctUntilChanged, map } from 'rxjs'
import { CUT_OFF_MS } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import type { Journal } from '../../port/journal.ts'

export class CutOff {
  readonly #clock: Clock
  readonly #state = new BehaviorSubject(false)
  /** Requests without an answer. */
  #open = 0
  /** Monotonic time since which something waits and nothing was answered; null: nothing waits. */
  #since: number | null = null
  #alarm: (() => void) | null = null
  #isClosed = false
  readonly changes$ = this.#state.pipe(distinctUntilChanged())

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get isCutOff(): boolean {
    return this.#state.value
  }

  /** Milliseconds in which the log has answered nothing, at the time when this server is cut off, and 0 when it isn't. */
  readonly silent$ = this.changes$.pipe(
    map(isCutOff => (isCutOff ? this.#clock.elapsed() - (this.#since ?? this.#clock.elapsed()) : 0)),
  )

  /** The same journal. An append that is refused was answered, too. */
  watching(journal: Journal): Journal {
    return {
      ...bound(journal),
      append: async batch => {
        const answered = this.#ask()
        try {
          await journal.append(batch)
        } finally {
          answered()
        }
      },
    }
  }

  /** True: it's stored. A beat that is rejected may be stored or not: nobody has answered. */
  async beat(send: () => Promise<void>): Promise<boolean> {
    const answered = this.#ask()
    try {
      await send()
      answered()
      return true
    } catch {
      this.#open -= 1
      return false
    }
  }

  /** From now on nothing is reported. */
  close(): void {
    this.#isClosed = true
    this.#alarm?.()
    this.#state.complete()
  }

  /** Returns a function to call with the answer. */
  #ask(): () => void {
    this.#open += 1
    if (this.#since === null) this.#wait()
    return () => {
      this.#open -= 1
      this.#alarm?.()
      this.#alarm = this.#since = null
      this.#state.next(false)
      if (this.#open > 0) this.#wait()
    }
  }

  #wait(): void {
    if (this.#isClosed) return
    this.#since = this.#clock.elapsed()
    this.#alarm = this.#clock.alarm(CUT_OFF_MS, () => this.#state.next(true))
  }
}

/** A journal may be an object of a class, whose methods are not its own. */
const bound = (journal: Journal): Journal => ({
  epoch: journal.epoch,
  get base() {
    return journal.base
  },
  committed$: journal.committed$,
  read: (seq, what) => journal.read(seq, what),
  texts: seqs => journal.texts(seqs),
  append: batch => journal.append(batch),
  quarantine: (seq, reason) => journal.quarantine(seq, reason),
  snapshot: upTo => journal.snapshot(upTo),
  keep: snapshot => journal.keep(snapshot),
  erase: seqs => journal.erase(seqs),
  forget: (...what) => journal.forget(...what),
  close: () => journal.close(),
})
