// A data directory from before accounts opens, and its guests go on as the same members.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { JOURNAL_FILE, openStore } from '../../src/journal/sqlite/store.ts'
import { FORMAT } from '../../src/model/format.ts'
import { GRACE_MS } from '../../src/model/limits.ts'
import { systemEntropy } from '../../src/transport/entropy.ts'
import { newObjects, object, say, typesOf } from '../helpers/actors.ts'
import { countedHasher } from '../helpers/counted-hasher.ts'
import { openWorld } from '../helpers/open-world.ts'
import { promptDisk } from '../helpers/prompt-disk.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { virtualClock } from '../helpers/virtual-clock.ts'
import type { Wire, World } from '../helpers/world.ts'

/** An hour after the old server was killed, by its journal. */
const LATER = 1795957984996 + 3_600_000

/** As test/replay/record-before-accounts.ts has them: with the place in the journal that each guest had received. */
const GUESTS = {
  田中: { token: '田中'.padEnd(40, '-'), cursor: 26 },
  'Spider-Man': { token: 'spider'.padEnd(40, '-'), cursor: 26 },
  李: { token: 'plum'.padEnd(40, '-'), cursor: 22 },
}

async function upgraded(): Promise<World> {
  const directory = temporaryFolder()
  const db = new DatabaseSync(join(directory, JOURNAL_FILE))
  db.exec(readFileSync(join(import.meta.dirname, 'before-accounts.sql'), 'utf8'))
  db.close()
  const { journal, history, origin } = openStore(directory, systemEntropy.id, promptDisk)
  const world = await openWorld(
    { origin },
    journal,
    { history, entropy: systemEntropy, hasher: countedHasher() },
    virtualClock(LATER),
  )
  await world.clock.settle()
  return world
}

async function back(world: World, guest: keyof typeof GUESTS, more: object = {}): Promise<Wire> {
  const wire = world.dial()
  const { epoch } = world.journal
  await wire.send(object({ type: 'hello', name: guest, ...GUESTS[guest], epoch, ...more }))
  return wire
}

const welcomeOf = (wire: Wire): Record<string, unknown> | undefined => wire.objects()[0]
const messagesOf = (objects: readonly Record<string, unknown>[]): readonly unknown[] =>
  objects.flatMap(({ messages = [] }) => (messages as readonly { text?: string }[]).map(({ text }) => text ?? null))

describe('a data directory from before accounts', () => {
  test('opens, and goes on under the rules of this program [J6]', async () => {
    const world = await upgraded()
    expect(world.state().format).toBe(FORMAT)
    expect([...world.state().members.values()].map(({ name }) => name.text).sort()).toEqual(['Mr.Blue', '田中'])
    expect(world.state().rooms.get('ops')?.topic?.text).toBe('what runs')
  })

  test('its guests resume as the members that they were, in their rooms [D4]', async () => {
    const world = await upgraded()
    const tanaka = await back(world, '田中')
    expect(welcomeOf(tanaka)).toMatchObject({ type: 'welcome', name: '田中', id: 'lKhGy5iQD0B6EdGQ.3', resumed: true })
    expect([...(world.state().members.get('lKhGy5iQD0B6EdGQ.3')?.rooms ?? [])].sort()).toEqual(['lobby', 'ops'])
    const spider = await back(world, 'Spider-Man')
    // It had taken the name of somebody who had left.
    expect(welcomeOf(spider)).toMatchObject({ name: 'Mr.Blue', id: 'lKhGy5iQD0B6EdGQ.4', resumed: true })
    await spider.send(say('after the upgrade', { n: 6 }))
    expect(newObjects(tanaka).at(-1)).toMatchObject({ type: 'said', from: 'Mr.Blue', text: 'after the upgrade' })
  })

  test('a command that the old server performed is answered again, not performed again [D3]', async () => {
    const world = await upgraded()
    const spider = await back(world, 'Spider-Man')
    spider.news()
    await spider.send(say('in the lobby, after a restart', { n: 5 }))
    expect(newObjects(spider)).toEqual([{ type: 'ok', n: 5, seq: 26 }])
  })

  test('a lapsed session returns, with its missed messages [D7]', async () => {
    const world = await upgraded()
    const plum = await back(world, '李')
    const objects = plum.objects()
    expect(objects[0]).toMatchObject({ type: 'welcome', name: '李', returned: true, gap: true })
    expect(messagesOf(objects)).toContain('in the lobby, after a restart')
  })

  test('[I1] a guest of it makes its name an account, and stays the author of what it wrote before', async () => {
    const world = await upgraded()
    const spider = await back(world, 'Spider-Man')
    await spider.send(object({ type: 'register', n: 6, password: 'a long sentence' }))
    expect(world.state().accounts.get('lKhGy5iQD0B6EdGQ.4')?.name.text).toBe('Mr.Blue')
    await spider.send(object({ type: 'delete', n: 7, seq: 7 }))
    await world.clock.settle()
    expect(spider.objects().at(-1)).toMatchObject({ type: 'ok', n: 7 })
    const desk = world.dial()
    await desk.send(object({ type: 'hello', name: 'Mr.Blue', account: { password: 'a long sentence' } }))
    expect(welcomeOf(desk)).toMatchObject({ type: 'welcome', id: 'lKhGy5iQD0B6EdGQ.4', account: true })
  })

  test('[I8] a direct message from before is in the conversations of its parties', async () => {
    const world = await upgraded()
    const spider = await back(world, 'Spider-Man')
    await spider.send(object({ type: 'conversations', n: 6 }))
    await world.clock.settle()
    expect(spider.listed().at(-1)).toMatchObject({
      conversations: [{ with: '田中', id: 'lKhGy5iQD0B6EdGQ.3', unread: 0 }],
    })
  })

  test('without its guests, they exit after the grace, and may return', async () => {
    const world = await upgraded()
    await world.clock.advance(GRACE_MS)
    expect(world.state().members.size).toBe(0)
    expect(typesOf((await back(world, '田中')).objects())).toContain('welcome')
    expect(world.state().members.get('lKhGy5iQD0B6EdGQ.3')?.name.text).toBe('田中')
  })

  test('has all its messages, and without the one that was deleted; direct messages for their parties', async () => {
    const world = await upgraded()
    const tanaka = await back(world, '田中')
    tanaka.news()
    await tanaka.send(object({ type: 'history', room: 'lobby' }))
    expect(messagesOf(newObjects(tanaka))).toEqual([
      ...['in the lobby, before', 'by line, before', null, 'soon away', 'in the lobby, after a restart'],
    ])
    await tanaka.send(object({ type: 'search', words: 'alone' }))
    await world.clock.settle()
    expect(messagesOf(newObjects(tanaka))).toEqual(['for you alone, before'])
  })
})
