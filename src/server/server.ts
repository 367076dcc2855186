/**
 * The composition root: the picture in docs/architecture.md, as code. Ports come in; nothing here knows a socket, a
 * file or the wall clock.
 *
 *     connections ─┐
 *     console ─────┼─▶ inputs ─▶ journal ─▶ hub (reducer) ─▶ fan-out ─▶ connections
 *     timers ──────┘                        └─▶ state$, outbound$ ─▶ console
 */
import {
  catchError,
  concat,
  EMPTY,
  from,
  ignoreElements,
  merge,
  mergeMap,
  type Observable,
  Subject,
  takeUntil,
} from 'rxjs'
import { memoryBlobs } from '../journal/blobs/memory.ts'
import { type Body, type Draft, HOST_SESSION, type SessionId } from '../model/input.ts'
import { KEPT_STEPS_BYTES } from '../model/limits.ts'
import type { State } from '../model/state.ts'
import type { Step } from '../model/step.ts'
import type { Signals } from '../port/signals.ts'
import { nameOf } from '../reducer/rules/lookup.ts'
import { joinCluster } from './cluster.ts'
import { type HubTrouble, openHub } from './commit/hub.ts'
import { refuseTroubled } from './commit/refuse-troubled.ts'
import { inputsOf } from './connection/actor.ts'
import { codecs } from './connection/codecs.ts'
import type { ServerContext } from './connection/context.ts'
import { KeptSteps } from './delivery/backlog/kept-steps.ts'
import { PastFrames } from './delivery/backlog/past.ts'
import { ReadPositions } from './delivery/backlog/reads.ts'
import { Fanout } from './delivery/fanout.ts'
import { LiveTails } from './delivery/live-tails.ts'
import { SessionRegistry } from './delivery/sessions.ts'
import { Typing } from './delivery/typing.ts'
import { messageEraser } from './files/erasing.ts'
import { createFiles } from './files/files.ts'
import { createHosting, type Hosting } from './hosting.ts'
import { createAuthentication } from './ingress/authentication/create.ts'
import { Admission } from './ingress/bounds/admission.ts'
import { FilterSet } from './ingress/filters/filter-set.ts'
import { filtering } from './ingress/filters/filtering.ts'
import { inviteGate } from './ingress/invites.ts'
import { stamper } from './ingress/stamp.ts'
import { eraser } from './ingress/targets/deletion.ts'
import { lifting } from './ingress/targets/lifting.ts'
import { naming } from './ingress/targets/naming.ts'
import { chores$ } from './jobs/chores.ts'
import { eraseDoomed } from './jobs/doomed.ts'
import { showEdits, whenShown } from './jobs/edits.ts'
import { eraseLeftovers } from './jobs/leftovers.ts'
import { eraseOrphans } from './jobs/orphans.ts'
import { shutdown } from './jobs/shutdown.ts'
import { eraseSpent } from './jobs/spent.ts'
import { JournalTexts } from './keeping/journal-texts.ts'
import { LiveMatching } from './keeping/live-matching.ts'
import { OwnNode } from './nodes/own-node.ts'
import { Counts } from './observe/counts.ts'
import type { NodeStatus } from './observe/node-status.ts'
import { type Note, notesOf } from './observe/notes.ts'
import { type ConnectionStatus, connectionStatus } from './observe/status.ts'
import { boundsOf, foundersOf, gateOf, type Options, optionsOf, type Ports, ratesOf } from './options.ts'
import { Posting } from './programs/posting.ts'
import { createPrograms, type Programs } from './programs.ts'
import { sendPushes } from './pushes/pushes.ts'
import { journalRehearser } from './rehearsing/rehearser.ts'
import { trials } from './rehearsing/trials.ts'

export type { Options, Ports }

const NO_SIGNALS: Signals = { signals$: EMPTY, signal: () => {} }

/** A running server: the host console, the part for programs, and streams to watch it. */
export type Server = Hosting &
  Programs & {
    /** The room after each commit; begins with the room as it is. */
    readonly state$: Observable<State>
    /** Every step of the room, in order. */
    readonly outbound$: Observable<Step>
    /** The same steps, as many at once as were delivered at once. */
    readonly delivered$: Observable<readonly Step[]>
    /**
     * Errors. None of them stops the server, except an error of this stream itself: the server cannot listen, or it
     * can't follow the journal any more.
     */
    readonly trouble$: Observable<HubTrouble>
    /** Notes about connections and retention, for a log. */
    readonly noted$: Observable<Note>
    /**
     * Every connection as it is now, in the order in which they came, then the sessions without one. With several
     * servers on a replicated log, each lists the sessions that it had last, and the warden those whose server is gone.
     */
    readonly connections: () => readonly ConnectionStatus[]
    /** The number of rings, and the bytes in them. */
    readonly held: () => { readonly rings: number; readonly bytes: number }
    /** Changes the password for clients that enter from now on, if the server has one. */
    readonly renewPassword: (password: string) => void
    /** The servers of a replicated journal, this one among them. Empty without one. */
    readonly nodes: () => readonly NodeStatus[]
    /** Whether this server is cut off from a replicated journal; begins with how it is now. */
    readonly cutOff$: Observable<boolean>
    /** Run `run` of another server of this journal is gone: its sessions have no connection any more. */
    readonly down: (node: string, run: string) => void
    /**
     * Takes no new connections, sends the clients that can resume to another server, if there is one, and waits for the
     * others as long as `drain` says.
     */
    readonly drain: () => Promise<void>
    /**
     * Drains first; a call while that is under way ends the wait. Says goodbye to everyone, commits the received
     * inputs, and leaves nothing open.
     */
    readonly close: () => Promise<void>
  }

/**
 * Resolves when the room is recovered and the server takes connections. Rejects if the journal can't be read, or goes
 * beyond the rules that this program reads.
 */
export async function createServer(given: Ports, wished: Options = {}): Promise<Server> {
  const options = optionsOf(wished)
  const { origin, grace, rate, gathering, keep, tlsOnly, trusts } = options
  const cluster = await joinCluster(given, options)
  const { clock, journal, isShared } = cluster
  const ports: Ports = { ...given, clock, journal }
  const { transport, history, entropy, blobs = memoryBlobs() } = ports

  const trouble = new Subject<HubTrouble>()
  const noted = new Subject<Note>()
  const closing = new Subject<void>()
  /** Inputs that come from no connection: of the host, and of programs. */
  const asked = new Subject<Draft>()
  const report = (error: unknown): Observable<never> => {
    trouble.next({ type: 'internal', error })
    return EMPTY
  }
  const unstored = (error: unknown): void => trouble.next({ type: 'storage', drafts: [], error })
  const note = (one: Note): void => noted.next(one)
  const node = new OwnNode({ ...options, shared: isShared, clock, entropy })
  const jumped = (ms: number): void => note({ type: 'clock-jumped', ms })
  const agreed = (): number | null => cluster.agreed(state())
  const stamp = stamper(clock, origin, () => node.run, jumped, agreed)
  const texts = new JournalTexts()

  // From the journal through the reducer to the readers.
  const admission = new Admission(boundsOf(options))
  const rates = ratesOf(options)
  const gate = gateOf(options)
  const registry = new SessionRegistry(admission)
  const info = {
    epoch: journal.epoch,
    origin,
    grace,
    rate,
    gathering,
    now: () => clock.now(),
    turn: clock.turn,
    alarm: clock.alarm,
    elsewhere: cluster.elsewhere,
  }
  const kept = new KeptSteps(isShared ? KEPT_STEPS_BYTES : 0)
  const fanout = new Fanout(registry, info, new PastFrames(history, report), new ReadPositions(history, report), kept)
  const hub = await openHub(journal, history, clock, fanout, { reads: options.reads, texts })
  const { state$, outbound$, delivered$, settled } = hub
  const state = (): State => state$.value
  // Connections wait for it: their addresses have to be matched.
  const loaded = texts.load(journal, state)
  const loaded$ = from(loaded).pipe(ignoreElements())
  const leads = (): boolean => node.leads(state())
  let isServing = false
  const filters = new FilterSet(clock.turn, state())
  const draft = lifting(naming(filtering(stamp, state, filters), state, history, report), state, texts.networkOf)
  const over = new AbortController()
  const tries = trials(given.rehearser ?? journalRehearser(journal), clock, over.signal)
  const submit = (body: Body, text: string | null = null): void => asked.next(draft(HOST_SESSION, null, body, text))

  // Readers of steps, notes and trouble: answers, the log and counts.
  const counts = new Counts()
  hub.trouble$.subscribe(what => {
    refuseTroubled(what, registry, state(), clock.now())
    trouble.next(what)
  })
  hub.lost$.subscribe(error => trouble.error(error))
  const submitFor = (session: SessionId, body: Body): void => asked.next(draft(session, null, body, null))
  const matching = new LiveMatching({ registry, texts, state, clock, submit: submitFor, settled })
  delivered$.subscribe({ next: steps => matching.hear(steps), complete: () => matching.close() })
  delivered$.subscribe(steps => notesOf(steps, registry, origin).forEach(note))
  delivered$.subscribe(steps => filters.hear(steps, state()))
  const tails = new LiveTails({ state, history, registry, clock, report })
  delivered$.subscribe({ next: steps => tails.hear(steps), complete: () => tails.close() })
  counts.watch(delivered$, noted, hub.commits$)

  // The sources of inputs: connections, the host, programs, and the server itself.
  const erase = eraser(journal, history, unstored)
  const eraseMessages = messageEraser({ blobs, state, erase, unstored })
  const uploads = new Posting(delivered$, hub.trouble$, cluster.cutOff$)
  const files = createFiles({
    ...{ blobs, clock, entropy, state, draft, unstored, bounds: options.files },
    carryOut: one => uploads.carryOut(one, asked.next.bind(asked)),
  })
  const roster: ServerContext['roster'] = new Map()
  const context: ServerContext = {
    ...{ clock, entropy, history, registry, admission, rates, roster, trusts, grace, gate },
    pushes: ports.pushes ?? null,
    ...{
      draft,
      state,
      texts,
      tries,
      erase: eraseMessages,
      settled,
      submitFor,
      report,
      note,
      nameOf: session => nameOf(state(), session),
    },
    founders: foundersOf(options),
    elsewhere: session => cluster.elsewhere(state(), session),
    editTime: options.editTime,
    typing: new Typing({ state, registry, clock, signals: ports.peers ?? ports.signals ?? NO_SIGNALS }),
    shown: (target, run) => whenShown(state$.pipe(takeUntil(closing)), target, run),
    isCutOff: cluster.isCutOff,
    inTurn: cluster.inTurn(settled),
    invites: inviteGate({ entropy, state }),
    ...createAuthentication({ ports, options, state, submit, report, closing$: closing }),
    policy: { codecs: codecs(ports, options.password !== null, report), rate, tlsOnly },
  }
  const connections = (): readonly ConnectionStatus[] =>
    connectionStatus(roster.keys(), state(), cluster.lists(state(), leads()))
  const held = (): Fanout['channels']['held'] => fanout.channels.held
  const down = (other: string, run: string): void => node.down(hub, draft, other, run)
  const lose = (error: Error): void => trouble.error(error)
  const part = cluster.takePart({
    ...{ hub, run: () => node.run, down, lose, unstored, note, noted$: noted, roster, closing$: closing },
  })
  const hosting = createHosting({
    ports,
    hub,
    origin,
    texts,
    tries: request => tries(request, over.signal),
    registry,
    trusts,
    submit,
    erase: eraseMessages,
    leads,
    report,
    closing$: closing,
  })
  const programs = createPrograms({
    ...{ ports, hub, draft, rate, rates, trusts, counts, connections, held, asked, submit, report },
    ...{ cutOff$: cluster.cutOff$, lag: cluster.lag, nodes: part.status, stores$: part.stores$ },
    ...{ authentication: context.authentication, guests: context.guests, worker: options.worker },
    // Before that, nobody would hear how far a webhook has come.
    leads: () => isServing && leads(),
    keeping: { texts, tries, registry, erase: eraseMessages },
    files,
    ...{ editTime: options.editTime, shown: context.shown },
    closing$: closing,
  })
  const leftovers = eraseLeftovers({ hub, history, journal, clock, origin, erase, submit, closing$: closing })
  showEdits({ hub, history, clock, origin, leads, erase, submit, closing$: closing })
  eraseDoomed({ hub, blobs, clock, submit, leads, unstored, closing$: closing })
  // A worker's parent sends them.
  if (ports.pushes && options.worker === null) {
    const { pushes: sender } = ports
    sendPushes({ ...{ clock, history, sender, texts, state, delivered$, leads, submit }, closing$: closing, report })
  }
  eraseSpent({ hub, clock, erase, submit, leads, closing$: closing })
  const inputsFrom = inputsOf(context)
  const ready$ = node.ready$(hub)
  const draining = new Subject<void>()
  const hurried = new Subject<void>()
  let [drained, ended]: (Promise<void> | null)[] = [null, null]
  const connections$ = concat(ready$, loaded$, transport.connections$.pipe(takeUntil(draining))).pipe(
    takeUntil(closing),
    mergeMap(connection => inputsFrom(connection).pipe(catchError(report))),
  )
  closing.subscribe(() => {
    over.abort()
    fanout.channels.close()
    for (const connection of roster.values()) connection.farewell()
  })
  const timers$ = chores$({ ports, hub, draft, leads, grace, keep, texts, submit, report, unstored, note }).pipe(
    takeUntil(closing),
  )

  if (options.worker === null) {
    await eraseOrphans({ blobs, clock, state, leads, unstored, shared: isShared, closing$: closing })
  }
  node.start(hub, draft, closing)
  part.start()
  const serving = merge(connections$, asked, timers$).subscribe({
    next: one => node.submit(hub, draft, one),
    error: (error: unknown) => trouble.error(error),
  })
  isServing = true
  leftovers.resume()
  // The rules may change beyond those that this program reads before its start is stored.
  await new Promise<void>((resolve, reject) => {
    trouble.subscribe({ error: reject })
    ready$.subscribe({ complete: resolve })
  })
  // By then the trouble has subscribers.
  for (const error of await loaded) clock.turn(() => unstored(error))

  return {
    ...{ state$, outbound$, delivered$, trouble$: trouble, noted$: noted, connections, held },
    ...hosting,
    ...programs,
    renewPassword: gate.renew,
    down,
    nodes: part.status,
    cutOff$: cluster.cutOff$,
    drain,
    close() {
      hurried.next()
      ended ??= end()
      return ended
    },
  }

  function drain(): Promise<void> {
    draining.next()
    drained ??= part.drain(hurried)
    return drained
  }

  async function end(): Promise<void> {
    await drain()
    cluster.close()
    const stop = (): void => node.stop(hub, draft)
    const keeps = (): boolean => given.peers !== undefined || leads()
    await shutdown({ serving, closing, host: asked, hub, journal, clock, stop, keeps, report })
  }
}
