/** Clients of accounts: one of several sessions of a member. */
import { native, object } from './actors.ts'
import type { Wire, World } from './world.ts'

export const PASSWORD = 'correct horse'

/** A guest that registers with its hello. */
export const owner = (world: World, name: string, hello: object = {}): Promise<Wire> =>
  native(world, name, { register: { password: PASSWORD }, ...hello })

/** One more session of an account. The replies to its hello are news still. */
export async function device(world: World, name: string, hello: object = {}): Promise<Wire> {
  const wire = world.dial()
  await wire.send(object({ type: 'hello', name, account: { password: PASSWORD }, ...hello }))
  return wire
}

/** In line mode. */
export async function lineDevice(world: World, name: string): Promise<Wire> {
  const wire = world.dial()
  await wire.send(`${name}\n`)
  await wire.send(`${PASSWORD}\n`)
  wire.news()
  return wire
}
