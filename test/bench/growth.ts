/**
 * How costs grow: one whole server in this process, over a transport in memory, with ever more of one thing around it.
 * The figure is the CPU time of this thread, and the exponent says how it grows: 0 not at all, 1 in step.
 */
import type { Draft } from '../../src/model/input.ts'
import { ROOMS_MAX } from '../../src/model/limits.ts'
import { enters, foreign, says, starts } from '../helpers/drafts.ts'
import type { Peer } from '../helpers/memory-transport.ts'
import type { Report } from './checks.ts'
import { openWorld, send, threadMicros, type World } from './in-process.ts'
import { exponent, type Plot, type Series } from './plot.ts'
import { type Sheet, sheet } from './table.ts'

/** Ever more of something. The last stays below the inputs after which a snapshot is due, which is work of its own. */
const SIZES = [10, 100, 1000, 8000]
const READERS = 10
const RUNS_MIN = 2

/** The state before the server starts, the number of readers in the lobby, and the measured work. */
type Case = {
  readonly name: string
  readonly sizes?: readonly number[]
  readonly past?: (size: number) => readonly Draft[]
  readonly readers?: (size: number) => number
  readonly act: (world: World, speaker: Peer, times: number) => void
  readonly times: (size: number) => number
  /** The exponent that it may have. */
  readonly most: number
}

const each = (size: number, draft: (k: number) => Draft): readonly Draft[] => [
  starts(),
  ...Array.from({ length: size }, (_, k) => draft(k)),
]

const say = (_: World, speaker: Peer, times: number): void => {
  for (let k = 0; k < times; k++)
    send(speaker, { type: 'say', text: `message ${k} of a hundred bytes or so, as people write them` })
}
const often = (): number => 1000

const MESSAGES: readonly Case[] = [
  { name: 'recipients', readers: size => size, act: say, times: size => Math.max(100, 2e5 / size), most: 1.05 },
  {
    name: 'other rooms',
    sizes: [10, 30, 100, 300, ROOMS_MAX - 100],
    past: size => each(size, k => enters(`m${k}`, `room${k}`)),
    ...{ act: say, times: often, most: 0.1 },
  },
  {
    name: 'other sessions',
    past: size => each(size, k => enters(`m${k}`, 'other')),
    act: say,
    times: often,
    most: 0.1,
  },
  {
    name: 'accounts',
    past: size =>
      each(size, k =>
        foreign('host', {
          type: 'account-add',
          name: { text: `account${k}`, keys: [`account${k}`] },
          credential: { id: `c${k}`, label: '', proof: { kind: 'key', key: `k${k}` } },
        }),
      ),
    ...{ act: say, times: often, most: 0.1 },
  },
  {
    name: 'history',
    past: size => [starts(), enters('past'), ...each(size, k => says('past', `earlier message ${k}`)).slice(1)],
    ...{ act: say, times: often, most: 0.1 },
  },
]

const CHANGES: readonly Case[] = [
  {
    name: 'a join, by members',
    past: size => each(size, k => enters(`m${k}`)),
    act: ({ enter }, _, times) => {
      for (let k = 0; k < times; k++) enter(`new${k}`)
    },
    ...{ times: () => 90, most: 0.4 },
  },
  {
    name: 'a rename, by members',
    past: size => each(size, k => enters(`m${k}`)),
    act: (_, speaker, times) => {
      for (let k = 0; k < times; k++) send(speaker, { type: 'nick', name: `speaker-${k}` })
    },
    ...{ times: () => 300, most: 0.2 },
  },
]

export async function growth(reps: number, progress: (what: string) => void): Promise<Report> {
  const measured = async (cases: readonly Case[]): Promise<readonly Series[]> => {
    const series: Series[] = []
    for (const one of cases) {
      progress(`growth: ${one.name}`)
      const points: (readonly [number, number])[] = []
      for (const size of one.sizes ?? SIZES) points.push([size, await least(one, size, Math.max(RUNS_MIN, reps))])
      series.push({ name: one.name, points })
    }
    return series
  }
  // Compilation in the first runs is no part of the figures.
  await least({ ...MESSAGES[0], readers: () => 100, times: () => 3000 } as Case, 100, 1)
  const [messages, changes] = [await measured(MESSAGES), await measured(CHANGES)]
  const plots: readonly Plot[] = [
    { name: 'growth-messages', title: 'CPU time of a message', x: 'of these', y: 'µs', series: messages },
    { name: 'growth-changes', title: 'CPU time of a join and of a rename', x: 'members', y: 'µs', series: changes },
  ]
  return { sheets: [report('a message', MESSAGES, messages), report('a change', CHANGES, changes)], plots, wrong: [] }
}

const report = (what: string, cases: readonly Case[], series: readonly Series[]): Sheet =>
  sheet(
    [`CPU time of ${what}`, 'µs, at each size', 'exponent', 'goal', ''],
    series.map((one, at) => {
      const [found, most] = [exponent(one), cases[at]?.most ?? 0]
      const points = one.points.map(([size, micros]) => `${size}: ${micros.toFixed(0)}`).join(', ')
      return [one.name, points, found.toFixed(2), `≤ ${most}`, found <= most ? 'met' : 'missed']
    }),
  )

/** Microseconds of the thread for one: the least of all runs, since every disturbance only adds. */
async function least(one: Case, size: number, reps: number): Promise<number> {
  const runs: number[] = []
  for (let rep = 0; rep < reps; rep++) runs.push(await cost(one, size))
  return Math.min(...runs)
}

async function cost({ past, readers = () => READERS, act, times }: Case, size: number): Promise<number> {
  const world = await openWorld(past?.(size) ?? [])
  const speaker = world.enter('speaker')
  for (let k = 1; k < readers(size); k++) world.enter(`reader${k}`)
  await world.quiet()
  const count = Math.round(times(size))
  const before = threadMicros()
  act(world, speaker, count)
  await world.quiet()
  const micros = (threadMicros() - before) / count
  await world.server.close()
  return micros
}
