/**
 * A rule tried on the past: the journal is folded twice from the beginning of the trial on, once as it was and once
 * with the rule, and the two are compared input by input. So the forecast is the reducer's own result, with roles,
 * exceptions and all consequences of a stopped input. Direct messages aren't looked into.
 *
 * Rules are of format 7. An older journal is folded by that from the beginning of the trial on, in both folds, so that
 * the difference is due to the rule alone.
 */
import { DataError } from '../../journal/data-error.ts'
import type { Base } from '../../journal/recording.ts'
import type { Entry } from '../../model/input.ts'
import type { Trial, Tried } from '../../model/keeping/trial.ts'
import { isOf, runOf } from '../../model/state/node.ts'
import { initialState, type State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import { evolve } from '../../reducer/evolve.ts'
import { isBeyond } from '../../reducer/format.ts'
import { fromSnapshot } from '../../reducer/snapshot.ts'
import { step } from '../../reducer/step.ts'
import { differences } from './differences.ts'
import { isPlaceable, place } from './placing.ts'
import { Tally } from './tally.ts'
import { type WithVerdict, withVerdicts } from './verdicts.ts'

/** The first format with roles, modes, sanctions and word filters. */
const RULES_FORMAT = 7

/** Whether the keeper may read the messages of a room, or (null) texts outside of rooms. Absent: everything. */
export type Sees = (room: string | null) => boolean

export class Rehearsal {
  readonly #trial: Trial
  readonly #tally: Tally
  readonly #withVerdict: WithVerdict | null
  /** The state as it was, and as it would have been; the same before the trial. */
  #was: State
  #would: State
  #hasBegun = false
  /** The place of the rule; null: its room isn't there. */
  #placed: number | null = null
  /** The format of the journal itself. */
  #format: number

  /** Throws DataError if another version of the reducer wrote the snapshot at the base. */
  constructor(base: Base, trial: Trial, sees: Sees = () => true) {
    const state = base.state === null ? initialState : fromSnapshot(base.state)
    if (state === null) {
      throw new DataError(`The snapshot after input ${base.seq} is from another version. Use the rxchat that made it.`)
    }
    this.#was = state
    this.#would = state
    this.#format = state.format
    this.#trial = trial
    this.#tally = new Tally(sees)
    this.#withVerdict = withVerdicts(trial.rule)
  }

  /** Throws DataError at the start of rules that this program doesn't know, and Unfit if the rule is refused. */
  fold(entry: Entry): void {
    if (entry.quarantined !== null) return
    if (!this.#hasBegun && entry.input.at >= this.#trial.since) this.#begin()
    if (!this.#hasBegun) {
      const done = stepOf(this.#was, entry)
      if (done === null) return
      this.#was = done.after
      this.#would = done.after
      this.#format = done.after.format
      return
    }
    this.#prepare(entry)
    const was = stepOf(this.#was, entry)
    const would = stepOf(this.#would, this.#judged(entry))
    if (was) this.#was = was.after
    if (would) this.#would = would.after
    if (entry.input.type === 'format') this.#format = Math.max(this.#format, entry.input.format)
    if (was && would) this.#compare(was, would)
  }

  get result(): Tried {
    return this.#tally.result
  }

  #begin(): void {
    this.#hasBegun = true
    if (this.#was.format < RULES_FORMAT) this.#was = evolve(this.#was, { type: 'formatted', format: RULES_FORMAT })
    this.#would = this.#was
  }

  /** The rule holds as soon as it can, and again when its room is made anew. */
  #prepare(entry: Entry): void {
    if (this.#format < 5) {
      this.#was = withServer(this.#was, entry)
      this.#would = withServer(this.#would, entry)
    }
    const { room } = this.#trial
    if (room !== null && !this.#would.rooms.has(room)) this.#placed = null
    if (this.#placed !== null || !isPlaceable(this.#would, this.#trial)) return
    this.#placed = entry.seq - 0.5
    this.#would = place(this.#would, this.#trial, this.#placed)
  }

  #judged(entry: Entry): Entry {
    return this.#withVerdict === null || this.#placed === null
      ? entry
      : this.#withVerdict(entry, this.#would, this.#placed)
  }

  #compare(was: Step, would: Step): void {
    this.#tally.passed(was.at)
    for (const { verdict, ...one } of differences(was, would, this.#trial.room)) {
      if (one.what === 'message') this.#tally.message(this.#withVerdict !== null && one.text === null)
      if (verdict !== null) this.#tally.stopped({ ...one, verdict })
    }
  }
}

/** Null: the input throws. The server that had it skipped it, too. */
function stepOf(state: State, entry: Entry): Step | null {
  let done: Step
  try {
    done = step(state, entry)
  } catch {
    return null
  }
  if (!isBeyond(done)) return done
  throw new DataError(`From input ${entry.seq} on the journal is of a newer rxchat. Use that one.`)
}

/** Before format 5 servers didn't say that they take part: one does that writes. */
function withServer(state: State, { seq, input }: Entry): State {
  const node = state.nodes.get(input.origin)
  if (input.type === 'started' || input.type === 'format' || (node && isOf(input, node.run))) return state
  return { ...state, nodes: state.nodes.set(input.origin, { run: runOf(input), since: seq, offset: state.offset }) }
}
