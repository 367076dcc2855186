/** The flags of `rxchat-server`, each also a variable `RXCHAT_…`; a wrong one is a sentence with a remedy. */
import meow from 'meow'
import { CLIENTS_MAX, GRACE_MS, MEMBERS_PER_ADDRESS, RATE_BURST, RATE_PER_SECOND } from '../../model/limits.ts'
import type { Options } from '../../server/server.ts'
import { UsageError } from '../usage.ts'

const HELP = `
  Hosts a chat room that every client can join: rxchat, netcat, scripts.

  Usage
    $ rxchat-server [flags]

  Flags
    --port N          port to listen on, 0 for any free one     (3001)
    --host ADDRESS    address to listen on                      (all)
    --grace SECONDS   how long a lost session keeps its place   (${GRACE_MS / 1000})
    --rate N          messages a second one session may sustain, or off  (${RATE_PER_SECOND})
    --per-address N   members from one address, or off          (${MEMBERS_PER_ADDRESS})
    --max-clients N   members at once                           (${CLIENTS_MAX})

  Each flag is also a variable: --max-clients is RXCHAT_MAX_CLIENTS.

  At the console: HELP, KICK name [reason], LIST_USERS, EXIT.
  Any other line is said to everyone.

  Examples
    $ rxchat-server --port 4000
    $ echo EXIT | rxchat-server
`

const FLAGS = {
  port: { type: 'string', default: '3001' },
  host: { type: 'string', default: '' },
  grace: { type: 'string', default: String(GRACE_MS / 1000) },
  rate: { type: 'string', default: String(RATE_PER_SECOND) },
  perAddress: { type: 'string', default: String(MEMBERS_PER_ADDRESS) },
  maxClients: { type: 'string', default: String(CLIENTS_MAX) },
} as const

export type Settings = { readonly port: number; readonly host: string | undefined; readonly options: Options }

export function readFlags(argv: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const { flags, input, unnormalizedFlags } = meow(HELP, {
    importMeta: import.meta,
    argv,
    flags: FLAGS,
    autoVersion: true,
  })
  for (const name of Object.keys(unnormalizedFlags)) {
    if (!(camel(name) in FLAGS)) throw new UsageError(`There is no flag --${name}. See rxchat-server --help.`)
  }
  if (input.length > 0) throw new UsageError(`"${input[0]}" is not a flag. See rxchat-server --help.`)
  const value = (name: keyof typeof FLAGS): string => {
    const given = argv.some(arg => arg === `--${kebab(name)}` || arg.startsWith(`--${kebab(name)}=`))
    return given ? flags[name] : (env[variable(name)] ?? flags[name])
  }
  const rate = numberOrOff('rate', value('rate'))
  return {
    port: number('port', value('port'), 0, 65_535),
    host: value('host') === '' ? undefined : value('host'),
    options: {
      grace: number('grace', value('grace'), 0, 7 * 24 * 3600) * 1000,
      rate: rate === null ? null : { perSecond: rate, burst: Math.max(rate * 4, RATE_BURST) },
      perAddress: numberOrOff('per-address', value('perAddress')),
      maxClients: number('max-clients', value('maxClients'), 1, 1_000_000),
    },
  }
}

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
const kebab = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
const variable = (name: string): string => `RXCHAT_${kebab(name).replace('-', '_').toUpperCase()}`

function number(flag: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value
  throw new UsageError(`--${flag} must be a whole number from ${least} to ${most}, not "${text}".`)
}

const numberOrOff = (flag: string, text: string): number | null =>
  text === 'off' ? null : number(flag, text, 1, 1_000_000)
