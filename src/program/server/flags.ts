/** The flags of `rxchat-server`, each also a variable `RXCHAT_…`; a wrong one is a sentence with a remedy. */
import { resolve } from 'node:path'
import { CLIENTS_MAX, GRACE_MS, MEMBERS_PER_ADDRESS, RATE_BURST, RATE_PER_SECOND } from '../../model/limits.ts'
import { readOrigin } from '../../server/http/origins.ts'
import type { Keep } from '../../server/retention.ts'
import type { Options } from '../../server/server.ts'
import { type Flag, flagLines, readArguments } from '../arguments.ts'
import { readTheme, type Theme } from '../theme.ts'
import { UsageError } from '../usage.ts'
import { refuseUnknownVariables, type Variable, variable } from '../variables.ts'
import { defaultDirectory } from './data.ts'
import { nearestSubcommand, subcommandLines } from './subcommands.ts'

const FLAGS = {
  port: { value: 'N', help: 'port to listen on, 0 for any free one', otherwise: '3001' },
  host: { value: 'ADDRESS', help: 'address to listen on', otherwise: 'all' },
  data: { value: 'DIR', help: 'directory of what is kept', otherwise: '$XDG_STATE_HOME/rxchat' },
  ephemeral: { help: 'keep everything in memory, nothing on the disk' },
  keep: { value: 'HOW', help: 'messages to keep: 30d, 12h, a number, or all', otherwise: 'all' },
  grace: { value: 'SECONDS', help: 'how long a lost session keeps its place', otherwise: `${GRACE_MS / 1000}` },
  rate: { value: 'N', help: 'messages a second of one session, or off', otherwise: `${RATE_PER_SECOND}` },
  'per-address': { value: 'N', help: 'members from one address, or off', otherwise: `${MEMBERS_PER_ADDRESS}` },
  'max-clients': { value: 'N', help: 'members at once', otherwise: `${CLIENTS_MAX}` },
  'allow-origin': { value: 'URL', help: 'whose pages may connect too; repeats', otherwise: 'own', repeats: true },
  plain: { short: 'c', help: 'a console line by line, no drawn screen' },
  theme: { value: 'dark|light', help: 'the ground of the terminal', otherwise: '$COLORFGBG, else dark' },
} as const satisfies Record<string, Flag>

/** What is about the terminal alone has no variable. */
type Name = Exclude<keyof typeof FLAGS, 'plain' | 'theme'>

const VARIABLES: Readonly<Record<Name, Variable>> = {
  port: 'RXCHAT_PORT',
  host: 'RXCHAT_HOST',
  data: 'RXCHAT_DATA',
  ephemeral: 'RXCHAT_EPHEMERAL',
  keep: 'RXCHAT_KEEP',
  grace: 'RXCHAT_GRACE',
  rate: 'RXCHAT_RATE',
  'per-address': 'RXCHAT_PER_ADDRESS',
  'max-clients': 'RXCHAT_MAX_CLIENTS',
  'allow-origin': 'RXCHAT_ALLOW_ORIGIN',
}

const help = (): string => `Host a chat room that rxchat, netcat, pipes and scripts can join.

Usage
  rxchat-server [flags]
  rxchat-server COMMAND [flags]

Examples
  rxchat-server                                   on port 3001, at every address
  rxchat-server --port 4000 --host 127.0.0.1      for this machine alone
  rxchat-server --ephemeral                       leaves nothing on the disk
  RXCHAT_RATE=off rxchat-server                   by the environment
  setsid rxchat-server < /dev/null > chat.log &   away from its terminal
  printf 'LIST_USERS\\nEXIT\\n' | rxchat-server     commands by a script

Flags
${flagLines(FLAGS)}

Commands
${subcommandLines()}
  Each has a --help of its own.

Console
  HELP, KICK name [reason], LIST_USERS, EXIT, and more that HELP lists. Any
  other line is said to everyone. The end of a piped stdin stops nothing; EXIT,
  Ctrl-C and SIGTERM do, after a goodbye to everyone.

Exit codes
  0  stopped, as it was told
  1  unexpected, it cannot listen there, or the data cannot be opened
  2  usage: a flag or a variable is wrong

Environment
${wrapped(Object.values(VARIABLES))}
  A flag goes before its variable.

What it takes to run one is in docs/operations.md.
`

export type Settings = {
  readonly port: number
  readonly host: string | undefined
  /** Directory of the data; null: in memory. */
  readonly data: string | null
  /** Origins whose pages may connect, beside the server's own. */
  readonly allowOrigins: readonly string[]
  readonly options: Options
  readonly plain: boolean
  /** Null: as the terminal says. */
  readonly theme: Theme | null
}

/** A text is what is to be printed instead. Throws UsageError. */
export function readFlags(argv: readonly string[], env: NodeJS.ProcessEnv): Settings | string {
  const read = readArguments(argv, FLAGS, help)
  if (typeof read === 'string') return read
  refuseUnknownVariables(env)
  const [word] = read.words
  if (word !== undefined) {
    const meant = nearestSubcommand(word)
    if (meant === word) throw new UsageError(`A command comes first: rxchat-server ${word}.`)
    if (meant !== undefined) throw new UsageError(`There is no command ${word}. Did you mean ${meant}?`)
    const flag = /^\d+$/.test(word) ? `--port ${word}` : '--host and --port'
    throw new UsageError(`"${word}" is not a flag. Say where to listen with ${flag}.`)
  }
  const setting = (name: Exclude<Name, 'ephemeral'>): Setting => {
    const flag = read.given.get(name)
    if (flag !== undefined) return { source: `--${name}`, text: flag }
    return { source: VARIABLES[name], text: variable(env, VARIABLES[name]) ?? FLAGS[name].otherwise }
  }
  const rate = numberOrOff(setting('rate'))
  return {
    port: number(setting('port'), 0, 65_535),
    host: read.given.get('host') ?? variable(env, VARIABLES.host),
    data: dataDirectory(read.given, env),
    allowOrigins: origins(setting('allow-origin')),
    plain: read.given.has('plain'),
    theme: readTheme(read.given.get('theme')),
    options: {
      grace: number(setting('grace'), 0, 7 * 24 * 3600) * 1000,
      rate: rate === null ? null : { perSecond: rate, burst: Math.max(rate * 4, RATE_BURST) },
      perAddress: numberOrOff(setting('per-address')),
      keep: readKeep(setting('keep')),
      maxClients: number(setting('max-clients'), 1, 1_000_000),
    },
  }
}

/** Flags go before variables, of the two together too. */
function dataDirectory(given: ReadonlyMap<string, string>, env: NodeJS.ProcessEnv): string | null {
  const directory = given.get('data')
  if (given.has('ephemeral')) {
    if (directory === undefined) return null
    throw new UsageError('--data and --ephemeral contradict each other. Give one of them.')
  }
  if (directory !== undefined) return resolve(directory)
  if (isOn(VARIABLES.ephemeral, variable(env, VARIABLES.ephemeral) ?? 'off')) return null
  const named = variable(env, VARIABLES.data)
  return named === undefined ? defaultDirectory(env) : resolve(named)
}

function isOn(name: Variable, text: string): boolean {
  if (['1', 'on', 'true', 'yes'].includes(text)) return true
  if (['0', 'off', 'false', 'no'].includes(text)) return false
  throw new UsageError(`${name} must be on or off, not "${text}".`)
}

/** A value, and the flag or variable that it came from. */
type Setting = { readonly source: string; readonly text: string }

function number({ source, text }: Setting, least: number, most: number, otherwise = ''): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new UsageError(`${source} must be a whole number from ${least} to ${most}${otherwise}, not "${text}".`)
}

const UNITS_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000 }

/** `30d` or `12h`: the younger ones; `100000`: the latest; `all`. */
function readKeep({ source, text }: Setting): Keep | null {
  if (text === 'all') return null
  const [, digits = '', unit] = /^(\d{1,9})([dh])?$/.exec(text) ?? []
  const count = Number(digits)
  if (count >= 1) return unit === undefined ? { count } : { age: count * (UNITS_MS[unit] ?? 0) }
  throw new UsageError(`${source} must be days as 30d, hours as 12h, a number of messages, or all, not "${text}".`)
}

/** Several are separated by commas. */
const origins = ({ source, text }: Setting): readonly string[] =>
  text === FLAGS['allow-origin'].otherwise
    ? []
    : text.split(',').map(one => {
        const origin = readOrigin(one.trim())
        if (origin !== null) return origin
        throw new UsageError(
          `${source} takes origins such as https://chat.example, without a path, not "${one.trim()}".`,
        )
      })

const numberOrOff = (setting: Setting): number | null =>
  setting.text === 'off' ? null : number(setting, 1, 1_000_000, ', or off')

/** Words in lines of at most 78 columns. */
function wrapped(words: readonly string[]): string {
  const lines = ['']
  for (const word of words) {
    const line = `${lines.at(-1)}  ${word}`
    if (line.length <= 78) lines[lines.length - 1] = line
    else lines.push(`  ${word}`)
  }
  return lines.join('\n')
}
