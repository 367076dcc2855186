/** The other nodes, as the log has them: their beats, their signals, and the broker's clock. */
import { mergeMap, type Observable, Subject } from 'rxjs'
import { CLOCK_ROUND_TRIP_MAX_MS } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import type { Beat, HeardBeat, Peers } from '../../port/peers.ts'
import type { InOrder } from './reading/in-order.ts'
import { beatBytes, beatIn, signalBytes, signalIn } from './stream/messages.ts'
import type { Stream, StreamMessage } from './stream/stream.ts'

type Deps = {
  readonly stream: Pick<Stream, 'beat' | 'signal' | 'signals$'>
  readonly clock: Clock
  readonly node: string
  readonly run: string
  readonly inOrder: () => InOrder
  /** Monotonic milliseconds since which this node hasn't had all of the log; null: it has. */
  readonly behindSince: () => number | null
  /** Rejects if messages of the log can't be stored here. */
  readonly usable: () => Promise<void>
  /** The log has a beat at a place at which this node has read another message: it was made anew. */
  readonly foreign: () => void
}

/** `sent`: the node's monotonic time when it sent the beat. `by`: the run of its journal. */
type SentBeat = Beat & { readonly sent: number; readonly by: string }

export class LogPeers implements Peers {
  readonly #deps: Deps
  readonly #beats = new Subject<HeardBeat>()
  /** From this machine's monotonic time to the broker's clock: its own clock may be set at any time. */
  #offset: number | null = null
  readonly beats$ = this.#beats.asObservable()
  readonly signals$: Observable<{ readonly node: string; readonly signal: unknown }>

  constructor(deps: Deps) {
    this.#deps = deps
    this.signals$ = deps.stream.signals$.pipe(
      mergeMap(({ node, data }) => {
        const signal = signalIn(data)
        return signal === undefined ? [] : [{ node, signal }]
      }),
    )
  }

  /** A beat has come, in order. */
  take(message: StreamMessage): void {
    const { clock, node, run } = this.#deps
    const read = beatIn(message.data) as SentBeat | null
    if (!read) return
    const { sent, by, ...beat } = read
    // The broker got it after it was sent, and before it came back.
    if (message.node === node && by === run) this.#learn(message.at - clock.elapsed(), message.at - sent)
    this.#beats.next({ ...beat, node: message.node, heardAt: clock.elapsed() })
  }

  async beat(beat: Beat): Promise<void> {
    const { stream, clock, run, inOrder, foreign } = this.#deps
    const sent: SentBeat = { ...beat, sent: clock.elapsed(), by: run }
    const read = inOrder().place
    if ((await stream.beat(beatBytes(sent))) <= read) foreign()
  }

  heardAt(): number {
    return this.#deps.inOrder().heardAt
  }

  signal(signal: unknown): void {
    this.#deps.stream.signal(signalBytes(signal))
  }

  offset(): number | null {
    const { clock } = this.#deps
    return this.#offset === null ? null : this.#offset + clock.elapsed() - clock.now()
  }

  usable(): Promise<void> {
    return this.#deps.usable()
  }

  lag(): number {
    const since = this.#deps.behindSince()
    return since === null ? 0 : this.#deps.clock.elapsed() - since
  }

  close(): void {
    this.#beats.complete()
  }

  /** It's between the two. An estimate that fits stays. The first one must not be too far from the truth. */
  #learn(least: number, most: number): void {
    if (this.#offset === null && most - least > CLOCK_ROUND_TRIP_MAX_MS) return
    this.#offset = this.#offset === null ? (least + most) / 2 : Math.min(Math.max(this.#offset, least), most)
  }
}
