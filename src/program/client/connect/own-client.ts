/** A client whose session is stored on this machine. First it ends the sessions of killed processes before it. */
import { defer, switchMap, tap } from 'rxjs'
import { type Client, connect, type Prover } from '../../../client/session/connection.ts'
import type { Wish } from '../../../client/session/state.ts'
import type { Dialer, Dialling } from '../../../port/dialer.ts'
import { systemClock } from '../../../transport/clock.ts'
import { systemEntropy } from '../../../transport/entropy.ts'
import type { Reached } from './dialer.ts'
import type { OwnSession } from './own-session.ts'

type Reach = Pick<Reached, 'dial' | 'probe'>

/** How long a former session may be in the way of its name: one that's away, and one whose end the server hasn't noticed. */
const FORMER = { away: 30_000, here: 5000 } as const

/** `opened` is called with each connection: from then on, the server may have the session. */
export function connectOwn(
  own: OwnSession,
  { dial, probe }: Reach,
  wish: Wish,
  prove: Prover,
  opened: () => void = () => {},
): Client {
  let isIn = false
  const noted = noting(dial, opened)
  const isFirst = own.former.length === 0
  const { away, here } = wish.awaitsName ?? { away: 0, here: 0 }
  const awaitsName = { away: Math.max(away, FORMER.away), here: Math.max(here, FORMER.here) }
  const client = connect(
    {
      dial: isFirst ? noted : afterBurying(noted, dial, own, () => isIn),
      probe,
      clock: systemClock,
      random: Math.random,
      prove,
      secret() {
        const token = systemEntropy.secret()
        try {
          own.keep(token)
        } catch {
          // Nothing can be stored. The next process waits for the grace.
        }
        return token
      },
    },
    isFirst ? wish : { ...wish, awaitsName },
  )
  client.status$.subscribe(({ state }) => {
    isIn ||= state === 'online'
  })
  followName(client, own)
  return client
}

/** Lets the lock and the token of a session go along when the server gives it another name. */
export function followName({ status$, remember }: Client, { rename }: OwnSession): void {
  status$.subscribe(status => {
    const token = remember()?.token
    if (status.state !== 'online' || token === undefined) return
    try {
      rename(status.name, token)
    } catch {
      // Nothing can be stored, so the server alone decides.
    }
  })
}

const noting =
  (dial: Dialer, opened: () => void): Dialer =>
  address => {
    const wire = dial(address)
    return {
      signals$: wire.signals$.pipe(tap(({ type }) => type === 'opened' && opened())),
      write: text => wire.write(text),
      destroy: () => wire.destroy(),
    }
  }

/**
 * Dials as `dial` does. Before that, as long as this client isn't in, it ends the sessions of the former tokens by
 * `burial`. It does so each time: the server may let a killed process in after it has said that it doesn't know it.
 */
function afterBurying(dial: Dialer, burial: Dialer, own: OwnSession, isIn: () => boolean): Dialer {
  async function end(): Promise<void> {
    if (isIn()) return
    // Otherwise the tokens stay on the disk: without them, the name would stay taken for the grace.
    for (const token of own.former) if (!(await bury(burial, token))) return
    own.buried()
  }

  return address => {
    let wire: Dialling | null = null
    return {
      signals$: defer(end).pipe(
        switchMap(() => {
          wire = dial(address)
          return wire.signals$
        }),
      ),
      write: text => wire?.write(text),
      destroy: () => wire?.destroy(),
    }
  }
}

/**
 * How long the server has to end a session, in milliseconds. If it doesn't answer, the client connects all the same.
 */
const PATIENCE_MS = 3000

/** The server says goodbye, or doesn't know the session. */
const IS_OVER = /"type":"closed"|"code":"session-unknown"/

/** Ends the session of this token, if it still exists, so that its name is free. Resolves with whether it's over. */
function bury(dial: Dialer, token: string): Promise<boolean> {
  const wire = dial()
  const decoder = new TextDecoder()
  let heard = ''
  return new Promise(resolve => {
    const timer = setTimeout(() => {
      listening.unsubscribe()
      resolve(false)
    }, PATIENCE_MS)
    // A connection that ends without an answer was cut, or the server went away.
    const done = (): void => {
      clearTimeout(timer)
      resolve(IS_OVER.test(heard))
    }
    const listening = wire.signals$.subscribe({
      next(what) {
        if (what.type === 'bytes') heard = (heard + decoder.decode(what.bytes, { stream: true })).slice(-HEARD_MAX)
        if (what.type !== 'opened') return
        wire.write(`${JSON.stringify({ type: 'hello', token, history: 0 })}\n${JSON.stringify({ type: 'bye' })}\n`)
      },
      error: done,
      complete: done,
    })
  })
}

/** Characters of the server's last words. */
const HEARD_MAX = 4096
