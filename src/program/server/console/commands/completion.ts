/** Completion at the console: commands first, then names. */
import { type Choice, type Completion, fitting } from '../../../../client/input/completion.ts'
import type { State } from '../../../../model/state.ts'
import { HOST_COMMANDS, usage } from './commands.ts'

/** `before` is the text before the cursor. */
export function completion(before: string, state: State): Completion {
  const word = /\S*$/.exec(before)?.[0] ?? ''
  const choices: readonly Choice[] =
    word === before
      ? HOST_COMMANDS.map(row => ({ text: `${row.name} `, label: usage(row), help: row.help }))
      : [...state.members.values()]
          .map(({ name: { text } }) => text)
          .sort()
          .map(text => ({ text: `${text} `, label: text, help: '' }))
  return fitting(before.length - word.length, choices, word)
}

/** In readline's form: the matches, and the part of the line that they replace. */
export function completeCommand(line: string, state: State): [string[], string] {
  const { from, choices } = completion(line, state)
  return [choices.map(({ text }) => text), line.slice(from)]
}
