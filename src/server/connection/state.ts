/** The vocabulary of a connection's actor: the state of the connection, the messages it gets, and its effects. */
import type { Ask, AskIdentity, ChallengeProof, Codec, Encoding, Outgoing } from '../../codec/codec.ts'
import type { CloseCode } from '../../model/closing.ts'
import type { AccountCommand, MessageCommand, Query, ReadPlace, SignIn } from '../../model/command.ts'
import type { ErrorCode } from '../../model/error.ts'
import type { Body, SessionId } from '../../model/input.ts'
import type { Name } from '../../model/name/name.ts'
import type { Signal } from '../../port/transport.ts'
import type { SniffedProtocol } from '../../transport/sniff.ts'
import type { Notice, Resumption } from '../delivery/link.ts'
import type { Bucket, Rate } from '../ingress/bounds/token-bucket.ts'
import type { Saying } from '../ingress/targets/attaching.ts'
import type { OnNetwork } from '../ingress/targets/member-network.ts'

export type ConnectionState =
  | {
      readonly phase: 'sniffing'
      readonly bytes: Uint8Array
      readonly ended: boolean
      /** It is inside TLS. */
      readonly secure: boolean
      /** It comes from a trusted proxy, which may first send a PROXY header. */
      readonly vouched: boolean
    }
  | CodecState
  /** Another handler serves its protocol, and may hand it back; or nobody serves it. */
  | { readonly phase: 'handed-on' }
  /** The connection is gone, and the answer to its hello has yet to say which session it had. */
  | { readonly phase: 'gone' }
  | { readonly phase: 'over' }

export type CodecState = {
  /**
   * `greeting`: without a name. `entering`: with a name that the reducer has yet to accept. `live`: in the room.
   * `closing`: only the remaining bytes are written.
   */
  readonly phase: 'greeting' | 'entering' | 'live' | 'closing'
  readonly codec: Codec
  readonly carry: unknown
  readonly session: SessionId | null
  /** A hello, or the login of a session, has yet to be answered. */
  readonly awaiting: boolean
  /** The deadline for a name has passed while the answer to one was awaited. */
  readonly isLate: boolean
  /** The purpose of the secret that a person in line mode was asked for; null: none. */
  readonly asked: AskedSecret | null
  readonly bucket: Bucket
  /** The bucket for input that asks nothing: blank lines, and pongs that no ping waits for. */
  readonly noise: Bucket
  /** Requests in a row that were refused because there were too many. */
  readonly excess: number
  /** Monotonic milliseconds: when the last bytes came, and when the ping was sent that waits for its pong. */
  readonly heardAt: number
  readonly pingedAt: number | null
  /** The peer will send no more. */
  readonly ended: boolean
}

export type AskedSecret =
  /** Somebody has given the name of an account. */
  | { readonly for: 'hello'; readonly name: Name; readonly room: string }
  | { readonly for: 'login'; readonly name: string; readonly room: string }
  | { readonly for: 'register' }
  | { readonly for: 'old-password' }
  | { readonly for: 'new-password'; readonly old: string }

/** A request, except one that only shows that the peer is there. */
export type PeerAsk = Exclude<Ask, { type: 'pong' }>

/** `now` is monotonic time in milliseconds. */
export type ConnectionMessage =
  | { readonly type: 'signal'; readonly signal: Signal; readonly now: number }
  /** `mayBrowse`: a browser is at this address, and may have opened this connection for a later request. */
  | { readonly type: 'silence'; readonly ms: number; readonly now: number; readonly mayBrowse: boolean }
  | { readonly type: 'late' }
  | { readonly type: 'beat'; readonly now: number; readonly keepsMuch?: boolean }
  /** The server ends the connection: it stops, or the client should go on at another one. */
  | { readonly type: 'farewell'; readonly code: 'shutdown' | 'moved' }
  | { readonly type: 'notice'; readonly notice: Notice; readonly now: number }

export type Effect =
  /** From now on the connection uses this codec. */
  | { readonly type: 'speak'; readonly codec: Codec }
  /** From now on the peer is written to in another encoding of its protocol. */
  | { readonly type: 'write-in'; readonly encoding: Encoding }
  | { readonly type: 'sniff-after'; readonly ms: number }
  /** `name` null: that of the passkey. `room` null: the account's own rooms, or the lobby. */
  | {
      readonly type: 'enter'
      readonly name: Name | null
      readonly room: string | null
      readonly history: number | null
      readonly password: string | null
      readonly identity: AskIdentity
    }
  | {
      readonly type: 'resume'
      readonly resumption: Resumption
      readonly history: number | null
      readonly enter: { readonly name: Name | null; readonly room: string | null } | null
      readonly password: string | null
      readonly identity: AskIdentity
    }
  /** The name was refused after the deadline: the peer gets some more time for another. */
  | { readonly type: 'wait-again' }
  /** The answer to the challenge that was sent last. */
  | { readonly type: 'prove'; readonly proof: ChallengeProof }
  | {
      readonly type: 'login'
      readonly session: SessionId
      readonly n: number | null
      readonly name: Name | null
      readonly room: string | null
      readonly account: SignIn
    }
  /** After a login: the connection has session `to` now, and `from` leaves. */
  | { readonly type: 'switched'; readonly from: SessionId; readonly to: SessionId }
  /** Needs a secret checked or hashed before it is an input. */
  | {
      readonly type: 'account'
      readonly session: SessionId
      readonly n: number | null
      readonly command: OwnAccountCommand
    }
  | {
      readonly type: 'submit'
      readonly session: SessionId
      readonly n: number | null
      readonly body: Body
      readonly text: string | null
    }
  /** A command about the network of a member, whose address has to be looked up. */
  | {
      readonly type: 'on-network'
      readonly session: SessionId
      readonly n: number | null
      readonly command: OnNetwork
    }
  | { readonly type: 'query'; readonly session: SessionId; readonly n: number | null; readonly query: Query }
  | { readonly type: 'typing'; readonly session: SessionId; readonly where: ReadPlace }
  /** About a message that was sent before. */
  | {
      readonly type: 'change'
      readonly session: SessionId
      readonly n: number | null
      readonly command: MessageCommand | Saying
    }
  | {
      readonly type: 'delete'
      readonly session: SessionId
      readonly n: number | null
      readonly seq: number | null
      readonly room: string
    }
  | {
      readonly type: 'read'
      readonly session: SessionId
      readonly n: number | null
      readonly where: ReadPlace
      readonly seq: number
    }
  | { readonly type: 'refuse'; readonly n: number | null; readonly code: ErrorCode; readonly detail: string }
  | { readonly type: 'answer'; readonly outgoing: Outgoing }
  /** An answer that the decoder has written. */
  | { readonly type: 'reply'; readonly text: string }
  | { readonly type: 'pong'; readonly id: string | number | null }
  | { readonly type: 'help'; readonly topic?: string }
  | { readonly type: 'ping' }
  /** The next beat is due in so many milliseconds. */
  | { readonly type: 'beat-after'; readonly ms: number }
  | { readonly type: 'measured'; readonly roundTrip: number }
  /**
   * The protocol has no codec here, so another handler gets the connection. If there is none, the peer gets an error,
   * and it ends.
   */
  | { readonly type: 'hand-on'; readonly spoken: SniffedProtocol; readonly bytes: Uint8Array }
  /** A trusted proxy reports the client's address. */
  | { readonly type: 'came-from'; readonly address: string }
  /** The protocol is not served to this peer. The peer gets the reason, and the connection ends. */
  | { readonly type: 'turn-away'; readonly spoken: SniffedProtocol; readonly why: CloseCode }
  | { readonly type: 'give-up'; readonly code: CloseCode }
  /** Ends the connection when everything that was asked has been answered. */
  | { readonly type: 'conclude' }
  | { readonly type: 'farewell'; readonly code: 'shutdown' | 'moved' }
  | { readonly type: 'writable' }
  /** The session leaves this connection, which has yet to get the reason. */
  | { readonly type: 'detach'; readonly session: SessionId }
  /** The connection is gone. */
  | { readonly type: 'lost'; readonly session: SessionId | null }

export type OwnAccountCommand = Exclude<AccountCommand, { type: 'login' | 'revoke' | 'logout' | 'unpush' }>

/** The policy of a server for all its connections. */
export type ConnectionPolicy = {
  readonly codecs: Partial<Record<SniffedProtocol | 'websocket', Codec>>
  readonly rate: Rate | null
  /** Plain-text connections are refused. */
  readonly tlsOnly: boolean
}

/** The next state and the effects, while a codec is in use. */
export type CodecNext = readonly [CodecState, readonly Effect[]]

/** The next state and the effects. */
export type Next = readonly [ConnectionState, readonly Effect[]]
