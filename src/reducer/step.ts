/** step: an entry of the journal, decided and folded. */
import { isOfSession, isPublic } from '../model/event.ts'
import type { Entry } from '../model/input.ts'
import { readStoredText } from '../model/message/stored-text.ts'
import type { State } from '../model/state.ts'
import type { Step, StepEvent } from '../model/step.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { withHookEvent } from './rules/hook-events.ts'
import { inTime } from './rules/time.ts'

export function step(state: State, { seq, input, texts }: Entry): Step {
  const begin = inTime(state, input, seq)
  const decided = decide(begin, input)
  let places = 0
  for (const event of decided) if (isPublic(event)) places += 1
  const events: StepEvent[] = []
  let now = begin
  let i = 0
  for (const event of decided) {
    const before = now
    const evolved = evolve(before, event)
    const after = isPublic(event) ? withHookEvent(evolved, event, i, i + 1 === places) : evolved
    now = after
    if (isPublic(event)) events.push({ kind: 'public', event, before, after, i: i++, last: i === places })
    else if (isOfSession(event)) events.push({ kind: 'session', event, before, after })
    else events.push({ kind: 'ledger', event, before, after })
  }
  const { id, session, origin } = input
  const { text, names } = texts.text === undefined ? GONE : readStoredText(texts.text)
  const named = names.length === 0 ? {} : { names }
  return { seq, at: begin.at, id, session, origin, text, ...named, events, before: begin, after: now }
}

const GONE: { readonly text: null; readonly names: readonly string[] } = { text: null, names: [] }
