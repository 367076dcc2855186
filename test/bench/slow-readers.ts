/** The cost of readers that never read, for the others: the same room with some of them, and without. */
import { type Report, WRONGS, wrongs } from './checks.ts'
import { compared, type Goal, goalsOf, medianOf, type Row, type Runs } from './comparison.ts'
import { deafClients } from './deaf.ts'
import { buildGenerator, type Figures, type Generator, type Phase } from './load.ts'
import { rxchat, start } from './servers.ts'
import { cores, count, milliseconds } from './table.ts'

const CLIENTS = 100
const DEAF = 10

/** Long texts: the system's buffer for a client that does not read, a few MB, is full within seconds. */
const SIZE = 8000
const PHASES: readonly Phase[] = [{ name: 'steady', rate: 200, window: 1, senders: 10, seconds: 8 }]

const ROWS: readonly Row[] = [
  { label: 'p50', figure: 'steady.lat_p50_us', show: milliseconds },
  { label: 'p99', figure: 'steady.lat_p99_us', show: milliseconds },
  { label: 'deliveries a CPU second', figure: 'steady.deliv_per_cpu_s', show: count },
  { label: 'given up for not reading', figure: 'givenUp', show: count },
  { label: 'cores that other programs took', figure: 'steady.foreign', show: cores },
]

/** As many clients in both; `DEAF` of them never read, and are replaced when the server has given them up. */
export async function slowReaders(reps: number, progress: (what: string) => void): Promise<Report> {
  const generate = buildGenerator(PHASES, SIZE)
  const beside: Figures[] = []
  const alone: Figures[] = []
  for (let rep = 1; rep <= reps; rep++) {
    progress(`run ${rep} of ${reps}: ${CLIENTS} clients, ${DEAF} of whom never read`)
    beside.push(await run(generate, DEAF))
    progress(`run ${rep} of ${reps}: ${CLIENTS} clients who read`)
    alone.push(await run(generate, 0))
  }
  const runs: Runs = new Map([
    [`${DEAF} never read`, beside],
    ['all read', alone],
  ])
  const times = (figure: string): Goal => ({
    label: `${figure.slice(-6, -3)} beside those that never read`,
    is: medianOf(runs, `${DEAF} never read`, figure),
    bound: 1.2 * medianOf(runs, 'all read', figure),
    ...{ side: 'most', show: milliseconds },
  })
  return {
    sheets: [
      compared(`${CLIENTS} clients, 200 messages of 8 kB a second`, ROWS, runs),
      ...goalsOf('slow readers', [times('steady.lat_p50_us'), times('steady.lat_p99_us')]),
    ],
    wrong: wrongs(PHASES, beside).flatMap((times, at) =>
      times === 0 ? [] : [`beside the deaf: ${WRONGS[at]} ${times}`],
    ),
  }
}

async function run(generate: Generator, deaf: number): Promise<Figures> {
  const server = await start(rxchat)
  const clients = deafClients(server.port, deaf)
  try {
    return { ...(await generate(server, rxchat, CLIENTS - deaf)), givenUp: clients.givenUp() }
  } finally {
    clients.stop()
    await server.stop()
  }
}
