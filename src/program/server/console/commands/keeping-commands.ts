/** The commands that keep order at the console: those of the slash commands, with the whole server as their place. */
import { errorText } from '../../../../model/error.ts'
import { isMode } from '../../../../model/keeping/modes.ts'
import { HISTORY_PAGE_MAX } from '../../../../model/limits.ts'
import { LOBBY } from '../../../../model/name/standing.ts'
import { KEEPING, type KeepingRow } from '../../../../model/slash/keeping.ts'
import type { Typed } from '../../../../model/slash/row.ts'
import { nameOf } from '../../../../model/slash/whom.ts'
import type { State } from '../../../../model/state.ts'
import type { Host } from '../host.ts'
import { ask, look } from './asking.ts'
import { type ConsoleCommand, usage } from './console-command.ts'

/** The console's own: KICK, INVITE for links, and AUDIT for the log. */
const OTHERS: ReadonlySet<string> = new Set(['kick', 'invite', 'log'])

/** Roles are of rooms, so the room has to be named. */
const IN_ROOM = ['op', 'deop', 'voice', 'devoice', 'slow']

function fromSlash(row: KeepingRow): ConsoleCommand {
  const name = row.name.toUpperCase()
  const placed = IN_ROOM.includes(row.name) ? row.args.replace('[in <room>]', 'in <room>') : row.args
  const args = placed.replaceAll(' | everywhere', '').replaceAll(/[<>]/g, '')
  return {
    ...{ name, args, help: row.help, group: 'KEEP' },
    fits: rest => isMeant(row, rest),
    run: (host, rest) => runTyped(host, row.read(rest, undefined), usage({ name, args })),
    words: (typed, state) => wordsOf(row, typed, state),
  }
}

/** A line that would be a command in a room is one here, so that it isn't posted as a message. */
const isMeant = (row: KeepingRow, rest: string): boolean =>
  row.read(rest, undefined) !== null || row.read(rest, LOBBY) !== null || (row.name === 'mode' && isMode(firstOf(rest)))

const firstOf = (rest: string): string => rest.split(/\s/, 1).join('').toLowerCase()

/** Null: names of members. */
function wordsOf({ next }: KeepingRow, typed: readonly string[], { members, rooms }: State): readonly string[] | null {
  if (!next) return null
  const { names, rooms: isRooms, words = [] } = next(typed)
  return [
    ...words.filter(word => word !== 'everywhere'),
    ...(names ? [...members.values()].map(({ name }) => name.text).sort() : []),
    ...(isRooms ? [...rooms.keys()].sort() : []),
  ]
}

/** Runs a typed line. Null: its arguments are wrong. */
export function runTyped(host: Host, typed: Typed | null, usageLine: string): void {
  if (typed?.type === 'command') return ask(host, typed.command)
  if (typed?.type === 'query') return look(host, typed.query)
  host.print(typed?.type === 'wrong' ? errorText(typed.code, typed.detail) : errorText('usage', usageLine))
}

const ADMIN: ConsoleCommand = {
  name: 'ADMIN',
  args: 'name | REMOVE name | LIST',
  help: 'make an account an administrator, who keeps order in all rooms',
  group: 'KEEP',
  fits: rest => /^(?:REMOVE\s+)?\S+$/i.test(rest),
  run(host, rest) {
    const [word = '', name] = rest.split(/\s+/)
    if (name !== undefined) return ask(host, { type: 'unadmin', who: nameOf(name) })
    if (word.toUpperCase() !== 'LIST') return ask(host, { type: 'admin', who: nameOf(word) })
    look(host, { type: 'list', what: 'roles', room: null, limit: HISTORY_PAGE_MAX })
  },
  words: (typed, { accounts }) => {
    const names = [...accounts.values()].map(({ name }) => name.text).sort()
    if (typed.length === 0) return ['LIST', 'REMOVE', ...names]
    return typed[0] === 'REMOVE' && typed.length === 1 ? names : []
  },
}

export const KEEPING_COMMANDS: readonly ConsoleCommand[] = [
  ADMIN,
  ...KEEPING.filter(row => !OTHERS.has(row.name)).map(fromSlash),
]
