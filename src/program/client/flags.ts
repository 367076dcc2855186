/** The flags of `rxchat`; a wrong one is a sentence with a remedy. */
import { userInfo } from 'node:os'
import { LOBBY } from '../../model/standing.ts'
import { type Flag, flagLines, readArguments } from '../arguments.ts'
import { readTheme, type Theme } from '../theme.ts'
import { UsageError } from '../usage.ts'
import { refuseUnknownVariables, variable } from '../variables.ts'
import { type Address, readAddress } from './address.ts'

const FLAGS = {
  name: { short: 'n', value: 'NAME', help: 'user name', otherwise: '$RXCHAT_NAME, else the login name' },
  room: { short: 'r', value: 'ROOM', help: 'room to be in', otherwise: LOBBY },
  plain: { short: 'c', help: 'line by line, no drawn screen' },
  theme: { value: 'dark|light', help: 'the ground of the terminal', otherwise: '$COLORFGBG, else dark' },
  json: { help: 'NDJSON: events on stdout, commands on stdin' },
  follow: { short: 'f', help: 'stay when the input has ended, and print what is said' },
  since: {
    value: 'SEQ|TIME',
    help: 'first what was said after an input, or since a time',
  },
  search: { value: 'WORDS', help: 'print what was said with these words, and leave' },
  exec: { value: 'COMMAND', help: 'run a bot: events to its stdin, its stdout are commands' },
  patience: {
    value: 'TIME',
    help: 'how long to try to come back, or off',
    otherwise: '5m in a pipe',
  },
} as const satisfies Record<string, Flag>

const help = (): string => `Talk in an rxchat room: by hand on a terminal, or as a tool in a pipe.

Usage
  rxchat [ADDRESS] [flags]

Examples
  rxchat chat.example                                 talk, on a terminal
  echo "deploy done" | rxchat chat.example --name ci  say it; exit 0: it arrived
  tail -f app.log | rxchat chat.example --name logs --room ops
  rxchat chat.example --json --follow < /dev/null > events.ndjson
  rxchat chat.example --name bot --exec ./bot.sh
  rxchat chat.example --json --since 1042             what came after, then live
  rxchat chat.example --since 1h < /dev/null          what the last hour said
  rxchat chat.example --search 'deploy failed'

Address
  HOST, HOST:PORT or [IPV6]:PORT. If there is none, a terminal asks for it, and a
  pipe goes to localhost:3001

Flags
${flagLines(FLAGS)}

On a terminal
  /help lists commands and keys. --plain talks line by line, as does a terminal
  that is read aloud (INK_SCREEN_READER=true). NO_COLOR=1 takes the colours away.

In a pipe
  Each line of the input is said, no faster than the server takes it. When the
  input ends, rxchat waits until all is acknowledged, and leaves. On stdout is
  only what was asked for with --json, --follow, --since or --search, on stderr
  what went wrong.
  A server that is not there at first is exit code 3, at once. One that goes
  away later is waited for as long as --patience says: 30s, 5m, 1h, 1d, or off,
  which is for ever. What it has not acknowledged is repeated, and said once.

Exit codes
  0  done: all that was said was acknowledged
  1  unexpected, or the command of --exec failed
  2  usage: a flag, a variable or the address is wrong
  3  unreachable: no server there, or it went away and did not come back
  4  refused: the name is taken, the server is full
  5  kicked out by the host
  6  something that was said was not acknowledged

Environment
  RXCHAT_NAME      user name, where --name gives none
  RXCHAT_PATIENCE  as --patience, where that is not given

Recipes are in docs/scripting.md, events and commands in docs/protocol.md.
`

export type Settings = {
  readonly address: Address
  readonly name: string
  /** Whether the address was given; a terminal asks for one that was not. */
  readonly hasAddress: boolean
  readonly room: string
  readonly plain: boolean
  /** Null: as the terminal says. */
  readonly theme: Theme | null
  /** Whether the name was given, and does not only stand in for one. */
  readonly hasName: boolean
  readonly json: boolean
  readonly follow: boolean
  readonly exec: string | null
  /** What of the past is wanted before what is new; null: nothing. */
  readonly since: Since | null
  readonly search: string | null
  /** Milliseconds without a connection after which to give up, null: never. Not given: as it fits. */
  readonly patience: number | null | undefined
}

/** How long a tool waits for a server that went away, unless it is told otherwise. */
export const PATIENCE_MS = 5 * 60_000

/** After an input, or from a time on, in milliseconds since the epoch. */
export type Since = { readonly after: number } | { readonly since: number }

/** A text is what is to be printed instead. Throws UsageError. */
export function readFlags(argv: readonly string[], env: NodeJS.ProcessEnv): Settings | string {
  const read = readArguments(argv, FLAGS, help)
  if (typeof read === 'string') return read
  refuseUnknownVariables(env)
  const { given, words } = read
  const [where = 'localhost', second] = words
  const named = given.get('name') ?? variable(env, 'RXCHAT_NAME')
  if (second !== undefined) throw new UsageError(`One address is enough; "${second}" is another. See --help.`)
  const address = readAddress(where)
  if (!address) throw new UsageError(`"${where}" is no address. Give HOST, HOST:PORT or [IPV6]:PORT.`)
  return {
    address,
    name: named ?? loginName(),
    hasAddress: words.length > 0,
    hasName: named !== undefined,
    room: given.get('room') ?? FLAGS.room.otherwise,
    plain: given.has('plain'),
    theme: readTheme(given.get('theme')),
    json: given.has('json'),
    follow: given.has('follow'),
    exec: given.get('exec') ?? null,
    since: given.has('since') ? readSince(given.get('since') ?? '', Date.now()) : null,
    search: given.get('search') ?? null,
    patience: given.has('patience')
      ? readPatience('--patience', given.get('patience'))
      : readPatience('RXCHAT_PATIENCE', variable(env, 'RXCHAT_PATIENCE')),
  }
}

function readPatience(name: string, text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined
  if (text === 'off') return null
  const ms = readWhile(text)
  if (ms !== null) return ms
  throw new UsageError(`${name} must be a while as 30s, 5m, 1h or 1d, or off, not "${text}".`)
}

/** Milliseconds in `90s`, `5m`, `1h`, `2d`; null if it is no such text. */
function readWhile(text: string): number | null {
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  return count === undefined ? null : Number(count) * (UNIT_MS[unit] ?? 0)
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `1042`: after that input; `90s`, `5m`, `1h`, `2d`: so long ago; else a date, with a time or without. */
function readSince(text: string, now: number): Since {
  if (/^\d{1,15}$/.test(text)) return { after: Number(text) }
  const ago = readWhile(text)
  if (ago !== null) return { since: Math.max(0, now - ago) }
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(/T/i.test(text) ? text : `${text}T00:00`) : Number.NaN
  if (Number.isFinite(at)) return { since: Math.max(0, at) }
  throw new UsageError(`--since must be an input as 1042, a while as 1h, or a time as 2026-11-22T10:00, not "${text}".`)
}

/** A container may run under a number that no account has. */
function loginName(): string {
  try {
    return userInfo().username
  } catch {
    throw new UsageError('This system has no login name for you. Give --name NAME, or set RXCHAT_NAME.')
  }
}
