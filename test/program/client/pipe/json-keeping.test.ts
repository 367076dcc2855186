/** Commands that keep order, as a script writes them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { request } from '../../../../src/codec/native/schema.ts'
import { readCommand } from '../../../../src/program/client/pipe/json-command.ts'
import { runs, seedOf } from '../../../helpers/seeds.ts'

const read = (command: object) => readCommand(JSON.stringify(command), 'ops')

test.each<[object, object]>([
  [
    { type: 'kick', who: 'a_b' },
    { type: 'kick', name: 'a_b', reason: null },
  ],
  [
    { type: 'kick', name: 'a_b', room: 'den' },
    { type: 'kick', name: 'a_b', room: 'den', reason: null },
  ],
  [
    { type: 'ban', who: '田中', for: 600 },
    { type: 'ban', who: '田中', for: 600, reason: null },
  ],
  [
    { type: 'ban', net: '10.1.0.0/16', room: 'den', reason: 'spam' },
    { type: 'ban', net: '10.1.0.0/16', room: 'den', reason: 'spam' },
  ],
  [
    { type: 'unban', rule: 12 },
    { type: 'unban', rule: 12 },
  ],
  [
    { type: 'op', id: 'm1', room: 'den' },
    { type: 'op', id: 'm1', room: 'den' },
  ],
  [
    { type: 'invite', who: 'a_b' },
    { type: 'invite', who: 'a_b', room: 'ops' },
  ],
  [
    { type: 'mode', mode: 'slow', value: 10, room: 'den' },
    { type: 'mode', mode: 'slow', value: 10, room: 'den' },
  ],
  [
    { type: 'mode', mode: 'key', value: null },
    { type: 'mode', mode: 'key', value: null },
  ],
  [
    { type: 'filter', pattern: 'buy' },
    { type: 'filter', is: 'words', action: 'refuse', pattern: 'buy' },
  ],
  [
    { type: 'purge', who: 'a_b', for: 60 },
    { type: 'purge', who: 'a_b', for: 60 },
  ],
  [
    { type: 'release', seq: 7 },
    { type: 'release', seq: 7 },
  ],
  [
    { type: 'ignore', who: 'ЗОЯ' },
    { type: 'ignore', who: 'ЗОЯ' },
  ],
  [
    { type: 'list', what: 'log' },
    { type: 'list', what: 'log', room: 'ops', limit: 200 },
  ],
  [
    { type: 'try', rule: 'slow 10s', for: 3600 },
    { type: 'try', rule: 'slow 10s', for: 3600, room: 'ops' },
  ],
  [
    { type: 'list', what: 'bans', room: null },
    { type: 'list', what: 'bans', room: null, limit: 200 },
  ],
  [
    { type: 'join', room: 'den', key: 'sesame' },
    { type: 'join', room: 'den', key: 'sesame' },
  ],
  [{ type: 'ban', who: 'a_b', for: '10m' }, { error: '"for" of "ban" has to be a number' }],
  [{ type: 'mute', who: 7 }, { error: '"who" of "mute" has to be a text' }],
  [{ type: 'mute', who: 'a_b', room: null }, { error: '"room" of "mute" has to be a text' }],
  [{ type: 'purge', who: 'a_b' }, { error: '"purge" needs "for"' }],
  [{ type: 'try', room: 'ops' }, { error: '"try" needs "rule"' }],
  [{ type: 'list', what: 'secrets' }, { error: expect.stringContaining('"list" knows bans, mutes') }],
])('%j', (command, asked) => expect(read(command)).toEqual(asked))

const TYPES = [
  'kick',
  'ban',
  'unmute',
  'op',
  'unadmin',
  'mode',
  'filter',
  'unfilter',
  'invite',
  'purge',
  'drop',
  'list',
]

test('a command that is understood has no other meaning than its text', () => {
  const anyValue = fc.oneof(fc.constantFrom('a_b', '', null, true, 1, 600), fc.array(fc.nat(), { maxLength: 1 }))
  const names = [
    'who',
    'id',
    'name',
    'net',
    'network',
    'room',
    'for',
    'reason',
    'rule',
    'mode',
    'value',
    'pattern',
    'seq',
  ]
  fc.assert(
    fc.property(fc.constantFrom(...TYPES), fc.dictionary(fc.constantFrom(...names), anyValue), (type, fields) => {
      const asked = read({ type, ...fields })
      if ('error' in asked || 'leave' in asked) return
      const written = request.safeParse({ type, ...fields })
      const sent = request.safeParse(asked)
      expect(sent.success).toBe(written.success)
      if (!written.success || !sent.success || type === 'kick' || type === 'invite' || type === 'list') return
      expect({ reason: null, ...sent.data }).toEqual({ reason: null, ...written.data })
    }),
    { seed: seedOf(67), numRuns: runs(500) },
  )
})
