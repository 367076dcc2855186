// The rules that make a journal of a log, on a log in memory that goes wrong: each rule against its own fault.
import { describe, expect, test } from 'vitest'
import { share } from '../../../src/journal/replicated/opening/shared-state.ts'
import { inputsIn } from '../../../src/journal/replicated/stream/messages.ts'
import type { Body, Entry } from '../../../src/model/input.ts'
import {
  ATTEMPT_MS,
  CLOCK_ROUND_TRIP_MAX_MS,
  HOLE_MS,
  REPLICATED_RETRY_MS,
  REPLICATED_SILENCE_MS,
} from '../../../src/model/limits.ts'
import type { HeardBeat } from '../../../src/port/peers.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { emptyDisk, ids, type ReplicatedLog, replicatedLog, said } from '../../helpers/replicated-log.ts'
import type { VirtualClock } from '../../helpers/virtual-clock.ts'
import { deletion, draft, journalContract } from '../contract.ts'
import { outcomeContract } from '../outcome-contract.ts'

const textsOf = (entries: readonly Entry[]) => entries.map(({ texts }) => texts.text)

journalContract('a replicated log', async () => (await replicatedLog().node('one')).journal)

outcomeContract('a replicated log', async () => {
  const { clock, node } = replicatedLog()
  const { journal, faults } = await node('one')
  return {
    journal,
    doubt(fate) {
      if (fate === 'late') faults.landing = () => 3000
      if (fate === 'quiet') faults.answer = () => 3000
      if (fate === 'never') faults.landing = () => null
    },
    wait: () => clock.advance(2500),
    async know() {
      const isNever = faults.landing() === null
      faults.landing = () => 0
      faults.answer = () => 0
      let refusals = isNever ? 1 : 0
      faults.failing = () => (refusals-- > 0 ? 'the disk is full' : null)
      await clock.advance(5000)
    },
  }
})

/** `purge`: a node writes an input `b`, and purges the log up to it. */
function purging() {
  const log = replicatedLog()
  return {
    ...log,
    async purge({ journal, left }: Awaited<ReturnType<typeof log.node>>): Promise<void> {
      await journal.append(said('b'))
      await journal.keep({ seq: left.mirror.last, state: 'all' })
      await journal.forget(left.mirror.last)
      expect(log.broker.messages).toEqual([])
    },
  }
}

describe('several nodes', () => {
  test('fold one log to the same entries, from any author', async () => {
    const { node } = replicatedLog()
    const [one, two] = [await node('one'), await node('two')]
    await Promise.all(
      [one, two].flatMap(({ journal }, k) => said(`Spider-Man${k}`, `李${k}`).map(each => journal.append([each]))),
    )
    await one.journal.append(said('last'))
    expect(one.came).toHaveLength(5)
    expect(two.came).toEqual(one.came)
    expect(await entriesIn(two.journal)).toEqual(await entriesIn(one.journal))
    expect(one.came.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
  })

  test('a node that starts later has everything', async () => {
    const { node } = replicatedLog()
    const one = await node('one')
    await one.journal.append(said('a', 'b'))
    await one.journal.append([draft('c')])
    const two = await node('two')
    expect(await entriesIn(two.journal)).toEqual(await entriesIn(one.journal))
    await two.journal.append(said('d'))
    expect(ids(one.came)).toBe('a b c d')
  })
})

describe('messages that a node does not hear', () => {
  test('is read after a while, from any replica and without a leader', async () => {
    const { broker, clock, node } = replicatedLog()
    const [one, two] = [await node('one'), await node('two')]
    two.faults.hearing = () => []
    await one.journal.append(said('a'))
    two.faults.hearing = () => [0]
    await one.journal.append(said('b'))
    broker.hasLeader = false
    await clock.advance(HOLE_MS - 1)
    expect([ids(two.came), two.peers.lag()]).toEqual(['', HOLE_MS - 1])
    await clock.advance(1)
    expect([ids(two.came), two.peers.lag()]).toEqual(['a b', 0])
  })

  test('comes in order if it is only late, and once if it comes twice', async () => {
    const { clock, node } = replicatedLog()
    const [one, two] = [await node('one'), await node('two')]
    let late = 300
    two.faults.hearing = () => [late, late + 50]
    for (const id of ['a', 'b', 'c']) {
      await one.journal.append(said(id))
      late -= 100
    }
    await clock.advance(HOLE_MS - 1)
    expect(ids(two.came)).toBe('a b c')
  })

  test('is found by a node that hears nothing at all any more', async () => {
    const { clock, node } = replicatedLog()
    const [one, two] = [await node('one'), await node('two')]
    two.faults.hearing = () => []
    await one.journal.append(said('a'))
    await clock.advance(2 * REPLICATED_SILENCE_MS)
    expect(ids(two.came)).toBe('a')
  })

  test('waits for a replica that has it', async () => {
    const { clock, node } = replicatedLog()
    const [one, two] = [await node('one'), await node('two')]
    two.faults.hearing = () => []
    await one.journal.append([draft('a')])
    two.faults.hearing = () => [0]
    two.faults.behind = () => 2
    await one.journal.append([draft('b')])
    await clock.advance(5 * HOLE_MS)
    expect(ids(two.came)).toBe('')
    two.faults.behind = () => 0
    await clock.advance(REPLICATED_RETRY_MS)
    expect(ids(two.came)).toBe('a b')
  })
})

describe('an append', () => {
  test('is stored once, however many attempts land', async () => {
    const { broker, clock, node } = replicatedLog()
    const [one, two] = [await node('one'), await node('two')]
    one.faults.landing = () => 2600
    const appended = one.journal.append(said('a'))
    await clock.advance(3000)
    await appended
    await clock.advance(10_000)
    expect([ids(one.came), ids(two.came)]).toEqual(['a', 'a'])
    expect(broker.messages.filter(({ kind }) => kind === 'inputs')).toHaveLength(1)
  })

  test('does not wait long for a broker that has gone', async () => {
    const { clock, node } = replicatedLog()
    const one = await node('one')
    let attempts = 0
    one.faults.landing = () => (attempts++ === 0 ? null : 0)
    const appended = one.journal.append(said('a'))
    await clock.advance(ATTEMPT_MS)
    await appended
    expect([attempts, ids(one.came)]).toEqual([2, 'a'])
  })

  test('is known when it comes back, although every answer is lost', async () => {
    const { clock, node } = replicatedLog()
    const one = await node('one')
    one.faults.answer = () => null
    await Promise.all([one.journal.append(said('a')), clock.settle()])
    await Promise.all([one.journal.append(said('b')), clock.settle()])
    expect(ids(one.came)).toBe('a b')
  })

  test('is known without hearing it, if there is an answer', async () => {
    const { node } = replicatedLog()
    const one = await node('one', { faults: { hearing: () => [] } })
    await one.journal.append(said('a', 'b'))
    await one.journal.append(said('c'))
    expect(ids(one.came)).toBe('a b c')
  })

  test('of an earlier run is in the log before the first of the next one, or never', async () => {
    for (const landing of [2000, 5000]) {
      const { broker, clock, node } = replicatedLog()
      const old = await node('one')
      await old.journal.append(said('a'))
      old.faults.landing = () => landing
      void old.journal.append(said('b'))
      await clock.advance(1500)
      await old.journal.close()
      const next = await node('one')
      if (landing === 2000) await clock.advance(1000)
      await next.journal.append(said('c'))
      await clock.advance(10_000)
      expect(ids(await entriesIn(next.journal))).toBe(landing === 2000 ? 'a b c' : 'a c')
      expect(broker.messages.filter(({ kind }) => kind === 'inputs')).toHaveLength(landing === 2000 ? 3 : 2)
    }
  })

  test('ends a server that goes on while another one writes as the same node', async () => {
    const { clock, node } = replicatedLog()
    const old = await node('one')
    await old.journal.append(said('a'))
    const next = await node('one')
    await next.journal.append(said('b'))
    expect(old.lost.map(({ message }) => message)).toEqual([expect.stringContaining('--node')])
    let outcome = 'unknown'
    old.journal.append(said('c')).then(
      () => (outcome = 'committed'),
      () => (outcome = 'never'),
    )
    await clock.advance(10_000)
    await next.journal.append(said('d'))
    expect([outcome, ids(next.came), next.lost]).toEqual(['unknown', 'b d', []])
  })

  test('is refused at once if the log says why, and nothing of it comes', async () => {
    const { node } = replicatedLog()
    const one = await node('one')
    one.faults.failing = () => 'the disk is full'
    await expect(one.journal.append(said('a'))).rejects.toThrow('the disk is full')
    one.faults.failing = () => null
    await one.journal.append(said('b'))
    expect(one.came.map(({ seq, input }) => [seq, input.id])).toEqual([[1, 'b']])
  })

  test('that may still land is given up only when an empty one has its place', async () => {
    const { broker, clock, node } = replicatedLog()
    const one = await node('one')
    let attempts = 0
    // The first attempt is on its way for long; the second is refused for the disk.
    one.faults.landing = () => (attempts++ === 0 ? 20_000 : 0)
    one.faults.failing = () => (attempts === 2 ? 'the disk is full' : null)
    const refused = expect(one.journal.append(said('a'))).rejects.toThrow('the disk is full')
    await clock.advance(5000)
    await refused
    await clock.advance(30_000)
    expect([ids(one.came), broker.messages.map(({ data }) => inputsIn(data).inputs)]).toEqual(['', [[]]])
    await one.journal.append(said('b'))
    expect(one.came.map(({ seq }) => seq)).toEqual([1])
  })

  test.each([
    ['that was sent again', false, 'a b c'],
    ['that was given up', true, 'b c'],
  ])('%s, and lands once more after a purge, counts on no node', async (_, isGivenUp, expected) => {
    const { broker, clock, node, purge } = purging()
    const [one, two] = [await node('one'), await node('two')]
    let attempts = 0
    // The first attempt is on its way for long; the second lands, or is refused for the disk.
    one.faults.landing = () => (attempts++ === 0 ? 20_000 : 0)
    one.faults.failing = () => (isGivenUp && attempts === 2 ? 'the disk is full' : null)
    const appended = one.journal.append(said('a')).catch(() => {})
    await clock.advance(5000)
    await appended
    await purge(two)
    await clock.advance(30_000)
    expect(broker.messages).toHaveLength(2)
    await Promise.all([one.journal.append(said('c')), clock.advance(1000)])
    const three = await node('three')
    expect([ids(one.came), ids(two.came), ids(await entriesIn(three.journal))]).toEqual([expected, expected, 'c'])
    expect([...one.lost, ...two.lost]).toEqual([])
  })

  test('of an earlier run that lands after a purge counts on no node', async () => {
    const { clock, node, purge } = purging()
    const [old, two] = [await node('one'), await node('two')]
    old.faults.landing = () => 20_000
    void old.journal.append(said('a'))
    await clock.advance(1500)
    await old.journal.close()
    const next = await node('one')
    await next.journal.append(said('c'))
    await purge(two)
    await clock.advance(30_000)
    await Promise.all([next.journal.append(said('d')), clock.advance(1000)])
    const three = await node('three')
    expect([ids(next.came), ids(two.came), ids(await entriesIn(three.journal))]).toEqual(['c b d', 'c b d', 'd'])
    expect([...next.lost, ...two.lost]).toEqual([])
  })

  test('is not misled by an answer that is out of date', async () => {
    const { clock, node } = replicatedLog()
    const one = await node('one')
    await one.journal.append(said('a'))
    // Nothing comes back by itself, and the replica that is asked knows nothing yet.
    one.faults.hearing = () => []
    one.faults.answer = () => null
    one.faults.behind = () => 9
    const appended = one.journal.append(said('b'))
    await clock.advance(2000)
    one.faults.answer = () => 0
    await clock.advance(5000)
    one.faults.behind = () => 0
    await clock.advance(2000)
    await appended
    await Promise.all([one.journal.append(said('c')), clock.advance(1000)])
    expect(one.came.map(({ seq, input }) => [seq, input.id])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ])
  })

  test('that is there twice counts once, and its node goes on after it', async () => {
    const { broker, node } = replicatedLog()
    const one = await node('one')
    await one.journal.append(said('a'))
    const [text, inputs] = broker.messages
    const again = { texts: [text?.data ?? Buffer.of()], inputs: inputs?.data ?? Buffer.of() }
    await one.stream.append(again, inputs?.place ?? 0)
    await one.journal.append(said('b'))
    const two = await node('two')
    expect(one.came.map(({ seq, input }) => [seq, input.id])).toEqual([
      [1, 'a'],
      [2, 'b'],
    ])
    expect(await entriesIn(two.journal)).toEqual(await entriesIn(one.journal))
  })

  test('goes on after its own inputs were purged', async () => {
    const { clock, node } = replicatedLog()
    const one = await node('one')
    await one.journal.append(said('a', 'b'))
    await one.journal.keep({ seq: 2, state: 'ab' })
    await one.journal.forget(2)
    expect((await one.stream.read(0, 10)).messages).toEqual([])
    await Promise.all([one.journal.append(said('c')), clock.advance(1000)])
    expect(ids(one.came)).toBe('a b c')
  })

  test('goes on after all nodes have ended when everything was purged', async () => {
    const { clock, node, purge } = purging()
    const before = await node('one')
    await purge(before)
    await before.journal.close()
    const again = await node('one', { left: before.left })
    await Promise.all([again.journal.append(said('c')), clock.advance(1000)])
    expect(ids(await entriesIn(again.journal))).toBe('c')
    expect(again.lost).toEqual([])
  })
})

describe('a text', () => {
  test('that is erased is gone from the log, and from every mirror before the deletion is shown [Y5]', async () => {
    const { broker, node } = replicatedLog()
    const [one, two] = [await node('one'), await node('two')]
    await one.journal.append(said('a', 'b', 'c'))
    const shown: unknown[] = []
    const reading: Promise<void>[] = []
    two.journal.committed$.subscribe(entries => {
      if (entries.some(({ input }) => input.type === 'delete')) {
        reading.push(entriesIn(two.journal).then(all => void shown.push(textsOf(all.slice(0, 3)))))
      }
    })
    await one.journal.erase([2])
    await one.journal.append([deletion(2)])
    await Promise.all(reading)
    expect(shown).toEqual([['a', undefined, 'c']])
    expect(
      broker.messages.filter(({ kind }) => kind === 'text').map(({ data }) => Buffer.from(data).toString()),
    ).toEqual(['a', 'c'])
  })

  test('of before an edit is gone from every mirror before the edit is shown, and all of them before a deletion [Y11]', async () => {
    const { node } = replicatedLog()
    const [one, two] = [await node('one'), await node('two')]
    const stamp = { at: 1, origin: 'one', session: 'host', n: null }
    const seen = async (body: Body): Promise<readonly (string | undefined)[]> => {
      const shown = Promise.withResolvers<readonly (string | undefined)[]>()
      const watching = two.journal.committed$.subscribe(() => {
        entriesIn(two.journal).then(all => shown.resolve(textsOf(all.slice(0, 3))), shown.reject)
      })
      await one.journal.append([{ input: { ...body, ...stamp, id: body.type }, texts: {} }])
      watching.unsubscribe()
      return shown.promise
    }
    await one.journal.append(said('first', 'second', 'third'))
    expect(await seen({ type: 'show-edit', edit: 2, texts: [1] })).toEqual([undefined, 'second', 'third'])
    const about = { target: 1, room: 'lobby', members: [], everyone: false, texts: [2, 3] }
    expect(await seen({ type: 'delete', ...about })).toEqual([undefined, undefined, undefined])
  })

  test('of an edit that is later than what is forgotten goes with it, in the log only if that is meant [Y7]', async () => {
    const { broker, node } = replicatedLog()
    const [one, two] = [await node('one'), await node('two')]
    await one.journal.append(said('a', 'b', 'c'))
    const inLog = () =>
      broker.messages.flatMap(({ kind, data }) => (kind === 'text' ? [Buffer.from(data).toString()] : []))
    await one.journal.forget(1, false, [3])
    expect(textsOf(await entriesIn(one.journal))).toEqual([undefined, 'b', undefined])
    expect(inLog()).toEqual(['a', 'b', 'c'])
    await two.journal.forget(1, true, [3])
    expect(inLog()).toEqual(['b'])
  })

  test.each([
    ['as far as inputs are purged', 5],
    ['beyond that', 0],
  ])('that is forgotten is gone from the log, %s [Y7]', async (_, kept) => {
    const { broker, node } = replicatedLog()
    const [one, two] = [await node('one'), await node('two')]
    await one.journal.append(said('a', 'b'))
    await two.journal.append([draft('no text'), ...said('c')])
    await one.journal.append([...said('d'), draft('no text'), ...said('e', 'f')])
    await two.journal.append(said('g'))
    const inLog = () =>
      broker.messages.flatMap(({ kind, data }) => (kind === 'text' ? [Buffer.from(data).toString()] : []))
    await one.journal.forget(4, false)
    expect(inLog().join('')).toBe('abcdefg')
    if (kept > 0) await one.journal.keep({ seq: kept, state: '' })
    await one.journal.forget(1)
    await one.journal.forget(5)
    expect(inLog().join('')).toBe('efg')
    await one.journal.forget(7)
    expect(inLog().join('')).toBe('fg')
    await one.journal.forget(9)
    await one.journal.forget(9)
    expect(inLog()).toEqual([])
    const three = await node('three')
    await three.journal.append(said('h'))
    expect(ids(two.came).slice(-1)).toBe('h')
  })

  test('of an erased message does not come back with a new node', async () => {
    const { node } = replicatedLog()
    const one = await node('one')
    await one.journal.append(said('a', 'b', 'c'))
    await one.journal.erase([1, 3])
    const two = await node('two')
    expect(textsOf(await entriesIn(two.journal))).toEqual([undefined, 'b', undefined])
  })

  test('is not shown as deleted while a mirror cannot erase it', async () => {
    const { clock, fresh, node } = replicatedLog()
    const one = await node('one')
    const { mirror, places } = fresh()
    let isStuck = true
    const stuck = Object.assign(Object.create(mirror) as typeof mirror, {
      erase: (seqs: readonly number[]) => (isStuck ? Promise.reject(new Error('busy')) : mirror.erase(seqs)),
    })
    const two = await node('two', { left: { mirror: stuck, places } })
    await one.journal.append(said('a'))
    await one.journal.append([deletion(1)])
    await one.journal.append(said('b'))
    await clock.advance(1000)
    expect(ids(two.came)).toBe('a')
    isStuck = false
    await clock.advance(REPLICATED_RETRY_MS)
    expect(ids(two.came)).toBe('a d1 b')
  })
})

describe('a start', () => {
  test('goes on where the mirror ends, and does not take anything twice', async () => {
    const { broker, node } = replicatedLog()
    const one = await node('one')
    await one.journal.append(said('a'))
    await one.journal.append(said('b', 'c'))
    await one.journal.close()
    const next = await node('one', { left: one.left })
    expect(ids(await entriesIn(next.journal))).toBe('a b c')
    const other = await node('two')
    await other.journal.append(said('d'))
    expect(await entriesIn(next.journal)).toEqual(await entriesIn(other.journal))
    expect(broker.messages).toHaveLength(7)
  })

  test('goes on in the middle of a batch, if the mirror has only a part of it', async () => {
    const { fresh, node } = replicatedLog()
    const one = await node('one')
    await one.journal.append(said('a', 'b', 'c'))
    await one.journal.append(said('d'))
    const partly = fresh()
    partly.mirror.adopt(said('a', 'b'))
    const two = await node('two', { left: partly })
    expect(await entriesIn(two.journal)).toEqual(await entriesIn(one.journal))
  })

  test('refuses a mirror that has gone on without the log', async () => {
    const { fresh, node } = replicatedLog()
    const one = await node('one')
    await one.journal.append(said('a', 'b'))
    const alone = fresh()
    alone.mirror.adopt(said('a', 'x'))
    const two = await node('two', { left: alone })
    expect(two.lost.map(({ message }) => message)).toEqual([expect.stringContaining('input 2 of this node is not')])
  })

  test('refuses a mirror of another chat', async () => {
    const { node } = replicatedLog()
    await expect(node('one', { left: emptyDisk('another') })).rejects.toThrow('another chat')
  })

  test('waits for a log that has no leader yet', async () => {
    const { broker, clock, node } = replicatedLog()
    broker.hasLeader = false
    let isOpen = false
    const opening = node('one').then(() => {
      isOpen = true
    })
    await clock.advance(5000)
    expect(isOpen).toBe(false)
    broker.hasLeader = true
    await clock.advance(REPLICATED_RETRY_MS)
    await opening
  })

  test('begins with the shared state, if the log was purged', async () => {
    const { node } = replicatedLog()
    const one = await node('one')
    await one.journal.append(said('a', 'b'))
    await one.journal.append(said('c'))
    await one.journal.keep({ seq: 2, state: 'after b 🎉' })
    await one.journal.forget(2)
    const two = await node('two')
    expect(await two.journal.snapshot()).toEqual({ seq: 2, state: 'after b 🎉' })
    expect((await entriesIn(two.journal)).map(({ seq, input }) => [seq, input.id])).toEqual([[3, 'c']])
    await two.journal.append(said('d'))
    expect(one.came.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  })

  test('has all that the others have, if states were shared since the log was purged [Y8]', async () => {
    const { node } = replicatedLog()
    const one = await node('one')
    for (const id of ['a', 'b', 'c', 'd', 'e']) await one.journal.append(said(id))
    await one.journal.keep({ seq: 2, state: 'ab' })
    await one.journal.forget(2)
    const { states } = one.stream
    for (const seq of [3, 4, 5]) {
      await share(states, {
        seq,
        state: 'later',
        batches: [{ node: 'one', run: 'run 1', k: seq, place: 2 * seq, seq }],
      })
    }
    const two = await node('two')
    expect(await two.journal.snapshot()).toEqual({ seq: 2, state: 'ab' })
    expect(ids(await entriesIn(two.journal))).toBe('c d e')
    expect(await states.list()).toEqual(['2', '4', '5', 'purged-4'])
    await one.journal.keep({ seq: 4, state: 'abcd' })
    await one.journal.forget(4)
    await share(states, { seq: 6, state: 'last', batches: [] })
    expect(await states.list()).toEqual(['4', '5', '6', 'purged-8'])
  })

  test('is not put off by messages that are gone by themselves', async () => {
    const { broker, clock, node } = replicatedLog()
    const [one, two] = [await node('one'), await node('two')]
    await one.journal.append(said('a'))
    await one.journal.keep({ seq: 1, state: 'a' })
    await one.journal.forget(1)
    await one.stream.beat(Buffer.from('{}'))
    await one.journal.append(said('b'))
    await one.journal.erase([2])
    await two.journal.close()
    await clock.advance(100_000)
    expect(broker.messages.map(({ kind }) => kind)).toEqual(['inputs'])
    const again = await node('two', { left: two.left })
    await one.journal.append(said('c'))
    expect([ids(await entriesIn(again.journal)), ids(again.came), again.lost]).toEqual(['a b c', 'c', []])
  })

  test('of a node that goes on is not spared if the log was purged meanwhile', async () => {
    const { clock, node } = replicatedLog()
    const [one, two] = [await node('one'), await node('two')]
    two.faults.isCut = true
    await one.journal.append(said('a', 'b'))
    await one.journal.keep({ seq: 2, state: 'ab' })
    await one.journal.forget(2)
    two.faults.isCut = false
    await one.journal.append(said('c'))
    await clock.advance(1000)
    expect([ids(two.came), two.lost.map(({ message }) => message)]).toEqual(['', [expect.stringContaining('purged')]])
  })

  test('of a node that goes on is not spared if the log was purged while it read a page', async () => {
    const { clock, node } = replicatedLog()
    const [one, two] = [await node('one'), await node('two')]
    two.faults.hearing = () => []
    for (const id of ['a', 'b', 'c', 'd']) await one.journal.append(said(id))
    await one.journal.keep({ seq: 3, state: 'abc' })
    const { read } = two.stream
    // The broker gives the stored messages, one after another.
    two.stream.read = async (after, most) => {
      const { messages } = await read(after, 2)
      await one.journal.forget(3)
      const { messages: more, upTo } = await read(messages.at(-1)?.place ?? after, most)
      return { messages: [...messages, ...more], upTo }
    }
    await clock.advance(10_000)
    expect([ids(two.came), two.lost.map(({ message }) => message)]).toEqual(['', [expect.stringContaining('purged')]])
  })

  test('reads on after messages that it can make nothing of', async () => {
    const { broker, node } = replicatedLog()
    const one = await node('one')
    await one.journal.append(said('a'))
    await one.journal.append(said('b'))
    const stream = broker.connect('two')
    const { read } = stream
    stream.read = async after => {
      const page = await read(after, 1)
      return page.upTo < 3 ? { ...page, messages: [] } : page
    }
    const two = await node('two', { stream })
    expect(ids(await entriesIn(two.journal))).toBe('b')
  })

  test('refuses a mirror that ends before the log begins', async () => {
    const { fresh, node } = replicatedLog()
    const one = await node('one')
    const left = fresh()
    const away = await node('two', { left })
    await one.journal.append(said('a'))
    await away.journal.close()
    await one.journal.append(said('b', 'c'))
    await one.journal.keep({ seq: 3, state: 'abc' })
    await one.journal.forget(3)
    await expect(node('two', { left })).rejects.toThrow('away for longer')
  })

  test('knows the marks of quarantine that others have set [Q1]', async () => {
    const { node } = replicatedLog()
    const one = await node('one')
    await one.journal.append(said('a', 'b'))
    await one.journal.quarantine(2, 'Error: poisoned')
    const two = await node('two')
    expect((await entriesIn(two.journal)).map(({ quarantined }) => quarantined)).toEqual([null, 'Error: poisoned'])
  })
})

test('a journal that is closed leaves nothing behind', async () => {
  const { broker, clock, node } = replicatedLog()
  const [one, two] = [await node('one'), await node('two', { faults: { hearing: () => [] } })]
  broker.hasLeader = false
  void one.journal.append(said('a'))
  await clock.advance(5000)
  await one.journal.close()
  await two.journal.close()
  await clock.advance(10_000)
  expect(clock.pending()).toBe(0)
})

describe('beats', () => {
  const beat = { node: 'one', run: 'r', address: 'tcp://one', version: '1', reads: 5, seq: 0, digest: null }

  async function beating(clock: VirtualClock, node: ReplicatedLog['node']) {
    const [one, two] = [await node('one'), await node('two')]
    const beats: HeardBeat[] = []
    two.peers.beats$.subscribe(heard => beats.push(heard))
    await clock.advance(100)
    return { one, two, beats }
  }

  test('come to all nodes, in the order of the log', async () => {
    const { clock, node } = replicatedLog()
    const { one, two, beats } = await beating(clock, node)
    const order: string[] = []
    two.journal.committed$.subscribe(entries => order.push(ids(entries)))
    two.peers.beats$.subscribe(() => order.push('beat'))
    await one.journal.append(said('a'))
    await one.peers.beat(beat)
    await one.journal.append(said('b'))
    expect(beats).toEqual([{ ...beat, heardAt: clock.elapsed() }])
    expect(order).toEqual(['a', 'beat', 'b'])
  })

  test('tell how far the clock of the broker is ahead', async () => {
    const { broker, clock, node } = replicatedLog()
    broker.ahead = 5000
    const { one } = await beating(clock, node)
    expect(one.peers.offset()).toBeNull()
    one.faults.hearing = () => [40]
    await one.peers.beat(beat)
    await clock.advance(40)
    expect(one.peers.offset()).toBe(4980)
    one.faults.hearing = () => [0]
    await one.peers.beat(beat)
    expect(one.peers.offset()).toBe(5000)
  })

  test('tell nothing when the first one was under way for so long that it may be far off', async () => {
    const { broker, clock, node } = replicatedLog()
    broker.ahead = 5000
    const { one } = await beating(clock, node)
    one.faults.hearing = () => [CLOCK_ROUND_TRIP_MAX_MS + 1]
    await one.peers.beat(beat)
    await clock.advance(CLOCK_ROUND_TRIP_MAX_MS + 1)
    expect(one.peers.offset()).toBeNull()
    one.faults.hearing = () => [0]
    await one.peers.beat(beat)
    expect(one.peers.offset()).toBe(5000)
  })

  test('still tell it right when the own clock was set since', async () => {
    const { clock, node } = replicatedLog()
    const { one } = await beating(clock, node)
    await one.peers.beat(beat)
    expect(one.peers.offset()).toBe(0)
    clock.jump(-60_000)
    expect(one.peers.offset()).toBe(60_000)
  })

  test('show when anything was last heard', async () => {
    const { clock, node } = replicatedLog()
    const { one, two } = await beating(clock, node)
    await one.peers.beat(beat)
    const heardAt = clock.elapsed()
    await clock.advance(2000)
    expect(two.peers.heardAt()).toBe(heardAt)
  })

  test('a signal is JSON, and anything else is left out', async () => {
    const { clock, node } = replicatedLog()
    const { one, two } = await beating(clock, node)
    const heard: unknown[] = []
    two.peers.signals$.subscribe(signal => heard.push(signal))
    one.stream.signal(Buffer.from('{'))
    one.peers.signal({ typing: '李' })
    await clock.settle()
    expect(heard).toEqual([{ node: 'one', signal: { typing: '李' } }])
  })
})
