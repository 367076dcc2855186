/**
 * A client that comes back when the grace is over, or to a gap: as the same member, and with the count of missed
 * messages (D5, D7).
 */
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { GRACE_MS, HISTORY_PAGE_MAX, LAPSED_MS, MISSED_MAX } from '../../../src/model/limits.ts'
import type { Journal } from '../../../src/port/journal.ts'
import { line, native, newObjects, object, say, textsOf, typesOf } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { seededEntropy } from '../../helpers/seeded-entropy.ts'
import { createWorld, type Wire, type World } from '../../helpers/world.ts'

const TOKEN = 'made-by-the-client-0123456789abcdef'
const MINUTE = 60_000

/** A client that makes its own token, and says it with every hello. */
async function hello(world: World, name: string, more: object = {}): Promise<Wire> {
  const wire = world.dial()
  await wire.send(object({ type: 'hello', name, token: TOKEN, ...more }))
  return wire
}

/** The point from which it goes on. */
const since = (wire: Wire) => ({
  epoch: 'epoch',
  cursor: Math.max(...wire.objects().map(({ seq }) => (typeof seq === 'number' ? seq : 0))),
})

async function lapse(world: World, wire: Wire): Promise<void> {
  wire.peer.vanish()
  await world.clock.advance(GRACE_MS)
}

const tell = (to: string, text: string): string => object({ type: 'tell', to, text })
const namesIn = (world: World, room: string) => [...(world.state().rooms.get(room)?.members.keys() ?? [])].sort()
const messages = ({ messages: all }: Record<string, unknown>) => (all as readonly { text?: string }[]).map(m => m.text)

describe('a session that has lapsed', () => {
  test('and is cut before it has read what it missed is told of the gap once more, until it says that it has [D5]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await line(world, 'alice'), await hello(world, 'bob')]
    const cursor = since(bob)
    await lapse(world, bob)
    await alice.send('missed\n')
    for (let k = 0; k < 3; k++) {
      const again = await hello(world, 'bob', cursor)
      expect(newObjects(again)).toMatchObject([{ type: 'welcome', gap: true }, {}, { type: 'history', missed: 1 + k }])
      await alice.send(`meanwhile ${k}\n`)
      again.peer.vanish()
    }
    const last = await hello(world, 'bob', cursor)
    const after = await hello(world, 'bob', since(last))
    expect(newObjects(after)[0]).toMatchObject({ type: 'welcome', gap: false })
  })

  test('comes back as the one that it was, into its rooms; others see an exit and an entrance [D4] [D7]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await line(world, 'alice'), await hello(world, 'bob')]
    await bob.send(object({ type: 'join', room: 'ops' }))
    const [welcome] = newObjects(bob)
    alice.news()
    const cursor = since(bob)
    await lapse(world, bob)
    expect(alice.news()).toEqual([expect.stringContaining('[*] bob')])
    await alice.send('while nobody was there\n')
    const again = await hello(world, 'bob', cursor)
    expect(alice.news()).toEqual([expect.stringContaining('[*] bob entered')])
    expect(newObjects(again)).toMatchObject([
      { type: 'welcome', resumed: true, gap: true, returned: true, session: welcome?.['session'], name: 'bob' },
      { type: 'room', room: 'lobby', members: [{ name: 'alice' }, { name: 'bob' }] },
      {
        type: 'history',
        room: 'lobby',
        messages: [{ text: 'while nobody was there' }],
        after: cursor.cursor,
        missed: 1,
      },
      { type: 'room', room: 'ops', members: [{ name: 'bob' }] },
    ])
    expect(again.objects()[0]).not.toHaveProperty('token')
    await again.send(say('here I am'))
    expect(alice.news()).toEqual([expect.stringContaining('bob > here I am')])
    expect(newObjects(again)).toMatchObject([{ type: 'said', text: 'here I am' }])
    expect(world.state().members.size).toBe(2)
  })

  test('comes back with its token alone under the name that it had [D7]', async () => {
    const world = await openWorld()
    const bob = await hello(world, 'bob')
    const cursor = since(bob)
    await lapse(world, bob)
    const again = world.dial()
    await again.send(object({ type: 'hello', token: TOKEN, ...cursor }))
    expect(again.objects()).toMatchObject([{ type: 'welcome', name: 'bob', returned: true }, { type: 'room' }])
  })

  test('whose name is taken is told so, and may come back under another [D7]', async () => {
    const world = await openWorld()
    const bob = await hello(world, 'bob')
    const cursor = since(bob)
    await lapse(world, bob)
    const other = await native(world, 'Bob')
    const again = await hello(world, 'bob', cursor)
    expect(newObjects(again)).toMatchObject([{ type: 'rejected', code: 'name-taken' }])
    await again.send(object({ type: 'hello', name: 'bobby', token: TOKEN, ...cursor }))
    expect(newObjects(again)).toMatchObject([{ type: 'welcome', name: 'bobby', returned: true }, { type: 'room' }])
    expect(newObjects(other)).toMatchObject([{ type: 'joined', name: 'bobby' }])
  })

  test('deletes what it said before [Y6] [D7]', async () => {
    const world = await openWorld()
    const bob = await hello(world, 'bob')
    await bob.send(say('regrettable'))
    const cursor = since(bob)
    await lapse(world, bob)
    const again = await hello(world, 'bob', cursor)
    again.news()
    await again.send(object({ type: 'delete', n: 1, seq: cursor.cursor }))
    expect(newObjects(again)).toMatchObject([{ type: 'deleted', by: 'bob' }, { type: 'ok' }])
  })

  test('has its commands performed once, though they are repeated minutes later [D3]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await line(world, 'alice'), await hello(world, 'bob')]
    const commands = `${say('one', { n: 1 })}${object({ type: 'nick', name: 'alice', n: 2 })}`
    await bob.send(commands)
    // Of a result that was kept, who held the name then is no part.
    const answers = newObjects(bob).flatMap(({ holder: _, ...answer }) => (answer['n'] === undefined ? [] : [answer]))
    expect(answers).toHaveLength(2)
    const cursor = since(bob)
    bob.peer.vanish()
    await world.clock.advance(8 * MINUTE)
    alice.news()
    const again = await hello(world, 'bob', cursor)
    again.news()
    await again.send(`${commands}${say('two', { n: 3 })}`)
    expect(newObjects(again).filter(({ type }) => type !== 'said')).toMatchObject([...answers, { type: 'ok', n: 3 }])
    expect(alice.news().filter(text => text.includes('bob > '))).toEqual([expect.stringContaining('bob > two')])
  })

  test('is forgotten after a week: its token is that of a new session then [D7]', async () => {
    const world = await openWorld()
    const bob = await hello(world, 'bob')
    await bob.send(say('one', { n: 1 }))
    const cursor = since(bob)
    await lapse(world, bob)
    await world.clock.advance(LAPSED_MS)
    const bare = world.dial()
    await bare.send(object({ type: 'hello', token: TOKEN, ...cursor }))
    expect(bare.objects()).toMatchObject([{ type: 'rejected', code: 'session-unknown' }])
    const again = await hello(world, 'bob', cursor)
    expect(again.objects()).toMatchObject([
      { type: 'welcome', resumed: false, gap: false, token: TOKEN },
      { type: 'room' },
      { type: 'history' },
    ])
    await again.send(say('one', { n: 1 }))
    expect(textsOf(again)).toEqual(['one'])
  })

  test('is none after a kick: a token with a name enters anew, and all lists are right [D7]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await hello(world, 'bob')]
    const cursor = since(bob)
    bob.peer.vanish()
    world.server.host({ type: 'kick', name: 'bob', reason: null })
    await world.clock.settle()
    expect(newObjects(alice).at(-1)).toMatchObject({ type: 'quit', name: 'bob', cause: 'kicked' })
    const again = await hello(world, 'bob', cursor)
    expect(again.objects()).toMatchObject([
      { type: 'welcome', resumed: false },
      { type: 'room', members: [{ name: 'alice' }, { name: 'bob' }] },
    ])
  })

  test('finds those who were renamed and kicked meanwhile as they are now [D5]', async () => {
    const world = await openWorld()
    const bob = await hello(world, 'bob')
    for (const name of ['carol', 'dave']) await line(world, name)
    const cursor = since(bob)
    await lapse(world, bob)
    const erin = await line(world, 'erin')
    await erin.send('/nick Eve\n')
    world.server.host({ type: 'kick', name: 'dave', reason: null })
    await world.clock.settle()
    const again = await hello(world, 'bob', cursor)
    const [, room] = again.objects()
    const listed = ((room?.['members'] ?? []) as readonly { name: string }[]).map(({ name }) => name).sort()
    expect(listed).toEqual(['Eve', 'bob', 'carol'])
    expect(listed).toEqual(namesIn(world, 'lobby'))
  })
})

describe('one\u2019s own ghost', () => {
  test('is no obstacle: a hello whose answer was lost is said again [D7]', async () => {
    const world = await openWorld()
    const ghost = world.dial()
    ghost.peer.send(Buffer.from(object({ type: 'hello', name: 'bob', token: TOKEN, room: 'ops' })))
    ghost.peer.vanish()
    await world.clock.settle()
    expect(namesIn(world, 'ops')).toEqual(['bob'])
    const again = await hello(world, 'bob', { room: 'ops' })
    expect(again.objects()).toMatchObject([
      { type: 'welcome', resumed: true, gap: true, name: 'bob' },
      { type: 'room', room: 'ops', members: [{ name: 'bob' }] },
    ])
    expect(again.objects()[0]).not.toHaveProperty('returned')
    expect(world.state().members.size).toBe(1)
  })

  test('is none in the same turn either: two hellos with one token are one session', async () => {
    const world = await openWorld()
    const [one, two] = [world.dial(), world.dial()]
    for (const wire of [one, two]) wire.peer.send(Buffer.from(object({ type: 'hello', name: 'bob', token: TOKEN })))
    await world.clock.settle()
    expect(typesOf(one.objects()).at(-1)).toBe('closed')
    expect(two.objects()).toMatchObject([{ type: 'welcome', resumed: true }, { type: 'room' }])
    expect(world.state().sessions.size).toBe(1)
  })

  test('keeps its token: welcome says it, once [D7]', async () => {
    const world = await openWorld()
    const bob = await hello(world, 'bob')
    expect(bob.objects()[0]).toMatchObject({ type: 'welcome', resumed: false, token: TOKEN })
    const again = await hello(world, 'bob', since(bob))
    expect(typesOf(again.objects())).toEqual(['welcome'])
    expect(newObjects(bob).at(-1)).toMatchObject({ type: 'closed', code: 'replaced' })
  })

  test('needs a token that cannot be guessed', async () => {
    const world = await openWorld()
    const bob = world.dial()
    await bob.send(object({ type: 'hello', name: 'bob', token: 'x'.repeat(31) }))
    expect(newObjects(bob)).toMatchObject([{ type: 'rejected', code: 'token-short', retry: false }])
    await bob.send(object({ type: 'hello', name: 'bob', token: TOKEN }))
    expect(typesOf(newObjects(bob))).toEqual(['welcome', 'room'])
  })
})

describe('a resume', () => {
  test.each([0, 1, 2])('never repeats an older welcome, from any cursor (%i) [D5]', async cursor => {
    const world = await openWorld()
    await line(world, 'alice')
    const bob = await hello(world, 'bob')
    await bob.send(say('hi'))
    bob.peer.vanish()
    for (const resumed of [1, 2]) {
      const again = await hello(world, 'bob', { epoch: 'epoch', cursor })
      const welcomes = again.objects().filter(({ type }) => type === 'welcome')
      expect(welcomes, `resume ${resumed}`).toMatchObject([{ resumed: true, gap: false }])
      expect(textsOf(again)).toEqual(['hi'])
      again.peer.vanish()
    }
  })

  test('says nothing of a welcome that the peer never took [D5]', async () => {
    const world = await openWorld()
    const stalled = world.dial()
    stalled.peer.stall()
    await stalled.send(object({ type: 'ping' }))
    await stalled.send(object({ type: 'hello', name: 'bob', token: TOKEN }))
    const again = await hello(world, 'bob', { epoch: 'epoch', cursor: 0 })
    expect(again.objects()).toMatchObject([{ type: 'welcome', resumed: true, gap: false }, { type: 'room' }])
  })

  test('that the peer never took leaves nothing behind for the next [D5]', async () => {
    const world = await openWorld()
    const bob = await hello(world, 'bob')
    await bob.send(say('hi'))
    const stalled = world.dial()
    stalled.peer.stall()
    await stalled.send(object({ type: 'ping' }))
    await stalled.send(object({ type: 'hello', name: 'bob', token: TOKEN, ...since(bob) }))
    const again = await hello(world, 'bob', since(bob))
    expect(typesOf(again.objects())).toEqual(['welcome'])
  })
})

describe('a gap', () => {
  async function withGap(said: number, more: object = {}): Promise<Wire> {
    const world = await openWorld({ rate: null })
    const [alice, bob] = [await line(world, 'alice'), await hello(world, 'bob')]
    const cursor = since(bob)
    await lapse(world, bob)
    await alice.send(Array.from({ length: said }, (_, k) => `${k}\n`).join(''))
    return hello(world, 'bob', { ...cursor, ...more })
  }
  const historyOf = (wire: Wire) => wire.objects().find(({ type }) => type === 'history')

  test('has its size, and as much of its beginning as one asks for [D5] [Y1]', async () => {
    const all = await withGap(HISTORY_PAGE_MAX + 50)
    expect(historyOf(all)).toMatchObject({ more: true, missed: HISTORY_PAGE_MAX + 50 })
    expect(messages(historyOf(all) ?? {})).toEqual(Array.from({ length: HISTORY_PAGE_MAX }, (_, k) => `${k}`))
    const [last] = ((historyOf(all)?.['messages'] ?? []) as readonly { seq: number }[]).slice(-1)
    all.news()
    await all.send(object({ type: 'history', after: last?.seq, limit: HISTORY_PAGE_MAX, n: 1 }))
    const [rest = {}] = newObjects(all)
    expect(messages(rest)).toHaveLength(50)
    expect(rest).toMatchObject({ more: false })
    expect(rest).not.toHaveProperty('missed')
  })

  test('has its size also for a client that asks for few of it, or for none [D5]', async () => {
    expect(historyOf(await withGap(5, { history: 2 }))).toMatchObject({
      messages: [{ text: '0' }, { text: '1' }],
      more: true,
      missed: 5,
    })
    expect(historyOf(await withGap(5, { history: 0 }))).toMatchObject({ messages: [], more: true, missed: 5 })
    expect(historyOf(await withGap(5, { history: 5 }))).toMatchObject({ more: false, missed: 5 })
  })

  test('in which nothing was said is told without a history', async () => {
    const wire = await withGap(0)
    expect(typesOf(wire.objects())).toEqual(['welcome', 'room'])
  })

  test('is counted up to a bound [L1]', async () => {
    expect(historyOf(await withGap(MISSED_MAX + 5, { history: 0 }))).toMatchObject({ missed: MISSED_MAX })
  })

  test('counts what was deleted, too [D5]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await line(world, 'alice'), await hello(world, 'bob')]
    const cursor = since(bob)
    await lapse(world, bob)
    for (const text of ['one\n', '/delete\n', 'two\n']) await alice.send(text)
    const again = await hello(world, 'bob', cursor)
    expect(historyOf(again)).toMatchObject({ messages: [{ deleted: true }, { text: 'two' }], missed: 2 })
  })

  test('has what was said to and by oneself alone, behind the rooms [D5]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await hello(world, 'bob')]
    await alice.send(tell('bob', 'before'))
    const cursor = since(bob)
    await bob.send(tell('alice', 'on its way'))
    bob.peer.vanish()
    await alice.send(`${tell('bob', 'psst')}${say('aloud')}`)
    await world.clock.advance(GRACE_MS)
    await lapse(world, alice)
    const again = await hello(world, 'bob', cursor)
    expect(newObjects(again)).toMatchObject([
      { type: 'welcome', gap: true },
      { type: 'room' },
      { type: 'history', room: 'lobby', missed: 1 },
      { type: 'history', messages: [{ text: 'on its way' }, { text: 'psst' }], missed: 2, after: cursor.cursor },
    ])
  })

  test('is of unknown size where the cursor is void: the rooms come as on joining [D5] [Y1]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await hello(world, 'bob')]
    await alice.send(`${say('one')}${say('two')}${tell('bob', 'psst')}`)
    for (const cursor of [{}, { epoch: 'another', cursor: 3 }, { epoch: 'epoch', cursor: 9999 }]) {
      const again = await hello(world, 'bob', { ...cursor, history: 1 })
      const [, , history = {}] = again.objects()
      expect(typesOf(again.objects())).toEqual(['welcome', 'room', 'history'])
      expect(history).toMatchObject({ room: 'lobby', messages: [{ text: 'two' }], more: true })
      expect(history).not.toHaveProperty('missed')
      expect(history).not.toHaveProperty('after')
    }
    expect(typesOf(newObjects(bob)).at(-1)).toBe('closed')
  })
})

describe('after a restart', () => {
  const lasting = (): Journal => ({ ...memoryJournal('epoch'), close: async () => {} })
  const start = (journal: Journal, run: string) => createWorld({}, journal, { entropy: seededEntropy(run) })

  test('a session comes back late all the same, and its commands are performed once [D3] [D7] [J8]', async () => {
    const journal = lasting()
    const first = await start(journal, 'a')
    const bob = await hello(first, 'bob')
    await bob.send(`${object({ type: 'join', room: 'ops' })}${say('one', { n: 1 })}`)
    const cursor = since(bob)
    await first.close()
    const second = await start(journal, 'b')
    await second.clock.advance(8 * MINUTE)
    expect([second.state().members.size, second.state().lapsed.size]).toEqual([0, 1])
    await second.close()
    const third = await start(journal, 'c')
    await third.clock.settle()
    const again = await hello(third, 'bob', cursor)
    expect(typesOf(newObjects(again))).toEqual(['welcome', 'room', 'room'])
    await again.send(`${say('one', { n: 1 })}${say('two', { n: 2 })}`)
    expect(newObjects(again)).toMatchObject([
      { type: 'ok', n: 1 },
      { type: 'said', text: 'two' },
      { type: 'ok', n: 2 },
    ])
    await third.close()
    expect([first, second, third].flatMap(({ troubles }) => troubles)).toEqual([])
  })
})
