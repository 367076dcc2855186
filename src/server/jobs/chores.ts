/**
 * The server's own work: it ticks when something is due, retries failed writes, saves snapshots and forgets old texts.
 * Among several servers on one journal, only the warden does this, apart from the retries. Servers of a replicated
 * journal each have their own files, so each saves and forgets; the warden forgets in the log, too.
 */
import { distinctUntilChanged, EMPTY, map, merge, type Observable, switchMap } from 'rxjs'
import { type Body, type Draft, HOST_SESSION } from '../../model/input.ts'
import type { State } from '../../model/state.ts'
import type { Hub } from '../commit/hub.ts'
import { retry$ } from '../commit/retry.ts'
import type { Stamper } from '../ingress/stamp.ts'
import type { Note } from '../observe/notes.ts'
import type { Keep, Ports } from '../options.ts'
import { carrying } from './carrying.ts'
import { forgetting$ } from './retention.ts'
import { keeping$ } from './snapshots.ts'
import { tick$ } from './ticks.ts'

type Deps = {
  readonly ports: Ports
  readonly hub: Hub
  readonly draft: Stamper
  /** Whether this server has the duties that one of several has for all. */
  readonly leads: () => boolean
  /** Milliseconds that a lost session keeps its place. */
  readonly grace: number
  /** Messages that are kept; null: all. */
  readonly keep: Keep | null
  /** The networks of sanctions, which are still needed when older entries are forgotten. */
  readonly texts: Parameters<typeof carrying>[0]['texts'] & { readonly forget: (until: number) => void }
  /** Submits an input in the host's name. */
  readonly submit: (body: Body, text?: string) => void
  readonly report: (error: unknown) => void
  /** Gets the error of a write that failed. */
  readonly unstored: (error: unknown) => void
  readonly note: (note: Note) => void
}

/** The inputs that follow. Never errors. */
export function chores$({
  ports,
  hub,
  draft,
  leads,
  grace,
  keep,
  texts,
  submit,
  report,
  unstored,
  note,
}: Deps): Observable<Draft> {
  const { clock, journal } = ports
  const carry = carrying({ state: () => hub.state$.value, texts, submit, settled: hub.settled })
  const forgot = (until: number): void => {
    texts.forget(until)
    if (leads() && hasUpTo(hub.state$.value, until)) submit({ type: 'files-forgotten', until })
    note({ type: 'forgot', until })
  }
  const leads$ = hub.state$.pipe(map(leads), distinctUntilChanged())
  const ticks$ = tick$(hub.state$, clock).pipe(map(() => draft(HOST_SESSION, null, { type: 'tick' }, null)))
  const files$ = merge(
    keeping$(hub.state$, journal, report),
    keep === null ? EMPTY : forgetting$(hub.state$, ports, keep, leads, carry, unstored, forgot),
  )
  const hasOwnFiles = ports.peers !== undefined
  return merge(
    retry$(hub.trouble$, clock, grace, draft, hasOwnFiles),
    leads$.pipe(switchMap(isWarden => (isWarden ? ticks$ : EMPTY))),
    hasOwnFiles ? files$ : leads$.pipe(switchMap(isWarden => (isWarden ? files$ : EMPTY))),
  )
}

/** Files of messages, or pinned ones, or those that ask or grow. */
const hasUpTo = ({ files, rooms, questions, ended, lives }: State, until: number): boolean =>
  lives.some(({ seq }) => seq <= until) ||
  questions.some(({ seq }) => seq <= until) ||
  ended.some(({ seq, choices }) => seq <= until && choices.length > 0) ||
  files.some(({ message }) => typeof message === 'number' && message <= until) ||
  rooms.some(({ pins }) => pins?.some(({ seq }) => seq <= until) ?? false)
