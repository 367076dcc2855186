/** The flags of `rxchat`. A wrong one gives an error with a remedy. */
import { userInfo } from 'node:os'
import { isDay, readDuration } from '../../model/duration.ts'
import { FILES_PER_MESSAGE } from '../../model/limits.ts'
import { soughtIn } from '../../model/search/match.ts'
import { type Address, type Destination, readDestination, wrongRoom } from '../../system/address.ts'
import { type Fingerprint, readFingerprint } from '../../transport/tls/fingerprint.ts'
import { FLAGS, MANUAL } from '../cli/client.ts'
import { ACCOUNT_PASSWORD, refuseUnknownVariables } from '../cli/variables.ts'
import { readArguments } from '../config/arguments.ts'
import { checkedPassword, readPasswordFile } from '../config/password.ts'
import { InvalidSetting, onOrOff } from '../config/setting.ts'
import { readTheme, type Theme } from '../config/theme.ts'
import { UsageError } from '../config/usage.ts'
import { variable } from '../config/values.ts'
import { helpText } from '../manual/help.ts'
import type { Since } from './pipe/recall.ts'

export type ClientSettings = {
  readonly address: Address
  /** The only certificate to accept; null: one from an authority, or the remembered one. */
  readonly fingerprint: Fingerprint | null
  readonly password: string | null
  readonly name: string
  /** Of the account with this name; null: not given. */
  readonly accountPassword: string | null
  /** The account's password was typed by hand, so this machine gets a key for the next time. */
  readonly hasTyped: boolean
  /** Make the name an account. */
  readonly register: boolean
  /** The token of an invite; null: none. */
  readonly invite: string | null
  /** A token of the HTTP API; messages are sent under its name. Null: under the user's own name. */
  readonly token: string | null
  /** A sentence for the user, who goes on all the same; null: none. */
  readonly warning: string | null
  /** Whether an address was given. If not, a terminal asks for it. */
  readonly hasAddress: boolean
  readonly room: string
  /** Whether the room was given, rather than taken from the default. */
  readonly hasRoom: boolean
  readonly plain: boolean
  /** Null: taken from the terminal. */
  readonly theme: Theme | null
  /** Whether the wheel scrolls. */
  readonly mouse: boolean
  /** Whether pictures are drawn, where the terminal can. */
  readonly images: boolean
  /** Whether the name was given, and isn't just the default. */
  readonly hasName: boolean
  readonly json: boolean
  readonly follow: boolean
  readonly exec: string | null
  /** Where the past begins that is printed before new messages; null: none. */
  readonly since: Since | null
  readonly search: string | null
  /** The message that the first one of the input answers; null: none. */
  readonly reply: number | null
  /** What is sent instead of the lines of the input; null: these. */
  readonly files: SentFiles | null
  /** How long to try without a connection, in milliseconds; null: forever. Undefined: the default. */
  readonly patience: number | null | undefined
}

export type SentFiles = { readonly paths: readonly string[]; readonly name: string | null; readonly text: string }

/** The default time that a tool waits for a server that went away. */
export const PATIENCE_MS = 5 * 60_000

/** With one of these, `rxchat` is a tool on a terminal, too. */
const TOOL_FLAGS = ['json', 'follow', 'exec', 'since', 'search', 'file'] as const

const FOR_SCRIPTS =
  'A token is for scripts. To join as a person, leave out --token. To use the token, pipe the text in, or add --follow, --json or --exec.'

/**
 * Returns a text if it's to be printed instead. Throws UsageError. `isTerminal`: input and output are a terminal, where
 * a person joins under a name of their own.
 */
export function readFlags(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  isTerminal = false,
): ClientSettings | string {
  const read = readArguments(asksForHelp(argv) ? ['--help'] : argv, FLAGS, () => helpText(MANUAL))
  if (typeof read === 'string') return read
  refuseUnknownVariables(env)
  const { given, words } = read
  const [where = 'localhost', second] = words
  if (second !== undefined) throw new UsageError(`Give only one address, without "${second}". See --help.`)
  const destination = readDestination(where)
  if (!destination) {
    throw new UsageError(
      `"${where}" is not an address. Give HOST, HOST:PORT or [IPV6]:PORT, with tls:// before it for TLS.`,
    )
  }
  const { address } = destination
  const isByHand = isTerminal && !TOOL_FLAGS.some(name => given.has(name))
  if (isByHand && given.has('token')) throw new UsageError(FOR_SCRIPTS)
  const token = isByHand ? null : readToken(given.get('token'), env)
  const isIgnored = isByHand && variable(env, FLAGS.token.variable) !== undefined
  const named = readName(given.get('name'), destination, token, env)
  const pin = given.get('fingerprint') ?? variable(env, FLAGS.fingerprint.variable)
  return {
    address: { ...address, tls: address.tls || pin !== undefined || given.has('tls') || isOn(env) },
    fingerprint: pin === undefined ? null : readPin(pin),
    password: readPassword(PASSWORD, 'password-file', given.get('password-file'), env),
    accountPassword: readPassword(ACCOUNT_PASSWORD, 'account-password-file', given.get('account-password-file'), env),
    hasTyped: false,
    register: readRegister(given.has('register'), token),
    invite: destination.invite,
    name: named ?? (token === null ? loginName() : ''),
    token,
    warning: isIgnored ? `${FLAGS.token.variable} is for scripts, so it is not used on a terminal.` : null,
    hasAddress: words.length > 0,
    hasName: named !== undefined,
    room: checkedRoom(given.get('room') ?? destination.room ?? FLAGS.room.otherwise),
    hasRoom: given.has('room') || destination.room !== null,
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
    patience: given.has('patience')
      ? readPatience('--patience', given.get('patience'))
      : readPatience(FLAGS.patience.variable, variable(env, FLAGS.patience.variable)),
  }
}

/** The first word is an address, except `help`, which new users type. A host of that name is `help:3001`. */
const asksForHelp = ([word]: readonly string[]): boolean => word === 'help'

/** Refused here, so that a wrong name is the same error on every way to a server. */
function checkedRoom(typed: string): string {
  const wrong = wrongRoom(typed)
  if (wrong === null) return typed
  throw new UsageError(wrong)
}

/** Undefined: not given. A token has a name of its own. */
function readName(
  flag: string | undefined,
  { name }: Destination,
  token: string | null,
  env: NodeJS.ProcessEnv,
): string | undefined {
  if (flag !== undefined && name !== null && flag !== name) {
    throw new UsageError(`--name ${flag} and ${name}@ in the address contradict each other. Give one of them.`)
  }
  const given = flag ?? name ?? undefined
  if (token === null) return given ?? variable(env, FLAGS.name.variable)
  if (given === undefined) return undefined
  throw new UsageError(`A token has its own name. Leave out the name ${given}.`)
}

/** The flag overrides the variable. No error shows the token. */
function readToken(flag: string | undefined, env: NodeJS.ProcessEnv): string | null {
  const token = flag ?? variable(env, FLAGS.token.variable)
  if (token === undefined || /^[\x21-\x7e]{1,256}$/.test(token)) return token ?? null
  throw new UsageError('The token is not valid. An API token has 1 to 256 ASCII characters and no space.')
}

/** The server uses this variable too: if it takes TLS, the client connects with TLS. */
function isOn(env: NodeJS.ProcessEnv): boolean {
  const { variable: name } = FLAGS.tls
  const on = onOrOff(variable(env, name) ?? 'off')
  if (on instanceof InvalidSetting) throw new UsageError(`${name} must ${on.must}, not "${variable(env, name)}".`)
  return on
}

/** The flag overrides the variable. */
function readSwitch(flag: 'mouse' | 'images', given: string | undefined, env: NodeJS.ProcessEnv): boolean {
  const { variable: name } = FLAGS[flag]
  const text = given ?? variable(env, name) ?? 'on'
  const on = onOrOff(text)
  if (!(on instanceof InvalidSetting)) return on
  throw new UsageError(`${given === undefined ? name : `--${flag}`} must ${on.must}, not "${text}".`)
}

function readPin(text: string): Fingerprint {
  const fingerprint = readFingerprint(text)
  if (fingerprint !== null) return fingerprint
  throw new UsageError(`"${text}" is not a fingerprint. Give SHA256:… as the server prints it, or the SHA-256 in hex.`)
}

/** The flag overrides the variables. */
function readPassword(
  secret: string,
  of: 'password-file' | 'account-password-file',
  flag: string | undefined,
  env: NodeJS.ProcessEnv,
): string | null {
  if (flag !== undefined) return readPasswordFile(flag, `--${of}`)
  const password = variable(env, secret)
  if (password !== undefined) return checkedPassword(password, secret)
  const { variable: name } = FLAGS[of]
  const file = variable(env, name)
  return file === undefined ? null : readPasswordFile(file, name)
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

const PASSWORD = 'RXCHAT_PASSWORD'

function readPatience(name: string, text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined
  if (text === 'off') return null
  const ms = readDuration(text)
  if (ms !== null) return ms
  throw new UsageError(`${name} must be a time such as 30s, 5m, 1h or 1d, or off, not "${text}".`)
}

/** `1042`: after that input; `90s`, `5m`, `1h`, `2d`: since so long ago; else a date, with or without a time. */
function readSince(text: string, now: number): Since {
  if (/^\d{1,15}$/.test(text)) return { after: Number(text) }
  const ago = readDuration(text)
  if (ago !== null) return { since: Math.max(0, now - ago) }
  const at = isDay(text.slice(0, 10)) ? Date.parse(/T/i.test(text) ? text : `${text}T00:00`) : Number.NaN
  if (Number.isFinite(at)) return { since: Math.max(0, at) }
  throw new UsageError(
    `--since must be an input such as 1042, a time ago such as 1h, or a date such as 2026-11-22T10:00, not "${text}".`,
  )
}

/** A container may run with a user id that has no account. */
function loginName(): string {
  try {
    return userInfo().username
  } catch {
    throw new UsageError('You have no login name on this system. Give --name NAME, or set RXCHAT_NAME.')
  }
}
