/**
 * Whether the missed frames of a session can be made anew from steps, at another server or at this one (docs/spec.md,
 * D5).
 */
import { expect, test } from 'vitest'
import { GRACE_MS } from '../../../../src/model/limits.ts'
import type { Step } from '../../../../src/model/step.ts'
import { canRepeat } from '../../../../src/server/delivery/backlog/missed.ts'
import { native, object, say } from '../../../helpers/actors.ts'
import { openWorld } from '../../../helpers/open-world.ts'
import type { Wire, World } from '../../../helpers/world.ts'

const TOKEN = 'made-by-the-client-0123456789abcdef'

/** `epoch`: another one than that of the journal makes a gap. */
async function hello(world: World, epoch = 'epoch'): Promise<Wire> {
  const wire = world.dial()
  await wire.send(object({ type: 'hello', name: 'Spider-Man', token: TOKEN, epoch }))
  return wire
}

const welcomeOf = (wire: Wire): { readonly seq: number; readonly session: string } =>
  wire.objects().find(({ type }) => type === 'welcome') as { readonly seq: number; readonly session: string }

const between = ({ steps }: World, cursor: number, end: number): readonly Step[] =>
  steps.filter(({ seq }) => seq > cursor && seq < end)

test('[D5] a client that may have read only the welcome of a resume needs its rooms again', async () => {
  const world = await openWorld()
  const first = await hello(world)
  const { session } = welcomeOf(first)
  const before = world.state().seq
  const talker = await native(world, '李')
  await talker.send(say('missed'))
  first.peer.vanish()
  const cut = await hello(world, 'another')
  const { seq } = welcomeOf(cut)
  cut.peer.vanish()
  const { seq: end } = welcomeOf(await hello(world))
  const isEnough = (cursor: number, whole = false): boolean => canRepeat(between(world, cursor, end), session, whole)
  expect(isEnough(seq - 1), 'with the welcome of the gap').toBe(false)
  expect(isEnough(seq), 'with its rooms').toBe(true)
  // A client that still has to read missed messages goes on from before the gap.
  expect(isEnough(before), 'from before the gap').toBe(false)
  // One that never read that welcome says so.
  expect(isEnough(before, true), 'whole').toBe(true)
})

test('[D7] steps do not tell a session what happened before it returned', async () => {
  const world = await openWorld()
  const first = await hello(world)
  const { session } = welcomeOf(first)
  first.peer.vanish()
  await world.clock.advance(GRACE_MS)
  await hello(world)
  // A member with another session stays in its rooms, so nothing else in these steps says that this one was away.
  const isReturn = ({ event }: Step['events'][number]): boolean => event.type === 'returned'
  const returned = world.steps
    .filter(({ events }) => events.some(isReturn))
    .map(step => ({ ...step, events: step.events.filter(isReturn) }))
  expect(returned).toHaveLength(1)
  expect(canRepeat(returned, session, true)).toBe(false)
})
