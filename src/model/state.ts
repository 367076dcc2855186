/** The whole state of the reducer. Persistent: each step shares its unchanged parts with the state before. */
import { Map as IMap, Set as ISet, List, OrderedMap } from 'immutable'
import type { Protocol } from './command.ts'
import type { MemberId, SessionId } from './input.ts'
import type { Name } from './name/name.ts'
import { LOBBY } from './name/standing.ts'
import type { Account, CredentialId, Invite } from './state/account.ts'
import type { Cursor } from './state/cursor.ts'
import type { Edit } from './state/edits.ts'
import type { StoredFile } from './state/files.ts'
import type { Grant } from './state/grant.ts'
import type { Hook } from './state/hook.ts'
import type { HookEvent } from './state/hook-event.ts'
import type { Held, Purge, Rules, Sanction } from './state/keeping.ts'
import type { Live } from './state/lives.ts'
import type { Node } from './state/node.ts'
import type { PushSubscription } from './state/push.ts'
import type { EndedQuestion, Question } from './state/question.ts'
import type { Reads } from './state/reads.ts'
import type { Results } from './state/results.ts'
import { emptyRoom, type RoomView, type Topic } from './view.ts'

/** One participant's connection over time. The member of an account may have several sessions, a guest has one. */
export type Session = {
  readonly id: SessionId
  readonly member: MemberId
  /** The server that holds its connection. */
  readonly origin: string
  /** The session id under which that connection came: its own, or another after a resume. */
  readonly via: SessionId
  readonly protocol: Protocol
  /** Hash of the token that resumes it. Secrets enter the state only as hashes. */
  readonly token: string | null
  /** The credential of the account that it entered with; absent: a guest. It ends when the credential is gone. */
  readonly credential?: CredentialId
  /** The invite that it entered with. */
  readonly invite?: string
  /** The sanctions on networks that the address of its connection is in. Absent: none. */
  readonly nets?: readonly number[]
  /** The highest command number that was performed or refused; 0 before the first. */
  readonly last: number
  readonly results: Results
}

export type Member = {
  readonly id: MemberId
  readonly name: Name
  readonly away: string | null
  readonly rooms: ISet<string>
  readonly sessions: ISet<SessionId>
  /** The word filters that its name, and its away note, matched anywhere when it took them. Absent: none. */
  readonly named?: readonly number[]
  readonly noted?: readonly number[]
}

/** A session whose grace is over. Nobody sees it, but a client with its token may return to its member and rooms. */
export type Lapsed = {
  readonly session: Session
  readonly name: Name
  readonly rooms: readonly string[]
  /** The `seq` of the input that made it lapse. Absent: that was before format 7. */
  readonly left?: number
  /** When it is forgotten, in milliseconds since the epoch. */
  readonly until: number
}

/** The topic of an empty room. */
export type KeptTopic = {
  readonly topic: Topic
  /** When it is forgotten, in milliseconds since the epoch. */
  readonly until: number
}

export type State = {
  /** Version of the rules that hold for the next input (src/model/format.ts). */
  readonly format: number
  /** The `seq` of the last folded input; 0 before the first. */
  readonly seq: number
  /** Milliseconds since the epoch. It runs backwards only when a clock was corrected (src/reducer/rules/time.ts). */
  readonly at: number
  readonly rooms: IMap<string, RoomView>
  /** Topics of empty rooms, in the order in which the rooms became empty; at most TOPICS_KEPT_MAX. */
  readonly topics: OrderedMap<string, KeptTopic>
  readonly members: IMap<MemberId, Member>
  readonly sessions: IMap<SessionId, Session>
  /**
   * All keys of every name in use, so that lookalikes collide: of members, of grants, and of accounts, here or not. Keys
   * of a name that is held lead to its account.
   */
  readonly names: IMap<string, MemberId>
  /** Sessions, including lapsed ones, by the hash of their token. */
  readonly tokens: IMap<string, SessionId>
  /** Detached sessions, each with the time when its grace is over. */
  readonly due: IMap<SessionId, number>
  /** Lapsed sessions in the order in which they lapsed: the first is forgotten first. At most LAPSED_MAX. */
  readonly lapsed: OrderedMap<SessionId, Lapsed>
  /** Tokens of the API; at most GRANTS_MAX. */
  readonly grants: IMap<SessionId, Grant>
  /** At most HOOKS_MAX. */
  readonly hooks: IMap<number, Hook>
  /**
   * Events that hooks have yet to get besides messages, the oldest first; at most HOOK_EVENTS_MAX. Empty before format
   * 9.
   */
  readonly hookEvents: List<HookEvent>
  /** At most ACCOUNTS_MAX. */
  readonly accounts: IMap<MemberId, Account>
  /** Read positions of each account, and of each guest as long as its session may return. */
  readonly reads: IMap<MemberId, Reads>
  /** Browsers that are notified, by number, the oldest first; at most PUSHES_MAX. */
  readonly pushes: OrderedMap<number, PushSubscription>
  /** By id; at most INVITES_MAX. */
  readonly invites: OrderedMap<string, Invite>
  /** The account that founded a room. Such a room stays when it is empty. */
  readonly founders: IMap<string, MemberId>
  /** Accounts that were never used again, in the order in which they were registered, each with its end. */
  readonly fresh: OrderedMap<MemberId, number>
  /** Founders that are absent, in the order in which they left, each with the time when their rooms end. */
  readonly absent: OrderedMap<MemberId, number>
  /** Accounts that were removed and whose messages are still to be erased, each with its name. */
  readonly erasing: OrderedMap<MemberId, string>
  /** The servers that take part, by their origin. Empty before format 5. */
  readonly nodes: IMap<string, Node>
  /** The `offset` of the clocks that the room's time follows; null: none is known, as before format 5. */
  readonly offset: number | null
  /** Accounts that the host named administrators; at most ADMINISTRATORS_MAX. */
  readonly administrators: ISet<MemberId>
  /** By place (src/model/state/keeping.ts). A place without any has no entry. */
  readonly rules: IMap<string, Rules>
  /** By number, the oldest first; at most SANCTIONS_MAX. */
  readonly sanctions: OrderedMap<number, Sanction>
  /** Their numbers, by `@` and the id of the member, and by the key of a name. */
  readonly sanctioned: IMap<string, readonly number[]>
  /** Messages that wait for a keeper, the oldest first; at most HELD_MAX. */
  readonly held: OrderedMap<number, Held>
  /**
   * When sanctions, held messages, modes and silent live messages end: `sanction:12`, `held:13`, `mode:PLACE`, `live:14`.
   * Without an end there is none.
   */
  readonly ends: IMap<string, number>
  readonly purges: OrderedMap<number, Purge>
  /** Inputs whose texts nobody needs any more, and which are still to be erased. */
  readonly obsolete: ISet<number>
  /** The members that a member ignores, with the name then; at most IGNORED_MAX each. */
  readonly ignored: IMap<MemberId, OrderedMap<MemberId, string>>
  /** Edits that are stored and not shown yet, by their inputs, the oldest first; at most EDITS_MAX. */
  readonly edits: OrderedMap<number, Edit>
  /** Live messages that grow, by their inputs, the oldest first; at most LIVES_MAX. */
  readonly lives: OrderedMap<number, Live>
  /** By id, the oldest first; at most FILES_MAX. */
  readonly files: OrderedMap<string, StoredFile>
  /** Files that nobody needs any more, by id: the hashes of their bytes, which are still to be erased. */
  readonly doomed: OrderedMap<string, readonly string[]>
  /** Open questions by their inputs, the oldest first; at most QUESTIONS_MAX. */
  readonly questions: OrderedMap<number, Question>
  /** Ended questions, the earliest first; at most QUESTIONS_KEPT_MAX. */
  readonly ended: OrderedMap<number, EndedQuestion>
  /** The questions of both, by the hashes of their keys. */
  readonly askKeys: IMap<string, number>
  /** By `cursorKey`; at most CURSORS_MAX. */
  readonly cursors: IMap<string, Cursor>
}

export const initialState: State = {
  format: 1,
  seq: 0,
  at: 0,
  rooms: IMap<string, RoomView>([[LOBBY, emptyRoom(LOBBY)]]),
  topics: OrderedMap<string, KeptTopic>(),
  members: IMap<MemberId, Member>(),
  sessions: IMap<SessionId, Session>(),
  names: IMap<string, MemberId>(),
  tokens: IMap<string, SessionId>(),
  due: IMap<SessionId, number>(),
  lapsed: OrderedMap<SessionId, Lapsed>(),
  grants: IMap<SessionId, Grant>(),
  hooks: IMap<number, Hook>(),
  hookEvents: List<HookEvent>(),
  accounts: IMap<MemberId, Account>(),
  reads: IMap<MemberId, Reads>(),
  pushes: OrderedMap<number, PushSubscription>(),
  invites: OrderedMap<string, Invite>(),
  founders: IMap<string, MemberId>(),
  fresh: OrderedMap<MemberId, number>(),
  absent: OrderedMap<MemberId, number>(),
  erasing: OrderedMap<MemberId, string>(),
  nodes: IMap<string, Node>(),
  offset: null,
  administrators: ISet<MemberId>(),
  rules: IMap<string, Rules>(),
  sanctions: OrderedMap<number, Sanction>(),
  sanctioned: IMap<string, readonly number[]>(),
  held: OrderedMap<number, Held>(),
  ends: IMap<string, number>(),
  purges: OrderedMap<number, Purge>(),
  obsolete: ISet<number>(),
  ignored: IMap<MemberId, OrderedMap<MemberId, string>>(),
  edits: OrderedMap<number, Edit>(),
  lives: OrderedMap<number, Live>(),
  files: OrderedMap<string, StoredFile>(),
  doomed: OrderedMap<string, readonly string[]>(),
  questions: OrderedMap<number, Question>(),
  ended: OrderedMap<number, EndedQuestion>(),
  askKeys: IMap<string, number>(),
  cursors: IMap<string, Cursor>(),
}
