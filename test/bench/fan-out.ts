/** One room full of clients, side by side with other servers: what a delivery costs, and how long it takes. */
import { type Report, WRONGS, wrongs } from './checks.ts'
import { atLeast, atMost, compare, type Row, values } from './comparison.ts'
import { buildGenerator, type Figures, type Generator, type Phase } from './load.ts'
import { type Candidate, naive, naiveWebSocket, rxchat, rxchatWebSocket, socketIo, start } from './servers.ts'
import { cores, count, milliseconds, seconds, table } from './table.ts'

const PHASES: readonly Phase[] = [
  { name: 'calm', rate: 20, window: 1, senders: 10, seconds: 4 },
  { name: 'full', rate: 0, window: 10, senders: 10, seconds: 3 },
]

const rows = (times: number): readonly Row[] => [
  { label: 'saturated: deliveries a CPU second', figure: 'full.deliv_per_cpu_s', show: count, goal: atLeast(times) },
  { label: 'saturated: deliveries a second', figure: 'full.deliv_per_s', show: count },
  { label: 'saturated: p50', figure: 'full.lat_p50_us', show: milliseconds },
  { label: 'saturated: p99', figure: 'full.lat_p99_us', show: milliseconds },
  { label: '20 messages a second: deliveries a CPU second', figure: 'calm.deliv_per_cpu_s', show: count },
  { label: '20 messages a second: p50', figure: 'calm.lat_p50_us', show: milliseconds, goal: atMost(1) },
  { label: '20 messages a second: p99', figure: 'calm.lat_p99_us', show: milliseconds, goal: atMost(1) },
  { label: 'all have joined after', figure: 'join.join_s', show: seconds },
  { label: 'cores that the generator took, saturated', figure: 'full.gen_cpu', show: cores },
  { label: 'cores that other programs took, saturated', figure: 'full.foreign', show: cores },
  { label: 'cores that other programs took, at 20 a second', figure: 'calm.foreign', show: cores },
]

/** Who is measured, beside whom, and how many times as many deliveries a CPU second it is to make. */
type Contest = {
  readonly ours: Candidate
  readonly theirs: readonly Candidate[]
  readonly times: number
}

/** Bare sockets, and one `socket.write` to each. */
export const SOCKETS: Contest = { ours: rxchat, theirs: [naive], times: 8 }
/** WebSockets: a `send` to each, and what socket.io does for a room. */
export const WEBSOCKETS: Contest = { ours: rxchatWebSocket, theirs: [naiveWebSocket, socketIo], times: 8 }

/** Runs `reps` times, a fresh server for each run, the candidates in turn. `progress` is told what comes next. */
export async function fanOut(
  { ours, theirs, times }: Contest,
  cases: readonly number[],
  reps: number,
  progress: (what: string) => void,
): Promise<readonly Report[]> {
  const generate = buildGenerator(PHASES)
  const runs = cases.map(clients => ({ clients, figures: new Map<Candidate, Figures[]>() }))
  for (let rep = 1; rep <= reps; rep++) {
    for (const { clients, figures } of runs) {
      for (const candidate of [ours, ...theirs]) {
        progress(`run ${rep} of ${reps}: ${clients} clients, ${candidate.name}`)
        figures.set(candidate, [...(figures.get(candidate) ?? []), await run(generate, candidate, clients)])
      }
    }
  }
  return runs.flatMap(({ clients, figures }) =>
    theirs.map(other => report(clients, figures.get(ours) ?? [], other, figures.get(other) ?? [], times)),
  )
}

async function run(generate: Generator, candidate: Candidate, clients: number): Promise<Figures> {
  const server = await start(candidate)
  try {
    return await generate(server, candidate, clients)
  } finally {
    await server.stop()
  }
}

function report(
  clients: number,
  ours: readonly Figures[],
  { name }: Candidate,
  theirs: readonly Figures[],
  times: number,
): Report {
  const compared = rows(times).map(row => compare(row, ours, theirs))
  const counters = [WRONGS.join(' '), wrongs(PHASES, ours).join(' '), wrongs(PHASES, theirs).join(' ')]
  const wrong = wrongs(PHASES, ours).flatMap((times, at) =>
    times === 0 ? [] : [`${clients} clients: ${WRONGS[at]} ${times}`],
  )
  const absent = values(ours, 'join.failed').filter(failed => failed > 0)
  return {
    lines: table([`${clients} clients`, 'rxchat', name, 'ratio', 'goal', ''], [...compared, counters]),
    wrong: [...wrong, ...absent.map(failed => `${clients} clients: ${failed} could not join`)],
  }
}
