/** The manual of `rxchat wait`. */
import type { Flags } from '../../config/arguments.ts'
import type { Manual } from '../../manual/manual.ts'
import { CONNECTION_FLAGS } from '../connection-flags.ts'

export const WAIT_FLAGS = {
  from: { value: 'NAME', help: 'only if this person says it' },
  timeout: { value: 'TIME', help: 'exit with 124 after so long', otherwise: 'wait for ever' },
  since: { value: 'SEQ|TIME', help: 'also if it was said after this input or time, or cursor:NAME' },
  json: { help: 'print the message as a line of JSON' },
  ...CONNECTION_FLAGS,
} as const satisfies Flags<string>

export const WAIT: Manual = {
  name: 'rxchat wait',
  about: 'Wait until somebody says something. Prints the message, and exits with 0.',
  usage: ['[PATTERN] [flags]'],
  examples: [
    ["rxchat wait 'deploy it' --from alice && ./deploy", ''],
    ["rxchat wait '/build \\d+ (passed|failed)/' --room ops --timeout 10m", 'an expression'],
    ["rxchat wait 'release' --since 1h --json", 'also if it was said in the last hour'],
    ['rxchat wait --from alice', 'whatever alice says next'],
  ],
  words: {
    title: 'Pattern',
    text: `A text that the message contains, or an expression between slashes. Case makes no difference. Without one, any message
      is the right one. Expressions are those of RE2, as word filters have them: no message can stall them.`,
    completes: [],
  },
  flags: WAIT_FLAGS,
  sections: [
    {
      title: 'Waiting',
      text: `Only messages count that are said after rxchat has entered the room, unless --since says otherwise. If the connection is
        lost, rxchat reconnects, and reads what was said meanwhile.`,
    },
  ],
  exits: [
    [0, 'it was said'],
    [2, 'usage: a flag, a variable or the pattern is wrong'],
    [3, 'unreachable: no server there, or it went away and did not return'],
    [4, 'refused: the name, the password or the certificate, a ban, or a full server'],
    [5, 'kicked out of the chat or of the room'],
    [6, 'there is no such cursor, or the server refuses to tell what was said'],
    [124, 'nobody said it in time'],
    [130, 'interrupted'],
  ],
  more: 'Recipes are in docs/scripting.md.',
}
