/** Completion: slash commands from their table, rooms after `#`, names everywhere else. */
import type { View } from '../../client/view.ts'
import { SLASH_COMMANDS } from '../../model/slash.ts'

/** As readline wants it: what fits, and the piece of the line that it replaces. */
export function complete(line: string, view: View, room: string): [string[], string] {
  const word = /\S*$/.exec(line)?.[0] ?? ''
  const first = word === line
  if (first && word.startsWith('/'))
    return [
      fitting(
        SLASH_COMMANDS.map(({ name }) => `/${name} `),
        word,
      ),
      word,
    ]
  if (word.startsWith('#'))
    return [
      fitting(
        [...view.rooms.keys()].map(name => `#${name} `),
        word,
      ),
      word,
    ]
  const names = [...(view.rooms.get(room)?.members.keys() ?? [])].sort()
  return [
    fitting(
      names.map(name => (first ? `${name}: ` : `${name} `)),
      word,
    ),
    word,
  ]
}

const fitting = (choices: readonly string[], word: string): string[] =>
  choices.filter(choice => choice.toLowerCase().startsWith(word.toLowerCase()))
