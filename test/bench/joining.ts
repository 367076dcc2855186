/** Thousands that join one room, and leave it: the cost of both, and the memory of a client that is there. */
import type { Report } from './checks.ts'
import { compared, type Goal, goalsOf, medianOf, type Row, type Runs } from './comparison.ts'
import { buildGenerator, type Figures } from './load.ts'
import { cpuSeconds, whenQuiet } from './quiet.ts'
import { type Candidate, inspircd, isInstalled, limit, rxchat, rxchatWebSocket, start } from './servers.ts'
import { kibibytes, seconds } from './table.ts'

const CLIENTS = 5000
const GROWTH_MAX = 120 * 1024 * 1024

const ROWS: readonly Row[] = [
  { label: 'joining, until all have heard of all: CPU', figure: 'join.drained_cpu_s', show: seconds },
  { label: 'joining: time', figure: 'join.join_s', show: seconds },
  { label: 'leaving, all at once: CPU', figure: 'leaving', show: seconds },
  { label: 'resident growth a client', figure: 'growth', show: kibibytes },
]

export async function joining(reps: number, progress: (what: string) => void): Promise<Report> {
  const overWebSocket = { ...rxchatWebSocket, name: 'rxchat, WebSocket' }
  const candidates = [limit, inspircd, rxchat, overWebSocket].filter(isInstalled)
  const runs = new Map<string, Figures[]>(candidates.map(({ name }) => [name, []]))
  for (let rep = 1; rep <= reps; rep++) {
    for (const candidate of candidates) {
      progress(`run ${rep} of ${reps}: ${CLIENTS} join and leave, ${candidate.name}`)
      runs.get(candidate.name)?.push(await run(candidate))
    }
  }
  return {
    sheets: [compared(`${CLIENTS} clients join one room and leave`, ROWS, runs), ...goalsOf('joining', goals(runs))],
    wrong: (runs.get(rxchat.name) ?? []).flatMap(run =>
      run['join.failed'] === 0 ? [] : [`${run['join.failed']} of ${CLIENTS} could not join`],
    ),
  }
}

function goals(runs: Runs): readonly Goal[] {
  const at = ({ name }: Candidate, figure: string): number => medianOf(runs, name, figure)
  const cpu = (label: string, figure: string): Goal => ({
    ...{ label, is: at(rxchat, figure), bound: 1.5 * at(limit, figure), side: 'most', show: seconds },
  })
  return [
    cpu('joining: CPU, the limit by 1.5', 'join.drained_cpu_s'),
    cpu('leaving: CPU, the limit by 1.5', 'leaving'),
    {
      ...{ label: 'resident growth, all together', is: CLIENTS * at(rxchat, 'growth'), bound: GROWTH_MAX },
      ...{ side: 'most', show: kibibytes },
    },
  ]
}

async function run(candidate: Candidate): Promise<Figures> {
  const server = await start(candidate)
  try {
    const before = cpuSeconds(server.pid)
    const figures = await buildGenerator([])(server, candidate, CLIENTS)
    const all = await whenQuiet(server.pid)
    const joining = figures['join.drained_cpu_s'] ?? Number.NaN
    const grown = (figures['join.rss1_kb'] ?? Number.NaN) - (figures['join.rss0_kb'] ?? Number.NaN)
    return { ...figures, leaving: all - before - joining, growth: (1024 * grown) / CLIENTS }
  } finally {
    await server.stop()
  }
}
