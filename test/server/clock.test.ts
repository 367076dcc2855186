// What waits goes on by elapsed time, whatever the clock on the wall does meanwhile.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import { type Body, HOST_SESSION } from '../../src/model/input.ts'
import { CLOCK_SET_MS, LAPSED_MS } from '../../src/model/limits.ts'
import { LOBBY } from '../../src/model/standing.ts'
import { initialState } from '../../src/model/state.ts'
import { after, step } from '../../src/reducer/step.ts'
import { stamper } from '../../src/server/stamp.ts'
import { entryOf, nameOf } from '../helpers/arbitrary-inputs.ts'
import { openWorld } from '../helpers/open-world.ts'
import { native, object, say } from '../helpers/people.ts'

const GRACE_MS = 60_000
const YEAR_MS = 365 * 24 * 3_600_000

/** Inputs by one server whose clock is set now and then. */
function server() {
  let [state, wall, elapsed] = [initialState, 1_800_000_000_000, 0]
  const clock = { now: () => wall, elapsed: () => elapsed, alarm: () => () => {}, turn: () => {} }
  const draft = stamper(clock, 'here', 'run')
  const ask = (session: string, body: Body) => {
    const done = step(state, entryOf(draft(session, null, body, null).input, state.seq + 1))
    state = after(done)
    return done
  }
  ask(HOST_SESSION, { type: 'format', format: 2 })
  return {
    ask,
    tick: () => ask(HOST_SESSION, { type: 'tick' }),
    hello: () => ask('s', { type: 'hello', name: nameOf('田中'), room: LOBBY, protocol: 'native', token: 'token' }),
    lost: () => ask('s', { type: 'lost', via: 's', until: wall + GRACE_MS }),
    pass: (ms: number) => {
      wall += ms
      elapsed += ms
    },
    set: (ms: number) => {
      wall += ms
    },
    state: () => state,
    elapsed: () => elapsed,
    now: () => wall,
  }
}

const aPart = fc.integer({ min: 1, max: GRACE_MS / 2 })
const aSet = fc.oneof(
  fc.constant(0),
  fc.integer({ min: CLOCK_SET_MS, max: YEAR_MS }),
  fc.integer({ min: -YEAR_MS, max: -CLOCK_SET_MS }),
)

describe('[R7] what waits, waits by elapsed time', () => {
  test('[R7] a grace is over when it has passed, to the millisecond', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(aPart, aSet), { minLength: 1, maxLength: 12 }), parts => {
        const room = server()
        room.hello()
        room.lost()
        for (const [ms, set] of parts) {
          room.pass(ms)
          room.set(set)
          expect(room.tick().at).toBe(room.now())
          expect(room.state().members.size).toBe(room.elapsed() < GRACE_MS ? 1 : 0)
        }
      }),
    )
  })

  test('[R7] so is the week of a session', () => {
    fc.assert(
      fc.property(aSet, aSet, fc.boolean(), (one, other, isLate) => {
        const room = server()
        room.hello()
        room.lost()
        room.pass(GRACE_MS)
        room.tick()
        room.set(one)
        room.tick()
        room.pass(LAPSED_MS - (isLate ? 0 : 1))
        room.set(other)
        const back = room.ask('t', { type: 'resume', token: 'token', enter: null })
        expect(back.events[0]?.event.type).toBe(isLate ? 'rejected' : 'returned')
      }),
    )
  })

  test('[R7] what is too little to be told adds up', () => {
    const room = server()
    room.hello()
    room.lost()
    for (let count = 0; count < 10 * GRACE_MS; count += CLOCK_SET_MS - 1) {
      room.set(CLOCK_SET_MS - 1)
      room.tick()
    }
    expect(room.state().members.size).toBe(1)
  })
})

describe('[R7] a server', () => {
  for (const ms of [YEAR_MS, -YEAR_MS, 30_000, -30_000]) {
    test(`[R7] keeps a place for the grace and no longer, though the clock is set by ${ms} ms meanwhile`, async () => {
      const world = openWorld({ grace: GRACE_MS })
      const [blue, other] = [await native(world, 'Mr.Blue'), await native(world, 'a|b')]
      blue.peer.vanish()
      await world.clock.advance(10_000)
      world.clock.jump(ms)
      other.peer.vanish()
      await world.clock.advance(GRACE_MS - 12_000)
      expect(world.state().members.size).toBe(2)
      await world.clock.advance(4000)
      expect([...world.state().members.values()].map(({ name }) => name.text)).toEqual(['a|b'])
      await world.clock.advance(10_000)
      expect(world.state().members.size).toBe(0)
    })
  }

  test('[R7] that was a year ahead says the right time after a restart, and forgets no grace', async () => {
    const journal = { ...memoryJournal('epoch'), close: async () => {} }
    const first = openWorld({ grace: GRACE_MS }, journal)
    first.clock.jump(YEAR_MS)
    first.dial() // so that no id is the same in both
    const early = await native(first, 'İbo')
    await early.send(say('from the future'))
    await first.close()
    const second = openWorld({ grace: GRACE_MS }, journal)
    const bob = await native(second, 'José')
    await bob.send(say('now'))
    expect(bob.objects().findLast(({ type }) => type === 'said')).toMatchObject({ at: second.clock.now() })
    expect(second.state().members.size).toBe(2)
    await second.clock.advance(GRACE_MS + 1000)
    await bob.send(object({ type: 'pong' }))
    expect([...second.state().members.values()].map(({ name }) => name.text)).toEqual(['José'])
  })

  test('[R7] a set that could not be stored is told by the next input', async () => {
    const memory = memoryJournal('epoch')
    let broken = false
    const append: typeof memory.append = async drafts => {
      if (broken) throw new Error('full')
      await memory.append(drafts)
    }
    const journal = { ...memory, append, close: async () => {} }
    const world = openWorld({ grace: GRACE_MS }, journal)
    const [blue, ibo] = [await native(world, 'Mr.Blue'), await native(world, 'İbo')]
    blue.peer.vanish()
    await world.clock.settle()
    world.clock.jump(YEAR_MS)
    broken = true
    await ibo.send(say('lost'))
    expect(world.troubles.splice(0)).toMatchObject([{ type: 'storage' }])
    broken = false
    await ibo.send(say('kept'))
    await world.clock.advance(10_000)
    expect(world.state().members.size).toBe(2)
  })
})
