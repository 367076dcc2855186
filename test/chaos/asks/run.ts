/**
 * Scripts that ask, while they and the server are killed again and again: each question is there once, has one outcome,
 * and gives every process that asks it with its key the same exit code and the same output.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Random, random } from '../../simulation/random.ts'
import { type Fixture, openFixture } from '../fixture.ts'
import { type Asked, type Asker, askToTheEnd, type Identity } from './asker.ts'
import { checked } from './check.ts'
import { voter } from './voter.ts'

export type AskOptions = {
  readonly directory: string
  readonly seed: string
  readonly asks: number
  /** Scripts at once. */
  readonly scripts: number
  /** Kills of one asker, at most. */
  readonly kills: number
  /** Asks between two kills of the server, on average; 0: it isn't killed. */
  readonly every: number
}

export type AskReport = {
  readonly asks: number
  readonly processes: number
  readonly askerKills: number
  readonly serverKills: number
  readonly unreachable: number
  /** By exit code. */
  readonly ends: ReadonlyMap<number, number>
  readonly wrong: readonly string[]
}

/** Questions that nobody answers begin with this. */
const IGNORED = 'Nobody answers'
const VOTERS = ['田中', 'a|b', 'José']
/** Milliseconds from the start of an ask to the kill that it's in the way of, at most, and then without a server. */
const [BEGUN_MS, AWAY_MS] = [900, 400]
const [CHOICES_MIN, CHOICES_MAX] = [2, 10]

export async function runAsks(options: AskOptions, progress: (what: string) => void): Promise<AskReport> {
  const { directory, seed, asks, scripts, kills, every } = options
  const fixture = await openFixture(directory, ['--rate', 'off'])
  const [line = ''] = await fixture.ask('TOKEN ADD deploys', /rxchat_\w+/).then(lines => lines.slice(-1))
  const token = /rxchat_\w+/.exec(line)?.[0] ?? ''
  const stops = VOTERS.map(name => voter(name, fixture.port, IGNORED, random(`${seed} ${name}`)))
  const kill = serverKiller(fixture, random(`${seed} server`), every)
  const wrong: string[] = []
  const all: { readonly asked: Asked; readonly asker: Asker }[] = []
  let next = 0

  async function script(k: number): Promise<void> {
    const by = random(`${seed} script ${k}`)
    const identity: Identity = k % 4 === 3 ? ['--token', token] : ['--name', `script-${k}`]
    while (next < asks) {
      const number = next++
      const isIgnored = by.chance(0.08)
      const choices = Array.from(
        { length: CHOICES_MIN + by.below(CHOICES_MAX - CHOICES_MIN + 1) },
        (_, at) => `${number}-${at}`,
      )
      const asked = { question: `${isIgnored ? IGNORED : 'Deploy'} ${number}?`, choices, isIgnored }
      kill.begun()
      all.push({ asked, asker: await askToTheEnd(asked, identity, () => `127.0.0.1:${fixture.port}`, kills, by) })
      if (all.length % 50 === 0) progress(`${all.length} of ${asks} asks`)
    }
  }

  await Promise.all(Array.from({ length: scripts }, (_, k) => script(k)))
  const serverKills = await kill.count()
  for (const stop of stops) stop()
  await fixture.stop()
  wrong.push(...(await checked(directory, all)))
  const ends = new Map<number, number>()
  for (const { asker } of all) for (const { code } of asker.ends) ends.set(code, (ends.get(code) ?? 0) + 1)
  const sum = (of: (asker: Asker) => number): number => all.reduce((total, { asker }) => total + of(asker), 0)
  return {
    ...{ asks: all.length, serverKills, ends, wrong },
    ...{
      processes: sum(one => one.processes),
      askerKills: sum(one => one.kills),
      unreachable: sum(one => one.unreachable),
    },
  }
}

/** Kills the server in the middle of some of the asks, and starts it again. */
function serverKiller(fixture: Fixture, by: Random, every: number) {
  let [left, kills] = [1 + by.below(2 * every), 0]
  let last = Promise.resolve()

  async function kill(): Promise<void> {
    await sleep(by.below(BEGUN_MS))
    await fixture.kill()
    await sleep(by.below(AWAY_MS))
    // A start may fail on a machine that is too busy.
    await fixture.start().catch(() => fixture.start())
    kills++
  }

  return {
    begun(): void {
      if (every === 0 || --left > 0) return
      left = 1 + by.below(2 * every)
      last = last.then(kill)
    },
    /** Resolves with the number of kills, when the last one is over. */
    count: () => last.then(() => kills),
  }
}

export const askLines = (seed: string, report: AskReport): readonly string[] => [
  `asks: ${report.asks} (seed ${seed}), by ${report.processes} processes`,
  `  killed: ${report.askerKills} askers, ${report.serverKills} times the server; ${report.unreachable} askers found no server`,
  `  exit codes: ${[...report.ends]
    .sort(([a], [b]) => a - b)
    .map(([code, count]) => `${code}: ${count}`)
    .join(', ')}`,
  ...report.wrong.map(one => `  WRONG: ${one}`),
]
