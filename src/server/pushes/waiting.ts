/**
 * Places of accounts with new messages. Each waits until its account has had time to read it at its connected sessions,
 * and until the last push for the place is long enough ago.
 */

import type { MemberId } from '../../model/input.ts'
import { PUSH_EVERY_MS, PUSH_TAKEOVER_MS, PUSH_WAIT_MS, PUSH_WAITING_MAX } from '../../model/limits.ts'
import { type Place, placeKey } from '../../model/state/reads.ts'
import type { Clock } from '../../port/clock.ts'
import type { Concern } from './concerns.ts'

export type Waiting = { readonly account: MemberId; readonly place: Place; readonly seqs: readonly number[] }

type Entry = {
  readonly account: MemberId
  readonly place: Place
  /** The latest messages, the oldest first. */
  seqs: number[]
  /** Monotonic milliseconds: when its push is due, and when its place is free for the next one. */
  due: number
  free: number
}

type Deps = {
  readonly clock: Pick<Clock, 'elapsed' | 'alarm' | 'turn'>
  /** Whether this server sends: one of several does. The others wait as well, in case that it's gone. */
  readonly leads: () => boolean
  /** Gives whether there was something to tell. */
  readonly send: (waiting: Waiting) => boolean
}

/** Messages of one place that are looked at for a push. */
const SEQS_MAX = 10
/** Places whose pushes begin in one turn. */
const AT_ONCE = 50
/** How often a server that doesn't send looks whether it does now, in milliseconds. */
const LOOK_MS = 5000

export class WaitingPlaces {
  readonly #deps: Deps
  readonly #entries = new Map<string, Entry>()
  #unalarm = (): void => {}
  #next = Number.POSITIVE_INFINITY
  #isClosed = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** `isConnected`: the account may be reading it somewhere. */
  add({ account, place, seq }: Concern, isConnected: boolean): void {
    const now = this.#deps.clock.elapsed()
    const key = `${account} ${placeKey(place)}`
    const known = this.#entries.get(key)
    const due = now + (isConnected ? PUSH_WAIT_MS : 0)
    if (known) {
      // A notice that waits already keeps its time.
      if (known.seqs.length === 0) known.due = Math.max(due, known.free)
      known.seqs = [...known.seqs, seq].slice(-SEQS_MAX)
      this.#lookAt(known.due)
    } else if (this.#entries.size < PUSH_WAITING_MAX) {
      this.#entries.set(key, { account, place, seqs: [seq], due, free: 0 })
      this.#lookAt(due)
    }
  }

  close(): void {
    this.#isClosed = true
    this.#unalarm()
    this.#entries.clear()
  }

  #lookAt(time: number): void {
    if (this.#isClosed || time >= this.#next) return
    const { clock } = this.#deps
    const wait = time - clock.elapsed()
    this.#unalarm()
    this.#next = time
    if (wait > 0) this.#unalarm = clock.alarm(wait, () => this.#look())
    else clock.turn(() => this.#look())
  }

  #look(): void {
    if (this.#isClosed) return
    const { clock, leads } = this.#deps
    const now = clock.elapsed()
    const isLeader = leads()
    let [next, left] = [Number.POSITIVE_INFINITY, AT_ONCE]
    this.#next = Number.NEGATIVE_INFINITY
    for (const [key, entry] of this.#entries) {
      const isDue = entry.seqs.length > 0 && entry.due <= now
      if (isDue && isLeader && left > 0) {
        left -= 1
        this.#send(entry, now)
      } else if (isDue && !isLeader && now >= entry.due + PUSH_TAKEOVER_MS) entry.seqs = []
      if (entry.seqs.length === 0 && entry.free <= now) this.#entries.delete(key)
      else next = Math.min(next, this.#nextOf(entry, isLeader ? now : now + LOOK_MS))
    }
    this.#next = Number.POSITIVE_INFINITY
    if (next < Number.POSITIVE_INFINITY) this.#lookAt(next)
  }

  #send(entry: Entry, now: number): void {
    const { account, place, seqs } = entry
    entry.seqs = []
    if (this.#deps.send({ account, place, seqs })) entry.free = now + PUSH_EVERY_MS
  }

  /** `soonest`: the time at which due entries are looked at. */
  #nextOf({ seqs, due, free }: Entry, soonest: number): number {
    return seqs.length === 0 ? free : Math.max(due, soonest)
  }
}
