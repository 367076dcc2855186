/** People for the tests of messages that live: they number their commands. */
import { expect } from 'vitest'
import { native, newObjects, object } from '../../helpers/actors.ts'
import type { Wire, World } from '../../helpers/world.ts'

export type Person = {
  readonly wire: Wire
  /** Sends a command with the next number, and gives the replies since the last one. */
  readonly asks: (command: object) => Promise<readonly Record<string, unknown>[]>
  readonly hears: () => readonly Record<string, unknown>[]
  /** Says it, and gives the place of the message. */
  readonly says: (text: string, more?: object) => Promise<number>
}

export async function person(world: World, name: string, hello: object = {}): Promise<Person> {
  const wire = await native(world, name, hello)
  let n = 0
  const asks: Person['asks'] = async command => {
    await wire.send(object({ n: ++n, ...command }))
    return newObjects(wire)
  }
  return {
    wire,
    asks,
    hears: () => newObjects(wire),
    async says(text, more = {}) {
      const got = await asks({ type: 'say', text, ...more })
      return Number(got.find(({ type }) => type === 'ok')?.['seq'] ?? expect.fail(JSON.stringify(got)))
    },
  }
}

export const codesIn = (objects: readonly Record<string, unknown>[]): readonly unknown[] =>
  objects.map(({ type, code }) => (type === 'rejected' ? code : type))
