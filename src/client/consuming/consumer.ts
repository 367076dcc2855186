/**
 * A program that consumes a cursor: it claims it, waits for its turn, hands over one message after another, and moves
 * the cursor behind handled messages. Every message is handed over at least once; nothing is skipped (docs/spec.md,
 * CU5).
 */
import { ERRORS } from '../../model/error.ts'
import type { Clock } from '../../port/clock.ts'
import type { Client } from '../session/connection.ts'
import type { Incoming } from '../session/incoming.ts'
import { backoff } from '../session/reconnecting/backoff.ts'
import { type Removal, watchRoom } from '../session/room-watch.ts'
import type { AskOutcome } from '../session/status.ts'
import { type Beginning, BeginningFinder } from './beginning.ts'
import type { Handed, Handler, StartHandler } from './handler.ts'
import { Mover } from './mover.ts'
import { type Page, RoomReader } from './reader.ts'

export type ConsumerWish = {
  readonly cursor: string
  readonly room: string
  /** Start of a new cursor: after an input, or at a time, in milliseconds since the epoch; null: now. */
  readonly from: { readonly after: number } | { readonly since: number } | null
  /** Milliseconds between two claims, for a token, whose turn is a lease; null: a session keeps its turn. */
  readonly renewMs: number | null
  /** How often a message is tried again before the program ends, or (`skipAfter`) goes on without it; null: for ever. */
  readonly retries: number | null
  readonly skipAfter: number | null
}

/** Notes for the program's user. */
export type ConsumerNote =
  | { readonly type: 'holding'; readonly place: number }
  | { readonly type: 'waiting' | 'lost' }
  /** It's tried again. Told when that begins, and when the reason changes. */
  | { readonly type: 'failing'; readonly event: Handed | null; readonly why: string }
  | { readonly type: 'mended'; readonly event: Handed; readonly tries: number }
  | { readonly type: 'skipped'; readonly event: Handed; readonly why: string }
  | { readonly type: 'given-up'; readonly event: Handed | null; readonly tries: number; readonly why: string }
  | { readonly type: 'refused'; readonly message: string }

/** `over`: nothing more happens. `exit` null: the program didn't give up by itself. */
type Ports = {
  readonly clock: Clock
  readonly random: () => number
  readonly start: StartHandler
  readonly note: (note: ConsumerNote) => void
  readonly over: (exit: number | null) => void
}

type State = 'claiming' | 'waiting' | 'holding' | 'closing' | 'over'

export class Consumer {
  readonly #client: Client
  readonly #wish: ConsumerWish
  readonly #ports: Ports
  readonly #reader: RoomReader
  readonly #mover: Mover
  readonly #handler: Handler
  #state: State = 'claiming'
  #turn = 0
  /** Read and not handed over. */
  #queue: Handed[] = []
  /** Handed over and not handled. */
  #given: Handed[] = []
  /** When the queue is empty and everything is handled, the room is handled up to here. */
  #readTo = 0
  #failures = 0
  #why: string | null = null
  #pause: (() => void) | null = null
  #renewal: (() => void) | null = null
  /** The handler still works on messages of an earlier turn. */
  #isDropping = false
  #claim: number | null = null
  #from: ConsumerWish['from']
  readonly #finder: BeginningFinder | null
  #exit: number | null = null
  /** Whether the server has named the holder of the turn since the last interruption. */
  #isSure = false

  constructor(client: Client, wish: ConsumerWish, ports: Ports) {
    this.#client = client
    this.#wish = wish
    this.#from = wish.from
    this.#finder = wish.from && 'since' in wish.from ? new BeginningFinder(client, wish.room, wish.from) : null
    this.#ports = ports
    this.#reader = new RoomReader(client, wish.room, page => this.#take(page))
    this.#mover = new Mover(client, ports.clock, wish.cursor)
    this.#handler = ports.start({
      handled: seq => this.#handled(seq),
      failed: why => this.#failed(why),
      finished: () => this.close(),
    })
    // Before the end of the turn that follows from it, which would read as if another program had the cursor now.
    watchRoom(client, wish.room, how => this.#removed(how))
    client.incoming$.subscribe(spoken => this.#hear(spoken))
    client.outcome$.subscribe(outcome => this.#settle(outcome))
    client.status$.subscribe(({ state }) => {
      if (state === 'online') this.#pump()
      if (state === 'ended') this.#end()
    })
  }

  /** Finishes the messages that the handler has, gives the turn back and leaves. */
  close(): void {
    if (this.#state === 'over' || this.#state === 'closing') return
    const isHolder = this.#state === 'holding'
    this.#state = 'closing'
    this.#rest()
    this.#handler.close(() => {
      if (!isHolder) return this.#leave()
      this.#mover.settled(() => this.#leave())
    })
  }

  /** There is no connection, so nobody can be told. Messages without an acknowledgement will be handled again. */
  abandon(): void {
    this.#client.close()
    this.#end()
  }

  #leave(): void {
    if (this.#state === 'over') return
    this.#client.ask({ type: 'cursor-leave', cursor: this.#wish.cursor })
    this.#client.leave()
  }

  #rest(): void {
    this.#pause?.()
    this.#renewal?.()
    this.#pause = null
    this.#renewal = null
  }

  #end(): void {
    if (this.#state === 'over') return
    this.#state = 'over'
    this.#rest()
    this.#mover.stop()
    this.#handler.drop(() => this.#ports.over(this.#exit))
  }

  #giveUp(exit: number): void {
    this.#exit = exit
    this.close()
  }

  #hear(spoken: Incoming): void {
    const { reply } = spoken
    if (this.#state === 'over' || this.#state === 'closing') return
    if (reply.type === 'cursor' && reply.cursor === this.#wish.cursor) return this.#turned(reply)
    // A token's stream has a welcome, too, and so has every session that begins or goes on.
    if (reply.type === 'welcome') {
      this.#isSure = false
      this.#wantTurn()
    }
    this.#reader.hear(spoken)
    this.#pump()
  }

  #removed({ message, exit }: Removal): void {
    if (this.#state === 'over' || this.#state === 'closing') return
    this.#ports.note({ type: 'refused', message })
    this.#stopTurn('claiming')
    this.#giveUp(exit)
  }

  /** Asked again after every interruption, since the turn may be over. */
  #wantTurn(): void {
    this.#renewal?.()
    this.#renewal = null
    const { cursor, room, renewMs } = this.#wish
    const from = this.#from
    if (from !== null && 'since' in from) return this.#finder?.ask()
    this.#claim = this.#client.ask({ type: 'cursor-claim', cursor, room, ...(from && { from: from.after }) })
    if (renewMs !== null) this.#renewal = this.#ports.clock.alarm(renewMs, () => this.#wantTurn())
  }

  #found(beginning: Beginning): void {
    if (beginning.is !== 'found') return this.#again()
    this.#from = beginning.after === null ? null : { after: beginning.after }
    this.#wantTurn()
  }

  #turned({ is, turn, place }: Extract<Incoming['reply'], { type: 'cursor' }>): void {
    this.#isSure = true
    switch (is) {
      case 'holding':
        if (this.#state === 'holding' && this.#turn === turn) return this.#pump()
        return this.#begin(turn, place)
      case 'waiting':
        if (this.#state !== 'waiting') this.#ports.note({ type: 'waiting' })
        return this.#stopTurn('waiting')
      case 'lost':
        this.#ports.note({ type: 'lost' })
        this.#stopTurn('claiming')
        return this.#wantTurn()
      case 'removed':
        this.#ports.note({ type: 'refused', message: 'The cursor was removed.' })
        this.#stopTurn('claiming')
        return this.#giveUp(ERRORS['cursor-unknown'].exit)
    }
  }

  #begin(turn: number, place: number): void {
    this.#stopTurn('holding')
    this.#turn = turn
    this.#readTo = place
    this.#mover.begin(turn, place)
    this.#reader.begin(place)
    this.#ports.note({ type: 'holding', place })
    this.#pump()
  }

  /** The handler's messages may be handled by another program as well, under the same numbers. */
  #stopTurn(state: State): void {
    const isBusy = this.#given.length > 0
    this.#state = state
    this.#queue = []
    this.#given = []
    this.#failures = 0
    this.#why = null
    this.#pause?.()
    this.#pause = null
    this.#mover.stop()
    if (!isBusy || this.#isDropping) return
    this.#isDropping = true
    this.#handler.drop(() => {
      this.#isDropping = false
      this.#pump()
    })
  }

  #take({ events, to }: Page): void {
    this.#queue.push(...events)
    this.#readTo = to
    this.#moveOn()
    this.#pump()
  }

  /**
   * Hands over as many messages as the handler takes now. Without a connection no new ones: another program may have
   * the turn by now.
   */
  #pump(): void {
    const isReady = this.#state === 'holding' && this.#isSure && this.#pause === null && !this.#isDropping
    if (!isReady || this.#client.status$.value.state !== 'online') return
    const window = this.#failures > 0 ? 1 : this.#handler.window
    while (this.#given.length < window) {
      const event = this.#queue.shift()
      if (!event) break
      this.#given.push(event)
      this.#handler.give(event)
    }
    if (this.#queue.length === 0) this.#reader.next()
  }

  #handled(seq: number): void {
    const [first] = this.#given
    if (!first || first.seq > seq) return
    if (this.#failures > 0) this.#ports.note({ type: 'mended', event: first, tries: this.#failures + 1 })
    this.#pass(seq)
  }

  #pass(seq: number): void {
    const last = this.#given.findLast(event => event.seq <= seq)
    this.#given = this.#given.filter(event => event.seq > seq)
    this.#failures = 0
    this.#why = null
    if (last) this.#mover.move(last.seq)
    this.#moveOn()
    this.#pump()
  }

  /** Behind the last message there may be some that were deleted. */
  #moveOn(): void {
    if (this.#state === 'holding' && this.#queue.length + this.#given.length === 0) this.#mover.move(this.#readTo)
  }

  #failed(why: string): void {
    if (this.#state !== 'holding') return
    this.#queue.unshift(...this.#given)
    this.#given = []
    this.#failures += 1
    const [event = null] = this.#queue
    const { retries, skipAfter } = this.#wish
    if (skipAfter !== null && event && this.#failures >= skipAfter) {
      this.#ports.note({ type: 'skipped', event, why })
      this.#given = [event]
      this.#queue.shift()
      return this.#pass(event.seq)
    }
    if (retries !== null && this.#failures > retries) {
      this.#ports.note({ type: 'given-up', event, tries: this.#failures, why })
      return this.#giveUp(1)
    }
    if (this.#why !== why) this.#ports.note({ type: 'failing', event, why })
    this.#why = why
    this.#wait()
  }

  #wait(): void {
    this.#pause?.()
    this.#pause = this.#ports.clock.alarm(backoff(this.#failures, this.#ports.random()), () => {
      this.#pause = null
      this.#pump()
    })
  }

  #settle(outcome: AskOutcome): void {
    if (this.#reader.settle(outcome)) return outcome.is === 'done' ? this.#pump() : this.#wait()
    const beginning = this.#finder?.settle(outcome)
    if (beginning) return this.#found(beginning)
    const moved = this.#mover.settle(outcome)
    const isClaim = outcome.id === this.#claim
    if (outcome.is !== 'refused' || this.#state === 'over' || this.#state === 'closing') return
    if (moved) {
      this.#stopTurn('claiming')
      return this.#again()
    }
    if (!isClaim) return
    if (ERRORS[outcome.code]?.retry) return this.#again()
    this.#ports.note({ type: 'refused', message: outcome.message })
    this.#giveUp(ERRORS[outcome.code]?.exit ?? 4)
  }

  #again(): void {
    this.#renewal?.()
    this.#renewal = this.#ports.clock.alarm(backoff(2, this.#ports.random()), () => this.#wantTurn())
  }
}
