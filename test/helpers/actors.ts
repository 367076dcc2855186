/** Clients of a test: connections that say hello in their protocol, and their input after that. */
import { CLASSIC_GREETING_MS, SNIFF_CLASSIC_MS } from '../../src/model/limits.ts'
import type { Wire, World } from './world.ts'

export const object = (fields: object): string => `${JSON.stringify(fields)}\n`

/** A native client that has said hello; the answers to it are not news any more. */
export async function native(world: World, name: string, hello: object = {}): Promise<Wire> {
  return heard(world, object({ type: 'hello', name, ...hello }))
}

export const line = (world: World, name: string): Promise<Wire> => heard(world, `${name}\n`)

/** One of the original's clients, which has its user list. */
export async function classic(world: World, name: string): Promise<Wire> {
  const wire = await heard(world, name)
  await world.clock.advance(SNIFF_CLASSIC_MS)
  await world.clock.advance(CLASSIC_GREETING_MS)
  return wire
}

async function heard(world: World, greeting: string): Promise<Wire> {
  const wire = world.dial()
  await wire.send(greeting)
  wire.news()
  return wire
}

export const say = (text: string, more: object = {}): string => object({ type: 'say', text, ...more })

/** The objects that a native client got since the last call, without the fields that depend on the clock. */
export const newObjects = (wire: Wire): readonly Record<string, unknown>[] =>
  wire.news().map(text => {
    const { at: _, ...rest } = JSON.parse(text) as Record<string, unknown>
    return rest
  })

/** The texts of the messages that a native client has got so far. */
export const textsOf = (wire: Wire): readonly unknown[] =>
  wire.objects().flatMap(({ type, text }) => (type === 'said' || type === 'told' ? [text] : []))

export const typesOf = (objects: readonly Record<string, unknown>[]): readonly unknown[] =>
  objects.map(({ type }) => type)
