/** Completion: slash commands from their table, rooms after `#`, names everywhere else; with what a list says of each. */
import { SLASH_COMMANDS, usage } from '../model/slash.ts'

export type Choice = {
  /** What takes the place of the word. */
  readonly text: string
  readonly label: string
  readonly help: string
}

export type Completion = {
  /** Where the word begins in what stands before the cursor. */
  readonly from: number
  readonly choices: readonly Choice[]
}

export type Known = { readonly rooms: Iterable<string>; readonly names: Iterable<string> }

/** `before` is what stands before the cursor. */
export function complete(before: string, { rooms, names }: Known): Completion {
  const word = /\S*$/.exec(before)?.[0] ?? ''
  const from = before.length - word.length
  if (from === 0 && word.startsWith('/')) return { from, choices: fitting(commands(), word) }
  if (word.startsWith('#'))
    return {
      from,
      choices: fitting(
        [...rooms].sort().map(room => plain(`#${room}`, ' ')),
        word,
      ),
    }
  const mark = word.startsWith('@') ? '@' : ''
  const suffix = from === 0 && mark === '' ? ': ' : ' '
  return {
    from,
    choices: fitting(
      [...names].sort(byName).map(name => plain(mark + name, suffix)),
      word,
    ),
  }
}

const byName = (a: string, b: string): number => {
  const [low, high] = [a.toLowerCase(), b.toLowerCase()]
  return low < high ? -1 : low > high ? 1 : 0
}

const commands = (): readonly Choice[] =>
  SLASH_COMMANDS.map(row => ({ text: `/${row.name} `, label: usage(row), help: row.help }))

const plain = (label: string, suffix: string): Choice => ({ text: label + suffix, label, help: '' })

const fitting = (choices: readonly Choice[], word: string): readonly Choice[] =>
  choices.filter(({ text }) => text.toLowerCase().startsWith(word.toLowerCase()))
