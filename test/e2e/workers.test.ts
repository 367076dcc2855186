/** `--workers`: several processes on one port are one room, also when one of them is killed (docs/spec.md, R14). */
import { X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Chat } from '../../src/library/chat.ts'
import { connect } from '../../src/library/connect.ts'
import { makeCertificate } from '../../src/transport/tls/certificate.ts'
import { cast } from '../helpers/cast.ts'
import { eventually } from '../helpers/patience.ts'
import { isListening, type RunningServer, runServer, startServer } from '../helpers/program.ts'
import { filesOf, type Secure, secure } from '../helpers/secure.ts'
import { dial, dialClassic, dialLine, dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { call, handshake, text } from '../helpers/websocket.ts'

const started = (...flags: readonly string[]): Promise<RunningServer> =>
  startServer('--workers', '2', '--log-level', 'info', '--rate', 'off', ...flags)

/** The process of each worker that has begun, in order. */
const pids = ({ errors }: RunningServer): readonly number[] =>
  errors.lines.flatMap(line => {
    const { event, pid } = JSON.parse(line) as { event: string; pid: number }
    return event === 'worker-began' ? [pid] : []
  })

/** People that talk, and the messages that each of them was shown. */
async function crowd({ address }: RunningServer, names: readonly string[]) {
  const shown = new Map<string, string[]>()
  const gaps: string[] = []
  let entered = 0
  const chats = names.map((name): readonly [string, Chat] => {
    const chat = connect(address, { name, catchUp: false })
    const own: string[] = []
    shown.set(name, own)
    chat.event$.subscribe(event => {
      if (event.type === 'said') own.push(event.text)
      if (event.type === 'entered' && event.resumed) entered++
      if (event.type === 'gap' || (event.type === 'entered' && event.gap)) gaps.push(name)
    })
    return [name, chat]
  })
  await Promise.all(chats.map(([, chat]) => chat.online()))
  return { chats, shown, gaps, resumed: () => entered }
}

describe('[R14] two workers', () => {
  test('are one room in memory, in every protocol, with one console', async () => {
    const server = await started('--ephemeral')
    const { port } = server
    const wires = await Promise.all(cast.slice(0, 6).map(name => dialNative(port, name)))
    const line = await dialLine(port, 'nc-user')
    const classic = await dialClassic(port, 'classic-user')
    for (const [k, { send }] of wires.entries()) send(`${JSON.stringify({ type: 'say', text: `from ${k}` })}\n`)
    for (const { heard } of wires) for (const k of wires.keys()) await heard.has(`"text":"from ${k}"`)
    for (const k of wires.keys()) {
      await line.heard.has(`from ${k}`)
      await classic.heard.has(`from ${k}`)
      await server.out.has(`from ${k}`)
    }
    // A deletion at one worker is seen at all, and the past is without it.
    const [author, ...others] = wires
    author?.send('{"type":"delete","n":1}\n')
    for (const { heard } of others) await heard.has('"type":"deleted"')
    const late = await dialNative(port, 'late-comer', { history: 50 })
    await late.heard.has('"text":"from 1"')
    expect(late.heard.text).not.toContain('"text":"from 0"')
    server.type('KICK nc-user')
    await classic.heard.has('nc-user exited')
    await line.heard.has('kicked')
    const page = await fetch(`http://${server.address}/`)
    expect(page.status).toBe(200)
    const numbers = await (await fetch(`http://${server.address}/metrics`)).text()
    for (const name of ['rxchat_members', 'rxchat_journal_commit_seconds_count', 'process_resident_memory_bytes']) {
      expect(numbers).toMatch(new RegExp(`^${name}\\{worker="[12]"\\} \\d`, 'm'))
    }
    expect(numbers).toMatch(/^rxchat_connections\{protocol="native",worker="[12]"\} \d/m)
    expect(numbers.split('\n').filter(line => /^[a-z]/.test(line) && !line.includes('worker="'))).toEqual([])
    let asked = 0
    await eventually(
      'rings of the workers',
      () => server.out.text,
      shown => /STATS: .* [1-9]\d* rings of [1-9]/.test(shown),
      async () => {
        server.type('STATS')
        asked++
        await server.out.until(shown => shown.split('STATS: ').length > asked)
      },
    )
    server.type('EXIT')
    expect(await server.ended).toBe(0)
    for (const { heard } of wires) expect(heard.text).toContain('"code":"shutdown"')
  })

  test('lose nothing on the disk and double nothing when each is killed: native clients go on at the other one, verbatim', async () => {
    const server = await started('--data', join(temporaryFolder(), 'data'))
    const names = cast.slice(0, 6)
    const { chats, shown, gaps, resumed } = await crowd(server, names)
    const MESSAGES = 60
    let acknowledged = 0
    const kills = [names.length * 10, names.length * 35]
    const talk = async (name: string, chat: Chat): Promise<void> => {
      for (let k = 0; k < MESSAGES; k++) {
        await chat.room().say(`${name} ${k}`)
        acknowledged += 1
        if (acknowledged === kills[0]) process.kill(pids(server)[0] as number, 'SIGKILL')
        if (acknowledged === kills[1]) {
          await eventually(
            'a new worker',
            () => pids(server).length,
            count => count > 2,
          )
          process.kill(pids(server)[1] as number, 'SIGKILL')
        }
      }
    }
    await Promise.all(chats.map(([name, chat]) => talk(name, chat)))
    for (const [name, own] of shown) {
      await eventually(
        `all messages at ${name}`,
        () => own.length,
        count => count >= names.length * MESSAGES,
      )
    }
    const [first = []] = shown.values()
    expect(new Set(first).size).toBe(names.length * MESSAGES)
    for (const [name, own] of shown) expect(own, name).toEqual(first)
    expect(gaps).toEqual([])
    expect(resumed()).toBeGreaterThan(0)
    server.type('LIST_USERS')
    await server.out.has(new RegExp(`USERS: \\[Host,.*${names[0]?.replace(/[^\w]/g, '.')}`))
    for (const [, chat] of chats) chat.close()
  })

  test('are one room over WebSocket and TLS, and renew certificate and password on SIGHUP', async () => {
    const [first, second] = [makeCertificate('a', [], Date.now()), makeCertificate('b', [], Date.now())]
    const files = filesOf(first)
    const password = join(temporaryFolder(), 'password')
    writeFileSync(password, 'open sesame\n')
    const server = await started('--ephemeral', '--password-file', password, ...files.flags)
    const greeting = (name: string, said: string) => `${JSON.stringify({ type: 'hello', name, password: said })}\n`
    const enter = async (name: string, said: string): Promise<Secure> => {
      const wire = await secure(server.port)
      wire.send(greeting(name, said))
      await wire.heard.has(/"type":"(room|rejected)"/)
      return wire
    }
    const browsers = await Promise.all(
      cast.slice(0, 4).map(async name => {
        const browser = await call(server.port)
        browser.send(handshake(server.address))
        await browser.head
        browser.send(text({ type: 'hello', name, password: 'open sesame' }))
        await browser.until(({ objects }) => objects().some(({ type }) => type === 'room'))
        return browser
      }),
    )
    const wires = await Promise.all(cast.slice(4, 8).map(name => enter(name, 'open sesame')))
    for (const [k, browser] of browsers.entries()) browser.send(text({ type: 'say', text: `ws ${k}` }))
    for (const [k, { send }] of wires.entries()) send(`${JSON.stringify({ type: 'say', text: `tls ${k}` })}\n`)
    for (const what of ['ws', 'tls'].flatMap(kind => [0, 1, 2, 3].map(k => `${kind} ${k}`))) {
      for (const { heard } of wires) await heard.has(`"text":"${what}"`)
      for (const browser of browsers) await browser.until(({ objects }) => objects().some(one => one['text'] === what))
    }

    files.write(second)
    writeFileSync(password, 'another\n')
    server.child.kill('SIGHUP')
    // Each of the workers gets some of so many connections.
    const shown = (): Promise<readonly string[]> =>
      Promise.all(
        Array.from({ length: 16 }, async () => {
          const { socket } = await secure(server.port)
          const { fingerprint256 } = socket.getPeerCertificate()
          socket.destroy()
          return fingerprint256
        }),
      )
    const renewed = new X509Certificate(second.cert).fingerprint256
    await eventually('the new certificate at both', shown, all => all.every(one => one === renewed))
    // A worker renews the password with the certificate.
    expect((await enter('late', 'open sesame')).heard.text).toContain('"code":"password-wrong"')
    for (let k = 0; k < 8; k++) expect((await enter(`new-${k}`, 'another')).heard.text).toContain('"type":"welcome"')
    for (const { socket } of [...wires, ...browsers]) expect(socket.destroyed).toBe(false)
  })

  test('when each stops answering, it is replaced, and its native clients go on at the other one, verbatim', async () => {
    const server = await started('--ephemeral')
    const { chats, shown, gaps, resumed } = await crowd(server, cast.slice(0, 8))
    // Each in turn: one of the two has clients.
    for (const k of [0, 1]) {
      process.kill(pids(server)[k] as number, 'SIGSTOP')
      await Promise.all(chats.map(([name, chat]) => chat.room().say(`${name} goes on, ${k}`)))
      for (const [name, own] of shown) {
        await eventually(
          `all messages at ${name}`,
          () => own.length,
          count => count >= chats.length * (k + 1),
        )
      }
      await eventually(
        'a new worker',
        () => pids(server).length,
        count => count === 3 + k,
      )
    }
    const [first = []] = shown.values()
    expect(new Set(first).size).toBe(chats.length * 2)
    for (const [name, own] of shown) expect(own, name).toEqual(first)
    expect(gaps).toEqual([])
    expect(resumed()).toBeGreaterThan(0)
    for (const [, chat] of chats) chat.close()
  })
})

describe('[R14] workers', () => {
  test('end with their parent, at once, and the next start finds all that was acknowledged', async () => {
    const data = join(temporaryFolder(), 'data')
    const server = await started('--data', data)
    const wire = await dialNative(server.port, 'Spider-Man')
    const closed = new Promise(resolve => wire.socket.once('close', resolve))
    wire.send('{"type":"say","n":1,"text":"before the end"}\n')
    await wire.heard.has('"type":"ok"')
    server.child.kill('SIGKILL')
    await closed
    await eventually(
      'a port that nobody listens on',
      () => isListening(server.port),
      is => !is,
    )
    const { token, epoch } = JSON.parse(wire.heard.lines[0] ?? '') as { token: string; epoch: string }
    for (const flags of [[], ['--workers', '2']]) {
      const next = await startServer('--data', data, ...flags)
      const back = await dial(next.port)
      back.send(`${JSON.stringify({ type: 'hello', token, epoch, cursor: 0 })}\n`)
      await back.heard.has('"resumed":true')
      await back.heard.has('before the end')
      next.type('EXIT')
      expect(await next.ended).toBe(0)
    }
  })

  test('say that they cannot listen where somebody does, another server with workers too', async () => {
    const server = await started('--ephemeral')
    for (const flags of [[], ['--workers', '2']]) {
      const other = runServer('--host', '127.0.0.1', '--port', `${server.port}`, '--ephemeral', ...flags)
      expect(await other.ended).toBe(1)
      expect(other.errors.text).toContain(`${server.port}`)
    }
  })
})

test('`rxchat-server worker` is no command', async () => {
  const program = runServer('worker', '--ephemeral')
  expect(await program.ended).toBe(2)
  expect(program.errors.text).toContain('There is no command worker.')
})
