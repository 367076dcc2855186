/** A server that is not the expected one: it gets no data, and is not dialled again. */
import { Observable } from 'rxjs'
import { expect, test } from 'vitest'
import { connect } from '../../../src/client/session/connection.ts'
import type { Dialled } from '../../../src/port/dialer.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'

test('[S9] a server that is refused is told nothing, and is not tried again', async () => {
  const clock = virtualClock()
  const written: string[] = []
  let dialled = 0
  const client = connect(
    {
      dial: () => {
        dialled++
        return {
          signals$: new Observable<Dialled>(signals =>
            signals.next({ type: 'refused', reason: 'it is somebody else' }),
          ),
          write: text => void written.push(text),
          destroy: () => {},
        }
      },
      clock,
      random: () => 0,
      secret: () => 'x'.repeat(32),
    },
    { name: 'alice', room: 'lobby', reconnect: true, insist: true, password: 'secret' },
  )
  await clock.advance(600_000)
  const end = { by: 'network', message: 'it is somebody else', exit: 4 }
  expect(client.status$.value).toEqual({ state: 'ended', end })
  expect([dialled, written]).toEqual([1, []])
})
