/** Messages from a place on, and then the new ones. */
import { describe, expect, test } from 'vitest'
import type { Said } from '../../src/library/chat-event.ts'
import type { Since } from '../../src/library/since.ts'
import { guest } from '../helpers/guest.ts'
import { lastingFixture } from '../helpers/lasting-fixture.ts'

type Fixture = Awaited<ReturnType<typeof lastingFixture>>

async function opened() {
  const fixture = await lastingFixture({ rate: null })
  const ann = guest(fixture, 'ann')
  await fixture.clock.settle()
  const say = async (...texts: readonly string[]) => {
    const said = texts.map(text => ann.room.say(text))
    await fixture.clock.settle()
    return (await Promise.all(said)).map(({ seq }) => seq)
  }
  return { fixture, ann, say }
}

function reader(fixture: Fixture, from: Since) {
  const { chat, dialer } = guest(fixture, 'reader')
  const heard: Said[] = []
  let error: unknown = null
  chat
    .room()
    .since$(from)
    .subscribe({
      next: said => heard.push(said),
      error: cause => {
        error = cause
      },
    })
  return {
    ...{ chat, dialer, heard },
    error: () => error,
    texts: () => heard.map(({ text, replayed }) => (replayed ? `-${text}` : text)),
  }
}

const counted = (count: number): readonly string[] => Array.from({ length: count }, (_, k) => `${k}`)

describe('[M5] each message once, in order', () => {
  test('of many pages, and of what is said while they are read', async () => {
    const { fixture, ann, say } = await opened()
    const texts = counted(450)
    await say(...texts)
    const { heard } = reader(fixture, { after: 0 })
    for (const text of ['a', 'b', 'c']) ann.room.say(text).catch(() => {})
    await fixture.clock.settle()
    await say('d')
    expect(heard.map(({ text }) => text)).toEqual([...texts, 'a', 'b', 'c', 'd'])
    expect(heard.at(-1)).toMatchObject({ room: 'lobby', from: 'ann', own: false, replayed: false, action: false })
    expect(heard[0]).toMatchObject({ room: 'lobby', from: 'ann', own: false, replayed: true, action: false })
  })

  test('also of what comes live and is in the page that is asked for meanwhile', async () => {
    const { fixture, ann, say } = await opened()
    await say('one')
    const { chat } = reader(fixture, { after: 0 })
    await fixture.clock.settle()
    // The question and the messages are on their way at once, and the server takes the messages first.
    for (const text of ['two', 'three']) ann.room.say(text).catch(() => {})
    const texts: string[] = []
    const live: string[] = []
    chat.room().said$.subscribe(({ text }) => live.push(text))
    chat
      .room()
      .since$({ after: 0 })
      .subscribe(({ text }) => texts.push(text))
    await fixture.clock.settle()
    const page = chat.room().history()
    await fixture.clock.settle()
    expect((await page).messages.map(({ text }) => text)).toEqual(['one', ...live])
    expect(texts).toEqual(['one', 'two', 'three'])
  })

  test('after a message, or from a time on', async () => {
    const { fixture, say } = await opened()
    const [first = 0] = await say('one', 'two')
    await fixture.clock.advance(60_000)
    const now = fixture.clock.now()
    await say('three')
    const after = reader(fixture, { after: first })
    await fixture.clock.settle()
    after.chat.close()
    await fixture.clock.advance(100_000)
    const since = reader(fixture, { since: now })
    await fixture.clock.settle()
    expect(after.texts()).toEqual(['-two', '-three'])
    expect(since.texts()).toEqual(['-three'])
  })

  test('over a lost connection, and over a restart', async () => {
    const { fixture, say } = await opened()
    await say('one')
    const { dialer, texts } = reader(fixture, { after: 0 })
    await fixture.clock.settle()
    dialer.down = true
    fixture.cut()
    await fixture.clock.advance(1000)
    await say('two')
    dialer.down = false
    await fixture.clock.advance(60_000)
    await fixture.stop()
    await fixture.start()
    await fixture.clock.advance(60_000)
    await say('three')
    expect(texts()).toEqual(['-one', '-two', 'three'])
  })

  test('for each who subscribes, from where each one says', async () => {
    const { fixture, say } = await opened()
    const [first = 0] = await say('one', 'two')
    const { chat, texts } = reader(fixture, { after: 0 })
    await fixture.clock.settle()
    const late: string[] = []
    chat
      .room()
      .since$({ after: first })
      .subscribe(({ text }) => late.push(text))
    await fixture.clock.settle()
    await say('three')
    expect(texts()).toEqual(['-one', '-two', 'three'])
    expect(late).toEqual(['two', 'three'])
  })

  test('a deleted message is not told', async () => {
    const { fixture, ann, say } = await opened()
    const [, second = 0] = await say('one', 'two', 'three')
    await Promise.all([ann.room.delete(second), fixture.clock.settle()])
    const { texts } = reader(fixture, { after: 0 })
    await fixture.clock.settle()
    expect(texts()).toEqual(['-one', '-three'])
  })
})

describe('[M5] another journal', () => {
  test('is read whole, where the number belongs to the one before', async () => {
    const { fixture, say } = await opened()
    await say('one', 'two')
    const foreign = reader(fixture, { after: 1000, epoch: 'another' })
    await fixture.clock.settle()
    expect(foreign.texts()).toEqual(['-one', '-two'])
  })

  test('that begins meanwhile is told from its beginning', async () => {
    const { fixture, say } = await opened()
    await say('one', 'two', 'three')
    const { texts } = reader(fixture, { after: 0, epoch: 'epoch' })
    await fixture.clock.settle()
    await fixture.stop()
    fixture.forget()
    await fixture.start()
    await fixture.clock.advance(60_000)
    await say('anew')
    expect(texts()).toEqual(['-one', '-two', '-three', 'anew'])
  })
})

test('[M3] it errors as the chat does', async () => {
  const { fixture } = await opened()
  const { error } = reader(fixture, { after: 0 })
  await fixture.clock.settle()
  fixture.world.server.host({ type: 'kick', name: 'reader', reason: null })
  await fixture.clock.settle()
  expect(error()).toMatchObject({ code: 'kicked' })
})

test('[M5] of a room in which one is not it errors with the refusal', async () => {
  const { fixture, ann } = await opened()
  let error: unknown = null
  ann.chat
    .room('ops')
    .since$({ after: 0 })
    .subscribe({
      error: cause => {
        error = cause
      },
    })
  await fixture.clock.settle()
  expect(error).toMatchObject({ code: 'not-in-room' })
})
