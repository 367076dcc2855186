/**
 * Output on its way into a live message: gathered into pieces, and sent at the offset where the one before ended. While
 * too much waits, the producer waits too: only bytes beyond the bound of the whole are dropped.
 */
import type { Subscription } from 'rxjs'
import type { Client } from '../../../client/session/connection.ts'
import type { AskOutcome } from '../../../client/session/status.ts'
import type { ErrorCode } from '../../../model/error.ts'
import { LIVE_IDLE_MS, LIVE_MAX_BYTES, LIVE_PIECE_BYTES } from '../../../model/limits.ts'
import type { Clock } from '../../../port/clock.ts'

/** How it ended: nulls aren't known. */
export type OutputEnd = { readonly status: number | null; readonly ms: number | null; readonly interrupted?: true }

type Wish = { readonly room: string; readonly title: string; readonly byToken: boolean }

type Sender = Pick<Client, 'ask' | 'outcome$'>
type Piece = { readonly offset: number; readonly bytes: Buffer }

type Listener = {
  /** The message is there. */
  readonly begun: (seq: number) => void
  /** It takes more. */
  readonly drained: () => void
  /** It's all stored, or (with a sentence) it won't be. */
  readonly over: (why: string | null) => void
}

/** A piece goes out so long after the one before, unless it's full: the longer the output lasts, the longer. */
const EVERY_MS = 250
const EVERY_SHARE = 1 / 1000
/** Pieces that are sent and not answered. */
const SENT_MAX = 8
/** Bytes that wait before the producer does. */
const WAITING_MAX = 4 * LIVE_PIECE_BYTES

export class LiveOutput {
  readonly #client: Sender
  readonly #clock: Pick<Clock, 'elapsed' | 'alarm'>
  readonly #wish: Wish
  readonly #listener: Listener
  readonly #hearing: Subscription
  /** Sent and not answered; null: the end. */
  readonly #asked = new Map<number, Piece | null>()
  /** The server got these too early: one before was to be sent again. */
  #early: Piece[] = []
  #parts: Buffer[] = []
  #waiting = 0
  /** The message; null: it isn't there yet. */
  #seq: number | null = null
  #saying = -1
  #sent = 0
  /** Bytes that the producer has given. */
  #total = 0
  #begunAt = 0
  /** When the next piece goes out, unless it's full. */
  #dueAt = Number.NEGATIVE_INFINITY
  #end: OutputEnd | null = null
  #isEnding = false
  #isFull = false
  #isOver = false
  #unalarm: (() => void) | null = null

  constructor(client: Sender, clock: Pick<Clock, 'elapsed' | 'alarm'>, wish: Wish, listener: Listener) {
    this.#client = client
    this.#clock = clock
    this.#wish = wish
    this.#listener = listener
    this.#hearing = client.outcome$.subscribe(outcome => this.#settle(outcome))
  }

  get total(): number {
    return this.#total
  }

  /** Bytes that go beyond the bound, and are not sent. */
  get dropped(): number {
    return this.#total - this.#sent - this.#waiting
  }

  /** Once there is a connection. */
  begin(): void {
    const { room, title: text } = this.#wish
    this.#begunAt = this.#clock.elapsed()
    this.#saying = this.#client.ask({ type: 'say', room, text, action: false, live: true })
  }

  /** False: the producer has to wait for `drained`. */
  write(bytes: Buffer): boolean {
    this.#total += bytes.length
    if (this.#isOver || this.#isFull) return true
    const left = LIVE_MAX_BYTES - this.#sent - this.#waiting
    const taken = bytes.length <= left ? bytes : bytes.subarray(0, left)
    if (taken.length > 0) this.#parts.push(taken)
    this.#waiting += taken.length
    this.#advance()
    return this.#waiting < WAITING_MAX
  }

  /** The producer gives no more. */
  finish(end: OutputEnd): void {
    this.#end ??= end
    this.#advance()
  }

  /** The chat is over. */
  close(why: string): void {
    this.#fail(why)
  }

  #advance(): void {
    if (this.#isOver || this.#seq === null || this.#isEnding) return
    if (this.#early.length > 0) return this.#again(this.#seq)
    while (this.#waiting > 0 && this.#asked.size < SENT_MAX && this.#isDue()) this.#send(this.#seq)
    // The next answer goes on.
    if (this.#waiting > 0 && this.#asked.size >= SENT_MAX) return
    if (this.#waiting > 0) return this.#later(Math.max(0, Math.ceil(this.#dueAt - this.#clock.elapsed())))
    if (this.#end && this.#asked.size === 0) return this.#conclude(this.#seq, this.#end)
    // A wish without a connection sends a sign of life.
    if (this.#wish.byToken && !this.#end) this.#later(LIVE_IDLE_MS / 4)
  }

  #isDue(): boolean {
    const isWhole = this.#waiting >= LIVE_PIECE_BYTES || this.#end !== null
    return isWhole || this.#clock.elapsed() >= this.#dueAt
  }

  #later(ms: number): void {
    this.#unalarm?.()
    this.#unalarm = this.#clock.alarm(ms, () => {
      this.#unalarm = null
      const isSilent = this.#waiting === 0 && this.#asked.size === 0 && this.#seq !== null && !this.#end
      if (isSilent && this.#wish.byToken) this.#ask(this.#seq ?? 0, { offset: this.#sent, bytes: Buffer.of() })
      this.#advance()
    })
  }

  #send(seq: number): void {
    const bytes = this.#take()
    this.#ask(seq, { offset: this.#sent, bytes })
    this.#sent += bytes.length
    const now = this.#clock.elapsed()
    this.#dueAt = now + EVERY_MS + (now - this.#begunAt) * EVERY_SHARE
    if (this.#waiting < WAITING_MAX) this.#listener.drained()
  }

  #ask(seq: number, piece: Piece): void {
    const { offset, bytes } = piece
    this.#asked.set(this.#client.ask({ type: 'grow', seq, offset, data: bytes.toString('base64') }), piece)
  }

  /** In order, when nothing else is on its way. */
  #again(seq: number): void {
    if (this.#asked.size > 0) return
    const early = this.#early.sort((a, b) => a.offset - b.offset)
    this.#early = []
    for (const piece of early) this.#ask(seq, piece)
  }

  #take(): Buffer {
    const all = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts)
    const taken = all.subarray(0, LIVE_PIECE_BYTES)
    this.#parts = all.length > taken.length ? [all.subarray(taken.length)] : []
    this.#waiting -= taken.length
    return taken
  }

  #conclude(seq: number, { status, ms, interrupted }: OutputEnd): void {
    this.#isEnding = true
    const more = { ...(this.#total > this.#sent && { total: this.#total }), ...(interrupted && { interrupted }) }
    this.#asked.set(this.#client.ask({ type: 'finish', seq, status, ms, ...more }), null)
  }

  #settle(outcome: AskOutcome): void {
    if (outcome.id === this.#saying && this.#seq === null) return this.#begun(outcome)
    const piece = this.#asked.get(outcome.id)
    if (piece === undefined || this.#isOver) return
    const isFirst = piece === this.#asked.values().next().value
    this.#asked.delete(outcome.id)
    if (outcome.is === 'refused') {
      // The output goes on at the first piece on its way, or something else is wrong.
      const isEarly = outcome.code === 'live-offset' && piece && !(isFirst && this.#early.length === 0)
      if (!isEarly) return this.#refused(outcome.code, outcome.message)
      this.#early.push(piece)
      return this.#advance()
    }
    if (outcome.is !== 'done') return this.#fail('The server did not say whether it has the output.')
    if (this.#isEnding) return this.#succeed()
    this.#advance()
  }

  #begun(outcome: AskOutcome): void {
    if (outcome.is === 'refused') return this.#fail(outcome.message)
    if (outcome.is !== 'done') return this.#fail('The server did not say whether it has the message.')
    this.#seq = outcome.seq
    this.#listener.begun(outcome.seq)
    this.#advance()
  }

  /** It takes no more pieces; the end is taken. */
  #refused(code: ErrorCode, message: string): void {
    if (code !== 'live-full' || this.#isEnding) return this.#fail(message)
    this.#isFull = true
    this.#parts = []
    this.#waiting = 0
    this.#listener.drained()
    this.#advance()
  }

  #succeed(): void {
    this.#stop()
    this.#listener.over(null)
  }

  #fail(why: string): void {
    if (this.#isOver) return
    this.#stop()
    this.#parts = []
    this.#listener.over(why)
    this.#listener.drained()
  }

  #stop(): void {
    this.#isOver = true
    this.#unalarm?.()
    this.#hearing.unsubscribe()
  }
}
