/** The flags of `rxchat`. A wrong one gives an error with a remedy. */
import { FILES_PER_MESSAGE } from '../../model/limits.ts'
import { readRoom, roomFault } from '../../model/name/name.ts'
import { soughtIn } from '../../model/search/match.ts'
import { FLAGS, MANUAL } from '../cli/client.ts'
import { refuseUnknownVariables } from '../cli/variables.ts'
import { readArguments } from '../config/arguments.ts'
import { InvalidSetting, onOrOff } from '../config/setting.ts'
import { readTheme, type Theme } from '../config/theme.ts'
import { UsageError } from '../config/usage.ts'
import { variable } from '../config/values.ts'
import { helpText } from '../manual/help.ts'
import { type ConnectionSettings, readConnection } from './connection-settings.ts'
import type { Consumption } from './consume/run-consumer.ts'
import type { LiveWish } from './live/run-live.ts'
import type { Since } from './pipe/recall.ts'
import { readSince } from './pipe/since.ts'

export type ClientSettings = ConnectionSettings & {
  /** The account's password was typed by hand, so this machine gets a key for the next time. */
  readonly hasTyped: boolean
  /** Make the name an account. */
  readonly register: boolean
  /** A sentence for the user, who goes on all the same; null: none. */
  readonly warning: string | null
  readonly plain: boolean
  /** Null: taken from the terminal. */
  readonly theme: Theme | null
  /** Whether the wheel scrolls. */
  readonly mouse: boolean
  /** Whether pictures are drawn, if the terminal can. */
  readonly images: boolean
  readonly json: boolean
  readonly follow: boolean
  readonly exec: string | null
  /** Start of the messages that are printed before new ones; null: none. */
  readonly since: Since | null
  readonly search: string | null
  /** The message that the first one of the input answers; null: none. */
  readonly reply: number | null
  /** Files that are sent instead of the lines of the input; null: these lines. */
  readonly files: SentFiles | null
  /** The cursor whose messages the command of `exec` handles; null: it's a bot. */
  readonly cursor: Consumption | null
  /** The input, or the output of a command, as a message that grows; null: neither. */
  readonly live: LiveWish | null
  /** The live message whose output is printed; null: none. */
  readonly get: number | null
}

export type SentFiles = { readonly paths: readonly string[]; readonly name: string | null; readonly text: string }

/** The default time that a tool waits for a server that went away. */
export const PATIENCE_MS = 5 * 60_000

/** With one of these, `rxchat` is a tool on a terminal, too. */
const TOOL_FLAGS = ['json', 'follow', 'exec', 'since', 'search', 'file', 'live', 'get'] as const

const FOR_SCRIPTS =
  'A token is for scripts. To join as a person, leave out --token. To use the token, pipe the text in, or add --follow, --json or --exec.'

/**
 * Returns a text if it's to be printed instead. Throws UsageError. `isTerminal`: input and output are a terminal. Then
 * a person joins under a name of their own.
 */
export function readFlags(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  isTerminal = false,
): ClientSettings | string {
  const [own, command] = partedAt(argv)
  const read = readArguments(asksForHelp(own) ? ['--help'] : own, FLAGS, () => helpText(MANUAL))
  if (typeof read === 'string') return read
  refuseUnknownVariables(env)
  const { given, words } = read
  const [where, second] = words
  if (second !== undefined) throw new UsageError(`Give only one address, without "${second}". See --help.`)
  const isByHand = isTerminal && !TOOL_FLAGS.some(name => given.has(name))
  if (isByHand && given.has('token')) throw new UsageError(FOR_SCRIPTS)
  const isIgnored = isByHand && variable(env, FLAGS.token.variable) !== undefined
  const connection = readConnection(where, given, env, isByHand)
  return {
    ...connection,
    hasTyped: false,
    register: readRegister(given.has('register'), connection.token),
    warning: isIgnored ? `${FLAGS.token.variable} is for scripts, so it is not used on a terminal.` : null,
    plain: given.has('plain'),
    theme: readTheme(given.get('theme')),
    mouse: readSwitch('mouse', given.get('mouse'), env),
    images: readSwitch('images', given.get('images'), env),
    json: given.has('json'),
    follow: given.has('follow'),
    exec: given.get('exec') ?? null,
    since: given.has('since') ? readSince(given.get('since') ?? '', Date.now()) : null,
    search: readSearch(given.get('search')),
    reply: readReply(given),
    files: readFiles(given),
    cursor: readCursor(given),
    live: readLive(given, command),
    get: readGet(given, connection.token),
  }
}

/** The first word is an address, except `help`, which new users type. A host of that name is `help:3001`. */
const asksForHelp = ([word]: readonly string[]): boolean => word === 'help'

/** The words after `--`, with --live, are a command, whose flags are not ours. */
function partedAt(argv: readonly string[]): readonly [own: readonly string[], command: readonly string[]] {
  const at = argv.indexOf('--')
  if (at < 0 || !argv.slice(0, at).includes('--live')) return [argv, []]
  const command = argv.slice(at + 1)
  if (command.length === 0) throw new UsageError('Give a command after --.')
  return [argv.slice(0, at), command]
}

type Given = ReadonlyMap<keyof typeof FLAGS, string>

function readLive(given: Given, command: readonly string[]): LiveWish | null {
  const title = given.get('title') ?? null
  if (!given.has('live')) {
    if (title !== null) throw new UsageError('--title is for a live message. Add --live.')
    return null
  }
  const other = (['json', 'follow', 'exec', 'since', 'search', 'file', 'reply'] as const).find(one => given.has(one))
  if (other !== undefined) throw new UsageError(`--live with --${other} does not work. Run rxchat twice.`)
  return { title, command }
}

function readGet(given: Given, token: string | null): number | null {
  const text = given.get('get')
  if (text === undefined) return null
  const other = (['json', 'exec', 'since', 'search', 'file', 'reply', 'live'] as const).find(one => given.has(one))
  if (other !== undefined) throw new UsageError(`--get with --${other} does not work. Run rxchat twice.`)
  // The HTTP API gives the bytes alone, and doesn't say whether there will be more.
  if (given.has('follow') && token !== null) {
    throw new UsageError('--get with --follow needs a name, not a token. Give --name, or leave out --follow.')
  }
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new UsageError(`--get must be the number of a message, such as 1042, not "${text}".`)
}

/** The flag overrides the variable. */
function readSwitch(flag: 'mouse' | 'images', given: string | undefined, env: NodeJS.ProcessEnv): boolean {
  const { variable: name } = FLAGS[flag]
  const text = given ?? variable(env, name) ?? 'on'
  const on = onOrOff(text)
  if (!(on instanceof InvalidSetting)) return on
  throw new UsageError(`${given === undefined ? name : `--${flag}`} must ${on.must}, not "${text}".`)
}

/** A token has a name of its own already. */
function readRegister(given: boolean, token: string | null): boolean {
  if (given && token !== null) throw new UsageError('--register is for a name of your own. Leave out the token.')
  return given
}

function readSearch(words: string | undefined): string | null {
  if (words === undefined || soughtIn(words).length > 0) return words ?? null
  throw new UsageError(`--search needs a word with a letter or a digit, and "${words}" has none.`)
}

function readReply(given: ReadonlyMap<keyof typeof FLAGS, string>): number | null {
  const text = given.get('reply')
  if (text === undefined) return null
  if (!/^[1-9]\d{0,14}$/.test(text))
    throw new UsageError(`--reply must be the number of a message, such as 1042, not "${text}".`)
  const commands = (['json', 'exec'] as const).find(one => given.has(one))
  if (commands) throw new UsageError(`--reply with --${commands} does not work. Write "reply":${text} in the command.`)
  if (given.has('search')) throw new UsageError('--reply with --search does not work. Run rxchat twice.')
  return Number(text)
}

function readFiles(given: ReadonlyMap<keyof typeof FLAGS, string>): SentFiles | null {
  const paths = given.get('file')?.split('\0') ?? []
  const [name = null, text = ''] = [given.get('file-name'), given.get('text')]
  if (paths.length === 0) {
    const alone = (['file-name', 'text'] as const).find(one => given.has(one))
    if (alone !== undefined) throw new UsageError(`--${alone} is for files. Add --file PATH.`)
    return null
  }
  const other = (['json', 'follow', 'exec', 'since', 'search'] as const).find(one => given.has(one))
  if (other !== undefined) throw new UsageError(`--file with --${other} does not work. Run rxchat twice.`)
  if (paths.length > FILES_PER_MESSAGE) throw new UsageError(`A message has at most ${FILES_PER_MESSAGE} files.`)
  if (name !== null && paths.length > 1) throw new UsageError('--file-name is for one file. Leave it out.')
  if (paths.filter(path => path === '-').length > 1)
    throw new UsageError('--file=- sends the input once. Leave out the second one.')
  return { paths, name, text }
}

function readCursor(given: ReadonlyMap<keyof typeof FLAGS, string>): Consumption | null {
  const cursor = given.get('cursor')
  if (cursor === undefined) {
    const alone = (['lasting', 'retries', 'skip-after'] as const).find(one => given.has(one))
    if (alone !== undefined) throw new UsageError(`--${alone} is for cursors. Add --cursor NAME.`)
    return null
  }
  const read = readRoom(cursor)
  if (!read.ok) throw new UsageError(`--cursor must be a name such as etl: "${cursor}" ${roomFault(read)}.`)
  if (!given.has('exec'))
    throw new UsageError('--cursor needs a command that handles the messages. Add --exec COMMAND.')
  const other = (['json', 'follow', 'search'] as const).find(one => given.has(one))
  if (other !== undefined) throw new UsageError(`--cursor with --${other} does not work. Run rxchat twice.`)
  const lasting = given.has('lasting')
  const skipAfter = readCount('skip-after', given.get('skip-after'))
  if (skipAfter === 0) throw new UsageError('--skip-after must be 1 or more: a message is skipped after so many tries.')
  if (lasting && skipAfter !== null) {
    throw new UsageError('--skip-after with --lasting does not work: only the command knows what it failed on.')
  }
  const retries = readCount('retries', given.get('retries'))
  if (retries !== null && skipAfter !== null) {
    throw new UsageError(
      '--retries with --skip-after does not work: one ends rxchat, the other goes on. Leave out one.',
    )
  }
  return { cursor: read.room, lasting, retries, skipAfter }
}

function readCount(flag: string, text: string | undefined): number | null {
  if (text === undefined || /^\d{1,9}$/.test(text)) return text === undefined ? null : Number(text)
  throw new UsageError(`--${flag} must be a number such as 5, not "${text}".`)
}
