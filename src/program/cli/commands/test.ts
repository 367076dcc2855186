/** The manual of `rxchat test`. */
import { LOBBY } from '../../../model/name/standing.ts'
import type { Flags } from '../../config/arguments.ts'
import type { Manual } from '../../manual/manual.ts'

export const TEST_FLAGS = {
  cuts: { value: 'N', help: 'cuts of the connection', otherwise: '5' },
  restarts: { value: 'N', help: 'restarts, of the server and of the bot in turn', otherwise: '2' },
  repeats: { value: 'N', help: 'events that come twice, unmarked, as --cursor repeats them', otherwise: '0' },
  seed: { value: 'SEED', help: 'chooses the troubles: equal for equal seeds', otherwise: '1' },
  name: {
    short: 'n',
    value: 'NAME',
    help: 'name of the bot; its own messages in the record are left out',
    otherwise: 'bot',
  },
  room: { short: 'r', value: 'ROOM', help: 'room of the bot', otherwise: LOBBY },
  settle: { value: 'MS', help: 'silence after which the bot is done with an event', otherwise: '1' },
  json: { help: 'print the report as a line of JSON' },
} as const satisfies Flags<string>

export const TEST: Manual = {
  name: 'rxchat test',
  about: 'Test a bot against a recorded day: whether it answers the past, answers twice, or loses something.',
  usage: ['COMMAND RECORD [flags]'],
  examples: [
    ['rxchat chat.example --json --since 1d < /dev/null > day.ndjson', 'record a day'],
    ['rxchat test ./bot.sh day.ndjson --name clerk', ''],
    ["rxchat test 'python3 bot.py' day.ndjson --cuts 20 --seed 7", ''],
    ["rxchat test 'node bot.ts {address}' day.ndjson", 'a bot that connects by itself'],
  ],
  words: {
    title: 'Command and record',
    text: `COMMAND is a bot, as --exec runs it: events on its stdin, commands on its stdout. With {address} in it, the bot connects
      by itself, to that address. RECORD is what rxchat --json has printed, or what rxchat-server export has written, or a data
      directory; - is stdin.`,
    completes: 'files',
  },
  flags: TEST_FLAGS,
  sections: [
    {
      title: 'Test',
      text: `The people of the record do again what they did, on a server in memory, and nobody waits for the pauses of that day.
        The bot runs twice: first undisturbed, then with cuts of its connection and restarts. Each time it has to give an event
        that it gets live as many answers as undisturbed, and no answer to what has "replayed":true. The texts of its answers
        may differ.`,
    },
    {
      title: 'Limits',
      text: `The bot runs in real time. It gets one event after another, the next one when it sleeps and is silent; on Linux the system
        says whether it sleeps, elsewhere it has to be silent for 60 ms. A bot that waits for something else, such as the network,
        needs a longer --settle. A bot that speaks by the clock, or whose answer depends on what it has missed, is not judged
        well.`,
    },
  ],
  exits: [
    [0, 'nothing is wrong with the bot'],
    [1, 'something is, and the report says what'],
    [2, 'usage: a flag or the record is wrong'],
  ],
  more: 'Recipes are in docs/scripting.md.',
}
