/**
 * What a replay found, as lines of JSON, and as a running hash: two builds that agree on every hash decide alike. The
 * hash is of events and their places alone, so that it says nothing of what people wrote, and of no build's own errors.
 */
import { createHash } from 'node:crypto'
import type { Entry } from '../model/input.ts'
import { toSnapshot } from '../reducer/snapshot.ts'
import type { Outcome, Replay } from './replay.ts'

/** The events of an input, each with its place among those that the input made public; no message's text. */
export const eventsOf = (outcome: Outcome): string =>
  outcome.type === 'folded'
    ? JSON.stringify(outcome.step.events.map(({ event, i, last }) => ({ ...event, i, last })))
    : '[]'

/** One input and what became of it. `hash` null: left out. */
export function traceLine(entry: Entry, outcome: Outcome, events: string, hash: string | null): string {
  const { type, session, at } = entry.input
  const time = outcome.type === 'folded' ? outcome.step.at : at
  const head = JSON.stringify({ seq: entry.seq, at: time, type, session })
  const aside = outcome.type === 'folded' ? '' : `,"${outcome.type}":${JSON.stringify(outcome.reason)}`
  return `${head.slice(0, -1)}${aside},"events":${events}${hash === null ? '' : `,"hash":"${hash}"`}}`
}

/** The last line, where hashes are asked for. */
export const endLine = (replay: Replay, seq: number, hash: string): string =>
  JSON.stringify({ type: 'end', seq, hash, state: stateHash(replay) })

/** Equal for equal rooms, whatever way led to them. */
export const stateHash = (replay: Replay): string => sha256(toSnapshot(replay.state))

/** Of all events so far, in order. */
export class RunningHash {
  #value = ''

  /** What it is now; empty before the first input. */
  get value(): string {
    return this.#value
  }

  add(seq: number, events: string): string {
    this.#value = sha256(`${this.#value} ${seq} ${events}`)
    return this.#value
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
