/** Completion: slash commands from their table, rooms after `#`, and names everywhere else, with the help for each. */
import { SLASH_COMMANDS, usage } from '../../model/slash.ts'
import { UNSPACED } from '../../model/text.ts'

export type Choice = {
  /** The text that replaces the word. */
  readonly text: string
  readonly label: string
  readonly help: string
}

export type Completion = {
  /** Where the word begins in the text before the cursor. */
  readonly from: number
  readonly choices: readonly Choice[]
  /** The word is already one of its choices, so Enter needn't complete it. */
  readonly exact: boolean
}

export type CompletionSource = { readonly rooms: Iterable<string>; readonly names: Iterable<string> }

/** The word that ends in `before`. In scripts without spaces, `@` or `#` also begins one after a letter: `見て@田`. */
export function wordBefore(before: string): string {
  const word = /\S*$/.exec(before)?.[0] ?? ''
  const sign = Math.max(word.lastIndexOf('@'), word.lastIndexOf('#'))
  return sign > 0 && SIGN_BEFORE.test(word.slice(0, sign)) ? word.slice(sign) : word
}

const SIGN_BEFORE = new RegExp(`(?:${UNSPACED.source}|[\\p{sc=Hangul}\\p{Ps}\\p{Pi}"'/])$`, 'u')

/** `before` is the text before the cursor. */
export function complete(before: string, { rooms, names }: CompletionSource): Completion {
  const word = wordBefore(before)
  const from = before.length - word.length
  if (from === 0 && word.startsWith('/')) return fitting(from, commands(), word)
  if (word.startsWith('#')) {
    const all = [...rooms].sort().map(room => plain(`#${room}`, ' '))
    return fitting(from, all, word)
  }
  const mark = word.startsWith('@') ? '@' : ''
  const suffix = from === 0 && mark === '' ? ': ' : ' '
  const all = [...names].sort(byName).map(name => plain(mark + name, suffix))
  return fitting(from, all, word)
}

const byName = (a: string, b: string): number => {
  const [low, high] = [a.toLowerCase(), b.toLowerCase()]
  return low < high ? -1 : low > high ? 1 : 0
}

const commands = (): readonly Choice[] =>
  SLASH_COMMANDS.map(row => ({ text: `/${row.name} `, label: usage(row), help: row.help }))

const plain = (label: string, suffix: string): Choice => ({ text: label + suffix, label, help: '' })

/** Ignores case, accents and normal form: `jose` finds José, and `IBO` finds İbo. */
const folded = (text: string): string => text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
const whole = (text: string): string => text.normalize('NFC').toLowerCase()

/** The choices that begin with the word. */
export function fitting(from: number, all: readonly Choice[], word: string): Completion {
  const choices = all.filter(({ text }) => folded(text).startsWith(folded(word)))
  return { from, choices, exact: choices.some(({ text }) => whole(text).replace(/:? $/, '') === whole(word)) }
}
