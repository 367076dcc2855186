/**
 * A replicated log in memory, for several nodes in one process. Each node's connection to it goes wrong as a test says.
 * The log itself is sound: one order, and no message is lost that it has taken.
 */
import { Subject } from 'rxjs'
import type {
  AppendOutcome,
  LogPlace,
  MessageKind,
  Stream,
  StreamBatch,
  StreamMessage,
} from '../../src/journal/replicated/stream/stream.ts'
import type { Clock } from '../../src/port/clock.ts'

/** Each is asked for every single append, message or read. All times are in milliseconds. */
export type Faults = {
  /** Nothing gets through in either direction. */
  isCut: boolean
  /** How long an append or a beat takes to the log; null: it's lost on the way. */
  landing: () => number | null
  /** How long the answer takes back; null: it's lost. Then the outcome stays unknown. */
  answer: () => number | null
  /** When the node hears of a message: several times, once, or (no number) never. */
  hearing: (message: StreamMessage) => readonly number[]
  /** How many of the latest messages the replica lacks that answers a read. */
  behind: () => number
  /** Why the broker refuses the next append, as for a full disk; null: it doesn't. */
  failing: () => string | null
  /** How long the node waits for an answer. */
  patience: number
}

export type MemoryStream = Stream & { readonly faults: Faults }

/** Milliseconds that a beat is kept. */
const BEAT_KEPT_MS = 60_000

const faultless = (): Faults => ({
  isCut: false,
  landing: () => 0,
  answer: () => 0,
  hearing: () => [0],
  behind: () => 0,
  failing: () => null,
  patience: 1000,
})

export class MemoryBroker {
  readonly epoch: string
  /** While false, nothing is taken, and only questions that any replica can answer are answered. */
  hasLeader = true
  /** Milliseconds that the broker's clock is ahead. */
  ahead = 0
  readonly #clock: Clock
  #messages: StreamMessage[] = []
  #end = 0
  readonly #stored = new Subject<StreamMessage>()
  readonly #signals = new Subject<{ readonly node: string; readonly data: Uint8Array }>()
  readonly #states = new Map<string, Uint8Array>()
  readonly #marks = new Map<number, string>()

  constructor(clock: Clock, epoch = 'epoch') {
    this.#clock = clock
    this.epoch = epoch
  }

  /** Everything that the log has now. */
  get messages(): readonly StreamMessage[] {
    const oldest = this.#now() - BEAT_KEPT_MS
    this.#messages = this.#messages.filter(({ kind, at }) => kind !== 'beat' || at > oldest)
    return this.#messages
  }

  /** All brokers lose their disks. */
  wipe(): void {
    this.#messages = []
    this.#end = 0
  }

  /** A connection of this node. Its faults may be changed at any time. */
  connect(node: string, changed: Partial<Faults> = {}): MemoryStream {
    const faults: Faults = { ...faultless(), ...changed }
    const heard = new Subject<StreamMessage>()
    const signals = new Subject<{ readonly node: string; readonly data: Uint8Array }>()
    const listening = this.#stored.subscribe(message => {
      if (faults.isCut) return
      for (const ms of faults.hearing(message)) this.#later(ms, () => faults.isCut || heard.next(message))
    })
    listening.add(
      this.#signals.subscribe(signal => {
        if (!faults.isCut) this.#later(0, () => signals.next(signal))
      }),
    )

    /** Sends to the leader. Rejects if there's no answer. */
    const sent = <T>(act: () => T): Promise<T> =>
      new Promise((resolve, reject) => {
        const giveUp = this.#clock.alarm(faults.patience, () => reject(new Error('no answer from the log')))
        const answer = (take: () => void): void => {
          const ms = faults.answer()
          if (ms === null) return
          this.#later(ms, () => {
            if (faults.isCut) return
            giveUp()
            take()
          })
        }
        const ms = faults.landing()
        if (faults.isCut || ms === null) return
        this.#later(ms, () => {
          if (!this.hasLeader) return
          try {
            const result = act()
            answer(() => resolve(result))
          } catch (error) {
            answer(() => reject(error))
          }
        })
      })
    /** Asks any replica. */
    const asked = <T>(look: (behind: number) => T): Promise<T> =>
      new Promise((resolve, reject) => {
        this.#later(0, () => {
          if (faults.isCut) reject(new Error('no answer from the log'))
          else resolve(look(faults.behind()))
        })
      })
    const led = <T>(look: (behind: number) => T): Promise<T> =>
      this.hasLeader ? asked(look) : Promise.reject(new Error('the log has no leader'))

    return {
      faults,
      epoch: this.epoch,
      heard$: heard.asObservable(),
      signals$: signals.asObservable(),
      append: (batch, after) => sent(() => this.#append(node, batch, after, faults.failing())),
      beat: data => sent(() => this.#store(node, 'beat', data)),
      read: (after, most) =>
        asked(behind => {
          const there = behind === 0 ? this.messages : this.messages.slice(0, -behind)
          const messages = there.filter(({ place }) => place > after).slice(0, most)
          return { messages, upTo: messages.at(-1)?.place ?? after }
        }),
      last: of =>
        led(behind => {
          const there = behind === 0 ? this.messages : this.messages.slice(0, -behind)
          return there.findLast(({ kind, node: writer }) => kind === 'inputs' && writer === of) ?? null
        }),
      end: () => led(() => this.#end),
      erase: places =>
        led(() => {
          const gone = new Set(places)
          this.#messages = this.#messages.filter(({ place }) => !gone.has(place))
        }),
      purge: upTo =>
        led(() => {
          this.#messages = this.#messages.filter(({ place }) => place > upTo)
        }),
      signal: data => {
        if (!faults.isCut) this.#signals.next({ node, data })
      },
      marks: () => asked(() => new Map(this.#marks)),
      mark: (seq, reason) => led(() => void this.#marks.set(seq, reason)),
      states: {
        list: () => asked(() => [...this.#states.keys()].sort()),
        put: async (name, content) => {
          const pieces: Uint8Array[] = []
          for await (const piece of content) pieces.push(piece)
          await led(() => void this.#states.set(name, Buffer.concat(pieces)))
        },
        get: name =>
          asked(() => {
            const state = this.#states.get(name)
            return state ? inOnePiece(state) : null
          }),
        delete: name => led(() => void this.#states.delete(name)),
      },
      close: async () => listening.unsubscribe(),
    }
  }

  #now(): number {
    return this.#clock.now() + this.ahead
  }

  #later(ms: number, act: () => void): void {
    if (ms === 0) queueMicrotask(act)
    else this.#clock.alarm(ms, act)
  }

  #append(node: string, { texts, inputs }: StreamBatch, after: LogPlace, failing: string | null): AppendOutcome {
    if (failing !== null) return { type: 'failed', reason: failing }
    const own = this.messages.findLast(({ kind, node: writer }) => kind === 'inputs' && writer === node)
    if ((own?.place ?? 0) !== after) return { type: 'refused' }
    for (const text of texts) this.#store(node, 'text', text)
    return { type: 'stored', place: this.#store(node, 'inputs', inputs) }
  }

  #store(node: string, kind: MessageKind, data: Uint8Array): LogPlace {
    const message: StreamMessage = { place: ++this.#end, kind, node, at: this.#now(), data }
    this.#messages.push(message)
    this.#stored.next(message)
    return message.place
  }
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
