/** A chat as a program has it: its events, the outcomes of its requests, and its end. */
import type { Observable } from 'rxjs'
import { describe, expect, test } from 'vitest'

import { ChatError } from '../../src/library/chat-error.ts'
import { guest } from '../helpers/guest.ts'
import { lastingFixture } from '../helpers/lasting-fixture.ts'

async function two(options = {}) {
  const fixture = await lastingFixture(options)
  const [bot, ann] = [guest(fixture, 'bot'), guest(fixture, 'ann')]
  await fixture.clock.settle()
  return { fixture, bot, ann }
}

/** The error with which a promise rejects. */
const failure = (promise: Promise<unknown>): Promise<ChatError> =>
  promise.then(
    () => expect.unreachable('it did not reject'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ChatError)
      return error as ChatError
    },
  )

describe('an event', () => {
  test('[M1] is told in order, in its room, with what is our own marked', async () => {
    const { fixture, bot, ann } = await two()
    const [asked, told] = [ann.room.say('hello'), bot.room.say('waves', { action: true })]
    await fixture.clock.settle()
    expect(bot.events.filter(({ type }) => type === 'said')).toEqual([
      expect.objectContaining({
        from: 'ann',
        text: 'hello',
        room: 'lobby',
        action: false,
        own: false,
        replayed: false,
      }),
      expect.objectContaining({ from: 'bot', text: 'waves', room: 'lobby', action: true, own: true, replayed: false }),
    ])
    const seqs = bot.events.flatMap(event => (event.type === 'said' ? [event.seq] : []))
    expect([await asked, await told]).toEqual(seqs.map(seq => ({ seq })))
  })

  test('[M1] is told from the first event on to a reader that subscribes in the same turn', async () => {
    const { bot } = await two()
    expect(bot.events.map(({ type }) => type)).toEqual(['entered', 'joined'])
    expect(bot.events[0]).toMatchObject({ name: 'bot', epoch: 'epoch', resumed: false, gap: false, returned: false })
    expect(bot.events[1]).toMatchObject({ room: 'lobby', name: 'ann', replayed: false })
    expect(bot.chat.epoch).toBe('epoch')
  })

  test('[M1] to one alone is no event of a room', async () => {
    const { fixture, bot, ann } = await two()
    const inRoom: string[] = []
    const direct: string[] = []
    bot.room.event$.subscribe(({ type }) => inRoom.push(type))
    bot.chat.told$.subscribe(({ from, to, text, own }) => direct.push(`${from} to ${to}: ${text}, own: ${own}`))
    await Promise.all([ann.chat.tell('bot', 'psst'), bot.chat.tell('ann', 'yes?'), fixture.clock.settle()])
    expect(direct).toEqual(['ann to bot: psst, own: false', 'bot to ann: yes?, own: true'])
    expect(inRoom).toEqual([])
  })

  test('[M1] of the past comes first where it is wanted, marked, and once', async () => {
    const { fixture, ann } = await two()
    await Promise.all([ann.room.say('one'), ann.room.say('two'), fixture.clock.settle()])
    const late = guest(fixture, 'late', { history: 50 })
    await fixture.clock.settle()
    await Promise.all([ann.room.say('three'), fixture.clock.settle()])
    expect(late.said()).toEqual(['-ann: one', '-ann: two', 'ann: three'])
    await Promise.all([late.room.part(), fixture.clock.settle()])
    await Promise.all([ann.room.say('four'), fixture.clock.settle()])
    await Promise.all([late.room.join(), fixture.clock.settle()])
    expect(late.said()).toEqual(['-ann: one', '-ann: two', 'ann: three', '-ann: four'])
  })

  test('[M1] while the connection was lost is told once, marked as replayed', async () => {
    const { fixture, bot, ann } = await two()
    bot.dialer.down = true
    for (const { peer } of bot.dialer.wires) peer.vanish()
    await Promise.all([ann.room.say('missed'), fixture.clock.advance(1000)])
    bot.dialer.down = false
    await fixture.clock.advance(60_000)
    await Promise.all([ann.room.say('new'), fixture.clock.settle()])
    expect(bot.said()).toEqual(['-ann: missed', 'ann: new'])
    expect(bot.events.filter(({ type }) => type === 'quit')).toEqual([])
  })

  test('[M1] that is missing for good is stated', async () => {
    const { fixture, bot, ann } = await two({ rate: null })
    const careless = guest(fixture, 'careless', { catchUp: false })
    await fixture.clock.settle()
    for (const { dialer } of [bot, careless]) {
      dialer.down = true
      for (const { peer } of dialer.wires) peer.vanish()
    }
    // More than the ring of the lobby holds.
    const long = 'x'.repeat(8000)
    for (let k = 0; k < 150; k++) ann.room.say(long).catch(() => {})
    await fixture.clock.advance(2000)
    for (const { dialer } of [bot, careless]) dialer.down = false
    await fixture.clock.advance(60_000)
    expect(bot.said()).toHaveLength(150)
    expect(careless.said()).toEqual([])
    expect(careless.events.filter(({ type }) => type === 'gap')).toEqual([
      expect.objectContaining({ room: 'lobby', missed: 150, more: false }),
    ])
  })
})

describe('members and topic', () => {
  test('members and topic begin with the present ones, and follow the events', async () => {
    const { fixture, bot, ann } = await two()
    const seen: string[] = []
    bot.room.members$.subscribe(members => seen.push(members.map(({ name }) => name).join(' ')))
    const topics: (string | null)[] = []
    bot.room.topic$.subscribe(topic => topics.push(topic?.text ?? null))
    await Promise.all([ann.chat.rename('anna'), ann.room.setTopic('tea'), fixture.clock.settle()])
    await Promise.all([ann.chat.leave(), fixture.clock.settle()])
    expect(seen).toEqual(['ann bot', 'anna bot', 'bot'])
    expect(topics).toEqual([null, 'tea'])
    expect(ann.chat.name).toBe('anna')
  })

  test('a room is the same however it is written, and is empty for a member that is not in it', async () => {
    const { fixture, bot } = await two()
    const seen: number[] = []
    const ops = bot.chat.room('#OPS')
    ops.members$.subscribe(({ length }) => seen.push(length))
    await Promise.all([ops.join(), fixture.clock.settle()])
    await Promise.all([ops.say('on call'), fixture.clock.settle()])
    expect(ops.name).toBe('ops')
    expect(bot.said('ops')).toEqual(['bot: on call'])
    await Promise.all([ops.part(), fixture.clock.settle()])
    expect(seen).toEqual([0, 1, 0])
    const rooms = bot.chat.rooms()
    await fixture.clock.settle()
    expect(await rooms).toEqual([{ room: 'lobby', members: 2, topic: null }])
  })

  test('[M4] more rooms are joined at first, and again where the server has forgotten us', async () => {
    const fixture = await lastingFixture()
    const bot = guest(fixture, 'bot', { rooms: ['lobby', 'ops'] })
    bot.chat
      .room('ops')
      .say('first')
      .catch(() => {})
    await fixture.clock.settle()
    expect(bot.said('ops')).toEqual(['bot: first'])
    await fixture.stop()
    fixture.forget()
    await fixture.start()
    await fixture.clock.advance(60_000)
    await Promise.all([bot.chat.room('ops').say('second'), fixture.clock.settle()])
    expect(bot.said('ops')).toEqual(['bot: first', 'bot: second'])
  })

  test('[M4] a room that was left is not joined again', async () => {
    const fixture = await lastingFixture()
    const bot = guest(fixture, 'bot', { rooms: ['lobby', 'ops'] })
    await Promise.all([bot.room.part(), bot.chat.room('ops').part(), fixture.clock.settle()])
    await fixture.stop()
    fixture.forget()
    await fixture.start()
    await fixture.clock.advance(60_000)
    const refused = failure(bot.chat.room('ops').say('hello?'))
    await fixture.clock.settle()
    expect(await refused).toMatchObject({ code: 'room-unknown', performed: 'no' })
    expect([...fixture.world.state().members.values()].map(({ rooms }) => rooms.size)).toEqual([0])
  })
})

describe('a request', () => {
  test('[M2] of the past is answered with a page', async () => {
    const { fixture, bot, ann } = await two()
    const said = Promise.all(['one fish', 'two fish', 'red'].map(text => ann.room.say(text)))
    await fixture.clock.settle()
    const [first] = await said
    const pages = Promise.all([
      bot.room.history({ limit: 2 }),
      bot.room.history({ after: first?.seq ?? 0 }),
      bot.room.search('fish'),
    ])
    await fixture.clock.settle()
    const [latest, after, found] = await pages
    expect(latest.messages.map(({ text }) => text)).toEqual(['two fish', 'red'])
    expect(latest.more).toBe(true)
    expect(after.messages.map(({ text }) => text)).toEqual(['two fish', 'red'])
    expect(after.more).toBe(false)
    expect(found.messages.map(({ text }) => text)).toEqual(['one fish', 'two fish'])
    expect(found.messages[0]).toMatchObject({ seq: first?.seq, room: 'lobby', from: 'ann', to: null, action: false })
  })

  test('[M2] with others at once gets its own answer, each', async () => {
    const { fixture, bot } = await two()
    const answers = Promise.allSettled([
      bot.room.history(),
      bot.chat.tell('nobody', 'hi'),
      bot.chat.rooms(),
      bot.room.say('x'),
    ])
    await fixture.clock.settle()
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  })

  test('[M2] and refused rejects with the code and the sentence of the server', async () => {
    const { fixture, bot } = await two()
    const refused = failure(bot.room.say('  '))
    await fixture.clock.settle()
    expect(await refused).toMatchObject({ code: 'text-empty', performed: 'no', retry: false })
    expect((await refused).message).toBe('The message is empty. Type some text.')
  })

  test('[M2] while there is no connection is performed once when there is one again', async () => {
    const { fixture, bot, ann } = await two()
    const before = bot.room.say('sent')
    fixture.crash('after the commit')
    const meanwhile = bot.room.say('meanwhile')
    await fixture.clock.advance(1000)
    await fixture.start()
    await fixture.clock.advance(60_000)
    expect((await before).seq).toBeLessThan((await meanwhile).seq)
    expect(ann.said().map(line => line.replace(/^-/, ''))).toEqual(['bot: sent', 'bot: meanwhile'])
  })

  test('[M2] and whose session is gone rejects as unknown, and is not asked again', async () => {
    const { fixture, bot } = await two()
    const lost = failure(bot.room.say('once or never'))
    fixture.crash('before the commit')
    fixture.forget()
    await fixture.start()
    await fixture.clock.advance(60_000)
    expect(await lost).toMatchObject({ code: 'unknown', performed: 'unknown' })
    expect(await fixture.texts()).toEqual([])
  })

  test('[M2] and unanswered at the end rejects, and says whether it may have been done', async () => {
    const { fixture, bot } = await two()
    const sent = failure(bot.room.say('sent'))
    fixture.crash('before the commit')
    await fixture.clock.settle()
    const unsent = failure(bot.room.say('unsent'))
    bot.chat.close()
    expect(await sent).toMatchObject({ code: 'left', performed: 'unknown' })
    expect(await unsent).toMatchObject({ code: 'left', performed: 'no' })
    expect(await failure(bot.room.say('late'))).toMatchObject({ code: 'left', performed: 'no' })
  })
})

describe('the end', () => {
  test('[M3] of a member that leaves completes the streams, after all requests', async () => {
    const { fixture, bot, ann } = await two()
    const last = bot.room.say('last words')
    const left = bot.chat.leave('home')
    await fixture.clock.settle()
    expect(await left).toEqual({ by: 'user', exit: 0 })
    await last
    expect(bot.end()).toBe('complete')
    expect(ann.events.at(-1)).toMatchObject({ type: 'quit', name: 'bot', cause: 'quit', reason: 'home' })
  })

  test('[M3] by the host errors the streams, with the reason', async () => {
    const { fixture, bot } = await two()
    const observables: readonly Observable<unknown>[] = [bot.room.said$, bot.room.members$, bot.chat.told$]
    const streams = observables.map(stream => new Promise(resolve => stream.subscribe({ error: resolve })))
    fixture.world.server.host({ type: 'kick', name: 'bot', reason: null })
    await fixture.clock.settle()
    for (const error of [bot.end(), ...(await Promise.all(streams))])
      expect(error).toMatchObject({
        name: 'ChatError',
        code: 'kicked',
        message: expect.stringMatching(/kicked out by Host/),
      })
    expect(await bot.chat.ended).toMatchObject({ by: 'server', code: 'kicked' })
  })

  test('[M3] before one is in is told to the one that waits for that', async () => {
    const { fixture } = await two()
    const other = guest(fixture, 'bot')
    const waiting = failure(other.chat.online())
    await fixture.clock.settle()
    expect(await waiting).toMatchObject({ code: 'name-taken', retry: true })
    expect(other.end()).toMatchObject({ code: 'name-taken' })
    expect(await failure(other.chat.online())).toMatchObject({ code: 'name-taken' })
  })

  test('[M3] for want of a server is told, at once or when patience ends', async () => {
    const fixture = await lastingFixture()
    await fixture.stop()
    const hasty = guest(fixture, 'hasty', { insist: false })
    await fixture.clock.settle()
    expect(hasty.end()).toMatchObject({ code: 'unreachable', message: 'nothing listens', retry: true })
    await fixture.start()
    const patient = guest(fixture, 'patient', { patience: 60_000 })
    await Promise.all([patient.chat.online(), fixture.clock.settle()])
    await fixture.stop()
    await fixture.clock.advance(40_000)
    expect(patient.end()).toBeNull()
    await fixture.clock.advance(20_000)
    expect(patient.end()).toMatchObject({ code: 'unreachable' })
  })

  test('[M3] is the last value of the status', async () => {
    const { fixture, bot } = await two()
    const states: string[] = []
    bot.chat.status$.subscribe({ next: ({ state }) => states.push(state), complete: () => states.push('complete') })
    fixture.cut()
    await fixture.clock.advance(60_000)
    bot.chat.close()
    expect(new Set(states)).toEqual(new Set(['online', 'waiting', 'connecting', 'ended', 'complete']))
    expect(states.slice(-2)).toEqual(['ended', 'complete'])
  })

  test('[M2] an unanswered request goes on in another process', async () => {
    const { fixture, bot, ann } = await two()
    bot.room.say('from the one before').catch(() => {})
    const remembered = bot.chat.remember()
    bot.chat.close()
    await Promise.all([ann.room.say('meanwhile'), fixture.clock.advance(1000)])
    const next = guest(fixture, 'bot', { remembered })
    await fixture.clock.settle()
    expect(ann.said()).toEqual(['bot: from the one before', 'ann: meanwhile'])
    expect(next.said()).toContain('-ann: meanwhile')
    expect(next.events[0]).toMatchObject({ type: 'entered', resumed: true })
  })
})
