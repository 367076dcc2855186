/** The flags of `rxchat`; a wrong one is a sentence with a remedy. */
import { userInfo } from 'node:os'
import meow from 'meow'
import { UsageError } from '../usage.ts'
import { type Address, readAddress } from './address.ts'

const HELP = `
  Talks in an rxchat room: line by line on a terminal, or as a tool in a pipe.

  Usage
    $ rxchat [address] [flags]

  Address
    HOST, HOST:PORT or [IPV6]:PORT             (localhost:3001)

  Flags
    --name N, -n     user name                  ($RXCHAT_NAME, else the login name)
    --room R, -r     room to be in              (lobby)
    --plain, -c      lines only, no drawn screen
    --json           NDJSON: events on stdout, commands on stdin (docs/protocol.md)
    --follow, -f     stay when the input has ended, and show what others say
    --exec COMMAND   run a bot: events to its stdin, its stdout are commands

  In a pipe each line is said; the end of input leaves when all is acknowledged.

  Exit codes
    0 done and acknowledged   1 unexpected   2 usage   3 unreachable
    4 refused (name taken, …) 5 kicked       6 something said was not acknowledged

  Examples
    $ echo "deploy done" | rxchat chat.example --name ci
    $ tail -f app.log | rxchat chat.example --name logs --room ops
    $ rxchat chat.example --json | jq 'select(.type=="said") | .text'
`

const FLAGS = {
  name: { type: 'string', shortFlag: 'n' },
  room: { type: 'string', shortFlag: 'r', default: 'lobby' },
  plain: { type: 'boolean', shortFlag: 'c', default: false },
  json: { type: 'boolean', default: false },
  follow: { type: 'boolean', shortFlag: 'f', default: false },
  exec: { type: 'string' },
} as const

export type Settings = {
  readonly address: Address
  readonly name: string
  readonly room: string
  readonly json: boolean
  readonly follow: boolean
  readonly exec: string | null
}

export function readFlags(argv: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const { flags, input, unnormalizedFlags } = meow(HELP, { importMeta: import.meta, argv, flags: FLAGS })
  for (const name of Object.keys(unnormalizedFlags)) {
    if (!KNOWN.has(name))
      throw new UsageError(`There is no flag ${name.length === 1 ? '-' : '--'}${name}. See rxchat --help.`)
  }
  if (input.length > 1) throw new UsageError(`One address is enough; "${input[1]}" is another. See rxchat --help.`)
  const address = readAddress(input[0] ?? 'localhost')
  if (!address) throw new UsageError(`"${input[0]}" is no address. Give HOST, HOST:PORT or [IPV6]:PORT.`)
  const name = flags.name ?? env['RXCHAT_NAME'] ?? userInfo().username
  if (name === '') throw new UsageError('--name needs a name.')
  if (flags.exec === '') throw new UsageError('--exec needs a command.')
  return {
    address,
    name,
    room: flags.room,
    json: flags.json,
    follow: flags.follow,
    exec: flags.exec ?? null,
  }
}

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(FLAGS),
  ...Object.values(FLAGS).flatMap(flag => ('shortFlag' in flag ? [flag.shortFlag] : [])),
])
