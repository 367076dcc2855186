/** The dialer of the page, with the WebSocket that Node has: the port of test/client, on real sockets. */
import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net'
import { firstValueFrom } from 'rxjs'
import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../../src/client/session/connection.ts'
import type { Dialled, Dialling } from '../../../src/port/dialer.ts'
import { systemClock } from '../../../src/transport/clock.ts'
import { systemEntropy } from '../../../src/transport/entropy.ts'
import { websocketDialer } from '../../../src/web/browser/dial-websocket.ts'
import { openHosting } from '../../helpers/hosting.ts'

type Dial = {
  readonly dialling: Dialling
  readonly signals: readonly Dialled[]
  readonly lines: () => readonly string[]
  readonly until: (done: () => boolean) => Promise<void>
  readonly over: Promise<void>
  readonly hangUp: () => void
}

function dial(url: string): Dial {
  const dialling = websocketDialer(url)()
  const signals: Dialled[] = []
  const waits = new Set<() => void>()
  const over = Promise.withResolvers<void>()
  const subscription = dialling.signals$.subscribe({
    next: signal => {
      signals.push(signal)
      for (const wait of [...waits]) wait()
    },
    complete: over.resolve,
  })
  onTestFinished(() => subscription.unsubscribe())
  return {
    dialling,
    signals,
    lines: () =>
      signals.flatMap(signal => (signal.type === 'bytes' ? [Buffer.from(signal.bytes).toString('utf8')] : [])),
    until: done =>
      new Promise(resolve => {
        const wait = (): void => {
          if (!done()) return
          waits.delete(wait)
          resolve()
        }
        waits.add(wait)
        wait()
      }),
    over: over.promise,
    hangUp: () => subscription.unsubscribe(),
  }
}

test('a message is a line, both ways, and the end is told', async () => {
  const { host } = await openHosting()
  const { dialling, signals, lines, until, over } = dial(`ws://${host}/ws`)
  await until(() => signals.length === 1)
  expect(signals).toEqual([{ type: 'opened' }])
  dialling.write('{"type":"hello","name":"alice"}\n')
  await until(() => lines().length === 2)
  expect(lines().every(line => /^\{.*\}\n$/.test(line))).toBe(true)
  dialling.write('{"type":"bye"}\n')
  await over
  expect(lines().at(-1)).toContain('"code":"bye"')
  expect(signals.at(-1)).toEqual({ type: 'closed' })
})

test('a client that hangs up is gone, and hears no more [H1]', async () => {
  const { host, server } = await openHosting({ grace: 0 })
  const { dialling, signals, lines, until, hangUp } = dial(`ws://${host}/ws`)
  await until(() => signals.length === 1)
  dialling.write('{"type":"hello","name":"alice"}\n')
  await until(() => lines().length === 3)
  const gone = new Promise<void>(resolve => {
    server.state$.subscribe(({ members }) => {
      if (members.size === 0) resolve()
    })
  })
  hangUp()
  await gone
  expect(signals).toHaveLength(4)
})

/** A port before that of the server, of which all connections can be cut. */
async function cuttable(port: number): Promise<{ readonly port: number; readonly cut: () => void }> {
  const sockets = new Set<Socket>()
  const between = createServer(socket => {
    const beyond = connectTo(port, '127.0.0.1')
    for (const [one, other] of [
      [socket, beyond],
      [beyond, socket],
    ] as const) {
      sockets.add(one)
      one.on('error', () => {}).on('close', () => other.destroy())
      one.pipe(other)
    }
  })
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  await new Promise<void>(resolve => void between.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    between.close()
    cut()
  })
  return { port: (between.address() as AddressInfo).port, cut }
}

test('the client of all programs talks over it, and goes on after a cut [D3] [D4]', async () => {
  const { port, server } = await openHosting()
  const between = await cuttable(port)
  const client = connect(
    {
      dial: websocketDialer(`ws://127.0.0.1:${between.port}/ws`),
      clock: systemClock,
      random: () => 0,
      secret: systemEntropy.secret,
    },
    { name: 'alice', room: 'lobby', reconnect: true },
  )
  onTestFinished(() => client.close())
  const said = (text: string): Promise<unknown> => {
    const done = firstValueFrom(client.outcome$)
    client.ask({ type: 'say', room: 'lobby', text, action: false })
    return done
  }
  expect(await said('before')).toMatchObject({ is: 'done' })
  between.cut()
  expect(await said('after')).toMatchObject({ is: 'done' })
  expect((await firstValueFrom(server.state$)).members.size).toBe(1)
  expect(server.connections()).toMatchObject([{ name: 'alice', protocol: 'websocket', state: 'here' }])
})

test.each(['nobody listens', 'who listens is no chat'])('where %s, that is a sentence', async where => {
  const other = createServer(socket => socket.destroy())
  await new Promise<void>(resolve => void other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  onTestFinished(() => void other.close())
  if (where === 'nobody listens') await new Promise(resolve => other.close(resolve))
  const { signals, over } = dial(`ws://127.0.0.1:${port}/ws`)
  await over
  const reason = `127.0.0.1:${port} did not answer. Is the server running, and are you online?`
  expect(signals).toEqual([{ type: 'failed', reason }])
})
