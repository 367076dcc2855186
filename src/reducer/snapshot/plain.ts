/** The shape of a snapshot, in every version, and its entries as they are in a state and as they are written. */
import { Set as ISet, List, OrderedMap } from 'immutable'
import type { Result } from '../../model/event.ts'
import type { MemberId, SessionId } from '../../model/input.ts'
import type { Modes } from '../../model/keeping/modes.ts'
import type { RoomRole } from '../../model/keeping/roles.ts'
import type { Answer } from '../../model/question.ts'
import type { Account, Credential, Invite } from '../../model/state/account.ts'
import type { Consumer, Cursor } from '../../model/state/cursor.ts'
import type { Edit } from '../../model/state/edits.ts'
import type { StoredFile } from '../../model/state/files.ts'
import type { Grant, Posted } from '../../model/state/grant.ts'
import type { Hook } from '../../model/state/hook.ts'
import type { HookEvent } from '../../model/state/hook-event.ts'
import type { Filter, Held, LoggedAct, Purge, Rules, Sanction } from '../../model/state/keeping.ts'
import type { Live } from '../../model/state/lives.ts'
import type { Node } from '../../model/state/node.ts'
import type { PushSubscription } from '../../model/state/push.ts'
import type { EndedQuestion, Question } from '../../model/state/question.ts'
import type { Reads } from '../../model/state/reads.ts'
import { Results } from '../../model/state/results.ts'
import type { KeptTopic, Lapsed, Member, Session } from '../../model/state.ts'
import type { MemberView, RoomView } from '../../model/view.ts'

/** Raised whenever the shape below changes, or the meaning of a field. */
export const VERSION = 9
/**
 * States under the rules before format 7 are written as they were then: servers with an older program take part until
 * the rules change, and compare the hashes of these texts.
 */
export const VERSION_BEFORE_7 = 6
export const VERSION_BEFORE_8 = 7
export const VERSION_BEFORE_9 = 8
/**
 * Versions before lapsed sessions, tokens of the API, the format of the rules, accounts, several servers, moderation,
 * messages that live, and questions. Each keeps its meaning.
 */
export const EARLIER: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8]

export type PlainState = {
  readonly version: number
  /** Absent before version 4, which implies 1. */
  readonly format?: number
  readonly seq: number
  readonly at: number
  /** Absent before version 6. */
  readonly offset?: number | null
  readonly rooms: readonly (Omit<RoomView, 'members' | 'roles' | 'modes'> & {
    readonly members: readonly PlainMember[]
    /** These are absent before version 7. */
    readonly roles?: readonly (readonly [MemberId, RoomRole])[]
    readonly modes?: Modes
  })[]
  /** Oldest first. Absent before version 4. */
  readonly topics?: readonly (readonly [string, KeptTopic])[]
  readonly members: readonly (Omit<Member, 'rooms' | 'sessions'> & {
    readonly rooms: readonly string[]
    readonly sessions: readonly string[]
  })[]
  readonly sessions: readonly PlainSession[]
  readonly due: readonly (readonly [string, number])[]
  /** Oldest first. Absent in version 1. */
  readonly lapsed?: readonly (Omit<Lapsed, 'session'> & { readonly session: PlainSession })[]
  /** Absent before version 3. `posted` is oldest first. */
  readonly grants?: readonly (Omit<Grant, 'posted'> & { readonly posted: readonly [string, Posted][] })[]
  readonly hooks?: readonly Hook[]
  /** Oldest first. Absent before version 9. */
  readonly hookEvents?: readonly HookEvent[]
  /** These are absent before version 5. */
  readonly accounts?: readonly PlainAccount[]
  readonly reads?: readonly PlainReads[]
  /** Oldest first. Absent before version 8. */
  readonly pushes?: readonly PushSubscription[]
  readonly invites?: readonly Invite[]
  readonly founders?: readonly (readonly [string, MemberId])[]
  readonly fresh?: readonly [MemberId, number][]
  readonly absent?: readonly [MemberId, number][]
  readonly erasing?: readonly [MemberId, string][]
  /** Absent before version 6. */
  readonly nodes?: readonly (readonly [string, Node])[]
  /** These are absent before version 7. */
  readonly administrators?: readonly MemberId[]
  readonly rules?: readonly PlainRules[]
  readonly sanctions?: readonly Sanction[]
  readonly held?: readonly Held[]
  readonly ends?: readonly (readonly [string, number])[]
  readonly purges?: readonly Purge[]
  readonly obsolete?: readonly number[]
  readonly ignored?: readonly (readonly [MemberId, readonly (readonly [MemberId, string])[]])[]
  /** These are absent before version 8. */
  readonly edits?: readonly Edit[]
  readonly files?: readonly StoredFile[]
  readonly doomed?: readonly (readonly [string, readonly string[]])[]
  /** These are absent before version 9. Oldest first. */
  readonly questions?: readonly PlainQuestion<Question>[]
  readonly ended?: readonly PlainQuestion<EndedQuestion>[]
  /** Absent before version 9. */
  readonly cursors?: readonly Cursor[]
  /** The oldest first. Absent before version 9. */
  readonly lives?: readonly (Omit<Live, 'pieces'> & { readonly pieces: readonly number[] })[]
  /**
   * Tokens that don't lead to the session that has them, because two sessions share one. Under format 1 this can
   * happen, and the state has to say which session such a token resumes. Null: none.
   */
  readonly shared?: readonly (readonly [string, SessionId | null])[]
}
/** `credentials` are oldest first. */
export type PlainAccount = Omit<Account, 'credentials' | 'rooms'> & {
  readonly credentials: readonly Credential[]
  readonly rooms: readonly string[]
}
/** Answers are in the order in which they came first. */
export type PlainQuestion<Q extends Question> = Omit<Q, 'answers'> & { readonly answers: readonly Answer[] }
/** The place that moved last comes last. */
type PlainReads = {
  readonly member: MemberId
  readonly floor: number
  readonly places: readonly [string, number][]
}
/** `filters`, `spoke` and `log` are oldest first. */
export type PlainRules = Omit<Rules, 'filters' | 'spoke' | 'invited' | 'log'> & {
  readonly place: string
  readonly filters: readonly Filter[]
  readonly spoke: readonly (readonly [MemberId, number])[]
  readonly invited: readonly MemberId[]
  readonly log: readonly LoggedAct[]
}
/** Before version 4 there was no id. */
export type PlainMember = Omit<MemberView, 'id'> & Partial<Pick<MemberView, 'id'>>
type PlainSession = Omit<Session, 'results'> & { readonly results: readonly Result[] }

/** Its fields in one order, however the account came about. */
export const plainAccount = ({
  id,
  name,
  since,
  used,
  credentials,
  rooms,
  left,
  held,
  picture,
}: Account): PlainAccount => ({
  ...{ id, name, since, used, held },
  ...(left === undefined ? {} : { left }),
  credentials: [...credentials.values()],
  rooms: rooms.toArray().sort(),
  ...(picture === undefined ? {} : { picture }),
})

export const wholeAccount = ({ credentials, rooms, ...account }: PlainAccount): Account => ({
  ...account,
  credentials: OrderedMap(credentials.map(one => [one.id, one])),
  rooms: ISet(rooms),
})

export const plainRules = ([place, { modes, key, filters, spoke, invited, log }]: readonly [
  string,
  Rules,
]): PlainRules => ({
  ...{ place, modes: sorted(modes), key },
  filters: [...filters.values()],
  spoke: [...spoke],
  invited: invited.toArray().sort(),
  log: log.toArray(),
})

export const wholeRules = ({ filters, spoke, invited, log, ...rules }: Omit<PlainRules, 'place'>): Rules => ({
  ...rules,
  filters: OrderedMap(filters.map(one => [one.id, one])),
  spoke: OrderedMap<MemberId, number>(spoke.map(([id, at]) => [id, at])),
  invited: ISet(invited),
  log: List(log),
})

/** In one order, however they were set. */
export const sorted = (modes: Modes): Modes =>
  Object.fromEntries(Object.entries(modes).sort(([a], [b]) => (a < b ? -1 : 1)))

export const plainReads = ([member, { floor, places }]: readonly [MemberId, Reads]): PlainReads => ({
  member,
  floor,
  places: [...places],
})

/** Its fields in one order, however it came about. */
export const plainQuestion = <Q extends Question>({ answers, ...rest }: Q): PlainQuestion<Q> => ({
  ...rest,
  answers: [...answers.values()],
})

export const wholeQuestion = <Q extends Question>({ answers, ...rest }: PlainQuestion<Q>): Q =>
  ({ ...rest, answers: OrderedMap(answers.map(one => [one.id, one])) }) as unknown as Q
/** Its fields in one order, however the cursor came about. */
export const plainCursor = ({ id, name, owner, by, room, seq, turn, used, holder, waiting }: Cursor): Cursor => ({
  ...{ id, name, owner, by, room, seq, turn, used },
  ...{ holder: holder && plainConsumer(holder), waiting: waiting.map(plainConsumer) },
})

const plainConsumer = ({ session, as, until }: Consumer): Consumer => ({
  session,
  ...(as === undefined ? {} : { as }),
  until,
})

export const flat = (session: Session): PlainSession => ({ ...session, results: session.results.list() })
export const whole = (session: PlainSession): Session => ({ ...session, results: Results.of(session.results) })

type TokenHolder = Pick<Session, 'id' | 'token'>

export const tokensOf = (known: Iterable<TokenHolder>): ReadonlyMap<string, SessionId> =>
  new Map([...known].flatMap(({ id, token }) => (token === null ? [] : [[token, id] as const])))
