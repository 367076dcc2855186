// Webhooks of a real server that is killed in between, to a receiver that fails and redirects before it takes anything.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ownerOf } from '../helpers/owner.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

type Came = { readonly id: string; readonly text: string }

/** Answers the next requests with these statuses, and then with 204; `taken` has the accepted ones. */
async function receiver(...statuses: number[]) {
  const taken: Came[] = []
  let look = (): void => {}
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const status = statuses.shift() ?? 204
    if (status === 204) {
      const { text } = JSON.parse(Buffer.concat(parts).toString('utf8')) as { readonly text: string }
      taken.push({ id: String(request.headers['rxchat-delivery']), text })
    }
    response.writeHead(status, { Location: '/elsewhere' }).end()
    look()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const has = (text: string): Promise<void> =>
    new Promise(resolve => {
      look = () => {
        if (taken.some(came => came.text === text)) resolve()
      }
      look()
    })
  return { taken, has, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in` }
}

test.skipIf(process.platform !== 'linux')(
  '[A8] [J2] what was said reaches the receiver over a kill, in order, each message at least once',
  async () => {
    const directory = join(temporaryFolder(), 'data')
    const { taken, has, url } = await receiver(500, 302)
    const flags = ['--data', directory, '--rate', 'off', '--allow-private-hooks']
    const first = await startServer(...flags)
    first.type(`HOOK ADD ${url}`)
    await first.out.has(/HOOK \d+: added\. .*\nwhsec_\S{44}\n/)
    const said = Array.from({ length: 60 }, (_, k) => `message ${k + 1}`)
    const alice = await dialNative(first.port, 'alice')
    const say = (texts: readonly string[], to: typeof alice): void =>
      to.send(texts.map(text => `${JSON.stringify({ type: 'say', text })}\n`).join(''))
    say(said.slice(0, 50), alice)
    await alice.heard.has('"text":"message 50"')
    await has('message 25')
    process.kill(ownerOf(first), 'SIGKILL')
    await first.ended
    const second = await startServer(...flags)
    const bob = await dialNative(second.port, 'bob')
    say(said.slice(50), bob)
    await has('message 60')
    const seen = new Map(taken.map(({ id, text }) => [id, text]))
    expect([...seen.values()]).toEqual(said)
    second.type('HOOK LIST')
    await second.out.has(`HOOKS: 1\n`)
    second.type('HOOK REMOVE 1')
    await second.out.has('There is no webhook 1. HOOK LIST shows the webhooks.')
  },
)

test('[A8] a hook into the local network is refused at once, and the host is told why', async () => {
  const server = await startServer('--ephemeral')
  const refused = 'The webhook URL leads to a private address. Use a public one, or start the server with --allow'
  for (const [k, host] of ['127.0.0.1', '[::1]', '0x7f.1', '169.254.169.254', 'localhost'].entries()) {
    server.type(`HOOK ADD http://${host}:1/in --room ops`)
    await server.out.until(text => text.split(refused).length === k + 2 || undefined)
  }
  server.type('HOOK ADD localhost:1')
  await server.out.has('The webhook URL is not valid. Use an http or https URL')
  server.type('HOOK')
  await server.out.has(
    'Usage: HOOK ADD url [--room r] [--acts | --all | --kinds k,k] [--cloudevents] | LIST | REMOVE number | RESUME number | ROTATE number [--now]. Kinds: messages, ',
  )
  server.type('HOOK LIST')
  await server.out.has('HOOKS: 0')
})

test('[A8] one that leads there by the time of a message is paused, and the host is told why', async () => {
  const directory = join(temporaryFolder(), 'data')
  const first = await startServer('--data', directory, '--allow-private-hooks')
  first.type('HOOK ADD http://localhost:1/in --room ops')
  const hook = await first.out.until(text => /HOOK (\d+): added\./.exec(text)?.[1])
  first.type('EXIT')
  await first.ended
  const server = await startServer('--data', directory)
  const alice = await dialNative(server.port, 'alice')
  alice.send('{"type":"join","room":"ops"}\n{"type":"say","room":"ops","text":"hello"}\n')
  await server.out.has(`HOOK ${hook} is paused. HOOK LIST shows why, HOOK RESUME ${hook} tries again.`)
  server.type('HOOK LIST')
  await server.out.has(
    `${hook} http://localhost:1/in of ops, paused, 1 behind, failed once, because its address is private: start the server with --allow-private-hooks to allow that`,
  )
})
