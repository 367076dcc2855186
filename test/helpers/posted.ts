/** A program that posts with a token, in a world of a test. */
import type { World } from './world.ts'

/** Gives the token, and returns how the program posts into the lobby. */
export async function postedBy(world: World, name: string): Promise<(text: string) => Promise<unknown>> {
  world.server.grants.add({ name, room: null, read: true, write: true }, () => {})
  await world.clock.settle()
  const id = world.state().grants.findKey(grant => grant.name.text === name)
  return async text => {
    const grant = world.state().grants.get(id ?? '')
    if (!grant) throw new Error(`${name} has no token.`)
    const posting = world.server.api.post(grant, { room: 'lobby', text, action: false, key: null })
    await world.clock.settle()
    return posting
  }
}
