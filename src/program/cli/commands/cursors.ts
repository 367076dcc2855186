/** The manual of `rxchat cursors`. */
import type { Flags } from '../../config/arguments.ts'
import type { Manual } from '../../manual/manual.ts'
import { CONNECTION_FLAGS } from '../connection-flags.ts'

export const CURSORS_FLAGS = {
  json: { help: 'print each cursor as a line of JSON' },
  ...CONNECTION_FLAGS,
} as const satisfies Flags<string>

export const CURSORS: Manual = {
  name: 'rxchat cursors',
  about: 'List, set and remove cursors: the places of --cursor.',
  usage: ['[flags]', 'set NAME SEQ|now|start [flags]', 'remove NAME [flags]'],
  examples: [
    ['rxchat cursors', 'with the messages that are still to be handled'],
    ['rxchat cursors set etl start', 'handle all of the room again'],
    ['rxchat cursors remove ci/etl', 'of somebody else, for those who keep order'],
  ],
  words: {
    title: 'Cursors',
    text: `A cursor belongs to the account or the token that made it, or to the name of a guest. Administrators see those of all, and
      name them OWNER/NAME. Like the name of a room, that of a cursor is in lower case.`,
    completes: ['set', 'remove'],
  },
  flags: CURSORS_FLAGS,
  sections: [
    {
      title: 'Columns',
      text: `place: all messages up to this number are handled. lag: messages after it. holder: the program that has the turn, "away" if
        it has no connection. waiting: programs that wait for their turn. A cursor of a revoked token says so behind its owner:
        a new token of that name has it. On a terminal that is too narrow for the columns, each cursor has four lines.`,
    },
  ],
  exits: [
    [0, 'done'],
    [2, 'usage: a flag, a variable or a word is wrong'],
    [3, 'unreachable: no server there, or it went away and did not return'],
    [4, 'refused: the name, the password or the certificate, or the server is full'],
    [6, 'the server has refused it'],
  ],
  more: 'Recipes are in docs/scripting.md.',
}
