/** Attacks on messages that change: by members that may not write, and by members that may not read any more. */
import { describe, expect, test } from 'vitest'
import { object } from '../helpers/actors.ts'
import { hosted } from '../helpers/keeping.ts'
import { openWorld } from '../helpers/open-world.ts'
import { codesIn, person } from '../server/messages/living.ts'

const DAY = 86_400_000

describe('a guest in a locked-down server', () => {
  test('[Y11] [Y16] neither edits direct messages, nor reacts to one, nor is shown as typing', async () => {
    const world = await openWorld({ rate: null })
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const got = await spider.asks({ type: 'tell', to: '田中', text: 'hello' })
    const seq = Number(got.find(({ type }) => type === 'ok')?.['seq'])
    await hosted(world, { type: 'mode', mode: 'lockdown', value: true, room: undefined })
    for (const one of [spider, tanaka]) one.hears()
    expect(codesIn(await spider.asks({ type: 'tell', to: '田中', text: 'spam' }))).toEqual(['locked-down'])
    expect(codesIn(await spider.asks({ type: 'edit', seq, text: 'spam' }))).toEqual(['locked-down'])
    expect(codesIn(await spider.asks({ type: 'react', seq, emoji: '👍' }))).toEqual(['locked-down'])
    await spider.wire.send(object({ type: 'typing', with: '田中' }))
    expect(tanaka.hears()).toEqual([])
  })
})

describe('an author that has left a room', () => {
  test('[Y12] does not learn who is there from the reactions to its messages', async () => {
    const world = await openWorld({ rate: null })
    const [spider, tanaka] = [
      await person(world, 'Spider-Man', { room: 'tea' }),
      await person(world, '田中', { room: 'tea' }),
    ]
    const seq = await spider.says('mine', { room: 'tea' })
    await spider.asks({ type: 'part', room: 'tea' })
    await tanaka.asks({ type: 'react', seq, emoji: '👍' })
    expect(codesIn(await spider.asks({ type: 'reactions', seq }))).toEqual(['message-unknown'])
    expect(codesIn(await spider.asks({ type: 'edit', seq, text: 'still mine' }))).toEqual(['not-in-room'])
  })
})

describe('a room', () => {
  test('[Y13] is not full of pinned messages that the history has forgotten', async () => {
    const world = await openWorld({ rate: null, keep: { age: DAY } })
    const spider = await person(world, 'Spider-Man')
    const [old, seq] = [await spider.says('old'), await spider.says('older')]
    for (const target of [old, seq]) await hosted(world, { type: 'pin', seq: target })
    expect(world.state().rooms.get('lobby')?.pins).toHaveLength(2)
    await world.clock.advance(3 * DAY)
    const tanaka = await person(world, '田中')
    const later = await tanaka.says('later')
    await hosted(world, { type: 'pin', seq: later })
    await world.clock.advance(2 * 3_600_000)
    expect(world.state().rooms.get('lobby')?.pins).toMatchObject([{ seq: later }])
  })
})
