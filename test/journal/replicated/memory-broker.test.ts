// The log in memory is one that the rules of a replicated journal may be tested on.
import { expect, test } from 'vitest'
import { batchOf } from '../../../src/journal/replicated/stream/messages.ts'
import { MemoryBroker } from '../../helpers/memory-broker.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'
import { draft } from '../contract.ts'
import { streamContract } from '../stream-contract.ts'

streamContract('the log in memory', async () => {
  const broker = new MemoryBroker(virtualClock())
  return async node => broker.connect(node)
})

const batch = batchOf({ run: 'run', k: 1, after: 0 }, [draft('a', 'A')])

test('an append may land after its node has given up, and not after the next one of that node', async () => {
  const clock = virtualClock()
  const broker = new MemoryBroker(clock)
  const slow = broker.connect('one', { landing: () => 5000 })
  const unknown = expect(slow.append(batch, 0)).rejects.toThrow('no answer')
  await clock.advance(4000)
  await unknown
  await clock.advance(1000)
  expect(broker.messages).toHaveLength(2)
  const again = slow.append(batch, 2)
  const next = broker.connect('one')
  expect(await next.append(batch, 2)).toEqual({ type: 'stored', place: 4 })
  await Promise.all([clock.advance(6000), expect(again).rejects.toThrow('no answer')])
  expect(broker.messages).toHaveLength(4)
})

test('a beat expires', async () => {
  const clock = virtualClock()
  const broker = new MemoryBroker(clock)
  await broker.connect('one').beat(Buffer.from('alive'))
  expect(broker.messages).toHaveLength(1)
  await clock.advance(60_000)
  expect([broker.messages.length, await broker.connect('two').end()]).toEqual([0, 1])
})
