/**
 * A codec turns bytes into what was asked, and what happened into text. No I/O, no clock: an incremental decoder is a
 * carry that grows with each chunk and gives up one ask after another.
 */
import type { Command, Protocol, Query } from '../model/command.ts'
import type { CloseCode, ErrorCode } from '../model/error.ts'
import type { PublicEvent, Result } from '../model/event.ts'
import type { MemberId, SessionId } from '../model/input.ts'
import type { Message } from '../model/message.ts'
import type { MemberView, RoomView } from '../model/view.ts'
import type { Holder } from './taken.ts'

/** What a peer asks of its connection, as far as the codec can tell. */
export type Ask =
  | {
      readonly type: 'hello'
      readonly name: string
      readonly room: string | null
      readonly features: readonly string[]
      /** Messages of the past that are to come with joining a room; null: as many as usual. */
      readonly history: number | null
      /** Not there: none was given. */
      readonly password?: string
      /** The terminal hides what is typed, and is to be told when that is over. */
      readonly hidden?: boolean
    }
  | {
      readonly type: 'resume'
      readonly token: string
      readonly cursor: number
      readonly epoch: string
      readonly history: number | null
      /** As whom to enter, and where, if there is no such session; null: not at all. */
      readonly enter: { readonly name: string; readonly room: string | null } | null
      readonly password?: string
    }
  /** A person has given a name, and is to be asked for the password; hidden, where the terminal can be told so. */
  | { readonly type: 'password'; readonly hidden: boolean }
  | { readonly type: 'command'; readonly n: number | null; readonly command: Command }
  | { readonly type: 'query'; readonly n: number | null; readonly query: Query }
  | { readonly type: 'ping'; readonly id: string | number | null }
  | { readonly type: 'pong' }
  | { readonly type: 'help' }
  | { readonly type: 'malformed'; readonly n: number | null; readonly code: ErrorCode; readonly detail: string }

/** What a peer is told. */
export type Outgoing =
  /** Somebody is to type a name or a password, for people, not for programs; `secret` hides it, `shown` ends that. */
  | { readonly type: 'prompt'; readonly what: 'name' | 'password' | 'secret' | 'shown' }
  | { readonly type: 'welcome'; readonly welcome: Welcome }
  /** A room as it is after `seq`, for one who has just joined it or come back to it. `grown`: see MemberList. */
  | {
      readonly type: 'room'
      readonly seq: number
      readonly at: number
      readonly view: RoomView
      readonly grown: Grown | null
    }
  | {
      readonly type: 'event'
      readonly seq: number
      readonly at: number
      readonly i: number
      readonly last: boolean
      readonly event: PublicEvent
      readonly text: string | null
    }
  | { readonly type: 'result'; readonly result: Result }
  | {
      readonly type: 'rejected'
      readonly at: number
      readonly n: number | null
      readonly code: ErrorCode
      readonly detail: string
      /** Of a name that is taken. */
      readonly holder?: Holder | undefined
    }
  | { readonly type: 'rooms'; readonly at: number; readonly n: number | null; readonly rooms: readonly RoomView[] }
  | { readonly type: 'who'; readonly at: number; readonly n: number | null; readonly view: RoomView }
  /** What was said before, in one room or (null) wherever it was found; `words`: what was searched for. */
  | {
      readonly type: 'past'
      /** All that was said up to this input and belongs here is in it, but for what `more` says. */
      readonly seq: number
      readonly at: number
      readonly n: number | null
      readonly room: string | null
      readonly words: string | null
      readonly messages: readonly Message[]
      readonly more: boolean
      /** It is what was missed after input `after`: so many messages, counted up to MISSED_MAX. */
      readonly gap: { readonly after: number; readonly missed: number } | null
    }
  | { readonly type: 'help'; readonly at: number }
  | { readonly type: 'ping'; readonly seq: number }
  | { readonly type: 'pong'; readonly id: string | number | null; readonly seq: number }
  | { readonly type: 'closed'; readonly at: number; readonly code: CloseCode; readonly detail: string }

/** How a session begins, or goes on. */
export type Welcome = {
  readonly seq: number
  readonly at: number
  readonly session: SessionId
  /** The member behind the session. */
  readonly id: MemberId
  readonly name: string
  /** What resumes the session; null where the protocol cannot. */
  readonly token: string | null
  readonly epoch: string
  readonly resumed: boolean
  /** Events between the client's cursor and what follows are missing here. */
  readonly gap: boolean
  /** Others saw the session exit, and now enter again. */
  readonly returned: boolean
  /** Milliseconds that a lost session keeps its place. */
  readonly grace: number
  /** Commands a second and at once; null: no bound. */
  readonly rate: { readonly perSecond: number; readonly burst: number } | null
}

/** The list before one member was added to it: what was encoded for it then need not be encoded again. */
export type Grown = { readonly from: RoomView; readonly by: MemberView }

export interface Decoder<C> {
  readonly empty: C
  push(carry: C, bytes: Uint8Array): C
  /** The peer will send no more: what is left over counts as whole. */
  finish(carry: C): C
  /** The next ask, or null when more bytes are needed. `entered`: whether the peer has a name yet. */
  pull(carry: C, entered: boolean): Pulled<C>
  /** Bytes held. */
  size(carry: C): number
}

/** `blank`: lines that hold nothing and were passed over. They cost something all the same. */
export type Pulled<C> = { readonly ask: Ask | null; readonly carry: C; readonly blank: number }

/** `Wire` is what it writes: text, or bytes where the protocol wraps its text in frames. */
export interface Encoding<Wire extends string | Uint8Array = string | Uint8Array> {
  /** Readers of one encoding share one ring per room. */
  readonly id: string
  readonly protocol: Protocol
  /** Whether who says something hears it back. */
  readonly echoes: boolean
  /** Whether a lost connection may be resumed. */
  readonly resumes: boolean
  /** Whether it can tell the past from news. */
  readonly recalls: boolean
  /** Whether a peer can be asked if it is still there. */
  readonly pings: boolean
  /** Milliseconds after the first write and between all others, each of one frame; null: whole turns at once. */
  readonly pace: { readonly first: number; readonly rest: number } | null
  /** The frames for `outgoing`, whole and in order; none if this protocol has no word for it. */
  encode(outgoing: Outgoing): readonly Wire[]
}

export type Codec<C = unknown> = {
  readonly decoder: Decoder<C>
  readonly encoding: Encoding
  /** After a refused name: the peer may say another, is asked for another, or expects the connection to end. */
  readonly onRefusal: 'go-on' | 'prompt' | 'close'
}
