/** step: an entry of the journal, decided and folded. */
import { isOfSession, isPublic } from '../model/event.ts'
import type { Entry } from '../model/input.ts'
import type { State } from '../model/state.ts'
import type { Step, StepEvent } from '../model/step.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { inTime } from './rules/time.ts'

export function step(state: State, { seq, input, texts }: Entry): Step {
  const begin: State = { ...inTime(state, input), seq }
  const decided = decide(begin, input)
  const places = decided.filter(isPublic).length
  let now = begin
  let i = 0
  const events = decided.map((event): StepEvent => {
    const before = now
    const after = evolve(before, event)
    now = after
    if (isPublic(event)) return { kind: 'public', event, before, after, i: i++, last: i === places }
    return isOfSession(event) ? { kind: 'session', event, before, after } : { kind: 'ledger', event, before, after }
  })
  const { id, session, origin } = input
  return { seq, at: begin.at, id, session, origin, text: texts.text ?? null, events, before: begin, after: now }
}
