/** A run without its people: time, a disk, the servers (or none), cables, and the truth. */

import { ignoreElements, Observable, onErrorResumeNextWith } from 'rxjs'
import type { Entry } from '../../src/model/input.ts'
import { CLOCK_OFF_MAX_MS, CLOCK_ROUND_TRIP_MAX_MS } from '../../src/model/limits.ts'
import type { Dialled, Dialling } from '../../src/port/dialer.ts'
import { toSnapshot } from '../../src/reducer/snapshot.ts'
import type { Options } from '../../src/server/server.ts'
import { type VirtualClock, virtualClock } from '../helpers/virtual-clock.ts'
import { Accounts } from './accounts.ts'
import { addressOfPerson } from './addresses.ts'
import { Cluster } from './cluster/cluster.ts'
import { Disk, type Lag } from './disk.ts'
import { Files } from './files.ts'
import { Cable } from './network.ts'
import { Node } from './node.ts'
import { Order } from './order.ts'
import { Presence } from './presence.ts'
import { DIGEST_EVERY, Process, type Running, startServer } from './process.ts'
import type { Producer } from './producer.ts'
import { type Random, random } from './random.ts'
import { Receiver } from './receiver.ts'
import { DiskFull, Lost, type Storage, type Stored } from './storage.ts'
import { newStory, type Story } from './story.ts'
import { Truth } from './truth.ts'

export class World {
  readonly seed: string
  readonly clock: VirtualClock
  readonly storage: Storage
  /** Null: all servers are on one journal. */
  readonly cluster: Cluster | null
  readonly story: Story
  readonly truth: Truth
  readonly receiver: Receiver
  readonly files: Files
  readonly accounts = new Accounts()
  /** Programs that write into messages. */
  readonly programs: Producer[] = []
  readonly options: Options
  readonly nodes: readonly Node[]
  /** Until when the network lets nobody through, in elapsed milliseconds. */
  offlineUntil = 0
  /** Nothing more is started. */
  over = false
  /** When the last commit was stored, in elapsed milliseconds. */
  #storedAt = 0
  readonly #cables = new Map<Cable, Process>()
  /** Of the clock, as long as nobody sets it. */
  readonly #offset: number
  #starts = 0
  readonly #stopping = new Set<Running>()

  constructor(seed: string, options: Options & { readonly grace: number }, nodes = 1, isReplicated = false) {
    this.seed = seed
    this.options = { ...options, shared: nodes > 1 }
    this.nodes = Array.from({ length: nodes }, (_, k) => new Node(nodes === 1 ? 'local' : `node${k}`))
    this.clock = virtualClock()
    this.#offset = this.clock.now() - this.clock.elapsed()
    this.story = newStory(() => this.clock.elapsed())
    const stored: Stored = (...commit) => this.#stored(...commit)
    const lost = (process: Process, error: Error): void => this.#lost(process, error)
    const digestAt = (of: number): string | null => this.truth.digestAt(of)
    const { clock, story } = this
    this.cluster = isReplicated ? new Cluster({ seed, clock, story, stored, digestAt, lost }) : null
    this.storage = this.cluster ?? new Disk(stored, process => this.#lagOf(process))
    const isErased = (seq: number): boolean => this.storage.isErased(seq)
    const elapsed = (): number => this.clock.elapsed()
    const presence = new Presence(story, options.grace, elapsed)
    const order = new Order(story, elapsed, isReplicated ? CUT_OFF_MS : nodes > 1 ? HEARING_MS : 0, isErased)
    this.truth = new Truth(story, presence, order, isErased)
    this.files = new Files(story)
    for (const node of this.nodes) {
      node.keep = options.keep ?? null
      if (!isReplicated) continue
      node.ahead = random(`${seed} clock of ${node.origin}`).pick(AHEAD_MS)
      if (node.keep) node.keep = random(`${seed} keep of ${node.origin}`).pick([node.keep, null, { count: 8 }])
    }
    this.receiver = new Receiver(this.story, this.truth, nodes > 1)
  }

  /**
   * Whether the time of all servers went forward, and was the same. With several servers, one may still have the time
   * from before the clock was set.
   */
  get isOneClock(): boolean {
    const isSet = this.clock.now() - this.clock.elapsed() !== this.#offset
    return !this.cluster && !this.clock.wasSetBack() && (this.nodes.length === 1 || !isSet)
  }

  /** When anything was last stored, or folded by a server, in elapsed milliseconds. */
  get foldedAt(): number {
    return Math.max(this.#storedAt, ...this.allRunning.map(({ foldedAt }) => foldedAt()))
  }

  /** Whether presence has been written, however long it waits for more. */
  get hasGathered(): boolean {
    return this.clock.elapsed() - this.foldedAt > (this.options.gathering?.ms ?? 0)
  }

  /** The servers that take connections. */
  get allRunning(): readonly Running[] {
    return this.nodes.flatMap(({ running }) => running ?? [])
  }

  /** The first of them; null: there is none. */
  get running(): Running | null {
    return this.allRunning[0] ?? null
  }

  /** One of them that follows the journal; null: none does. */
  get following(): Running | null {
    return this.allRunning.find(one => !this.#stopping.has(one)) ?? null
  }

  /** It follows the journal no more, and may still store its inputs. */
  isStopping = (running: Running): boolean => this.#stopping.has(running)

  /** Starts every server that is down. */
  start(): void {
    for (const node of this.nodes) this.startNode(node)
  }

  startNode(node: Node): void {
    if (node.process || this.over) return
    const process = new Process(`p${++this.#starts}`, node.origin, this.clock, () => node.ahead)
    node.process = process
    node.reads = Math.max(node.reads, this.truth.state.format)
    process.reads = node.reads
    const { ahead, keep } = node
    startServer(
      process,
      this.storage,
      { ...this.options, keep },
      this.receiver.sender(process),
      this.files.of(process),
    ).then(
      running => {
        const isRight = node.ahead !== ahead || Math.abs(ahead) < CLOCK_OFF_MAX_MS + CLOCK_ROUND_TRIP_MAX_MS
        this.story.check('no server starts by a wrong clock', isRight, () => `${node.origin} is ${ahead} ms ahead`)
        this.#started(node, running)
      },
      error => {
        if (this.#isExpected(process, error)) this.#lost(process, error)
        else this.story.check('the server starts', false, () => String(error))
      },
    )
  }

  /** The rules have changed while it took no part: it needs a newer program. */
  #isOutdated = ({ reads }: Process): boolean => reads < this.truth.state.format

  /** The log has lost the inputs that this node lacks: it needs an empty disk. */
  #isLeftBehind = (process: Process, error: unknown): boolean =>
    LEFT_BEHIND.test(String(error)) && (this.cluster?.hasPurgedBeyond(process.origin) ?? false)

  /** It has found out that it isn't the same as the others. */
  #isAlone = (process: Process, error: unknown): boolean =>
    DIFFERS.test(String(error)) && (this.cluster?.isWrong(process.origin) ?? false)

  /** Each node of a replicated log has a clock of its own. */
  #isOff = ({ origin }: Process, error: unknown): boolean => {
    const ahead = this.nodes.find(node => node.origin === origin)?.ahead ?? 0
    return CLOCK_OFF.test(String(error)) && Math.abs(ahead) > CLOCK_OFF_MAX_MS - CLOCK_ROUND_TRIP_MAX_MS
  }

  /** A reason for a node not to start, or not to go on, that its keeper understands. */
  #isExpected = (process: Process, error: unknown): boolean =>
    [this.#isLeftBehind, this.#isOff, this.#isAlone].some(is => is(process, error)) || this.#isOutdated(process)

  #lagOf(process: Process): Lag | null {
    const chance = random(`${this.seed} lag of ${process.id}`)
    return this.nodes.length > 1 ? () => (chance.chance(0.8) ? chance.below(3) : chance.below(LAG_MS)) : null
  }

  #started(node: Node, running: Running): void {
    if (node.process !== running.process) return
    node.running = running
    this.story.tell(`${this.#nameOf(node)} starts, with input ${running.state().seq}`)
    this.story.count('starts')
    const { trouble$ } = running.server
    trouble$.pipe(ignoreElements()).subscribe({ error: (error: unknown) => this.#lost(running.process, error) })
    trouble$.pipe(onErrorResumeNextWith()).subscribe(trouble => {
      const what = trouble.type === 'internal' ? `internal: ${describe(trouble.error)}` : trouble.type
      this.story.tell(`trouble: ${what}`)
      const isExpected =
        trouble.type !== 'internal' || trouble.error instanceof DiskFull || trouble.error instanceof Lost
      this.story.check('nothing throws', isExpected, () => what)
    })
    // Nodes of a replicated log hear by themselves that one is down.
    if (this.cluster) return
    for (const other of this.nodes) {
      const gone = running.state().nodes.get(other.origin)
      if (other.process === null && gone) running.server.down(other.origin, gone.run)
    }
  }

  #nameOf = ({ origin }: Node): string => (this.nodes.length === 1 ? 'the server' : origin)

  /** Ends a process at once, in any work. `silent`: its peers are not told, as when the machine fails. */
  crash(silent: boolean, node: Node = this.nodes[0] as Node): void {
    const { process } = node
    if (!process) return
    process.end()
    this.#gone(node, process, silent)
  }

  crashAfter(steps: number, silent: boolean, node: Node): void {
    const { process } = node
    process?.light(steps, () => this.#gone(node, process, silent))
  }

  #gone(node: Node, process: Process, silent: boolean): void {
    if (node.process !== process) return
    node.process = null
    node.running = null
    this.storage.abandon(process)
    if (this.storage.isBusy) this.story.count('fault: crash with an append on its way')
    this.story.tell(`${this.#nameOf(node)} is gone${silent ? ', without a word' : ''}`)
    this.story.count('fault: crash')
    this.#judge(node)
    for (const [cable, other] of this.#cables) if (other === process) cable.break(silent)
  }

  /** The journal of a process says that it cannot go on: the process ends, and another one starts. */
  #lost(process: Process, error: unknown): void {
    const node = this.nodes.find(one => one.process === process)
    if (!node) return
    const [isAlone, isExpected] = [this.#isAlone(process, error), this.#isExpected(process, error)]
    const isLeftBehind = this.#isLeftBehind(process, error)
    if (isAlone) this.story.count('nodes that find out that they differ')
    if (this.#isOff(process, error)) {
      this.story.count('clocks set right')
      node.ahead = 0
    }
    if (this.#isOutdated(process)) this.story.count('outdated')
    this.story.check('a node can go on', isExpected, () => `${node.origin}: ${describe(error)}`)
    this.crash(false, node)
    if (isLeftBehind || isAlone) this.wipe(node)
    this.clock.alarm(1000, () => this.startNode(node))
  }

  /** A node that isn't running loses its disk, or its keeper empties it. */
  wipe(node: Node): void {
    this.story.tell(`${node.origin} has an empty disk`)
    this.story.count('disks emptied')
    this.cluster?.wipe(node.origin)
  }

  /** A node gets something wrong that nobody sees, among three at the least: two of them know better. */
  differ(node: Node, grant: string): void {
    const { cluster, allRunning, nodes } = this
    const { size } = this.truth.state.nodes
    if (!cluster || size < 3 || nodes.some(({ origin }) => cluster.mayBeWrong(origin))) return
    cluster.misread(node.origin, grant)
    this.story.tell(`${node.origin} gets ${grant} wrong`)
    allRunning[0]?.server.grants.add({ name: grant, room: null, read: true, write: true }, () => {})
  }

  /** Its wrong inputs may have been refused, and then they have no effect. */
  isWrong = ({ process, state }: Running): boolean =>
    (this.cluster?.isWrong(process.origin) ?? false) && toSnapshot(state()) !== toSnapshot(this.truth.state)

  /** Servers compare themselves after some inputs. If one is wrong, as many come as that takes; they change nothing. */
  makeComparable(): void {
    const right = this.allRunning.find(running => !this.isWrong(running) && !this.isStopping(running))
    if (!right || !this.allRunning.some(running => this.isWrong(running))) return
    this.cluster?.wrong(NO_RUN)
    for (let k = 0; k < DIGEST_EVERY; k++) right.server.down('nobody', NO_RUN)
  }

  /** Says goodbye; the process ends a little later. */
  async stop(node: Node = this.nodes[0] as Node): Promise<void> {
    const { running } = node
    if (!running || this.#stopping.has(running)) return
    this.#stopping.add(running)
    this.story.tell(`${this.#nameOf(node)} stops`)
    await running.server.close()
    if (node.running !== running) return
    this.story.check('a closed server leaves no alarm', running.process.alarms === 0, () => `${running.process.alarms}`)
    running.process.end()
    node.process = null
    node.running = null
    this.story.tell(`${this.#nameOf(node)} has stopped`)
    this.#judge(node)
    for (const [cable, process] of this.#cables) if (process === running.process) cable.break(false)
  }

  /** A little later, another server says that this one is down. Nodes of a replicated log find out by themselves. */
  #judge(node: Node): void {
    if (this.nodes.length === 1 || this.cluster) return
    const run = this.truth.state.nodes.get(node.origin)?.run
    const chance = random(`${this.seed} end of ${node.origin} ${run}`)
    this.clock.alarm(chance.pick([0, 30, 1000, 5000]), () => {
      const [judge] = this.nodes.filter(({ running }) => running !== null)
      if (run !== undefined) judge?.running?.server.down(node.origin, run)
    })
  }

  /** A server says of another one that it's down, though it isn't. */
  misjudge(chance: Random): void {
    const running = this.nodes.filter(node => node.running !== null)
    if (running.length < 2) return
    const wronged = chance.pick(running)
    const judge = chance.pick(running.filter(node => node !== wronged))
    const run = judge.running?.state().nodes.get(wronged.origin)?.run
    if (run === undefined) return
    this.story.tell(`${judge.origin} takes ${wronged.origin} for gone`)
    this.cluster?.wrong(run)
    judge.running?.server.down(wronged.origin, run)
  }

  /** Dials; `cable` gets the cable, once there is one. */
  dial(id: string, cable: (cable: Cable) => void, whole = false): Dialling {
    const here = this.allRunning
    if (here.length === 0 || this.clock.elapsed() < this.offlineUntil) return this.#refused()
    const running = random(`${this.seed} way of ${id} at ${this.clock.elapsed()}`).pick(here)
    const made = new Cable(id, addressOfPerson(id), this.clock, random(`${this.seed} cable ${id}`), whole)
    for (const [old] of this.#cables) if (old.broken) this.#cables.delete(old)
    this.#cables.set(made, running.process)
    running.accept(made.connection)
    cable(made)
    return made.dialling()
  }

  #refused(): Dialling {
    return {
      signals$: new Observable<Dialled>(signals =>
        this.clock.alarm(5, () => {
          signals.next({ type: 'failed', reason: 'nobody is there' })
          signals.complete()
        }),
      ),
      write: () => {},
      destroy: () => {},
    }
  }

  get cables(): Iterable<Cable> {
    return this.#cables.keys()
  }

  #stored(by: Process, entries: readonly Entry[], since: number): void {
    if (!this.nodes.some(({ process }) => process === by)) this.story.count('stored after a crash', entries.length)
    const told = entries.map(
      ({ seq, input, texts: { text } }) => `${seq} ${input.type}${text === undefined ? '' : ` "${brief(text)}"`}`,
    )
    this.story.tell(`stored ${told.join(', ')}`)
    this.story.count('inputs', entries.length)
    this.#storedAt = this.clock.elapsed()
    this.truth.commit(entries, since)
  }
}

/** By then every server has heard all inputs that another one has stored, on one journal and from a replicated log. */
const HEARING_MS = 5000
const CUT_OFF_MS = 300_000

/** By how much the clocks of several machines are ahead of the log's, in milliseconds. */
const AHEAD_MS = [0, 0, -1500, -200, 200, 1500]

/** The words of a node whose state differs from that of most. */
const DIFFERS = /is not that of the others/

/** The words of a node whose clock is far from that of the log. */
const CLOCK_OFF = /the clock of this machine is/

/** The words of a node that was away for longer than the log is kept. */
const LEFT_BEHIND = /away for longer than the log is kept|purged beyond what this node has/

const NO_RUN = 'none'

/** The longest that one of several servers takes to hear of a commit. */
const LAG_MS = 200

export const brief = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}… ${text.length}` : text)

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
