/** What a tried filter says to the texts of the journal: its number is carried in the input, as ingress would have it. */
import { compileFilters } from '../../matching/filters/filters.ts'
import type { Entry, Input } from '../../model/input.ts'
import type { Rule } from '../../model/trial.ts'

/** The same entry, with filter `id` among those that its text matched. Null: the rule is no filter. */
export type WithVerdict = (entry: Entry, id: number) => Entry

export function withVerdicts(rule: Rule): WithVerdict | null {
  if (rule.type !== 'filter') return null
  const filters = compileFilters([{ id: 0, room: null, is: rule.is, pattern: rule.pattern }])
  const matches = (text: string | null | undefined): boolean =>
    text !== null && text !== undefined && filters.matching(text, null).length > 0
  return (entry, id) => {
    const { input } = entry
    if (input.type === 'resume') {
      const { enter } = input
      if (!enter || !matches(enter.name.text)) return entry
      return { ...entry, input: { ...input, enter: { ...enter, filters: [...(enter.filters ?? []), id] } } }
    }
    if (!isFiltered(input) || !matches(textOf(input, entry))) return entry
    return { ...entry, input: { ...input, filters: [...(input.filters ?? []), id] } }
  }
}

type Filtered = Extract<Input, { type: 'say' | 'post' | 'topic' | 'nick' | 'away' | 'part' | 'quit' | 'hello' }>

const FILTERED: ReadonlySet<Input['type']> = new Set<Filtered['type']>([
  ...(['say', 'post', 'topic', 'nick', 'away', 'part', 'quit', 'hello'] as const),
])

/** Direct messages aren't looked into. */
const isFiltered = (input: Input): input is Filtered => FILTERED.has(input.type)

function textOf(input: Filtered, { texts }: Entry): string | null | undefined {
  switch (input.type) {
    case 'say':
    case 'post':
      return texts.text
    case 'topic':
      return input.topic
    case 'nick':
    case 'hello':
      return input.name.text
    case 'away':
      return input.note
    case 'part':
    case 'quit':
      return input.reason
  }
}
