/** A world for one test: closed when the test is over, and then nothing may be left of it (docs/spec.md, H1). */
import { expect, onTestFinished } from 'vitest'
import { createWorld, type World } from './world.ts'

/** A test takes the trouble that it expects out of `troubles`. */
export async function openWorld(...how: Parameters<typeof createWorld>): Promise<World> {
  const world = await createWorld(...how)
  onTestFinished(async () => {
    await world.close()
    expect(world.clock.pending(), 'alarms after the close').toBe(0)
    expect(world.open(), 'connections after the close').toBe(0)
    expect(world.troubles).toEqual([])
  })
  return world
}
