/** The flags of `rxchat`; a wrong one is a sentence with a remedy. */
import { userInfo } from 'node:os'
import { readArguments } from '../arguments.ts'
import { helpText } from '../manual/help.ts'
import { UsageError } from '../usage.ts'
import { refuseUnknownVariables, variable } from '../variables.ts'
import { type Address, readAddress } from './address.ts'
import { FLAGS, MANUAL } from './manual.ts'

export type Settings = {
  readonly address: Address
  readonly name: string
  readonly room: string
  readonly json: boolean
  readonly follow: boolean
  readonly exec: string | null
  /** What of the past is wanted before what is new; null: nothing. */
  readonly since: Since | null
  readonly search: string | null
}

/** After an input, or from a time on, in milliseconds since the epoch. */
export type Since = { readonly after: number } | { readonly since: number }

/** A text is what is to be printed instead. Throws UsageError. */
export function readFlags(argv: readonly string[], env: NodeJS.ProcessEnv): Settings | string {
  const read = readArguments(argv, FLAGS, () => helpText(MANUAL))
  if (typeof read === 'string') return read
  refuseUnknownVariables(env)
  const { given, words } = read
  const [where = 'localhost', second] = words
  if (second !== undefined) throw new UsageError(`One address is enough; "${second}" is another. See --help.`)
  const address = readAddress(where)
  if (!address) throw new UsageError(`"${where}" is no address. Give HOST, HOST:PORT or [IPV6]:PORT.`)
  return {
    address,
    name: given.get('name') ?? variable(env, FLAGS.name.variable) ?? loginName(),
    room: given.get('room') ?? FLAGS.room.otherwise,
    json: given.has('json'),
    follow: given.has('follow'),
    exec: given.get('exec') ?? null,
    since: given.has('since') ? readSince(given.get('since') ?? '', Date.now()) : null,
    search: given.get('search') ?? null,
  }
}

const AGO_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `1042`: after that input; `90s`, `5m`, `1h`, `2d`: so long ago; else a date, with a time or without. */
function readSince(text: string, now: number): Since {
  if (/^\d{1,15}$/.test(text)) return { after: Number(text) }
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  if (count !== undefined) return { since: Math.max(0, now - Number(count) * (AGO_MS[unit] ?? 0)) }
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
