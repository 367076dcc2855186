/** How far a member has read: told to its other sessions, kept over everything, and counted right. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openStore } from '../../../../src/journal/sqlite/store.ts'
import { READS_GATHERED_MAX, READS_MS } from '../../../../src/model/limits.ts'
import { systemEntropy } from '../../../../src/transport/entropy.ts'
import { native, newObjects, object, say } from '../../../helpers/actors.ts'
import { device, lineDevice, owner, PASSWORD } from '../../../helpers/devices.ts'
import { openWorld } from '../../../helpers/open-world.ts'
import { promptDisk } from '../../../helpers/prompt-disk.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { createWorld, type Wire, type World } from '../../../helpers/world.ts'

const read = (fields: object): string => object({ type: 'read', ...fields })
const seqOf = (world: World): number => world.state().seq
/** The inputs that said how far somebody has read. */
const reads = (world: World): number =>
  world.steps.filter(({ events }) => events.some(({ event }) => event.type === 'read')).length
const roomIn = (wire: Wire, room = 'lobby'): Record<string, unknown> | undefined =>
  wire.objects().findLast(one => one['type'] === 'room' && one['room'] === room)
const idOf = (wire: Wire): unknown => wire.objects()[0]?.['id']

describe('[I7] how far a session has read', () => {
  test('is told to the other sessions of the member, and to nobody else', async () => {
    const world = await openWorld()
    const other = await native(world, 'Mr.Blue')
    const desk = await owner(world, 'Spider-Man')
    const phone = await device(world, 'Spider-Man')
    for (const text of ['1', 'Spider-Man: 2', '3']) await other.send(say(text))
    for (const wire of [desk, phone, other]) wire.news()
    const first = seqOf(world) - 2
    await desk.send(read({ room: 'lobby', seq: first }))
    expect(newObjects(phone)).toEqual([
      { type: 'read', seq: first + 3, room: 'lobby', target: first, unread: 2, mentions: 1 },
    ])
    expect([newObjects(desk), newObjects(other)]).toEqual([[], []])
  })

  test('of direct messages, by name or by id, each of which counts as a mention', async () => {
    const world = await openWorld()
    const other = await native(world, 'Mr.Blue')
    const desk = await owner(world, 'Spider-Man')
    const phone = await device(world, 'Spider-Man')
    await other.send(object({ type: 'tell', to: 'Spider-Man', text: '1' }))
    const seq = seqOf(world)
    await other.send(object({ type: 'tell', to: 'Spider-Man', text: '2' }))
    phone.news()
    await desk.send(read({ with: 'mr.blue', seq }))
    const id = idOf(other)
    expect(newObjects(phone)).toMatchObject([
      { type: 'read', with: 'Mr.Blue', id, target: seq, unread: 1, mentions: 1 },
    ])
    await phone.send(read({ n: 1, id, seq: seq + 1 }))
    expect(newObjects(desk).at(-1)).toMatchObject({ type: 'read', with: 'Mr.Blue', target: seq + 1, unread: 0 })
    expect(newObjects(phone)).toMatchObject([{ type: 'ok', n: 1 }])
  })

  test('[D5] reaches a session that is without a connection, when it comes back', async () => {
    const world = await openWorld()
    const desk = await owner(world, 'Spider-Man')
    const token = 'p'.repeat(40)
    const phone = await device(world, 'Spider-Man', { token })
    await desk.send(say('1'))
    const cursor = seqOf(world)
    phone.peer.vanish()
    await desk.send(read({ n: 1, room: 'lobby', seq: cursor }))
    const again = world.dial()
    await again.send(object({ type: 'hello', token, epoch: 'epoch', cursor }))
    expect(newObjects(again)).toMatchObject([
      { type: 'welcome', resumed: true, gap: false },
      { type: 'read', room: 'lobby', target: cursor, unread: 0 },
    ])
  })

  test('only moves forward, and not beyond the journal', async () => {
    const world = await openWorld()
    const other = await native(world, 'Mr.Blue')
    const desk = await owner(world, 'Spider-Man')
    for (const text of ['1', '2']) await other.send(say(text))
    const seq = seqOf(world)
    await desk.send(read({ n: 1, room: 'lobby', seq: 1e9 }))
    await other.send(say('3'))
    await desk.send(read({ n: 2, room: 'lobby', seq: 1 }))
    const phone = await device(world, 'Spider-Man')
    expect(roomIn(phone)).toMatchObject({ read: seq + 1, unread: 1, mentions: 0 })
  })

  test('is refused where there is nothing to read', async () => {
    const world = await openWorld()
    const desk = await owner(world, 'Spider-Man')
    desk.news()
    await desk.send(read({ seq: 1 }))
    await desk.send(read({ n: 1, with: 'nobody', seq: 1 }))
    await desk.send(read({ room: '', seq: 1 }))
    expect(newObjects(desk)).toMatchObject([
      { type: 'rejected', code: 'malformed' },
      { type: 'rejected', n: 1, code: 'member-unknown' },
      { type: 'rejected', code: 'room-name' },
    ])
  })
})

describe('[I7] reads of a connection are gathered', () => {
  test('into one input for all places; the first is said at once', async () => {
    const world = await openWorld()
    const desk = await owner(world, 'Spider-Man')
    await desk.send(object({ type: 'join', room: 'ops' }))
    await desk.send(say('1'))
    await desk.send(read({ room: 'lobby', seq: 1e9 }))
    expect(reads(world)).toBe(1)
    for (const text of ['2', '3']) {
      await desk.send(say(text))
      await desk.send(read({ room: 'lobby', seq: 1e9 }))
      await desk.send(read({ room: 'ops', seq: 1e9 }))
    }
    expect(reads(world)).toBe(1)
    await world.clock.advance(READS_MS)
    expect(reads(world)).toBe(2)
  })

  test('a numbered one is never held, and a repeat of it does nothing to what waits', async () => {
    const world = await openWorld()
    const desk = await owner(world, 'Spider-Man')
    await desk.send(object({ type: 'join', room: 'ops' }))
    await desk.send(read({ room: 'lobby', seq: 1e9 }))
    await desk.send(say('1'))
    await desk.send(read({ room: 'lobby', seq: 1e9 }))
    desk.news()
    for (const _ of [1, 2]) await desk.send(read({ n: 1, room: 'ops', seq: 1e9 }))
    expect(newObjects(desk)).toMatchObject([
      { type: 'ok', n: 1 },
      { type: 'ok', n: 1 },
    ])
    expect(reads(world)).toBe(2)
    await world.clock.advance(READS_MS)
    expect(reads(world)).toBe(3)
    const phone = await device(world, 'Spider-Man')
    expect([roomIn(phone)?.['unread'], roomIn(phone, 'ops')?.['unread']]).toEqual([0, 0])
  })

  test.each([
    ['a goodbye', (wire: Wire) => wire.send(object({ type: 'bye' }))],
    ['the end of its connection', async (wire: Wire) => wire.peer.vanish()],
  ])('and said at %s', async (_, end) => {
    const world = await openWorld()
    const other = await native(world, 'Mr.Blue')
    const desk = await owner(world, 'Spider-Man')
    await desk.send(read({ room: 'lobby', seq: 1e9 }))
    await other.send(say('1'))
    await desk.send(read({ room: 'lobby', seq: 1e9 }))
    await end(desk)
    await world.clock.settle()
    expect(roomIn(await device(world, 'Spider-Man'))).toMatchObject({ unread: 0 })
  })

  test('so many places are not waited for', async () => {
    const world = await openWorld({ rate: null })
    const desk = await owner(world, 'Spider-Man')
    await desk.send(read({ room: 'lobby', seq: 1e9 }))
    const before = reads(world)
    const places = Array.from({ length: READS_GATHERED_MAX }, (_, k) => read({ id: `m${k}`, seq: 1e9 }))
    await desk.send(say('1'))
    await desk.send(places.join(''))
    expect(reads(world)).toBe(before + 1)
  })
})

describe('[I7] line mode', () => {
  test('shows the direct messages that waited; what was shown is read, and is not shown again', async () => {
    const world = await openWorld()
    const desk = await owner(world, 'Spider-Man')
    await desk.send(object({ type: 'bye' }))
    const other = await native(world, 'Mr.Blue')
    await other.send(object({ type: 'tell', to: 'Spider-Man', text: 'call me' }))
    await other.send(say('to all'))
    const shown = async (): Promise<string> => {
      const shell = world.dial()
      await shell.send('Spider-Man\n')
      await shell.send(`${PASSWORD}\n`)
      return shell.text()
    }
    expect(await shown()).toMatch(/\| \d+ \[[\d:]+\] Mr\.Blue \(to Spider-Man alone\) > call me\n/)
    const shell = await lineDevice(world, 'Spider-Man')
    await shell.send('/quit\n')
    expect(shell.closed()).toBe(true)
    expect(await shown()).not.toContain('call me')
    const phone = await device(world, 'Spider-Man')
    expect(phone.listed()).toMatchObject([{ conversations: [{ with: 'Mr.Blue', unread: 0 }] }])
  })
})

describe('[I7] the unread count', () => {
  test('is there again after the member was away, and after a restart', async () => {
    const folder = temporaryFolder()
    const started = async (): Promise<World> => {
      const { journal, history, origin } = openStore(folder, randomUUID, promptDisk)
      // Ids of its own for each start: the seeded ones begin anew with each world.
      return createWorld({ origin }, journal, { history, entropy: systemEntropy })
    }
    const world = await started()
    const other = await native(world, 'Mr.Blue')
    const desk = await owner(world, 'Spider-Man')
    await desk.send(object({ type: 'bye' }))
    await other.send(say('hello'))
    await other.send(say('@Spider-Man look'))
    await other.send(object({ type: 'tell', to: 'Spider-Man', text: 'call me' }))
    const check = async (where: World): Promise<void> => {
      const phone = await device(where, 'Spider-Man')
      expect(roomIn(phone)).toMatchObject({ unread: 2, mentions: 1 })
      expect(phone.listed()).toMatchObject([
        { conversations: [{ with: 'Mr.Blue', id: idOf(other), unread: 1, mentions: 1 }] },
      ])
      await phone.send(object({ type: 'bye' }))
    }
    await check(world)
    await world.close()
    const next = await started()
    await next.clock.settle()
    await check(next)
    await next.close()
  })

  test('is nothing where a member has just come, and nothing that it wrote itself', async () => {
    const world = await openWorld()
    const other = await native(world, 'Mr.Blue')
    for (const text of ['1', '2']) await other.send(say(text))
    const desk = await owner(world, 'Spider-Man')
    expect(roomIn(desk)).toMatchObject({ unread: 0, mentions: 0 })
    await desk.send(say('mine'))
    expect(roomIn(await device(world, 'Spider-Man'))).toMatchObject({ unread: 0, mentions: 0 })
  })

  test('is not what was deleted', async () => {
    const world = await openWorld()
    const other = await native(world, 'Mr.Blue')
    await owner(world, 'Spider-Man')
    await other.send(say('Spider-Man: oh'))
    await other.send(object({ type: 'delete', n: 1 }))
    await other.send(say('2'))
    expect(roomIn(await device(world, 'Spider-Man'))).toMatchObject({ unread: 1, mentions: 0 })
  })

  test('of a guest lasts as long as its session', async () => {
    const world = await openWorld()
    const other = await native(world, 'Mr.Blue')
    const token = 'g'.repeat(40)
    const guest = await native(world, 'a|b', { token })
    await other.send(say('1'))
    await guest.send(read({ n: 1, room: 'lobby', seq: 1e9 }))
    await other.send(say('2'))
    guest.peer.vanish()
    const again = world.dial()
    await again.send(object({ type: 'hello', token, epoch: '', cursor: 0 }))
    expect(roomIn(again)).toMatchObject({ unread: 1 })
  })
})

describe('[I8] the direct conversations of a member', () => {
  test('wait for an account that is not here, and are listed with their latest first', async () => {
    const world = await openWorld()
    const blue = await native(world, 'Mr.Blue')
    const ops = await native(world, '[ops]')
    const desk = await owner(world, 'Spider-Man')
    const sent = desk.objects()[0]
    await desk.send(object({ type: 'bye' }))
    for (const from of [blue, ops]) {
      await from.send(object({ type: 'tell', n: 1, to: 'spider-man', text: 'hi' }))
      expect(newObjects(from).at(-2)).toMatchObject({ type: 'told', to: 'Spider-Man', other: sent?.['id'] })
    }
    await ops.send(object({ type: 'bye' }))
    const phone = await device(world, 'Spider-Man')
    await phone.send(object({ type: 'conversations', n: 1 }))
    const conversations = [
      { with: '[ops]', id: idOf(ops), unread: 1, mentions: 1 },
      { with: 'Mr.Blue', id: idOf(blue), unread: 1, mentions: 1 },
    ]
    expect(phone.listed()).toMatchObject([{ conversations }, { n: 1, conversations }])
    phone.news()
    await phone.send(object({ type: 'tell', id: idOf(ops), to: '[ops]', text: 'too late' }))
    expect(newObjects(phone)).toMatchObject([{ type: 'rejected', code: 'member-gone' }])
  })

  test('are read one by one', async () => {
    const world = await openWorld()
    const blue = await native(world, 'Mr.Blue')
    const desk = await owner(world, 'Spider-Man')
    for (const text of ['1', '2']) await blue.send(object({ type: 'tell', to: 'Spider-Man', text }))
    await desk.send(object({ type: 'tell', to: 'Spider-Man', text: 'note to self' }))
    desk.news()
    await desk.send(object({ type: 'history', room: null, with: 'mr.blue' }))
    await desk.send(object({ type: 'history', room: null, id: idOf(blue), limit: 1 }))
    await desk.send(object({ type: 'history', room: null, with: 'nobody' }))
    expect(newObjects(desk)).toMatchObject([
      { type: 'history', messages: [{ text: '1' }, { text: '2' }], more: false },
      { type: 'history', messages: [{ text: '2', id: idOf(blue), other: idOf(desk) }], more: true },
      { type: 'rejected', code: 'member-unknown' },
    ])
  })
})
