/** The slash commands of line mode and every client. Parsing, help and completion are derived from this one table. */
import type { Command, Query } from './command.ts'
import type { ErrorCode } from './error.ts'
import { HISTORY_ON_JOIN, HISTORY_PAGE_MAX } from './limits.ts'
import { LOBBY } from './name/standing.ts'
import { aligned } from './text.ts'

/** The meaning of a typed line. */
export type Typed =
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'query'; readonly query: Query }
  | { readonly type: 'help' }
  | SecretWanted
  | { readonly type: 'wrong'; readonly code: ErrorCode; readonly detail: string }

/** A command without its secret, which is to be asked for with hidden input. `name`: the account to log in to. */
export type SecretWanted = {
  readonly type: 'secret'
  readonly what: 'register' | 'login' | 'password'
  readonly name: string
}

export type SlashCommand = {
  readonly name: string
  /** Arguments as help shows them: `<needed>`, `[optional]`. */
  readonly args: string
  readonly help: string
  /** How many words after the name aren't secret. Absent: all of them. */
  readonly open?: number
  /** Null: the arguments are wrong. `rest` is the trimmed text after the name; `room` is the current room. */
  readonly read: (rest: string, room: string) => Typed | null
}

const command = (value: Command): Typed => ({ type: 'command', command: value })
const query = (value: Query): Typed => ({ type: 'query', query: value })
const secret = (what: SecretWanted['what'], name = ''): Typed => ({ type: 'secret', what, name })
const orNull = (text: string): string | null => (text === '' ? null : text)

/** The first word, and the rest. */
const split = (rest: string): readonly [string, string] => {
  const gap = rest.search(/\s/)
  return gap < 0 ? [rest, ''] : [rest.slice(0, gap), rest.slice(gap).trim()]
}

export const SLASH_COMMANDS: readonly SlashCommand[] = [
  {
    name: 'me',
    args: '<action>',
    help: 'send an action, such as /me waves',
    read: (text, room) => (text === '' ? null : command({ type: 'say', room, text, action: true })),
  },
  {
    name: 'msg',
    args: '<name> <text>',
    help: 'send a direct message',
    read: rest => {
      const [to, text] = split(rest)
      return text === '' ? null : command({ type: 'tell', to, text, action: false })
    },
  },
  {
    name: 'nick',
    args: '<name>',
    help: 'change your name',
    read: name => (name === '' ? null : command({ type: 'nick', name })),
  },
  {
    name: 'join',
    args: '<room>',
    help: 'join a room, or create it',
    read: room => (room === '' ? null : command({ type: 'join', room })),
  },
  {
    name: 'part',
    args: '[room] [reason]',
    help: 'leave a room (default: this one)',
    read: (rest, room) => {
      const [named, reason] = split(rest)
      return command({ type: 'part', room: named === '' ? room : named, reason: orNull(reason) })
    },
  },
  { name: 'rooms', args: '', help: 'list the rooms', read: () => query({ type: 'rooms' }) },
  {
    name: 'who',
    args: '[room]',
    help: 'list the members of a room',
    read: (rest, room) => query({ type: 'who', room: rest === '' ? room : rest }),
  },
  {
    name: 'topic',
    args: '[text]',
    help: 'set the topic of this room; - removes it',
    read: (rest, room) =>
      rest === '' ? query({ type: 'who', room }) : command({ type: 'topic', room, topic: rest === '-' ? '' : rest }),
  },
  {
    name: 'history',
    args: '[count]',
    help: 'show earlier messages here',
    read: (rest, room) => {
      const limit = rest === '' ? HISTORY_ON_JOIN : Number(rest)
      if (!/^\d*$/.test(rest) || limit > HISTORY_PAGE_MAX) return null
      return query({ type: 'history', room, before: null, after: null, since: null, limit })
    },
  },
  {
    name: 'search',
    args: '<words>',
    help: 'search your rooms and your direct messages',
    read: words =>
      words === '' ? null : query({ type: 'search', words, room: null, before: null, limit: HISTORY_ON_JOIN }),
  },
  {
    name: 'delete',
    args: '[number]',
    help: 'delete one of your messages (default: your latest here)',
    read: (rest, room) =>
      /^\d{0,15}$/.test(rest) ? command({ type: 'delete', seq: rest === '' ? null : Number(rest), room }) : null,
  },
  {
    name: 'away',
    args: '[note]',
    help: 'mark yourself away; /back ends it',
    read: rest => command({ type: 'away', note: rest === '' ? 'away' : rest }),
  },
  { name: 'back', args: '', help: 'end your time away', read: () => command({ type: 'away', note: null }) },
  {
    name: 'register',
    args: '[password]',
    help: 'make your name an account of yours',
    open: 0,
    read: password => (password === '' ? secret('register') : command({ type: 'register', password })),
  },
  {
    name: 'login',
    args: '<name> [password]',
    help: 'go on as an account of yours',
    open: 1,
    read: (rest, room) => {
      const [name, password] = split(rest)
      if (name === '') return null
      return password === '' ? secret('login', name) : command({ type: 'login', name, account: { password }, room })
    },
  },
  {
    name: 'password',
    args: '[old new]',
    help: 'change the password of your account',
    open: 0,
    read: rest => {
      if (rest === '') return secret('password')
      const [old, next] = split(rest)
      return next === '' ? null : command({ type: 'password', old, new: next })
    },
  },
  {
    name: 'devices',
    args: '[revoke <id>]',
    help: 'list what can sign in to your account, or revoke it',
    read: rest => {
      if (rest === '') return query({ type: 'devices' })
      const [word, credential] = split(rest)
      return word.toLowerCase() === 'revoke' && credential !== '' ? command({ type: 'revoke', credential }) : null
    },
  },
  {
    name: 'account',
    args: '[name]',
    help: 'show whether a name is an account (default: yours)',
    read: name => query({ type: 'account', ...(name === '' ? {} : { name }) }),
  },
  {
    name: 'logout',
    args: '[everywhere]',
    help: 'sign out of your account here, or on all devices',
    read: rest => {
      const everywhere = rest.toLowerCase() === 'everywhere'
      return rest === '' || everywhere ? command({ type: 'logout', everywhere }) : null
    },
  },
  {
    name: 'quit',
    args: '[reason]',
    help: 'leave the chat',
    read: rest => command({ type: 'quit', reason: orNull(rest) }),
  },
  { name: 'help', args: '', help: 'list these commands', read: () => ({ type: 'help' }) },
]

const ROWS = new Map(SLASH_COMMANDS.map(row => [row.name, row]))

/** The left column of help: `/msg <name> <text>`. */
export const usage = ({ name, args }: SlashCommand): string => (args === '' ? `/${name}` : `/${name} ${args}`)

/** The list of the commands, one line each. */
export const helpLines = (): readonly string[] => aligned(SLASH_COMMANDS.map(row => [usage(row), row.help]))

/** What a typed line means in `room`. A line without a leading slash is a message; `//` stands for one slash. */
export function readTyped(line: string, room: string = LOBBY): Typed {
  if (!line.startsWith('/')) return command({ type: 'say', room, text: line, action: false })
  if (line.startsWith('//')) return command({ type: 'say', room, text: line.slice(1), action: false })
  const [name, rest] = split(line.slice(1))
  const row = ROWS.get(name.toLowerCase())
  if (!row) return { type: 'wrong', code: 'unknown-command', detail: `/${name}` }
  return row.read(rest, room) ?? { type: 'wrong', code: 'usage', detail: usage(row) }
}

/** A typed line as it may be shown and remembered: without the secrets in it. */
export function withoutSecrets(line: string): string {
  const [name, rest] = split(line.slice(1))
  const open = line.startsWith('/') ? ROWS.get(name.toLowerCase())?.open : undefined
  if (open === undefined) return line
  const words = rest.split(/\s+/).filter(word => word !== '')
  return [`/${name}`, ...words.slice(0, open)].join(' ')
}
