/** Counts of events since the start: for STATS and for /metrics. They hold no text and no name. */
import type { Observable } from 'rxjs'
import type { ErrorCode } from '../../model/error.ts'
import type { Proof } from '../../model/state/account.ts'
import type { PublicStepEvent, Step, StepEvent } from '../../model/step.ts'
import { audience } from '../../reducer/audience.ts'
import type { Note } from './notes.ts'

/** Upper bounds of the histogram of commit times, in seconds. */
export const COMMIT_CLASSES = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5] as const

export class Counts {
  inputs = 0
  /** Deliveries of events: one for every member or session that an event was for. */
  deliveries = 0
  /** Readers that were disconnected because they were too slow. */
  letGo = 0
  readonly rejections = new Map<ErrorCode, number>()
  /** Sessions that began with a credential of an account, by its kind. */
  readonly logins = new Map<Proof['kind'], number>()
  /** Requests to hooks, by the kind of sender, and how many were folded into an earlier message. */
  readonly hooked = new Map<string, number>()
  folded = 0
  commits = 0
  commitSeconds = 0
  /** How many commits took no longer than each of COMMIT_CLASSES. */
  readonly commitsWithin: number[] = COMMIT_CLASSES.map(() => 0)

  watch(delivered$: Observable<readonly Step[]>, noted$: Observable<Note>, commit$: Observable<number>): void {
    delivered$.subscribe(steps => {
      this.inputs += steps.length
      for (const step of steps) for (const one of step.events) this.#count(one)
    })
    noted$.subscribe(note => {
      if (note.type === 'refused') this.reject(note.code)
      if (note.type === 'gave-up' && note.code === 'too-slow') this.letGo += 1
    })
    commit$.subscribe(ms => this.#commit(ms / 1000))
  }

  reject(code: ErrorCode): void {
    this.rejections.set(code, (this.rejections.get(code) ?? 0) + 1)
  }

  hook(sender: string, isFolded: boolean): void {
    this.hooked.set(sender, (this.hooked.get(sender) ?? 0) + 1)
    if (isFolded) this.folded += 1
  }

  /** Attempts to sign in that failed. */
  get failures(): number {
    return LOGIN_FAILURES.reduce((sum, code) => sum + (this.rejections.get(code) ?? 0), 0)
  }

  #count(one: StepEvent): void {
    if (one.kind === 'public') this.deliveries += deliveriesOf(one)
    const kind = loginIn(one)
    if (kind) this.logins.set(kind, (this.logins.get(kind) ?? 0) + 1)
  }

  #commit(seconds: number): void {
    this.commits += 1
    this.commitSeconds += seconds
    COMMIT_CLASSES.forEach((most, at) => {
      if (seconds <= most) this.commitsWithin[at] = (this.commitsWithin[at] ?? 0) + 1
    })
  }
}

const LOGIN_FAILURES: readonly ErrorCode[] = ['credential-wrong', 'credential-gone', 'proof-wrong', 'password-old']

function loginIn({ event, after }: StepEvent): Proof['kind'] | undefined {
  if (event.type !== 'welcomed' || event.credential === undefined) return undefined
  return after.accounts.get(event.member)?.credentials.get(event.credential)?.proof.kind
}

function deliveriesOf({ event, after }: PublicStepEvent): number {
  const to = audience(event)
  if (to.to === 'sessions') return to.sessions.length
  if (to.to === 'everyone') return after.members.size
  let sum = 0
  for (const room of to.rooms) sum += after.rooms.get(room)?.members.size ?? 0
  return sum
}
