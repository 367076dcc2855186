/** `rxchat` in a pipe, as a script uses it: its messages, its output, and its exit code. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { ownerOf } from '../helpers/owner.ts'
import { performedTexts } from '../helpers/performed.ts'
import { isListening, launcherOf, runClient, startClient, startServer } from '../helpers/program.ts'
import { dial, dialLine, dialNative, passThrough } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const objects = (lines: string): Record<string, unknown>[] =>
  lines
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)

describe('piped input', () => {
  test('is said, acknowledged, and that is all: `echo "deploy done" | rxchat … --name ci`', async () => {
    const server = await startServer()
    const alice = await dialNative(server.port, 'alice')
    const done = await runClient([server.address, '--name', 'ci'], 'deploy done\n')
    expect(done).toEqual({ code: 0, stdout: '', stderr: '' })
    await alice.heard.has('"cause":"quit"')
    const heard = objects(alice.heard.text).slice(3)
    expect(heard).toMatchObject([
      { type: 'joined', name: 'ci' },
      { type: 'said', from: 'ci', text: 'deploy done' },
      { type: 'quit', name: 'ci', cause: 'quit' },
    ])
  })

  test('is said line by line, without the blank ones, a last one without an end too, in the room of --room', async () => {
    const server = await startServer()
    const ops = await dial(server.port)
    ops.send('{"type":"hello","name":"ops","room":"ops"}\n')
    await ops.heard.has('"type":"room"')
    const input = 'one\r\n\n   \n two \n{"type":"say"}\n/quit\nlast'
    const done = await runClient([server.address, '--name', 'logs', '--room', 'ops'], input)
    expect(done).toEqual({ code: 0, stdout: '', stderr: '' })
    await ops.heard.has('"cause":"quit"')
    const texts = objects(ops.heard.text).flatMap(({ type, text }) => (type === 'said' ? [text] : []))
    expect(texts).toEqual(['one', ' two ', '{"type":"say"}', '/quit', 'last'])
  })

  test('faster than the server takes is held back and not refused; all of it arrives, in order', async () => {
    const server = await startServer('--rate', '200')
    const alice = await dialNative(server.port, 'alice')
    const lines = Array.from({ length: 1500 }, (_, k) => `line ${k}`)
    const done = await runClient([server.address, '--name', 'fast'], `${lines.join('\n')}\n`)
    expect(done).toEqual({ code: 0, stdout: '', stderr: '' })
    await alice.heard.has('"cause":"quit"')
    expect(objects(alice.heard.text).flatMap(({ type, text }) => (type === 'said' ? [text] : []))).toEqual(lines)
  })

  test('in one line that is too long is said in parts', async () => {
    const server = await startServer()
    const alice = await dialNative(server.port, 'alice')
    const text = 'ü'.repeat(10_000)
    expect(await runClient([server.address, '--name', 'long'], `${text}\n`)).toMatchObject({ code: 0, stderr: '' })
    await alice.heard.has('"cause":"quit"')
    const parts = objects(alice.heard.text).flatMap(({ type, text }) => (type === 'said' ? [String(text)] : []))
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.join('')).toBe(text)
  })
})

describe('with --json', () => {
  test('the server’s replies are on stdout, an object a line, and commands come on stdin', async () => {
    const server = await startServer()
    const alice = await dialLine(server.port, 'alice')
    const bot = startClient(server.address, '--json', '--name', 'bot', '--follow')
    await bot.out.has('"type":"room"')
    bot.type('{"type":"say","text":"hello"}')
    await alice.heard.has('bot > hello')
    alice.send('hi bot\n')
    await bot.out.has('hi bot')
    bot.type(
      '{"type":"topic","topic":"bots"}\n{"type":"nick","name":"robot"}\n{"type":"tell","to":"alice","text":"psst"}',
    )
    await alice.heard.has('robot (to alice alone) > psst')
    bot.type('{"type":"who"}\n{"type":"rooms"}')
    await bot.out.has('"type":"rooms"')
    bot.type('{"type":"bye"}')
    expect(await bot.ended).toBe(0)
    const types = objects(bot.out.text).map(({ type }) => type)
    const commands = ['said', 'ok', 'said', 'topic', 'ok', 'renamed', 'ok', 'told', 'ok', 'who', 'rooms']
    expect(types).toEqual(['welcome', 'room', 'conversations', ...commands, 'closed'])
    expect(bot.errors.text).toBe('')
  })

  test('the token, which is a secret, is not printed', async () => {
    const server = await startServer()
    const { stdout, code } = await runClient([server.address, '--json', '--name', 'bot'], '')
    expect(code).toBe(0)
    expect(objects(stdout)[0]).toMatchObject({ type: 'welcome', name: 'bot', session: expect.any(String) })
    expect(stdout).not.toContain('token')
  })

  test('a line that is no command gets a complaint, and the rest is done', async () => {
    const server = await startServer()
    const alice = await dialLine(server.port, 'alice')
    const input = 'no json\n{"type":"dance"}\n{"type":"say"}\n{"type":"say","text":"fine"}\n'
    const { code, stderr } = await runClient([server.address, '--json', '--name', 'bot'], input)
    expect(code).toBe(6)
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^rxchat: each line must be one JSON object/),
      'rxchat: there is no command of type "dance". See docs/protocol.md.',
      'rxchat: "say" needs a "text"',
    ])
    await alice.heard.has('bot > fine')
  })
})

test('with --follow it stays when the input has ended, and shows what others say', async () => {
  const server = await startServer()
  const alice = await dialLine(server.port, 'alice')
  const follower = startClient(server.address, '--follow', '--name', 'follower')
  follower.child.stdin?.end('here I am\n')
  await alice.heard.has('follower > here I am')
  alice.send('welcome\n')
  await follower.out.has(/^\[\d\d:\d\d:\d\d\] alice > welcome$/m)
  follower.child.kill('SIGTERM')
  expect(await follower.ended).toBe(0)
  await alice.heard.has('follower exited.')
})

test('the reader of its output may have seen enough: `rxchat --json --follow … | head -1` is quiet', async () => {
  const server = await startServer('--rate', 'off')
  const alice = await dialNative(server.port, 'alice')
  const command = 'set -o pipefail; "$0" "$1" "$2" --json --follow --name seer | head -1; echo "code $?"'
  const shell = spawn('bash', ['-c', command, process.execPath, launcherOf('rxchat'), server.address])
  const [out, errors] = [text(shell.stdout), text(shell.stderr)]
  let over = false
  shell.on('close', () => {
    over = true
  })
  // It learns that nobody reads when it has something more to write.
  for (let k = 0; !over; k++) {
    alice.send(`{"type":"say","text":"line ${k}"}\n`)
    await alice.heard.has(`line ${k}"`)
  }
  expect(await out).toMatch(/^\{"type":"welcome".*\ncode 0\n$/)
  expect(await errors).toBe('')
})

describe('it ends with', () => {
  test.each([[['--nmae', 'x']], [['one', 'two']], [['ftp://chat']], [['localhost:99999']], [['--name', '']]])(
    '2 when it was called wrongly: %j',
    async args => {
      const { code, stdout, stderr } = await runClient(args, '')
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(/^rxchat: .*\n$/)
    },
  )

  test('3 when there is nobody', async () => {
    const server = await startServer()
    server.type('EXIT')
    await server.ended
    expect(await isListening(server.port)).toBe(false)
    const { code, stdout, stderr } = await runClient([server.address, '--name', 'x'], 'hello?\n')
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(/^rxchat: nothing listens at .*\n$/)
  })

  test('3 when the server stops, does not come back, and all was acknowledged', async () => {
    const server = await startServer()
    const follower = startClient(server.address, '--follow', '--name', 'follower', '--patience', '1s')
    await follower.out.has('Room #lobby')
    server.type('EXIT')
    expect(await follower.ended).toBe(3)
    expect(follower.errors.text).toMatch(
      /^rxchat: The server is shutting down\. Trying again…\nrxchat: nothing listens at .*\n$/,
    )
  })

  test('4 when the name is taken', async () => {
    const server = await startServer()
    await dialNative(server.port, 'alice')
    const { code, stdout, stderr } = await runClient([server.address, '--name', 'Alice'], 'hi\n')
    expect([code, stdout]).toEqual([4, ''])
    expect(stderr).toBe('rxchat: The name is taken by alice, which reads like Alice. Choose another name.\n')
  })

  test('2 when there cannot be such a room', async () => {
    const server = await startServer()
    const { code, stdout, stderr } = await runClient([server.address, '--name', 'ci', '--room', 'no.room!'], 'hi\n')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toBe('rxchat: The room name contains "!". Use 1 to 32 letters, digits, - _ or a dot.\n')
  })

  test('5 when it was kicked', async () => {
    const server = await startServer()
    const loud = startClient(server.address, '--name', 'loud')
    loud.type('hello')
    await server.out.has('loud > hello')
    server.type('KICK loud too loud')
    expect(await loud.ended).toBe(5)
    expect(loud.errors.text).toBe('rxchat: You have been kicked out by Host: too loud.\n')
  })

  test('4 when it was banned, at once and when it comes again', async () => {
    const server = await startServer()
    const loud = startClient(server.address, '--name', 'loud')
    loud.type('hello')
    await server.out.has('loud > hello')
    server.type('BAN loud for 1h too loud')
    expect(await loud.ended).toBe(4)
    expect(loud.errors.text).toMatch(/^rxchat: You have been banned .*too loud/)
    const { code, stderr } = await runClient([server.address, '--name', 'loud'], 'again\n')
    expect(code).toBe(4)
    expect(stderr).toMatch(/^rxchat: You are banned for 1 h more, by the host: too loud\. Ask the host/)
  })

  test('6 when something that was said was refused; the rest is said', async () => {
    const server = await startServer()
    const alice = await dialLine(server.port, 'alice')
    const input = '{"type":"say","text":"in a room","room":"nowhere"}\n{"type":"say","text":"fine"}\n'
    const { code, stderr } = await runClient([server.address, '--json', '--name', 'bot'], input)
    expect([code, stderr]).toEqual([6, 'rxchat: There is no room nowhere. Join it to create it.\n'])
    await alice.heard.has('bot > fine')
  })

  test('6 when the server died before it acknowledged, and does not come back [K4]', async () => {
    const server = await startServer()
    const { port, passed } = await passThrough(server.port)
    const sender = startClient(`127.0.0.1:${port}`, '--follow', '--name', 'sender', '--patience', '1s')
    await sender.out.has('Room #lobby')
    server.child.kill('SIGSTOP')
    sender.type('are you there?')
    await passed.has('are you there?')
    server.child.kill('SIGKILL')
    expect(await sender.ended).toBe(6)
    expect(sender.errors.lines).toEqual([
      'rxchat: The connection was lost. Trying again…',
      'rxchat: the connection was lost',
      'rxchat: 1 message was not acknowledged.',
    ])
  })

  test('6 when it is told to stop while something is not acknowledged, and says how much', async () => {
    const server = await startServer()
    const sender = startClient(server.address, '--follow', '--name', 'sender')
    await sender.out.has('Room #lobby')
    server.type('EXIT')
    await sender.errors.has('Trying again')
    sender.type('one')
    sender.type('two')
    sender.hush()
    await server.ended
    expect(sender.child.kill('SIGTERM')).toBe(true)
    expect(await sender.ended).toBe(6)
    expect(sender.errors.lines.at(-1)).toBe('rxchat: 2 messages were not acknowledged.')
  })

  test('0 when it is told to stop while there is no connection and all is acknowledged', async () => {
    const server = await startServer()
    const follower = startClient(server.address, '--follow', '--name', 'follower')
    await follower.out.has('Room #lobby')
    server.type('EXIT')
    await follower.errors.has('Trying again')
    follower.child.kill('SIGTERM')
    expect(await follower.ended).toBe(0)
  })
})

describe.skipIf(process.platform !== 'linux')('a restart of the server is ridden out', () => {
  /** A server that is killed in the middle of its work, and started again at the same address. */
  async function mortal() {
    const data = join(temporaryFolder(), 'data')
    let server = await startServer('--data', data, '--rate', 'off')
    const { port, address } = server
    return {
      ...{ data, port, address },
      async restart(): Promise<void> {
        process.kill(ownerOf(server), 'SIGKILL')
        await server.ended
        server = await startServer('--data', data, '--rate', 'off', '--port', `${port}`)
      },
      async stop(): Promise<void> {
        server.type('EXIT')
        await server.ended
      },
    }
  }

  test('by what is piped in: exit code 0, and all of it was said once and in order [D3] [J2] [K4]', async () => {
    const fixture = await mortal()
    const sender = startClient(fixture.address, '--name', 'logs')
    const alice = startClient(fixture.address, '--name', 'alice', '--follow')
    await alice.out.has('Room #lobby')
    const lines: string[] = []
    for (let round = 0; round < 4; round++) {
      const more = Array.from({ length: 250 }, (_, k) => `line ${round * 250 + k}.`)
      lines.push(...more)
      sender.child.stdin?.write(`${more.join('\n')}\n`)
      if (round === 3) sender.hush()
      else await alice.out.has(`line ${round * 250 + 20}.`)
      if (round < 3) await fixture.restart()
    }
    expect(await sender.ended).toBe(0)
    await alice.out.has('line 999.')
    await fixture.stop()
    expect(await performedTexts(fixture.data)).toEqual(lines)
    const heard = alice.out.lines.flatMap(line => /> (line \d+\.)$/.exec(line)?.[1] ?? [])
    expect(heard).toEqual(lines)
  })

  test('by a bot: it sees once what it missed, marked, and then what is new [K2]', async () => {
    const fixture = await mortal()
    const bot = startClient(fixture.address, '--name', 'bot', '--exec', 'cat >&2')
    await bot.errors.has('"type":"room"')
    const alice = startClient(fixture.address, '--name', 'alice', '--follow')
    alice.type('before')
    await bot.errors.has('"text":"before"')
    bot.child.kill('SIGSTOP')
    alice.type('missed')
    await alice.out.has('alice > missed')
    await fixture.restart()
    await alice.errors.has('Connected again.')
    alice.type('missed too')
    await alice.out.has('alice > missed too')
    bot.child.kill('SIGCONT')
    await bot.errors.has('"text":"missed too"')
    alice.type('live')
    await bot.errors.has('"text":"live"')
    const said = bot.errors.lines.flatMap(line => {
      const { type, text, replayed } = line.startsWith('{') ? JSON.parse(line) : { type: '' }
      return type === 'said' ? [[text, replayed === true]] : []
    })
    expect(said.filter(([text]) => text === 'missed').length).toBe(1)
    expect(said.map(([text]) => text)).toEqual(['before', 'missed', 'missed too', 'live'])
    expect(said.at(-1)).toEqual(['live', false])
    expect(said[2]).toEqual(['missed too', true])
    bot.child.kill('SIGTERM')
    expect(await bot.ended).toBe(0)
    expect(bot.errors.text).not.toContain('the command ended')
  })

  test('by a bot that is stopped with a signal: no complaint about a command that does not end by itself [K4]', async () => {
    const fixture = await mortal()
    const bot = startClient(fixture.address, '--name', 'bot', '--exec', 'echo started >&2; exec sleep 600')
    await bot.errors.has('started')
    const alice = startClient(fixture.address, '--name', 'alice', '--json', '--follow')
    await alice.out.has('"name":"bot"')
    bot.child.kill('SIGTERM')
    expect(await bot.ended).toBe(0)
    expect(bot.errors.text).toBe('started\n')
  })

  test('by a reader of the past: each message once, in order', async () => {
    const fixture = await mortal()
    const texts = Array.from({ length: 700 }, (_, k) => `line ${k}.`)
    await runClient([fixture.address, '--name', 'logs'], `${texts.join('\n')}\n`)
    const { port, passed } = await passThrough(fixture.port)
    const reader = startClient(`127.0.0.1:${port}`, '--name', 'reader', '--json', '--since', '0')
    await passed.has('"after":')
    await fixture.restart()
    reader.hush()
    expect(await reader.ended).toBe(0)
    const said = objects(reader.out.text).flatMap(({ type, text }) => (type === 'said' ? [text] : []))
    expect(said).toEqual(texts)
  })
})
