/** Slash commands for talking: messages, one's name and absence, and ignored members. */
import { HISTORY_ON_JOIN, HISTORY_PAGE_MAX } from '../limits.ts'
import { command, NOTHING, orNull, query, type SlashCommand, split } from './row.ts'
import { nameOf } from './whom.ts'

export const TALK: readonly SlashCommand[] = [
  {
    name: 'me',
    args: '<action>',
    help: 'send an action, such as /me waves',
    read: (text, room) => (text === '' ? null : command({ type: 'say', room, text, action: true })),
  },
  {
    name: 'msg',
    args: '<name> <text>',
    help: 'send a direct message',
    read: rest => {
      const [to, text] = split(rest)
      return text === '' ? null : command({ type: 'tell', to, text, action: false })
    },
  },
  {
    name: 'nick',
    args: '<name>',
    help: 'change your name',
    read: name => (name === '' ? null : command({ type: 'nick', name })),
  },
  {
    name: 'history',
    args: '[count]',
    help: 'show earlier messages here',
    read: (rest, room) => {
      const limit = rest === '' ? HISTORY_ON_JOIN : Number(rest)
      if (!/^\d*$/.test(rest) || limit > HISTORY_PAGE_MAX) return null
      return query({ type: 'history', room, before: null, after: null, since: null, limit })
    },
    next: () => NOTHING,
  },
  {
    name: 'search',
    args: '<words>',
    help: 'search your rooms and your direct messages',
    read: words =>
      words === '' ? null : query({ type: 'search', words, room: null, before: null, limit: HISTORY_ON_JOIN }),
  },
  {
    name: 'delete',
    args: '[number]',
    help: 'delete one of your messages (default: your latest here)',
    read: (rest, room) =>
      /^\d{0,15}$/.test(rest) ? command({ type: 'delete', seq: rest === '' ? null : Number(rest), room }) : null,
    next: () => NOTHING,
  },
  {
    name: 'away',
    args: '[note]',
    help: 'mark yourself away; /back ends it',
    read: rest => command({ type: 'away', note: rest === '' ? 'away' : rest }),
  },
  { name: 'back', args: '', help: 'end your time away', read: () => command({ type: 'away', note: null }) },
  {
    name: 'ignore',
    args: '<name>',
    help: 'hide what somebody writes, on all your devices',
    read: rest => ignoring('ignore', rest),
  },
  {
    name: 'unignore',
    args: '<name>',
    help: 'see again what somebody writes',
    read: rest => ignoring('unignore', rest),
  },
  {
    name: 'ignores',
    args: '',
    help: 'list the people that you ignore',
    read: () => query({ type: 'list', what: 'ignored', room: null, limit: HISTORY_PAGE_MAX }),
  },
  {
    name: 'quit',
    args: '[reason]',
    help: 'leave the chat',
    read: rest => command({ type: 'quit', reason: orNull(rest) }),
  },
]

function ignoring(type: 'ignore' | 'unignore', rest: string) {
  const [typed, more] = split(rest)
  const who = nameOf(typed)
  return who === '' || more !== '' ? null : command({ type, who })
}
