/** The host's acts of moderation, in a world of a test. */
import { expect } from 'vitest'
import type { Command } from '../../src/model/command.ts'
import type { FilterAction } from '../../src/model/state/keeping.ts'
import type { World } from './world.ts'

/** Performs a command of the host that ingress passes. */
export async function hosted(world: World, command: Command): Promise<void> {
  expect(world.server.host(command)).toBeNull()
  await world.clock.settle()
}

/** Returns the number of the new filter; `room` undefined: of the whole server. */
export async function filtered(world: World, pattern: string, action: FilterAction, room?: string): Promise<number> {
  const is = pattern.startsWith('/') ? 'expression' : 'words'
  await hosted(world, { type: 'filter', is, pattern: pattern.replace(/^\/|\/$/g, ''), action, room })
  return world.state().seq
}
