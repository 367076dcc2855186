/** What happened since the start, in numbers: for STATS and for /metrics. They hold no text and no name. */
import type { Observable } from 'rxjs'
import type { ErrorCode } from '../../model/error.ts'
import type { Proof } from '../../model/state/account.ts'
import type { Step } from '../../model/step.ts'
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
  commits = 0
  commitSeconds = 0
  /** How many commits took no longer than each of COMMIT_CLASSES. */
  readonly commitsWithin: number[] = COMMIT_CLASSES.map(() => 0)

  watch(step$: Observable<Step>, noted$: Observable<Note>, commit$: Observable<number>): void {
    step$.subscribe(step => {
      this.inputs += 1
      this.deliveries += deliveriesOf(step)
      for (const kind of loginsIn(step)) this.logins.set(kind, (this.logins.get(kind) ?? 0) + 1)
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

  /** Attempts to sign in that failed. */
  get failures(): number {
    return LOGIN_FAILURES.reduce((sum, code) => sum + (this.rejections.get(code) ?? 0), 0)
  }

  #commit(seconds: number): void {
    this.commits += 1
    this.commitSeconds += seconds
    COMMIT_CLASSES.forEach((most, at) => {
      if (seconds <= most) this.commitsWithin[at] = (this.commitsWithin[at] ?? 0) + 1
    })
  }
}

const LOGIN_FAILURES: readonly ErrorCode[] = ['credential-wrong', 'credential-gone', 'proof-wrong']

const loginsIn = ({ events }: Step): readonly Proof['kind'][] =>
  events.flatMap(({ event, after }) => {
    if (event.type !== 'welcomed' || event.credential === undefined) return []
    return after.accounts.get(event.member)?.credentials.get(event.credential)?.proof.kind ?? []
  })

const deliveriesOf = ({ events }: Step): number =>
  events.reduce((sum, { kind, event, after: state }) => {
    if (kind !== 'public') return sum
    const to = audience(event)
    if (to.to === 'sessions') return sum + to.sessions.length
    if (to.to === 'everyone') return sum + state.members.size
    return sum + to.rooms.reduce((all, room) => all + (state.rooms.get(room)?.members.size ?? 0), 0)
  }, 0)
