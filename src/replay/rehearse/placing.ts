/** The rule of a trial as an input of the host, which takes effect between two inputs of the journal. */
import { type ErrorCode, errorText } from '../../model/error.ts'
import { type Body, HOST_SESSION, type Input } from '../../model/input.ts'
import type { Rule, Trial } from '../../model/keeping/trial.ts'
import { type Name, readName } from '../../model/name/name.ts'
import type { State } from '../../model/state.ts'
import { decide } from '../../reducer/decide.ts'
import { evolve } from '../../reducer/evolve.ts'

/** The rule can't be set there. */
export class Unfit extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, detail: string) {
    super(detail)
    this.code = code
  }

  /** With the remedy. */
  get sentence(): string {
    return errorText(this.code, this.message)
  }
}

/** Whether somebody could set the rule now: a server is running, and the room exists. */
export const isPlaceable = (state: State, { room }: Trial): boolean =>
  state.nodes.size > 0 && (room === null || state.rooms.has(room))

/**
 * The state with the rule. `seq` is a place between two inputs of the journal, so it isn't whole; a filter has it as its
 * number. Throws Unfit if the rule is refused.
 */
export function place(state: State, trial: Trial, seq: number): State {
  const input = inputOf(state, trial)
  const begin = { ...state, seq }
  const events = decide(begin, input)
  for (const event of events) if (event.type === 'rejected') throw new Unfit(event.code, event.detail)
  return { ...events.reduce(evolve, begin), seq: state.seq }
}

function inputOf(state: State, { rule, room }: Trial): Input {
  const [origin = '', node] = [...state.nodes][0] ?? []
  const stamp = { id: `${node?.run}.0`, at: state.at, origin, session: HOST_SESSION, n: null }
  return { ...bodyOf(rule, room), ...stamp }
}

function bodyOf(rule: Rule, room: string | null): Body {
  switch (rule.type) {
    case 'mode':
      return { type: 'mode', room, mode: rule.mode, value: rule.value, key: null, ms: null }
    case 'filter':
      return { type: 'filter', room, is: rule.is, pattern: rule.pattern, action: rule.action }
    case 'mute':
    case 'ban': {
      const { keys, text } = named(rule.name)
      const who = { key: keys[0] ?? '', text }
      return { type: 'restrict', kind: rule.type, room, who, keys, ms: null, reason: null }
    }
  }
}

function named(text: string): Name {
  const read = readName(text)
  return read.ok ? read.name : { text, keys: [text] }
}
