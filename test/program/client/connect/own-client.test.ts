/** A process after one that was killed: it ends the session of that one first, and keeps its token until that is done. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Subject } from 'rxjs'
import { expect, onTestFinished, test } from 'vitest'
import type { Dialer, Dialled } from '../../../../src/port/dialer.ts'
import { connectOwn } from '../../../../src/program/client/connect/own-client.ts'
import { ownSession } from '../../../../src/program/client/connect/own-session.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const WISH = { name: 'ci', room: 'lobby', reconnect: true, insist: false }

/** The process after a killed one whose token is `former`, with each of its connections. */
async function afterKill() {
  const state = temporaryFolder()
  const take = () => ownSession('localhost:3001', 'ci', { XDG_STATE_HOME: state })
  const first = await take()
  first?.keep('former')
  first?.release(false)
  const own = await take()
  if (own === null) throw new Error('the lock is held')
  onTestFinished(() => own.release(true))
  const wires: { readonly signals$: Subject<Dialled>; readonly sent: string[] }[] = []
  const dial: Dialer = () => {
    const wire = { signals$: new Subject<Dialled>(), sent: [] as string[] }
    wires.push(wire)
    return { signals$: wire.signals$, write: text => void wire.sent.push(text), destroy: () => {} }
  }
  const client = connectOwn(own, { dial, probe: dial }, WISH, async () => ({}))
  onTestFinished(() => client.close())
  const folder = join(state, 'rxchat', 'sessions')
  const last = async () => {
    await new Promise(resolve => setImmediate(resolve))
    return wires.at(-1)
  }
  return {
    ...{ own, wires, last },
    kept: () =>
      readdirSync(folder).flatMap(name => (name.endsWith('.lock') ? [] : [readFileSync(join(folder, name), 'utf8')])),
  }
}

const bytes = (text: string): Dialled => ({ type: 'bytes', bytes: new TextEncoder().encode(text) })

test.each(['{"type":"closed","code":"bye"}\n', '{"type":"rejected","code":"session-unknown"}\n'])(
  '[K3] it enters once the server has said %s',
  async words => {
    const { wires, last, kept } = await afterKill()
    const burial = await last()
    burial?.signals$.next({ type: 'opened' })
    expect(burial?.sent.join('')).toContain('"token":"former"')
    burial?.signals$.next(bytes(words))
    expect(kept()).toEqual(['former'])
    burial?.signals$.complete()
    await last()
    expect(wires).toHaveLength(2)
    expect(kept()).not.toEqual(['former'])
    expect(kept()).toHaveLength(1)
  },
)

test.each([
  ['could not be reached', []],
  ['went away before it answered', [{ type: 'opened' }, { type: 'closed' }]],
  ['went away in the middle of its answer', [{ type: 'opened' }, bytes('{"type":"welcome"'), { type: 'closed' }]],
] as const)('[K3] [K10] it keeps the token of a session that may still be there: the server %s', async (_, signals) => {
  const { own, last, kept } = await afterKill()
  const burial = await last()
  for (const signal of signals) burial?.signals$.next(signal as Dialled)
  burial?.signals$.complete()
  const wire = await last()
  wire?.signals$.next({ type: 'failed', reason: 'nobody is there' })
  wire?.signals$.complete()
  own.release(true)
  expect(kept()).toEqual(['former'])
})
