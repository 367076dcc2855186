/** deploy/Caddyfile in a real Caddy: an upgrade goes through, and streamed bytes arrive at once. */
import { execFileSync, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { has } from '../helpers/has.ts'
import { Watched } from '../helpers/program.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const caddyfile = join(import.meta.dirname, '..', '..', 'deploy', 'Caddyfile')

/** Stands in for rxchat: it accepts an upgrade and echoes, and answers all else with one thing and stays. */
async function upstream() {
  const asked: IncomingMessage[] = []
  const server = createServer((incoming, answer) => {
    asked.push(incoming)
    answer.write('first')
  })
  server.on('upgrade', (incoming, socket) => {
    asked.push(incoming)
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
    socket.on('error', () => {}).pipe(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { asked, address: `127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** It listens on a socket of the file system instead of the ports of the web; the rest is as it stands in the file. */
async function caddy(address: string): Promise<string> {
  const folder = temporaryFolder()
  const env = { ...process.env, HOME: folder, CHAT_HOST: 'http://chat.example', CHAT_UPSTREAM: address }
  const adapted = execFileSync('caddy', ['adapt', '--config', caddyfile, '--adapter', 'caddyfile'], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const config = JSON.parse(adapted)
  config.admin = { disabled: true }
  const [server] = Object.values<Record<string, unknown>>(config.apps.http.servers)
  const socketPath = join(folder, 'web.sock')
  Object.assign(server ?? {}, { listen: [`unix/${socketPath}`], automatic_https: { disable: true } })
  writeFileSync(join(folder, 'caddy.json'), JSON.stringify(config))
  const child = spawn('caddy', ['run', '--config', join(folder, 'caddy.json')], { env })
  onTestFinished(() => void child.kill('SIGKILL'))
  const log = new Watched()
  child.stderr.setEncoding('utf8').on('data', (text: string) => log.add(text))
  child.once('close', () => log.end())
  await log.has('serving initial configuration')
  return socketPath
}

test('a reverse proxy made by deploy/Caddyfile hands on upgrades and streams', async ({ skip }) => {
  if (!has('caddy', 'version')) return skip('there is no caddy (apt-get install caddy)')
  const { asked, address } = await upstream()
  const socketPath = await caddy(address)
  const headers = { Host: 'chat.example' }

  const streaming = request({ socketPath, path: '/events', headers }).end()
  const first = await new Promise<string>(resolve => {
    streaming.on('response', answer => answer.setEncoding('utf8').once('data', resolve))
  })
  expect(first).toBe('first')
  streaming.on('error', () => {}).destroy()

  const upgrading = request({
    socketPath,
    path: '/ws',
    headers: { ...headers, Connection: 'Upgrade', Upgrade: 'websocket' },
  })
  const echoed = new Watched()
  upgrading.on('upgrade', (_, socket) => {
    onTestFinished(() => void socket.destroy())
    socket.setEncoding('utf8').on('data', (text: string) => echoed.add(text))
    socket.write('there and back')
  })
  upgrading.end()
  await echoed.has('there and back')
  expect(asked.map(({ url, headers }) => [url, headers.host, headers.upgrade])).toEqual([
    ['/events', 'chat.example', undefined],
    ['/ws', 'chat.example', 'websocket'],
  ])
})
