/** What it costs to put everything on the disk before it is shown: the same room with a journal, and in memory. */
import { type Report, WRONGS, wrongs } from './checks.ts'
import { atMost, atMostMore, compare, type Row, values } from './comparison.ts'
import { bytesAnInput, inFolder } from './disk.ts'
import { buildGenerator, type Figures, type Generator, type Phase } from './load.ts'
import { type Candidate, durable, rxchat, start } from './servers.ts'
import { bytes, cores, count, microseconds, milliseconds, summary, table } from './table.ts'

const CLIENTS = 1000
const PHASES: readonly Phase[] = [
  { name: 'calm', rate: 20, window: 1, senders: 10, seconds: 4 },
  { name: 'full', rate: 0, window: 10, senders: 10, seconds: 3 },
]

const ROWS: readonly Row[] = [
  { label: 'saturated: CPU time a delivery', figure: 'cpuPerDelivery', show: microseconds, goal: atMost(1.3) },
  { label: 'saturated: deliveries a second', figure: 'full.deliv_per_s', show: count },
  { label: 'saturated: p50', figure: 'full.lat_p50_us', show: milliseconds },
  { label: 'saturated: p99', figure: 'full.lat_p99_us', show: milliseconds },
  {
    label: '20 messages a second: p50',
    figure: 'calm.lat_p50_us',
    show: milliseconds,
    goal: atMostMore(2000, milliseconds),
  },
  { label: '20 messages a second: p99', figure: 'calm.lat_p99_us', show: milliseconds },
  { label: 'cores that other programs took, saturated', figure: 'full.foreign', show: cores },
  { label: 'cores that other programs took, at 20 a second', figure: 'calm.foreign', show: cores },
]

/** Both in turn, `reps` times, a fresh server for each run and a fresh directory for each journal. */
export async function durability(reps: number, progress: (what: string) => void): Promise<Report> {
  const generate = buildGenerator(PHASES)
  const onDisk: Figures[] = []
  const inMemory: Figures[] = []
  for (let rep = 1; rep <= reps; rep++) {
    progress(`run ${rep} of ${reps}: ${CLIENTS} clients, on the disk`)
    onDisk.push(await inFolder(folder => runIn(folder, generate)))
    progress(`run ${rep} of ${reps}: ${CLIENTS} clients, in memory`)
    inMemory.push(await run(generate, rxchat))
  }
  const rows = ROWS.map(row => compare(row, onDisk, inMemory))
  const stored = ['bytes on the disk an input', summary(values(onDisk, 'bytesAnInput'), bytes), 'none']
  const counters = [WRONGS.join(' '), wrongs(PHASES, onDisk).join(' '), wrongs(PHASES, inMemory).join(' ')]
  return {
    lines: table([`${CLIENTS} clients`, 'on the disk', 'in memory', 'ratio', 'goal', ''], [...rows, stored, counters]),
    wrong: wrongs(PHASES, onDisk).flatMap((times, at) => (times === 0 ? [] : [`on the disk: ${WRONGS[at]} ${times}`])),
  }
}

async function runIn(folder: string, generate: Generator): Promise<Figures> {
  const figures = await run(
    generate,
    durable(() => folder),
  )
  return { ...figures, bytesAnInput: bytesAnInput(folder) }
}

async function run(generate: Generator, candidate: Candidate): Promise<Figures> {
  const server = await start(candidate)
  try {
    const figures = await generate(server, candidate, CLIENTS)
    return { ...figures, cpuPerDelivery: 1e6 / (figures['full.deliv_per_cpu_s'] ?? Number.NaN) }
  } finally {
    await server.stop()
  }
}
