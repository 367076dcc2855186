/** Performs each act. An act that has nothing to act on does nothing. */
import { FORMAT } from '../../src/model/format.ts'
import { ATTEMPT_MS } from '../../src/model/limits.ts'
import { keep } from '../../src/server/jobs/snapshots.ts'
import type { Person } from './actors/person.ts'
import { type Act, isAsking, isIdentity, isKeeping, isLiving, isMeeting, isOfCursors, isOfLives } from './acts.ts'
import { KINDS } from './forwarding.ts'
import { isMessage } from './item.ts'
import { keyOf } from './keys.ts'
import type { Node } from './node.ts'
import { performAsking } from './perform-asking.ts'
import { performCursors } from './perform-cursors.ts'
import { performIdentity } from './perform-identity.ts'
import { performKeeping } from './perform-keeping.ts'
import { performLives } from './perform-lives.ts'
import { performLiving } from './perform-living.ts'
import { performMeeting } from './perform-meeting.ts'
import { POISON } from './poison.ts'
import { type Random, random } from './random.ts'
import type { World } from './world.ts'

const DAY_MS = 86_400_000
/** Longer than it takes to notice a lost connection, and longer than any grace. */
const LAPSING_MS = 120_000
/** Longer than bytes are under way. */
const CROSSING_MS = 50
const ROOMS = ['lobby', 'lobby', 'lobby', 'ops', 'den']
const NAMES = ['anna', 'bert', 'Anna', 'cora', 'dora']
/** The longest text. A few dozen of them overrun a lane, 128 a ring. */
const LONG = 'x'.repeat(8150)

export async function perform(act: Act, world: World, cast: readonly Person[]): Promise<void> {
  const chance = random(`${world.seed} act ${act.i}`)
  const who = cast[act.who % cast.length] as Person
  const fault = (): void => world.story.count(`fault: ${act.kind}`)
  const text = (k = 0): string => `${keyOf(act.i, k)}${chance.chance(0.02) ? ` ${LONG}` : ' hi'}`
  // Drawn apart: with one server there is no choice.
  const node = random(`${world.seed} node of act ${act.i}`).pick(world.nodes)
  const host = (node.running ?? world.running)?.server.host
  const { kind } = act
  if (isIdentity(kind)) return performIdentity(kind, act, world, cast, who, chance)
  if (isKeeping(kind)) return performKeeping(kind, { act, world, cast, who, chance, host })
  if (isLiving(kind)) return performLiving(kind, act, world, who, chance)
  if (isAsking(kind)) return performAsking(kind, act, world, cast, who, chance)
  if (isOfCursors(kind)) return performCursors(kind, world, cast, who, chance)
  if (isOfLives(kind)) return performLives(kind, act, world, cast, who, chance)
  if (isMeeting(kind)) return performMeeting(kind, { act, world, cast, who, chance })
  switch (kind) {
    case 'enter':
      return who.enter(chance.chance(0.7) ? `${who.id}a` : chance.pick(NAMES), chance.pick(ROOMS))
    case 'say':
      return who.ask({ type: 'say', room: roomOf(who, chance), text: text() })
    case 'burst': {
      const [room, count] = [roomOf(who, chance), 2 + chance.below(chance.chance(0.1) ? 100 : 10)]
      for (let k = 0; k < count; k++) who.ask({ type: 'say', room, text: text(k) })
      return
    }
    case 'tell':
      return who.ask({ type: 'tell', to: nameOf(chance, cast), text: text() })
    case 'join':
      return who.ask({ type: 'join', room: chance.pick(ROOMS) })
    case 'part':
      return who.ask({ type: 'part', room: roomOf(who, chance) })
    case 'nick':
      return who.ask({ type: 'nick', name: chance.chance(0.5) ? `${who.id}b` : chance.pick(NAMES) })
    case 'topic':
      return who.ask({ type: 'topic', room: roomOf(who, chance), topic: `topic ${act.i}` })
    case 'away':
      return who.ask({ type: 'away', note: chance.chance(0.5) ? null : `note ${act.i}` })
    case 'delete':
      return who.ask({ type: 'delete', seq: chance.chance(0.3) ? null : someMessage(world, chance), room: 'lobby' })
    case 'history':
      return who.ask({ type: 'history', room: chance.chance(0.3) ? null : chance.pick(ROOMS) })
    case 'leave':
      world.story.tell(`${who.id} leaves`)
      return who.leave()
    case 'host says':
      return void host?.({ type: 'say', room: chance.pick(ROOMS), text: text(), action: false })
    case 'host tells':
      return void host?.({ type: 'tell', to: nameOf(chance, cast), text: text(), action: false })
    case 'host deletes':
      return void host?.({ type: 'delete', seq: someMessage(world, chance), room: 'lobby' })
    case 'kick':
      return void host?.({ type: 'kick', name: nameOf(chance, cast), reason: null })
    case 'pass':
      return
    case 'host hooks':
      return hostHooks(world, node, chance)
    case 'rotate a hook': {
      const [hook] = [...world.truth.state.hooks.keys()].sort((a, b) => a - b)
      const isNow = chance.chance(0.4)
      if (hook === undefined) return
      return void (node.running ?? world.running)?.server.hooks.rotate(hook, isNow, () => {})
    }
    case 'receiver fails':
      world.receiver.failNext(1 + chance.below(6))
      return fault()
    case 'long pause':
      return world.clock.advance(chance.pick([15_000, 45_000, 90_000]))
    case 'cut':
    case 'go silent': {
      const direction = chance.pick(['up', 'down'] as const)
      const bytes = chance.chance(0.3) ? 0 : chance.below(chance.pick([20, 400, 9000]))
      world.story.tell(`${who.id} is to lose its connection after ${bytes} more bytes ${direction}`)
      who.cable?.cut({ direction, bytes, silent: act.kind === 'go silent' })
      return fault()
    }
    case 'stall':
      world.story.tell(`${who.id} stops reading`)
      who.cable?.stall()
      return fault()
    case 'go on':
      world.story.tell(`${who.id} reads on`)
      return who.cable?.resume()
    case 'sleep':
      world.story.tell(`${who.id} falls asleep`)
      who.sleep()
      return fault()
    case 'wake':
      world.story.tell(`${who.id} wakes up`)
      return who.wake()
    case 'offline': {
      const ms = chance.pick([100, 3000, 40_000])
      world.story.tell(`nobody gets through for ${ms} ms`)
      world.offlineUntil = world.clock.elapsed() + ms
      for (const cable of world.cables) cable.break(chance.chance(0.3))
      return fault()
    }
    case 'crash':
      world.crash(chance.chance(0.2), node)
      return startLater(world, node, chance)
    case 'crash soon':
      world.crashAfter(chance.below(chance.pick([10, 60, 300])), chance.chance(0.2), node)
      return startLater(world, node, chance)
    case 'reload':
      who.reload?.()
      return fault()
    case 'restart':
      world.story.count('fault: graceful restart')
      void world.stop(node).then(() => startLater(world, node, chance))
      return
    case 'fill the disk':
      world.story.tell('the disk is full')
      world.storage.full = true
      return fault()
    case 'free the disk':
      world.story.tell('the disk has room')
      world.storage.full = false
      return
    case 'slow the disk':
      world.storage.slow = chance.pick([0, 1, 20, 500])
      world.story.tell(`the disk takes ${world.storage.slow} ms`)
      return fault()
    case 'doubt the journal': {
      world.storage.fate = chance.pick(['late', 'quiet', 'never'])
      world.storage.doubt = chance.pick([50, 3000, 20_000])
      world.story.tell(`appends are ${world.storage.fate}, which is known after ${world.storage.doubt} ms`)
      return fault()
    }
    case 'crash in doubt': {
      const { fate, doubt } = world.storage
      Object.assign(world.storage, { fate: 'late', doubt: chance.pick([1000, 3000]) })
      host?.({ type: 'say', room: 'lobby', text: text(), action: false })
      await world.clock.settle()
      Object.assign(world.storage, { fate, doubt })
      world.crash(false, node)
      return startLater(world, node, chance)
    }
    case 'trust the journal':
      world.storage.fate = 'sure'
      world.story.tell('appends are sure')
      return
    case 'keep the state': {
      const running = node.running ?? world.running
      if (!running) return
      const { seq } = running.state()
      world.story.tell(`the state after ${seq} is kept`)
      return void keep(running.state(), running.journal, () => {})
    }
    case 'lose the leader':
      world.cluster?.loseLeader(chance.pick([300, 4500, 9000]))
      world.story.tell('the log has no leader')
      return fault()
    case 'get wrong':
      world.differ(node, `grant-${act.i}`)
      return
    case 'lose a disk':
      world.crash(true, node)
      world.wipe(node)
      startLater(world, node, chance)
      return fault()
    case 'purge the log': {
      if (!node.running) return
      const { running } = node
      const { seq } = running.state()
      const until = Math.max(0, seq - chance.pick([0, 0, 0, 5, 20]))
      world.story.tell(`${node.origin} forgets what is up to ${until}`)
      void keep(running.state(), running.journal, () => {})
        .then(() => running.forget(until))
        .catch(() => {})
      return fault()
    }
    case 'cut a node off': {
      const ms = chance.pick([500, 3000, 8000, 25_000])
      world.story.tell(`${node.origin} is cut off from the log for ${ms} ms`)
      world.cluster?.cutOff(node.origin, ms)
      return fault()
    }
    case 'hear badly': {
      const hearing = chance.pick(['good', 'slow', 'bad', 'bad'] as const)
      world.story.tell(`${node.origin} has ${hearing} hearing`)
      world.cluster?.hear(node.origin, hearing)
      return fault()
    }
    case 'fill the log in doubt': {
      // The next attempt is refused, and then the first one lands after all.
      const { fate, doubt, full } = world.storage
      Object.assign(world.storage, { fate: 'late', doubt: chance.pick([1000, 2000, 4000]) })
      who.ask({ type: 'say', room: roomOf(who, chance), text: text() })
      await world.clock.advance(CROSSING_MS)
      Object.assign(world.storage, { fate: 'sure', doubt: 0, full: true })
      world.story.tell('the log fills while an append is on its way')
      await world.clock.advance(2 * ATTEMPT_MS)
      Object.assign(world.storage, { fate, doubt, full })
      return fault()
    }
    case 'refuse unheard': {
      // It reads nothing, so the refusal still waits when the connection ends.
      const { full } = world.storage
      who.cable?.stall()
      host?.({ type: 'tell', to: who.name, text: text(), action: false })
      await world.clock.advance(CROSSING_MS)
      world.storage.full = true
      who.ask({ type: 'say', room: roomOf(who, chance), text: text(1) })
      await world.clock.advance(CROSSING_MS)
      world.storage.full = full
      who.cable?.cut({ direction: 'down', bytes: 0, silent: false })
      return fault()
    }
    case 'upgrade':
      node.reads = FORMAT + 1
      world.story.tell(`${node.origin} gets the next version`)
      void world.stop(node).then(() => startLater(world, node, chance))
      return fault()
    case 'misjudge':
      world.misjudge(chance)
      return fault()
    case 'jump': {
      const ms = chance.pick(world.cluster ? [-3000, -100, 3000, 10_800_000] : [-5000, -100, 3000, 600_000])
      world.story.tell(`the clock on the wall jumps by ${ms} ms`)
      // Each node of a replicated log has a clock of its own.
      if (!world.cluster) world.clock.jump(ms)
      else if (node.running) node.ahead += ms
      return fault()
    }
    case 'poison':
      who.ask({ type: 'say', room: 'lobby', text: `${text()} ${POISON}` })
      return fault()
    case 'flood':
      for (let k = 0; k < 150; k++)
        host?.({ type: 'say', room: 'lobby', text: `${keyOf(act.i, k)} ${LONG}`, action: false })
      world.story.tell('the host floods the lobby')
      return fault()
    case 'long absence':
      return absence(world, cast, chance.pick([2, 6, 8]))
    case 'flood one': {
      const to = nameOf(chance, cast)
      world.story.tell(`the host floods ${to}`)
      for (let k = 0; k < 45; k++) host?.({ type: 'tell', to, text: `${keyOf(act.i, k)} ${LONG}`, action: false })
      return fault()
    }
  }
}

/** Everybody loses the connection and stays away for days: lapsed sessions then come back, or are forgotten. */
async function absence(world: World, cast: readonly Person[], days: number): Promise<void> {
  world.story.tell(`nobody is there for ${days} days`)
  world.story.count('fault: long absence')
  for (const person of cast) person.sleep()
  await world.clock.advance(LAPSING_MS)
  for (const node of world.nodes) world.crash(true, node)
  await world.clock.advance(days * DAY_MS)
  world.start()
  for (const person of cast) person.wake()
}

/** Usually a room that it is in. */
const roomOf = ({ rooms }: Person, chance: Random): string =>
  rooms.length > 0 && chance.chance(0.85) ? chance.pick(rooms) : chance.pick(ROOMS)

function nameOf(chance: Random, cast: readonly Person[]): string {
  const there = cast.map(({ name }) => name).filter(name => name !== '')
  return there.length === 0 || chance.chance(0.1) ? 'nobody' : chance.pick(there)
}

/** One of the latest messages. */
function someMessage(world: World, chance: Random): number {
  const messages = world.truth.items.filter(isMessage).slice(-20)
  return messages.length === 0 ? 1 : chance.pick(messages).seq
}

function startLater(world: World, node: Node, chance: Random): void {
  const ms = chance.pick([0, 50, 3000, 15_000])
  world.clock.alarm(ms, () => world.startNode(node))
}

/** Two hooks at most: for messages, or for some kinds, of all rooms or of one. */
function hostHooks(world: World, node: Node, chance: Random): void {
  if (world.truth.state.hooks.size > 1) return
  const kinds = KINDS.filter(() => chance.chance(0.6))
  const room = chance.chance(0.3) ? chance.pick(ROOMS) : null
  const of = { room, ...(chance.chance(0.7) && kinds.length > 0 && { kinds }) }
  return (node.running ?? world.running)?.server.hooks.add('https://receiver.example/hook', of, () => {})
}
