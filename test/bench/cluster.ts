/**
 * Several nodes on three brokers: the time of an acknowledgement there, the gain of more nodes in a large room, and how
 * long a message waits when something fails. The brokers and all nodes are on this machine, and share its disk.
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Broker, hasBrokers, startBrokers } from '../chaos/cluster/brokers.ts'
import { startApart } from '../chaos/cluster/isolation.ts'
import type { Pause } from '../chaos/cluster/report.ts'
import { type Report, WRONGS, wrongs } from './checks.ts'
import { compared, goalsOf, medianOf, type Row } from './comparison.ts'
import { inFolder } from './disk.ts'
import { buildGenerator, type Figures, type Phase } from './load.ts'
import { placed } from './machine.ts'
import { type Quota, quota } from './quota.ts'
import { type Candidate, hosting, type Running, rxchatOnDisk, start } from './servers.ts'
import { count, milliseconds, type Sheet, seconds, sheet } from './table.ts'

type Progress = (what: string) => void

const BROKERS: readonly string[] = ['b1', 'b2', 'b3']
const CLIENTS = 100
const PHASES: readonly Phase[] = [
  { name: 'calm', rate: 20, window: 1, senders: 10, seconds: 10 },
  { name: 'full', rate: 0, window: 10, senders: 10, seconds: 5 },
]
const ROWS: readonly Row[] = [
  { label: '20 messages a second: p50', figure: 'calm.lat_p50_us', show: milliseconds },
  { label: '20 messages a second: p99', figure: 'calm.lat_p99_us', show: milliseconds },
  { label: 'saturated: messages a second', figure: 'full.messages', show: count },
  { label: 'saturated: p99', figure: 'full.lat_p99_us', show: milliseconds },
]

const READERS = [1000, 2500, 5000] as const
/** Of one core, for each node: four of them leave something of the core to everything else. */
const SHARE = 0.2
const NODES = [1, 4] as const
const RATES = 12
const STEP = 1.08
/** Deliveries a read that count as one by one. Some reads find two, whenever the generator was late. */
const ONE_BY_ONE = 1.1
/** The gain that four nodes must bring, in rooms with so many readers or more. */
const TIMES = 3.5
const TIMES_FROM = 2500

export async function cluster(reps: number, progress: Progress): Promise<readonly Report[]> {
  if (!hasBrokers()) {
    progress('Left out: there is no nats-server (NATS_SERVER is its path)')
    return []
  }
  return [await acknowledging(reps, progress), ...(await reading(reps, progress)), ...(await failing(progress))]
}

async function acknowledging(reps: number, progress: Progress): Promise<Report> {
  const generate = buildGenerator(PHASES)
  const runs = new Map<string, Figures[]>([
    ['alone, disk', []],
    ['a node, three brokers', []],
  ])
  for (let rep = 1; rep <= reps; rep++) {
    progress(`run ${rep} of ${reps}: ${CLIENTS} clients of one server alone, and of one node`)
    const alone = await start(rxchatOnDisk)
    const figures = await generate(alone, rxchatOnDisk, CLIENTS).finally(alone.stop)
    runs.get('alone, disk')?.push(withMessages(figures, CLIENTS))
    const ofNode = await withNodes([null], server => generate(server, rxchatOnDisk, CLIENTS))
    runs.get('a node, three brokers')?.push(withMessages(ofNode, CLIENTS))
  }
  return {
    sheets: [compared(`${CLIENTS} clients; brokers sync before they acknowledge`, ROWS, runs)],
    wrong: wrongIn(PHASES, 'a node', runs.get('a node, three brokers') ?? []),
  }
}

/**
 * Rising rates until a node no longer writes messages one by one: beyond that it isn't behind yet, but writes several at
 * once, and each comes later.
 */
async function reading(reps: number, progress: Progress): Promise<readonly Report[]> {
  const reports: Report[] = []
  for (const readers of READERS) {
    const runs = new Map<string, Figures[]>(NODES.map(nodes => [nodesOf(nodes), []]))
    const wrong: string[] = []
    for (let rep = 1; rep <= reps; rep++) {
      for (const nodes of NODES) {
        progress(`run ${rep} of ${reps}: ${readers} readers, ${nodesOf(nodes)}`)
        const quotas = Array.from({ length: nodes }, (_, k) => quota(`n${k + 1}`, SHARE))
        if (quotas.includes(null)) {
          progress('Left out: nodes with a share of a core each, as that needs control groups (version 1) and root')
          return reports
        }
        const phases = ratesFor(readers, nodes)
        const generate = buildGenerator(phases)
        const figures = await withNodes(quotas, (server, hold) => generate(server, rxchatOnDisk, readers, hold))
        runs.get(nodesOf(nodes))?.push(carried(phases, figures))
        wrong.push(...wrongIn(phases, `${readers} readers, ${nodesOf(nodes)}`, [figures]))
      }
    }
    reports.push({ sheets: sheetsOf(readers, runs), wrong })
  }
  return reports
}

const nodesOf = (nodes: number): string => (nodes === 1 ? '1 node' : `${nodes} nodes`)

/** From less than the nodes are likely to carry to more than twice as much. */
const ratesFor = (readers: number, nodes: number): readonly Phase[] =>
  Array.from({ length: RATES }, (_, k) => {
    const rate = Math.round((100 * (STEP ** k * nodes * 17_500)) / readers) / 100
    return { name: `rate-${k}`, rate, window: 1, senders: 12, seconds: 4 }
  })

/** The highest rate at which a room had one message at a time. */
function carried(phases: readonly Phase[], figures: Figures): Figures {
  const last = phases.findLast(({ name }) => (figures[`${name}.deliv_per_recv`] ?? Number.NaN) <= ONE_BY_ONE)
  return { single: last?.rate ?? Number.NaN }
}

function sheetsOf(readers: number, runs: ReadonlyMap<string, readonly Figures[]>): readonly Sheet[] {
  const rate = (value: number): string => value.toFixed(1)
  const [one, four] = NODES.map(nodes => medianOf(runs, nodesOf(nodes), 'single'))
  const goal = {
    label: 'messages a second, one by one, by those of one node',
    ...{ is: (four ?? 0) / (one ?? 1), bound: readers >= TIMES_FROM ? TIMES : Number.NaN },
    ...{ side: 'least' as const, show: (value: number) => value.toFixed(2) },
  }
  return [
    compared(
      `${readers} readers, a fifth of a core for each node`,
      [{ label: 'messages a second, written one by one', figure: 'single', show: rate }],
      runs,
    ),
    ...goalsOf(`four nodes, ${readers} readers`, [goal]),
  ]
}

/** Every fault once, as in `npm run chaos -- --nodes 3`. */
async function failing(progress: Progress): Promise<readonly Report[]> {
  return inFolder(async folder => {
    const file = join(folder, 'pauses.json')
    const child = startApart(['--nodes', '3', '--untimed', '--pauses', file], ['ignore', 'ignore', 'inherit'])
    if (child === null) {
      progress('Left out: faults, as they need network namespaces')
      return []
    }
    const [code] = await once(child, 'close')
    const pauses = JSON.parse(readFileSync(file, 'utf8')) as readonly Pause[]
    const show = (ms: number | null): string => (ms === null ? '' : seconds(ms / 1000))
    const rows = pauses.map(({ name, others, hit, noticed, promise }) => [
      ...[name, show(others), show(promise), show(hit), show(noticed)],
    ])
    return [
      {
        sheets: [sheet(['the longest wait of a message', 'other nodes', 'promised', 'that node', 'noticed'], rows)],
        wrong: code === 0 ? [] : ['faults of brokers and nodes: something was lost, doubled or reordered'],
      },
    ]
  })
}

/** Runs three brokers and a node for each quota; null: it has none. The nodes keep to them from `hold` on. */
async function withNodes(
  quotas: readonly (Quota | null)[],
  work: (server: Running, hold: () => void) => Promise<Figures>,
): Promise<Figures> {
  return inFolder(async folder => {
    const machines = {
      addressOf: (name: string) => `127.77.0.${BROKERS.indexOf(name) + 1}`,
      on: () => placed('generator', []),
    }
    const brokers = await startBrokers(BROKERS, machines, folder)
    const nodes: Running[] = []
    try {
      for (const k of quotas.keys()) nodes.push(await start(nodeOf(brokers, k + 1)))
      const [first] = nodes
      if (!first) throw new Error('there is no node')
      const hold = (): void => {
        for (const [k, { pid }] of nodes.entries()) quotas[k]?.hold(pid)
      }
      return await work({ ...first, ports: nodes.map(({ port }) => port) }, hold)
    } finally {
      await Promise.all(nodes.map(({ stop }) => stop()))
      for (const one of quotas) one?.remove()
      for (const { signal } of brokers) signal('SIGKILL')
      await Promise.all(brokers.map(({ ended }) => ended()))
    }
  })
}

const nodeOf = (brokers: readonly Broker[], number: number): Candidate => ({
  ...rxchatOnDisk,
  name: `node ${number}`,
  argv: (port, folder) => [
    ...hosting(port),
    ...['--data', folder, '--nats', brokers.map(({ url }) => url).join(','), '--node', `n${number}`],
    ...['--nats-monitor', brokers.map(({ monitor }) => monitor).join(',')],
  ],
})

const withMessages = (figures: Figures, clients: number): Figures => ({
  ...figures,
  'full.messages': (figures['full.deliv_per_s'] ?? Number.NaN) / clients,
})

const wrongIn = (phases: readonly Phase[], name: string, runs: readonly Figures[]): readonly string[] =>
  wrongs(phases, runs).flatMap((times, at) => (times === 0 ? [] : [`${name}: ${WRONGS[at]} ${times}`]))
