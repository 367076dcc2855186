/** A client whose session is stored on this machine. First it ends the session of a killed process before it. */
import { defer, switchMap, tap } from 'rxjs'
import { type Client, connect, type Prover } from '../../../client/session/connection.ts'
import type { Wish } from '../../../client/session/state.ts'
import type { Dialer, Dialling } from '../../../port/dialer.ts'
import { systemClock } from '../../../transport/clock.ts'
import { systemEntropy } from '../../../transport/entropy.ts'
import type { Reached } from './dialer.ts'
import type { OwnSession } from './own-session.ts'

type Reach = Pick<Reached, 'dial' | 'probe'>

/** `opened` is called with each connection: from then on, the server may have the session. */
export function connectOwn(
  own: OwnSession,
  { dial, probe }: Reach,
  wish: Wish,
  prove: Prover,
  opened: () => void = () => {},
): Client {
  let token = ''
  const noted = noting(dial, opened)
  const keep = (): void => {
    try {
      own.keep(token)
    } catch {
      // Nothing can be stored. The next process waits for the grace.
    }
  }
  const client = connect(
    {
      // The former token is kept until its session is over: without it, the name would stay taken for the grace.
      dial: own.former === null ? noted : afterBurying(noted, dial, own.former, keep),
      probe,
      clock: systemClock,
      random: Math.random,
      prove,
      secret() {
        token = systemEntropy.secret()
        if (own.former === null) own.keep(token)
        return token
      },
    },
    wish,
  )
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
 * Dials as `dial` does. Before that, it ends the session of this token by `burial`, until it's over, and then calls
 * `over`.
 */
function afterBurying(dial: Dialer, burial: Dialer, token: string, over: () => void): Dialer {
  let isOver = false

  async function end(): Promise<void> {
    if (isOver) return
    isOver = await bury(burial, token)
    // Otherwise the token stays on the disk: without it, the name would stay taken for the grace.
    if (isOver) over()
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
