/** Word filters: each text and each name is matched when it comes in, by any protocol. */
import { describe, expect, test } from 'vitest'
import { type MemoryJournal, memoryJournal } from '../../../../src/journal/memory.ts'
import { GRACE_MS, HELD_MS } from '../../../../src/model/limits.ts'
import { classic, line, native, newObjects, object, say } from '../../../helpers/actors.ts'
import { filtered, hosted } from '../../../helpers/keeping.ts'
import { openWorld } from '../../../helpers/open-world.ts'
import { entriesIn } from '../../../helpers/recorded.ts'
import { troubledJournal } from '../../../helpers/troubled-journal.ts'
import type { Wire, World } from '../../../helpers/world.ts'

const tell = (to: string, text: string): string => object({ type: 'tell', to, text, n: 1 })
const answer = (wire: Wire): unknown => newObjects(wire).find(({ type }) => type === 'rejected' || type === 'ok')
const saidTo = (wire: Wire): readonly unknown[] =>
  newObjects(wire).flatMap(({ type, text }) => (type === 'said' || type === 'told' ? [text] : []))

/** A guest in the lobby, who is the host's: it has no role there. */
const scene = async (journal: MemoryJournal = memoryJournal('epoch')) => {
  const world = await openWorld({ rate: null }, journal)
  const [spider, zoya] = [await native(world, 'Spider-Man'), await native(world, 'ЗОЯ')]
  return { world, journal, spider, zoya }
}

const filtersOf = async (journal: MemoryJournal): Promise<readonly unknown[]> =>
  (await entriesIn(journal)).flatMap(({ input }) => ('filters' in input ? [[input.type, input.filters]] : []))

async function postedBy(world: World, text: string): Promise<unknown> {
  world.server.grants.add({ name: 'ci-bot', room: null, read: true, write: true }, () => {})
  await world.clock.settle()
  const [grant] = world.state().grants.values()
  if (!grant) throw new Error('no grant')
  const posting = world.server.api.post(grant, { room: 'lobby', text, action: false, key: null })
  await world.clock.settle()
  return posting
}

describe('texts', () => {
  test('each protocol brings texts that filters refuse, and others that they do not', async () => {
    const { world, spider, zoya } = await scene()
    const [blue, tanaka] = [await line(world, 'Mr.Blue'), await classic(world, '田中')]
    await filtered(world, 'cheap pills', 'refuse')
    for (const wire of [spider, zoya]) newObjects(wire)
    blue.news()
    await spider.send(say('CHEAP   pills!', { n: 1 }))
    expect(answer(spider)).toMatchObject({ code: 'filtered', n: 1 })
    await blue.send('cheap\u200b pills for all\n')
    expect(blue.news().join()).toContain('A word filter of this server refuses this text.')
    await tanaka.send('chеap pills')
    await world.clock.advance(1000)
    expect(tanaka.writes.at(-1)).toContain('A word filter of this server refuses this text.')
    expect(await postedBy(world, 'Cheap Pills')).toMatchObject({ ok: false, code: 'filtered' })
    expect(saidTo(zoya)).toEqual([])
    await spider.send(say('cheap spills'))
    await blue.send('pills\n')
    expect(await postedBy(world, 'pills, cheap')).toMatchObject({ ok: true })
    expect(saidTo(zoya)).toEqual(['cheap spills', 'pills', 'pills, cheap'])
  })

  test('a text that matches nothing has no mark in the journal, and the host’s texts go through', async () => {
    const { world, journal, spider, zoya } = await scene()
    const id = await filtered(world, 'spam', 'refuse')
    await spider.send(say('fine'))
    expect(await filtersOf(journal)).toEqual([])
    newObjects(zoya)
    await hosted(world, { type: 'say', room: 'lobby', text: 'no spam here', action: false })
    expect(saidTo(zoya)).toEqual(['no spam here'])
    await spider.send(say('spam'))
    expect(await filtersOf(journal)).toEqual([
      ['say', [id]],
      ['say', [id]],
    ])
  })

  test('a filter of a room holds there alone, one that was removed nowhere, and one that changed as it is now', async () => {
    const { world, spider, zoya } = await scene()
    await spider.send(object({ type: 'join', room: 'ops' }))
    await zoya.send(object({ type: 'join', room: 'ops' }))
    await filtered(world, 'curse', 'refuse', 'ops')
    const everywhere = await filtered(world, '/b[a4]d w[o0]rd/', 'refuse')
    newObjects(zoya)
    await zoya.send(say('a curse'))
    await zoya.send(say('a curse', { room: 'ops' }))
    await zoya.send(say('B4D WORD', { room: 'ops' }))
    expect(saidTo(zoya)).toEqual(['a curse'])
    await hosted(world, { type: 'unfilter', filter: everywhere })
    await filtered(world, 'curse', 'warn', 'ops')
    await zoya.send(say('a curse', { room: 'ops' }))
    await zoya.send(say('b4d word', { room: 'ops' }))
    expect(saidTo(zoya)).toEqual(['a curse', 'b4d word'])
  })

  test('one holds for all that comes after it, also in the same turn', async () => {
    const { world, spider, zoya } = await scene()
    const promise = hosted(world, { type: 'filter', is: 'words', pattern: 'now', action: 'refuse' })
    await promise
    newObjects(zoya)
    const lines = Array.from({ length: 200 }, (_, at) => `word${at}`)
    for (const pattern of lines) {
      expect(world.server.host({ type: 'filter', is: 'words', pattern, action: 'refuse' })).toBeNull()
    }
    await world.clock.settle()
    await spider.send([...lines, 'now', 'later'].map(text => say(text)).join(''))
    expect(saidTo(zoya)).toEqual(['later'])
  })

  test('direct messages are under the filters of the server, and what would be held is refused', async () => {
    const { world, spider, zoya } = await scene()
    await filtered(world, 'secret', 'hold')
    await filtered(world, 'lobbyism', 'refuse', 'lobby')
    for (const wire of [spider, zoya]) newObjects(wire)
    await spider.send(tell('ЗОЯ', 'a secret'))
    expect(answer(spider)).toMatchObject({ code: 'filtered' })
    await spider.send(object({ type: 'tell', to: 'ЗОЯ', text: 'lobbyism', n: 2 }))
    expect(saidTo(zoya)).toEqual(['lobbyism'])
  })
})

describe('topics, reasons and notes', () => {
  test('a topic and a note are refused; a reason is left out', async () => {
    const { world, spider, zoya } = await scene()
    await filtered(world, 'crook', 'hold')
    await zoya.send(object({ type: 'join', room: 'ops' }))
    await spider.send(object({ type: 'join', room: 'ops' }))
    for (const wire of [spider, zoya]) newObjects(wire)
    await spider.send(object({ type: 'topic', topic: 'ЗОЯ is a crook', n: 1 }))
    expect(answer(spider)).toMatchObject({ code: 'filtered', n: 1 })
    await spider.send(object({ type: 'away', note: 'fetching a crook', n: 2 }))
    expect(answer(spider)).toMatchObject({ code: 'filtered', n: 2 })
    await spider.send(object({ type: 'part', room: 'ops', reason: 'too many a crook' }))
    expect(newObjects(zoya)).toMatchObject([{ type: 'parted', name: 'Spider-Man' }])
    expect(zoya.text()).not.toContain('crook')
    await spider.send(object({ type: 'bye', reason: 'CROOK' }))
    expect(newObjects(zoya)).toMatchObject([{ type: 'quit', name: 'Spider-Man' }])
    expect(zoya.text()).not.toContain('CROOK')
  })

  test('filters don’t apply to the reasons of keepers', async () => {
    const { world, journal, zoya } = await scene()
    await filtered(world, 'spam', 'refuse')
    newObjects(zoya)
    await hosted(world, { type: 'kick', name: 'Spider-Man', reason: 'spam' })
    expect(newObjects(zoya)).toContainEqual(expect.objectContaining({ type: 'quit', reason: 'spam' }))
    expect(await filtersOf(journal)).toEqual([])
  })
})

describe('names', () => {
  test('a guest with a refused name is told so, in each protocol, and may come with another', async () => {
    const { world } = await scene()
    await filtered(world, '*admin*', 'refuse')
    const wire = await native(world, 'x')
    const refused = world.dial()
    await refused.send(object({ type: 'hello', name: 'Real-Admin' }))
    expect(refused.objects()).toMatchObject([{ type: 'rejected', code: 'name-filtered' }])
    await refused.send(object({ type: 'hello', name: 'مريم' }))
    expect(refused.objects().at(-1)).toMatchObject({ type: 'room' })
    const typed = await line(world, 'аdmin2')
    expect(typed.text()).toContain('A word filter of this server refuses this name. Choose another name.')
    newObjects(wire)
    await wire.send(object({ type: 'nick', name: 'x-ADMIN-x', n: 1 }))
    expect(answer(wire)).toMatchObject({ code: 'name-filtered' })
    await wire.send(object({ type: 'nick', name: 'a_b', n: 2 }))
    expect(answer(wire)).toMatchObject({ type: 'ok', n: 2 })
  })

  test('a filter of a room counts where the name would be read: joining, and under a new name', async () => {
    const { world, spider, zoya } = await scene()
    await spider.send(object({ type: 'join', room: 'ops' }))
    await filtered(world, 'boss', 'refuse', 'ops')
    const refused = world.dial()
    await refused.send(object({ type: 'hello', name: 'boss', room: 'ops' }))
    expect(refused.objects()).toMatchObject([{ type: 'rejected', code: 'name-filtered' }])
    await refused.send(object({ type: 'hello', name: 'boss' }))
    expect(refused.objects().at(-1)).toMatchObject({ type: 'room' })
    newObjects(zoya)
    // Both come before either is folded.
    await zoya.send(object({ type: 'join', room: 'ops', n: 1 }) + object({ type: 'nick', name: 'the-boss', n: 2 }))
    expect(newObjects(zoya).find(({ n }) => n === 2)).toMatchObject({ code: 'name-filtered' })
  })

  test('nobody registers a refused name, entering or later', async () => {
    const { world } = await scene()
    const early = await native(world, 'vip-早')
    await filtered(world, 'vip*', 'refuse')
    const late = world.dial()
    await late.send(object({ type: 'hello', name: 'VIP2', register: { password: 'long enough a password' } }))
    await world.clock.advance(1000)
    expect(late.objects()).toMatchObject([{ type: 'rejected', code: 'name-filtered' }])
    newObjects(early)
    await early.send(object({ type: 'register', password: 'long enough a password', n: 1 }))
    await world.clock.advance(1000)
    expect(answer(early)).toMatchObject({ code: 'name-filtered', n: 1 })
    expect(world.state().accounts.size).toBe(0)
  })

  test('a lapsed session does not return under a refused name, but under another', async () => {
    const { world } = await scene()
    const again = { token: 'made-by-the-client-0123456789abcdef', epoch: 'epoch', cursor: 0 }
    const gone = await native(world, 'crook', again)
    gone.peer.vanish()
    await world.clock.advance(GRACE_MS)
    expect(world.state().lapsed.size).toBe(1)
    await filtered(world, 'crook', 'refuse')
    const returns = async (fields: object): Promise<Wire> => {
      const wire = world.dial()
      await wire.send(object({ type: 'hello', ...again, ...fields }))
      return wire
    }
    expect((await returns({})).objects()).toMatchObject([{ code: 'name-filtered' }])
    expect((await returns({ name: 'crook' })).objects()).toMatchObject([{ code: 'name-filtered' }])
    const [welcome] = (await returns({ name: 'Mr.Blue' })).objects()
    expect(welcome).toMatchObject({ type: 'welcome', name: 'Mr.Blue', returned: true })
  })
})

describe('verdicts', () => {
  test('a warning is for the author and for keepers; the message is shown to all', async () => {
    const { world, spider, zoya } = await scene()
    await spider.send(object({ type: 'join', room: 'ops' }))
    await zoya.send(object({ type: 'join', room: 'ops' }))
    const third = await native(world, '田中', { room: 'ops' })
    await filtered(world, 'darn', 'warn', 'ops')
    for (const wire of [spider, zoya, third]) newObjects(wire)
    await zoya.send(say('darn', { room: 'ops' }))
    const warned = { type: 'moderated', act: 'warn', who: 'ЗОЯ' }
    expect(newObjects(zoya)).toMatchObject([warned, { type: 'said', text: 'darn' }])
    expect(newObjects(spider)).toMatchObject([warned, { type: 'said', text: 'darn' }])
    expect(newObjects(third)).toMatchObject([{ type: 'said', text: 'darn' }])
  })

  test('a held message is for its author and for keepers, and is dropped after a day', async () => {
    const { world, journal } = await scene()
    const [founder, author, third] = [
      await line(world, 'Mr.Blue'),
      await line(world, 'مريم'),
      await line(world, '田中'),
    ]
    for (const wire of [founder, author, third]) await wire.send('/join ops\n')
    await filtered(world, 'maybe', 'hold', 'ops')
    for (const wire of [founder, author, third]) wire.news()
    await author.send('maybe\n')
    const seq = world.state().seq
    const held = [
      expect.stringContaining(`server > Message ${seq} of مريم in #ops waits for a keeper, who can /release ${seq}`),
    ]
    expect([author.news(), founder.news(), third.news()]).toEqual([held, held, []])
    await world.clock.advance(HELD_MS - 1000)
    expect(world.state().held.size).toBe(1)
    await world.clock.advance(2000)
    // Its text is erased, too.
    expect([world.state().held.size, journal.textOf(seq)]).toEqual([0, null])
    expect(third.text()).not.toContain('maybe')
  })
})

test('a disk that is full refuses as ever, and the filter holds when it is free again', async () => {
  const journal = troubledJournal()
  const world = await openWorld({ rate: null }, journal)
  const spider = await native(world, 'Spider-Man')
  await filtered(world, 'spam', 'refuse')
  newObjects(spider)
  journal.full = true
  await spider.send(say('spam', { n: 1 }))
  expect(answer(spider)).toMatchObject({ code: 'storage', n: 1 })
  journal.full = false
  world.troubles.length = 0
  await spider.send(say('spam', { n: 1 }))
  expect(answer(spider)).toMatchObject({ code: 'filtered', n: 1 })
})
