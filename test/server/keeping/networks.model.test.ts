/** In every order of events: a member that is here is in no banned network, unless an exception keeps it free. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { readAddress } from '../../../src/matching/networks/address.ts'
import { contains, readPrefix } from '../../../src/matching/networks/prefix.ts'
import type { State } from '../../../src/model/state.ts'
import { object } from '../../helpers/actors.ts'
import { runs } from '../../helpers/seeds.ts'
import { troubledJournal } from '../../helpers/troubled-journal.ts'
import { createWorld, type Wire, type World } from '../../helpers/world.ts'

const ADDRESSES = ['10.1.1.1', '10.1.2.2', '10.2.1.1', '2001:db8:1:1::1', '2001:db8:1:2::1', '::ffff:10.1.1.9'] as const
const NETS = ['10.1.0.0/16', '10.1.1.0/24', '10.1.2.2', '2001:db8:1::/48', '2001:db8:1:1::/64'] as const
const NAMES = ['Spider-Man', 'Mr.Blue', '田中', 'a_b'] as const

const who = fc.nat({ max: NAMES.length - 1 })
const net = fc.constantFrom(...NETS)
const acts = fc.oneof(
  fc.record({ act: fc.constant('come' as const), who, from: fc.constantFrom(...ADDRESSES) }),
  fc.record({ act: fc.constant('vanish' as const), who }),
  fc.record({ act: fc.constantFrom('ban' as const, 'unban' as const), net }),
  fc.record({ act: fc.constantFrom('except' as const, 'unexcept' as const), net }),
  fc.record({ act: fc.constantFrom('spare' as const, 'unspare' as const), who }),
  fc.record({ act: fc.constant('wait' as const), ms: fc.constantFrom(1000, 30_000, 90_000) }),
  fc.record({ act: fc.constantFrom('hold' as const, 'go on' as const) }),
)

type Act = (typeof acts extends fc.Arbitrary<infer T> ? T : never) & object

const covers = (of: string, address: string): boolean => {
  const [prefix, read] = [readPrefix(of), readAddress(address)]
  return prefix !== null && read !== null && contains(prefix, read)
}

/** The state's verdict on an address, by its networks as the host reads them. */
async function isBanned(world: World, state: State, name: string, address: string): Promise<boolean> {
  const listed = async (what: 'bans' | 'exceptions') => {
    const answer = await world.server.ask({ type: 'list', what, room: null, limit: 200 })
    return answer.type === 'list' && (answer.what === 'bans' || answer.what === 'exceptions') ? answer.entries : []
  }
  expect(state.sanctions.size).toBe((await listed('bans')).length + (await listed('exceptions')).length)
  const free = (await listed('exceptions')).some(
    one => one.who === name || (one.net !== null && covers(one.net, address)),
  )
  return !free && (await listed('bans')).some(one => one.net !== null && covers(one.net, address))
}

async function played(world: World, journal: ReturnType<typeof troubledJournal>, all: readonly Act[]): Promise<void> {
  const wires = new Map<string, { readonly wire: Wire; readonly from: string }>()
  let release = (): void => {}
  for (const one of all) {
    const name = 'who' in one ? (NAMES[one.who] as string) : ''
    if (one.act === 'come') {
      wires.get(name)?.wire.peer.vanish()
      const wire = world.dial(one.from)
      wires.set(name, { wire, from: one.from })
      await wire.send(object({ type: 'hello', name, token: `made-by-the-client-of-${name.length}-${one.who}-000000` }))
    }
    if (one.act === 'vanish') wires.get(name)?.wire.peer.vanish()
    if (one.act === 'ban' || one.act === 'except')
      world.server.host({ type: one.act, net: one.net, reason: null, for: 60 })
    if (one.act === 'unban' || one.act === 'unexcept') world.server.host({ type: one.act, net: one.net })
    if (one.act === 'spare') world.server.host({ type: 'except', who: name, reason: null, for: 45 })
    if (one.act === 'unspare') world.server.host({ type: 'unexcept', who: name })
    if (one.act === 'wait') await world.clock.advance(one.ms)
    if (one.act === 'hold') {
      release()
      const gate = Promise.withResolvers<void>()
      journal.held = gate.promise
      release = gate.resolve
    }
    if (one.act === 'go on') release()
    await world.clock.settle()
  }
  release()
  for (let round = 0; round < 4; round++) await world.clock.settle()
  await world.clock.advance(1000)
  const state = world.state()
  for (const { name, address, state: how } of world.server.connections()) {
    if (name === null || how === 'away') continue
    expect(await isBanned(world, state, name, address), `${name} at ${address}`).toBe(false)
  }
}

test('nobody stays in a banned network, also if what happens is stored late', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 4, maxLength: 24 }), async all => {
      const journal = troubledJournal(memoryJournal('epoch'))
      const world = await createWorld({ rate: null, perAddress: null }, journal)
      await world.clock.settle()
      await played(world, journal, all)
      await world.close()
      expect(world.troubles).toEqual([])
      expect(world.clock.pending()).toBe(0)
    }),
    { numRuns: runs(100) },
  )
})
