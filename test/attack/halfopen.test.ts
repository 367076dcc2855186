/**
 * Peers that go without a word, for real: a process that is stopped, whose kernel still acknowledges, and a network
 * that is gone, through which neither FIN nor RST can pass. The times are those that are promised, so this takes one
 * minute; all of it at once.
 */
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { eventually } from '../helpers/patience.ts'
import { handshake, text } from '../helpers/websocket.ts'
import { enter, type Host, host, node, type Program, start } from './helpers.ts'

const MINUTE_MS = 60_000
const GRACE_S = 1
/** A machine that is busy with other work is late. The minute is promised; without a ping it would be hours. */
const SLACK_MS = MINUTE_MS
const LOOK_MS = 250

/** A client that says one thing and then only listens; its output is everything that it hears. */
const LISTENER = `
const socket = require('node:net').connect(Number(process.argv[1]), '127.0.0.1', () => socket.write(Buffer.from(process.argv[2], 'base64')))
socket.pipe(process.stdout)
process.stdin.resume()
`
const listener = (port: number, greeting: string | Buffer, wrap: readonly string[] = []): Program =>
  start([...wrap, node, '-e', LISTENER, String(port), Buffer.from(greeting as string).toString('base64')])

const canUnshare = ((): boolean => {
  try {
    execFileSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()
if (!canUnshare) console.warn('Skipped: peers behind a dead network, as that needs `unshare -n`, `ip` and root')

const GUESTS = [
  { protocol: 'native', greeting: '{"type":"hello","name":"ghost"}\n', welcome: /"type":"room"/ },
  {
    protocol: 'websocket',
    greeting: Buffer.concat([Buffer.from(handshake('127.0.0.1')), text({ type: 'hello', name: 'ghost' })]),
    welcome: /"type":"room"/,
  },
  { protocol: 'line mode', greeting: 'ghost\n', welcome: /In #lobby/ },
  { protocol: 'classic', greeting: 'ghost', welcome: /&Host&ghost/ },
]

/** A server in a network of its own, which is there until it is taken down. */
const islandHost = (): Promise<Host> =>
  host(
    ['--host', '127.0.0.1', '--grace', String(GRACE_S)],
    ['unshare', '-n', 'sh', '-c', 'ip link set lo up; exec "$@"', 'sh'],
  )
const on = ({ pid }: Host): readonly string[] => ['nsenter', `--net=/proc/${pid}/ns/net`]

const takeDown = (server: Host): Promise<unknown> => start([...on(server), 'ip', 'link', 'set', 'lo', 'down']).ended

/** Looks at the console again and again until it shows `state`. There is no event for it: nobody is to notice. */
async function shows(server: Host, state: RegExp): Promise<void> {
  await eventually(
    `${state}`,
    () => server.status(),
    rows => rows.some(row => state.test(row)),
    () => new Promise(resolve => setTimeout(resolve, LOOK_MS)),
  )
}

describe.concurrent('within a minute', () => {
  test.skipIf(!canUnshare).each(GUESTS)(
    'a peer behind a dead network is noticed: $protocol [V1] [V2]',
    async ({ protocol, greeting, welcome }) => {
      await using server = await islandHost()
      await using ghost = listener(server.port, greeting, on(server))
      await ghost.said.match(welcome)
      const from = server.said.text.length
      expect(await takeDown(server)).toBe(0)
      const since = performance.now()
      if (protocol === 'native' || protocol === 'websocket') await shows(server, /^ghost +native +.* away$/)
      const noticed = performance.now() - since
      await server.said.match(/\[\*\] ghost exited\.\n/, from)
      const exited = performance.now() - since
      console.info(`${protocol} behind a dead network: exited after ${(exited / 1000).toFixed(1)} s`)
      expect(noticed).toBeLessThan(MINUTE_MS + SLACK_MS)
      expect(exited).toBeLessThan(MINUTE_MS + GRACE_S * 1000 + SLACK_MS)
      expect(ghost.said.text).not.toContain('closed')
      expect(await server.status()).toEqual([])
    },
  )

  test('a native peer that is stopped is noticed, though its system still answers [V1]', async () => {
    await using server = await host(['--grace', String(GRACE_S)])
    using alice = await enter(server.port, 'alice')
    alice.socket.on('data', (text: string) => {
      if (text.includes('"type":"ping"')) alice.send('{"type":"pong"}\n')
    })
    await using ghost = listener(server.port, '{"type":"hello","name":"ghost"}\n')
    await ghost.said.match(/"type":"room"/)
    ghost.child.kill('SIGSTOP')
    const since = performance.now()
    await shows(server, /^ghost +native +.* away$/)
    expect(performance.now() - since).toBeLessThan(MINUTE_MS + SLACK_MS)
    await alice.until(/"type":"quit".*"name":"ghost","cause":"lost"/)
    await server.said.match(/\[\*\] ghost exited\.\n/)
    const exited = performance.now() - since
    console.info(`native and stopped: exited after ${(exited / 1000).toFixed(1)} s`)
    expect(exited).toBeLessThan(MINUTE_MS + GRACE_S * 1000 + SLACK_MS)
    // A client that answers its pings is still here.
    expect(await server.status()).toEqual([expect.stringMatching(/^alice +native .* here$/)])
    ghost.child.kill('SIGCONT')
    await ghost.said.match(/"type":"closed","code":"timeout".*"reconnect":true/)
  })
})
