// The rich day means today what it meant when docs/decisions/0013 was written.
import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exportedRecording } from '../../src/journal/exported.ts'
import type { Entry } from '../../src/model/input.ts'
import { Replay } from '../../src/replay/replay.ts'
import { eventsOf, RunningHash, stateHash } from '../../src/replay/trace.ts'
import { entriesOf } from '../helpers/recorded.ts'
import { richDay } from '../helpers/rich-day.ts'

const file = join(import.meta.dirname, 'rich-day.ndjson')
const record = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'decisions', '0013-the-rich-day.md'), 'utf8')
const stated = (what: string): string | undefined => new RegExp(`${what} hash +([0-9a-f]{64})\\n`).exec(record)?.[1]

async function day(): Promise<readonly Entry[]> {
  return entriesOf(await exportedRecording(createReadStream(file, 'utf8'), file))
}

test('the recorded day leads to the events and to the room that the decision record states [X1]', async () => {
  const replay = new Replay({ seq: 0, state: null })
  const hash = new RunningHash()
  for (const entry of await day()) {
    const outcome = replay.fold(entry)
    expect(outcome.type).toBe(entry.quarantined === null ? 'folded' : 'quarantined')
    hash.add(entry.seq, eventsOf(outcome))
  }
  expect(hash.value).toBe(stated('events'))
  expect(stateHash(replay)).toBe(stated('state'))
})

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
        'hello',
        'join',
        'kick',
        'lost',
        'nick',
        'part',
        'quit',
        'resume',
        'say',
        'started',
        'tell',
        'tick',
      ],
      'topic',
    ].sort(),
  )
  expect([...new Set(events.map(({ type }) => type))].sort()).toEqual([
    ...[
      'away',
      'deleted',
      'detached',
      'done',
      'ended',
      'joined',
      'lapsed',
      'parted',
      'quit',
      'rejected',
      'renamed',
      'repeated',
      'resumed',
      'returned',
    ],
    ...['said', 'told', 'topic', 'welcomed'],
  ])
  const protocols = entries.flatMap(({ input }) => (input.type === 'hello' ? [input.protocol] : []))
  expect([...new Set(protocols)].sort()).toEqual(['classic', 'line', 'native'])
  expect(entries.filter(({ quarantined }) => quarantined !== null).length).toBeGreaterThan(0)
  const refusals = events.flatMap(({ type, code }) => (type === 'rejected' ? [code] : []))
  expect([...new Set(refusals)].sort()).toEqual([
    ...['host-only', 'member-unknown', 'name-taken', 'not-in-room', 'number-forgotten', 'number-refused'],
    ...['room-unknown', 'session-unknown', 'too-many-rooms'],
  ])
})

test('the generator gives the same day twice [X1]', async () => {
  expect(await richDay(7)).toEqual(await richDay(7))
})
