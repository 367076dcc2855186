/**
 * The server as one of several on a replicated log: the time that they share, whether this one is cut off, which others
 * are gone, and its end. A server that is alone takes part in nothing.
 */
import { distinctUntilKeyChanged, EMPTY, filter, map, merge, type Observable, Subject } from 'rxjs'
import type { SessionId } from '../model/input.ts'
import type { State } from '../model/state.ts'
import type { Clock } from '../port/clock.ts'
import type { Journal } from '../port/journal.ts'
import type { Hub } from './commit/hub.ts'
import type { ServerContext } from './connection/context.ts'
import { drain } from './jobs/drain.ts'
import { followStalls } from './jobs/stalls.ts'
import { CutOff } from './nodes/cut-off.ts'
import { elsewhere } from './nodes/elsewhere.ts'
import { Nodes } from './nodes/nodes.ts'
import { promptly } from './nodes/promptly.ts'
import { clockKnown, sharedClock } from './nodes/shared-clock.ts'
import { nodeNotes } from './observe/node-notes.ts'
import type { NodeStatus } from './observe/node-status.ts'
import type { Note } from './observe/notes.ts'
import type { optionsOf, Ports } from './options.ts'

export type Cluster = {
  /** The time that the servers share. */
  readonly clock: Clock
  readonly journal: Journal
  /** Whether other servers may write to the journal. */
  readonly isShared: boolean
  readonly isCutOff: () => boolean
  readonly cutOff$: Observable<boolean>
  /** Milliseconds that this server is behind the log. */
  readonly lag: () => number
  /** The distance of the shared time that the servers have agreed on; null: nobody shares it. */
  readonly agreed: (state: State) => number | null
  /** Addresses of the other servers, for the client of a session. */
  readonly elsewhere: (state: State, session: SessionId) => readonly string[]
  /** Which sessions without a connection this server lists, by the server that they were at last. */
  readonly lists: (state: State, leads: boolean) => (origin: string) => boolean
  /**
   * Makes `inTurn` from `settled`. It calls back when all submitted inputs are folded; answers don't wait in a cut-off.
   */
  readonly inTurn: (settled: ServerContext['settled']) => ServerContext['inTurn']
  readonly takePart: (deps: Deps) => Part
  /** From now on clients hear nothing of a cut-off. */
  readonly close: () => void
}

/** This server while it runs. */
type Part = {
  readonly status: () => readonly NodeStatus[]
  /** Whether entries of the log can be stored. */
  readonly stores$: Observable<boolean>
  readonly start: () => void
  /** Sends clients elsewhere, and waits for those that can't go, until `hurry$`. */
  readonly drain: (hurry$: Observable<void>) => Promise<void>
}

type Deps = {
  readonly hub: Hub
  /** Names this start of the server. */
  readonly run: () => string
  /** Run `run` of another server is gone. */
  readonly down: (node: string, run: string) => void
  /** This server can't go on. */
  readonly lose: (error: Error) => void
  readonly unstored: (error: unknown) => void
  readonly note: (note: Note) => void
  readonly noted$: Observable<Note>
  readonly roster: ServerContext['roster']
  readonly closing$: Observable<void>
}

type Options = ReturnType<typeof optionsOf>

/** Resolves when the shared time is known. Rejects with a DataError if this machine's clock is far from it. */
export async function joinCluster(ports: Ports, options: Options): Promise<Cluster> {
  const { peers, clock, journal, disks = () => ({}) } = ports
  const { origin, run, address, version, reads } = options
  const cutOff = new CutOff(clock)
  if (peers) {
    await clockKnown(clock, peers, { node: origin, run: run ?? '', address, version, reads, seq: 0, digest: null })
  }
  const shared = peers ? sharedClock(clock, peers) : clock
  const addresses: Cluster['elsewhere'] = (state, session) => (peers ? elsewhere(state, origin, session) : [])

  function takePart({ hub, unstored, note, noted$, roster, closing$, ...deps }: Deps): Part {
    const state = (): State => hub.state$.value
    /** Whether the latest entry of the log could be stored. */
    const mirrored = new Subject<boolean>()
    const stores = (why: unknown): void => {
      mirrored.next(why === null)
      if (why !== null) unstored(why)
    }
    let isLeaving = false
    const isDraining = (): boolean => isLeaving
    const about = { ...options, ...deps, clock, cutOff, state, isDraining, disks, note, stores }
    const nodes = peers ? new Nodes({ ...about, peers }) : null
    const status = (): readonly NodeStatus[] => nodes?.status() ?? []
    const connections = () => roster.values()
    const hasElsewhere = (): boolean => addresses(state(), '').length > 0
    const moving = { clock: shared, connections, hasElsewhere }
    if (peers) {
      followStalls({ ...moving, cutOff$: cutOff.changes$, note, closing$ })
      hub.delivered$.subscribe(nodeNotes(origin, note))
    }
    return {
      status,
      stores$: merge(hub.commits$.pipe(map(() => true)), mirrored),
      start: () => nodes?.start(hub, closing$),
      async drain(hurry$) {
        isLeaving = true
        const left$ = noted$.pipe(filter(({ type }) => type === 'disconnected'))
        // The beat of another one may say that it's about to stop, too.
        const changes$ = merge(left$, hub.state$.pipe(distinctUntilKeyChanged('nodes')), peers?.beats$ ?? EMPTY)
        const until = { changes$, silent$: cutOff.silent$, ms: options.drain, hurry$ }
        if (peers)
          await drain({ ...moving, ...until, hasElsewhere: () => hasElsewhere() && othersStay(status()), note })
      },
    }
  }

  return {
    clock: shared,
    journal: peers ? cutOff.watching(journal) : journal,
    isShared: options.shared || peers !== undefined,
    isCutOff: () => cutOff.isCutOff,
    cutOff$: cutOff.changes$,
    lag: () => peers?.lag() ?? 0,
    agreed: ({ offset }) => (peers ? offset : null),
    elsewhere: addresses,
    lists: (state, leads) => server => !peers || server === origin || (leads && !state.nodes.has(server)),
    inTurn: settled => (peers ? promptly(settled, cutOff) : settled),
    takePart,
    close: () => cutOff.close(),
  }
}

/** Whether one of the others that clients can reach isn't about to stop. */
const othersStay = (nodes: readonly NodeStatus[]): boolean =>
  nodes.some(({ isOwn, address, state }) => !isOwn && address !== null && state !== 'draining')
