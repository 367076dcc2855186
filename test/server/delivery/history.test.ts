/** Earlier messages: for members that come later, for members that ask, and never for anybody else. */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openStore } from '../../../src/journal/sqlite/store.ts'
import { HISTORY_ON_JOIN, HISTORY_PAGE_BYTES } from '../../../src/model/limits.ts'
import { systemEntropy } from '../../../src/transport/entropy.ts'
import { classic, line, native, newObjects, object, say, textsOf } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { promptDisk } from '../../helpers/prompt-disk.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { createWorld, type Wire, type World } from '../../helpers/world.ts'

type Told = { readonly seq: number; readonly text?: string; readonly deleted?: boolean }

/** The messages of the last answer about the past that a client has heard. */
const past = (wire: Wire): readonly Told[] =>
  (wire.objects().findLast(({ type }) => type === 'history' || type === 'found')?.['messages'] ?? []) as readonly Told[]
const pastTexts = (wire: Wire) => past(wire).map(({ text }) => text)
const tell = (to: string, text: string): string => object({ type: 'tell', to, text })
const join_ = (room: string): string => object({ type: 'join', room })

async function asked(wire: Wire, request: object): Promise<Record<string, unknown> | undefined> {
  wire.news()
  await wire.send(object(request))
  return newObjects(wire).at(-1)
}

describe('a member that joins a room', () => {
  test('gets the last messages, apart from what happens now, each with its own time [Y1]', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    await alice.send(say('hello'))
    const [at, id] = [world.state().at, alice.objects()[0]?.['id']]
    await world.clock.advance(5000)
    const bob = world.dial()
    await bob.send(object({ type: 'hello', name: 'bob' }))
    expect(bob.objects().map(({ type }) => type)).toEqual(['welcome', 'room', 'history'])
    expect(bob.objects()[2]).toEqual({
      type: 'history',
      seq: world.state().seq,
      room: 'lobby',
      messages: [{ seq: world.state().seq - 1, at, room: 'lobby', from: 'alice', id, text: 'hello' }],
      more: false,
    })
    expect(textsOf(bob)).toEqual([])
  })

  test('gets as many as usual, or as many as it asks for; none of nothing [Y1]', async () => {
    const world = await openWorld({ rate: null })
    const alice = await native(world, 'alice')
    expect(alice.objects().map(({ type }) => type)).toEqual(['welcome', 'room'])
    for (let k = 0; k < HISTORY_ON_JOIN + 2; k++) await alice.send(say(`${k}`))
    const [usual, two, none] = [
      await native(world, 'usual'),
      await native(world, 'two', { history: 2 }),
      await native(world, 'none', { history: 0 }),
    ]
    expect([past(usual).length, pastTexts(usual)[0]]).toEqual([HISTORY_ON_JOIN, '2'])
    expect(pastTexts(two)).toEqual(['50', '51'])
    expect(none.objects().map(({ type }) => type)).toEqual(['welcome', 'room'])
    await two.send(join_('ops'))
    await alice.send(join_('ops'))
    await alice.send(say('in ops', { room: 'ops' }))
    await usual.send(join_('ops'))
    expect(pastTexts(usual)).toEqual(['in ops'])
  })

  test('gets no more bytes than fit, the latest of them, and is told that there are more [Y1]', async () => {
    const world = await openWorld({ rate: null })
    const alice = await native(world, 'alice')
    for (let k = 0; k < 30; k++) await alice.send(say(`${k} ${'x'.repeat(8000)}`))
    const bob = await native(world, 'bob')
    expect(past(bob).length).toBe(Math.floor(HISTORY_PAGE_BYTES / 8010))
    expect(past(bob).at(-1)?.text).toMatch(/^29 /)
    expect(bob.objects().at(-1)).toMatchObject({ more: true })
  })

  test('in line mode gets it marked, in the original protocol not at all [Y2]', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    await alice.send(say('two\nlines'))
    await alice.send(say('waves', { action: true }))
    const bob = world.dial()
    await bob.send('bob\n')
    const marked = bob.lines().filter(text => !text.includes('server >'))
    expect(marked).toEqual([
      '| Earlier:',
      expect.stringMatching(/^\| \d+ \[\d\d:\d\d:\d\d\] alice > two$/),
      expect.stringMatching(/^\| \d+ \[\d\d:\d\d:\d\d\] alice > lines$/),
      expect.stringMatching(/^\| \d+ \[\d\d:\d\d:\d\d\] \* alice waves$/),
    ])
    expect((await classic(world, 'carol')).text()).toBe('OK&Host&alice&bob&carol')
  })

  test('of another day is told the day [Y2]', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    await alice.send(say('yesterday'))
    await world.clock.advance(24 * 3_600_000)
    const bob = world.dial()
    await bob.send('bob\n')
    expect(bob.text()).toMatch(/\| \d+ \[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] alice > yesterday/)
  })

  test('after midnight is told the day of what others were told without, though nothing was said since [Y2]', async () => {
    const world = await openWorld()
    await world.clock.advance(24 * 3_600_000 - 60_000)
    const alice = await native(world, 'alice')
    await alice.send(say('late'))
    const earlier = async (name: string): Promise<string | undefined> => {
      const wire = world.dial()
      await wire.send(`${name}\n`)
      return wire.lines().find(text => text.includes('> late'))
    }
    expect(await earlier('bob')).toMatch(/^\| \d+ \[23:59:00\] alice > late$/)
    await world.clock.advance(120_000)
    expect(await earlier('carol')).toMatch(/^\| \d+ \[2026-01-01 23:59:00\] alice > late$/)
  })
})

describe('a member that asks', () => {
  test('for words in one room finds nothing that was said to one alone [Y4]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    await alice.send(say('a needle for all'))
    await alice.send(tell('bob', 'a needle for you'))
    const found = async (wire: Wire, room?: string) => {
      await asked(wire, { type: 'search', words: 'needle', ...(room === undefined ? {} : { room }) })
      return pastTexts(wire)
    }
    for (const wire of [alice, bob]) {
      expect(await found(wire, 'lobby')).toEqual(['a needle for all'])
      expect(await found(wire)).toEqual(expect.arrayContaining(['a needle for all', 'a needle for you']))
    }
  })

  test('gets page after page, in both directions [Y3]', async () => {
    const world = await openWorld({ rate: null })
    const alice = await native(world, 'alice')
    for (const text of ['a', 'b', 'c', 'd', 'e']) await alice.send(say(text))
    expect(await asked(alice, { type: 'history', n: 1, limit: 2 })).toMatchObject({ type: 'history', n: 1, more: true })
    expect(pastTexts(alice)).toEqual(['d', 'e'])
    const [first] = past(alice)
    await asked(alice, { type: 'history', before: first?.seq, limit: 2 })
    expect(pastTexts(alice)).toEqual(['b', 'c'])
    await asked(alice, { type: 'history', after: first?.seq, limit: 2 })
    expect([pastTexts(alice), alice.objects().at(-1)?.['more']]).toEqual([['e'], false])
    await asked(alice, { type: 'history', since: 0, limit: 2 })
    expect(pastTexts(alice)).toEqual(['a', 'b'])
  })

  test('sees no room that it is not in, and nobody else’s direct messages [Y4]', async () => {
    const world = await openWorld({ rate: null })
    const [alice, bob, carol] = [await native(world, 'alice'), await native(world, 'bob'), await native(world, 'carol')]
    await alice.send(join_('ops'))
    await alice.send(say('for ops', { room: 'ops' }))
    await alice.send(tell('bob', 'for bob'))
    expect(await asked(carol, { type: 'history', room: 'ops', n: 1 })).toMatchObject({ code: 'not-in-room', n: 1 })
    expect(await asked(carol, { type: 'search', words: 'for', room: 'ops' })).toMatchObject({ code: 'not-in-room' })
    for (const [who, found] of [
      [alice, ['for ops', 'for bob']],
      [bob, ['for bob']],
      [carol, []],
    ] as const) {
      await asked(who, { type: 'search', words: 'for' })
      expect(pastTexts(who)).toEqual(found)
      await asked(who, { type: 'history', room: null })
      expect(pastTexts(who)).toEqual(found.filter(text => text === 'for bob'))
    }
  })

  test('under a name that was another’s sees nothing of that one’s [Y4]', async () => {
    const world = await openWorld()
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    await alice.send(tell('bob', 'for the first bob'))
    await bob.send(object({ type: 'bye' }))
    const second = await native(world, 'bob')
    await asked(second, { type: 'history', room: null })
    expect(pastTexts(second)).toEqual([])
    await asked(second, { type: 'search', words: 'first' })
    expect(pastTexts(second)).toEqual([])
  })

  test('[Y9] a search without a word is refused', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    for (const words of ['++', '', ' ?! '])
      expect(await asked(alice, { type: 'search', n: 1, words })).toMatchObject({ code: 'words-empty', n: 1 })
  })

  test('too much is told so [Y3]', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    expect(await asked(alice, { type: 'history', n: 1, limit: 1000 })).toMatchObject({ code: 'malformed', n: 1 })
    expect(await asked(alice, { type: 'search', n: 2, words: 'x'.repeat(300) })).toMatchObject({ code: 'malformed' })
  })
})

describe('a deletion', () => {
  test('leaves a tombstone with everybody, now and later, and is acknowledged [Y5]', async () => {
    const world = await openWorld()
    const [alice, bob, dan] = [await native(world, 'alice'), await native(world, 'bob'), await line(world, 'dan')]
    await alice.send(say('regret', { n: 1 }))
    const { seq } = world.state()
    for (const wire of [alice, bob, dan]) wire.news()
    await alice.send(object({ type: 'delete', n: 2, seq }))
    const tombstone = { type: 'deleted', room: 'lobby', target: seq, by: 'alice' }
    expect(newObjects(alice)).toMatchObject([tombstone, { type: 'ok', n: 2 }])
    expect(newObjects(bob)).toMatchObject([tombstone])
    expect(dan.news()).toEqual([expect.stringContaining(`[*] alice deleted message ${seq}.`)])
    const carol = await native(world, 'carol')
    expect(past(carol)).toMatchObject([{ seq, from: 'alice', deleted: true }])
    expect(carol.text()).not.toContain('regret')
    await asked(bob, { type: 'search', words: 'regret' })
    expect(past(bob)).toEqual([])
  })

  test('right behind what was said takes the latest; what comes after it stays in order [Y5] [D3]', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    const lines = [say('one', { n: 1 }), say('two', { n: 2 }), object({ type: 'delete', n: 3 }), say('three', { n: 4 })]
    await alice.send(lines.join(''))
    expect(newObjects(alice).flatMap(({ type, n, text }) => (type === 'ok' ? [n] : text ? [text] : [type]))).toEqual([
      ...['one', 1, 'two', 2, 'deleted', 3, 'three', 4],
    ])
    await alice.send(lines[2] as string)
    expect(newObjects(alice)).toMatchObject([{ type: 'ok', n: 3 }])
    await asked(alice, { type: 'history' })
    expect(past(alice).map(({ text = 'deleted' }) => text)).toEqual(['one', 'deleted', 'three'])
  })

  test('is for the author, or the host [Y6]', async () => {
    const world = await openWorld()
    const [alice, bob, carol] = [await native(world, 'alice'), await native(world, 'bob'), await native(world, 'carol')]
    await alice.send(say('mine'))
    const { seq } = world.state()
    expect(await asked(bob, { type: 'delete', n: 1, seq })).toMatchObject({ code: 'not-author' })
    expect(await asked(bob, { type: 'delete', n: 2 })).toMatchObject({ code: 'nothing-said' })
    expect(await asked(bob, { type: 'delete', n: 3, seq: 999 })).toMatchObject({ code: 'message-unknown' })
    await alice.send(tell('bob', 'between us'))
    const secret = world.state().seq
    expect(await asked(carol, { type: 'delete', n: 1, seq: secret })).toMatchObject({ code: 'message-unknown' })
    expect(await asked(bob, { type: 'delete', n: 4, seq: secret })).toMatchObject({ code: 'not-author' })
    for (const wire of [alice, bob, carol]) wire.news()
    await alice.send(object({ type: 'delete', seq: secret }))
    expect(newObjects(bob)).toMatchObject([{ type: 'deleted', target: secret, by: 'alice' }])
    expect(newObjects(carol)).toEqual([])
    expect(world.server.host({ type: 'delete', seq, room: 'lobby' })).toBeNull()
    await world.clock.settle()
    expect(newObjects(carol)).toMatchObject([{ type: 'deleted', target: seq, by: 'Host' }])
    await carol.send(object({ type: 'join', room: 'ops' }))
    await carol.send(object({ type: 'part', room: 'lobby' }))
    world.server.host({ type: 'say', room: 'lobby', text: 'to all', action: false })
    await world.clock.settle()
    const toAll = world.state().seq
    world.server.host({ type: 'delete', seq: toAll, room: 'lobby' })
    await world.clock.settle()
    expect(newObjects(carol).at(-1)).toMatchObject({ type: 'deleted', target: toAll, by: 'Host' })
    expect(world.server.host({ type: 'delete', seq: 999, room: 'lobby' })).toMatchObject({ code: 'message-unknown' })
  })

  test('by the host is told to those who could read it, and to nobody else [Y6]', async () => {
    const world = await openWorld()
    const [alice, bob, carol] = [await native(world, 'alice'), await native(world, 'bob'), await native(world, 'carol')]
    await alice.send(join_('ops'))
    await bob.send(join_('ops'))
    await alice.send(say('in ops', { room: 'ops' }))
    const inOps = world.state().seq
    await alice.send(tell('bob', 'between us'))
    const between = world.state().seq
    for (const wire of [alice, bob, carol]) wire.news()
    for (const seq of [inOps, between]) {
      expect(world.server.host({ type: 'delete', seq, room: 'lobby' })).toBeNull()
      await world.clock.settle()
    }
    const told = [inOps, between].map(target => ({ type: 'deleted', target, by: 'Host' }))
    const deletions = (wire: Wire) => newObjects(wire).filter(({ type }) => type === 'deleted')
    for (const wire of [alice, bob]) expect(deletions(wire)).toMatchObject(told)
    expect(newObjects(carol)).toEqual([])
  })

  test('that cannot be carried out is refused, and nothing is said of it; later it can be [Y5]', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    await alice.send(say('stays', { n: 1 }))
    const { erase } = world.journal
    Object.assign(world.journal, { erase: () => Promise.reject(new Error('the disk is full')) })
    expect(await asked(alice, { type: 'delete', n: 2 })).toMatchObject({ code: 'storage', n: 2, retry: true })
    expect(world.troubles.splice(0)).toMatchObject([{ type: 'storage' }])
    Object.assign(world.journal, { erase })
    expect(await asked(alice, { type: 'delete', n: 3 })).toMatchObject({ type: 'ok', n: 3 })
  })
})

describe('on disk', () => {
  const onDisk = (folder: string, options = {}): Promise<World> => {
    const { journal, history, origin } = openStore(folder, randomUUID, promptDisk)
    // Ids of its own for each start: the seeded ones begin anew with each world.
    return createWorld({ origin, ...options }, journal, { history, entropy: systemEntropy })
  }
  const bytes = (folder: string): string =>
    readdirSync(folder)
      .map(name => readFileSync(join(folder, name)).toString('latin1'))
      .join('')

  test('a client that comes back after a restart finds the messages, and goes on in its place [D4] [Y1] [J8]', async () => {
    const folder = temporaryFolder()
    const first = await onDisk(folder)
    const alice = await native(first, 'alice')
    await alice.send(say('before'))
    const welcome = alice.objects()[0] as { readonly token: string; readonly epoch: string }
    await first.close()
    const second = await onDisk(folder)
    await second.clock.settle()
    expect([...second.state().members.values()].map(({ name }) => name.text)).toEqual(['alice'])
    const again = second.dial()
    await again.send(object({ type: 'hello', token: welcome.token, epoch: welcome.epoch, cursor: 2 }))
    expect(again.objects()).toMatchObject([
      { type: 'welcome', resumed: true, gap: true, name: 'alice' },
      { type: 'room' },
      { type: 'history', messages: [{ text: 'before' }] },
    ])
    await second.close()
  })

  test('a client that comes back is told how much it missed, forgotten messages included [D5] [Y7]', async () => {
    const folder = temporaryFolder()
    const first = await onDisk(folder)
    const [alice, bob] = [await native(first, 'Spider-Man'), await native(first, 'bob')]
    const { token, epoch } = alice.objects()[0] as { readonly token: string; readonly epoch: string }
    const cursor = first.state().seq
    for (const text of ['one', 'two', 'three', 'four', 'five']) await bob.send(say(text))
    await bob.send(tell('Spider-Man', 'between us'))
    await bob.send(say('six'))
    await first.close()
    const second = await onDisk(folder, { keep: { count: 2 } })
    await second.clock.settle()
    const back = async (from: number) => {
      const wire = second.dial()
      await wire.send(object({ type: 'hello', token, epoch, cursor: from }))
      return wire
        .objects()
        .flatMap(({ type, room, missed, gone, messages }) =>
          type === 'history'
            ? [[room, missed, gone, (messages as readonly { text: string }[]).map(({ text }) => text)]]
            : [],
        )
    }
    expect(await back(cursor)).toEqual([
      ['lobby', 6, 5, ['six']],
      [undefined, 1, undefined, ['between us']],
    ])
    // From in between it is as many as came after that.
    expect(await back(cursor + 3)).toEqual([
      ['lobby', 3, 2, ['six']],
      [undefined, 1, undefined, ['between us']],
    ])
    const carol = await native(second, '田中')
    expect(pastTexts(carol)).toEqual(['six'])
    // A page after an input says how many are missing before it, and any other page does not.
    const pageOf = async (request: object) => await asked(carol, { type: 'history', room: 'lobby', n: 1, ...request })
    expect(await pageOf({ after: cursor + 2, n: 2 })).toMatchObject({ messages: [{ text: 'six' }], gone: 3 })
    expect(await pageOf({ after: cursor + 2, limit: 0, n: 3 })).not.toHaveProperty('gone')
    expect(await pageOf({ before: cursor + 9, n: 4 })).not.toHaveProperty('gone')
    await second.close()
    expect(bytes(folder)).not.toMatch(/three|"five"/)
  })

  test('of what was deleted no byte is left when it is acknowledged [Y5]', async () => {
    const folder = temporaryFolder()
    const world = await onDisk(folder)
    const alice = await native(world, 'alice')
    const words = ['Xylophonic', 'quetzalcoatl']
    await alice.send(say(words.join(' '), { n: 1 }))
    await asked(alice, { type: 'search', words: 'xylophonic' })
    expect(past(alice).length).toBe(1)
    expect(bytes(folder).toLowerCase()).toContain('xylophonic')
    await alice.send(object({ type: 'delete', n: 2 }))
    expect(newObjects(alice)).toMatchObject([{ type: 'deleted' }, { type: 'ok', n: 2 }])
    for (const word of words) expect(bytes(folder).toLowerCase().includes(word.toLowerCase())).toBe(false)
    await world.close()
  })

  test('only so many messages are kept, or the younger ones, and no byte of the others [Y7]', async () => {
    const folder = temporaryFolder()
    const first = await onDisk(folder)
    const alice = await native(first, 'alice')
    for (const text of ['quagmire', 'zeppelin', 'kaleidoscope']) await alice.send(say(text))
    await first.close()
    const second = await onDisk(folder, { keep: { count: 2 } })
    await second.clock.settle()
    expect(pastTexts(await native(second, 'bob'))).toEqual(['zeppelin', 'kaleidoscope'])
    expect(bytes(folder)).not.toContain('quagmire')
    await second.close()
    const third = await onDisk(folder, { keep: { age: 3_600_000 } })
    await third.clock.advance(2 * 3_600_000)
    const carol = await native(third, 'carol')
    expect(pastTexts(carol)).toEqual([])
    expect(bytes(folder)).not.toContain('kaleidoscope')
    await third.close()
    const fourth = await onDisk(folder)
    await fourth.clock.settle()
    await fourth.close()
    expect(fourth.troubles).toEqual([])
  })

  test('of a message that is not kept any more goes the text of a later edit, too [Y7] [Y11]', async () => {
    const folder = temporaryFolder()
    const first = await onDisk(folder)
    const alice = await native(first, '田中')
    await alice.send(say('quagmire', { n: 1 }))
    const { seq } = newObjects(alice).find(({ type }) => type === 'said') as { readonly seq: number }
    for (const text of ['zeppelin', 'kaleidoscope']) await alice.send(say(text))
    await alice.send(object({ type: 'edit', seq, room: 'lobby', text: 'archipelago', n: 2 }))
    await first.clock.settle()
    expect(bytes(folder)).not.toContain('quagmire')
    expect(bytes(folder)).toContain('archipelago')
    await first.close()
    const second = await onDisk(folder, { keep: { count: 2 } })
    await second.clock.settle()
    expect(pastTexts(await native(second, 'bob'))).toEqual(['zeppelin', 'kaleidoscope'])
    expect(bytes(folder)).not.toContain('archipelago')
    await second.close()
    expect(second.troubles).toEqual([])
  })

  test('a history that was cleared is recorded anew, but for what was deleted [Y8]', async () => {
    const folder = temporaryFolder()
    const world = await onDisk(folder)
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    await alice.send(say('one'))
    await alice.send(tell('bob', 'two'))
    await alice.send(say('three'))
    await alice.send(object({ type: 'delete' }))
    await asked(bob, { type: 'history' })
    const before = past(bob)
    await world.close()
    const { journal, history } = openStore(folder, randomUUID, promptDisk)
    history.clear()
    await journal.close()
    const again = await onDisk(folder)
    const carol = await native(again, 'carol')
    expect(past(carol)).toEqual(before)
    await again.close()
  })
})
