// Hooks of tokens at a real server: over kills, with workers and TLS, and never a token in a log or a file.
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { apiAt } from '../helpers/api.ts'
import { filesIn } from '../helpers/files-in.ts'
import { ownerOf } from '../helpers/owner.ts'
import { type RunningServer, startServer } from '../helpers/program.ts'
import { dial } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

async function tokenAt(server: RunningServer): Promise<string> {
  server.type('TOKEN ADD ci')
  return (await server.out.until(text => /\n(rxchat_\w+)\n/.exec(text)?.[1])) ?? ''
}

const star = JSON.stringify({ action: 'created', repository: { full_name: 'octo/hello' }, sender: { login: 'mona' } })
const delivery = { 'content-type': 'application/json', 'x-github-event': 'star', 'x-github-delivery': 'd1' }

test.skipIf(process.platform !== 'linux')(
  '[HI4] a delivery that is sent again after a kill is there once',
  async () => {
    const data = join(temporaryFolder(), 'data')
    const first = await startServer('--data', data)
    const token = await tokenAt(first)
    const send = (server: RunningServer) =>
      fetch(`http://${server.address}/hooks/${token}`, { method: 'POST', body: star, headers: delivery })
    const before = (await (await send(first)).json()) as { readonly seq: number }
    process.kill(ownerOf(first), 'SIGKILL')
    await first.ended
    const second = await startServer('--data', data)
    const again = await send(second)
    expect([again.headers.get('idempotent-replayed'), await again.json()]).toEqual(['true', before])
    const { ask } = await apiAt(second.address, token)
    const { body } = await ask('/api/rooms/lobby/messages')
    expect(body['messages']).toMatchObject([{ text: '**octo/hello: mona gave a star ⭐**', seq: before.seq }])
    second.type('EXIT')
    await second.ended
  },
)

test.skipIf(process.platform !== 'linux')('[HI5] the messages of a burst outlive a kill', async () => {
  const data = join(temporaryFolder(), 'data')
  const first = await startServer('--data', data, '--rate', '5')
  const token = await tokenAt(first)
  const textsAt = async ({ address }: RunningServer): Promise<readonly string[]> => {
    const { body } = await (await apiAt(address, token)).ask('/api/rooms/lobby/messages')
    return (body['messages'] as { text: string }[]).map(({ text }) => text)
  }
  const sends = Array.from({ length: 60 }, (_, at) =>
    fetch(`http://${first.address}/hooks/${token}`, { method: 'POST', body: `alert ${at}` }),
  )
  expect((await Promise.all(sends)).map(({ status }) => status)).toEqual(Array(60).fill(200))
  // The first of those that are counted was a message by itself.
  await first.out.until(text => {
    const own = text.match(/ci > alert/g)?.length ?? 0
    const [, counted = '0'] = [...text.matchAll(/×(\d+), latest/g)].at(-1) ?? []
    return own - 1 + Number(counted) === 60
  })
  const shown = await textsAt(first)
  expect(shown.some(text => /^×\d+, latest: alert/.test(text))).toBe(true)
  process.kill(ownerOf(first), 'SIGKILL')
  await first.ended
  const second = await startServer('--data', data)
  expect(await textsAt(second)).toEqual(shown)
  second.type('EXIT')
  await second.ended
})

test('[HI6] its log at its most talkative and its files have no token', async () => {
  const data = join(temporaryFolder(), 'data')
  const server = await startServer('--data', data, '--log-level', 'debug', '--trust-proxy', '127.0.0.1')
  const token = await tokenAt(server)
  expect(server.out.text).toMatch(new RegExp(`\\nIts hook: http://[^/\\n]+/hooks/${token}\\n`))
  const hook = `http://${server.address}/hooks/${token}`
  const forwarded = { 'x-forwarded-for': '192.0.2.7' }
  for (const path of ['', '/slack', '/a/b', '/%zz', '?room=no room'])
    await fetch(`${hook}${path}`, { method: 'POST', body: 'disk full', headers: forwarded })
  await fetch(hook)
  await fetch(`${hook}x`, { method: 'POST', body: 'x' })
  const wire = await dial(server.port)
  wire.send(`POST /hooks/${token} HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n`)
  await wire.heard.has('HTTP/1.1 400')
  server.type('EXIT')
  expect(await server.ended).toBe(0)
  expect(server.errors.lines.length).toBeGreaterThan(3)
  const secret = token.slice('rxchat_'.length)
  expect(server.errors.text).not.toContain(secret)
  const contents = filesIn(data).map(path => readFileSync(path, 'latin1'))
  expect(contents.some(content => content.includes('disk full'))).toBe(true)
  for (const content of contents) expect(content).not.toContain(secret)
})

test('[HI1] with workers, over TLS', async () => {
  const data = join(temporaryFolder(), 'data')
  const server = await startServer('--data', data, '--workers', '2', '--tls', '--tls-only')
  const token = await tokenAt(server)
  expect(server.out.text).toMatch(/Its hook: https:/)
  const answers = await Promise.all(
    Array.from(
      { length: 6 },
      (_, at) =>
        new Promise<number>((resolve, reject) => {
          const options = { method: 'POST', agent: false, rejectUnauthorized: false } as const
          const asked = request(`https://${server.address}/hooks/${token}`, options, answer => {
            answer.resume()
            resolve(answer.statusCode ?? 0)
          })
          asked.on('error', reject)
          asked.end(`disk ${at} full`)
        }),
    ),
  )
  expect(answers).toEqual(Array(6).fill(200))
  const plain = await fetch(`http://${server.address}/hooks/${token}`, {
    method: 'POST',
    body: 'x',
    redirect: 'manual',
  })
  expect(plain.status).toBe(426)
  await server.out.has(/(disk \d full[\s\S]*){6}/)
  server.type('EXIT')
  expect(await server.ended).toBe(0)
})
