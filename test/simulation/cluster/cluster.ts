/**
 * Storage of several nodes: a replicated log, and a mirror of it at each node. The log takes a batch whole or not at
 * all. A node's connection to the log is as bad as it has been told to be.
 */
import { replicatedJournal } from '../../../src/journal/replicated/journal.ts'
import { PURGED } from '../../../src/journal/replicated/opening/shared-state.ts'
import { endOf } from '../../../src/journal/replicated/stream/places.ts'
import type { LogPlace, Stream, StreamMessage } from '../../../src/journal/replicated/stream/stream.ts'
import type { Draft } from '../../../src/model/input.ts'
import type { Journal } from '../../../src/port/journal.ts'
import { type Faults, MemoryBroker } from '../../helpers/memory-broker.ts'
import type { VirtualClock } from '../../helpers/virtual-clock.ts'
import { mountHistory, NO_PAST, type StoredHistory, storingFirst } from '../history.ts'
import { Idleness } from '../idleness.ts'
import type { Process } from '../process.ts'
import { type Random, random } from '../random.ts'
import type { Fate, Storage, StoragePorts, Stored } from '../storage.ts'
import type { Story } from '../story.ts'
import { Comparing } from './comparing.ts'
import { ears, type Hearing } from './ears.ts'
import { Judging } from './judging.ts'
import { type Batch, Log } from './log.ts'
import { MirrorDisk, type MountedMirror, mountMirror } from './mirror.ts'
import { mortalStream } from './mortal-stream.ts'
import { mountPlaces, type PlacesDisk } from './places.ts'

/** Milliseconds that a node waits for an answer of the log. */
const PATIENCE_MS = 1000
/** Milliseconds that it takes to share a state, or to get one, at the most. */
const STATES_MS = 800

/** The parts of one node. */
type Site = {
  disk: MirrorDisk
  places: PlacesDisk
  history: StoredHistory
  /** The mirror as its latest process has it. */
  mirror: MountedMirror | null
  hearing: Hearing
  /** Its runs that are in the log, and its latest batch there. */
  readonly runs: Set<string>
  latest: { readonly run: string; readonly k: number } | null
  /** Nothing passes between it and the log. */
  isCut: boolean
  /** The connections of its processes, of dead ones too: their appends may still arrive. */
  readonly connections: Faults[]
}

/** A process, and since when it writes. */
type Writer = { readonly process: Process; readonly idleness: Idleness; isAppending: boolean }

export type Deps = {
  readonly seed: string
  readonly clock: VirtualClock
  readonly story: Story
  readonly stored: Stored
  /** The hash of the true state after an input; null: it isn't known any more. */
  readonly digestAt: (seq: number) => string | null
  /** The process can't go on, and has to start anew. */
  readonly lost: (process: Process, error: Error) => void
}

export class Cluster implements Storage {
  full = false
  slow = 0
  fate: Fate = 'sure'
  doubt = 0
  readonly #deps: Deps
  readonly #broker: MemoryBroker
  readonly #log = new Log()
  /** The texts that the log has. */
  readonly #texts = new Set<LogPlace>()
  readonly #sites = new Map<string, Site>()
  /** By the names that they have in the log. */
  readonly #writers = new Map<string, Writer>()
  /** Runs of servers that others are made to take for gone. */
  /** Up to which input a node that has begun anew was wrong. */
  readonly #wrongUpTo = new Map<string, number>()
  readonly #wronged = new Set<string>()
  /** How far the nodes say that the log is purged. */
  #purged: LogPlace = 0
  readonly #comparing: Comparing

  constructor(deps: Deps) {
    this.#deps = deps
    this.#broker = new MemoryBroker(deps.clock)
    this.#comparing = new Comparing({ ...deps, isWrong: this.#wasWrong })
    // The first to listen, so it hears of everything before any node does.
    this.#broker.connect('nobody').heard$.subscribe(message => this.#hear(message))
  }

  get isBusy(): boolean {
    return [...this.#writers.values()].some(({ process, isAppending }) => isAppending && process.isAlive)
  }

  /** For so many milliseconds. */
  loseLeader(ms: number): void {
    this.#broker.hasLeader = false
    this.#deps.clock.alarm(ms, () => {
      this.#broker.hasLeader = true
    })
  }

  /** For so many milliseconds. */
  cutOff(node: string, ms: number): void {
    cut(this.#site(node), true)
    this.#deps.clock.alarm(ms, () => cut(this.#site(node), false))
  }

  /** A node that isn't running loses its disk. */
  wipe(node: string): void {
    // A beat that it sent before may still be on its way.
    if (this.isWrong(node)) this.#wrongUpTo.set(node, this.#log.entries.length)
    Object.assign(this.#site(node), emptyDisk(this.#broker.epoch))
  }

  /** Whether the log is marked as purged beyond the disk of a node. */
  hasPurgedBeyond(node: string): boolean {
    const { disk, places } = this.#site(node)
    const known = places.batches.filter(({ seq }) => seq <= disk.last)
    return endOf(known).place < this.#purged
  }

  /** A node is going to get a grant with this name wrong. */
  misread(node: string, grant: string): void {
    this.#site(node).disk.misreads = grant
  }

  /** Whether a node has got something wrong that is in the log. */
  isWrong = (node: string): boolean => this.#site(node).disk.isWrong

  /** The same, or it was when it had come to this input. */
  #wasWrong = (node: string, seq: number): boolean => this.isWrong(node) || seq <= (this.#wrongUpTo.get(node) ?? 0)

  /** Whether a node is to get something wrong, or has. */
  mayBeWrong = (node: string): boolean => this.#site(node).disk.misreads !== null

  /** Another server is going to say, without a reason, that this run is down. */
  wrong(run: string): void {
    this.#wronged.add(run)
  }

  hear(node: string, hearing: Hearing): void {
    this.#site(node).hearing = hearing
  }

  #site(node: string): Site {
    const known = this.#sites.get(node)
    if (known) return known
    const made: Site = {
      ...emptyDisk(this.#broker.epoch),
      mirror: null,
      hearing: 'good',
      runs: new Set(),
      latest: null,
      isCut: false,
      connections: [],
    }
    this.#sites.set(node, made)
    return made
  }

  async mount(process: Process): Promise<StoragePorts> {
    const { origin: node, id: run } = process
    const { clock, seed, lost } = this.#deps
    const site = this.#site(node)
    const mirror = mountMirror(site.disk, process, random(`${seed} mirror of ${run}`), () =>
      this.#deps.story.count('nodes that begin with a shared state'),
    )
    site.mirror = mirror
    const writer: Writer = { process, idleness: new Idleness(() => clock.elapsed()), isAppending: false }
    this.#writers.set(run, writer)
    const faults = this.#faults(site, random(`${seed} way of ${run} to the log`))
    const connection = this.#broker.connect(node, faults)
    site.connections.push(connection.faults)
    const stream = mortalStream(this.#watched(connection, random(`${seed} states of ${run}`)), process)
    const { journal, peers } = await replicatedJournal({
      ...{ stream, mirror, node, run },
      places: mountPlaces(site.places, process, random(`${seed} places of ${run}`)),
      clock: process.clock(),
      lost: error => lost(process, error),
    })
    const history = mountHistory(site.history, mirror.textOf, process, random(`history of ${run}`))
    const hasAll = (): boolean => mirror.last === this.#log.entries.length
    const judging = new Judging(node)
    peers.beats$.subscribe(beat => judging.hear(beat))
    const appends = (batch: readonly Draft[]): void => {
      const unfounded = judging.unfounded(batch).filter(one => !this.#wronged.has(one))
      const { story } = this.#deps
      story.check('a server that is judged was silent', unfounded.length === 0, () => `${node} judges ${unfounded}`)
    }
    return { journal: watched(storingFirst(journal, history), writer, appends), history, peers, hasAll }
  }

  heal(): void {
    this.full = false
    this.slow = 0
    this.fate = 'sure'
    this.#broker.hasLeader = true
    for (const site of this.#sites.values()) {
      site.hearing = 'good'
      cut(site, false)
    }
  }

  abandon(process: Process): void {
    this.#site(process.origin).mirror = null
  }

  textOf(seq: number): string | null {
    const place = this.#log.places.get(seq)
    return place !== undefined && this.#texts.has(place) ? (this.#log.entries[seq - 1]?.texts.text ?? null) : null
  }

  isErased(seq: number): boolean {
    return this.textOf(seq) === null || [...this.#sites.values()].some(site => hasErased(site, seq))
  }

  /** Whether the nodes that have the deletion of an input have lost its text. `seq`: that of the deletion. */
  keepsDeleted(seq: number, target: number): readonly string[] {
    return [...this.#sites].flatMap(([node, { disk, mirror }]) => {
      const copies = mirror ? [disk, mirror] : [disk]
      const hasHeard = (mirror ?? disk).last >= seq
      return hasHeard && copies.some(({ textOf }) => textOf(target) !== null) ? [node] : []
    })
  }

  #hear(message: StreamMessage): void {
    if (message.kind === 'text') this.#texts.add(message.place)
    if (message.kind === 'beat') this.#comparing.hear(message)
    const batch = this.#log.add(message)
    if (message.kind === 'inputs' && !batch) this.#deps.story.count('batches that land too late')
    if (!batch) return
    this.#checkBatch(batch)
    const writer = this.#writers.get(batch.run)
    if (writer && batch.entries.length > 0) this.#deps.stored(writer.process, batch.entries, writer.idleness.busySince)
  }

  /** The contract of the port: nothing twice, and nothing of a process after the first batch of the next one. */
  #checkBatch({ node, run, k, isEmpty }: Batch): void {
    const { story } = this.#deps
    const site = this.#site(node)
    const isNew = !site.runs.has(run)
    // One without inputs may be there twice: it takes the place of another one, whichever of the two comes first.
    const isNext = site.latest !== null && (isEmpty ? site.latest.k <= k : site.latest.k < k)
    const isInOrder = isNew || (site.latest?.run === run && isNext)
    story.check('a batch is in the log once, and none of an earlier run', isInOrder, () => `${node}: ${run}, ${k}`)
    if (isEmpty) story.count('batches given up')
    site.runs.add(run)
    site.latest = { run, k }
  }

  /** Erasures and purges are noted. States take long to come and go: anything may happen meanwhile. */
  #watched(stream: Stream, chance: Random): Stream {
    const { clock } = this.#deps
    const pause = (): Promise<void> =>
      new Promise(done => (chance.chance(0.5) ? done() : clock.alarm(chance.below(STATES_MS), done)))
    const gone = (isGone: (place: LogPlace) => boolean): void => {
      for (const place of this.#texts) if (isGone(place)) this.#texts.delete(place)
    }
    const { story } = this.#deps
    const { states } = stream
    return {
      ...stream,
      states: {
        list: () => pause().then(() => states.list()),
        get: name => pause().then(() => states.get(name)),
        delete: name => pause().then(() => states.delete(name)),
        put: async (name, content) => {
          await pause()
          await states.put(name, content)
          if (name.startsWith(PURGED)) this.#purged = Math.max(this.#purged, Number(name.slice(PURGED.length)))
          story.count('states shared', Number.isInteger(Number(name)) ? 1 : 0)
        },
      },
      append: async (batch, after) => {
        try {
          const outcome = await stream.append(batch, after)
          story.count(`append: ${outcome.type}`)
          return outcome
        } catch (error) {
          story.count('append: unknown')
          throw error
        }
      },
      erase: async places => {
        await pause()
        await stream.erase(places)
        gone(place => places.includes(place))
      },
      purge: async upTo => {
        await stream.purge(upTo)
        story.count('purges')
        gone(place => place <= upTo)
      },
    }
  }

  #faults(site: Site, chance: Random): Faults {
    const brief = (): number => (chance.chance(0.7) ? 0 : chance.below(4))
    return {
      isCut: site.isCut,
      landing: () => {
        if (this.fate === 'never' && chance.chance(0.7)) return null
        return this.slow + (this.fate === 'late' ? this.doubt : brief())
      },
      answer: () => {
        if (this.fate !== 'quiet') return brief()
        return chance.chance(0.5) ? null : this.doubt
      },
      failing: () => (this.full ? 'the log is full' : null),
      patience: PATIENCE_MS,
      ...ears(chance, () => site.hearing),
    }
  }
}

const emptyDisk = (epoch: string): Pick<Site, 'disk' | 'places' | 'history'> => ({
  disk: new MirrorDisk(epoch),
  places: { batches: [] },
  history: { past: NO_PAST, places: new Map() },
})

function cut(site: Site, isCut: boolean): void {
  site.isCut = isCut
  for (const faults of site.connections) faults.isCut = isCut
}

function hasErased({ disk, mirror }: Site, seq: number): boolean {
  const { last, textOf } = mirror ?? disk
  return seq <= last && textOf(seq) === null
}

function watched(journal: Journal, writer: Writer, appends: (batch: readonly Draft[]) => void): Journal {
  return Object.assign(Object.create(journal) as Journal, {
    async append(batch: Parameters<Journal['append']>[0]) {
      appends(batch)
      writer.idleness.begin()
      writer.isAppending = true
      try {
        await journal.append(batch)
      } finally {
        writer.isAppending = false
        writer.idleness.end()
      }
    },
  })
}
