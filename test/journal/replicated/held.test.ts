// A node whose disk is full for a while: its memory is bounded, it says that it's behind, and when there is room again
// it has everything, in order.
import { expect, onTestFinished, test } from 'vitest'
import type { Entry } from '../../../src/model/input.ts'
import { HELD_MESSAGES, REPLICATED_PAGE, REPLICATED_RETRY_MS } from '../../../src/model/limits.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { replicatedLog } from '../../helpers/replicated-log.ts'
import { deletion, draft } from '../contract.ts'

const seqsOf = (came: readonly Entry[]) => came.map(({ seq }) => seq)

const BATCH = 500
const BATCHES = Math.ceil((3 * HELD_MESSAGES) / BATCH)
/** Messages beyond their turn are held, too, and a requested page still comes. */
const HELD_MOST = 2 * HELD_MESSAGES + REPLICATED_PAGE

async function world() {
  const { clock, fresh, node } = replicatedLog()
  const disk = { isFull: false }
  const tried = <T>(work: () => Promise<T>): Promise<T> =>
    disk.isFull ? Promise.reject(new Error('the disk is full')) : work()
  const left = fresh()
  const { erase, usable, stored } = left.mirror
  Object.assign(left.mirror, {
    erase: (seqs: readonly number[]) => tried(() => erase(seqs)),
    usable: () => tried(usable),
    stored: () => tried(stored),
  })
  const north = await node('north')
  const south = await node('south', { left })
  // Neither of them ends for the disk.
  onTestFinished(() => expect([...north.lost, ...south.lost]).toEqual([]))
  /** More messages than a node holds. */
  async function talk(): Promise<void> {
    for (let batch = 0; batch < BATCHES; batch++) {
      await north.journal.append(Array.from({ length: BATCH }, (_, k) => draft(`${batch}.${k}`, '李')))
    }
  }
  return { clock, disk, north, south, talk }
}

test('[R14] [Y5] a text that cannot be erased: the node waits, holds no more than it may, and is behind', async () => {
  const { clock, disk, north, south, talk } = await world()
  await north.journal.append([draft('secret', 'a secret')])
  disk.isFull = true
  await north.journal.erase([1])
  await north.journal.append([deletion(1)])
  await talk()
  await clock.advance(5000)
  expect(seqsOf(south.came)).toEqual([1])
  expect(south.peers.lag()).toBeGreaterThanOrEqual(5000)
  await expect(south.peers.usable()).rejects.toThrow('the disk is full')

  // Without the log it can go on with nothing but the held messages.
  south.faults.isCut = true
  disk.isFull = false
  await clock.advance(REPLICATED_RETRY_MS)
  expect(south.came.length).toBeGreaterThan(1)
  expect(south.came.length).toBeLessThanOrEqual(HELD_MOST)
  south.faults.isCut = false
  await clock.advance(20_000)
  expect(south.came).toEqual(north.came)
  expect(south.peers.lag()).toBe(0)
  await south.peers.usable()
  expect(await entriesIn(south.journal)).toEqual(await entriesIn(north.journal))
})

test('[R14] a mirror that cannot store shows what others say for a while, then waits', async () => {
  const { clock, disk, north, south, talk } = await world()
  disk.isFull = true
  await north.journal.append([draft('shown', 'shown')])
  expect([seqsOf(south.came), south.peers.lag()]).toEqual([[1], 0])
  await expect(south.journal.append([draft('own')])).rejects.toThrow('the disk is full')
  await talk()
  await clock.advance(5000)
  expect(south.came.length).toBeGreaterThan(1)
  expect(south.came.length).toBeLessThanOrEqual(HELD_MOST)
  expect(south.peers.lag()).toBeGreaterThanOrEqual(5000)
  disk.isFull = false
  await clock.advance(20_000)
  expect([south.came, south.peers.lag()]).toEqual([north.came, 0])
  await south.journal.append([draft('own')])
  expect(south.came).toEqual(north.came)
})
