/** The whole of what the reducer knows. Persistent: every step shares what it did not change with the one before. */
import { Map as IMap, type Set as ISet, OrderedMap } from 'immutable'
import type { Protocol } from './command.ts'
import type { Grant } from './grant.ts'
import type { Hook } from './hook.ts'
import type { MemberId, SessionId } from './input.ts'
import type { Name } from './name.ts'
import type { Results } from './results.ts'
import { LOBBY } from './standing.ts'
import { emptyRoom, type RoomView, type Topic } from './view.ts'

/** One participant's connection over time. Several may stand behind one member (today one). */
export type Session = {
  readonly id: SessionId
  readonly member: MemberId
  /** The server that holds its connection. */
  readonly origin: string
  /** The session id under which that connection came: its own, or after a resume another. */
  readonly via: SessionId
  readonly protocol: Protocol
  /** Hash of the token that resumes it; secrets enter only as hashes. */
  readonly token: string | null
  /** The highest command number performed or refused, 0 before the first. */
  readonly last: number
  readonly results: Results
}

export type Member = {
  readonly id: MemberId
  readonly name: Name
  readonly away: string | null
  readonly rooms: ISet<string>
  readonly sessions: ISet<SessionId>
}

/** A session whose absence became an exit: nobody sees it, but whoever has its token may come back to what it was. */
export type Lapsed = {
  readonly session: Session
  readonly name: Name
  readonly rooms: readonly string[]
  /** When it is forgotten, milliseconds since the epoch. */
  readonly until: number
}

/** The topic of a room that everybody has left. */
export type KeptTopic = {
  readonly topic: Topic
  /** When it is forgotten, milliseconds since the epoch. */
  readonly until: number
}

export type State = {
  /** Version of the rules that hold for the next input (src/model/format.ts). */
  readonly format: number
  /** Place in the journal of the last input folded; 0 before the first. */
  readonly seq: number
  /** Milliseconds since the epoch; runs backwards only after a clock that was corrected (src/reducer/time.ts). */
  readonly at: number
  readonly rooms: IMap<string, RoomView>
  /** Of rooms that are empty, in the order in which they became so; at most TOPICS_KEPT_MAX. */
  readonly topics: OrderedMap<string, KeptTopic>
  readonly members: IMap<MemberId, Member>
  readonly sessions: IMap<SessionId, Session>
  /** All keys of every name in use, of members and of grants, so that lookalikes collide. */
  readonly names: IMap<string, MemberId>
  /** Sessions, lapsed ones too, by the hash of their token. */
  readonly tokens: IMap<string, SessionId>
  /** Detached sessions, and when each one's absence becomes an exit. */
  readonly due: IMap<SessionId, number>
  /** In the order in which they lapsed, so that the first is the first to be forgotten; at most LAPSED_MAX. */
  readonly lapsed: OrderedMap<SessionId, Lapsed>
  /** Tokens of the API; at most GRANTS_MAX. */
  readonly grants: IMap<SessionId, Grant>
  /** At most HOOKS_MAX. */
  readonly hooks: IMap<number, Hook>
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
}
