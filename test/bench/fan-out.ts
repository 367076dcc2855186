/** One room full of clients, side by side with other servers: the cost of a delivery, and its time. */
import { type Report, WRONGS, wrongs } from './checks.ts'
import { compared, type Goal, goalsOf, medianOf, type Row, type Runs, values } from './comparison.ts'
import { syncSeconds } from './disk.ts'
import { buildGenerator, type Figures, type Phase } from './load.ts'
import {
  type Candidate,
  inspircd,
  isInstalled,
  limit,
  naive,
  naiveWebSocket,
  ngircd,
  rxchat,
  rxchatOnDisk,
  rxchatWebSocket,
  socketIo,
  start,
} from './servers.ts'
import { cores, count, milliseconds } from './table.ts'

const CALM: Phase = { name: 'calm', rate: 20, window: 1, senders: 10, seconds: 4 }
const SLOW: Phase = { name: 'slow', rate: 10, window: 1, senders: 10, seconds: 4 }
const FULL: Phase = { name: 'full', rate: 0, window: 10, senders: 10, seconds: 3 }
const ALL: Phase = { name: 'all', rate: 0, window: 1, senders: 100, seconds: 3 }

/** From so many on, servers that write each message to each client need minutes. */
export const LARGE = 5000

const phasesFor = (clients: number): readonly Phase[] => {
  if (clients >= LARGE) return [CALM, SLOW, FULL]
  return clients === 100 ? [CALM, FULL, ALL] : [CALM, FULL]
}

const TITLES: Readonly<Record<string, string>> = {
  calm: '20 messages a second',
  slow: '10 messages a second',
  full: 'saturated',
  all: 'saturated, all talk',
}

const rowsOf = ({ name }: Phase): readonly Row[] => [
  { label: `${TITLES[name]}: deliveries a CPU second`, figure: `${name}.deliv_per_cpu_s`, show: count },
  { label: `${TITLES[name]}: deliveries a second`, figure: `${name}.deliv_per_s`, show: count },
  { label: `${TITLES[name]}: p50`, figure: `${name}.lat_p50_us`, show: milliseconds },
  { label: `${TITLES[name]}: p99`, figure: `${name}.lat_p99_us`, show: milliseconds },
  { label: `${TITLES[name]}: cores of other programs`, figure: `${name}.foreign`, show: cores },
]

/** Servers that are measured beside each other. */
export const SOCKETS: readonly Candidate[] = [limit, inspircd, ngircd, naive, rxchat, rxchatOnDisk]
/** Over WebSocket: a `send` to each, and socket.io's own way for a room. */
export const WEBSOCKETS: readonly Candidate[] = [naiveWebSocket, socketIo, rxchatWebSocket]

const isSmall = (candidate: Candidate): boolean => [ngircd, naive, naiveWebSocket, socketIo].includes(candidate)

/** Runs `reps` times, a fresh server for each run, the candidates in turn. `progress` gets the next run. */
export async function fanOut(
  all: readonly Candidate[],
  cases: readonly number[],
  reps: number,
  progress: (what: string) => void,
): Promise<readonly Report[]> {
  const reports: Report[] = []
  for (const clients of cases) {
    const candidates = all.filter(one => isInstalled(one) && !(clients >= LARGE && isSmall(one)))
    const runs = new Map<string, Figures[]>(candidates.map(({ name }) => [name, []]))
    for (let rep = 1; rep <= reps; rep++) {
      for (const candidate of candidates) {
        progress(`run ${rep} of ${reps}: ${clients} clients, ${candidate.name}`)
        runs.get(candidate.name)?.push(await run(candidate, clients, phasesFor(clients)))
      }
    }
    reports.push(await report(clients, runs))
  }
  return reports
}

async function run(candidate: Candidate, clients: number, phases: readonly Phase[]): Promise<Figures> {
  const server = await start(candidate)
  try {
    return await buildGenerator(phases)(server, candidate, clients)
  } finally {
    await server.stop()
  }
}

async function report(clients: number, runs: Runs): Promise<Report> {
  const phases = phasesFor(clients)
  const ours = [...runs].filter(([name]) => name.startsWith(OURS))
  const sync = runs.has(rxchatOnDisk.name) ? await syncSeconds() : Number.NaN
  return {
    sheets: [
      compared(`${clients} clients`, phases.flatMap(rowsOf), runs),
      ...goalsOf(`goals at ${clients} clients`, goals(clients, runs, 1e6 * sync)),
    ],
    wrong: ours.flatMap(([name, figures]) => [
      ...wrongs(phases, figures).flatMap((times, at) =>
        times === 0 ? [] : [`${clients} clients, ${name}: ${WRONGS[at]} ${times}`],
      ),
      ...values(figures, 'join.failed').flatMap(failed =>
        failed > 0 ? [`${clients} clients, ${name}: ${failed} could not join`] : [],
      ),
    ]),
  }
}

const OURS = 'rxchat'

/** `sync`: microseconds of one fdatasync after as long a pause as between two messages. */
function goals(clients: number, runs: Runs, sync: number): readonly Goal[] {
  const at = (server: Candidate, figure: string): number => medianOf(runs, server.name, figure)
  const least = (label: string, is: number, bound: number): Goal => ({ label, is, bound, side: 'least', show: count })
  const most = (label: string, is: number, bound: number): Goal => ({
    ...{ label, is, bound, side: 'most', show: milliseconds },
  })
  const [disk, memory] = [rxchatOnDisk, rxchat]
  const fraction = (label: string, server: Candidate, figure: string, of: number): Goal =>
    least(`${label}, ${of} of the limit`, at(server, figure), of * at(limit, figure))
  const calm = clients >= LARGE ? 'slow' : 'calm'
  const p50 = `${calm}.lat_p50_us`
  return [
    ...(clients === 100
      ? [
          fraction('on the disk, saturated: deliveries a CPU second', disk, 'full.deliv_per_cpu_s', 0.5),
          fraction('on the disk, all talk: deliveries a CPU second', disk, 'all.deliv_per_cpu_s', 0.35),
          least(
            'on the disk, saturated: deliveries a CPU second, in memory by 1.3',
            at(disk, 'full.deliv_per_cpu_s'),
            at(memory, 'full.deliv_per_cpu_s') / 1.3,
          ),
          most('on the disk, saturated: p99', at(disk, 'full.lat_p99_us'), 15_000),
        ]
      : []),
    ...(clients === 1000
      ? [fraction('20 messages a second: deliveries a CPU second', memory, 'calm.deliv_per_cpu_s', 0.6)]
      : []),
    ...(clients >= LARGE
      ? [
          fraction('20 messages a second: deliveries a CPU second', memory, 'calm.deliv_per_cpu_s', 0.68),
          most('10 messages a second, on the disk: p50, as inspircd', at(disk, p50), at(inspircd, p50)),
        ]
      : [
          most('20 messages a second, in memory: p50, naive by 1.25', at(memory, p50), 1.25 * at(naive, p50)),
          most(
            `20 messages a second, on the disk: p50, naive by 1.2 and ${clients === 100 ? 1.5 : 1} syncs of the disk`,
            at(disk, p50),
            1.2 * at(naive, p50) + (clients === 100 ? 1.5 : 1) * sync,
          ),
        ]),
    most(
      `${TITLES[calm]}, on the disk: p99, as inspircd`,
      at(disk, `${calm}.lat_p99_us`),
      at(inspircd, `${calm}.lat_p99_us`),
    ),
  ]
}
