/** The client's actor against the real server, in memory: the promises across a cut cable. */
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Client, connect } from '../../../src/client/session/connection.ts'
import { SILENCE_MS } from '../../../src/client/session/state.ts'
import type { AskOutcome } from '../../../src/client/session/status.ts'
import type { Options } from '../../../src/server/server.ts'
import { native, textsOf } from '../../helpers/actors.ts'
import { type MemoryDialer, memoryDialer } from '../../helpers/memory-dialer.ts'
import { openWorld } from '../../helpers/open-world.ts'
import type { World } from '../../helpers/world.ts'

type Guest = {
  readonly client: Client
  readonly dialer: MemoryDialer
  readonly outcomes: AskOutcome[]
  readonly refusals: unknown[]
  readonly say: (...texts: readonly string[]) => void
}

let guests = 0

/** A client of a world. Once it is closed, nothing of it may be left. */
function visit(world: World, name = 'guest', reconnect = true): Guest {
  const dialer = memoryDialer(world)
  const ports = {
    dial: dialer.dial,
    clock: world.clock,
    random: () => 0.5,
    secret: () => `${++guests}`.padStart(48, 'guest'),
  }
  const client = connect(ports, { name, room: 'lobby', reconnect })
  const outcomes: AskOutcome[] = []
  const refusals: unknown[] = []
  client.outcome$.subscribe(outcome => outcomes.push(outcome))
  client.incoming$.subscribe(({ reply }) => {
    if (reply.type === 'rejected') refusals.push(reply.code)
  })
  onTestFinished(() => client.close())
  const say = (...texts: readonly string[]): void => {
    for (const text of texts) client.ask({ type: 'say', room: 'lobby', text, action: false })
  }
  return { client, dialer, outcomes, refusals, say }
}

async function meet(options: Options = {}) {
  const world = await openWorld(options)
  const witness = await native(world, 'witness')
  const guest = visit(world)
  await world.clock.settle()
  expect(guest.client.status$.value).toMatchObject({ state: 'online', name: 'guest' })
  return { world, witness, ...guest }
}

const numbers = (count: number): readonly string[] => Array.from({ length: count }, (_, k) => `${k}`)
const idsDone = (outcomes: readonly AskOutcome[]): readonly number[] =>
  outcomes.flatMap(({ id, is }) => (is === 'done' ? [id] : []))

describe('a client', () => {
  test('enters, talks and leaves', async () => {
    const { world, witness, client, outcomes, say } = await meet()
    say('hi')
    client.leave()
    await world.clock.settle()
    expect(textsOf(witness)).toEqual(['hi'])
    expect(outcomes).toMatchObject([{ id: 1, is: 'done' }])
    expect(client.status$.value).toMatchObject({ state: 'ended', end: { exit: 0 } })
    expect(witness.objects().at(-1)).toMatchObject({ type: 'quit', name: 'guest', cause: 'quit' })
  })

  test('tells even a late asker how it ended', async () => {
    const { world, client } = await meet()
    client.leave()
    await world.clock.settle()
    const heard: string[] = []
    client.status$.subscribe(({ state }) => heard.push(state))
    expect(heard).toEqual(['ended'])
  })

  test('leaves nothing running when it is closed [H1]', async () => {
    const { world, client, dialer, say } = await meet({ rate: { perSecond: 1, burst: 2 } })
    say(...numbers(10))
    client.close()
    await world.clock.settle()
    expect(dialer.wires.map(({ closed }) => closed())).toEqual([true])
    const before = dialer.written.length
    await world.clock.advance(100_000)
    expect([dialer.attempts(), dialer.written.length]).toEqual([1, before])
  })

  test('stays under the rate of the server, so that nothing is refused', async () => {
    const { world, witness, client, outcomes, refusals, say } = await meet({ rate: { perSecond: 20, burst: 30 } })
    say(...numbers(200))
    expect(client.waiting$.value).toBe(200)
    await world.clock.advance(8000)
    expect(textsOf(witness).length).toBeLessThan(200)
    await world.clock.advance(3000)
    expect(textsOf(witness)).toEqual(numbers(200))
    expect([idsDone(outcomes).length, refusals, client.waiting$.value]).toEqual([200, [], 0])
  })
})

describe('a client whose connection is cut', () => {
  test('resumes, and others notice nothing [D4]', async () => {
    const { world, witness, client, dialer } = await meet()
    witness.news()
    dialer.wires[0]?.peer.vanish()
    await world.clock.settle()
    expect(client.status$.value).toMatchObject({ state: 'waiting', attempt: 1 })
    await world.clock.advance(1000)
    expect(client.status$.value).toMatchObject({ state: 'online', name: 'guest' })
    expect(dialer.wires[1]?.objects()[0]).toMatchObject({ type: 'welcome', resumed: true, gap: false })
    expect(witness.news()).toEqual([])
  })

  test('has what it said performed once and in order, wherever the cut falls [D3]', async () => {
    for (const answered of [false, true]) {
      const { world, witness, dialer, outcomes, refusals, say } = await meet()
      if (answered) dialer.wires[0]?.peer.stall()
      say(...numbers(5))
      if (answered) await world.clock.settle()
      dialer.wires[0]?.peer.vanish()
      say(...numbers(8).slice(5))
      await world.clock.advance(2000)
      expect(textsOf(witness)).toEqual(numbers(8))
      expect(dialer.written.filter(({ n }) => n === 1)).toHaveLength(2)
      expect([idsDone(outcomes), refusals]).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], []])
    }
  })

  test('has nothing doubled even when it repeats more than the server takes at once [D3]', async () => {
    const { world, witness, dialer, outcomes, refusals, say } = await meet({ rate: { perSecond: 10, burst: 20 } })
    dialer.wires[0]?.peer.stall()
    say(...numbers(60))
    await world.clock.advance(10_000)
    expect(textsOf(witness)).toEqual(numbers(60))
    expect(outcomes).toEqual([])
    dialer.wires[0]?.peer.vanish()
    await world.clock.advance(10_000)
    expect(textsOf(witness)).toEqual(numbers(60))
    expect([idsDone(outcomes).length, refusals]).toEqual([60, []])
  })

  test('hears what it missed, marked as of the past [D6]', async () => {
    const { world, witness, client, dialer } = await meet()
    const heard: unknown[] = []
    client.incoming$.subscribe(({ reply, replayed }) => reply.type === 'said' && heard.push([reply.text, replayed]))
    dialer.wires[0]?.peer.vanish()
    await witness.send('{"type":"say","text":"missed"}\n')
    await world.clock.advance(1000)
    await witness.send('{"type":"say","text":"live"}\n')
    expect(heard).toEqual([
      ['missed', true],
      ['live', false],
    ])
  })

  test('takes a silent server for gone, and comes back', async () => {
    const { world, client, dialer } = await meet()
    dialer.wires[0]?.peer.stall()
    const states: string[] = []
    client.status$.subscribe(({ state }) => states.push(state))
    await world.clock.advance(SILENCE_MS + 15_000)
    expect(states.filter(state => state !== 'connecting')).toEqual(['online', 'waiting', 'online'])
    expect(dialer.attempts()).toBe(2)
  })

  test('that is not to come back says so at once', async () => {
    const world = await openWorld()
    const { client, dialer } = visit(world, 'guest', false)
    await world.clock.settle()
    dialer.wires[0]?.peer.vanish()
    await world.clock.settle()
    expect(client.status$.value).toMatchObject({ state: 'ended', end: { by: 'network', exit: 3 } })
  })
})
