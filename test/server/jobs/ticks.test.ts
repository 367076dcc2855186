import { BehaviorSubject } from 'rxjs'
import { expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { LAPSES_AT_ONCE, STORAGE_RETRY_MS } from '../../../src/model/limits.ts'
import type { Name } from '../../../src/model/name/name.ts'
import { initialState, type State } from '../../../src/model/state.ts'
import { decideTick } from '../../../src/reducer/accounts/expiry.ts'
import { evolve } from '../../../src/reducer/evolve.ts'
import { tick$ } from '../../../src/server/jobs/ticks.ts'
import { systemEntropy } from '../../../src/transport/entropy.ts'
import { native } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { troubledJournal } from '../../helpers/troubled-journal.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'
import { createWorld, type Wire } from '../../helpers/world.ts'

const DAY_MS = 86_400_000

test('[R7] an end in a month is waited for with an alarm that rings early, and not with one a second', async () => {
  const clock = virtualClock()
  let alarms = 0
  const early = {
    ...clock,
    alarm(ms: number, ring: () => void) {
      alarms++
      return clock.alarm(Math.min(ms, 24 * DAY_MS), ring)
    },
  }
  let ticks = 0
  const state = { ...initialState, due: initialState.due.set('s1', clock.now() + 30 * DAY_MS) }
  const ticking = tick$(new BehaviorSubject(state), early).subscribe(() => ticks++)
  await clock.advance(30 * DAY_MS - 1)
  expect([ticks, alarms]).toEqual([0, 2])
  await clock.advance(1)
  expect(ticks).toBe(1)
  ticking.unsubscribe()
})

test('[P1] when many are lost at once, their exits are several ticks, one right after another', async () => {
  const count = 2 * LAPSES_AT_ONCE + 3
  const world = await openWorld({ rate: null, grace: 1000 })
  const wires: Wire[] = []
  for (let k = 0; k < count; k++) wires.push(await native(world, `李${k}`))
  for (const { peer } of wires) peer.vanish()
  await world.clock.settle()
  expect(world.state().due.size).toBe(count)
  await world.clock.advance(1000 + 10)
  expect(world.state().members.size).toBe(0)
  const ended = world.steps.map(({ events }) => events.filter(({ event }) => event.type === 'lapsed').length)
  expect(ended.filter(many => many > 0)).toEqual([LAPSES_AT_ONCE, LAPSES_AT_ONCE, 3])
})

test('[P1][R9] before format 5 one tick ends all of them', () => {
  const detached = (format: number): State => {
    let state: State = { ...initialState, format, at: 1000 }
    for (let k = 0; k <= LAPSES_AT_ONCE; k++) {
      const [id, member] = [`s${k}`, `m${k}`]
      const name: Name = { text: member, keys: [member] }
      const welcomed = {
        type: 'welcomed',
        session: id,
        member,
        name,
        origin: 'o',
        protocol: 'native',
        token: id,
      } as const
      state = evolve(evolve(state, welcomed), { type: 'detached', session: id, until: 1000 - k })
    }
    return state
  }
  const ended = (format: number): number => decideTick(detached(format)).filter(({ type }) => type === 'lapsed').length
  expect([ended(4), ended(5)]).toEqual([LAPSES_AT_ONCE + 1, LAPSES_AT_ONCE])
})

test('[P1] [J8] nobody exits before the start is stored, though the grace of the last run is over', async () => {
  // A second server opens the same journal.
  const journal = troubledJournal({ ...memoryJournal('epoch'), close: async () => {} })
  const clock = virtualClock()
  const first = await createWorld({ grace: 1000 }, journal, {}, clock)
  const alice = await native(first, 'Spider-Man')
  alice.peer.vanish()
  await clock.settle()
  await first.close()
  // The clock goes on while the server is down.
  await clock.advance(5000)
  const lost = Promise.withResolvers<void>()
  journal.held = lost.promise
  const second = await createWorld({ grace: 1000 }, journal, { entropy: systemEntropy }, clock)
  await clock.advance(100)
  lost.reject(new Error('the append was lost'))
  await clock.settle()
  journal.held = Promise.resolve()
  await clock.advance(STORAGE_RETRY_MS)
  expect(second.troubles.splice(0).map(({ type }) => type)).toContain('storage')
  const stored = (await entriesIn(journal)).map(({ input }) => input.type)
  expect(stored, 'the tick that was due follows').toEqual(['format', 'started', 'hello', 'lost', 'started', 'tick'])
  expect([...second.state().members.values()].map(({ name }) => name.text)).toEqual(['Spider-Man'])
  await clock.advance(1010)
  expect(second.state().members.size).toBe(0)
  await second.close()
})
