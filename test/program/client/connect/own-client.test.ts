/** A process after ones that were killed: it ends their sessions first, and keeps their tokens until that is done. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Subject } from 'rxjs'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Wish } from '../../../../src/client/session/state.ts'
import type { Dialer, Dialled } from '../../../../src/port/dialer.ts'
import { connectOwn } from '../../../../src/program/client/connect/own-client.ts'
import { ownSession } from '../../../../src/program/client/connect/own-session.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const WISH: Wish = { name: 'José', room: 'lobby', reconnect: true, insist: false, patience: 60_000 }
const FORMER = 'former'.repeat(8)

type Wire = { readonly signals$: Subject<Dialled>; readonly sent: string[] }

/** The process after a killed one whose token is known, or after none, with each of its connections. */
async function afterKill(former: string | null = FORMER, more: Partial<Wish> = {}) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'hrtime'] })
  onTestFinished(() => void vi.useRealTimers())
  const state = temporaryFolder()
  const take = async () => {
    const own = await ownSession('localhost:3001', WISH.name, { XDG_STATE_HOME: state })
    if (own === null) throw new Error('the lock is held')
    onTestFinished(() => own.release(true))
    return own
  }
  const first = await take()
  if (former !== null) first.keep(former)
  first.release(false)
  const own = await take()
  const wires: Wire[] = []
  const dial: Dialer = () => {
    const wire = { signals$: new Subject<Dialled>(), sent: [] as string[] }
    wires.push(wire)
    return { signals$: wire.signals$, write: text => void wire.sent.push(text), destroy: () => {} }
  }
  const client = connectOwn(own, { dial, probe: dial }, { ...WISH, ...more }, async () => ({}))
  onTestFinished(() => client.close())
  const folder = join(state, 'rxchat', 'sessions')
  const settled = () => new Promise(resolve => setImmediate(resolve))
  let at = 0
  return {
    ...{ own, client, wires, take },
    kept: (): readonly string[] =>
      readdirSync(folder).flatMap(name =>
        name.endsWith('.lock') ? [] : readFileSync(join(folder, name), 'utf8').split('\n'),
      ),
    /** The next connection is made, and gives these signals. Returns what was said on it. */
    async serves(...signals: readonly Dialled[]): Promise<string> {
      await settled()
      for (let ms = 0; wires.length <= at && ms < 20_000; ms += 100) await vi.advanceTimersByTimeAsync(100)
      const wire = wires[at++]
      if (!wire) throw new Error('nobody has dialled')
      for (const signal of signals) wire.signals$.next(signal)
      if (signals.some(({ type }) => type === 'closed' || type === 'failed')) wire.signals$.complete()
      await settled()
      return wire.sent.join('')
    },
  }
}

const says = (reply: object): readonly Dialled[] => [
  { type: 'opened' },
  { type: 'bytes', bytes: new TextEncoder().encode(`${JSON.stringify(reply)}\n`) },
]
const ENDED = [...says({ type: 'closed', code: 'bye' }), { type: 'closed' }] as const
const UNKNOWN = [...says({ type: 'rejected', code: 'session-unknown' }), { type: 'closed' }] as const
const taken = (holder: string): readonly Dialled[] =>
  says({ type: 'rejected', code: 'name-taken', message: 'It is taken.', retry: true, holder })
const WELCOME = says({
  ...{ type: 'welcome', protocol: 1, seq: 9, at: 1, session: 's', id: 'i', name: WISH.name, epoch: 'e' },
  ...{ grace: 60_000, resumed: false, gap: false, rate: null },
})

const tokenIn = (sent: string): unknown => (JSON.parse(sent.split('\n')[0] ?? '') as { token?: unknown }).token

test.each([
  { what: 'has ended the session', ends: ENDED },
  { what: 'does not know the session', ends: UNKNOWN },
])('[K3] it enters once the server says that it $what', async ({ ends }) => {
  const { serves, client, kept } = await afterKill()
  expect(tokenIn(await serves(...ends))).toBe(FORMER)
  expect(kept()).toContain(FORMER)
  const own = tokenIn(await serves(...WELCOME))
  expect(client.status$.value).toMatchObject({ state: 'online', name: WISH.name })
  expect(kept()).toEqual([own])
})

describe('[K3] [K10] its name is held by the session of a killed process', () => {
  test('whose hello the server reads only after it has said that it does not know it: it is ended then', async () => {
    const { serves, client } = await afterKill()
    await serves(...UNKNOWN)
    await serves(...taken('here'))
    expect(tokenIn(await serves(...ENDED))).toBe(FORMER)
    await serves(...WELCOME)
    expect(client.status$.value).toMatchObject({ state: 'online' })
  })

  test('and the server goes away before it has ended it: it is ended when the server is back', async () => {
    const { serves, client } = await afterKill()
    await serves({ type: 'opened' }, { type: 'closed' })
    await serves(...taken('away'))
    await serves({ type: 'failed', reason: 'nobody is there' })
    await serves({ type: 'failed', reason: 'nobody is there' })
    await serves(...ENDED)
    await serves(...WELCOME)
    expect(client.status$.value).toMatchObject({ state: 'online' })
  })

  test('whose token is not here: it waits until that one has lapsed, if it is meant to', async () => {
    const { serves, client } = await afterKill(null, { awaitsName: { away: 60_000, here: 0 } })
    await serves(...taken('away'))
    await serves(...taken('away'))
    await serves(...WELCOME)
    expect(client.status$.value).toMatchObject({ state: 'online' })
  })

  test.each([
    { what: 'somebody is there and stays', former: FORMER, holder: 'here', least: 5000, most: 20_000 },
    { what: 'a stranger is away for long', former: FORMER, holder: 'away', least: 30_000, most: 60_000 },
    { what: 'a token has it', former: FORMER, holder: 'token', least: 0, most: 0 },
    { what: 'there was no killed process', former: null, holder: 'away', least: 0, most: 0 },
  ])('or not, and it ends in time: $what', async ({ former, holder, least, most }) => {
    const { serves, client, wires } = await afterKill(former)
    const [seconds, nanos] = process.hrtime()
    const began = seconds * 1000 + nanos / 1e6
    for (let k = 0; client.status$.value.state !== 'ended'; k++) {
      if (former !== null) await serves(...UNKNOWN)
      await serves(...taken(holder))
      if (k > 40) throw new Error(`${wires.length} connections`)
    }
    const [later, more] = process.hrtime()
    const took = later * 1000 + more / 1e6 - began
    expect(client.status$.value).toMatchObject({ end: { by: 'server', code: 'name-taken', exit: 4 } })
    expect(took).toBeGreaterThanOrEqual(least)
    expect(took).toBeLessThanOrEqual(most)
  })
})

test('[K10] a process that is killed before it is in leaves its token beside that of the one before it', async () => {
  const { serves, own, take, client, kept } = await afterKill()
  await serves(...UNKNOWN)
  const second = tokenIn(await serves({ type: 'opened' }))
  client.close()
  own.release(false)
  expect(kept()).toEqual([second, FORMER])
  expect((await take()).former).toEqual([second, FORMER])
})

test.each([
  ['could not be reached', [{ type: 'failed', reason: 'nobody is there' }]],
  ['went away before it answered', [{ type: 'opened' }, { type: 'closed' }]],
  [
    'went away in the middle of its answer',
    [{ type: 'opened' }, { type: 'bytes', bytes: new TextEncoder().encode('{"type":"welcome"') }, { type: 'closed' }],
  ],
] satisfies readonly [string, readonly Dialled[]][])(
  '[K3] [K10] it keeps the token of a session that may still be there: the server %s',
  async (_, signals) => {
    const { own, serves, kept } = await afterKill()
    await serves(...signals)
    await serves({ type: 'failed', reason: 'nobody is there' })
    own.release(true)
    expect(kept()).toEqual([FORMER])
  },
)
