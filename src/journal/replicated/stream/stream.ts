/**
 * The log as its nodes need it, apart from any broker: an ordered stream of messages that a majority of brokers has on
 * its disks. The rules that make a journal of it are in ./journal.ts, so that they are the same for every broker, and
 * for the simulator's.
 *
 * A batch is some texts and then one message with the inputs, at places without a gap between them. So a text can be
 * erased while its input stays.
 */
import type { Observable } from 'rxjs'

/** The place of a message in the stream: from 1 on, growing. Not every place has a message: some are erased or expired. */
export type LogPlace = number

/** `inputs` ends a batch. A `beat` says that its node lives, and expires. */
export type MessageKind = 'inputs' | 'text' | 'beat'

export type StreamMessage = {
  readonly place: LogPlace
  readonly kind: MessageKind
  /** The node that wrote it. */
  readonly node: string
  /** Milliseconds since the epoch, by the broker's clock. */
  readonly at: number
  readonly data: Uint8Array
}

/** Texts, and the inputs that they belong to. */
export type StreamBatch = { readonly texts: readonly Uint8Array[]; readonly inputs: Uint8Array }

export type AppendOutcome =
  /** `place` is that of the inputs, the last one of the batch. */
  | { readonly type: 'stored'; readonly place: LogPlace }
  /** The latest inputs of this node are not at the expected place. Nothing of this attempt will ever be stored. */
  | { readonly type: 'refused' }
  /** Nothing of this attempt will ever be stored, for another reason, such as a full disk. */
  | { readonly type: 'failed'; readonly reason: string }

/** Messages in order. A place up to `upTo` that is not among them has no message any more. */
export type StreamPage = { readonly messages: readonly StreamMessage[]; readonly upTo: LogPlace }

/** A stream as one node has it. */
export interface Stream {
  /** Identity of the log, the same for all nodes. */
  readonly epoch: string
  /**
   * Stores the whole batch or nothing, if the latest inputs of this node are at `after` (0: it has none). Rejects if
   * the outcome isn't known: the batch may be stored, or be stored later.
   */
  append(batch: StreamBatch, after: LogPlace): Promise<AppendOutcome>
  /** New messages, soon after they are stored. They may come late, twice, in another order or never. */
  readonly heard$: Observable<StreamMessage>
  /**
   * At most about `most` messages after a place, from any replica: the latest may be missing. Needs no leader. Rejects
   * if no replica answers.
   */
  read(after: LogPlace, most: number): Promise<StreamPage>
  /** The latest inputs of a node; null: none, or they were purged. It may be out of date. Rejects without a leader. */
  last(node: string): Promise<StreamMessage | null>
  /** The last place that anything was stored at, 0 if nothing was. It may be out of date. Rejects without a leader. */
  end(): Promise<LogPlace>
  /** Erases messages. Resolves when no broker will give them any more. */
  erase(places: readonly LogPlace[]): Promise<void>
  /** Forgets all messages up to `place`. */
  purge(place: LogPlace): Promise<void>
  /** Stores a message of the kind `beat`. Resolves with its place; rejects if it isn't known whether it is stored. */
  beat(data: Uint8Array): Promise<LogPlace>
  /** Sends to the nodes that listen now. Nothing is stored. */
  signal(data: Uint8Array): void
  /** The signals of other nodes, and maybe the own ones. */
  readonly signals$: Observable<{ readonly node: string; readonly data: Uint8Array }>
  readonly states: SharedStates
  /** The marks of quarantine: a reason for each `seq`. */
  marks(): Promise<ReadonlyMap<number, string>>
  mark(seq: number, reason: string): Promise<void>
  close(): Promise<void>
}

/** A store in which nodes leave states for one another, each under a name. */
export interface SharedStates {
  list(): Promise<readonly string[]>
  put(name: string, content: AsyncIterable<Uint8Array>): Promise<void>
  /** Null: there is none. */
  get(name: string): Promise<AsyncIterable<Uint8Array> | null>
  delete(name: string): Promise<void>
}
