/** What readers that never read cost the others: the same room with some of them, and without. */
import { type Report, WRONGS, wrongs } from './checks.ts'
import { atMost, compare, type Row } from './comparison.ts'
import { deafClients } from './deaf.ts'
import { buildGenerator, type Figures, type Generator, type Phase } from './load.ts'
import { rxchat, start } from './servers.ts'
import { cores, count, median, milliseconds, table } from './table.ts'

const CLIENTS = 100
const DEAF = 10

/** Long texts: what the system keeps for one who does not read, a few MB, is full within seconds. */
const SIZE = 8000
const PHASES: readonly Phase[] = [{ name: 'steady', rate: 200, window: 1, senders: 10, seconds: 8 }]

const ROWS: readonly Row[] = [
  { label: 'p50', figure: 'steady.lat_p50_us', show: milliseconds, goal: atMost(1.2) },
  { label: 'p99', figure: 'steady.lat_p99_us', show: milliseconds, goal: atMost(1.2) },
  { label: 'deliveries a CPU second', figure: 'steady.deliv_per_cpu_s', show: count },
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
  const rows = ROWS.map(row => compare(row, beside, alone))
  const givenUp = ['given up for not reading', `${median(beside.map(({ givenUp = 0 }) => givenUp))}`, '0']
  const counters = [WRONGS.join(' '), wrongs(PHASES, beside).join(' '), wrongs(PHASES, alone).join(' ')]
  return {
    lines: table(
      [`${CLIENTS} clients, 200 messages of 8 kB a second`, `${DEAF} never read`, 'all read', 'ratio', 'goal', ''],
      [...rows, givenUp, counters],
    ),
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
