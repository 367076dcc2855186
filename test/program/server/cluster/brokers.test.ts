/** The log and the console on the brokers: which are gone, and which write to their disks first. */
import { describe, expect, test } from 'vitest'
import { type LogInfo, statusesIn } from '../../../../src/journal/nats/replicas.ts'
import type { BrokerStatus } from '../../../../src/port/brokers.ts'
import { BrokerWatch } from '../../../../src/program/server/cluster/brokers.ts'
import { storageLines } from '../../../../src/program/server/cluster/storage.ts'
import { proofOf } from '../../../../src/program/server/cluster/sync.ts'
import type { LogLine } from '../../../../src/program/server/log/line.ts'

const here = (name: string, isLeader = false): BrokerStatus => ({ name, isLeader, state: 'here' })
const of = (state: BrokerStatus['state'], name: string): BrokerStatus => ({ name, isLeader: false, state })

function watched() {
  const lines: LogLine[] = []
  const clock = { now: 0, elapsed: () => clock.now }
  const watch = new BrokerWatch(clock, line => lines.push(line))
  return { watch, clock, news: () => lines.splice(0).map(({ event, fields }) => ({ event, ...fields })) }
}

describe('a broker that dies', () => {
  test('is said once, and once when it is back with all of the log', () => {
    const { watch, clock, news } = watched()
    watch.take([here('a', true), here('b'), here('c')])
    expect(news()).toEqual([])
    clock.now = 5000
    watch.take([here('a', true), of('gone', 'b'), here('c')])
    expect(news()).toEqual([{ event: 'broker-down', broker: 'b' }])
    clock.now = 10_000
    watch.take([here('a', true), of('gone', 'b'), here('c')])
    clock.now = 15_000
    watch.take([here('a', true), of('behind', 'b'), here('c')])
    expect(news()).toEqual([])
    expect(watch.brokers[1]).toEqual({ name: 'b', isLeader: false, state: 'behind', since: 5000 })
    clock.now = 20_000
    watch.take([here('a', true), here('b'), here('c')])
    expect(news()).toEqual([{ event: 'broker-up', broker: 'b', ms: 15_000 }])
    clock.now = 25_000
    watch.take([of('gone', 'a'), here('b', true), here('c')])
    expect(news()).toEqual([{ event: 'broker-down', broker: 'a' }])
  })

  test('is not known while nobody answers', () => {
    const { watch } = watched()
    watch.take([here('a', true), here('b')])
    watch.unanswered()
    expect([watch.isOld, watch.brokers.length]).toEqual([true, 2])
    watch.take([here('a', true), here('b')])
    expect(watch.isOld).toBe(false)
  })

  test('is not said of one that only lags', () => {
    const { watch, news } = watched()
    watch.take([here('a', true), of('behind', 'b')])
    watch.take([here('a', true), here('b')])
    expect(news()).toEqual([])
  })

  test('says how many are left, and how many it takes', () => {
    const lines: LogLine[] = []
    const watch = new BrokerWatch({ elapsed: () => 0 }, line => lines.push(line))
    watch.take([here('a', true), of('gone', 'b'), here('c')])
    expect(lines[0]?.message).toBe('the broker b is gone: 2 of the 3 that keep the log are left, and it takes 2')
  })
})

test('the answer of the leading broker is read, with the fields that it leaves out', () => {
  const info: LogInfo = {
    cluster: {
      leader: 'c',
      replicas: [
        { name: 'd', current: true, active: 900_000_000 },
        { name: 'b', current: false, active: 900_000_000 },
        { name: 'a', current: false, offline: true },
        { name: 'José', current: false, active: 4_500_000_000 },
      ],
    },
  }
  const found = [of('gone', 'José'), of('gone', 'a'), of('behind', 'b'), here('c', true), here('d')]
  expect(statusesIn(info)).toEqual(found)
  const led = (ts: string) =>
    statusesIn({
      cluster: {
        leader: 'a',
        leader_since: '2026-11-30T07:31:32.73020153Z',
        replicas: [{ name: 'b', current: false }],
      },
      ts,
    })
  expect(led('2026-11-30T07:31:33Z')).toEqual([here('a', true), of('behind', 'b')])
  expect(led('2026-11-30T07:31:40Z')).toEqual([here('a', true), of('gone', 'b')])
  expect(statusesIn({})).toEqual([])
})

describe('the sentences below NODES', () => {
  const yes = (name: string) => ({ name, isSynced: true })
  const watch = (...statuses: readonly BrokerStatus[]) => ({
    brokers: statuses.map(status => ({ ...status, since: null })),
    isOld: false,
  })
  const three = watch(here('a'), here('b', true), here('c'))

  test('say of each broker whether it was asked, and what it answered', () => {
    const [stored, disk, brokers] = storageLines(3, { answers: [yes('a')], silent: [] }, three, 0, [])
    expect(stored).toBe('Stored: by 2 of 3 brokers before it is acknowledged.')
    expect(disk).toBe('On the disk before that: a yes, b not known, c not known.')
    expect(brokers).toBe('Brokers: a here, b leads, c here.')
    expect(storageLines(3, { answers: [], silent: [] }, { ...three, isOld: true }, 0, [])[2]).toContain(
      'answered last: a',
    )
  })

  test('say which broker is not synced, which port does not answer, and that there is none to ask', () => {
    const diskOf = (answers: readonly ReturnType<typeof yes>[], silent: readonly string[]) =>
      storageLines(3, { answers, silent }, three, 0, [])[1]
    expect(diskOf([yes('a'), { name: 'b', isSynced: false }, yes('c')], [])).toBe(
      'On the disk before that: a yes, b no (set sync_interval: always), c yes.',
    )
    expect(diskOf([], ['http://127.0.0.1:8222'])).toBe(
      'On the disk before that: a not known, b not known, c not known, http://127.0.0.1:8222 does not answer.',
    )
    expect(diskOf([], [])).toBe('On the disk before that: not known, since there is no --nats-monitor to ask.')
  })

  test('say what other nodes have heard of their brokers, and the worst of it', () => {
    const nodes = [
      { isOwn: true, disks: { b: true } },
      { isOwn: false, disks: { a: true, c: false } },
      { isOwn: false, disks: { c: true } },
    ]
    expect(storageLines(3, { answers: [], silent: [] }, three, 0, nodes)[1]).toBe(
      'On the disk before that: a yes, b not known, c no (set sync_interval: always).',
    )
  })

  test('say how long a broker is gone, and nothing of brokers where there is one alone', () => {
    const gone = { ...of('gone', 'b'), since: 1000 }
    expect(storageLines(3, { answers: [], silent: [] }, { brokers: [gone], isOld: false }, 181_000, [])[2]).toBe(
      'Brokers: b gone for 3 min.',
    )
    expect(storageLines(1, { answers: [yes('a')], silent: [] }, watch(), 0, [])).toHaveLength(2)
  })

  test.each([
    [[yes('a')], [], 'synced'],
    [[yes('a')], ['port'], 'unknown'],
    [[yes('a'), { name: 'b', isSynced: false }], ['port'], 'unsynced'],
    [[], [], 'unasked'],
  ] as const)('are made of the proof: %j and %j silent is %s', (answers, silent, proof) => {
    expect(proofOf({ answers, silent })).toBe(proof)
  })
})
