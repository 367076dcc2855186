/** Slash commands about rooms. */
import { HISTORY_PAGE_MAX } from '../limits.ts'
import { command, NOTHING, orNull, query, ROOM, type SlashCommand, split } from './row.ts'

export const ROOMS: readonly SlashCommand[] = [
  {
    name: 'join',
    args: '<room> [key]',
    help: 'join a room, or create it',
    open: () => 1,
    read: rest => {
      const [room, key] = split(rest)
      return room === '' ? null : command({ type: 'join', room, ...(key === '' ? {} : { key }) })
    },
    next: typed => (typed.length === 0 ? ROOM : NOTHING),
  },
  {
    name: 'part',
    args: '[room] [reason]',
    help: 'leave a room (default: this one)',
    read: (rest, room) => {
      const [named, reason] = split(rest)
      return command({ type: 'part', room: named === '' ? room : named, reason: orNull(reason) })
    },
    next: typed => (typed.length === 0 ? ROOM : { names: true }),
  },
  { name: 'rooms', args: '', help: 'list the rooms', read: () => query({ type: 'rooms' }) },
  {
    name: 'who',
    args: '[room]',
    help: 'list the members of a room',
    read: (rest, room) => query({ type: 'who', room: rest === '' ? room : rest }),
    next: typed => (typed.length === 0 ? ROOM : NOTHING),
  },
  {
    name: 'topic',
    args: '[text]',
    help: 'set the topic of this room; - removes it',
    read: (rest, room) =>
      rest === '' ? query({ type: 'who', room }) : command({ type: 'topic', room, topic: rest === '-' ? '' : rest }),
  },
  {
    name: 'ops',
    args: '[room | everywhere]',
    help: 'list those who keep order',
    read: (rest, room) => {
      const place = rest.toLowerCase() === 'everywhere' ? null : rest === '' ? room : rest
      return query({ type: 'list', what: 'roles', room: place, limit: HISTORY_PAGE_MAX })
    },
    next: typed => (typed.length === 0 ? { rooms: true, words: ['everywhere'] } : NOTHING),
  },
]
