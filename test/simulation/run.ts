/**
 * One run: a cast, a list of acts, a calm at the end in which everything must come right, and the checks on the way.
 */
import { LAPSED_MAX, PENDING_MAX, RING_BYTES, WRITE_BYTES } from '../../src/model/limits.ts'
import { toSnapshot } from '../../src/reducer/snapshot.ts'
import { Native } from './actors/native.ts'
import type { Person } from './actors/person.ts'
import { classic, line } from './actors/protocols.ts'
import { Textual } from './actors/textual.ts'
import { type Act, castOf } from './acts.ts'
import { addressOfPerson } from './addresses.ts'
import { perform } from './perform.ts'
import type { Running } from './process.ts'
import type { Story } from './story.ts'
import { World } from './world.ts'

/** Runs until the first violation, or to the end. */
export async function run(seed: string, acts: readonly Act[]): Promise<Story> {
  const { grace, rate, keep, gathering, natives, lines, classics, nodes, isReplicated } = castOf(seed)
  const world = new World(seed, { grace, rate, keep, gathering }, nodes, isReplicated)
  const cast: readonly Person[] = [
    ...times(natives, k => new Native(`n${k}`, world)),
    ...times(lines, k => new Textual(`t${k}`, world, line)),
    ...times(classics, k => new Textual(`c${k}`, world, classic)),
  ]
  const { story, clock } = world
  world.start()
  await clock.settle()
  for (const act of acts) {
    await perform(act, world, cast)
    await clock.advance(act.wait)
    inspect(world, cast, act.i)
    story.count('acts')
    story.count(`act: ${act.kind}`)
    if (story.violations.length > 0) return story
  }
  await calm(world, cast)
  return story
}

/** Invariants of every moment. Comparing large states takes long, so the larger they are, the less often it is done. */
function inspect(world: World, cast: readonly Person[], i: number): void {
  const { story, allRunning, storage } = world
  for (const cable of world.cables) {
    const { unread, connection } = cable
    const isBounded = unread <= 1 && connection.outstanding <= 2 * WRITE_BYTES
    story.check('at most one write is outstanding', isBounded, () => `${unread}, of ${connection.outstanding} bytes`)
  }
  for (const running of allRunning) inspectServer(story, running)
  world.files.inspect(world.truth.state, world.truth.living)
  inspectErased(world)
  if (allRunning.length === 0 || storage.isBusy) return
  for (const running of allRunning) {
    if (running.hasAll() && !world.isStopping(running) && !world.isWrong(running)) compare(world, running, i)
  }
  if (allRunning.every(({ hasAll }) => hasAll())) inspectTogether(world)
  if (!allRunning.every(({ hasAll }) => hasAll()) || !world.hasGathered) return
  for (const person of cast) if (person.isSettled && person.cable?.calm) person.compare()
}

function inspectServer(story: Story, { server, state }: Running): void {
  const { rings, bytes } = server.held()
  story.check(
    'rings are bounded',
    bytes <= rings * (RING_BYTES + CHUNK_BYTES),
    () => `${bytes} bytes in ${rings} rings`,
  )
  const { accounts, lapsed, sessions } = state()
  const isBounded = lapsed.size <= LAPSED_MAX && sessions.every(({ results }) => results.list().length <= PENDING_MAX)
  story.check('what is kept of sessions is bounded', isBounded, () => `${lapsed.size} have lapsed`)
  const all = [...sessions.values(), ...lapsed.valueSeq().map(({ session }) => session)]
  const tokens = all.flatMap(({ token }) => token ?? [])
  story.check('no two sessions share a token', new Set(tokens).size === tokens.length, () => tokens.sort().join())
  const strays = all.filter(({ member, credential }) =>
    credential === undefined ? accounts.has(member) : !accounts.get(member)?.credentials.has(credential),
  )
  story.check('no session without a right to it', strays.length === 0, () => strays.map(({ id }) => id).join())
}

/** The text of a deleted message is nowhere, not at any node that has heard of the deletion. */
function inspectErased({ cluster, truth, story }: World): void {
  if (!cluster) return
  const deleted = truth.items.filter(({ kind }) => kind === 'deleted').slice(-5)
  for (const { seq, key } of deleted) {
    const left = cluster.keepsDeleted(seq, Number(key.split(' ')[1]))
    story.check('what was deleted is off every mirror', left.length === 0, () => `${left.join()}: ${key}`)
  }
  for (const [shown, seq] of truth.living.replaced.slice(-5)) {
    const left = cluster.keepsDeleted(shown, seq)
    story.check('the text before an edit is off every mirror', left.length === 0, () => `${left.join()}: ${seq}`)
  }
  for (const [deleted, place] of truth.outputs.erased.slice(-8)) {
    const left = cluster.keepsDeleted(deleted, place)
    story.check(
      'the pieces of what was deleted are off every mirror',
      left.length === 0,
      () => `${left.join()}: ${place}`,
    )
  }
}

/** Invariants of several servers together, when all have heard all. */
function inspectTogether({ story, allRunning, truth }: World): void {
  const { format, nodes, members, sessions, due } = truth.state
  const open = allRunning.flatMap(({ server }) => server.connections().filter(({ state }) => state !== 'away'))
  for (const { name, sessions: own } of members.values()) {
    const links = open.filter(one => one.name === name.text).length
    const isOne = links <= own.size
    story.check('a session has one connection', isOne, () => `${name.text} has ${links} and ${own.size} sessions`)
  }
  if (format < 5) return
  const lost = [...sessions.values()].filter(({ id, origin }) => !nodes.has(origin) && !due.has(id))
  story.check('a session is at a server that takes part', lost.length === 0, () => lost.map(({ id }) => id).join())
}

/** The state of a server that has folded all that is on the disk. */
function compare({ story, truth }: World, { process, state, history }: Running, i: number): void {
  for (const { room, pins = [] } of state().rooms.values()) {
    const left = pins.filter(({ seq }) => truth.living.isGone(seq))
    story.check('what is deleted is not pinned', left.length === 0, () => `${left[0]?.seq} in ${room}`)
  }
  for (const seq of truth.living.latest) {
    const found = history.find(seq)
    if (found) truth.living.compare(found)
  }
  const isKnown = truth.state.format <= process.reads
  story.check('no server goes on under rules that it does not know', isKnown, () => process.origin)
  truth.outputs.compare(history)
  const [live, replayed] = [state(), truth.state]
  truth.cursors.compare(live)
  const isTurn = i % (1 + (live.lapsed.size >> 3)) === 0
  if (!isTurn) return
  story.check(
    'a replay comes to the state that is live',
    toSnapshot(live) === toSnapshot(replayed),
    () => `live ${toSnapshot(live)}, replayed ${toSnapshot(replayed)}`,
  )
}

/** The trouble is over: everybody is connected again, everything is answered, and no member is left over. */
async function calm(world: World, cast: readonly Person[]): Promise<void> {
  const { story, clock, storage, truth, cluster } = world
  story.tell('calm')
  storage.heal()
  world.offlineUntil = 0
  for (const { process } of world.nodes) process?.light(Number.POSITIVE_INFINITY, () => {})
  for (const cable of world.cables) cable.resume()
  for (const person of cast) person.wake()
  for (let waited = 0; waited < CALM_MS && story.violations.length === 0; waited += 2500) {
    await clock.advance(2500)
    if (waited === 5000) world.start()
    world.makeComparable()
    if (isCalm(world, cast)) break
  }
  if (story.violations.length > 0) return
  story.check('in the end all is well', isCalm(world, cast), () => unrest(world, cast).join('; '))
  for (const place of truth.outputs.unneeded) {
    const left = cluster?.keepsDeleted(0, place) ?? []
    story.check('no mirror keeps a piece that nobody needs', left.length === 0, () => `${left.join()}: ${place}`)
  }
  inspect(world, cast, 0)
  story.count('runs')
  for (const person of cast) person.close()
  world.over = true
  for (const node of world.nodes) void world.stop(node)
  await clock.advance(STOPPED_MS)
  await startOnce(world)
  const left = world.nodes.filter(({ process }) => process !== null)
  story.check('a server that is told to stop stops', left.length === 0, () => `${left.length} are still there`)
}

/**
 * A start erases leftovers of interrupted uploads. Of several servers, none knows which files the others are storing.
 */
async function startOnce(world: World): Promise<void> {
  if (world.nodes.length > 1) return
  world.over = false
  world.start()
  await world.clock.advance(STOPPED_MS)
  world.files.compare(world.truth.state, world.truth.living)
  world.over = true
  void world.stop()
  await world.clock.advance(STOPPED_MS)
}

const isCalm = (world: World, cast: readonly Person[]): boolean => unrest(world, cast).length === 0

function unrest(world: World, cast: readonly Person[]): readonly string[] {
  const { running, allRunning, nodes, storage, receiver, truth } = world
  if (!running || allRunning.length < nodes.length) return ['a server is down']
  const here = cast.filter(({ isGone }) => !isGone)
  // Several of them may be devices of one account.
  const names = [...new Set(here.map(({ name }) => name))].sort()
  const members = [...running.state().members.values()].map(({ name }) => name.text).sort()
  return [
    ...here.flatMap(person => (person.isSettled ? [] : [`${person.id} is not settled`])),
    ...here.flatMap(person => (person.cable?.calm ? [] : [`${person.id} has a cable with something on it`])),
    ...receiver.waiting.map(hook => `${hook} has not got everything`),
    ...(storage.isBusy ? ['the disk is busy'] : []),
    ...allRunning.filter(one => world.isWrong(one)).map(({ process }) => `${process.origin} differs from the others`),
    ...(allRunning.every(({ hasAll }) => hasAll()) ? [] : ['a server has not heard all']),
    ...(truth.state.obsolete.size === 0 ? [] : ['a text that nobody needs is not erased']),
    ...(truth.state.purges.size === 0 ? [] : ['a purge is not done']),
    ...(truth.state.doomed.size === 0 ? [] : ['a file that nobody needs is not erased']),
    ...world.programs.flatMap(({ running }) => (running === null ? [] : [`the program of ${running} is not over`])),
    ...truth.outputs.left.map(seq => `the piece of input ${seq} is not erased`),
    ...truth.living.left.map(seq => `the text of input ${seq} is not erased`),
    ...(truth.state.edits.size === 0 ? [] : ['an edit is not shown']),
    ...truth.order.addressesLeft.map(seq => `the address of input ${seq} is not erased`),
    ...here.flatMap(({ id, member }) => {
      const ban = member === '' ? undefined : truth.order.banAt(truth.state, member, addressOfPerson(id))
      return ban ? [`${id} is in a network that ${ban.id} bans`] : []
    }),
    ...(names.join() === members.join() ? [] : [`here are ${names.join()}, and members are ${members.join()}`]),
  ]
}

const CALM_MS = 240_000
/** A node may have to wait for a state that it shares. */
const STOPPED_MS = 10_000
/** The latest chunk of a ring is always kept. */
const CHUNK_BYTES = 4 * RING_BYTES

const times = <T>(count: number, make: (k: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, k) => make(k))
