/** The client's actor across all that can happen to a server and to a laptop: nothing lost, nothing twice, or told so. */
import { describe, expect, onTestFinished, test } from 'vitest'
import { CATCH_UP_MAX } from '../../../src/client/session/backfill/backfill.ts'
import { type Client, connect } from '../../../src/client/session/connection.ts'
import type { Remembered, Wish } from '../../../src/client/session/state.ts'
import type { AskOutcome } from '../../../src/client/session/status.ts'
import { emptyView, evolveView } from '../../../src/client/session/view.ts'
import { GRACE_MS } from '../../../src/model/limits.ts'
import type { Clock } from '../../../src/port/clock.ts'
import { type Crash, lastingFixture } from '../../helpers/lasting-fixture.ts'
import { seedOf } from '../../helpers/seeds.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'

type Fixture = Awaited<ReturnType<typeof lastingFixture>>

let guests = 0

/** A client that keeps all it hears. */
function visit(
  fixture: Fixture,
  name: string,
  how: Partial<Wish> = {},
  clock: Clock = fixture.clock,
  was?: Remembered,
) {
  const dialer = fixture.dialer()
  const secret = () => `${++guests}`.padStart(48, 'guest')
  const ports = { dial: dialer.dial, clock, random: () => 0.5, secret }
  const client: Client = connect(ports, { name, room: 'lobby', history: 0, reconnect: true, ...how }, was)
  const outcomes: AskOutcome[] = []
  const heard: string[] = []
  const past: string[] = []
  const gaps: object[] = []
  let view = emptyView
  client.outcome$.subscribe(outcome => outcomes.push(outcome))
  client.incoming$.subscribe(({ reply, replayed }) => {
    view = evolveView(view, reply)
    if (reply.type === 'gap') gaps.push(reply)
    if (reply.type !== 'said' && reply.type !== 'told') return
    heard.push(reply.text)
    if (replayed) past.push(reply.text)
  })
  onTestFinished(() => client.close())
  return {
    ...{ client, dialer, outcomes, heard, past, gaps },
    members: () => [...(view.rooms.get('lobby')?.members.keys() ?? [])].sort(),
    say(...texts: readonly string[]): void {
      for (const text of texts) client.ask({ type: 'say', room: 'lobby', text, action: false })
    },
    done: () => outcomes.flatMap(({ id, is }) => (is === 'done' ? [id] : [])),
  }
}

const SEEDS = Number(process.env['SEEDS'] ?? 40)

const range = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, k) => `${from + k}`)
const ids = (count: number): readonly number[] => range(1, count + 1).map(Number)

async function twoIn(options = {}) {
  const fixture = await lastingFixture({ rate: null, ...options })
  const [alice, bob] = [visit(fixture, 'alice'), visit(fixture, 'bob')]
  await fixture.clock.settle()
  return { fixture, alice, bob }
}

describe('through all trouble, each message is said once, in order, and everybody has it', () => {
  const troubles: Readonly<Record<string, (fixture: Fixture) => Promise<void>>> = {
    'the connections are cut': async fixture => fixture.cut(),
    'the server is stopped and started': async fixture => {
      await fixture.stop()
      await fixture.clock.advance(1000)
      await fixture.start()
    },
    'it crashes before a commit': fixture => crashed(fixture, 'before the commit'),
    'it crashes between a commit and what it tells of it': fixture => crashed(fixture, 'after the commit'),
    'it is away for an hour': async fixture => {
      await fixture.stop()
      await fixture.clock.advance(3_600_000)
      await fixture.start()
    },
    'nobody reaches it for an hour': async fixture => {
      fixture.cut()
      for (const dialer of [...fixture.dialers]) dialer.down = true
      await fixture.clock.advance(3_600_000)
      for (const dialer of [...fixture.dialers]) dialer.down = false
    },
  }

  async function crashed(fixture: Fixture, when: Crash): Promise<void> {
    fixture.crash(when)
    await fixture.clock.advance(1000)
    await fixture.start()
  }

  test.each(Object.keys(troubles))('[D3] [D5] [K1] [K2] %s', async name => {
    for (const settled of [true, false]) {
      const { fixture, alice, bob } = await twoIn()
      alice.say(...range(0, 5))
      if (settled) await fixture.clock.settle()
      await troubles[name]?.(fixture)
      alice.say(...range(5, 10))
      await fixture.clock.advance(30_000)
      expect(await fixture.texts(), `settled: ${settled}`).toEqual(range(0, 10))
      expect(bob.heard).toEqual(range(0, 10))
      expect(alice.heard).toEqual(range(0, 10))
      expect(alice.done()).toEqual(ids(10))
      expect([alice.members(), bob.members()]).toEqual([
        ['alice', 'bob'],
        ['alice', 'bob'],
      ])
      expect([alice.gaps, bob.gaps]).toEqual([[], []])
    }
  })

  test('[D3] [K1] a restart after every single line', async () => {
    const { fixture, alice, bob } = await twoIn()
    for (let k = 0; k < 12; k++) {
      alice.say(`${k}`)
      if (k % 3 === 0) await fixture.clock.settle()
      fixture.crash(k % 2 === 0 ? 'before the commit' : 'after the commit')
      await fixture.start()
      await fixture.clock.advance(k % 4 === 0 ? 20_000 : 100)
    }
    await fixture.clock.advance(30_000)
    expect(await fixture.texts()).toEqual(range(0, 12))
    expect([alice.heard, bob.heard]).toEqual([range(0, 12), range(0, 12)])
    expect(alice.done()).toEqual(ids(12))
  })
})

describe('a client that comes back', () => {
  test('after the grace has missed nothing: all of it comes in order, as of the past [D5] [D6] [K2]', async () => {
    const { fixture, alice, bob } = await twoIn()
    alice.say('before')
    await fixture.clock.settle()
    bob.dialer.down = true
    bob.dialer.wires.at(-1)?.peer.vanish()
    await fixture.clock.advance(2 * GRACE_MS)
    alice.say(...range(0, 450))
    await fixture.clock.settle()
    bob.dialer.down = false
    bob.client.retry()
    await fixture.clock.settle()
    alice.say('after')
    await fixture.clock.settle()
    expect(bob.heard).toEqual(['before', ...range(0, 450), 'after'])
    expect(bob.past).toEqual(range(0, 450))
  })

  test('has missed no direct message either, in its place among the others [K2]', async () => {
    const { fixture, alice, bob } = await twoIn()
    bob.dialer.down = true
    bob.dialer.wires.at(-1)?.peer.vanish()
    alice.say('one')
    alice.client.ask({ type: 'tell', to: 'bob', text: 'two', action: false })
    alice.say('three')
    await fixture.clock.settle()
    await fixture.stop()
    bob.dialer.down = false
    await fixture.start()
    await fixture.clock.advance(20_000)
    expect(bob.past).toEqual(['one', 'two', 'three'])
  })

  test('and is cut while it reads what it missed has it all the same, once [K2]', async () => {
    const { fixture, alice, bob } = await twoIn({ rate: { perSecond: 10, burst: 2 } })
    bob.dialer.down = true
    bob.dialer.wires.at(-1)?.peer.vanish()
    await fixture.clock.advance(2 * GRACE_MS)
    alice.say(...range(0, 900))
    await fixture.clock.advance(120_000)
    bob.dialer.down = false
    bob.client.retry()
    await fixture.clock.settle()
    for (let k = 0; k < 3; k++) {
      expect([bob.client.status$.value.state, bob.heard]).toEqual(['online', []])
      alice.say(`${900 + k}`)
      await fixture.clock.advance(50)
      bob.dialer.wires.at(-1)?.peer.vanish()
      await fixture.clock.settle()
      bob.client.retry()
      await fixture.clock.settle()
    }
    await fixture.clock.advance(10_000)
    expect(bob.heard).toEqual(range(0, 903))
  })

  test(`to more than ${CATCH_UP_MAX} messages is told how many are missing, and gets what is new [K2]`, async () => {
    const { fixture, alice, bob } = await twoIn()
    bob.dialer.down = true
    bob.dialer.wires.at(-1)?.peer.vanish()
    await fixture.clock.advance(2 * GRACE_MS)
    alice.say(...range(0, CATCH_UP_MAX + 100))
    await fixture.clock.settle()
    bob.dialer.down = false
    await fixture.clock.advance(60_000)
    alice.say('after')
    await fixture.clock.settle()
    expect(bob.heard).toEqual([...range(0, CATCH_UP_MAX), 'after'])
    expect(bob.gaps).toMatchObject([{ type: 'gap', room: 'lobby', missed: 100 }])
  })

  test('from a sleep of its laptop of some hours is there again as it was, with what it had to say [D3]', async () => {
    const fixture = await lastingFixture({ rate: null })
    const alice = visit(fixture, 'alice')
    const laptop = virtualClock()
    const bob = visit(fixture, 'bob', {}, laptop)
    await fixture.clock.settle()
    await laptop.settle()
    // Asleep: its clock stands still, and nothing is taken from the network.
    const wire = bob.dialer.wires[0]
    wire?.peer.stall()
    bob.say('typed before it was closed')
    await fixture.clock.advance(5 * 3_600_000)
    alice.say('in the night')
    await fixture.clock.settle()
    expect(alice.members()).toEqual(['alice'])
    wire?.peer.resume()
    for (let k = 0; k < 40; k++) {
      await fixture.clock.advance(1000)
      await laptop.advance(1000)
    }
    expect(bob.client.status$.value).toMatchObject({ state: 'online', name: 'bob' })
    expect(bob.heard).toEqual(['typed before it was closed', 'in the night'])
    expect(await fixture.texts()).toEqual(['typed before it was closed', 'in the night'])
    expect([alice.members(), bob.done()]).toEqual([['alice', 'bob'], [1]])
  })

  test('finds no obstacle in its own ghost: a hello whose answer was lost is said once more [K3]', async () => {
    const fixture = await lastingFixture()
    const alice = visit(fixture, 'alice')
    await Promise.resolve()
    const [wire] = alice.dialer.wires
    wire?.peer.stall()
    await fixture.clock.settle()
    wire?.peer.vanish()
    await fixture.clock.advance(2000)
    expect(alice.client.status$.value).toMatchObject({ state: 'online', name: 'alice' })
    expect(fixture.world.state().members.size).toBe(1)
  })

  test('and finds its name taken meanwhile ends, and what it had to say can go on under another one [K3]', async () => {
    const { fixture, alice, bob } = await twoIn({ grace: 1000 })
    bob.dialer.down = true
    bob.dialer.wires.at(-1)?.peer.vanish()
    bob.say('late')
    await fixture.clock.advance(5000)
    const thief = visit(fixture, 'bob')
    await fixture.clock.settle()
    bob.dialer.down = false
    await fixture.clock.advance(30_000)
    expect(bob.client.status$.value).toMatchObject({ state: 'ended', end: { code: 'name-taken', exit: 6 } })
    const was = bob.client.remember()
    const again = visit(fixture, 'bob', {}, fixture.clock, was ? { ...was, name: 'robert' } : undefined)
    await fixture.clock.settle()
    expect([alice.heard, thief.heard, again.done()]).toEqual([['late'], ['late'], [1]])
    expect(alice.members()).toEqual(['alice', 'bob', 'robert'])
  })

  test('to a server that keeps nothing is told which outcomes are unknown, and says what was not sent [K1]', async () => {
    const { fixture, alice, bob } = await twoIn()
    alice.say('unanswered')
    fixture.crash('before the commit')
    await fixture.clock.settle()
    alice.say('typed offline')
    fixture.forget()
    await fixture.start()
    await fixture.clock.advance(20_000)
    expect(alice.outcomes).toMatchObject([
      { id: 1, is: 'unknown', asked: { text: 'unanswered' } },
      { id: 2, is: 'done' },
    ])
    expect([await fixture.texts(), alice.heard]).toEqual([['typed offline'], ['typed offline']])
    expect(bob.client.status$.value).toMatchObject({ state: 'online' })
  })
})

describe('a message without a connection', () => {
  test('is shown as waiting, however much it is, and said in order when there is one [K1]', async () => {
    const { fixture, alice, bob } = await twoIn()
    await fixture.stop()
    alice.say(...range(0, 3000))
    expect(alice.client.waiting$.value).toBe(3000)
    await fixture.clock.settle()
    const { value } = alice.client.pending$
    expect(value.map(({ id }) => id)).toEqual(ids(3000))
    expect(new Set(value.map(({ state }) => state))).toEqual(new Set(['unsent']))
    await fixture.start()
    await fixture.clock.advance(30_000)
    expect(bob.heard).toEqual(range(0, 3000))
    expect([alice.done().length, alice.client.pending$.value, alice.client.waiting$.value]).toEqual([3000, [], 0])
  })

  test('goes on in the page that is loaded anew, once, with its rooms and their past [D3]', async () => {
    const { fixture, alice, bob } = await twoIn()
    alice.dialer.wires[0]?.peer.stall()
    alice.say('sent')
    await fixture.clock.settle()
    fixture.cut()
    alice.say('not sent')
    const was = JSON.parse(JSON.stringify(alice.client.remember())) as Remembered
    alice.client.close()
    const page = visit(fixture, 'anybody', { history: 50 }, fixture.clock, { ...was, epoch: '', cursor: 0 })
    await fixture.clock.advance(2000)
    expect(page.client.status$.value).toMatchObject({ state: 'online', name: 'alice' })
    expect(await fixture.texts()).toEqual(['sent', 'not sent'])
    expect([bob.heard, page.done(), page.members()]).toEqual([
      ['sent', 'not sent'],
      [1, 2],
      ['alice', 'bob'],
    ])
  })
})

/** Numbers below `most` that are the same in every run. */
function seeded(seed: number): (most: number) => number {
  let state = seed
  return most => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
}

test('[D1] [D3] [K1] [K2] cuts, crashes, stops, stalls and long absences, in any order: one order for all, each line once', async () => {
  let checked = 0
  for (let seed = 1; seed <= SEEDS; seed++) {
    const random = seeded(seedOf(seed))
    // Under a rate it takes time to say much, and to read page after page of missed messages.
    const fixture = await lastingFixture({ rate: seed % 2 === 0 ? null : { perSecond: 4, burst: 2 } })
    const people = ['alice', 'bob', 'carol'].map(name => visit(fixture, name))
    const anybody = () => people[random(people.length)] as (typeof people)[number]
    await fixture.clock.settle()
    let isUp = true
    let line = 0
    const effects: readonly (() => void | Promise<void>)[] = [
      ...Array.from({ length: 8 }, () => () => anybody().say(`${line++}`)),
      () => anybody().say(...Array.from({ length: 150 }, () => `${line++}`)),
      () => fixture.clock.settle(),
      () => fixture.clock.settle(),
      () => fixture.clock.advance(random(300)),
      () => fixture.clock.advance(random(3000)),
      () => fixture.clock.advance(random(3 * GRACE_MS)),
      () => anybody().dialer.wires.at(-1)?.peer.vanish(),
      () => anybody().dialer.wires.at(-1)?.peer.stall(),
      () => anybody().dialer.wires.at(-1)?.peer.resume(),
      () => {
        const { dialer } = anybody()
        dialer.down = !dialer.down
      },
      async () => {
        if (isUp) fixture.crash(random(2) === 0 ? 'before the commit' : 'after the commit')
        else await fixture.start()
        isUp = !isUp
      },
    ]
    for (let k = 0; k < 80; k++) await effects[random(effects.length)]?.()
    if (!isUp) await fixture.start()
    for (const { dialer } of people) {
      dialer.down = false
      dialer.wires.at(-1)?.peer.resume()
    }
    await fixture.clock.advance(3_600_000)
    const texts = await fixture.texts()
    expect([...texts].sort(), `seed ${seed}: what was performed`).toEqual([...range(0, line)].sort())
    for (const { heard, outcomes, gaps, members } of people) {
      expect(heard, `seed ${seed}: what was heard`).toEqual(texts)
      expect([outcomes.filter(({ is }) => is !== 'done'), gaps], `seed ${seed}`).toEqual([[], []])
      expect(members()).toEqual(['alice', 'bob', 'carol'])
      checked += heard.length
    }
    for (const { client } of people) client.close()
  }
  expect(checked).toBeGreaterThan(SEEDS * 30)
})
