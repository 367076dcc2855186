// Messages that no node of this log has written, and logs that are not the one that a node has read: none of them may
// end a node, or make it differ from the others without a word.
import { describe, expect, test } from 'vitest'
import { beginning } from '../../../src/journal/replicated/opening/opening.ts'
import { purgedUpTo, sayPurged } from '../../../src/journal/replicated/opening/shared-state.ts'
import { LogFold } from '../../../src/journal/replicated/reading/fold.ts'
import { batchOf } from '../../../src/journal/replicated/stream/messages.ts'
import type { MessageKind } from '../../../src/journal/replicated/stream/stream.ts'
import type { Entry } from '../../../src/model/input.ts'
import { COMMIT_BYTES, COMMIT_INPUTS } from '../../../src/model/limits.ts'
import { replicatedLog } from '../../helpers/replicated-log.ts'
import { deletion, draft } from '../contract.ts'

type Purged = { readonly one: Awaited<ReturnType<ReturnType<typeof replicatedLog>['node']>> }

const shown = (came: readonly Entry[]) => came.map(({ seq, input }) => `${seq} ${input.id}`)
const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
const whole = { run: 'Spider-Man', k: 1, after: 0, inputs: [], texted: [] }
const { input } = draft('李', 'a|b')

/** An input that JSON reads. */
const nested = (depth: number): string =>
  `${JSON.stringify(input).slice(0, -1)},"deep":${'['.repeat(depth)}${']'.repeat(depth)}}`

describe('[R14] messages that no server has written', () => {
  const strange = {
    'no JSON': '{"run',
    'no object': 'null',
    'no batch': { type: 'say' },
    'inputs that are none': { ...whole, inputs: [null] },
    'inputs without a stamp': { ...whole, inputs: [{ type: 'say' }] },
    'a deletion of nothing': { ...whole, inputs: [{ ...input, type: 'delete' }] },
    'texts of no input': { ...whole, inputs: [input], texted: [0, 7] },
    'texts in disorder': { ...whole, inputs: [input, input], texted: [1, 0] },
    'inputs too deep to write': `{"run":"r","k":1,"after":0,"texted":[],"inputs":[${nested(20_000)}]}`,
  }
  for (const [name, data] of Object.entries(strange)) {
    test(`counts for nothing on any node: ${name}`, async () => {
      const { broker, node } = replicatedLog()
      const [one, two] = [await node('one'), await node('two')]
      await one.journal.append([draft('a', 'a')])
      await broker
        .connect('one')
        .append({ texts: [bytes('forged')], inputs: bytes(data) }, broker.messages.at(-1)?.place ?? 0)
      await one.journal.append([draft('b', 'b')])
      await two.journal.append([draft('c', 'c')])
      const three = await node('three')
      expect([shown(one.came), shown(two.came), three.left.mirror.last]).toEqual([
        ['1 a', '2 b', '3 c'],
        ['1 a', '2 b', '3 c'],
        3,
      ])
      expect([...one.lost, ...two.lost, ...three.lost]).toEqual([])
    })
  }

  for (const beat of [
    '{',
    'null',
    '[]',
    '{"run":1}',
    '{"run":"r","version":"1","reads":6,"seq":1,"digest":7,"address":null}',
  ]) {
    test(`is no beat, and a start reads past it: ${beat}`, async () => {
      const { node } = replicatedLog()
      const one = await node('one')
      const heard: string[] = []
      one.peers.beats$.subscribe(({ run }) => heard.push(run))
      await one.stream.beat(bytes(beat))
      await one.journal.append([draft('a')])
      const two = await node('two')
      expect([heard, shown(one.came), one.lost, two.left.mirror.last]).toEqual([[], ['1 a'], [], 1])
    })
  }
})

describe('[R14] texts that no batch takes', () => {
  const taken = (sizes: readonly number[]) => {
    const fold = new LogFold([])
    const message = (kind: MessageKind, place: number, data: Uint8Array) =>
      fold.take({ kind, place, node: 'one', at: 0, data })
    for (const [at, size] of sizes.entries()) message('text', at + 1, Buffer.alloc(size, 'a'))
    const all = sizes.map((_, at) => draft(`${at}`, 'a'))
    const batch = message('inputs', sizes.length + 1, batchOf({ run: 'r', k: 1, after: 0 }, all).inputs)
    return batch?.drafts.map(({ texts }) => texts.text?.length) ?? []
  }

  test('are held as far as one could have them', () => {
    expect(taken([1, 2, 3])).toEqual([1, 2, 3])
    expect(taken(Array(COMMIT_INPUTS + 1).fill(1)).indexOf(1)).toBe(1)
    expect(taken([1, COMMIT_BYTES / 2, COMMIT_BYTES / 2])).toEqual([undefined, COMMIT_BYTES / 2, COMMIT_BYTES / 2])
    expect(taken([1, COMMIT_BYTES + 1])).toEqual([undefined, COMMIT_BYTES + 1])
  })
})

describe('[R14] a log that is not the one that the node has read', () => {
  test('was made anew: the node says so, and does not wait for ever', async () => {
    const { broker, node } = replicatedLog()
    const { journal, left } = await node('one')
    await journal.append([draft('a'), draft('b')])
    await expect(replicatedLog(broker.epoch).node('one', { left })).rejects.toThrow(
      'the log is not the one that this node has read',
    )
  })

  test('was made anew, and others have written to it', async () => {
    const { broker, node } = replicatedLog()
    const { journal, left } = await node('one')
    await journal.append([draft('a')])
    const anew = replicatedLog(broker.epoch)
    const two = await anew.node('two')
    for (const id of ['b', 'c']) await two.journal.append([draft(id)])
    await expect(anew.node('one', { left })).rejects.toThrow('the log is not the one that this node has read')
  })

  test('lacks inputs that the node took while it was alone', async () => {
    const { clock, node } = replicatedLog()
    const one = await node('one')
    await one.journal.append([draft('a')])
    one.left.mirror.adopt([draft('alone')])
    const again = expect(node('one', { left: one.left })).rejects.toThrow(
      'this node has inputs that the log does not have',
    )
    await clock.advance(10_000)
    await again
  })
})

test('a node that runs notices with its next append that the log was made anew', async () => {
  const { broker, clock, node } = replicatedLog()
  const { journal, lost, came } = await node('one')
  for (const id of ['a', 'b', 'c']) await journal.append([draft(id)])
  broker.wipe()
  let isIn = false
  void journal.append([draft('d')]).then(() => {
    isIn = true
  })
  await clock.advance(5000)
  expect([lost.map(({ message }) => message.slice(0, 49)), came.length, isIn]).toEqual([
    ['the log is not the one that this node has read: t'],
    3,
    false,
  ])
})

test('a node to which nobody says anything notices with its next beat that the log was made anew', async () => {
  const { broker, node } = replicatedLog()
  const { journal, lost, peers } = await node('one')
  const beat = { node: 'one', run: 'r', address: null, version: '1', reads: 6, seq: 0, digest: null }
  await journal.append([draft('a')])
  await peers.beat(beat)
  await peers.beat(beat)
  expect(lost).toEqual([])
  broker.wipe()
  await peers.beat(beat)
  expect(lost.map(({ message }) => message.slice(0, 49))).toEqual(['the log is not the one that this node has read: t'])
})

test('a backup of the node that deleted a text loses it before the deletion is shown', async () => {
  const { fresh, node } = replicatedLog()
  const one = await node('one')
  await one.journal.append([draft('a', 'secret')])
  const backup = fresh()
  backup.mirror.adopt([draft('a', 'secret')])
  await one.journal.erase([1])
  await one.journal.append([deletion(1)])
  await node('one', { left: backup })
  const texts: unknown[] = []
  for await (const entries of backup.mirror.read(0)) texts.push(...entries.map(entry => entry.texts.text))
  expect(texts).toEqual([undefined, undefined])
})

test.each([
  ['a node has written to since', async ({ one }: Purged) => one.journal.append([draft('c', 'Spider-Man')])],
  [
    'only beats are in',
    async ({ one }: Purged) =>
      one.peers.beat({ run: 'r', address: null, version: '1', reads: 6, seq: 2, digest: null, node: 'one' } as never),
  ],
])('[R14] a new node refuses a log that was purged by hand, and that %s', async (_, since) => {
  const { broker, node } = replicatedLog()
  const one = await node('one')
  await one.journal.append([draft('a', 'José')])
  await one.journal.append([draft('b', '李')])
  await broker.connect('somebody').purge(broker.messages.at(-1)?.place ?? 0)
  await since({ one })
  await expect(node('two')).rejects.toThrow('the log begins after its first message')
  expect(one.lost).toEqual([])
})

test('[R14] a log that is purged while a new node looks at it is looked at again', async () => {
  const { fresh, node } = replicatedLog()
  const { journal, stream } = await node('one')
  await journal.append([draft('a', 'José')])
  await journal.keep({ seq: 1, state: 'a' })
  await journal.forget(1)
  await journal.append([draft('b', '李')])
  let asked = 0
  const list = async (): Promise<readonly string[]> => (asked++ === 0 ? [] : stream.states.list())
  const { mirror, places } = fresh()
  const looking = () => beginning({ ...stream, states: { ...stream.states, list } }, mirror, places)
  await expect(looking()).rejects.toThrow('purged meanwhile')
  expect((await looking()).map(({ seq }) => seq)).toEqual([1])
})

test('[R14] a log of which the first batch was given up is whole, so a new node begins with it', async () => {
  const { clock, node } = replicatedLog()
  const one = await node('one')
  let attempts = 0
  one.faults.landing = () => (attempts++ === 0 ? 20_000 : 0)
  one.faults.failing = () => (attempts === 2 ? 'the disk is full' : null)
  const refused = expect(one.journal.append([draft('a', 'José')])).rejects.toThrow('the disk is full')
  await clock.advance(5000)
  await refused
  await one.journal.append([draft('b', '李')])
  expect((await node('two')).left.mirror.last).toBe(1)
})

test('of two purges at once, the one that goes less far takes nothing back', async () => {
  const { states } = replicatedLog().broker.connect('one')
  await Promise.all([sayPurged(states, 100, 100), sayPurged(states, 90, 90)])
  expect(await purgedUpTo(states)).toBe(100)
  await sayPurged(states, 95, 95)
  expect(await purgedUpTo(states)).toBe(100)
  await sayPurged(states, 120, 120)
  expect(await states.list()).toEqual(['purged-120'])
})
