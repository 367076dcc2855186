/** The dialer of the page, with the WebSocket that Node has: the port of test/client, on real sockets. */
import { type AddressInfo, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Dialled, Dialling } from '../../../src/port/dialer.ts'
import { websocketDialer } from '../../../src/web/transport/dial-websocket.ts'
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

test('who hangs up is gone, and hears no more [H1]', async () => {
  const { host, server } = await openHosting({ grace: 0 })
  const { dialling, signals, lines, until, hangUp } = dial(`ws://${host}/ws`)
  await until(() => signals.length === 1)
  dialling.write('{"type":"hello","name":"alice"}\n')
  await until(() => lines().length === 2)
  const gone = new Promise<void>(resolve => {
    server.state$.subscribe(({ members }) => {
      if (members.size === 0) resolve()
    })
  })
  hangUp()
  await gone
  expect(signals).toHaveLength(3)
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
