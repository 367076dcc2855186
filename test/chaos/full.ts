/**
 * A run on a disk that is full again and again. Inputs that cannot be stored are refused; now and then the server is
 * killed with `kill -9` while the disk is full; then there is room again. At the end everything is checked.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { SmallDisk } from '../helpers/small-disk.ts'
import { random } from '../simulation/random.ts'
import { check, type Verdict } from './check.ts'
import { counted, endInPeace, names } from './end.ts'
import { openFixture } from './fixture.ts'
import { pipeOn, talk } from './processes.ts'
import type { Place } from './talk.ts'
import { actor, bot, local, type Talker } from './talker.ts'
import { readTruth } from './truth.ts'
import { until } from './until.ts'

export type Options = {
  readonly disk: SmallDisk
  readonly seed: string
  /** How often the disk is full. */
  readonly fills: number
  readonly actors: number
  readonly bots: number
  readonly pipes: number
}

export type Report = Verdict & {
  readonly fills: number
  readonly kills: number
  /** Commands that were refused because they could not be stored. */
  readonly refused: number
  /** How clients ended, by kind and exit code. */
  readonly ends: ReadonlyMap<string, number>
}

const FLAGS = ['--rate', 'off', '--per-address', 'off', '--grace', '2']
/** For how many milliseconds, at most, the disk has room; and for how many it stays full once a client was refused. */
const ROOM_MS = 2000
const FULL_MS = 2000

export async function fillDisk(options: Options, progress: (what: string) => void): Promise<Report> {
  const { disk, seed, fills } = options
  const by = random(seed)
  const fixture = await openFixture(disk.data, FLAGS)
  const actors = names('actor', options.actors).map(name => actor(name, local(fixture.port), () => {}))
  const bots = names('bot', options.bots).map(name => bot(name, local(fixture.port), () => {}))
  const talkers = [...actors, ...bots]
  await until('all are in', () => talkers.every(({ ear }) => ear.since.has('lobby')))

  const ends: string[] = []
  const piped: ReturnType<Talker['testimony']>[] = []
  const trouble = new AbortController()
  const over = trouble.signal
  const living = [
    ...talkers.map(one => talk(one, random(`${seed} ${one.name}`), { places: placesOf(one), isFickle: false }, over)),
    ...names('pipe', options.pipes).map(name =>
      pipeOn(
        name,
        random(`${seed} ${name}`),
        () => local(fixture.port),
        over,
        (one, code) => {
          ends.push(`pipe ${code}`)
          piped.push(one.testimony())
        },
      ),
    ),
  ]
  const answered = (): number => talkers.reduce((sum, { ear }) => sum + ear.answers.size, 0)
  const refused = (): number => talkers.reduce((sum, { ear }) => sum + ear.refused.size, 0)
  let kills = 0
  for (let fill = 1; fill <= fills; fill++) {
    const [answeredBefore, refusedBefore] = [answered(), refused()]
    // Clients that come back are not let in while the disk is full: first some client must be able to send again.
    await until('somebody is answered', () => answered() > answeredBefore)
    await sleep(by.below(ROOM_MS))
    disk.fill()
    // The journal's log may still have room in pages that it used before.
    await until('somebody is refused', () => refused() > refusedBefore)
    await sleep(by.below(FULL_MS))
    const isKilled = by.chance(0.5)
    if (isKilled) await fixture.kill()
    disk.free()
    if (isKilled) await fixture.start()
    kills += isKilled ? 1 : 0
    progress(`full ${fill} of ${fills}${isKilled ? ', and killed' : ''}`)
  }

  trouble.abort()
  await Promise.all(living)
  progress('no trouble any more')
  const present = await endInPeace(local(fixture.port), talkers, ['lobby'])
  for (const one of present) ends.push(`${one.pid === null ? 'actor' : 'bot'} ${await one.leave()}`)
  await fixture.stop()
  const testimonies = [...piped, ...present.map(one => one.testimony())]
  return {
    ...check(await readTruth(disk.data), testimonies),
    ...{ fills, kills, refused: refused(), ends: counted(ends) },
  }

  function placesOf(talker: Talker): readonly Place[] {
    const others = actors.filter(one => one !== talker).map(({ name }): Place => `@${name}`)
    return talker.pid === null ? ['#lobby', ...others] : ['#lobby']
  }
}
