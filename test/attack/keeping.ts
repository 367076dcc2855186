/** Attacks on keepers: a server on memory and virtual time, with people and their attempts. */
import { expect } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import type { Command } from '../../src/model/command.ts'
import { CLASSIC_GREETING_MS, SNIFF_CLASSIC_MS } from '../../src/model/limits.ts'
import type { Journal } from '../../src/port/journal.ts'
import type { Options } from '../../src/server/server.ts'
import { object } from '../helpers/actors.ts'
import { openWorld } from '../helpers/open-world.ts'
import type { Wire, World } from '../helpers/world.ts'

export const PASSWORD = 'a long sentence'
export const HOME = '2001:db8:bad:1::7'
export const HOME_TOO = '2001:db8:bad:1:ffff::1'
export const AWAY = '2001:db8:900d:2::7'
export const tokenOf = (name: string): string => `token-of-${Buffer.from(name).toString('hex')}`.padEnd(40, '-')

/** `rate: null`: another test proves how much an attacker may do in a second. */
export async function openSite(options: Options = {}, journal?: Journal): Promise<World> {
  const world = await openWorld({ rate: null, ...options }, journal ?? memoryJournal('epoch'))
  // The rules of keeping order are in force from its first commit on.
  await world.clock.settle()
  return world
}

/** A native client says hello; its answer is not read yet. */
export async function come(world: World, name: string, hello: object = {}, address = AWAY): Promise<Wire> {
  const wire = world.dial(address)
  await wire.send(object({ type: 'hello', name, history: 0, ...hello }))
  return wire
}

/** The same with a token that resumes its session. */
export const comeResumable = (world: World, name: string, hello: object = {}, address = AWAY): Promise<Wire> =>
  come(world, name, { token: tokenOf(name), ...hello }, address)

export const register = (world: World, name: string, more: object = {}, address = AWAY): Promise<Wire> =>
  come(world, name, { register: { password: PASSWORD }, token: tokenOf(name), ...more }, address)

/** One way for each protocol to enter from an address, and perhaps a room; whether the server let it in. */
export const PROTOCOLS = {
  async native(world: World, name: string, address: string) {
    return (await come(world, name, {}, address)).text().includes('"welcome"')
  },
  async websocket(world: World, name: string, address: string) {
    const wire = world.dial(address)
    wire.peer.upgrade(null)
    await wire.send(object({ type: 'hello', name }))
    return wire.text().includes('"welcome"')
  },
  async line(world: World, name: string, address: string) {
    const wire = world.dial(address)
    await wire.send(`${name}\n`)
    return wire.text().includes('Welcome, ')
  },
  async classic(world: World, name: string, address: string) {
    const wire = world.dial(address)
    await wire.send(name)
    await world.clock.advance(SNIFF_CLASSIC_MS)
    await world.clock.advance(CLASSIC_GREETING_MS)
    return wire.writes[0] === 'OK'
  },
} as const

/** The host's command, which ingress passes. */
export async function host(world: World, command: Command): Promise<void> {
  expect(world.server.host(command)).toBeNull()
  await world.clock.settle()
}

/** Sends commands, and returns the codes of the refusals and the numbers of the performed ones. */
export async function ask(wire: Wire, ...commands: readonly object[]): Promise<readonly unknown[]> {
  const before = wire.objects().length
  await wire.send(commands.map(object).join(''))
  return wire
    .objects()
    .slice(before)
    .flatMap(({ type, code, n }) => (type === 'rejected' ? [code] : type === 'ok' ? [n] : []))
}

/** The last refusal's or closing's code that this client got; null: none. */
export const lastCode = (wire: Wire): unknown =>
  wire.objects().findLast(({ type }) => type === 'rejected' || type === 'closed')?.['code'] ?? null

export const namesIn = (world: World, room = 'lobby'): readonly string[] =>
  [...(world.state().rooms.get(room)?.members.keys() ?? [])].sort()

export const names = (world: World): readonly string[] =>
  [...world.state().members.values()].map(({ name }) => name.text).sort()
