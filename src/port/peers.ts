/** Port: the other servers that write to the same replicated journal. Without one there are none. */
import type { Observable } from 'rxjs'
import type { Signals } from './signals.ts'

/** A server's regular report of itself. It's in the log, between the inputs, but it's no input. */
export type Beat = {
  readonly node: string
  /** Names this start of the server. */
  readonly run: string
  /** Public address; null: none. */
  readonly address: string | null
  /** The version of rxchat. */
  readonly version: string
  /** The latest format of inputs that it can read (src/model/format.ts). */
  readonly reads: number
  /** The last input that it has folded. */
  readonly seq: number
  /**
   * The brokers' disks, as far as it knows: by the name of a broker, whether it writes to the disk before it
   * acknowledges.
   */
  readonly disks?: Readonly<Record<string, boolean>>
  /** It's about to stop, and takes no new connections. */
  readonly drains?: true
  /** The hash of its state after input `seq`; null: it has none to say. */
  readonly digest: { readonly seq: number; readonly hash: string } | null
}

/** A beat as it comes from the log. `heardAt` is this machine's monotonic time, in milliseconds. */
export type HeardBeat = Beat & { readonly heardAt: number }

export interface Peers extends Signals {
  /** The beats of all servers, the own ones too, in the order of the log, after every input that is before them. */
  readonly beats$: Observable<HeardBeat>
  /** Resolves when a majority of the brokers has it. Rejects if that isn't known. */
  beat(beat: Beat): Promise<void>
  /** Monotonic time at which anything of the log was last heard, in milliseconds. */
  heardAt(): number
  /** Milliseconds by which the broker's clock is ahead of this machine's; null: not known yet. */
  offset(): number | null
  /** Milliseconds since this server has last had everything that it knows to be in the log; 0: it has. */
  lag(): number
  /** Rejects if this server can't store, or erase, the entries of the log. */
  usable(): Promise<void>
}
