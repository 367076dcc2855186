/** Commands about messages, as a script writes them. */
import { expect, test } from 'vitest'
import { readCommand } from '../../../../src/program/client/pipe/json-command.ts'

const read = (command: object): unknown => readCommand(JSON.stringify(command), 'ops')
const error = (text: string) => ({ error: expect.stringContaining(text) })
const say = { type: 'say', room: 'ops', text: 'yes', action: false }

test.each<readonly [object, unknown]>([
  [
    { type: 'say', text: 'yes', reply: 42 },
    { ...say, reply: 42 },
  ],
  [
    { type: 'say', text: 'yes', reply: null },
    { ...say, reply: null },
  ],
  [{ type: 'say', text: 'yes', reply: '42' }, error('"reply"')],
  [
    { type: 'say', files: [{ id: 'f1' }] },
    { ...say, text: '', files: [{ id: 'f1', name: 'file' }] },
  ],
  [{ type: 'say', text: 'x', files: ['f1'] }, error('"files"')],
  [{ type: 'say', files: [] }, error('needs a "text"')],
  [
    { type: 'edit', seq: 42, text: '🦊' },
    { type: 'edit', seq: 42, room: 'ops', text: '🦊' },
  ],
  [
    { type: 'edit', text: 'x' },
    { type: 'edit', seq: null, room: 'ops', text: 'x' },
  ],
  [{ type: 'edit', seq: '42', text: 'x' }, error('needs a "seq"')],
  [{ type: 'edit', seq: 42 }, error('needs a "text"')],
  [
    { type: 'react', emoji: '👍', room: 'dev' },
    { type: 'react', seq: null, room: 'dev', emoji: '👍' },
  ],
  [
    { type: 'react', seq: 42, emoji: '👍', off: true },
    { type: 'react', seq: 42, room: 'ops', emoji: '👍', off: true },
  ],
  [{ type: 'react', seq: 42, emoji: '👍', off: 'yes' }, error('"off"')],
  [{ type: 'react', seq: 42 }, error('needs an "emoji"')],
  [
    { type: 'pin', seq: 42 },
    { type: 'pin', seq: 42 },
  ],
  [{ type: 'pin' }, error('needs a "seq"')],
  [
    { type: 'reactions', seq: 42 },
    { type: 'reactions', seq: 42 },
  ],
  [{ type: 'pins' }, { type: 'pins', room: 'ops' }],
  [{ type: 'pins', room: 7 }, error('"room"')],
  [
    { type: 'messages', seqs: [1, 2] },
    { type: 'messages', seqs: [1, 2] },
  ],
  [{ type: 'messages', seqs: 1 }, error('"seqs"')],
])('%j', (command, asked) => expect(read(command)).toEqual(asked))
