/**
 * Connections that do anything with accounts, in any order: while passwords are hashed, while a login is decided, while
 * their links break. At the end nobody is there who has no connection, and nobody who has no right.
 */
import { expect, test } from 'vitest'
import { GRACE_MS } from '../../../src/model/limits.ts'
import { type Random, random } from '../../attack/packets.ts'
import { object, say } from '../../helpers/actors.ts'
import { countedHasher } from '../../helpers/counted-hasher.ts'
import { runs, seedOf } from '../../helpers/seeds.ts'
import { createWorld, type Wire, type World } from '../../helpers/world.ts'

const NAMES = ['Spider-Man', '田中', 'Mr.Blue']
const PASSWORDS = ['correct horse', 'battery staple']
const ACTS = 60

const kept = (k: number): string => `${k}`.repeat(43)
const token = (k: number): string => `token ${k} `.repeat(5)

/** One act of a client, as text. */
function act(draw: Random, n: number): string {
  const name = draw.of([...NAMES, 'guest', 'watcher'])
  const account = draw.of([{ password: draw.of(PASSWORDS) }, { kept: kept(draw.below(3)) }])
  const may = (fields: object): object => (draw.below(2) === 0 ? fields : {})
  const numbered = may({ n })
  return draw.of([
    () => object({ type: 'hello', name, ...may({ token: token(draw.below(4)) }) }),
    () => object({ type: 'hello', name, account, ...may({ token: token(draw.below(4)) }) }),
    () => object({ type: 'hello', name, register: { password: draw.of(PASSWORDS) } }),
    () => object({ type: 'register', ...numbered, password: draw.of(PASSWORDS) }),
    () => object({ type: 'login', ...numbered, name, account }),
    () => object({ type: 'login', ...numbered, name, account }),
    () => object({ type: 'password', ...numbered, old: draw.of(PASSWORDS), new: draw.of(PASSWORDS) }),
    () => object({ type: 'keep', ...numbered, secret: kept(draw.below(3)) }),
    () => object({ type: 'logout', ...numbered, everywhere: draw.below(3) === 0 }),
    () => object({ type: 'devices', ...numbered }),
    () => object({ type: 'nick', ...numbered, name }),
    () => object({ type: 'bye', ...numbered }),
    () => object({ type: 'prove', signature: 'x', seen: 'plain' }),
    () => say('hi', numbered),
    () => `${draw.of(NAMES)}\n`,
    () => `/login ${draw.of(NAMES)}\n${draw.of(PASSWORDS)}\n`,
    () => `/register\n${draw.of(PASSWORDS)}\n`,
  ])()
}

/** Invariants at every moment at which nothing is under way. */
function check(world: World, seed: number): void {
  const { sessions, members, accounts } = world.state()
  for (const [id, session] of sessions) {
    const account = accounts.get(session.member)
    const why = `seed ${seed}: session ${id}`
    expect(members.get(session.member)?.sessions.has(id), why).toBe(true)
    if (account) expect(account.credentials.has(session.credential ?? ''), `${why} has a credential`).toBe(true)
    else expect(session.credential, `${why} is a guest's`).toBe(undefined)
  }
}

async function storm(seed: number): Promise<void> {
  const draw = random(seed)
  const hasher = countedHasher()
  const world = await createWorld({ perAddress: null, rate: null }, undefined, { hasher })
  const wires: Wire[] = []
  for (let k = 0; k < ACTS; k++) {
    if (wires.length < 2 || draw.below(5) === 0) wires.push(world.dial(`192.0.2.${draw.below(9)}`))
    const wire = draw.of(wires)
    if (draw.below(8) === 0) hasher.hold()
    if (draw.below(4) === 0) hasher.go()
    if (draw.below(10) === 0) wire.peer.vanish()
    else if (draw.below(20) === 0) wire.peer.end()
    else wire.peer.send(Buffer.from(act(draw, k + 1)))
    if (draw.below(2) === 0) await world.clock.settle()
  }
  hasher.go()
  await world.clock.settle()
  check(world, seed)
  for (const wire of wires) wire.peer.vanish()
  await world.clock.settle()
  expect(
    world.server.connections().filter(({ state }) => state !== 'away'),
    `seed ${seed}`,
  ).toEqual([])
  await world.clock.advance(GRACE_MS + 60_000)
  check(world, seed)
  expect([...world.state().sessions.keys()], `seed ${seed}: sessions without a connection`).toEqual([])
  expect([...world.state().members.keys()], `seed ${seed}: members without a session`).toEqual([])
  const { tokens, lapsed } = world.state()
  expect(
    [...tokens.values()].filter(id => !lapsed.has(id)),
    `seed ${seed}: tokens of nobody`,
  ).toEqual([])
  expect(world.troubles, `seed ${seed}`).toEqual([])
  await world.close()
  expect(world.clock.pending(), `seed ${seed}: alarms`).toBe(0)
  expect(world.open(), `seed ${seed}: connections`).toBe(0)
}

test('[I3] [H1] nothing stays of connections that sign in and out in any order, and break meanwhile', async () => {
  for (let run = 0; run < runs(100); run++) await storm(seedOf(run))
})
