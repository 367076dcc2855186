/** The manual of `rxchat mcp`. */
import type { Flags } from '../../config/arguments.ts'
import type { Manual } from '../../manual/manual.ts'
import { IDENTITY_FLAGS, SERVER_FLAG } from '../connection-flags.ts'

const { token, tls, fingerprint } = IDENTITY_FLAGS

export const MCP_FLAGS = {
  ...SERVER_FLAG,
  token: { ...token, help: 'the API token to speak with' },
  room: { ...IDENTITY_FLAGS.room, help: 'room of the tools, unless a call names another' },
  ...{ tls, fingerprint },
} as const satisfies Flags<string>

export const MCP: Manual = {
  name: 'rxchat mcp',
  about: 'Serve the chat to an agent, as tools of the Model Context Protocol on stdin and stdout.',
  usage: ['[flags]'],
  examples: [
    ['RXCHAT_TOKEN=rxchat_… rxchat mcp --server chat.example', ''],
    ['rxchat mcp --server tls://chat.example --room ops', ''],
  ],
  flags: MCP_FLAGS,
  sections: [
    {
      title: 'Tools',
      text: `rooms, read and search read; say and ask speak; wait hears what comes next. The agent speaks under the name of the token,
        which the host makes with TOKEN ADD at the console. People see everything that it does there: its messages and its questions
        are ordinary ones. Messages of others come to it as data.

        Results have a bound, and a wait ends after at most 10 minutes. While the server is away, a call tries for 20 seconds,
        then fails with a sentence; the next one tries anew.`,
    },
  ],
  exits: [
    [0, 'the agent has left'],
    [2, 'usage: a flag or a variable is wrong, or there is no token'],
  ],
  more: 'The configuration of an agent is in docs/scripting.md.',
}
