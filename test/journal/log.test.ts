/**
 * The commit log: after any appends, checkpoints, scrubs, tears and reopenings, the acknowledged inputs are there, in
 * order and once, and nothing else is; and no byte of a scrubbed one.
 */
import { copyFileSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Disk } from '../../src/journal/sqlite/file/disk.ts'
import { CommitLog } from '../../src/journal/sqlite/log/log.ts'
import type { Committed } from '../../src/journal/sqlite/log/records.ts'
import { LOG_GROWTH_BYTES, LOG_HALF_BYTES } from '../../src/model/limits.ts'
import { cast } from '../helpers/cast.ts'
import { runs } from '../helpers/seeds.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { draft } from './contract.ts'

const EPOCH = 'epoch'
const marker = (seq: number): string => `<${cast[seq % cast.length]} ${seq}>`

/** The input in place `seq`; its checksum stands for the chain. */
function committed(seq: number, size: number): Committed {
  const { input } = draft(`${seq}`, '')
  const text = size === 0 ? {} : { text: `${marker(seq)}${'x'.repeat(size)}` }
  return { entry: { seq, input, texts: text, quarantined: null }, json: JSON.stringify(input), sum: seq * 7 }
}

/** A disk that can fail: it writes so many bytes of the next record, and then rejects. */
function failing() {
  const state = { writesOnly: null as number | null }
  const disk: Disk = {
    async write(fd, bytes, at) {
      // Zeros allocate and remove.
      const most = bytes.some(byte => byte !== 0) ? state.writesOnly : null
      if (most !== null) state.writesOnly = null
      writeSync(fd, bytes, 0, Math.min(bytes.length, most ?? bytes.length), at)
      if (most !== null) throw new Error('EIO')
    },
    sync: async () => {},
  }
  return { state, disk }
}

/** A log, and a model of its content. */
function opened() {
  const file = join(temporaryFolder(), 'journal.db-log')
  const { state, disk } = failing()
  const left: Committed[] = []
  const open = (): CommitLog =>
    new CommitLog(file, { epoch: EPOCH, last: durable, sum: durable * 7 }, inputs => left.push(...inputs), disk)
  const gone: number[] = []
  let all: readonly Committed[] = []
  let durable = 0
  let log = open()

  return {
    get last() {
      return all.length
    },
    async append(sizes: readonly number[]) {
      const inputs = sizes.map((size, k) => committed(all.length + 1 + k, size))
      await log.append(inputs, all.length * 7, async () => {
        durable = all.length
        log.release(durable)
      })
      all = [...all, ...inputs]
    },
    async fail(sizes: readonly number[], bytes: number) {
      state.writesOnly = bytes
      await expect(this.append(sizes)).rejects.toThrow('EIO')
    },
    settle() {
      durable = all.length
      log.release(durable)
    },
    async scrub(seqs: readonly number[]) {
      this.settle()
      gone.push(...seqs)
      await log.scrub((first, last) => seqs.some(seq => seq >= first && seq <= last))
    },
    /** Killed, and opened again. */
    reopen() {
      log.stop()
      left.length = 0
      const before = log
      log = open()
      before.close(false)
      expect(left).toEqual(all.slice(durable))
    },
    expectScrubbed() {
      const bytes = readFileSync(file)
      expect(gone.filter(seq => bytes.includes(marker(seq)))).toEqual([])
    },
    copy(to: string) {
      copyFileSync(file, to)
    },
    close: () => log.close(false),
  }
}

const sizes = fc.array(
  fc.oneof({ weight: 5, arbitrary: fc.nat(300) }, { weight: 1, arbitrary: fc.integer({ min: 100_000, max: 900_000 }) }),
  { minLength: 1, maxLength: 4 },
)

const acts = fc.oneof(
  { weight: 12, arbitrary: fc.record({ act: fc.constant('append' as const), sizes }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('fail' as const), sizes, bytes: fc.nat(5000) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('settle' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('scrub' as const),
      at: fc.array(fc.nat(200), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('reopen' as const) }) },
)

test('has what it was acknowledged for, and nothing of what failed or was scrubbed [J2] [J3] [Y5]', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 10, maxLength: 60 }), async all => {
      const on = opened()
      for (const one of all) {
        if (one.act === 'append') await on.append(one.sizes)
        else if (one.act === 'fail') await on.fail(one.sizes, one.bytes)
        else if (one.act === 'settle') on.settle()
        else if (one.act === 'reopen') on.reopen()
        else if (on.last > 0) await on.scrub(one.at.map(at => (at % on.last) + 1))
        on.expectScrubbed()
      }
      on.reopen()
      on.close()
    }),
    { numRuns: runs(15) },
  )
})

test('goes from half to half, and stays within both', async () => {
  const on = opened()
  for (let k = 0; k < 60; k++) await on.append([300_000])
  on.reopen()
  const copy = join(temporaryFolder(), 'copy')
  on.copy(copy)
  expect(readFileSync(copy).length).toBeLessThanOrEqual(2 * LOG_HALF_BYTES)
  on.close()
})

test('refuses a commit that is larger than a half, and goes on', async () => {
  const on = opened()
  await on.append([10])
  await expect(on.append([LOG_HALF_BYTES])).rejects.toThrow('larger than its log')
  await on.append([20])
  on.reopen()
  on.close()
})

test('waits for the disk once for many records that are removed together', async () => {
  const file = join(temporaryFolder(), 'journal.db-log')
  let writes = 0
  const { disk } = failing()
  const counting: Disk = {
    ...disk,
    write: (...args) => {
      writes += 1
      return disk.write(...args)
    },
  }
  const log = new CommitLog(file, { epoch: EPOCH, last: 0, sum: 0 }, () => {}, counting)
  for (let seq = 1; seq <= 300; seq++) await log.append([committed(seq, 50)], (seq - 1) * 7, async () => {})
  log.release(300)
  writes = 0
  await log.scrub(first => first <= 290)
  expect(writes).toBe(1)
  const bytes = readFileSync(file)
  expect([290, 291].map(seq => bytes.includes(marker(seq)))).toEqual([false, true])
  log.close(false)
})

test('has nothing of a commit that failed, however much of it was written [J3]', async () => {
  const file = join(temporaryFolder(), 'journal.db-log')
  const { state, disk } = failing()
  const log = new CommitLog(file, { epoch: EPOCH, last: 0, sum: 0 }, () => {}, disk)
  state.writesOnly = 3000
  await expect(log.append([committed(1, 300), committed(2, 5000)], 0, async () => {})).rejects.toThrow('EIO')
  const bytes = readFileSync(file)
  expect([1, 2].filter(seq => bytes.includes(marker(seq)))).toEqual([])
  log.close(false)
})

test('writes a commit only where there is room on the disk already, also after a start [J3]', async () => {
  const file = join(temporaryFolder(), 'journal.db-log')
  const { disk } = failing()
  const written = new Set<number>()
  const without: number[] = []
  const BLOCK = 4096
  const watched: Disk = {
    ...disk,
    async write(fd, bytes, at) {
      const isRecord = bytes.some(byte => byte !== 0)
      for (let block = Math.floor(at / BLOCK); block * BLOCK < at + bytes.length; block++) {
        if (isRecord && !written.has(block)) without.push(block)
        written.add(block)
      }
      return disk.write(fd, bytes, at)
    },
  }
  for (let block = 0; block < LOG_GROWTH_BYTES / BLOCK; block++) written.add(block)
  let seq = 0
  const open = (): CommitLog => new CommitLog(file, { epoch: EPOCH, last: seq, sum: seq * 7 }, () => {}, watched)
  let log = open()
  const append = async (): Promise<void> => {
    await log.append([committed(seq + 1, 30_000)], seq * 7, async () => {})
    seq += 1
  }
  for (let round = 0; round < 6; round++) {
    await append()
    log.release(seq)
    // It goes on in the other half, so the rest of this one isn't allocated.
    await log.scrub(() => true)
    for (let k = 0; k < 2 * round; k++) await append()
    log.close(false)
    log = open()
  }
  log.close(false)
  expect(without).toEqual([])
})

test('on a nearly full disk, takes no more room than its commits need [J3]', async () => {
  const file = join(temporaryFolder(), 'journal.db-log')
  const ends = 3 * LOG_GROWTH_BYTES
  const disk: Disk = {
    async write(fd, bytes, at) {
      const room = Math.max(0, ends - at)
      writeSync(fd, bytes, 0, Math.min(bytes.length, room), at)
      if (bytes.length > room) throw new Error('ENOSPC')
    },
    sync: async () => {},
  }
  const left: Committed[] = []
  const open = () => new CommitLog(file, { epoch: EPOCH, last: 0, sum: 0 }, inputs => left.push(...inputs), disk)
  const append = (log: CommitLog, seq: number) => log.append([committed(seq, 1000)], (seq - 1) * 7, async () => {})
  const log = open()
  for (let seq = 1; statSync(file).size < 2 * LOG_GROWTH_BYTES; seq++) await append(log, seq)
  log.close(false)
  const before = statSync(file).size
  const again = open()
  await append(again, left.length + 1)
  again.close(false)
  expect(statSync(file).size - before).toBeLessThan(4096)
})

test('of a newer rxchat is refused, with what to do', async () => {
  const file = join(temporaryFolder(), 'journal.db-log')
  const open = (): CommitLog => new CommitLog(file, { epoch: EPOCH, last: 0, sum: 0 }, () => {}, failing().disk)
  const log = open()
  await log.append([committed(1, 5)], 0, async () => {})
  log.close(false)
  const { crc32 } = await import('node:zlib')
  const bytes = readFileSync(file)
  bytes.write('2', 'rxchat log '.length)
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 28)), 28)
  writeFileSync(file, bytes)
  expect(open).toThrow(/was written by a newer rxchat\. Update rxchat\./)
})
