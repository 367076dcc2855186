/** Matches a tried filter with the texts of the journal: the input carries its number, as if ingress had found it. */
import { compileFilters } from '../../matching/filters/filters.ts'
import type { Entry } from '../../model/input.ts'
import type { Rule } from '../../model/keeping/trial.ts'
import type { State } from '../../model/state.ts'
import { carrying, lookedAt } from '../../reducer/keeping/messages/looked-at.ts'

/** The same entry, with filter `id` among those that its text matched in this state. */
export type WithVerdict = (entry: Entry, state: State, id: number) => Entry

/** Null: the rule is no filter. Direct messages aren't looked into. */
export function withVerdicts(rule: Rule): WithVerdict | null {
  if (rule.type !== 'filter') return null
  const filters = compileFilters([{ id: 0, room: null, is: rule.is, pattern: rule.pattern }])
  return (entry, state, id) => {
    const { input, texts } = entry
    if (input.type === 'tell') return entry
    let judged = input
    for (const { as, text } of lookedAt(state, input.session, input, texts.text ?? null)) {
      if (filters.matching(text, null).length > 0) judged = carrying(judged, as, [id])
    }
    return judged === input ? entry : { ...entry, input: judged }
  }
}
