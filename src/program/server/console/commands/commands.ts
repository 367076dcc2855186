/**
 * The host's commands: one table, from which HELP is made. A command is given in exact capitals with valid arguments,
 * or with a slash in any case. Every other line is a message to everyone, so "exit is on the left" stops nothing.
 */
import { errorText } from '../../../../model/error.ts'
import { HISTORY_ON_JOIN } from '../../../../model/limits.ts'
import { nameKey } from '../../../../model/name/name.ts'
import { LOBBY } from '../../../../model/name/standing.ts'
import { readKick } from '../../../../model/slash/sanctions.ts'
import { aligned } from '../../../../model/text.ts'
import type { Host } from '../host.ts'
import { userList } from '../transcript.ts'
import { accountWords, isAccountCommand, runAccount } from './account-command.ts'
import { ask, look } from './asking.ts'
import { auditCommand } from './audit-command.ts'
import { type ConsoleCommand, usage } from './console-command.ts'
import { hookWords, isHookCommand, runHook } from './hook-command.ts'
import { inviteWords, isInviteCommand, runInvite } from './invite-command.ts'
import { KEEPING_COMMANDS, runTyped } from './keeping-commands.ts'
import { nodeTable } from './node-table.ts'
import { statsLine, statusElsewhere, statusTable } from './report.ts'
import { isRoomCommand, roomWords, runRoom } from './room-command.ts'
import { isTokenCommand, runToken, tokenWords } from './token-command.ts'
import { isTryCommand, runTry, TRY_ARGS } from './try-command.ts'

const none = (rest: string): boolean => rest === ''
const some = (rest: string): boolean => rest !== ''
const two = (rest: string): boolean => /^\S+\s+\S/.test(rest)
const numbered = (rest: string): boolean => /^\d{1,15}\s+\S/.test(rest)
const oneOrNone = (rest: string): boolean => !/\s/.test(rest)

/** The first word and the rest; null if there is none. */
function split(rest: string): readonly [string, string | null] {
  const [, first = '', more = ''] = /^(\S*)\s*(.*)$/s.exec(rest) ?? []
  return [first, more === '' ? null : more]
}

export const HOST_COMMANDS: readonly ConsoleCommand[] = [
  {
    name: 'HELP',
    args: '[command]',
    help: 'list these commands, or one of them',
    fits: rest => rest === '' || rest.toUpperCase() === KEEP || ROWS.has(rest.toUpperCase()),
    run: (host, rest) => host.showWide(() => help(rest.toUpperCase())),
    words: typed => (typed.length === 0 ? [...HOST_COMMANDS.map(({ name }) => name), KEEP] : []),
  },
  {
    name: 'KICK',
    args: 'name [in room] [reason]',
    help: 'disconnect a member, or remove it from a room',
    fits: rest => readKick(rest, undefined) !== null,
    run: (host, rest) => runTyped(host, readKick(rest, undefined), 'KICK name [in room] [reason]'),
  },
  {
    name: 'LIST_USERS',
    args: '',
    help: 'list the members',
    fits: none,
    run: host => host.print(userList(host.state())),
  },
  { name: 'EXIT', args: '', help: 'say goodbye to everyone and stop the server', fits: none, run: host => host.exit() },
  {
    name: 'JOIN',
    args: '',
    help: 'show the addresses to join at',
    fits: none,
    run: host => host.showWide(host.addresses),
  },
  {
    name: 'QR',
    args: '',
    help: 'show the address as a QR code for phones',
    fits: none,
    run: host => host.showCode(),
  },
  {
    name: 'SAY',
    args: 'text',
    help: 'send the text to everyone, even if it looks like a command',
    fits: some,
    run: (host, text) => ask(host, { type: 'say', room: LOBBY, text, action: false }),
  },
  {
    name: 'ROOMS',
    args: '',
    help: 'list the rooms and their member counts',
    fits: none,
    run(host) {
      const rooms = [...host.state().rooms.values()].map(({ room, members }) => `${room} ${members.size}`).sort()
      host.print(`ROOMS: [${rooms.join(',')}]`)
    },
  },
  {
    name: 'ROOM',
    args: 'REMOVE name',
    help: 'take a room from the account that founded it; an empty room goes',
    fits: isRoomCommand,
    run: runRoom,
    words: roomWords,
  },
  {
    name: 'TOPIC',
    args: 'room text',
    help: 'set the topic of a room; - removes it',
    fits: two,
    run(host, rest) {
      const [room, topic] = split(rest)
      ask(host, { type: 'topic', room, topic: topic === null || topic === '-' ? '' : topic })
    },
  },
  {
    name: 'HISTORY',
    args: '[room]',
    help: 'show the messages of a room (default: the lobby)',
    fits: oneOrNone,
    run: (host, room) =>
      look(host, {
        type: 'history',
        room: room === '' ? LOBBY : room,
        before: null,
        after: null,
        since: null,
        limit: HISTORY_ON_JOIN,
      }),
  },
  {
    name: 'SEARCH',
    args: 'words',
    help: 'search the messages of all rooms',
    fits: some,
    run: (host, words) => look(host, { type: 'search', words, room: null, before: null, limit: HISTORY_ON_JOIN }),
  },
  {
    name: 'TRY',
    args: TRY_ARGS,
    help: 'say what a rule such as slow 10s would have stopped',
    fits: isTryCommand,
    run: runTry,
    words: () => [],
  },
  {
    name: 'DELETE',
    args: 'number',
    help: 'delete a message: HISTORY and SEARCH show its number',
    fits: rest => /^\d{1,15}$/.test(rest),
    run: (host, number) => ask(host, { type: 'delete', seq: Number(number), room: LOBBY }),
  },
  {
    name: 'EDIT',
    args: 'number text',
    help: 'give a message of yours another text',
    fits: numbered,
    run: (host, rest) => {
      const [seq, text] = split(rest)
      ask(host, { type: 'edit', seq: Number(seq), room: LOBBY, text: text ?? '' })
    },
  },
  {
    name: 'REPLY',
    args: 'number text',
    help: 'answer a message in the lobby',
    fits: numbered,
    run: (host, rest) => {
      const [seq, text] = split(rest)
      ask(host, { type: 'say', room: LOBBY, text: text ?? '', action: false, reply: Number(seq) })
    },
  },
  {
    name: 'PIN',
    args: 'number',
    help: 'pin a message in its room',
    fits: rest => /^\d{1,15}$/.test(rest),
    run: (host, number) => ask(host, { type: 'pin', seq: Number(number) }),
  },
  {
    name: 'UNPIN',
    args: 'number',
    help: 'take a message off the pinned ones',
    fits: rest => /^\d{1,15}$/.test(rest),
    run: (host, number) => ask(host, { type: 'pin', seq: Number(number), off: true }),
  },
  {
    name: 'CLOSE',
    args: 'number',
    help: 'close a question, a poll or a round of buzzing',
    fits: rest => /^\d{1,15}$/.test(rest),
    run: (host, number) => ask(host, { type: 'close', seq: Number(number), room: LOBBY }),
    words: (typed, { questions }) => (typed.length === 0 ? [...questions.keys()].map(String) : []),
  },
  {
    name: 'TOKEN',
    args: '…',
    help: 'manage API tokens; TOKEN alone explains how',
    fits: isTokenCommand,
    run: runToken,
    words: tokenWords,
  },
  {
    name: 'ACCOUNT',
    args: '…',
    help: 'manage accounts; ACCOUNT alone explains how',
    fits: isAccountCommand,
    run: runAccount,
    words: accountWords,
  },
  {
    name: 'INVITE',
    args: '[…]',
    help: 'make a link that lets somebody in; INVITE ? explains more',
    fits: isInviteCommand,
    run: runInvite,
    words: inviteWords,
  },
  {
    name: 'HOOK',
    args: '…',
    help: 'manage webhooks; HOOK alone explains how',
    fits: isHookCommand,
    run: runHook,
    words: hookWords,
  },
  {
    name: 'STATUS',
    args: '[name]',
    help: 'show the connections of this server, or those of one member',
    fits: oneOrNone,
    run(host, name) {
      const key = nameKey(name)
      const isMeant = (one: string | null): boolean => name === '' || (one !== null && nameKey(one) === key)
      const all = host.server.connections().filter(one => isMeant(one.name))
      const elsewhere = statusElsewhere(host.server.nodes(), host.state(), isMeant)
      host.showWide(columns => [...statusTable(all, host.now(), host.timeOfDay, columns), ...elsewhere])
    },
  },
  {
    name: 'NODES',
    args: '',
    help: 'show the servers of this chat, if there are several',
    fits: none,
    run({ server, showWide }) {
      const nodes = server.nodes()
      showWide(columns => nodeTable(nodes, server.storage?.(nodes) ?? [], columns))
    },
  },
  {
    name: 'STATS',
    args: '',
    help: 'show statistics of the server',
    fits: none,
    run: host => host.print(statsLine(host.server, host.state(), host.startedAt, host.now(), host.said())),
  },
  auditCommand,
  ...KEEPING_COMMANDS,
]

/** The group of the commands that keep order. */
const KEEP = 'KEEP'

const ROWS = new Map(HOST_COMMANDS.map(row => [row.name, row]))

/** Runs a line typed at the console. */
export function runLine(host: Host, line: string): void {
  const typed = line.trim()
  if (typed === '') return
  const slashed = typed.startsWith('/')
  const [word] = split(typed)
  const rest = typed.slice(word.length).trim()
  const row = ROWS.get(slashed ? word.slice(1).toUpperCase() : word)
  if (row?.fits(rest)) return row.run(host, rest)
  if (row && (slashed || rest === '')) return host.print(errorText('usage', usage(row)))
  if (slashed && !typed.startsWith('//')) return host.print(`There is no command ${word}. Try HELP.`)
  ask(host, { type: 'say', room: LOBBY, text: typed.startsWith('//') ? typed.slice(1) : typed, action: false })
}

/** `name` empty: all commands but those of a group; or those of the group, or the one command. */
function help(name: string): readonly string[] {
  const rows = HOST_COMMANDS.filter(row =>
    name === '' ? row.group === undefined : name === row.group || name === row.name,
  )
  const lines = aligned(rows.map(row => [usage(row), row.help]))
  return name === '' ? [...lines, `HELP ${KEEP} lists the commands that keep order.`, ANY_OTHER] : lines
}

const ANY_OTHER = 'Any other line is a message to everyone.'
