/**
 * A chaos run: real clients talk while their server is killed again and again, the network between them is bad, and
 * some of them are stopped for a while. Then all trouble ends, and the records of all are checked.
 */
import { type Random, random } from '../simulation/random.ts'
import { check, type Verdict } from './check.ts'
import { counted, endInPeace, names } from './end.ts'
import { openFixture } from './fixture.ts'
import { badNetwork, type Network, type Trouble } from './network.ts'
import { kickSome, killAtSomeMoment, pipeOn, stopSome, talk } from './processes.ts'
import type { Coming, Testimony } from './record.ts'
import type { Place } from './talk.ts'
import { type Address, actor, bot, local, type Talker } from './talker.ts'
import { readTruth } from './truth.ts'
import { until } from './until.ts'

export type Options = {
  readonly directory: string
  readonly seed: string
  readonly kills: number
  /** Milliseconds between a start and the next kill, on average. */
  readonly pause: number
  readonly actors: number
  readonly bots: number
  readonly pipes: number
}

export type Report = Verdict & {
  readonly kills: number
  readonly stops: number
  readonly troubles: ReadonlyMap<Trouble, number>
  readonly comings: ReadonlyMap<Coming, number>
  /** How clients ended, by kind and exit code. */
  readonly ends: ReadonlyMap<string, number>
}

const NETWORKS = 4
const OPS = 'ops'
/** The grace is short, so that some come back late. */
const FLAGS = ['--rate', 'off', '--per-address', 'off', '--grace', '2']

export async function chaos(options: Options, progress: (what: string) => void): Promise<Report> {
  const { directory, seed, kills, pipes } = options
  const by = random(seed)
  const fixture = await openFixture(directory, FLAGS)
  const networks: Network[] = []
  for (let k = 0; k < NETWORKS; k++) networks.push(await badNetwork(fixture.port, random(`${seed} network ${k}`)))
  const address = (how: Random): Address => local(how.chance(0.4) ? fixture.port : how.pick(networks).port)

  let noticed = (): void => {}
  const nextAnswer = (): Promise<void> =>
    new Promise(resolve => {
      noticed = resolve
    })
  const actors = names('actor', options.actors).map(name => actor(name, address(by), () => noticed()))
  const bots = names('bot', options.bots).map(name => bot(name, address(by), () => noticed()))
  const talkers = [...actors, ...bots]
  await until('all are in', () => talkers.every(({ ear }) => ear.since.has('lobby')))
  const inOps = talkers.filter((_, k) => k % 2 === 0)
  for (const talker of inOps) talker.join(OPS)
  await until('half of them are in two rooms', () => inOps.every(({ ear }) => ear.since.has(OPS)))

  progress(`${talkers.length} clients talk, and ${pipes} pipes`)
  const ends: string[] = []
  const testimonies: Testimony[] = []
  const trouble = new AbortController()
  const over = trouble.signal
  for (const network of networks) network.unleash()
  const living = [
    ...talkers.map((one, k) => talk(one, random(`${seed} ${one.name}`), habitsOf(one, k), over)),
    ...names('pipe', pipes).map(name => {
      const how = random(`${seed} ${name}`)
      return pipeOn(
        name,
        how,
        () => address(how),
        over,
        (one, code) => {
          ends.push(`pipe ${code}`)
          testimonies.push(one.testimony())
        },
      )
    }),
    kickSome(fixture, random(`${seed} kicks`), over, (guest, code) => {
      ends.push(`guest ${code}`)
      // Messages after its kick were not for it.
      testimonies.push({ ...guest.testimony(), since: new Map() })
    }),
  ]
  const pids = bots.flatMap(({ pid }) => (pid === null ? [] : [pid]))
  const stopping = stopSome(pids, random(`${seed} stops`), over)
  for (let kill = 1; kill <= kills; kill++) {
    await killAtSomeMoment(fixture, by, options.pause, nextAnswer)
    progress(`kill ${kill} of ${kills}`)
  }

  for (const network of networks) network.heal()
  trouble.abort()
  await Promise.all(living)
  const stops = await stopping
  progress('no trouble any more')
  const present = await endInPeace(local(fixture.port), talkers, ['lobby', OPS])
  for (const one of present) {
    ends.push(`${one.pid === null ? 'actor' : 'bot'} ${await one.leave()}`)
    testimonies.push(one.testimony())
  }
  await fixture.stop()
  for (const network of networks) network.close()
  return {
    ...check(await readTruth(directory), testimonies),
    ...{ kills, stops, ends: counted(ends) },
    troubles: counted(networks.flatMap(({ troubles }) => troubles)),
    comings: counted(present.flatMap(({ ear }) => ear.comings)),
  }

  /** Actors also send direct messages to other actors, which keep their names. One bot in three changes its name. */
  function habitsOf(talker: Talker, k: number): { readonly places: readonly Place[]; readonly isFickle: boolean } {
    const rooms: readonly Place[] = inOps.includes(talker) ? ['#lobby', '#lobby', `#${OPS}`] : ['#lobby']
    if (talker.pid !== null) return { places: rooms, isFickle: k % 3 === 1 }
    const others = actors.filter(one => one !== talker).map(({ name }): Place => `@${name}`)
    return { places: [...rooms, ...rooms, ...others], isFickle: false }
  }
}
