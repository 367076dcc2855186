/**
 * Notifications, their recipients and times, and events without any: the whole server in virtual time, with a push
 * service in memory.
 */
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import {
  GRACE_MS,
  PUSH_EVERY_MS,
  PUSH_FAILURES_MAX,
  PUSH_RETRY_MS,
  PUSH_TRIES_MAX,
  PUSH_TTL_S,
  PUSH_WAIT_MS,
} from '../../../src/model/limits.ts'
import type { Journal } from '../../../src/port/journal.ts'
import { toSnapshot } from '../../../src/reducer/snapshot.ts'
import type { Options } from '../../../src/server/server.ts'
import { line, native, newObjects, object, say } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { accountAt, ENDPOINT, pushRecorder, subscribe } from '../../helpers/pushed.ts'
import { seededEntropy } from '../../helpers/seeded-entropy.ts'
import type { Wire, World } from '../../helpers/world.ts'

const MENTION = { type: 'mention', room: 'lobby', count: 1 }

async function scene(options: Options = {}, journal: Journal = memoryJournal('epoch')) {
  const recorder = pushRecorder()
  const world = await openWorld({ rate: null, ...options }, journal, { pushes: recorder.pushes })
  const zoya = await accountAt(world, 'Zoya')
  const bob = await native(world, 'Mr.Blue')
  return { world, zoya, bob, ...recorder }
}

/** The link breaks: nobody is connected as Zoya. */
async function leave(world: World, wire: Wire): Promise<void> {
  wire.peer.end()
  await world.clock.settle()
}

describe('an account that is not connected', () => {
  test('is told at once where it was mentioned, and who wrote to it, and nothing of what', async () => {
    const { world, zoya, bob, sent, news } = await scene()
    await subscribe(world, zoya, 'phone')
    await leave(world, zoya)
    await bob.send(say('@Zoya: secret 🦊'))
    await bob.send(object({ type: 'tell', to: 'Zoya', text: 'secret, too' }))
    await world.clock.settle()
    expect(sent.map(({ urgency, ttl }) => [urgency, ttl])).toEqual([
      ['normal', PUSH_TTL_S],
      ['high', PUSH_TTL_S],
    ])
    expect(sent[0]?.topic).toMatch(/^[\w-]{32}$/)
    expect(sent[0]?.topic).not.toBe(sent[1]?.topic)
    expect(JSON.stringify(sent)).not.toContain('secret')
    expect(news()).toEqual([
      ['phone', { ...MENTION, seq: expect.any(Number) }],
      ['phone', { type: 'message', with: 'Mr.Blue', count: 1, seq: expect.any(Number) }],
    ])
  })

  test('reads the text on those devices that want it', async () => {
    const { world, zoya, bob, news } = await scene()
    await subscribe(world, zoya, 'phone', true)
    await subscribe(world, zoya, 'desk')
    await leave(world, zoya)
    await bob.send(say(`@Zoya: "田中" ${'🦊'.repeat(300)}`))
    await world.clock.settle()
    const [phone, desk] = news()
    expect(phone).toMatchObject(['phone', { ...MENTION, from: 'Mr.Blue' }])
    expect([...(phone?.[1].text ?? '')]).toHaveLength(200)
    expect(desk).toEqual(['desk', { ...MENTION, seq: expect.any(Number) }])
  })

  test('is told of a message in line mode and of an answer to its own, and not of others, nor of its own', async () => {
    const { world, zoya, bob, news } = await scene()
    await subscribe(world, zoya, 'phone')
    await zoya.send(say('who?'))
    const question = zoya.objects().findLast(({ type }) => type === 'said')?.['seq']
    const line1 = await line(world, 'Ünal')
    await leave(world, zoya)
    await bob.send(say('nothing for anybody'))
    await bob.send(say('@Ünal: for somebody without an account'))
    await world.clock.settle()
    expect(news()).toEqual([])
    await bob.send(say('me', { reply: question }))
    await world.clock.settle()
    expect(news()).toMatchObject([['phone', MENTION]])
    await world.clock.advance(PUSH_EVERY_MS)
    await line1.send('hey @Zoya\n')
    await world.clock.settle()
    expect(news()).toMatchObject([['phone', MENTION]])
  })
})

describe('an account that is connected', () => {
  test('has time to read it, and is told of what it has not read by then', async () => {
    const { world, zoya, bob, news } = await scene()
    await subscribe(world, zoya, 'phone')
    await bob.send(say('@Zoya: read'))
    await world.clock.advance(PUSH_WAIT_MS / 2)
    await zoya.send(object({ type: 'read', room: 'lobby', seq: world.state().seq }))
    await world.clock.advance(PUSH_WAIT_MS)
    expect(news()).toEqual([])
    await bob.send(say('@Zoya: not read'))
    await world.clock.advance(PUSH_WAIT_MS - 1)
    expect(news()).toEqual([])
    await world.clock.advance(1)
    expect(news()).toMatchObject([['phone', MENTION]])
  })
})

describe('one place', () => {
  test('is pushed for at most every half a minute, then with all that came meanwhile', async () => {
    const { world, zoya, bob, news } = await scene()
    await subscribe(world, zoya, 'phone')
    await leave(world, zoya)
    for (let k = 0; k < 3; k++) await bob.send(say(`@Zoya: ${k}`))
    await world.clock.settle()
    expect(news()).toMatchObject([['phone', { count: 1 }]])
    await world.clock.advance(PUSH_EVERY_MS - 1)
    expect(news()).toEqual([])
    await world.clock.advance(1)
    const last = world.steps.findLast(({ text }) => text === '@Zoya: 2')?.seq
    expect(news()).toEqual([['phone', { ...MENTION, count: 2, seq: last }]])
    await world.clock.advance(10 * PUSH_EVERY_MS)
    expect(news()).toEqual([])
  })
})

describe('nobody is told', () => {
  test('of what was deleted, read elsewhere, or in a room that was left, by the time of the push', async () => {
    const { world, zoya, bob, news } = await scene()
    await subscribe(world, zoya, 'phone')
    await bob.send(say('@Zoya: deleted'))
    await bob.send(object({ type: 'delete' }))
    await world.clock.advance(PUSH_WAIT_MS)
    expect(news()).toEqual([])
    await zoya.send(object({ type: 'join', room: 'ops' }))
    await bob.send(object({ type: 'join', room: 'ops' }))
    await bob.send(say('@Zoya: left', { room: 'ops' }))
    await zoya.send(object({ type: 'part', room: 'ops' }))
    await world.clock.advance(PUSH_WAIT_MS)
    expect(news()).toEqual([])
  })

  test('of messages of a member that the account ignores', async () => {
    const { world, zoya, bob, news } = await scene()
    await subscribe(world, zoya, 'phone')
    await zoya.send(object({ type: 'ignore', who: 'Mr.Blue' }))
    await leave(world, zoya)
    await bob.send(say('@Zoya: hello?'))
    await bob.send(object({ type: 'tell', to: 'Zoya', text: 'hello?' }))
    await world.clock.advance(PUSH_WAIT_MS)
    expect(news()).toEqual([])
  })

  test('of what is held, until it is released', async () => {
    const { world, zoya, bob, news } = await scene()
    await subscribe(world, zoya, 'phone')
    await leave(world, zoya)
    world.server.host({ type: 'filter', is: 'words', pattern: 'casino', action: 'hold' })
    await world.clock.settle()
    await bob.send(say('@Zoya: casino'))
    await world.clock.advance(PUSH_WAIT_MS)
    expect(news()).toEqual([])
    const [held] = world.state().held.keys()
    world.server.host({ type: 'release', seq: held ?? 0 })
    await world.clock.settle()
    expect(news()).toMatchObject([['phone', MENTION]])
  })

  test('of what a muted or a banned member tries to say, and no banned account', async () => {
    const { world, zoya, bob, news } = await scene()
    await subscribe(world, zoya, 'phone')
    await leave(world, zoya)
    world.server.host({ type: 'mute', who: 'Mr.Blue', reason: null })
    await bob.send(say('@Zoya: hello?'))
    await world.clock.advance(PUSH_WAIT_MS)
    const ann = await native(world, 'ann')
    world.server.host({ type: 'ban', who: 'Zoya', reason: null })
    await ann.send(object({ type: 'tell', to: 'Zoya', text: 'hello?' }))
    await world.clock.advance(PUSH_WAIT_MS)
    expect(news()).toEqual([])
  })
})

describe('a subscription', () => {
  test('that its service does not know any more ends, and its endpoint is nowhere', async () => {
    const journal = memoryJournal('epoch')
    const { world, zoya, bob, news, answers } = await scene({}, journal)
    await subscribe(world, zoya, 'phone')
    const [{ text } = { text: 0 }] = world.state().pushes.values()
    expect(journal.textOf(text)).toContain(ENDPOINT)
    answers(() => ({ why: 'it answered 410', next: 'end', after: null }))
    await leave(world, zoya)
    await bob.send(say('@Zoya: hello?'))
    await world.clock.settle()
    expect([news().length, world.state().pushes.size, world.state().obsolete.size]).toEqual([1, 0, 0])
    expect(journal.textOf(text)).toBeNull()
  })

  test('is tried again, later each time, as long as there is something to tell', async () => {
    const { world, zoya, bob, sent, answers } = await scene()
    await subscribe(world, zoya, 'phone')
    answers(() => ({ why: 'it answered 503', next: 'retry', after: null }))
    await leave(world, zoya)
    await bob.send(say('@Zoya: hello?'))
    await world.clock.settle()
    for (let tries = 1; tries < PUSH_TRIES_MAX; tries++) {
      await world.clock.advance(PUSH_RETRY_MS * 2 ** (tries - 1) - 1)
      expect(sent).toHaveLength(tries)
      await world.clock.advance(1)
      expect(sent).toHaveLength(tries + 1)
    }
    await world.clock.advance(3_600_000)
    expect(sent).toHaveLength(PUSH_TRIES_MAX)
    expect(world.state().pushes.size).toBe(1)
    await bob.send(say('@Zoya: deleted'))
    await bob.send(object({ type: 'delete' }))
    await world.clock.settle()
    const now = sent.length
    await world.clock.advance(3_600_000)
    expect(sent.length, 'tried once more').toBe(now)
  })

  test('waits as long as its service says, and is not tried again with what it refuses', async () => {
    const { world, zoya, bob, sent, answers } = await scene()
    await subscribe(world, zoya, 'phone')
    answers(() => ({ why: 'it answered 429', next: 'retry', after: 100_000 }))
    await leave(world, zoya)
    await bob.send(say('@Zoya: hello?'))
    await world.clock.advance(99_999)
    expect(sent).toHaveLength(1)
    answers(() => ({ why: 'it answered 413', next: 'drop', after: null }))
    await world.clock.advance(3_600_000)
    expect(sent).toHaveLength(2)
  })

  test('that nothing reaches for a long time ends', async () => {
    const { world, zoya, bob, answers } = await scene()
    await subscribe(world, zoya, 'phone')
    answers(() => ({ why: 'it answered 403', next: 'drop', after: null }))
    await leave(world, zoya)
    for (let k = 0; k < PUSH_FAILURES_MAX; k++) {
      expect(world.state().pushes.size).toBe(1)
      await bob.send(say('@Zoya: hello?'))
      await world.clock.advance(PUSH_EVERY_MS)
    }
    expect(world.state().pushes.size).toBe(0)
  })

  test('survives a restart; what was pushed before is not pushed again', async () => {
    const journal = memoryJournal('epoch')
    const first = await scene({}, { ...journal, close: async () => {} })
    await subscribe(first.world, first.zoya, 'phone')
    await leave(first.world, first.zoya)
    await first.bob.send(say('@Zoya: one'))
    await first.world.clock.settle()
    expect(first.news()).toHaveLength(1)
    await first.world.close()
    const { pushes, news } = pushRecorder()
    const world = await openWorld({ rate: null }, journal, { pushes, entropy: seededEntropy('b') })
    await world.clock.advance(GRACE_MS)
    expect(news()).toEqual([])
    const bob = await native(world, '田中')
    await bob.send(say('@Zoya: two'))
    await world.clock.settle()
    expect(news()).toMatchObject([['phone', MENTION]])
  })

  test('outlives the messages around it', async () => {
    const { world, zoya, news } = await scene({ keep: { age: 3_600_000 } })
    await subscribe(world, zoya, 'phone')
    await leave(world, zoya)
    const [{ text } = { text: 0 }] = world.state().pushes.values()
    for (let k = 0; k < 4; k++) {
      await (await native(world, `guest${k}`)).send(say(`hour ${k}`))
      await world.clock.advance(3_600_000)
    }
    expect([...world.state().pushes.values()][0]?.text).toBeGreaterThan(text)
    await (await native(world, 'ann')).send(say('@Zoya: still here?'))
    await world.clock.settle()
    expect(news()).toMatchObject([['phone', MENTION]])
  })

  test('is refused to guests, for what is no endpoint, and by a server that sends none', async () => {
    const { world, zoya, bob } = await scene()
    await subscribe(world, bob, 'guest')
    expect(newObjects(bob).at(-1)).toMatchObject({ type: 'rejected', code: 'not-registered' })
    await zoya.send(object({ type: 'push', endpoint: 'http://10.0.0.1/', p256dh: '', auth: '', n: 2 }))
    await world.clock.settle()
    expect(newObjects(zoya).at(-1)).toMatchObject({ type: 'rejected', code: 'push-refused', n: 2 })
    await zoya.send(object({ type: 'push', endpoint: `${ENDPOINT}${'x'.repeat(2000)}`, p256dh: '', auth: '', n: 3 }))
    expect(newObjects(zoya).at(-1)).toMatchObject({ type: 'rejected', code: 'malformed' })
    const plain = await openWorld({ rate: null })
    const ann = await accountAt(plain, 'ann')
    await subscribe(plain, ann, 'phone')
    expect(newObjects(ann).at(-1)).toMatchObject({ type: 'rejected', code: 'push-unavailable' })
    await ann.send(object({ type: 'devices', n: 2 }))
    expect(newObjects(ann).at(-1)).not.toHaveProperty('push')
  })

  test('is listed to its owner by a hash alone, and its endpoint is in nothing but its text', async () => {
    const { world, zoya, bob } = await scene()
    await subscribe(world, zoya, 'phone')
    await zoya.send(object({ type: 'devices', n: 2 }))
    const { push } = newObjects(zoya).at(-1) ?? {}
    expect(push).toEqual({ key: 'key of the server', devices: [expect.stringMatching(/^[\w-]{22}$/)] })
    await bob.send(say('@Zoya: hello'))
    const told = [
      zoya.text(),
      bob.text(),
      JSON.stringify(world.steps.map(({ events }) => events.map(one => one.event))),
    ]
    for (const text of [...told, toSnapshot(world.state())]) expect(text).not.toContain('endpoint-of')
    await zoya.send(object({ type: 'unpush', endpoint: `${ENDPOINT}phone`, n: 3 }))
    expect(newObjects(zoya).at(-1)).toMatchObject({ type: 'ok', n: 3 })
    expect(world.state().pushes.size).toBe(0)
  })
})
