/** Several accounts act at several places: their unread counts are those of a recount. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Step } from '../../../../src/model/step.ts'
import { object } from '../../../helpers/actors.ts'
import { device, owner } from '../../../helpers/devices.ts'
import { runs, seedOf } from '../../../helpers/seeds.ts'
import { createWorld, type Wire, type World } from '../../../helpers/world.ts'

const CAST = ['Spider-Man', '田中', 'a|b'] as const
const who = fc.nat(CAST.length - 1)
const room = fc.constantFrom('lobby', 'ops')

/** An act of the account `by` at one of its places. */
const act = fc.record({
  by: who,
  at: fc.nat(1),
  does: fc.oneof(
    { weight: 5, arbitrary: fc.record({ type: fc.constant('say'), room, of: who }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('tell'), of: who }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('read'), room, back: fc.nat(6) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('read-direct'), of: who, back: fc.nat(6) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('delete', 'part', 'join', 'leave', 'wait') }) },
  ),
})
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

function asked({ type, ...does }: Act['does'], world: World): string {
  const { room: where, of = 0, back = 0 } = does as { room?: string; of?: number; back?: number }
  const [name, seq] = [CAST[of] as string, Math.max(0, world.state().seq - back)]
  switch (type) {
    case 'say':
      return object({ type, room: where, text: `${name}: hello` })
    case 'tell':
      return object({ type, to: name, text: 'hello' })
    case 'read':
      return object({ type, room: where, seq })
    case 'read-direct':
      return object({ type: 'read', with: name, seq })
    case 'delete':
      return object({ type })
    default:
      return object({ type, room: 'ops' })
  }
}

type Counts = { readonly read: number; readonly unread: number; readonly mentions: number }

/** Counts of the messages after `read`, up to `seq`, from all events. */
function recount(steps: readonly Step[], me: string, place: { room?: unknown; with?: unknown }, read: number): Counts {
  const events = steps.flatMap(({ seq, events }) => events.map(({ event }) => ({ seq, event })))
  const gone = new Set(events.flatMap(({ event }) => (event.type === 'deleted' ? [event.target] : [])))
  const unread = events.filter(({ seq, event }) => {
    if (seq <= read || gone.has(seq)) return false
    if (event.type === 'said') return event.room === place.room && event.author !== me
    return event.type === 'told' && event.author === place.with && event.other === me && event.author !== me
  })
  const mentions = unread.filter(
    ({ event }) => event.type === 'told' || (event.type === 'said' && event.mentions?.includes(me)),
  )
  return { read, unread: unread.length, mentions: mentions.length }
}

const countsOf = ({ read, unread, mentions }: Record<string, unknown>) => ({ read, unread, mentions }) as Counts

function check(world: World, wire: Wire): void {
  const me = wire.objects()[0]?.['id'] as string
  for (const one of wire.objects().filter(({ type }) => type === 'room')) {
    const counts = countsOf(one)
    expect(counts, `${me} in ${one['room']}`).toEqual(recount(world.steps, me, { room: one['room'] }, counts.read))
  }
  const [list] = wire.listed() as readonly { conversations: readonly Record<string, unknown>[] }[]
  for (const one of list?.conversations ?? []) {
    const counts = countsOf(one)
    expect(counts, `${me} with ${one['with']}`).toEqual(recount(world.steps, me, { with: one['id'] }, counts.read))
  }
}

test('[I7] [I2] over random acts of three accounts at two places each', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40 }), async acts => {
      const world = await createWorld({ rate: null, perAddress: null })
      const places = new Map<string, Wire>()
      for (const name of CAST) await (await owner(world, name)).send(object({ type: 'bye' }))
      for (const { by, at, does } of acts) {
        const key = `${by} ${at}`
        const name = CAST[by] as string
        const wire = places.get(key) ?? (await device(world, name))
        if (!places.has(key)) check(world, wire)
        places.set(key, wire)
        if (does.type === 'wait') await world.clock.advance(1000)
        else if (does.type !== 'leave') await wire.send(asked(does, world))
        else {
          wire.peer.vanish()
          await world.clock.settle()
          places.delete(key)
        }
      }
      for (const name of CAST) check(world, await device(world, name))
      expect(world.troubles).toEqual([])
      await world.close()
    }),
    { numRuns: runs(40), seed: seedOf(77) },
  )
})
