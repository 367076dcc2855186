/**
 * The vocabulary of one connection's conversation: how far it has come, what it hears, and what is to be done about it.
 */
import type { Codec, Outgoing } from '../../codec/codec.ts'
import type { Query } from '../../model/command.ts'
import type { CloseCode, ErrorCode } from '../../model/error.ts'
import type { Body, Enter, SessionId } from '../../model/input.ts'
import type { Name } from '../../model/name.ts'
import type { Signal } from '../../port/transport.ts'
import type { Spoken } from '../../transport/sniff.ts'
import type { Bucket, Rate } from '../bucket.ts'
import type { Notice, Resumption } from '../link.ts'

export type Conversation =
  | {
      readonly phase: 'sniffing'
      readonly bytes: Uint8Array
      readonly ended: boolean
      /** It is inside of TLS. */
      readonly secure: boolean
      /** It comes from a proxy of ours, which may say first for whom. */
      readonly vouched: boolean
    }
  | Talking
  /** It speaks what is served elsewhere, and may come back from there; or it has been told that nobody serves it. */
  | { readonly phase: 'handed-on' }
  /** The connection is gone, and the answer to its hello has yet to say which session went with it. */
  | { readonly phase: 'gone' }
  | { readonly phase: 'over' }

export type Talking = {
  /** Without a name; with one that the reducer has yet to accept; in the room; or saying what is left to say. */
  readonly phase: 'greeting' | 'entering' | 'live' | 'closing'
  readonly codec: Codec
  readonly carry: unknown
  readonly session: SessionId | null
  /** The reducer has yet to answer hello. */
  readonly awaiting: boolean
  readonly bucket: Bucket
  /** What it may still send of what asks nothing: blank lines, and pongs that nobody waits for. */
  readonly noise: Bucket
  /** Asks refused in a row because there were too many. */
  readonly excess: number
  /** Monotonic milliseconds of the last byte that came, and of the ping that waits for its pong. */
  readonly heardAt: number
  readonly pingedAt: number | null
  /** The peer will send no more. */
  readonly ended: boolean
}

/** `now` is monotonic time in milliseconds. */
export type Heard =
  | { readonly type: 'signal'; readonly signal: Signal; readonly now: number }
  | { readonly type: 'silence'; readonly ms: number; readonly now: number }
  | { readonly type: 'late' }
  | { readonly type: 'beat'; readonly now: number; readonly keepsMuch?: boolean }
  | { readonly type: 'farewell' }
  | { readonly type: 'notice'; readonly notice: Notice; readonly now: number }

export type Deed =
  /** From now on this codec is spoken. */
  | { readonly do: 'speak'; readonly codec: Codec }
  | { readonly do: 'sniff-after'; readonly ms: number }
  | {
      readonly do: 'enter'
      readonly name: Name
      readonly room: string
      readonly history: number | null
      readonly password: string | null
    }
  | {
      readonly do: 'resume'
      readonly resumption: Resumption
      readonly history: number | null
      readonly enter: Omit<Enter, 'protocol'> | null
      readonly password: string | null
    }
  | {
      readonly do: 'submit'
      readonly session: SessionId
      readonly n: number | null
      readonly body: Body
      readonly text: string | null
    }
  | { readonly do: 'query'; readonly session: SessionId; readonly n: number | null; readonly query: Query }
  | {
      readonly do: 'delete'
      readonly session: SessionId
      readonly n: number | null
      readonly seq: number | null
      readonly room: string
    }
  | { readonly do: 'refuse'; readonly n: number | null; readonly code: ErrorCode; readonly detail: string }
  | { readonly do: 'answer'; readonly outgoing: Outgoing }
  | { readonly do: 'pong'; readonly id: string | number | null }
  | { readonly do: 'help' }
  | { readonly do: 'ping' }
  /** The next beat is due in so many milliseconds. */
  | { readonly do: 'beat-after'; readonly ms: number }
  | { readonly do: 'measured'; readonly roundTrip: number }
  /** The protocol is no codec's: it is for who else serves it. If nobody does, the peer is told so, and it ends. */
  | { readonly do: 'hand-on'; readonly spoken: Spoken; readonly bytes: Uint8Array }
  /** A proxy of ours says from where it comes. */
  | { readonly do: 'came-from'; readonly address: string }
  /** Nobody serves the protocol to this peer; it is told why, and ends. */
  | { readonly do: 'turn-away'; readonly spoken: Spoken; readonly why: CloseCode }
  | { readonly do: 'give-up'; readonly code: CloseCode }
  /** Ends the connection when all that was asked has been answered. */
  | { readonly do: 'conclude' }
  | { readonly do: 'farewell' }
  | { readonly do: 'writable' }
  /** The session is without this connection, which has yet to hear why. */
  | { readonly do: 'detach'; readonly session: SessionId }
  /** The connection is gone. */
  | { readonly do: 'lost'; readonly session: SessionId | null }

/** What a server decides about conversations. */
export type Manners = {
  readonly codecs: Partial<Record<Spoken | 'websocket', Codec>>
  readonly rate: Rate | null
  /** Who comes without TLS is told so. */
  readonly tlsOnly: boolean
}

/** What follows while there is a protocol to talk in. */
export type Talked = readonly [Talking, readonly Deed[]]

/** What follows from what was heard. */
export type Next = readonly [Conversation, readonly Deed[]]
