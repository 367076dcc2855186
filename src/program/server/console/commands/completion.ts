/** Completion at the console: commands first, then the arguments of the command, or names. */
import { type Choice, type Completion, fitting } from '../../../../client/input/completion.ts'
import type { State } from '../../../../model/state.ts'
import { HOST_COMMANDS } from './commands.ts'
import { usage } from './console-command.ts'

/** `before` is the text before the cursor. */
export function completion(before: string, state: State): Completion {
  const word = /\S*$/.exec(before)?.[0] ?? ''
  const from = before.length - word.length
  if (from === 0) {
    return fitting(
      0,
      HOST_COMMANDS.map(row => ({ text: `${row.name} `, label: usage(row), help: row.help })),
      word,
    )
  }
  const [name, ...typed] = before.slice(0, from).trim().split(/\s+/)
  const row = HOST_COMMANDS.find(one => one.name === name)
  const words = row?.words?.(typed, state) ?? [...state.members.values()].map(member => member.name.text).sort()
  return fitting(from, words.map(plain), word)
}

const plain = (text: string): Choice => ({ text: `${text} `, label: text, help: '' })

/** In readline's form: the matches, and the part of the line that they replace. */
export function completeCommand(line: string, state: State): [string[], string] {
  const { from, choices } = completion(line, state)
  return [choices.map(({ text }) => text), line.slice(from)]
}
