/** What a tried filter says to the texts of the journal: its number is carried in the input, as ingress would have it. */
import { compileFilters } from '../../matching/filters/filters.ts'
import type { Entry, Input } from '../../model/input.ts'
import type { State } from '../../model/state.ts'
import type { Rule } from '../../model/trial.ts'
import { nameOf } from '../../reducer/rules/lookup.ts'

/** The same entry, with filter `id` among those that its text matched in this state. */
export type WithVerdict = (entry: Entry, state: State, id: number) => Entry

/** Null: the rule is no filter. */
export function withVerdicts(rule: Rule): WithVerdict | null {
  if (rule.type !== 'filter') return null
  const filters = compileFilters([{ id: 0, room: null, is: rule.is, pattern: rule.pattern }])
  const matches = (text: string | null): boolean => text !== null && filters.matching(text, null).length > 0
  return (entry, state, id) => {
    const { input } = entry
    const withIt = <T extends { readonly filters?: readonly number[] }>(one: T): T => ({
      ...one,
      filters: [...(one.filters ?? []), id],
    })
    if (input.type === 'resume' && input.enter) {
      const { enter } = input
      return enter.account || !matches(enter.name.text)
        ? entry
        : { ...entry, input: { ...input, enter: withIt(enter) } }
    }
    return matches(textOf(entry, state)) ? { ...entry, input: withIt(input as Filtered) } : entry
  }
}

type Filtered = Extract<Input, { readonly filters?: readonly number[] }>

/** The text of an input that filters look at, as at ingress; but direct messages aren't looked into. Null: none. */
function textOf({ input, texts }: Entry, state: State): string | null {
  switch (input.type) {
    case 'say':
    case 'post':
      return texts.text ?? null
    case 'topic':
      return input.topic
    case 'nick':
      return input.name.text
    case 'hello':
      return input.account ? null : input.name.text
    case 'register':
      return nameOf(state, input.session)
    case 'resume':
      return state.lapsed.get(state.tokens.get(input.token) ?? '')?.name.text ?? null
    case 'away':
      return input.note
    case 'part':
    case 'quit':
      return input.reason
    default:
      return null
  }
}
