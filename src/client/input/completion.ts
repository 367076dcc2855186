/** Completion: slash commands from their table, rooms after `#`, and names everywhere else, with the help for each. */
import type { Role } from '../../model/keeping/roles.ts'
import { mayUse, usage } from '../../model/slash/help.ts'
import { rowNamed, SLASH_COMMANDS } from '../../model/slash.ts'
import { UNSPACED } from '../../model/text.ts'

export type Choice = {
  /** The text that replaces the word. */
  readonly text: string
  readonly label: string
  readonly help: string
}

export type Completion = {
  /** Offset of the word in the text before the cursor. */
  readonly from: number
  readonly choices: readonly Choice[]
  /** The word is already one of its choices, so Enter needn't complete it. */
  readonly exact: boolean
}

/** `role`: of the user, in the current room. Absent: every command is offered. */
export type CompletionSource = {
  readonly rooms: Iterable<string>
  readonly names: Iterable<string>
  readonly role?: Role
}

/** The word that ends in `before`. In scripts without spaces, `@` or `#` also begins one after a letter: `見て@田`. */
export function wordBefore(before: string): string {
  const word = /\S*$/.exec(before)?.[0] ?? ''
  const sign = Math.max(word.lastIndexOf('@'), word.lastIndexOf('#'))
  return sign > 0 && SIGN_BEFORE.test(word.slice(0, sign)) ? word.slice(sign) : word
}

const SIGN_BEFORE = new RegExp(`(?:${UNSPACED.source}|[\\p{sc=Hangul}\\p{Ps}\\p{Pi}"'/])$`, 'u')

/** `before` is the text before the cursor. */
export function complete(before: string, source: CompletionSource): Completion {
  const { rooms, names, role } = source
  const word = wordBefore(before)
  const from = before.length - word.length
  if (from === 0 && word.startsWith('/')) return fitting(from, commands(role), word)
  if (word.startsWith('#')) {
    const all = [...rooms].sort().map(room => plain(`#${room}`, ' '))
    return fitting(from, all, word)
  }
  const mark = word.startsWith('@') ? '@' : ''
  const next = mark === '' ? argument(before.slice(0, from), source) : null
  if (next) return fitting(from, next, word)
  const suffix = from === 0 && mark === '' ? ': ' : ' '
  const all = [...names].sort(byName).map(name => plain(mark + name, suffix))
  return fitting(from, all, word)
}

const byName = (a: string, b: string): number => {
  const [low, high] = [a.toLowerCase(), b.toLowerCase()]
  return low < high ? -1 : low > high ? 1 : 0
}

/** The choices for a command's argument after the words before; null: the command offers none. */
function argument(before: string, { rooms, names }: CompletionSource): readonly Choice[] | null {
  const [name = '', ...typed] = before.trim().split(/\s+/)
  const next = name.startsWith('/') ? rowNamed(name.slice(1))?.next?.(typed) : undefined
  if (!next) return null
  return [
    ...(next.words ?? []).map(word => plain(word, ' ')),
    ...(next.names ? [...names].sort(byName).map(one => plain(one, ' ')) : []),
    ...(next.rooms ? [...rooms].sort().map(room => plain(room, ' ')) : []),
  ]
}

const commands = (role: Role | undefined): readonly Choice[] =>
  SLASH_COMMANDS.filter(row => role === undefined || mayUse(row, role)).map(row => ({
    text: `/${row.name} `,
    label: usage(row),
    help: row.help,
  }))

const plain = (label: string, suffix: string): Choice => ({ text: label + suffix, label, help: '' })

/** Ignores case, accents and normal form: `jose` finds José, and `IBO` finds İbo. */
const folded = (text: string): string => text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
const whole = (text: string): string => text.normalize('NFC').toLowerCase()

/** The choices that begin with the word. */
export function fitting(from: number, all: readonly Choice[], word: string): Completion {
  const choices = all.filter(({ text }) => folded(text).startsWith(folded(word)))
  return { from, choices, exact: choices.some(({ text }) => whole(text).replace(/:? $/, '') === whole(word)) }
}
