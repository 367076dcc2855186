/**
 * The composition root: the picture in docs/architecture.md, as code. Ports come in; nothing here knows a socket, a
 * file or the clock on the wall.
 *
 *     connections ─┐
 *     console ─────┼─▶ inputs ─▶ journal ─▶ hub (reducer) ─▶ fan-out ─▶ connections
 *     timers ──────┘                        └─▶ state$, outbound$ ─▶ console
 */
import { catchError, EMPTY, map, merge, mergeMap, type Observable, Subject, takeUntil } from 'rxjs'
import { classicCodec } from '../codec/classic/codec.ts'
import type { Outgoing } from '../codec/codec.ts'
import { lineCodec } from '../codec/line/codec.ts'
import { nativeCodec } from '../codec/native/codec.ts'
import type { TimeOfDay } from '../codec/sentence.ts'
import { websocketCodec } from '../codec/websocket/codec.ts'
import type { Command, Query } from '../model/command.ts'
import { type Body, type Draft, HOST_SESSION } from '../model/input.ts'
import {
  CLIENTS_MAX,
  GRACE_MS,
  HANDSHAKES_PER_ADDRESS,
  MEMBERS_PER_ADDRESS,
  RATE_BURST,
  RATE_PER_SECOND,
  VISITORS_PER_ADDRESS,
} from '../model/limits.ts'
import type { State } from '../model/state.ts'
import type { Clock } from '../port/clock.ts'
import type { Courier } from '../port/courier.ts'
import type { Entropy } from '../port/entropy.ts'
import type { History } from '../port/history.ts'
import type { Journal } from '../port/journal.ts'
import type { Transport } from '../port/transport.ts'
import type { Step } from '../reducer/step.ts'
import { nobody, type Trusts } from '../transport/trust.ts'
import { Admission } from './admission.ts'
import { answerQuery } from './answer-query.ts'
import { type Api, createApi } from './api/api.ts'
import { type Granting, granting } from './api/granting.ts'
import type { Rate } from './bucket.ts'
import { type ConnectionStatus, connectionStatus } from './connection-status.ts'
import { converse } from './converse.ts'
import { Counts } from './counts.ts'
import { deletion } from './deletion.ts'
import { Fanout } from './fanout.ts'
import { openGate, passwordGate } from './gate.ts'
import { Forwarding } from './hooks/forwarding.ts'
import { type Hooking, hooking } from './hooks/hooking.ts'
import type { House } from './house.ts'
import { createHub, type Trouble } from './hub.ts'
import { keeping$ } from './keeper.ts'
import type { Link } from './link.ts'
import { type Note, refusals } from './note.ts'
import { Past } from './past.ts'
import { refuseTroubled } from './refuse-troubled.ts'
import { forgetting$, type Keep } from './retention.ts'
import { retry$ } from './retry.ts'
import { Seats } from './seat.ts'
import { shutdown } from './shutdown.ts'
import { stamper } from './stamp.ts'
import { tick$ } from './tick.ts'
import { type Refused, vet } from './vet.ts'

export type Ports = {
  readonly transport: Transport
  readonly journal: Journal
  readonly history: History
  readonly clock: Clock
  readonly entropy: Entropy
  /** How times are shown to people whose client shows none itself. */
  readonly timeOfDay: TimeOfDay
  /** And the day, where it is not today. */
  readonly day: TimeOfDay
  /** Takes what is said elsewhere; without one there are no hooks. */
  readonly courier?: Courier
}

export type Options = {
  /** Names this server among all that write to its journal; the same at every start. */
  readonly origin?: string
  /** Milliseconds that a lost session keeps its place. */
  readonly grace?: number
  /** What one session may sustain; null: no bound. */
  readonly rate?: Rate | null
  readonly maxClients?: number
  /** Messages that are kept; null: all. */
  readonly keep?: Keep | null
  /** Members from one address; null: no bound. */
  readonly perAddress?: number | null
  /** What whoever enters has to give; null: nothing. */
  readonly password?: string | null
  /** Who comes without TLS is told so. */
  readonly tlsOnly?: boolean
  /** Proxies whose word is taken, about whom they come for. */
  readonly trusts?: Trusts
}

export type Server = {
  /** The room after each commit; begins with the room as it is. */
  readonly state$: Observable<State>
  /** Every step of the room, in order. */
  readonly outbound$: Observable<Step>
  /** What went wrong; none of it has stopped the server, but for an error of this stream itself: it cannot listen. */
  readonly trouble$: Observable<Trouble>
  /** What there is to note of connections and of retention, for a log. */
  readonly noted$: Observable<Note>
  /** What the host asks, at the console. What is certain to be refused is returned; else null, and steps follow. */
  readonly host: (command: Command) => Refused | null
  /** What the host wants to know. Throws on a damaged past. */
  readonly ask: (query: Query) => Outgoing
  /** Calls `run` when all that was asked so far has been carried out. */
  readonly settled: (run: () => void) => void
  /** Every connection as it is now, and every session that has none, in the order in which they came. */
  readonly connections: () => readonly ConnectionStatus[]
  /** Rings, and the bytes that they hold for readers. */
  readonly held: () => { readonly rings: number; readonly bytes: number }
  /** For programs, over HTTP. */
  readonly api: Api
  /** Tokens for them. */
  readonly grants: Granting
  /** Where what is said is sent on to. */
  readonly hooks: Hooking
  /** Says goodbye to everyone, commits what came, and leaves nothing open. */
  readonly close: () => Promise<void>
}

export function createServer(ports: Ports, options: Options = {}): Server {
  const { transport, journal, history, clock, entropy } = ports
  const { grace = GRACE_MS, rate = { perSecond: RATE_PER_SECOND, burst: RATE_BURST } } = options
  const { maxClients = CLIENTS_MAX, perAddress = MEMBERS_PER_ADDRESS, keep = null } = options
  const { password = null, tlsOnly = false, trusts = nobody } = options
  const draft = stamper(clock, options.origin ?? 'local', entropy.id())
  const admission = new Admission({
    clients: maxClients,
    perAddress,
    handshakesPerAddress: HANDSHAKES_PER_ADDRESS,
    visitorsPerAddress: VISITORS_PER_ADDRESS,
  })
  const seats = new Seats(admission)
  const fanout = new Fanout(
    seats,
    { epoch: journal.epoch, grace, rate, now: () => clock.now() },
    new Past(history, error => report(error)),
  )
  const hub = createHub(journal, history, clock, { prepare: step => fanout.prepare(step), flush: () => fanout.flush() })
  const roster = new Set<Link>()
  const trouble = new Subject<Trouble>()
  const noted = new Subject<Note>()
  const closing = new Subject<void>()
  const host = new Subject<Draft>()
  const report = (error: unknown): Observable<never> => {
    trouble.next({ type: 'internal', error })
    return EMPTY
  }
  const unstored = (error: unknown): void => trouble.next({ type: 'storage', drafts: [], error })
  const erase = async (target: number): Promise<void> => {
    try {
      await journal.erase([target])
    } catch (error) {
      unstored(error)
      throw error
    }
    history.touch()
  }
  const house: House = {
    clock,
    entropy,
    seats,
    admission,
    roster,
    manners: { codecs: codecs(ports, password !== null), rate, tlsOnly },
    gate: password === null ? openGate : passwordGate(password),
    trusts,
    grace,
    draft,
    state: () => hub.state$.value,
    history,
    erase,
    settled: hub.settled,
    closing$: closing,
    report,
    note: note => noted.next(note),
  }

  const connections$ = transport.connections$.pipe(
    takeUntil(closing),
    mergeMap(connection => converse(connection, house).pipe(catchError(error => report(error)))),
  )
  const timers$ = tick$(hub.state$, clock).pipe(
    map(() => draft(HOST_SESSION, null, { type: 'tick' }, null)),
    takeUntil(closing),
  )
  const forgot = (until: number): void => noted.next({ type: 'forgot', until })
  const again$ = retry$(hub.trouble$, clock, grace).pipe(takeUntil(closing))
  const kept$ = keeping$(hub.state$, journal, report).pipe(takeUntil(closing))
  const forgotten$ =
    keep === null ? EMPTY : forgetting$(hub.state$, ports, keep, unstored, forgot).pipe(takeUntil(closing))
  const started = draft(HOST_SESSION, null, { type: 'started', until: clock.now() + grace }, null)

  hub.trouble$.subscribe(what => {
    refuseTroubled(what, seats, hub.state$.value, clock.now())
    trouble.next(what)
  })
  hub.outbound$.subscribe(step => {
    for (const note of refusals(step, seats)) noted.next(note)
    for (const { event } of step.events) {
      if (event.type === 'forwarded' && event.paused) noted.next({ type: 'hook-paused', hook: event.hook })
    }
  })
  const counts = new Counts()
  counts.watch(hub.outbound$, noted, hub.commits$)
  const connections = (): readonly ConnectionStatus[] => connectionStatus(roster, hub.state$.value)
  const api = createApi({
    ...{ clock, entropy, history, rate, draft, counts, connections, report },
    epoch: journal.epoch,
    state: () => hub.state$.value,
    held: () => fanout.channels.held,
    submit: one => host.next(one),
    step$: hub.outbound$,
    trouble$: hub.trouble$,
    commit$: hub.commits$,
    closing$: closing,
  })
  const desk = {
    entropy,
    state: () => hub.state$.value,
    submit: (body: Body) => host.next(draft(HOST_SESSION, null, body, null)),
    settled: hub.settled,
  }
  const grants = granting(desk)
  const { courier = noCourier } = ports
  const { state$, outbound$: step$ } = hub
  const heard = { state$, step$, closing$: closing, report, submit: desk.submit, epoch: journal.epoch }
  const forwarding = new Forwarding({ clock, history, courier, ...heard })
  const hooks = hooking({ ...desk, courier, forwarding })

  hub.submit(started)
  const serving = merge(connections$, host, timers$, again$, kept$, forgotten$).subscribe({
    next: hub.submit,
    error: (error: unknown) => trouble.error(error),
  })

  /** What the host's own deletion waits for; what the host asks next waits for it. */
  let erasing: Promise<void> | null = null
  function hostDeletes(command: Extract<Command, { type: 'delete' }>): Refused | null {
    const found = deletion(history, hub.state$.value, HOST_SESSION, command)
    if (!found.ok) return found
    const erased = erase(found.target)
      .then(() => host.next(draft(HOST_SESSION, null, found.body, null)))
      // Told as trouble already.
      .catch(() => {})
      .finally(() => {
        if (erasing === erased) erasing = null
      })
    erasing = erased
    return null
  }

  return {
    state$: hub.state$,
    outbound$: hub.outbound$,
    trouble$: trouble,
    noted$: noted,
    host(command) {
      if (command.type === 'delete') return hostDeletes(command)
      const vetted = vet(command)
      if (!vetted.ok) return vetted
      host.next(draft(HOST_SESSION, null, vetted.body, vetted.text))
      return null
    },
    settled: run => (erasing === null ? hub.settled(run) : void erasing.then(() => hub.settled(run))),
    ask: query =>
      answerQuery(query, { state: hub.state$.value, history, session: HOST_SESSION, n: null, at: clock.now() }),
    connections,
    held: () => fanout.channels.held,
    api,
    grants,
    hooks,
    close: () => shutdown({ serving, closing, host, hub, journal, clock, report }),
  }
}

/** Where nothing can be sent anywhere. */
const noCourier: Courier = {
  secret: () => '',
  send: async () => ({ why: 'this server sends nothing on', final: true }),
  close: () => {},
}

const codecs = ({ timeOfDay, day }: Ports, guarded: boolean): House['manners']['codecs'] => ({
  native: nativeCodec,
  websocket: websocketCodec,
  line: lineCodec(timeOfDay, day, guarded),
  classic: classicCodec(timeOfDay),
})
