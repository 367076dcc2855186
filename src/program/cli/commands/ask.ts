/** The manual of `rxchat ask`. */
import type { Flags } from '../../config/arguments.ts'
import type { Manual } from '../../manual/manual.ts'
import { CONNECTION_FLAGS } from '../connection-flags.ts'

export const ASK_FLAGS = {
  to: { value: 'ROLE|NAME', help: 'who may answer: operator, account, @NAME', otherwise: 'everybody in the room' },
  timeout: { value: 'TIME', help: 'how long the question stays open, at most 7d', otherwise: '24h' },
  key: { value: 'KEY', help: 'the same question when it is asked again with this key' },
  json: { help: 'print the outcome as one object of JSON' },
  ...CONNECTION_FLAGS,
} as const satisfies Flags<string>

export const ASK: Manual = {
  name: 'rxchat ask',
  about: 'Ask a question in a room, and wait for the first answer. Its exit code is the place of the choice.',
  usage: ['QUESTION CHOICE CHOICE… [flags]'],
  examples: [
    ['rxchat ask "Deploy 2.1?" yes no -s chat.example && ./deploy', ''],
    ['rxchat ask "Deploy 2.1?" yes no --to operator --timeout 10m', 'only operators, for ten minutes'],
    ['rxchat ask "Which one?" blue green grey --json | jq -r .answer', ''],
    ['rxchat ask "Deploy 2.1?" yes no --key deploy-2.1', 'goes on after a kill'],
  ],
  words: {
    title: 'Choices',
    text: '2 to 10 choices, each of at most 64 bytes. The first has the exit code 0, the second 1, and so on.',
    completes: [],
  },
  flags: ASK_FLAGS,
  sections: [
    {
      title: 'Answers',
      text: `Everybody who may answer does so by a button in the page, by a number in the terminal while the question is selected
        (Alt-m), by the word alone as a message, by /answer, by a reaction (1️⃣ to 🔟; 👍 and 👎 for two choices), or with curl. The first answer decides. Stdout
        has who and what, such as "maria: yes"; with --json it has an object for each outcome. Stderr says what rxchat waits for.

        --to takes a role (administrator, founder, operator, voice, account), which includes those above it, or a name. @
        before a word makes it a name. --to room is everybody in the room. If nobody who may answer is there, stderr says so, and
        rxchat waits all the same: somebody may come.`,
    },
    {
      title: 'Interruptions',
      text: `Ctrl-C withdraws the question. If rxchat is killed, the question stays open. Started again with the same --key,
        name, room, question and choices, it goes on, and has the same answer, even one that came meanwhile. Other choices
        under the same key are an error. SIGTERM and SIGHUP withdraw a question without a key, which nobody could go on with,
        and leave one with a key open.

        If the server goes away, rxchat tries to reconnect for as long as --patience says, and then looks what became of
        the question.`,
    },
  ],
  exits: [
    [0, 'the first choice; 1 is the second, up to 9'],
    [65, 'an unexpected error'],
    [66, 'usage: a flag, a variable, the question or a choice is wrong'],
    [67, 'unreachable: no server there, or it went away and did not return'],
    [68, 'refused: the name, the password or the certificate, a ban, or a full server'],
    [69, 'kicked out of the chat or of the room'],
    [70, 'the question was refused, or not acknowledged'],
    [124, 'nobody answered in time'],
    [125, 'withdrawn: the question was closed, or its message deleted'],
    [130, 'interrupted'],
  ],
  more: 'Recipes are in docs/scripting.md.',
}
