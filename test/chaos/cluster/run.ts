/**
 * A run with three real brokers and several real nodes, each on a machine of its own. Clients of every protocol talk,
 * while brokers, nodes and cables fail one after another. Then all trouble ends, and the records of all are checked.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Dialer } from '../../../src/port/dialer.ts'
import { websocketDialer } from '../../../src/web/browser/dial-websocket.ts'
import { random } from '../../simulation/random.ts'
import { check, type Truth, type Verdict, type Wrong } from '../check.ts'
import { counted, endInPeace } from '../end.ts'
import { pipeOn, talk } from '../processes.ts'
import type { Coming, Testimony } from '../record.ts'
import { type Address, actor, bot, type Talker } from '../talker.ts'
import { readTruth } from '../truth.ts'
import { until } from '../until.ts'
import { areInStep } from './brokers.ts'
import { canaries } from './canary.ts'
import { startCluster } from './cluster.ts'
import { listen, post } from './curl.ts'
import { type Erasure, erase } from './erased.ts'
import { FAULTS, type Fault, type FaultName, SMALL } from './faults.ts'
import { PACE, type Pacer, pacer } from './pacer.ts'
import { testimonyOf, type Visit, visit, wrongInVisit } from './visits.ts'
import { VAULT, watcher } from './watcher.ts'

export type Options = {
  readonly folder: string
  readonly nodes: number
  readonly seed: string
  readonly faults: readonly FaultName[]
  /** Whether the run waits until the brokers' own logs have let go of erased texts, which takes minutes. */
  readonly waits: boolean
}

export type Suffered = {
  readonly fault: Fault
  /** The longest that a message waited, in milliseconds: at nodes that weren't hit themselves, and at those that were. */
  readonly others: number
  readonly hit: number | null
  /** Milliseconds until all other nodes had noticed that the node was gone. */
  readonly noticed: number | null
  /** Clients that had to connect again. */
  readonly reconnects: number
}

export type Report = Verdict & {
  readonly suffered: readonly Suffered[]
  readonly erasure: Erasure
  readonly comings: ReadonlyMap<Coming, number>
  /** How clients ended, by kind and exit code. */
  readonly ends: ReadonlyMap<string, number>
  readonly visits: number
}

const FLAGS = ['--rate', 'off', '--per-address', 'off']

export async function clusterChaos(options: Options, progress: (what: string) => void): Promise<Report> {
  const { folder, seed } = options
  const cluster = await startCluster(folder, options.nodes, FLAGS, smallDisks(options.faults))
  const { nodes, brokers, disks } = cluster
  progress(`${brokers.length} brokers and ${nodes.length} nodes`)
  const addresses = nodes.map(({ address }) => address)
  const [first] = nodes
  if (!first) throw new Error('there is no node')
  const [token] = (await first.server.ask('TOKEN ADD curl', TOKEN)).flatMap(line => TOKEN.exec(line) ?? [])

  const pacers = nodes.map(({ name, address }) => pacer(`pacer-${name}`, address))
  const talkers = [
    ...nodes.map(({ name, address }) => actor(`native-${name}`, address, () => {})),
    ...nodes.map(({ name, address }) => actor(`websocket-${name}`, address, () => {}, { dial: byWebSocket(address) })),
    ...nodes.slice(0, 2).map(({ name, address }) => bot(`bot-${name}`, address, () => {})),
  ]
  const all = [...talkers, ...pacers.map(({ talker }) => talker)]
  const isOut = ({ ear }: Talker): boolean => ear.since.size < 2
  await until(
    'all are in',
    () => !all.some(isOut),
    () => all.filter(isOut).map(({ name }) => name),
  )
  const watchers = nodes.map(watcher)
  await Promise.all(watchers.map(({ hears }) => hears('its room', ({ type }) => type === 'room')))
  const erasure = await erase(cluster, watchers)
  progress(`${all.length} clients talk, and others who can't resume`)

  const trouble = new AbortController()
  const over = trouble.signal
  const ends: string[] = []
  const testimonies: Testimony[] = []
  const visiting = [
    visit('line', addresses, random(`${seed} line`), over),
    visit('classic', addresses, random(`${seed} classic`), over),
  ]
  const programs = [
    post('curl', token ?? '', addresses, random(`${seed} curl`), over),
    listen('listener', token ?? '', addresses, over),
  ]
  const living = [
    ...talkers.map(one => talk(one, random(`${seed} ${one.name}`), habitsOf(one, talkers), over)),
    pipeOn(
      'pipe',
      random(`${seed} pipe`),
      () => random(`${seed} ${ends.length}`).pick(addresses),
      over,
      (one, code) => {
        ends.push(`pipe ${code}`)
        testimonies.push(one.testimony())
      },
    ),
  ]
  const suffered: Suffered[] = []
  for (const name of options.faults) {
    suffered.push(await suffer(FAULTS[name], suffered.length))
    progress(`${name}: ${Math.round(suffered.at(-1)?.others ?? 0)} ms`)
  }

  trouble.abort()
  for (const { stop } of pacers) stop()
  await Promise.all(living)
  progress('no trouble any more')
  const present = await endInPeace(first.address, all, ['lobby', PACE])
  progress('all have heard the end')
  testimonies.push(...(await Promise.all(programs)))
  const visits = (await Promise.all(visiting)).flat()
  progress('programs and visitors are gone')
  for (const one of present) {
    ends.push(`${one.pid === null ? 'actor' : 'bot'} ${await one.leave()}`)
    testimonies.push(one.testimony())
  }
  for (const { close } of watchers) close()
  const gone = await erasure.end(options.waits)
  progress('the words were looked for')
  for (const { server } of nodes) await server.stop()
  progress('all nodes have stopped')
  const truths = await Promise.all(nodes.map(({ directory }) => readTruth(directory)))
  for (const broker of brokers) broker.signal('SIGKILL')
  await Promise.all(brokers.map(({ ended }) => ended()))
  for (const { unmount } of disks.values()) unmount()
  const verdict = checkAll(truths.map(withoutVault), [...testimonies, ...visits.map(testimonyOf)], visits)
  return {
    ...verdict,
    ...{ suffered, ends: counted(ends), visits: visits.length, erasure: gone },
    comings: counted(present.flatMap(({ ear }) => ear.comings)),
  }

  async function suffer(fault: Fault, round: number): Promise<Suffered> {
    const by = random(`${seed} ${fault.name}`)
    const birds = fault.isNodeGone === true ? await canaries(nodes, watchers, round) : null
    const before = comingsOf(all)
    const places = new Map(pacers.map(one => [one, one.at()]))
    const from = performance.now()
    const { nodes: hit, mend } = await fault.begin(cluster, by)
    const begun = performance.now()
    const others = watchers.filter((_, k) => !hit.some(node => node === nodes[k]))
    const [node] = hit
    const noticing = birds && node ? birds.exit(node, others) : null
    await sleep(fault.lasts)
    await mend()
    const noticed = noticing && (await noticing) - begun
    birds?.close()
    await isWell(pacers)
    const isHit = (one: Pacer): boolean => hit.some(({ address }) => address === places.get(one))
    return {
      ...{ fault, noticed, reconnects: comingsOf(all) - before },
      others: longest(
        pacers.filter(one => !isHit(one)),
        from,
      ),
      hit: pacers.some(isHit) ? longest(pacers.filter(isHit), from) : null,
    }
  }

  /** Nobody waits, and all brokers have everything. */
  async function isWell(of: readonly Pacer[]): Promise<void> {
    await until(
      'all is answered, and all brokers have everything',
      async () => of.every(({ talker }) => talker.waiting() < BEHIND) && (await areInStep(brokers)),
      () => of.map(({ talker }) => `${talker.name} waits for ${talker.waiting()}`),
    )
    await sleep(SETTLE_MS)
  }
}

/** A disk in memory is faster than others, so it's there only where it's needed. */
const smallDisks = (faults: readonly FaultName[]): readonly string[] => [
  ...(faults.includes('broker-full') ? [SMALL.broker] : []),
  ...(faults.includes('node-full') ? [SMALL.node] : []),
]

const byWebSocket = (address: Address): Dialer => websocketDialer(`ws://${address}/ws`)

const TOKEN = /rxchat_\S+/
/** Messages that a pacer may wait for at any time. */
const BEHIND = 5
const SETTLE_MS = 2000

/** Direct messages go to those that keep their names, and are there all the time. */
function habitsOf(talker: Talker, talkers: readonly Talker[]) {
  const others = talkers.filter(one => one !== talker && one.pid === null).map(({ name }) => `@${name}` as const)
  const isFickle = talker.pid !== null
  return { places: ['#lobby' as const, '#lobby' as const, ...(isFickle ? [] : others)], isFickle }
}

const comingsOf = (talkers: readonly Talker[]): number => talkers.reduce((sum, { ear }) => sum + ear.comings.length, 0)

const longest = (pacers: readonly Pacer[], from: number): number =>
  Math.max(0, ...pacers.map(({ longestSince }) => longestSince(from)))

const withoutVault = ({ messages, members }: Truth): Truth => ({
  messages: messages.filter(({ room }) => room !== VAULT),
  members,
})

function checkAll(truths: readonly Truth[], testimonies: readonly Testimony[], visits: readonly Visit[]): Verdict {
  const [truth = { messages: [], members: [] }, ...others] = truths
  const lobby = truth.messages.filter(({ room }) => room === 'lobby')
  const verdict = check(truth, testimonies)
  const wrong: readonly Wrong[] = [
    ...verdict.wrong,
    ...visits.flatMap(one => wrongInVisit(lobby, one)),
    ...others.flatMap(other => difference(truth, other)),
  ]
  return { ...verdict, wrong }
}

/** All nodes have the same messages under the same numbers. */
function difference({ messages }: Truth, other: Truth): readonly Wrong[] {
  const at = messages.findIndex(({ seq, text }, k) => {
    const same = other.messages[k]
    return same?.seq !== seq || same.text !== text
  })
  if (at === -1 && messages.length === other.messages.length) return []
  return [{ is: 'foreign', what: `nodes differ from message ${at} on: ${messages[at]?.text ?? 'there are more'}` }]
}
