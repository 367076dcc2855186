/** Slash commands about single messages, which people name by their numbers, and about files. */
import type { Command } from '../command.ts'
import { command, NOTHING, orNull, query, type SlashCommand, split } from './row.ts'
import { numbered, numberIn } from './seq.ts'

function reacting(rest: string, room: string, off: boolean) {
  const [emoji, number] = split(rest)
  const seq = number === '' ? null : numberIn(number)
  if (emoji === '' || (number !== '' && seq === null)) return null
  return command({ type: 'react', seq, room, emoji, ...(off && { off }) })
}

function pinning(rest: string, off: boolean) {
  const seq = numberIn(rest)
  return seq === null ? null : command({ type: 'pin', seq, ...(off && { off }) } satisfies Command)
}

/** A path as a shell takes it: in quotes, or with backslashes, as terminals write a file that is dropped on them. */
function readPath(rest: string): { readonly path: string; readonly caption: string | null } | null {
  const [whole = ''] = /^(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/s.exec(rest) ?? []
  if (whole === '') return null
  const path = whole.replace(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs, (_, single, double, escaped) =>
    single !== undefined ? single : double !== undefined ? double.replace(/\\(["\\$`])/g, '$1') : escaped,
  )
  return path === '' ? null : { path, caption: orNull(rest.slice(whole.length).trim()) }
}

/** Enough for a screen. */
const OUTPUT_BYTES = 8192

const PLACED = 'The number of a message stands before it in /history and /search.'

export const MESSAGES: readonly SlashCommand[] = [
  {
    name: 'reply',
    args: '[number] <text>',
    help: 'answer a message (default: the latest of others)',
    examples: ['/reply 1042 yes, at noon', '/reply -- 3 is enough', PLACED],
    read: (rest, room) => {
      const { seq, text } = numbered(rest)
      return text === '' ? null : command({ type: 'say', room, text, action: false, reply: seq })
    },
  },
  {
    name: 'edit',
    args: '[number] <text>',
    help: 'edit one of your messages (default: your latest)',
    examples: ['/edit lunch at one', '/edit 1042 lunch at one', '/edit -- 3 is enough', PLACED],
    read: (rest, room) => {
      const { seq, text } = numbered(rest)
      return text === '' ? null : command({ type: 'edit', seq, room, text })
    },
  },
  {
    name: 'react',
    args: '<emoji> [number]',
    help: 'react to a message (default: the latest of others)',
    examples: ['/react 👍', '/react :tada: 1042', PLACED],
    read: (rest, room) => reacting(rest, room, false),
    next: () => NOTHING,
  },
  {
    name: 'unreact',
    args: '<emoji> [number]',
    help: 'take a reaction back',
    read: (rest, room) => reacting(rest, room, true),
    next: () => NOTHING,
  },
  {
    name: 'reactions',
    args: '<number>',
    help: 'list who has reacted to a message',
    read: rest => {
      const seq = numberIn(rest)
      return seq === null ? null : query({ type: 'reactions', seq })
    },
    next: () => NOTHING,
  },
  {
    name: 'pin',
    args: '<number>',
    help: 'pin a message in its room',
    read: rest => pinning(rest, false),
    next: () => NOTHING,
  },
  {
    name: 'unpin',
    args: '<number>',
    help: 'take a message off the pinned ones',
    read: rest => pinning(rest, true),
    next: () => NOTHING,
  },
  {
    name: 'pins',
    args: '',
    help: 'list the pinned messages of this room',
    read: (rest, room) => (rest === '' ? query({ type: 'pins', room }) : null),
    next: () => NOTHING,
  },
  {
    name: 'output',
    args: '<number>',
    help: 'show the last lines of a live message',
    read: rest => {
      const seq = numberIn(rest)
      return seq === null ? null : query({ type: 'output', seq, offset: -OUTPUT_BYTES, limit: OUTPUT_BYTES })
    },
    next: () => NOTHING,
  },
  {
    name: 'send',
    args: '<path> [caption]',
    help: 'send a file from this machine',
    examples: ['/send screenshot.png', "/send 'my notes.pdf' here they are"],
    read: rest => {
      const read = readPath(rest)
      return read === null ? null : { type: 'send', ...read }
    },
    next: () => NOTHING,
  },
]
