/** The addresses of banned networks: nothing is left of one in any file when the ban is over; until then, it is kept. */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { openStore } from '../../../src/journal/sqlite/store.ts'
import type { Command } from '../../../src/model/command.ts'
import { ERASURE_RETRY_MS, PIECE_ROWS } from '../../../src/model/limits.ts'
import type { Journal } from '../../../src/port/journal.ts'
import type { Options } from '../../../src/server/server.ts'
import { systemEntropy } from '../../../src/transport/entropy.ts'
import { newObjects, object, say } from '../../helpers/actors.ts'
import { cluster } from '../../helpers/cluster.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { promptDisk } from '../../helpers/prompt-disk.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { createWorld, type Wire, type World } from '../../helpers/world.ts'

const BAD = '2001:db8:bad:1::7'
const NET = '2001:db8:bad:1::/64'
const HOUR = 3_600_000

const onDisk = (folder: string, options: Options = {}): Promise<World> => {
  const { journal, history, origin } = openStore(folder, randomUUID, promptDisk)
  return createWorld({ origin, ...options }, journal, { history, entropy: systemEntropy })
}

/** The files that have something of the address. */
const having = (folder: string): readonly string[] =>
  readdirSync(folder).filter(name => /bad:1|192\.0\.2/.test(readFileSync(join(folder, name)).toString('latin1')))

async function host(world: World, command: Command): Promise<void> {
  expect(world.server.host(command)).toBe(null)
  await world.clock.settle()
}

const ban = (net: string, seconds?: number): Command => ({ type: 'ban', net, reason: null, for: seconds })

async function come(world: World, name: string, address = '198.51.100.7'): Promise<Wire> {
  const wire = world.dial(address)
  await wire.send(object({ type: 'hello', name }))
  return wire
}

const isRefused = async (world: World): Promise<boolean> =>
  newObjects(await come(world, 'Spider-Man', BAD)).some(({ code }) => code === 'banned')

describe('on disk', () => {
  test('an address is there while its ban lasts, and nowhere once that is over', async () => {
    const folder = temporaryFolder()
    const world = await onDisk(folder)
    await host(world, ban(BAD, 60))
    await host(world, ban('192.0.2.7'))
    await host(world, { type: 'mute', net: BAD, for: 60, reason: null })
    await come(world, 'Spider-Man', BAD)
    expect(having(folder)).not.toEqual([])
    await host(world, { type: 'unban', net: '192.0.2.7' })
    await world.clock.advance(60_000)
    expect(having(folder)).toEqual([])
    expect(world.state().obsolete.size).toBe(0)
    await world.close()
    expect(having(folder)).toEqual([])
    const again = await onDisk(folder)
    expect(await isRefused(again)).toBe(false)
    await again.close()
    expect(having(folder)).toEqual([])
  })

  test('a ban lasts over restarts and snapshots, and its end over the one in which it comes', async () => {
    const folder = temporaryFolder()
    const first = await onDisk(folder)
    await host(first, ban(BAD, 3600))
    await first.close()
    const second = await onDisk(folder)
    expect(await isRefused(second)).toBe(true)
    await second.close()
    const third = await onDisk(folder)
    expect(await isRefused(third)).toBe(true)
    expect(having(folder)).not.toEqual([])
    await third.clock.advance(HOUR)
    expect(having(folder)).toEqual([])
    await third.close()
    expect(having(folder)).toEqual([])
  })

  test('a refused act leaves no address, and neither does one that is repeated', async () => {
    const folder = temporaryFolder()
    const world = await onDisk(folder)
    const founder = world.dial('198.51.100.1')
    await founder.send(object({ type: 'hello', name: 'Mr.Blue', room: 'ops' }))
    const guest = await come(world, 'ЗОЯ')
    await guest.send(object({ type: 'ban', net: BAD, room: 'ops' }))
    expect(newObjects(guest).at(-1)).toMatchObject({ type: 'rejected', code: 'role-needed' })
    expect(having(folder)).toEqual([])
    const command = object({ type: 'ban', net: BAD, room: 'ops', n: 1 })
    await founder.send(command)
    await founder.send(command)
    await host(world, { type: 'unban', net: BAD, room: 'ops' })
    expect(having(folder)).toEqual([])
    expect(world.state().obsolete.size).toBe(0)
    await world.close()
  })

  test('a room that goes takes the addresses of its bans with it', async () => {
    const folder = temporaryFolder()
    const world = await onDisk(folder)
    const founder = await come(world, '田中')
    await founder.send(object({ type: 'join', room: 'ops' }))
    await founder.send(object({ type: 'ban', net: BAD, room: 'ops' }))
    expect(having(folder)).not.toEqual([])
    await founder.send(object({ type: 'part', room: 'ops' }))
    expect(world.state().sanctions.size).toBe(0)
    expect(having(folder)).toEqual([])
    await world.close()
  })

  test('a ban outlives the messages around it, as long as it lasts', async () => {
    const folder = temporaryFolder()
    const world = await onDisk(folder, { keep: { age: HOUR } })
    await host(world, ban(BAD, 10 * 3600))
    const wire = await come(world, 'مريم')
    const before = [...world.state().sanctions.values()][0]?.text ?? 0
    for (let k = 0; k < 4; k++) {
      await wire.send(say(`hour ${k}`))
      await world.clock.advance(HOUR)
    }
    expect([...world.state().sanctions.values()][0]?.text).toBeGreaterThan(before)
    expect(await isRefused(world)).toBe(true)
    await world.close()
    const again = await onDisk(folder, { keep: { age: HOUR } })
    expect(await isRefused(again)).toBe(true)
    expect(await again.server.ask({ type: 'list', what: 'bans', room: null, limit: 9 })).toMatchObject({
      entries: [{ net: NET }],
    })
    await again.clock.advance(10 * HOUR)
    expect(having(folder)).toEqual([])
    await again.close()
  })
})

describe('in the journal', () => {
  const addresses = async (journal: Journal): Promise<readonly string[]> => {
    const found: string[] = []
    for await (const entries of journal.read(0))
      for (const { texts } of entries) if (texts.text !== undefined) found.push(texts.text)
    return found
  }

  test('a text that could not be erased is erased later', async () => {
    const journal = memoryJournal('epoch')
    let isFull = true
    const world = await openWorld(
      {},
      {
        ...journal,
        erase: seqs => (isFull ? Promise.reject(new Error('the disk is full.')) : journal.erase(seqs)),
      },
    )
    await host(world, ban(BAD, 60))
    await world.clock.advance(60_000)
    expect(world.troubles.splice(0).map(({ type }) => type)).toEqual(['storage'])
    expect(await addresses(journal)).toEqual([NET])
    isFull = false
    await world.clock.advance(ERASURE_RETRY_MS)
    expect(await addresses(journal)).toEqual([])
    expect(world.state().obsolete.size).toBe(0)
  })

  test('a text that a server left when it was stopped is erased at the next start', async () => {
    const journal = memoryJournal('epoch')
    const stopping = { ...journal, close: async () => {}, erase: () => new Promise<void>(() => {}) }
    const first = await openWorld({}, stopping)
    await host(first, ban(BAD, 60))
    await first.clock.advance(60_000)
    await first.close()
    expect(await addresses(journal)).toEqual([NET])
    const world = await openWorld({}, journal)
    await world.clock.settle()
    expect(await addresses(journal)).toEqual([])
    expect(world.state().obsolete.size).toBe(0)
  })

  test('many end at once, and nothing is left of any', async () => {
    const journal = memoryJournal('epoch')
    const world = await openWorld({}, journal)
    for (let k = 0; k < PIECE_ROWS + 5; k++) world.server.host(ban(`10.1.${k}.0/24`, 60))
    await world.clock.settle()
    expect((await addresses(journal)).length).toBe(PIECE_ROWS + 5)
    await world.clock.advance(60_000)
    expect(world.state().sanctions.size).toBe(0)
    expect(await addresses(journal)).toEqual([])
  })

  test('of a server without files, a ban is known to a process that starts later', async () => {
    const journal = memoryJournal('epoch', 4)
    const first = await openWorld({}, { ...journal, close: async () => {} })
    await host(first, ban(BAD))
    const wire = await come(first, 'Mr.Blue')
    for (let k = 0; k < 20; k++) await wire.send(say(`${k}`))
    await first.close()
    const world = await openWorld({}, journal)
    expect(await isRefused(world)).toBe(true)
  })
})

test('[R14] one node bans, all keep out and throw out, and nothing is left on any when it is over', async () => {
  const { clock, broker, node } = cluster()
  const [one, two] = [await node('one'), await node('two')]
  const bad = await come(two, 'Spider-Man', BAD)
  await host(one, ban(BAD, 60))
  await clock.advance(1000)
  expect(bad.closed()).toBe(true)
  const three = await node('three')
  for (const each of [one, two, three]) {
    const refused = await come(each, 'Mr.Blue', '2001:db8:bad:1::99')
    await clock.advance(100)
    expect(newObjects(refused)).toMatchObject([{ code: 'banned' }])
  }
  const having = async (): Promise<number> => {
    let count = 0
    for (const { journal } of [one, two, three]) count += (await journal.texts([...Array(40).keys()])).size
    return count + broker.messages.filter(({ data }) => Buffer.from(data).includes('bad:1')).length
  }
  expect(await having()).toBe(4)
  await clock.advance(60_000)
  expect(one.state().sanctions.size).toBe(0)
  expect(await having()).toBe(0)
  const free = await come(three, '田中', BAD)
  await clock.advance(100)
  expect(newObjects(free)[0]).toMatchObject({ type: 'welcome' })
})

test('[R14] a ban outlives what a node forgets, on all nodes and on those that begin later', async () => {
  const { clock, broker, node } = cluster()
  const options = { keep: { age: 60_000 } }
  const [one, two] = [await node('one', options), await node('two', options)]
  await host(one, ban(BAD))
  await clock.advance(1000)
  const wire = await come(two, 'مريم')
  await wire.send(say('to be forgotten'))
  await clock.advance(90_000)
  await wire.send(say('to be kept'))
  const texts = (): number => broker.messages.filter(({ data }) => Buffer.from(data).includes('bad:1')).length
  const placeOf = ({ state }: World): number => [...state().sanctions.values()][0]?.text ?? 0
  const before = placeOf(one)
  // It forgets old inputs as it begins.
  const three = await node('three', options)
  await clock.advance(1000)
  expect(placeOf(one)).toBeGreaterThan(before)
  expect(texts()).toBe(1)
  const four = await node('four', options)
  for (const each of [one, two, three, four]) {
    const refused = await come(each, 'Spider-Man', BAD)
    await clock.advance(100)
    expect(newObjects(refused)).toMatchObject([{ code: 'banned' }])
  }
  await host(four, { type: 'unban', net: BAD })
  await clock.advance(1000)
  expect(texts()).toBe(0)
  for (const { state } of [one, two, three, four]) {
    expect([state().sanctions.size, state().obsolete.size]).toEqual([0, 0])
  }
})
