/**
 * The slash commands of line mode and every client. Parsing, help and completion are derived from this one table, whose
 * rows are in src/model/slash.
 */
import { LOBBY } from './name/standing.ts'
import { ACCOUNT } from './slash/account.ts'
import { helpOf, type SlashGroup, usage } from './slash/help.ts'
import { KEEPING } from './slash/keeping.ts'
import { MESSAGES } from './slash/messages.ts'
import { QUESTIONS } from './slash/questions.ts'
import { ROOMS } from './slash/rooms.ts'
import { command, NOTHING, type SlashCommand, split, type Typed } from './slash/row.ts'
import { TALK } from './slash/talk.ts'
import { TRY } from './slash/try.ts'

const HELP: SlashCommand = {
  name: 'help',
  args: '[command or group]',
  help: 'list these commands, or explain one',
  read: rest => {
    const [topic] = split(rest)
    if (topic === '') return { type: 'help' }
    return helpOf(SLASH_GROUPS, topic) === null
      ? { type: 'wrong', code: 'unknown-command', detail: `/${topic.replace(/^\//, '')}` }
      : { type: 'help', topic }
  },
  next: typed =>
    typed.length === 0 ? { words: [...SLASH_GROUPS, ...SLASH_COMMANDS].map(({ name }) => name) } : NOTHING,
}

export const SLASH_GROUPS: readonly SlashGroup[] = [
  { name: 'talk', title: 'Talking', rows: [...TALK, HELP] },
  { name: 'messages', title: 'Messages', rows: MESSAGES },
  { name: 'asking', title: 'Questions and hands', rows: QUESTIONS },
  { name: 'rooms', title: 'Rooms', rows: ROOMS },
  { name: 'account', title: 'Your account', rows: ACCOUNT },
  { name: 'keep', title: 'Keeping order', rows: [...KEEPING, TRY] },
]

export const SLASH_COMMANDS: readonly SlashCommand[] = SLASH_GROUPS.flatMap(({ rows }) => rows)

const ROWS = new Map(SLASH_COMMANDS.map(row => [row.name, row]))

export const rowNamed = (name: string): SlashCommand | undefined => ROWS.get(name.toLowerCase())

/** The list of the commands, one line each; or the help of a group or a command. */
export const helpLines = (topic = ''): readonly string[] => helpOf(SLASH_GROUPS, topic) ?? []

/** Reads a typed line in `room`. A line without a leading slash is a message; `//` stands for one slash. */
export function readTyped(line: string, room: string = LOBBY): Typed {
  if (!line.startsWith('/')) return command({ type: 'say', room, text: line, action: false })
  if (line.startsWith('//')) return command({ type: 'say', room, text: line.slice(1), action: false })
  const [name, rest] = split(line.slice(1))
  const row = rowNamed(name)
  if (!row) return { type: 'wrong', code: 'unknown-command', detail: `/${name}` }
  return row.read(rest, room) ?? { type: 'wrong', code: 'usage', detail: usage(row) }
}

/** A typed line as it may be shown and remembered: without the secrets in it. */
export function withoutSecrets(line: string): string {
  const [name, rest] = split(line.slice(1))
  const row = line.startsWith('/') ? rowNamed(name) : undefined
  const words = rest.split(/\s+/).filter(word => word !== '')
  const open = row?.open?.(words) ?? null
  return open === null ? line : [`/${name}`, ...words.slice(0, open)].join(' ')
}
