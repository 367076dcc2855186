/** Completion at the console: commands first, then names. */
import type { State } from '../../model/state.ts'
import { HOST_COMMANDS } from './commands.ts'

/** As readline wants it: what fits, and the piece of the line that it replaces. */
export function completeCommand(line: string, state: State): [string[], string] {
  const word = /\S*$/.exec(line)?.[0] ?? ''
  const choices =
    word === line
      ? HOST_COMMANDS.map(({ name }) => `${name} `)
      : [...state.members.values()].map(member => `${member.name.text} `).sort()
  return [choices.filter(choice => choice.startsWith(word)), word]
}
