/** The settings of a connection, read from flags and variables. A wrong one gives an error with a remedy. */
import { userInfo } from 'node:os'
import { readDuration } from '../../model/duration.ts'
import { type Address, type Destination, readDestination, wrongRoom } from '../../system/address.ts'
import { type Fingerprint, readFingerprint } from '../../transport/tls/fingerprint.ts'
import { CONNECTION_FLAGS as FLAGS } from '../cli/connection-flags.ts'
import { ACCOUNT_PASSWORD } from '../cli/variables.ts'
import { checkedPassword, readPasswordFile } from '../config/password.ts'
import { InvalidSetting, onOrOff } from '../config/setting.ts'
import { UsageError } from '../config/usage.ts'
import { variable } from '../config/values.ts'

export type ConnectionSettings = {
  readonly address: Address
  /** The only certificate to accept; null: one from an authority, or the remembered one. */
  readonly fingerprint: Fingerprint | null
  readonly password: string | null
  readonly name: string
  /** Password of the account with this name; null: not given. */
  readonly accountPassword: string | null
  /** The token of an invite; null: none. */
  readonly invite: string | null
  /** A token of the HTTP API; messages are sent under its name. Null: under the user's own name. */
  readonly token: string | null
  /** Whether an address was given. If not, a terminal asks for it. */
  readonly hasAddress: boolean
  readonly room: string
  /** Whether the room was given, rather than taken from the default. */
  readonly hasRoom: boolean
  /** Whether the name was given, and isn't just the default. */
  readonly hasName: boolean
  /** How long to try without a connection, in milliseconds; null: forever. Undefined: the default. */
  readonly patience: number | null | undefined
}

/** The flags of a connection that were given; commands have more. */
type Given = ReadonlyMap<string, string>

/** `address` undefined: none was given. `isByHand`: a person joins under a name of their own, so no token is used. */
export function readConnection(
  typed: string | undefined,
  given: Given,
  env: NodeJS.ProcessEnv,
  isByHand: boolean,
): ConnectionSettings {
  const where = typed ?? variable(env, FLAGS.server.variable)
  const destination = readDestination(where ?? 'localhost')
  if (!destination) {
    throw new UsageError(
      `"${where}" is not an address. Give HOST, HOST:PORT or [IPV6]:PORT, with tls:// before it for TLS.`,
    )
  }
  const { address } = destination
  const token = isByHand ? null : readToken(given.get('token'), env)
  const named = readName(given.get('name'), destination, token, env)
  const pin = given.get('fingerprint') ?? variable(env, FLAGS.fingerprint.variable)
  return {
    address: { ...address, tls: address.tls || pin !== undefined || given.has('tls') || isOn(env) },
    fingerprint: pin === undefined ? null : readPin(pin),
    password: readPassword(PASSWORD, 'password-file', given.get('password-file'), env),
    accountPassword: readPassword(ACCOUNT_PASSWORD, 'account-password-file', given.get('account-password-file'), env),
    invite: destination.invite,
    name: named ?? (token === null ? loginName() : ''),
    token,
    hasAddress: where !== undefined,
    hasName: named !== undefined,
    room: checkedRoom(given.get('room') ?? destination.room ?? FLAGS.room.otherwise),
    hasRoom: given.has('room') || destination.room !== null,
    patience: given.has('patience')
      ? readPatience('--patience', given.get('patience'))
      : readPatience(FLAGS.patience.variable, variable(env, FLAGS.patience.variable)),
  }
}

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

const PASSWORD = 'RXCHAT_PASSWORD'

function readPatience(name: string, text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined
  if (text === 'off') return null
  const ms = readDuration(text)
  if (ms !== null) return ms
  throw new UsageError(`${name} must be a time such as 30s, 5m, 1h or 1d, or off, not "${text}".`)
}

/** A container may run with a user id that has no account. */
function loginName(): string {
  try {
    return userInfo().username
  } catch {
    throw new UsageError('You have no login name on this system. Give --name NAME, or set RXCHAT_NAME.')
  }
}
