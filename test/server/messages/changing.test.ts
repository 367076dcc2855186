/** Answers, reactions and pins: the right to them, their audience, and the rest after a deletion. */
import { describe, expect, test } from 'vitest'
import { emojiTable } from '../../../src/model/emoji/table.ts'
import { PINS_MAX, REACTION_KINDS_MAX } from '../../../src/model/limits.ts'
import { line, object } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { codesIn, person } from './living.ts'

const EMOJI = emojiTable().groups.flatMap(({ rows }) => rows.map(({ emoji }) => emoji))

describe('[Y10] an answer', () => {
  test('names the message, and mentions its author', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = await spider.says('lunch at noon?')
    spider.hears()
    await tanaka.says('yes', { reply: seq })
    const [said] = spider.hears()
    const id = world.state().members.find(({ name }) => name.text === 'Spider-Man')?.id
    expect(said).toMatchObject({ type: 'said', reply: seq, mentions: [id] })
    const own = await spider.asks({ type: 'say', text: 'and I forgot', reply: seq })
    expect(own.find(({ type }) => type === 'said')).not.toHaveProperty('mentions')
    const [history] = await spider.asks({ type: 'history' })
    expect(history).toMatchObject({ messages: [{ seq }, { reply: seq }, { reply: seq }] })
  })

  test('goes where the message is, and to one that is there', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = await spider.says('in the lobby')
    await spider.asks({ type: 'join', room: 'tea' })
    expect(codesIn(await spider.asks({ type: 'say', room: 'tea', text: 'x', reply: seq }))).toEqual(['reply-elsewhere'])
    expect(codesIn(await spider.asks({ type: 'say', text: 'x', reply: 9999 }))).toEqual(['message-unknown'])
    const told = await spider.asks({ type: 'tell', to: '田中', text: 'between us' })
    const direct = Number(told.find(({ type }) => type === 'ok')?.['seq'])
    tanaka.hears()
    expect(codesIn(await tanaka.asks({ type: 'tell', to: 'Spider-Man', text: 'yes', reply: direct }))).toContain('ok')
    expect(codesIn(await tanaka.asks({ type: 'say', text: 'aloud', reply: direct }))).toEqual(['reply-elsewhere'])
    await spider.asks({ type: 'delete', seq })
    tanaka.hears()
    expect(codesIn(await tanaka.asks({ type: 'say', text: 'what?', reply: seq }))).toEqual(['message-unknown'])
  })
})

describe('[Y12] reactions', () => {
  test('count once for each member and kind, and can be taken back', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = await spider.says('done')
    tanaka.hears()
    for (const [asked, answer] of [
      [{ emoji: '👍' }, 'ok'],
      [{ emoji: ':+1:' }, 'reacted-already'],
      [{ emoji: '❤' }, 'ok'],
      [{ emoji: '❤️', off: true }, 'ok'],
      [{ emoji: '❤️', off: true }, 'not-reacted'],
      [{ emoji: 'no' }, 'emoji-unknown'],
      [{ emoji: '👍👍' }, 'emoji-unknown'],
    ] as const) {
      expect([asked, codesIn(await tanaka.asks({ type: 'react', seq, ...asked })).at(-1)]).toEqual([asked, answer])
    }
    const [history] = await spider.asks({ type: 'history' }).then(all => all.filter(({ type }) => type === 'history'))
    const id = world.state().members.find(({ name }) => name.text === '田中')?.id
    expect(history).toMatchObject({ messages: [{ reactions: [{ emoji: '👍', ids: [id] }] }] })
    const [who] = await spider.asks({ type: 'reactions', seq })
    expect(who).toMatchObject({ target: seq, reactions: [{ emoji: '👍', people: [{ id, name: '田中' }] }] })
  })

  test('have as many kinds as a message may have', async () => {
    const world = await openWorld({ rate: null })
    const spider = await person(world, 'Spider-Man')
    const seq = await spider.says('done')
    for (const emoji of EMOJI.slice(0, REACTION_KINDS_MAX)) await spider.asks({ type: 'react', seq, emoji })
    const emoji = EMOJI[REACTION_KINDS_MAX]
    expect(codesIn(await spider.asks({ type: 'react', seq, emoji }))).toEqual(['reactions-full'])
  })

  test('of somebody who may not write are refused, and those on what is gone as well', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = await spider.says('done')
    world.server.host({ type: 'mute', who: '田中', reason: null })
    await world.clock.settle()
    tanaka.hears()
    expect(codesIn(await tanaka.asks({ type: 'react', seq, emoji: '👍' }))).toEqual(['muted'])
    await spider.asks({ type: 'react', seq, emoji: '👍' })
    await spider.asks({ type: 'delete', seq })
    expect(codesIn(await spider.asks({ type: 'react', seq, emoji: '🎉' }))).toEqual(['message-unknown'])
    const [history] = await spider.asks({ type: 'history' })
    expect(history?.['messages']).toMatchObject([{ seq, deleted: true }])
    expect(JSON.stringify(history)).not.toContain('reactions')
  })
})

describe('[Y13] pins', () => {
  test('are of the room, and go with their message', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = await spider.says('the rules')
    tanaka.hears()
    expect(codesIn(await tanaka.asks({ type: 'pin', seq }))).toEqual(['pinned', 'ok'])
    expect(codesIn(await tanaka.asks({ type: 'pin', seq }))).toEqual(['ok'])
    const late = await person(world, 'Mr.Blue')
    expect(late.wire.objects().find(({ type }) => type === 'room')).toMatchObject({ pins: [{ seq, by: '田中' }] })
    const [pins] = await late.asks({ type: 'pins' })
    expect(pins).toMatchObject({ type: 'pins', room: 'lobby', messages: [{ seq, text: 'the rules' }] })
    await spider.asks({ type: 'delete', seq })
    expect(world.state().rooms.get('lobby')).not.toHaveProperty('pins')
    expect(codesIn(await tanaka.asks({ type: 'pin', seq })).at(-1)).toBe('message-unknown')
  })

  test('are as many as a room may have', async () => {
    const world = await openWorld({ rate: null })
    const spider = await person(world, 'Spider-Man')
    const seqs: number[] = []
    for (let at = 0; at <= PINS_MAX; at++) seqs.push(await spider.says(`${at}`))
    for (const seq of seqs.slice(0, PINS_MAX)) await spider.asks({ type: 'pin', seq })
    expect(codesIn(await spider.asks({ type: 'pin', seq: seqs[PINS_MAX] }))).toEqual(['pins-full'])
    await spider.asks({ type: 'pin', seq: seqs[0], off: true })
    expect(codesIn(await spider.asks({ type: 'pin', seq: seqs[PINS_MAX] }))).toEqual(['pinned', 'ok'])
  })

  test('are for those who may set the topic', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [
      await person(world, 'Spider-Man', { room: 'tea' }),
      await person(world, '田中', { room: 'tea' }),
    ]
    await spider.asks({ type: 'mode', room: 'tea', mode: 'topic-protected' })
    const seq = await tanaka.says('mine', { room: 'tea' })
    expect(codesIn(await tanaka.asks({ type: 'pin', seq })).at(-1)).toBe('role-needed')
    expect(codesIn(await spider.asks({ type: 'pin', seq })).at(-1)).toBe('ok')
    const outside = await person(world, 'a|b')
    expect(codesIn(await outside.asks({ type: 'pin', seq }))).toEqual(['message-unknown'])
    expect(codesIn(await outside.asks({ type: 'pins', room: 'tea' }))).toEqual(['not-in-room'])
  })
})

test('[Y15] people with nc hear of all of it, and ignored members are left out', async () => {
  const world = await openWorld()
  const spider = await person(world, 'Spider-Man')
  const seq = await spider.says('lunch')
  const tanaka = await line(world, '田中')
  await spider.asks({ type: 'react', seq, emoji: '🎉' })
  await spider.asks({ type: 'edit', seq, text: 'dinner' })
  expect(tanaka.news().join('\n')).toMatch(/🎉[\s\S]*dinner/u)
  await tanaka.send('/ignore Spider-Man\n')
  tanaka.news()
  await spider.asks({ type: 'react', seq, emoji: '👍' })
  await spider.asks({ type: 'edit', seq, text: 'supper' })
  await spider.wire.send(object({ type: 'typing' }))
  expect(tanaka.news()).toEqual([])
})
