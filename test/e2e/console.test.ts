/** The host at a piped console, and the ways in which a server starts and stops. */
import { createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isListening, runServer, startServer } from '../helpers/program.ts'
import { dialLine, dialNative } from '../helpers/sockets.ts'

describe("the host's console", () => {
  test('lists its commands', async () => {
    const server = await startServer()
    server.type('HELP')
    await server.out.has('Any other line is a message to everyone.')
    for (const command of ['HELP [command]', 'KICK name [in room] [reason]', 'LIST_USERS', 'EXIT']) {
      expect(server.out.lines.some(line => line.startsWith(`${command}  `))).toBe(true)
    }
    server.type('HELP ACCOUNT')
    await server.out.until(text => /\nACCOUNT .+\n$/.test(text))
  })

  test('shows who comes and goes and what is said, in the words of the original', async () => {
    const server = await startServer()
    const alice = await dialNative(server.port, 'Spider-Man')
    const bob = await dialLine(server.port, 'Ironman')
    // The list comes at most once a second.
    await server.out.has('USERS: [Host,Ironman,Spider-Man]')
    bob.send('what is up?\n')
    await alice.heard.has('what is up?')
    server.type('LIST_USERS')
    server.type('KICK Ironman')
    await server.out.has('[*] Ironman has been kicked out.')
    await server.out.until(text => text.endsWith('USERS: [Host,Spider-Man]\n'))
    const life = server.out.lines.slice(server.out.lines.indexOf('[*] Spider-Man entered.'))
    expect(life.map(line => line.replace(/^\[\d\d:\d\d:\d\d\]/, '[time]'))).toEqual([
      ...['[*] Spider-Man entered.', 'USERS: [Host,Spider-Man]'],
      ...['[*] Ironman entered.', 'USERS: [Host,Ironman,Spider-Man]'],
      ...['[time] Ironman > what is up?', 'USERS: [Host,Ironman,Spider-Man]'],
      ...['[*] Ironman has been kicked out.', 'USERS: [Host,Spider-Man]'],
    ])
    await bob.heard.has('You have been kicked out by Host.')
    await alice.heard.has('"type":"quit"')
  })

  test('answers a long script to its end, also behind a line that takes its time', async () => {
    const server = await startServer()
    server.child.stdin?.write(`hello\n${'LIST_USERS\n'.repeat(5000)}EXIT\n`)
    expect(await server.ended).toBe(0)
    expect(server.out.lines.filter(line => line === 'USERS: [Host]').length).toBe(5000)
  })

  test('takes only exact capitals for commands: everything else is said', async () => {
    const server = await startServer()
    const alice = await dialLine(server.port, 'alice')
    for (const line of ['exit is on the left', 'EXIT is on the left', 'exit', 'Kick alice']) {
      server.type(line)
      await alice.heard.has(`server > ${line}\n`)
    }
    expect(await isListening(server.port)).toBe(true)
  })

  test('has a slash form in any case, and says what is wrong with a command', async () => {
    const server = await startServer()
    await dialLine(server.port, 'alice')
    server.type('/list_users')
    await server.out.until(text => text.endsWith('USERS: [Host,alice]\nUSERS: [Host,alice]\n'))
    server.type('KICK')
    await server.out.has('Usage: KICK name [in room] [reason]')
    server.type('KICK nobody')
    await server.out.has('There is nobody called nobody.')
    server.type('/dance')
    await server.out.has('There is no command /dance. Try HELP.')
    server.type('/exit')
    expect(await server.ended).toBe(0)
  })

  test('of a pipe is answered line by line, in order, and its end stops nothing', async () => {
    const server = await startServer()
    server.child.stdin?.end('first\nLIST_USERS\nKICK nobody\nlast\n')
    await server.out.has('Host > last')
    const life = server.out.lines.slice(-4).map(line => line.replace(/^\[.*?\] /, ''))
    expect(life).toEqual([
      'Host > first',
      'USERS: [Host]',
      expect.stringMatching(/nobody called nobody/),
      'Host > last',
    ])
    const alice = await dialLine(server.port, 'alice')
    expect(alice.heard.text).toContain('Welcome, alice')
  })
})

describe('a server stops', () => {
  test('on EXIT: everybody hears goodbye, it ends with 0, and nothing listens any more [H1]', async () => {
    const server = await startServer()
    const [alice, bob] = [await dialNative(server.port, 'alice'), await dialLine(server.port, 'bob')]
    server.type('EXIT')
    expect(await server.ended).toBe(0)
    await alice.heard.has('"code":"shutdown"')
    await bob.heard.has('The server is shutting down.')
    expect(await isListening(server.port)).toBe(false)
    expect(server.errors.text).toBe('')
  })

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('on %s, cleanly [H1]', async signal => {
    const server = await startServer()
    const alice = await dialNative(server.port, 'alice')
    server.child.kill(signal)
    expect(await server.ended).toBe(0)
    await alice.heard.has('"code":"shutdown"')
    expect(await isListening(server.port)).toBe(false)
  })

  test('although somebody reads nothing [H1]', async () => {
    const server = await startServer('--rate', 'off')
    const [alice, stopped] = [await dialNative(server.port, 'alice'), await dialNative(server.port, 'stopped')]
    stopped.socket.pause()
    const text = 'x'.repeat(8000)
    // Less at a time than a room keeps, so that alice, who reads it all, is never behind.
    for (let round = 0; round < 20; round++) {
      for (let k = 0; k < 50; k++) alice.send(`${JSON.stringify({ type: 'say', text })}\n`)
      alice.send(`{"type":"ping","id":"round ${round}"}\n`)
      await alice.heard.has(`"round ${round}"`)
    }
    server.type('EXIT')
    expect(await server.ended).toBe(0)
  })
})

describe('a server that cannot start', () => {
  test('says that the port is taken, and what to do', async () => {
    const other = createServer()
    onTestFinished(() => void other.close())
    const port = await new Promise<number>(resolve => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
    const server = runServer('--port', String(port), '--host', '127.0.0.1')
    expect(await server.ended).toBe(1)
    expect(server.errors.text).toBe(
      `rxchat-server: port ${port} is in use. Stop the program that uses it, or choose another port with --port.\n`,
    )
    expect(server.out.text).toBe('')
  })

  test.each([
    [['--port', 'x'], /--port must be a whole number from 0 to 65535, not "x"/],
    [['--prot', '1'], /no flag --prot\..*--/],
    [['4000'], /"4000" is not a flag\..*--/],
    [['--rate', '0'], /--rate must be a whole number from 1 .*, not "0"/],
  ])('says in one line what is wrong with its flags: %j', async (flags, sentence) => {
    const server = runServer(...flags)
    expect(await server.ended).toBe(2)
    expect(server.errors.text).toMatch(/^rxchat-server: .*\n$/)
    expect(server.errors.text).toMatch(sentence)
    expect(server.out.text).toBe('')
  })
})

test('the addresses to join at come first, so that a script can read them', async () => {
  const server = runServer('--port', '0')
  await server.out.has(/Join with {2}rxchat localhost:\d+\n/)
  expect(server.out.lines[0]).toBe('#'.repeat(66))
  expect(server.out.lines[1]).toMatch(/^Chat running localhost:\d+$/)
})
