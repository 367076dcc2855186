/** Edits: the right to them, when others hear of them, and the rest of the text before. */
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { ERASURE_RETRY_MS } from '../../../src/model/limits.ts'
import { native, newObjects, object } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { createWorld } from '../../helpers/world.ts'
import { codesIn, person } from './living.ts'

describe('[Y11] an edit', () => {
  test('is shown to all at once, with its result, and the text before is gone', async () => {
    const journal = memoryJournal('epoch')
    const world = await openWorld({}, journal)
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = await spider.says('the old word')
    tanaka.hears()
    const got = await spider.asks({ type: 'edit', seq, text: 'the new word, @田中' })
    expect(codesIn(got)).toEqual(['edited', 'ok'])
    const [edited] = tanaka.hears()
    expect(edited).toMatchObject({ type: 'edited', target: seq, room: 'lobby', text: 'the new word, @田中' })
    expect(edited).toMatchObject({ from: 'Spider-Man', mentions: [world.state().sessions.last()?.member] })
    expect(journal.textOf(seq)).toBe(null)
    const [history] = await tanaka.asks({ type: 'history' })
    expect(history).toMatchObject({ messages: [{ seq, text: 'the new word, @田中', edited: expect.any(Number) }] })
    for (const [words, found] of [
      ['old', 0],
      ['new', 1],
    ] as const) {
      const [page] = await tanaka.asks({ type: 'search', words })
      expect(page?.['messages']).toHaveLength(found)
    }
  })

  test('is for the author alone, keepers of order included', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    await spider.asks({ type: 'join', room: 'tea' })
    await tanaka.asks({ type: 'join', room: 'tea' })
    const seq = await tanaka.says('mine', { room: 'tea' })
    expect(codesIn(await spider.asks({ type: 'edit', seq, text: 'yours' })).slice(-1)).toEqual(['not-yours'])
    const elsewhere = await tanaka.says('not there')
    const ann = await person(world, 'a|b', { room: 'tea' })
    expect(codesIn(await ann.asks({ type: 'edit', seq: elsewhere, text: 'x' }))).toEqual(['message-unknown'])
  })

  test('comes too late after the time that the host gives', async () => {
    const world = await openWorld({ editTime: 5000 })
    const spider = await person(world, 'Spider-Man')
    const seq = await spider.says('typo')
    await world.clock.advance(5000)
    expect(codesIn(await spider.asks({ type: 'edit', seq, text: 'in time' }))).toEqual(['edited', 'ok'])
    await world.clock.advance(1)
    const [late] = await spider.asks({ type: 'edit', seq, text: 'too late' })
    expect(late).toMatchObject({ code: 'edit-late', message: expect.stringContaining('5 s') })
  })

  test('is off where the host says so', async () => {
    const world = await openWorld({ editTime: 0 })
    const spider = await person(world, 'Spider-Man')
    const seq = await spider.says('typo')
    expect(codesIn(await spider.asks({ type: 'edit', seq, text: 'x' }))).toEqual(['edit-off'])
  })

  test('without a number of the message is of the latest own one', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    await spider.says('first')
    const seq = await spider.says('second')
    await tanaka.says('third')
    spider.hears()
    const [edited] = await spider.asks({ type: 'edit', text: 'zweite' })
    expect(edited).toMatchObject({ type: 'edited', target: seq })
    expect(codesIn(await tanaka.asks({ type: 'edit', room: 'nowhere', text: 'x' })).slice(-1)).toEqual(['nothing-said'])
  })

  test('of a direct message reaches its two parties and nobody else', async () => {
    const world = await openWorld()
    const [spider, tanaka, blue] = [
      await person(world, 'Spider-Man'),
      await person(world, '田中'),
      await person(world, 'Mr.Blue'),
    ]
    const got = await spider.asks({ type: 'tell', to: '田中', text: 'secret' })
    const seq = Number(got.find(({ type }) => type === 'ok')?.['seq'])
    for (const one of [tanaka, blue]) one.hears()
    expect(codesIn(await spider.asks({ type: 'edit', seq, text: 'still secret' }))).toEqual(['edited', 'ok'])
    expect(tanaka.hears()).toMatchObject([{ type: 'edited', target: seq, text: 'still secret' }])
    expect(blue.hears()).toEqual([])
    expect(codesIn(await blue.asks({ type: 'react', seq, emoji: '👍' }))).toEqual(['message-unknown'])
    expect(codesIn(await blue.asks({ type: 'messages', seqs: [seq] }))).toEqual(['messages'])
  })

  test('later commands come after it', async () => {
    const world = await openWorld()
    const spider = await person(world, 'Spider-Man')
    const seq = await spider.says('one')
    await spider.wire.send(
      object({ type: 'edit', n: 2, seq, text: 'two' }) +
        object({ type: 'say', n: 3, text: 'after' }) +
        object({ type: 'edit', n: 4, seq, text: 'three' }),
    )
    expect(spider.hears().map(({ type, text, n }) => text ?? n ?? type)).toEqual(['two', 2, 'after', 3, 'three', 4])
  })

  test('[D3] a repeated edit is answered again, not performed again', async () => {
    const world = await openWorld()
    const spider = await native(world, 'Spider-Man')
    await spider.send(object({ type: 'say', n: 1, text: 'one' }))
    const seq = Number(newObjects(spider)[0]?.['seq'])
    const edit = object({ type: 'edit', n: 2, seq, text: 'two' })
    await spider.send(edit)
    newObjects(spider)
    await spider.send(edit)
    expect(codesIn(newObjects(spider))).toEqual(['ok'])
    expect(world.steps.filter(({ events }) => events.some(({ event }) => event.type === 'edited'))).toHaveLength(1)
  })
})

/** A journal whose erasures fail while the test says so. */
function stubborn() {
  const inner = memoryJournal('epoch')
  const way = { isBlocked: true }
  const erase: typeof inner.erase = async seqs => {
    if (way.isBlocked) throw new Error('the disk is full')
    await inner.erase(seqs)
  }
  const close = async (): Promise<void> => {}
  const journal = { ...inner, close }
  return { way, blocked: { ...journal, erase }, journal }
}

describe('[Y11] the text before', () => {
  test('that cannot be erased keeps the edit back, and others hear of it when it is gone', async () => {
    const { blocked, way } = stubborn()
    const world = await openWorld({}, blocked)
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = await spider.says('old')
    tanaka.hears()
    expect(await spider.asks({ type: 'edit', seq, text: 'new' })).toEqual([])
    expect(tanaka.hears()).toEqual([])
    way.isBlocked = false
    for (let waited = 0; waited < ERASURE_RETRY_MS; waited += 5000) {
      await world.clock.advance(5000)
      for (const { wire } of [spider, tanaka]) await wire.send(object({ type: 'pong' }))
    }
    expect(codesIn(spider.hears()).filter(type => type !== 'ping')).toEqual(['edited', 'ok'])
    expect(tanaka.hears().filter(({ type }) => type !== 'ping')).toMatchObject([{ type: 'edited', text: 'new' }])
    expect(world.troubles.splice(0)).toHaveLength(1)
  })

  test('is erased by the next start, if the server stopped in between', async () => {
    const { blocked, journal } = stubborn()
    const before = await createWorld({ origin: 'one' }, blocked)
    const seq = await (await person(before, 'Spider-Man')).says('old')
    const spider = await native(before, 'Mr.Blue')
    await spider.send(object({ type: 'say', n: 1, text: 'mine' }))
    const own = Number(newObjects(spider).find(({ type }) => type === 'ok')?.['seq'])
    await spider.send(object({ type: 'edit', n: 2, seq: own, text: 'new' }))
    expect(before.state().edits.size).toBe(1)
    await before.close()
    const world = await openWorld({ origin: 'one' }, journal)
    await world.clock.settle()
    expect([journal.textOf(own), journal.textOf(seq), world.state().edits.size]).toEqual([null, 'old', 0])
    const [history] = await (await person(world, '田中')).asks({ type: 'history' })
    expect(history).toMatchObject({ messages: [{ text: 'old' }, { seq: own, text: 'new' }] })
  })
})
