/**
 * The cost of bans, mutes and word filters for members that they don't concern: a message in a room of READERS, and a
 * join, with none of them and with a great many. Both are measured in turns, in one process and without a network.
 */
import type { Draft } from '../../src/model/input.ts'
import { HOST_SESSION } from '../../src/model/input.ts'
import { nameOf } from '../helpers/arbitrary-inputs.ts'
import { foreign, starts } from '../helpers/drafts.ts'
import type { Report } from './checks.ts'
import { openWorld, send, threadMicros } from './in-process.ts'
import { sheet } from './table.ts'

const BANS = 10_000
const WORDS = 1000
const EXPRESSIONS = 20
const READERS = 100
const MESSAGES = 4000
const JOINS = 400
const RUNS_MIN = 3
/** Microseconds that a join may cost more, and by how much a message may. */
const JOIN_MOST = 50
const MESSAGE_MOST = 1.1

const host = (body: Parameters<typeof foreign>[1], text: string | null = null): Draft =>
  foreign(HOST_SESSION, body, text)

/** Half of the bans are on names, half on networks. */
function rules(): readonly Draft[] {
  const ban = { kind: 'ban', room: null, ms: null, reason: null } as const
  const bans = Array.from({ length: BANS }, (_, k) => {
    if (k % 2 === 1) return host({ type: 'restrict-network', ...ban }, `10.${(k >> 8) & 255}.${k & 255}.0/24`)
    const { text, keys } = nameOf(`banned${k}`)
    return host({ type: 'restrict', ...ban, who: { key: keys[0] ?? text, text }, keys })
  })
  const filter = { type: 'filter', room: null, action: 'refuse' } as const
  const words = Array.from({ length: WORDS }, (_, k) =>
    host({ ...filter, is: 'words', pattern: `unwanted${k.toString(36)}word` }),
  )
  const expressions = Array.from({ length: EXPRESSIONS }, (_, k) =>
    host({ ...filter, is: 'expression', pattern: `\\bforbidden${k}\\d+[a-f]{2,6}\\b` }),
  )
  return [host({ type: 'format', format: 7 }), starts(), ...bans, ...words, ...expressions]
}

type Costs = { readonly message: number; readonly join: number }

export async function keeping(reps: number, progress: (what: string) => void): Promise<Report> {
  const costs: { readonly without: Costs[]; readonly with: Costs[] } = { without: [], with: [] }
  await cost([])
  for (let rep = 0; rep < Math.max(RUNS_MIN, reps); rep++) {
    progress(`keeping: run ${rep + 1}`)
    costs.without.push(await cost([]))
    costs.with.push(await cost(rules()))
  }
  const least = (of: readonly Costs[], what: keyof Costs): number => Math.min(...of.map(one => one[what]))
  const row = (name: string, what: keyof Costs, goal: string, isMet: (a: number, b: number) => boolean) => {
    const [a, b] = [least(costs.without, what), least(costs.with, what)]
    const more = `${(b - a).toFixed(1)} (${(100 * (b / a - 1)).toFixed(0)} %)`
    return [name, a.toFixed(1), b.toFixed(1), more, goal, isMet(a, b) ? 'met' : 'missed']
  }
  const head = [`CPU time, µs`, 'without rules', 'with them', 'more', 'goal', '']
  const rows = [
    row(`a message of 100 bytes to ${READERS}`, 'message', '≤ 10 %', (a, b) => b <= a * MESSAGE_MOST),
    row('a join', 'join', `≤ ${JOIN_MOST}`, (a, b) => b - a <= JOIN_MOST),
  ]
  return { sheets: [sheet(head, rows)], wrong: [] }
}

const TEXT = 'message of a hundred bytes or so, as people write them to each other when there is something to say'

/** Microseconds of the thread for one. */
async function cost(past: readonly Draft[]): Promise<Costs> {
  const world = await openWorld(past)
  const speaker = world.enter('speaker')
  for (let k = 1; k < READERS; k++) world.enter(`reader${k}`)
  await world.quiet()
  const timed = async (count: number, act: (k: number) => void): Promise<number> => {
    const before = threadMicros()
    for (let k = 0; k < count; k++) act(k)
    await world.quiet()
    return (threadMicros() - before) / count
  }
  const message = await timed(MESSAGES, k => send(speaker, { type: 'say', text: `${k} ${TEXT}` }))
  const join = await timed(JOINS, k => world.enter(`new${k}`))
  await world.server.close()
  return { message, join }
}
