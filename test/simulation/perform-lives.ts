/**
 * Programs whose output goes into messages: some run with a person's client, some with a token. Others repeat pieces, send some
 * that don't fit, or that aren't theirs to send, and read what is there.
 */
import { Native } from './actors/native.ts'
import type { Person } from './actors/person.ts'
import { TokenClient } from './actors/token-client.ts'
import type { Act, LivesKind } from './acts.ts'
import { keyOf } from './keys.ts'
import { isOpen, type Output } from './outputs.ts'
import { Producer } from './producer.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

const ROOMS = ['lobby', 'lobby', 'ops']
/** Such programs at the same time. */
const TOKENS_MAX = 3
/** Beyond any output. */
const FAR = 9_000_000
const RUBBISH = Buffer.from('rubbish\n').toString('base64')

export function performLives(
  kind: LivesKind,
  { i }: Act,
  world: World,
  cast: readonly Person[],
  anybody: Person,
  chance: Random,
): void {
  const { outputs } = world.truth
  const here = cast.filter(one => one instanceof Native).filter(({ member }) => member !== '')
  const who = anybody instanceof Native && anybody.member !== '' ? anybody : here.length > 0 ? chance.pick(here) : null
  const open = outputs.latest.filter(isOpen)
  const output = open.length > 0 && chance.chance(0.85) ? chance.pick(open) : (outputs.latest.at(-1) ?? null)
  const owner = here.find(({ session }) => session === output?.session) ?? null
  switch (kind) {
    case 'run a program': {
      const client = who?.programClient()
      if (!client || !who || who.rooms.length === 0) return
      return produce(world, { mark: keyOf(i, 0), room: chance.pick(who.rooms), client, byToken: false, chance })
    }
    case 'run by a token':
      return runByToken(world, keyOf(i, 0), chance)
    case 'send a piece by hand':
      return output ? sendByHand(output, owner, here, chance) : undefined
    case 'finish by hand': {
      const finisher = owner && chance.chance(0.1) ? owner : who
      return output ? finisher?.ask(asLive({ type: 'finish', seq: output.seq, status: 1, ms: null })) : undefined
    }
    case 'delete an output': {
      const deleter = owner ?? who
      return output ? deleter?.ask({ type: 'delete', seq: output.seq, room: output.room }) : undefined
    }
    case 'read an output': {
      const offset = chance.pick([0, 0, -100, chance.below(200)])
      return output ? who?.ask(asLive({ type: 'output', seq: output.seq, offset, limit: 65_536 })) : undefined
    }
    case 'cut a program off': {
      if (chance.chance(0.3)) return crash(world, chance)
      const [direction, silent] = [chance.pick(['up', 'down'] as const), chance.chance(0.2)]
      owner?.cable?.cut({ direction, bytes: chance.below(600), silent })
      return
    }
    case 'revoke a token': {
      const token = world.truth.state.grants.find(({ id }) => id === output?.session)
      return token ? world.running?.server.grants.revoke(token.name.text, () => {}) : undefined
    }
  }
}

/** The server dies soon, and starts anew a little later. */
function crash(world: World, chance: Random): void {
  const node = chance.pick(world.nodes)
  world.crashAfter(chance.below(80), chance.chance(0.2), node)
  world.clock.alarm(chance.pick([50, 3000]), () => world.startNode(node))
}

type Run = Omit<ConstructorParameters<typeof Producer>[0], 'outputs' | 'story'>

const produce = (world: World, run: Run): void =>
  void world.programs.push(new Producer({ ...run, outputs: world.truth.outputs, story: world.story }))

function runByToken(world: World, mark: string, chance: Random): void {
  const { running, truth } = world
  if (!running || truth.state.grants.size >= TOKENS_MAX) return
  const room = chance.pick(ROOMS)
  running.server.grants.add({ name: `ci-${mark}`, room: null, read: true, write: true }, token => {
    produce(world, { mark, room, client: new TokenClient(world, token, room, mark), byToken: true, chance })
  })
}

/** What is there already, what is half new, what comes too early, what isn't theirs to send, what comes too late. */
function sendByHand(output: Output, owner: Native | null, here: readonly Native[], chance: Random): void {
  const { seq, bytes, pieces } = output
  const grow = (by: Native | null, offset: number, data: string): void =>
    by?.ask(asLive({ type: 'grow', seq, offset, data }))
  if (!isOpen(output)) return grow(owner, bytes.length, RUBBISH)
  const others = here.filter(one => one.member !== output.author)
  switch (chance.pick(['again', 'again', 'half', 'early', 'another'] as const)) {
    case 'again': {
      if (pieces.length === 0) return
      const { begin, size } = chance.pick(pieces.slice(-3))
      return grow(owner, begin, bytes.subarray(begin, begin + size).toString('base64'))
    }
    case 'half':
      return bytes.length === 0 ? undefined : grow(owner, bytes.length - 1, RUBBISH)
    case 'early':
      return grow(owner, FAR, RUBBISH)
    case 'another':
      return others.length === 0 ? undefined : grow(chance.pick(others), bytes.length, RUBBISH)
  }
}

const asLive = (command: Extract<Parameters<Person['ask']>[0], { type: 'live' }>['command']) =>
  ({ type: 'live', command }) as const
