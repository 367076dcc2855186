/** A client whose session is stored on this machine. First it ends the session of a killed process before it. */
import { defer, switchMap } from 'rxjs'
import { type Client, connect, type Prover } from '../../../client/session/connection.ts'
import type { Wish } from '../../../client/session/state.ts'
import type { Dialer, Dialling } from '../../../port/dialer.ts'
import { systemClock } from '../../../transport/clock.ts'
import { systemEntropy } from '../../../transport/entropy.ts'
import type { Reached } from './dialer.ts'
import type { OwnSession } from './own-session.ts'

type Reach = Pick<Reached, 'dial' | 'probe'>

export function connectOwn(own: OwnSession, { dial, probe }: Reach, wish: Wish, prove: Prover): Client {
  let token = ''
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
      dial: own.former === null ? dial : afterBurying(dial, own.former, keep),
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

/** Dials as `dial` does. Before the first time, it ends the session of this token, and then calls `over`. */
function afterBurying(dial: Dialer, token: string, over: () => void): Dialer {
  let buried: Promise<void> | null = null
  return address => {
    let wire: Dialling | null = null
    return {
      signals$: defer(() => {
        buried ??= bury(dial, token).then(over)
        return buried
      }).pipe(
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

/** Ends the session of this token, if it still exists, so that its name is free. */
function bury(dial: Dialer, token: string): Promise<void> {
  const wire = dial()
  return new Promise(resolve => {
    const timer = setTimeout(() => {
      listening.unsubscribe()
      resolve()
    }, PATIENCE_MS)
    const done = (): void => {
      clearTimeout(timer)
      resolve()
    }
    const listening = wire.signals$.subscribe({
      next(what) {
        if (what.type !== 'opened') return
        wire.write(`${JSON.stringify({ type: 'hello', token, history: 0 })}\n${JSON.stringify({ type: 'bye' })}\n`)
      },
      error: done,
      complete: done,
    })
  })
}
