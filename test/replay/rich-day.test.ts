// The rich day has the same meaning today as when docs/decisions/0013 was written.
import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exportedRecording } from '../../src/journal/exported.ts'
import type { Entry } from '../../src/model/input.ts'
import { Replay } from '../../src/replay/replay.ts'
import { eventsOf, RunningHash, stateHash } from '../../src/replay/trace.ts'
import { entriesOf } from '../helpers/recorded.ts'
import { richDay } from '../helpers/rich-day.ts'

const record = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'decisions', '0013-the-rich-day.md'), 'utf8')
const stated = (what: string): string | undefined => new RegExp(`${what} hash +([0-9a-f]{64})\\n`).exec(record)?.[1]

async function day(name = 'rich-day.ndjson'): Promise<readonly Entry[]> {
  const file = join(import.meta.dirname, name)
  return entriesOf(await exportedRecording(createReadStream(file, 'utf8'), file))
}

test.each([
  ['rich-day.ndjson', 'events', 'state'],
  ['account-day.ndjson', 'events of accounts', 'state of accounts'],
])(
  'the recorded %s leads to the events and to the room that the decision record states [X1]',
  async (name, ...hashes) => {
    const replay = new Replay({ seq: 0, state: null })
    const hash = new RunningHash()
    for (const entry of await day(name)) {
      const outcome = replay.fold(entry)
      expect(outcome.type).toBe(entry.quarantined === null ? 'folded' : 'quarantined')
      hash.add(entry.seq, eventsOf(outcome))
    }
    expect([hash.value, stateHash(replay)]).toEqual(hashes.map(stated))
  },
)

test('the day has every kind of input and of event, each protocol, and a quarantined input [X1]', async () => {
  const entries = await day()
  const replay = new Replay({ seq: 0, state: null })
  const events = entries.flatMap(entry => JSON.parse(eventsOf(replay.fold(entry))) as { type: string; code?: string }[])
  const inputs = [...new Set(entries.map(({ input }) => input.type))].sort()
  expect(inputs).toEqual(
    [
      ...[
        'away',
        'delete',
        'forward',
        'grant',
        'hello',
        'hook',
        'join',
        'kick',
        'lost',
        'nick',
        'part',
        'post',
        'quit',
        'resume',
        'revoke',
        'say',
        'started',
        'tell',
        'tick',
      ],
      'topic',
      'unhook',
    ].sort(),
  )
  expect([...new Set(events.map(({ type }) => type))].sort()).toEqual([
    ...[
      'away',
      'deleted',
      'detached',
      'done',
      'ended',
      'forwarded',
      'granted',
      'hooked',
      'joined',
      'lapsed',
      'parted',
      'posted',
      'quit',
      'rejected',
      'renamed',
      'repeated',
      'reposted',
      'resumed',
      'returned',
      'revoked',
    ],
    ...['said', 'told', 'topic', 'unhooked', 'welcomed'],
  ])
  const protocols = entries.flatMap(({ input }) => (input.type === 'hello' ? [input.protocol] : []))
  expect([...new Set(protocols)].sort()).toEqual(['classic', 'line', 'native'])
  expect(entries.filter(({ quarantined }) => quarantined !== null).length).toBeGreaterThan(0)
  const refusals = events.flatMap(({ type, code }) => (type === 'rejected' ? [code] : []))
  expect([...new Set(refusals)].sort()).toEqual([
    ...['grant-unknown', 'hook-unknown', 'host-only', 'key-reused', 'member-unknown', 'name-taken', 'not-granted'],
    ...['not-in-room', 'number-forgotten', 'number-refused', 'room-unknown', 'session-unknown', 'token-unknown'],
    'too-many-rooms',
  ])
})

test('the generator gives the same day twice [X1]', async () => {
  expect(await richDay(7)).toEqual(await richDay(7))
})
