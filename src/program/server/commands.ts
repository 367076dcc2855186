/**
 * The host's commands: one table, from which HELP is derived. They are given in exact capitals with valid arguments, or
 * with a slash in any case; every other line is said to everyone, so that "exit is on the left" stops nothing.
 */
import { errorText } from '../../model/error.ts'
import type { State } from '../../model/state.ts'
import { LOBBY } from '../../model/view.ts'
import type { Server } from '../../server/server.ts'
import { userList } from './transcript.ts'

export type Host = {
  readonly server: Server
  readonly state: () => State
  readonly print: (line: string) => void
  /** Stops the server. */
  readonly exit: () => void
}

type Row = {
  readonly name: string
  readonly args: string
  readonly help: string
  /** Whether `rest`, what follows the name, can be its arguments. */
  readonly fits: (rest: string) => boolean
  readonly run: (host: Host, rest: string) => void
}

const none = (rest: string): boolean => rest === ''
const some = (rest: string): boolean => rest !== ''

export const HOST_COMMANDS: readonly Row[] = [
  { name: 'HELP', args: '', help: 'list these commands', fits: none, run: host => help().forEach(host.print) },
  {
    name: 'KICK',
    args: 'name [reason]',
    help: 'force somebody off',
    fits: some,
    run(host, rest) {
      const [name = '', ...reason] = rest.split(/\s+/)
      ask(host, { type: 'kick', name, reason: reason.length === 0 ? null : reason.join(' ') })
    },
  },
  {
    name: 'LIST_USERS',
    args: '',
    help: 'list who is here',
    fits: none,
    run: host => host.print(userList(host.state())),
  },
  { name: 'EXIT', args: '', help: 'say goodbye to everyone and stop the server', fits: none, run: host => host.exit() },
]

const ROWS = new Map(HOST_COMMANDS.map(row => [row.name, row]))

/** What a line typed at the console does. */
export function runLine(host: Host, line: string): void {
  const typed = line.trim()
  if (typed === '') return
  const slashed = typed.startsWith('/')
  const [word = ''] = typed.split(/\s+/, 1)
  const name = slashed ? word.slice(1).toUpperCase() : word
  const rest = typed.slice(word.length).trim()
  const row = ROWS.get(name)
  if (row?.fits(rest)) return row.run(host, rest)
  if (row && (slashed || rest === '')) return host.print(errorText('usage', usage(row)))
  if (slashed && !typed.startsWith('//')) return host.print(errorText('unknown-command', word).replace('/help', 'HELP'))
  ask(host, { type: 'say', room: LOBBY, text: typed.startsWith('//') ? typed.slice(1) : typed, action: false })
}

function ask(host: Host, command: Parameters<Server['host']>[0]): void {
  const refused = host.server.host(command)
  if (refused) host.print(errorText(refused.code, refused.detail))
}

const usage = ({ name, args }: Row): string => (args === '' ? name : `${name} ${args}`)

function help(): readonly string[] {
  const width = Math.max(...HOST_COMMANDS.map(row => usage(row).length))
  return [
    ...HOST_COMMANDS.map(row => `${usage(row).padEnd(width)}  ${row.help}`),
    'Any other line is said to everyone.',
  ]
}
