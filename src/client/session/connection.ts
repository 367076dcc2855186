/**
 * The connection actor of all clients: terminal, plain, pipe and page. Everything from the wire, the user and the clock
 * passes one mailbox. behaviour.ts decides what follows; this file carries it out. Runs in Node and in a browser.
 */
import { BehaviorSubject, type Observable, Subject } from 'rxjs'
import { behave } from '../../actor/behaviour.ts'
import { Mailbox } from '../../actor/mailbox.ts'
import type { Clock } from '../../port/clock.ts'
import type { Dialer } from '../../port/dialer.ts'
import { SilenceAlarm } from '../../port/silence-alarm.ts'
import { session } from './behaviour.ts'
import type { Incoming } from './incoming.ts'
import { type Asked, unanswered } from './outbox/outbox.ts'
import { type Pending, pending } from './outbox/pending.ts'
import {
  type Alarm,
  newSession,
  type Remembered,
  remembered,
  rememberedSession,
  type Session,
  type SessionEffect,
  type SessionMessage,
  type Wish,
} from './state.ts'
import type { AskOutcome, Status } from './status.ts'
import { openWire, type Wire } from './wire.ts'

export type ClientPorts = {
  readonly dial: Dialer
  readonly clock: Clock
  /** In [0, 1): the jitter of reconnects. */
  readonly random: () => number
  /** The session token: unguessable, 128 bits or more, in hex. */
  readonly secret: () => string
}

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
  /** Leaves once every command is answered. Others see `reason`. */
  readonly leave: (reason?: string | null) => void
  /** Connects now instead of waiting. */
  readonly retry: () => void
  /** The data with which another client can resume the session; null when there is nothing to resume. */
  readonly remember: () => Remembered | null
  /** Closes at once, without a goodbye. */
  readonly close: () => void
}

/** `goingOn`: what an earlier client remembered. */
export function connect({ dial, clock, random, secret }: ClientPorts, wish: Wish, goingOn?: Remembered): Client {
  const box = new Mailbox<SessionMessage>()
  const spoken = new Subject<Incoming>()
  const outcome = new Subject<AskOutcome>()
  let at = goingOn ? rememberedSession(wish, goingOn) : newSession(wish, secret())
  const status$ = new BehaviorSubject<Status>(at.status)
  const waiting$ = new BehaviorSubject(unanswered(at.outbox))
  const pending$ = new BehaviorSubject(pending(at.outbox))
  let isListing = false
  const alarms = new Map<string, () => void>()
  let wire: Wire | null = null
  let ids = at.outbox.lastId
  const present = () => ({ now: clock.elapsed(), random: random() })

  const acting = box.messages$
    .pipe(behave<Session, SessionMessage, SessionEffect>(at, session, error => spoken.error(error)))
    .subscribe(({ state, effects }) => {
      const before = at
      at = state
      for (const effect of effects) carryOut(effect)
      if (before.outbox !== at.outbox) count()
      const isOver = at.status.state === 'ended'
      if (isOver) list()
      if (status$.value !== at.status) status$.next(at.status)
      if (isOver) close()
    })

  /** Listed once a turn: a list for each of a thousand lines at once would cost a million items. */
  function count(): void {
    const waiting = unanswered(at.outbox)
    if (waiting$.value !== waiting) waiting$.next(waiting)
    if (!isListing) clock.turn(list)
    isListing = true
  }

  function list(): void {
    isListing = false
    pending$.next(pending(at.outbox))
  }

  function carryOut(effect: SessionEffect): void {
    switch (effect.type) {
      case 'dial':
        return open()
      case 'send':
        return wire?.send(effect.object)
      case 'hang-up':
        return hangUp()
      case 'alarm':
        alarms.get(effect.alarm)?.()
        alarms.set(effect.alarm, alarm(effect.alarm, effect.ms))
        return
      case 'report':
        return outcome.next(effect.outcome)
      case 'tell':
        return spoken.next(effect.spoken)
    }
  }

  /** These two alarms judge the server, which may have answered while this process was suspended. */
  function alarm(name: Alarm, ms: number): () => void {
    const ring = (): void => box.post({ type: 'alarm', alarm: name, ...present() })
    if (name !== 'ping' && name !== 'welcome') return clock.alarm(ms, ring)
    const silence = new SilenceAlarm(clock, ring)
    silence.set(ms)
    return () => silence.off()
  }

  function open(): void {
    wire = openWire(
      dial,
      reply => box.post({ type: 'reply', reply, ...present() }),
      what => box.post({ type: 'wire', what, ...present() }),
    )
  }

  function hangUp(): void {
    wire?.hangUp()
    wire = null
  }

  function close(): void {
    if (isListing) list()
    hangUp()
    for (const cancel of alarms.values()) cancel()
    alarms.clear()
    acting.unsubscribe()
    box.close()
    spoken.complete()
    // The status is kept, so that a late subscriber still learns how it ended.
    outcome.complete()
  }

  box.post({ type: 'start' })
  return {
    status$,
    incoming$: spoken.asObservable(),
    outcome$: outcome.asObservable(),
    waiting$,
    pending$,
    ask(asked) {
      box.post({ type: 'ask', asked, now: clock.elapsed() })
      return ++ids
    },
    leave: (reason = null) => box.post({ type: 'leave', reason, now: clock.elapsed() }),
    retry: () => box.post({ type: 'retry' }),
    remember: () => remembered(at),
    close,
  }
}
