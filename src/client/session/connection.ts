/**
 * The connection actor of all clients: terminal, plain, pipe and page. Everything from the wire, the user and the clock
 * passes one mailbox. behaviour.ts decides the effects; this file carries them out. Runs in Node and in a browser.
 */
import { BehaviorSubject, type Observable, Subject } from 'rxjs'
import { respond } from '../../actor/behaviour.ts'
import { Mailbox } from '../../actor/mailbox.ts'
import type { ReplyOf } from '../../codec/native/reply.ts'
import type { ReadPlace, SignIn } from '../../model/command.ts'
import type { Clock } from '../../port/clock.ts'
import type { Dialer } from '../../port/dialer.ts'
import { session } from './behaviour.ts'
import type { Incoming } from './incoming.ts'
import type { Asked } from './outbox/outbox.ts'
import type { Pending } from './outbox/pending.ts'
import { PendingCommands } from './outbox/pending-commands.ts'
import { Alarms } from './reconnecting/alarms.ts'
import { searchAmong } from './reconnecting/search.ts'
import {
  newSession,
  type ReadMark,
  type Remembered,
  remembered,
  rememberedSession,
  type SessionEffect,
  type SessionMessage,
  type Wish,
} from './state.ts'
import type { AskOutcome, Status } from './status.ts'
import { openWire, type Wire } from './wire.ts'

export type ClientPorts = {
  readonly dial: Dialer
  /** Dials to ask a server how it is. Default: `dial`. */
  readonly probe?: Dialer
  readonly clock: Clock
  /** In [0, 1): the jitter of reconnects. */
  readonly random: () => number
  /** The session token: unguessable, 128 bits or more, in hex. */
  readonly secret: () => string
  /**
   * Answers a challenge with the fields of `prove`, for the account of this name. Rejects with a sentence for the user.
   */
  readonly prove?: Prover
}

export type Prover = (challenge: ReplyOf<'challenge'>, name: string, account: SignIn | null) => Promise<object>

export type Client = {
  readonly status$: BehaviorSubject<Status>
  readonly incoming$: Observable<Incoming>
  readonly outcome$: Observable<AskOutcome>
  /** The number of commands not sent or not answered. A producer pauses while there are many. */
  readonly waiting$: BehaviorSubject<number>
  /** The same commands one by one, in the order of asking, as of the end of the turn. */
  readonly pending$: BehaviorSubject<readonly Pending[]>
  /** Sends a command, now or once there is a connection. Returns the id that its outcome will carry. */
  readonly ask: (asked: Asked) => number
  /** Tells the server that a place was read, after a short delay. */
  readonly read: (mark: ReadMark) => void
  /** Tells the server that the user is writing there. It's dropped if that isn't possible now. */
  readonly typing: (place: ReadPlace) => void
  /** Leaves once every command is answered. Others see `reason`. */
  readonly leave: (reason?: string | null) => void
  /** Connects now instead of waiting. */
  readonly retry: () => void
  /** The data with which another client can resume the session; null when there is nothing to resume. */
  readonly remember: () => Remembered | null
  /** Closes at once, without a goodbye. */
  readonly close: () => void
}

type EffectOf<T extends SessionEffect['type']> = Extract<SessionEffect, { type: T }>
type Proven = { readonly type: 'proved'; readonly proof: object } | { readonly type: 'unproved'; readonly why: string }

/** `goingOn`: the memory of an earlier client. */
export function connect(
  { dial, probe = dial, clock, random, secret, prove }: ClientPorts,
  wish: Wish,
  goingOn?: Remembered,
): Client {
  const box = new Mailbox(handle)
  const spoken = new Subject<Incoming>()
  const outcome = new Subject<AskOutcome>()
  let at = goingOn ? rememberedSession(wish, goingOn) : newSession(wish, secret())
  const status$ = new BehaviorSubject<Status>(at.status)
  const commands = new PendingCommands(clock, at.outbox)
  const alarms = new Alarms(clock, alarm => box.post({ type: 'alarm', alarm, ...present() }))
  let wire: Wire | null = null
  let stopSearch = (): void => {}
  let ids = at.outbox.lastId
  const present = () => ({ now: clock.elapsed(), random: random() })

  function handle(message: SessionMessage): void {
    const [state, effects] = respond(session, at, message, error => spoken.error(error))
    at = state
    for (const effect of effects) carryOut(effect)
    commands.changed(at.outbox)
    const isOver = at.status.state === 'ended'
    if (isOver) commands.list()
    if (status$.value !== at.status) status$.next(at.status)
    if (isOver) close()
  }

  function carryOut(effect: SessionEffect): void {
    switch (effect.type) {
      case 'dial':
        return open(effect.address)
      case 'search':
        return seek(effect.addresses)
      case 'send':
        return wire?.send(effect.object)
      case 'prove':
        return void answer(effect)
      case 'hang-up':
        return hangUp()
      case 'alarm':
        return alarms.set(effect.alarm, effect.ms)
      case 'report':
        return outcome.next(effect.outcome)
      case 'tell':
        return spoken.next(effect.spoken)
    }
  }

  function open(address?: string): void {
    wire = openWire(
      dial,
      reply => box.post({ type: 'reply', reply, ...present() }),
      what => box.post({ type: 'wire', what, ...present() }),
      address,
    )
  }

  /** A proof is for one connection. If the connection is lost meanwhile, no proof is sent. */
  async function answer({ challenge, name, account }: EffectOf<'prove'>): Promise<void> {
    const asking = wire
    const post = (message: Proven): void => {
      if (wire === asking) box.post({ ...message, now: clock.elapsed() })
    }
    try {
      if (!prove) throw new Error('This client cannot answer the challenge of the server.')
      post({ type: 'proved', proof: await prove(challenge, name, account) })
    } catch (error) {
      post({ type: 'unproved', why: error instanceof Error ? error.message : String(error) })
    }
  }

  function seek(addresses: readonly (string | null)[]): void {
    stopSearch()
    stopSearch = searchAmong(addresses, probe, clock, address =>
      box.post({ type: 'found', address, now: clock.elapsed() }),
    )
  }

  function hangUp(): void {
    stopSearch()
    wire?.hangUp()
    wire = null
  }

  function close(): void {
    commands.list()
    hangUp()
    alarms.close()
    box.stop()
    spoken.complete()
    // The status is kept, so that a late subscriber still learns how it ended.
    outcome.complete()
  }

  box.post({ type: 'start' })
  return {
    status$,
    incoming$: spoken.asObservable(),
    outcome$: outcome.asObservable(),
    waiting$: commands.waiting$,
    pending$: commands.pending$,
    ask(asked) {
      box.post({ type: 'ask', asked, now: clock.elapsed() })
      return ++ids
    },
    read: mark => box.post({ type: 'read', mark, now: clock.elapsed() }),
    typing: place => box.post({ type: 'typing', place, now: clock.elapsed() }),
    leave: (reason = null) => box.post({ type: 'leave', reason, now: clock.elapsed() }),
    retry: () => box.post({ type: 'retry' }),
    remember: () => remembered(at),
    close,
  }
}
