/** The server's part for programs that speak HTTP: the same room, the same journal, the same bounds. */
import type { Observable } from 'rxjs'
import type { Draft, SessionId } from '../../model/input.ts'
import { LAG_MAX_MS } from '../../model/limits.ts'
import type { Name } from '../../model/name/name.ts'
import type { Grant } from '../../model/state/grant.ts'
import type { State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { BrokerStatus } from '../../port/brokers.ts'
import type { Clock } from '../../port/clock.ts'
import type { Entropy } from '../../port/entropy.ts'
import type { History } from '../../port/history.ts'
import { bannedIn } from '../../reducer/keeping/rooms/modes.ts'
import { originOf, type Trusts } from '../../transport/trust.ts'
import type { Hub, HubTrouble } from '../commit/hub.ts'
import type { Files } from '../files/files.ts'
import type { Authentication } from '../ingress/authentication/authentication.ts'
import type { AddressRates } from '../ingress/bounds/address-rates.ts'
import { type Bucket, fullBucket, type Rate, take, untilNext } from '../ingress/bounds/token-bucket.ts'
import type { Stamper } from '../ingress/stamp.ts'
import type { Refused } from '../ingress/vetting/vetted.ts'
import type { Counts } from '../observe/counts.ts'
import type { NodeStatus } from '../observe/node-status.ts'
import type { ConnectionStatus } from '../observe/status.ts'
import { type ChangeMessage, changesOf } from './changes.ts'
import { type Cursors, cursorsOf } from './cursors.ts'
import { type HooksIn, hooksIn } from './hooks-in/hook-posts.ts'
import { type Keeping, keepingOf } from './keeping.ts'
import { type ApiLives, livesOf } from './lives.ts'
import { Posting, type PostOutcome } from './posting.ts'
import { type Post, postsOf } from './posts.ts'
import { type Questions, questionsOf } from './questions.ts'
import type { Listener, Stream, StreamCursor } from './stream.ts'
import { farewell, Streams } from './streams.ts'
import { type UnreadAnswer, unreadOf } from './unread.ts'
import type { ListedHook } from './webhook-runner.ts'

export type Api = {
  readonly clock: Clock
  readonly history: History
  readonly state: () => State
  readonly counts: Counts
  /** Whether people without an account may enter. */
  readonly guests: boolean
  /** The number of this process among those that serve the connections; null: it serves all. */
  readonly worker: number | null
  /** Whether the journal can store inputs. */
  readonly healthy: () => boolean
  /** Why this server should get no new clients; null: it may. */
  readonly unready: () => Unready | null
  /** The servers of a replicated chat. Empty: this one is alone, or is one of a machine's. */
  readonly nodes: () => readonly NodeStatus[]
  /** The brokers that keep a replicated journal, as far as it's known. */
  readonly brokers: () => readonly BrokerStatus[]
  /** The webhooks, and how they are doing. */
  readonly hooks: () => readonly ListedHook[]
  /** Inputs of this server whose outcome has not come back: those in an append, and those that wait for the next one. */
  readonly unsettled: Hub['unsettled']
  readonly connections: () => readonly ConnectionStatus[]
  /** The number of rings for members and for streams, the bytes in them, and the number of streams. */
  readonly held: () => { readonly rings: number; readonly bytes: number; readonly streams: number }
  readonly report: (error: unknown) => void
  /** The grant of this token; null: there is none. */
  readonly grantOf: (token: string) => Grant | null
  /** Whether the client's address may make a request of this cost now. */
  readonly admits: (address: string, cost: number) => boolean
  /** The client's address, if the connection's may be a trusted proxy. `forwarded` is the request's X-Forwarded-For. */
  readonly originOf: (address: string, forwarded: string | null) => string
  /** The unread counts of an account, if the password is right. */
  readonly unread: (
    who: { readonly name: string; readonly password: string },
    attempt: { readonly address: string; readonly isWanted: () => boolean },
  ) => Promise<UnreadAnswer | Refused>
  /** Counts one more request of this token. Returns how many milliseconds too early it comes; null: it may go on. */
  readonly pace: (grant: Grant) => number | null
  readonly rate: Rate | null
  /** Resolves when the message is stored and shown, or refused. */
  readonly post: (grant: Grant, message: Post) => Promise<PostOutcome>
  readonly change: ChangeMessage
  /** Posts of other programs to the hooks of tokens. */
  readonly hooksIn: HooksIn
  readonly questions: Questions
  readonly cursors: Cursors
  readonly lives: ApiLives
  /** With a token that keeps order, or sees the log. */
  readonly keeping: Keeping
  readonly files: Files
  /** The uploader: the session of an `Authorization: Session TOKEN`, or the token of a `Bearer TOKEN`; null: nobody. */
  readonly uploaderOf: (authorization: string | undefined) => SessionId | null
  /** Why nobody may use the API from this address, with this token or as this account; null: it may. */
  readonly banned: (address: string, who: Named | null) => Refused | null
  /** Null: there are too many streams. The caller gives the stream back with `leave`. */
  readonly listen: (grant: Grant, room: string, cursor: StreamCursor | null, listener: Listener) => Stream | null
  /** The same of acts of moderation, in a room or (null) on the whole server. */
  readonly listenToActs: (
    grant: Grant,
    room: string | null,
    cursor: StreamCursor | null,
    listener: Listener,
  ) => Stream | null
  readonly leave: (stream: Stream) => void
}

/** `unwell`: the last write failed. `behind`: the server has yet to read entries of the log. */
export type Unready = 'unwell' | 'cut-off' | 'behind'

/** A token or an account, as bans know them. */
type Named = { readonly id: string; readonly name: Name }

type Deps = {
  readonly clock: Clock
  readonly cutOff$: Observable<boolean>
  /** Milliseconds that this server is behind its journal. */
  readonly lag: () => number
  readonly nodes: () => readonly NodeStatus[]
  readonly brokers: () => readonly BrokerStatus[]
  readonly hooks: () => readonly ListedHook[]
  readonly unsettled: Hub['unsettled']
  readonly entropy: Entropy
  readonly authentication: Authentication
  readonly history: History
  readonly epoch: string
  readonly guests: boolean
  readonly worker: number | null
  readonly rate: Rate | null
  readonly rates: AddressRates
  readonly trusts: Trusts
  readonly draft: Stamper
  readonly state: () => State
  readonly counts: Counts
  readonly connections: () => readonly ConnectionStatus[]
  readonly held: () => { readonly rings: number; readonly bytes: number }
  readonly report: (error: unknown) => void
  readonly submit: (draft: Draft) => void
  readonly editTime: number
  readonly shown: (target: number, run: () => void) => void
  /** The parts that moderation needs. */
  readonly files: Files
  readonly keeping: Pick<Parameters<typeof keepingOf>[0], 'texts' | 'tries' | 'registry' | 'erase'>
  readonly delivered$: Observable<readonly Step[]>
  readonly trouble$: Observable<HubTrouble>
  /** Whether something could be stored. */
  readonly stores$: Observable<boolean>
  readonly closing$: Observable<void>
}

export function createApi(deps: Deps): Api {
  const { clock, entropy, history, rate, guests, worker, rates, trusts, state, counts, connections, report } = deps
  const posting = new Posting(deps.delivered$, deps.trouble$, deps.cutOff$)
  const streams = new Streams(clock, history, deps.epoch, report)
  const buckets = new Map<string, Bucket>()
  let healthy = true
  let isCutOff = false
  deps.cutOff$.subscribe(value => {
    isCutOff = value
  })
  deps.delivered$.subscribe(steps => {
    for (const step of steps) {
      streams.hear(step)
      for (const { event } of step.events) if (event.type === 'revoked') forget(event.grant)
    }
    // A ban begins, or an exception from one ends.
    if (steps.some(({ before, after }) => before.sanctions !== after.sanctions)) endBanned()
  })
  deps.closing$.subscribe(() => streams.end('shutdown', null))
  deps.trouble$.subscribe(({ type }) => {
    if (type === 'storage') healthy = false
  })
  deps.stores$.subscribe(value => {
    healthy = value
  })

  function banned(address: string, who: Named | null): Refused | null {
    const subject = { id: who?.id ?? null, keys: who?.name.keys ?? [], nets: [deps.keeping.texts.matching(address)] }
    const fault = bannedIn(state(), null, subject)
    return fault && { ok: false, code: fault.code, detail: fault.detail }
  }

  function endBanned(): void {
    streams.endThose(({ grant, listener }) => {
      const refused = banned(listener.address, state().grants.get(grant) ?? null)
      return refused && farewell('banned', refused.detail)
    })
  }

  function pace({ id }: Grant, cost: number): number | null {
    if (rate === null) return null
    const now = clock.elapsed()
    const bucket = buckets.get(id) ?? fullBucket(rate, now)
    const after = take(bucket, rate, now, cost)
    buckets.set(id, after ?? bucket)
    return after ? null : untilNext(bucket, rate, now)
  }

  const keeping = keepingOf({
    ...deps.keeping,
    clock,
    history,
    trusts,
    draft: deps.draft,
    state,
    submit: deps.submit,
    posting,
  })

  const post = postsOf({ ...deps, posting })
  // The server counts by its edits: that takes no right of the author's to edit.
  const edit = changesOf({ ...deps, posting, editTime: Number.POSITIVE_INFINITY })
  const hooks = hooksIn({ clock, entropy, state, rate, pace, post, edit, report })
  deps.closing$.subscribe(() => hooks.close())

  function forget(grant: string): void {
    buckets.delete(grant)
    hooks.forget(grant)
  }

  return {
    clock,
    history,
    keeping,
    hooksIn: hooks,
    change: changesOf({ ...deps, posting }),
    questions: questionsOf({ ...deps, posting }),
    cursors: cursorsOf({ ...deps, posting }),
    lives: livesOf({ ...deps, posting }),
    files: deps.files,
    state,
    counts,
    connections,
    report,
    rate,
    guests,
    worker,
    nodes: deps.nodes,
    hooks: deps.hooks,
    brokers: deps.brokers,
    unsettled: deps.unsettled,
    healthy: () => healthy,
    unready() {
      if (isCutOff) return 'cut-off'
      if (deps.lag() > LAG_MAX_MS) return 'behind'
      return healthy ? null : 'unwell'
    },
    held() {
      const [members, own] = [deps.held(), streams.held]
      return { rings: members.rings + own.rings, bytes: members.bytes + own.bytes, streams: own.streams }
    },
    uploaderOf(authorization) {
      const [, scheme, token] = /^(session|bearer) +(\S+)$/i.exec(authorization?.trim() ?? '') ?? []
      if (token === undefined) return null
      if (scheme?.toLowerCase() === 'bearer') return this.grantOf(token)?.id ?? null
      const session = state().tokens.get(entropy.digest(token))
      return session !== undefined && state().sessions.has(session) ? session : null
    },
    grantOf(token) {
      const secret = entropy.digest(token)
      return state().grants.find(grant => grant.secret === secret) ?? null
    },
    admits: (address, cost) => trusts(address) || rates.take(address, clock.elapsed(), cost),
    originOf: (address, forwarded) => originOf(address, forwarded, trusts),
    unread: (who, attempt) => unreadOf({ ...deps, matching: deps.keeping.texts.matching }, who, attempt),
    banned,
    pace: grant => pace(grant, 1),
    post: (grant, message) =>
      // One rate token was taken with the request already.
      post(grant, message, cost => (cost > 1 && pace(grant, cost - 1) !== null ? `${rate?.perSecond ?? ''}` : null)),
    listen: (grant, room, cursor, listener) => streams.listen(grant.id, { room }, cursor, state(), listener),
    listenToActs: (grant, room, cursor, listener) =>
      streams.listen(grant.id, { acts: room }, cursor, state(), listener),
    leave: stream => streams.leave(stream),
  }
}
