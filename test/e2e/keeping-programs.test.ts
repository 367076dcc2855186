/** Programs that keep order and are told of it: at workers, and over a kill of the server. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type RunningServer, startServer, Watched } from '../helpers/program.ts'
import { runTool } from '../helpers/run-tool.ts'
import { dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** Takes all that comes; each body is a line of `came`. */
async function receiver() {
  const came = new Watched()
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    came.add(`${Buffer.concat(parts).toString('utf8')}\n`)
    response.writeHead(204).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { came, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in` }
}

async function ask({ address }: RunningServer, token: string, path: string, body?: object) {
  const answer = await fetch(`http://${address}${path}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

test.skipIf(process.platform !== 'linux')(
  '[A10] [A11] [Z14] a token acts at any worker, a hook is told of it, and a rule is tried, also after a kill',
  async () => {
    const data = join(temporaryFolder(), 'data')
    const { came, url } = await receiver()
    const flags = ['--data', data, '--workers', '2', '--rate', 'off', '--allow-private-hooks']
    const first = await startServer(...flags)
    first.type(`HOOK ADD ${url} --acts`)
    await first.out.has(/HOOK \d+: added/)
    first.type('TOKEN ADD warden --keep')
    await first.out.has(/rxchat_\w+/)
    const [token = ''] = /rxchat_\w+/.exec(first.out.text) ?? []
    const people = await Promise.all(['ЗОЯ', 'مريم', 'a_b', '田中'].map(name => dialNative(first.port, name)))
    for (const [k, one] of people.entries()) {
      one.send(`${JSON.stringify({ type: 'say', text: k % 2 === 0 ? `buy spam ${k}` : 'hello', n: 1 })}\n`)
      await one.heard.has('"type":"ok","n":1')
    }
    for (const who of ['ЗОЯ', 'مريم', 'a_b']) {
      expect(await ask(first, token, '/api/acts', { type: 'mute', who, for: 600 })).toMatchObject({ status: 200 })
      await came.has(`"who":"${who}"`)
    }
    const trials = await Promise.all(
      [1, 2, 3].map(() => ask(first, token, '/api/try?rule=filter%20refuse%20spam&room=lobby&for=1h')),
    )
    const tried = trials.filter(({ status }) => status === 200)
    expect(tried.length).toBeGreaterThan(0)
    for (const { body } of tried) expect(body).toMatchObject({ messages: 4, stopped: { refused: 2 }, people: 2 })
    const { out } = await runTool(['rehearse', 'filter refuse spam', data, '--room', 'lobby', '--json'])
    expect(JSON.parse(out)).toMatchObject({ messages: 4, stopped: { refused: 2 }, people: 2 })

    first.child.kill('SIGKILL')
    await first.ended
    const again = await startServer(...flags)
    const { body } = await ask(again, token, '/api/log')
    expect((body['entries'] as { who: string; by: string }[]).map(({ who, by }) => [who, by])).toEqual([
      ['ЗОЯ', 'warden'],
      ['مريم', 'warden'],
      ['a_b', 'warden'],
    ])
    expect(await ask(again, token, '/api/acts', { type: 'unmute', who: 'ЗОЯ' })).toMatchObject({ status: 200 })
    await came.has('"act":"unmute"')
    again.type('TOKEN REVOKE warden')
    await again.out.has('warden is revoked')
    expect(await ask(again, token, '/api/acts', { type: 'unmute', who: 'مريم' })).toMatchObject({ status: 401 })
  },
)
