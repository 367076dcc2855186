/**
 * The cost of a message and of a client, counted and not timed: a change that makes one of them dearer fails here, on
 * any machine. A bound lies somewhat above today's cost. Lower it when it takes less.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { queryObjects, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { nativeEncoding } from '../../src/codec/native/encoding.ts'
import { memoryJournal } from '../../src/journal/memory.ts'
import { type Disk, systemDisk } from '../../src/journal/sqlite/file/disk.ts'
import { openStore } from '../../src/journal/sqlite/store.ts'
import { say } from '../helpers/actors.ts'
import { enters, says, starts } from '../helpers/drafts.ts'
import { openWorld } from '../helpers/open-world.ts'
import { utcTime, type Wire, type World } from '../helpers/world.ts'

const UNBOUND = { rate: null, perAddress: null } as const
const hello = (name: string): string => `{"type":"hello","name":"${name}"}\n`

/** As many readers of each protocol in the lobby as asked for. */
async function crowd(world: World, native: number, line: number): Promise<readonly Wire[]> {
  const wires: Wire[] = []
  for (let k = 0; k < native + line; k++) {
    const wire = world.dial(`192.0.2.${k}`)
    await wire.send(k < native ? hello(`reader-${k}`) : `reader-${k}\n`)
    wires.push(wire)
  }
  await world.clock.advance(100)
  return wires
}

describe('a message', () => {
  test('is encoded once for each protocol that is read, however many read it', async () => {
    const timeOfDay = vi.fn(utcTime)
    const world = await openWorld(UNBOUND, memoryJournal('epoch'), { timeOfDay })
    const [speaker] = await crowd(world, 20, 20)
    const encode = vi.spyOn(nativeEncoding, 'encode')
    timeOfDay.mockClear()
    for (let k = 0; k < 10; k++) await speaker?.send(say(`message ${k}`))
    const said = encode.mock.calls.filter(([sent]) => sent.type === 'event' && sent.event.type === 'said')
    expect(said).toHaveLength(10)
    // A line has its time.
    expect(timeOfDay).toHaveBeenCalledTimes(10)
  })

  test('shares its write with all that came in the same turn', async () => {
    const world = await openWorld(UNBOUND)
    const wires = await crowd(world, 40, 0)
    const before = wires.map(({ writes }) => writes.length)
    for (let k = 0; k < 100; k++) wires[k % 10]?.peer.send(Buffer.from(say(`message ${k}`)))
    await world.clock.settle()
    const written = wires.map(({ writes }, at) => writes.length - (before[at] ?? 0))
    for (const wire of wires) expect(wire.text()).toContain('message 99')
    expect(Math.max(...written)).toBeLessThanOrEqual(3)
  })

  test('is one write of the disk, together with all that are committed with it, and few rows afterwards', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rxchat-guard-'))
    const writes: number[] = []
    const disk: Disk = {
      ...systemDisk,
      async write(fd, bytes, at) {
        await systemDisk.write(fd, bytes, at)
        writes.push(bytes.length)
      },
    }
    const { journal } = openStore(folder, () => 'epoch', disk)
    onTestFinished(() => rmSync(folder, { recursive: true }))
    await journal.append([starts(), enters('李')])
    writes.length = 0
    for (let k = 0; k < MESSAGES; k++) await journal.append([says('李', `message ${k}`)])
    expect(writes).toHaveLength(MESSAGES)
    expect(Math.max(...writes)).toBeLessThan(512)
    await journal.append(Array.from({ length: 100 }, (_, k) => says('李', `message ${k}`)))
    expect(writes).toHaveLength(MESSAGES + 1)
    await journal.close()
    expect(rowsIn(join(folder, 'journal.db')) / (MESSAGES + 100)).toBeLessThan(3)
  })
})

const MESSAGES = 20

/** In all tables. */
function rowsIn(file: string): number {
  const db = new DatabaseSync(file, { readOnly: true })
  onTestFinished(() => db.close())
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'").all()
  return tables.reduce(
    (sum, { name }) => sum + Number(db.prepare(`SELECT count(*) AS n FROM "${name}"`).get()?.['n']),
    0,
  )
}

describe('a client that is in a room and quiet', () => {
  const CLIENTS = 200

  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')

  /** The size of the heap, and the number of objects and functions. */
  const heap = () => {
    for (let k = 0; k < 2; k++) collect()
    return {
      bytes: process.memoryUsage().heapUsed,
      objects: queryObjects(Object, { format: 'count' }),
      functions: queryObjects(Function, { format: 'count' }),
    }
  }

  test('keeps a bounded number of bytes, objects and functions', async () => {
    const world = await openWorld(UNBOUND)
    await crowd(world, 20, 0)
    const before = heap()
    for (let k = 0; k < CLIENTS; k++) {
      const peer = world.transport.connect('192.0.2.9')
      peer.send(Buffer.from(hello(`client-${k}`)))
      if (k % 20 === 0) await world.clock.settle()
    }
    await world.clock.advance(1000)
    const after = heap()
    const each = (of: 'bytes' | 'objects' | 'functions'): number => (after[of] - before[of]) / CLIENTS
    expect(world.state().sessions.size).toBe(20 + CLIENTS)
    expect(each('bytes')).toBeLessThan(18_000)
    expect(each('objects')).toBeLessThan(240)
    expect(each('functions')).toBeLessThan(36)
  })
})
