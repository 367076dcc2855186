/** The log of a real server: the lines of a day on stderr, and the facts that it never tells. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startServer } from '../helpers/program.ts'
import { dial, dialClassic, dialLine, dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

test('[O5] it tells the life of the server and of each connection', async () => {
  const data = join(temporaryFolder(), 'data')
  const server = await startServer('--data', data, '--log-level', 'debug', '--max-clients', '2')
  const [alice, bob] = [await dialNative(server.port, 'alice'), await dialLine(server.port, 'bob')]
  const full = await dial(server.port)
  full.send('{"type":"hello","name":"carol"}\n')
  await full.heard.has('"code":"server-full"')
  full.socket.destroy()
  const taken = await dial(server.port)
  alice.send('{"type":"nick","name":"Bob","n":1}\n')
  await alice.heard.has('"code":"name-taken"')
  taken.send('{"type":"hello","name":"no way"}\n')
  await taken.heard.has('"code":"name-characters"')
  bob.socket.destroy()
  await server.errors.has(/"event":"disconnected","address":"127.0.0.1","protocol":"line"/)
  server.type('EXIT')
  expect(await server.ended).toBe(0)
  const lines = server.errors.lines.map(line => JSON.parse(line))
  expect(lines[0]).toMatchObject({ level: 'info', event: 'started', data })
  expect(lines[1]).toMatchObject({ event: 'listening', host: '127.0.0.1', port: server.port })
  expect(lines).toContainEqual(expect.objectContaining({ level: 'info', event: 'stopping', why: 'EXIT' }))
  expect(lines.at(-1)).toMatchObject({ event: 'stopped' })
  const refused = lines.filter(({ event }) => event === 'refused').map(({ level, code }) => `${level} ${code}`)
  expect(refused.sort()).toEqual(['debug name-taken', 'info name-characters', 'info server-full'])
  const spoke = lines.filter(({ event }) => event === 'spoke').map(({ protocol }) => protocol)
  expect(spoke.sort()).toEqual(['line', 'native', 'native', 'native'])
  expect(lines.filter(({ event }) => event === 'connected')).toHaveLength(4)
  expect(lines.filter(({ event }) => event === 'disconnected')).toHaveLength(4)
})

test('[O4] it tells no text, no token and no name, of any event', async () => {
  const server = await startServer('--log-level', 'debug')
  const alice = await dialNative(server.port, 'Alicia-Name')
  const [bob, old] = [await dialLine(server.port, 'Robert-Name'), await dialClassic(server.port, 'Claude-Name')]
  const [, token = ''] = (await alice.heard.until(text => /"token":"(\w+)"/.exec(text))) ?? []
  expect(token.length).toBeGreaterThan(20)
  const say = (command: object): void => alice.send(`${JSON.stringify(command)}\n`)
  const text = 'Xylophone'
  say({ type: 'say', n: 1, text })
  say({ type: 'topic', n: 2, topic: text })
  say({ type: 'tell', n: 3, to: 'Robert-Name', text })
  say({ type: 'say', n: 4, room: text, text })
  say({ type: 'say', n: 5, text: text.repeat(1000) })
  say({ type: text, n: 6 })
  alice.send(`{"${text}":"${token}\n`)
  say({ type: 'history', n: 7, [text]: text })
  say({ type: 'hello', token, cursor: 0, epoch: '' })
  bob.send(`/${text} ${text}\n/msg ${text} ${text}\n`)
  old.send(text)
  const other = await dial(server.port)
  other.send(`${JSON.stringify({ type: 'hello', token: `${token}0`, cursor: 0, epoch: '' })}\n`)
  await other.heard.has('"code":"session-unknown"')
  const http = await dial(server.port)
  http.send(`GET /${text} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${text}\r\n\r\n`)
  await http.heard.has('HTTP/1.1')
  say({ type: 'ping', id: 'all of it' })
  await alice.heard.has('all of it')
  server.type(`KICK Robert-Name ${text}`)
  server.type('EXIT')
  expect(await server.ended).toBe(0)
  expect(server.out.text).toContain(text)
  expect(server.errors.lines.length).toBeGreaterThan(10)
  for (const secret of [text, token, 'Alicia', 'Robert', 'Claude']) expect(server.errors.text).not.toContain(secret)
})

test('[O5] if all is well it tells nothing, unless it is asked to', async () => {
  const server = await startServer()
  const alice = await dialNative(server.port, 'alice')
  alice.socket.destroy()
  server.type('EXIT')
  expect(await server.ended).toBe(0)
  expect(server.errors.text).toBe('')
})

test('[O7] with --quiet stdout has nothing of what is said, only where to join and answers to the host', async () => {
  const server = await startServer('--quiet')
  const alice = await dialNative(server.port, 'alice')
  alice.send('{"type":"say","n":1,"text":"not to be printed"}\n')
  await alice.heard.has('"type":"ok"')
  server.type('LIST_USERS')
  server.type('EXIT')
  expect(await server.ended).toBe(0)
  expect(server.out.lines.slice(-1)).toEqual(['USERS: [Host,alice]'])
  expect(server.out.text).not.toMatch(/not to be printed|entered/)
})
