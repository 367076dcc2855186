/**
 * The findings of a replay, as lines of JSON and as a running hash. Two builds that agree on every hash decide alike.
 * The hash covers only events and their places. So it reveals no text, and doesn't depend on a build's own errors.
 */
import { createHash } from 'node:crypto'
import type { Entry } from '../model/input.ts'
import type { StepEvent } from '../model/step.ts'
import { toSnapshot } from '../reducer/snapshot.ts'
import type { Replay, ReplayOutcome } from './replay.ts'

/** The events of an input, each with its place among the input's public events. No text of a message. */
export const eventsOf = (outcome: ReplayOutcome): string =>
  outcome.type === 'folded' ? JSON.stringify(outcome.step.events.map(placed)) : '[]'

/** A private event is as one that comes alone. */
const placed = (one: StepEvent): object =>
  one.kind === 'public' ? { ...one.event, i: one.i, last: one.last } : { ...one.event, i: 0, last: true }

/** One input and its outcome. `hash` null: no hash in the line. */
export function traceLine(entry: Entry, outcome: ReplayOutcome, events: string, hash: string | null): string {
  const { type, session, at } = entry.input
  const time = outcome.type === 'folded' ? outcome.step.at : at
  const head = JSON.stringify({ seq: entry.seq, at: time, type, session })
  const aside = outcome.type === 'folded' ? '' : `,"${outcome.type}":${JSON.stringify(outcome.reason)}`
  return `${head.slice(0, -1)}${aside},"events":${events}${hash === null ? '' : `,"hash":"${hash}"`}}`
}

/** The last line, if hashes are asked for. */
export const endLine = (replay: Replay, seq: number, hash: string): string =>
  JSON.stringify({ type: 'end', seq, hash, state: stateHash(replay) })

/** Equal for equal rooms, however they came about. */
export const stateHash = (replay: Replay): string => sha256(toSnapshot(replay.state))

/** A hash over all events so far, in order. */
export class RunningHash {
  #value = ''

  /** The current hash; empty before the first input. */
  get value(): string {
    return this.#value
  }

  add(seq: number, events: string): string {
    this.#value = sha256(`${this.#value} ${seq} ${events}`)
    return this.#value
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
