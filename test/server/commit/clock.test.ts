// Waits go on by elapsed time, regardless of the wall clock.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { type Body, HOST_SESSION } from '../../../src/model/input.ts'
import { CLOCK_SET_MS, LAPSED_MS } from '../../../src/model/limits.ts'
import { LOBBY } from '../../../src/model/name/standing.ts'
import { initialState } from '../../../src/model/state.ts'
import { step } from '../../../src/reducer/step.ts'
import { stamper } from '../../../src/server/ingress/stamp.ts'
import { native, object, say } from '../../helpers/actors.ts'
import { entryOf, nameOf } from '../../helpers/arbitrary-inputs.ts'
import { openWorld } from '../../helpers/open-world.ts'

const GRACE_MS = 60_000
const YEAR_MS = 365 * 24 * 3_600_000

/** Inputs by one server whose clock is set now and then. */
function server() {
  let [state, wall, elapsed] = [initialState, 1_800_000_000_000, 0]
  const clock = { now: () => wall, elapsed: () => elapsed, alarm: () => () => {}, turn: () => {} }
  const draft = stamper(clock, 'here', () => 'run')
  const ask = (session: string, body: Body) => {
    const done = step(state, entryOf(draft(session, null, body, null).input, state.seq + 1))
    state = done.after
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

describe('[R7] waits go by elapsed time', () => {
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

  test('[R7] changes that are too small to be reported add up', () => {
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
      const world = await openWorld({ grace: GRACE_MS })
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
    const first = await openWorld({ grace: GRACE_MS }, journal)
    first.clock.jump(YEAR_MS)
    first.dial() // so that no id is the same in both
    const early = await native(first, 'İbo')
    await early.send(say('from the future'))
    await first.close()
    const second = await openWorld({ grace: GRACE_MS }, journal)
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
    const world = await openWorld({ grace: GRACE_MS }, journal)
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

describe('[R7] after a clock that was ahead', () => {
  test('[R7] nobody in a list of members joined, and no connection came, later than now', async () => {
    const world = await openWorld()
    const early = await native(world, 'a|b')
    await native(world, 'Spider-Man')
    world.clock.jump(-YEAR_MS)
    await early.send(object({ type: 'who', n: 1, room: 'lobby' }))
    // The room's time yields with an input, and from then on it is that of the list.
    const late = await native(world, 'José')
    await late.send(object({ type: 'who', n: 1, room: 'lobby' }))
    const lists = late.objects().filter(({ type }) => type === 'room' || type === 'who')
    expect(lists).toHaveLength(2)
    for (const { members } of lists as { members: readonly { name: string; since: number }[] }[]) {
      expect(members.map(({ name }) => name).sort()).toEqual(['José', 'Spider-Man', 'a|b'])
      for (const { since } of members) expect(since).toBeLessThanOrEqual(world.clock.now())
    }
    await world.clock.advance(5000)
    const [{ since = 0, heardAt = 0 } = {}] = world.server.connections()
    expect(world.clock.now() - since).toBe(5000)
    expect(world.clock.now() - heardAt).toBe(5000)
  })
})

describe('[Y7] an age is counted by a clock that is believed', () => {
  const HOUR_MS = 3_600_000

  /** Whether the text is still there after so many hours at the clock as it is then. */
  async function room() {
    const world = await openWorld({ keep: { age: 30 * 24 * HOUR_MS } })
    const alice = await native(world, 'İbo')
    await alice.send(say('kept'))
    alice.peer.vanish()
    let visits = 0
    const isThere = async (hours: number): Promise<boolean> => {
      await world.clock.advance(hours * HOUR_MS)
      const next = await native(world, `田中${++visits}`)
      next.peer.vanish()
      return next.text().includes('"text":"kept"')
    }
    return { world, isThere }
  }

  test('[Y7] a clock that jumps ahead, and is mended within a day, takes nothing', async () => {
    const { world, isThere } = await room()
    world.clock.jump(YEAR_MS)
    expect(await isThere(20)).toBe(true)
    world.clock.jump(-YEAR_MS)
    expect(await isThere(20)).toBe(true)
    world.clock.jump(YEAR_MS)
    expect(await isThere(20), 'the day begins anew').toBe(true)
  })

  test('[Y7] one that stays so is believed after a day', async () => {
    const { world, isThere } = await room()
    world.clock.jump(YEAR_MS)
    expect(await isThere(23)).toBe(true)
    expect(await isThere(3)).toBe(false)
  })

  test('[Y7] a month is a month where the clock is right, and one that is set back takes nothing', async () => {
    const { world, isThere } = await room()
    world.clock.jump(-YEAR_MS)
    expect(await isThere(29 * 24)).toBe(true)
    world.clock.jump(YEAR_MS)
    expect(await isThere(48)).toBe(false)
  })
})
