/** Commands as a script writes them, with the missing fields filled in. */
import { expect, test } from 'vitest'
import { readCommand } from '../../../../src/program/client/pipe/json-command.ts'

const read = (command: object) => readCommand(JSON.stringify(command), 'ops')

test.each([
  [
    { type: 'say', text: 'hi' },
    { type: 'say', room: 'ops', text: 'hi', action: false },
  ],
  [
    { type: 'say', text: 'waves', action: true, room: 'lobby' },
    { type: 'say', room: 'lobby', text: 'waves', action: true },
  ],
  [
    { type: 'tell', to: 'alice', text: 'psst' },
    { type: 'tell', to: 'alice', text: 'psst', action: false },
  ],
  [
    { type: 'join', room: 'den' },
    { type: 'join', room: 'den' },
  ],
  [{ type: 'part' }, { type: 'part', room: 'ops', reason: null }],
  [
    { type: 'part', room: 'den', reason: 'done' },
    { type: 'part', room: 'den', reason: 'done' },
  ],
  [
    { type: 'topic', topic: '' },
    { type: 'topic', room: 'ops', topic: '' },
  ],
  [
    { type: 'nick', name: 'bob' },
    { type: 'nick', name: 'bob' },
  ],
  [
    { type: 'away', note: 'tea' },
    { type: 'away', note: 'tea' },
  ],
  [{ type: 'away' }, { type: 'away', note: null }],
  [{ type: 'who' }, { type: 'who', room: 'ops' }],
  [{ type: 'rooms' }, { type: 'rooms' }],
  [
    { type: 'tell', id: 'm1', text: 'psst' },
    { type: 'tell', to: '', id: 'm1', text: 'psst', action: false },
  ],
  [
    { type: 'read', seq: 7 },
    { type: 'read', room: 'ops', seq: 7 },
  ],
  [
    { type: 'read', with: '田中', seq: 7 },
    { type: 'read', with: '田中', seq: 7 },
  ],
  [{ type: 'conversations' }, { type: 'conversations' }],
  [{ type: 'devices' }, { type: 'devices' }],
  [{ type: 'account' }, { type: 'account' }],
  [
    { type: 'account', name: '李' },
    { type: 'account', name: '李' },
  ],
  [
    { type: 'revoke', credential: '3fa1c09b' },
    { type: 'revoke', credential: '3fa1c09b' },
  ],
  [{ type: 'bye' }, { leave: null }],
  [{ type: 'bye', reason: 'tea' }, { leave: 'tea' }],
  [
    { type: 'say', n: 7, text: 'numbered by rxchat alone' },
    { type: 'say', room: 'ops', text: 'numbered by rxchat alone', action: false },
  ],
])('%j', (command, asked) => {
  expect(read(command)).toEqual(asked)
})

test.each([
  ['hello', /^each line must be one JSON object, and this one is not: hello$/],
  ['[1]', /^a command needs a "type"/],
  ['null', /^a command needs a "type"/],
  ['{"type":7}', /^a command needs a "type"/],
  ['{"type":"say"}', /^"say" needs a "text"$/],
  ['{"type":"tell","to":"alice","text":7}', /^"tell" needs a "text"$/],
  ['{"type":"hello","name":"eve"}', /^there is no command of type "hello"\. See docs\/protocol\.md\.$/],
  ['{"type":"expel","name":"eve"}', /^there is no command of type "expel"/],
])('%s is told to be none', (line, sentence) => {
  expect(readCommand(line, 'ops')).toEqual({ error: expect.stringMatching(sentence) })
})
