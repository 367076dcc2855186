/** Writes down a bot's acts, while a run goes on. */
import type { Answer, Broken, Cause, Ended, Observed } from './observed.ts'

/** Answers to its own messages, one after another, from which on a bot is taken to be talking with itself. */
const OWN_ANSWERS_MAX = 3

/** Answers to one thing from which on it's taken for the same. */
const ANSWERS_MAX = 50

/** Lines without a command from which on it's taken to be no bot at all. */
const BROKEN_MAX = 1000

/** Characters of a line that a report shows. */
const LINE_SHOWN = 200

/** Acts that people don't notice, or expect of a bot that enters. */
const QUIET: ReadonlySet<string> = new Set([
  ...[
    'who',
    'rooms',
    'history',
    'search',
    'messages',
    'pins',
    'reactions',
    'conversations',
    'devices',
    'account',
    'list',
  ],
  ...['read', 'join', 'part', 'nick', 'away', 'bye', 'questions', 'typing'],
])

export class Notes {
  readonly #answers: Answer[] = []
  readonly #heard = new Set<number>()
  readonly #broken: Broken[] = []
  #ended: Ended | null = null
  #runaway: Cause | null = null
  #absent = false
  #troubles = { cuts: 0, restarts: 0, repeats: 0, missed: 0 }
  #ownAnswers = 0
  #isOwn = false
  /** Answers to the latest cause. */
  #count = 0
  cause: Cause = { is: 'arrival' }

  /** The bot is about to be told this. */
  tells(cause: Cause): void {
    this.cause = cause
    this.#isOwn = false
    this.#ownAnswers = 0
    this.#count = 0
    if (cause.is === 'live') this.#heard.add(cause.act)
  }

  /** The bot is about to hear itself. The cause stays. */
  tellsOwn(): void {
    this.#isOwn = true
  }

  does(type: string, where: string, command: string): void {
    if (QUIET.has(type)) return
    this.#answers.push({ cause: this.cause, kind: `${type} ${where}`.trim(), command: command.slice(0, LINE_SHOWN) })
    this.#count += 1
    if (this.#count >= ANSWERS_MAX) this.#runaway ??= this.cause
    if (!this.#isOwn) return
    this.#isOwn = false
    this.#ownAnswers += 1
    if (this.#ownAnswers >= OWN_ANSWERS_MAX) this.#runaway ??= this.cause
  }

  breaks(line: string, why: string): void {
    if (this.#broken.length >= BROKEN_MAX) return this.runs()
    this.#broken.push({ cause: this.cause, line: line.slice(0, LINE_SHOWN), why })
  }

  ends(code: number | null, said: string): void {
    this.#ended ??= { cause: this.cause, code, said }
  }

  /** It doesn't come to rest. */
  runs(): void {
    this.#runaway ??= this.cause
  }

  stays(): void {
    this.#absent = true
  }

  counts(trouble: 'cuts' | 'restarts' | 'repeats' | 'missed'): void {
    this.#troubles = { ...this.#troubles, [trouble]: this.#troubles[trouble] + 1 }
  }

  /** Whether there's nothing to learn from going on. */
  get isOver(): boolean {
    return this.#ended !== null || this.#runaway !== null || this.#absent
  }

  get observed(): Observed {
    return {
      ...{ answers: this.#answers, heard: this.#heard, broken: this.#broken },
      ...{ ended: this.#ended, runaway: this.#runaway, absent: this.#absent, ...this.#troubles },
    }
  }
}
