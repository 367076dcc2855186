// Deliveries of a real server, judged by the verifier of Standard Webhooks and by the examples of docs/api.md.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { expect, onTestFinished, test } from 'vitest'
import { ownerOf } from '../helpers/owner.ts'
import { startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

type Came = { readonly headers: Readonly<Record<string, string>>; readonly body: string }

/** Takes requests. `until` resolves with the first for which `is` is true. */
async function receiver() {
  const came: Came[] = []
  let look = (): void => {}
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    came.push({ headers: textual(request.headers), body: Buffer.concat(parts).toString('utf8') })
    response.writeHead(204).end()
    look()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const until = (part: string): Promise<Came> =>
    new Promise(resolve => {
      look = () => {
        const found = came.find(({ body }) => body.includes(part))
        if (found) resolve(found)
      }
      look()
    })
  return { came, until, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in` }
}

const textual = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

const line = (command: object): string => `${JSON.stringify(command)}\n`

test('[HO1] [HO2] the verifier accepts a real server’s requests under its secrets, before, while and after one changes', async () => {
  const server = await startServer('--ephemeral', '--allow-private-hooks')
  const { until, url } = await receiver()
  server.type(`HOOK ADD ${url} --kinds messages,topics`)
  const [, hook = '', first = ''] = await server.out.until(
    text => /HOOK (\d+): added.*\n(whsec_\S+)\n/.exec(text) ?? undefined,
  )
  const alice = await dialNative(server.port, '田中')
  const sent = async (text: string): Promise<Came> => {
    alice.send(line({ type: 'say', text }))
    return until(text)
  }
  const accepts = (secret: string, { headers, body }: Came): boolean => {
    try {
      return new Webhook(secret).verify(body, headers) !== undefined
    } catch {
      return false
    }
  }
  const before = await sent('héllo <b> 👍')
  expect(accepts(first, before)).toBe(true)
  expect(accepts(first, { ...before, body: before.body.replace('héllo', 'hallo') })).toBe(false)
  expect(before.headers['user-agent']).toBe('rxchat')
  server.type(`HOOK ROTATE ${hook}`)
  const second = await server.out.until(text => /the old secret signs too until .*\n(whsec_\S+)\n/.exec(text)?.[1])
  const both = await sent('while it changes')
  expect([accepts(first, both), accepts(second, both)]).toEqual([true, true])
  server.type('HOOK LIST')
  await server.out.has(/messages, topics of every room, old secret until /)
  server.type(`HOOK ROTATE ${hook}`)
  await server.out.has(`The old secret of webhook ${hook} still signs. End that first: HOOK ROTATE number --now.`)
  server.type(`HOOK ROTATE ${hook} --now`)
  await server.out.has(`HOOK ${hook}: the old secret does not sign any more.`)
  alice.send(line({ type: 'topic', room: 'lobby', topic: 'afterwards' }))
  const after = await until('afterwards')
  expect([accepts(first, after), accepts(second, after)]).toEqual([false, true])
  server.type(`HOOK ROTATE ${hook} --now`)
  const third = await server.out.until(text => /the new secret signs alone.*\n(whsec_\S+)\n/.exec(text)?.[1])
  const last = await sent('at once')
  expect([first, second, third].map(secret => accepts(secret, last))).toEqual([false, false, true])
  expect(new Set([first, second, third]).size).toBe(3)
})

test('[HO1] the examples of the documentation accept what is sent, in node and in python, and refuse what is changed', async () => {
  const server = await startServer('--ephemeral', '--allow-private-hooks')
  const { until, url } = await receiver()
  server.type(`HOOK ADD ${url} --cloudevents`)
  const secret = await server.out.until(text => /HOOK \d+: added.*\n(whsec_\S+)\n/.exec(text)?.[1])
  const alice = await dialNative(server.port, 'a|b')
  alice.send(line({ type: 'say', text: 'héllo' }))
  const { headers, body } = await until('héllo')
  expect(JSON.parse(body)).toMatchObject({ specversion: '1.0', type: 'chat.rxchat.said', data: { text: 'héllo' } })
  const folder = temporaryFolder()
  const docs = readFileSync('docs/api.md', 'utf8')
  const examples = docs.matchAll(/<!-- example: (verify\.\S+) -->\n```\w+\n([\s\S]*?\n)```\n/g)
  for (const [, name = '', example = ''] of examples) writeFileSync(join(folder, name), example)
  writeFileSync(join(folder, 'given.json'), JSON.stringify({ secret, headers, bodies: [body, `${body} `] }))
  const node = `import { verify } from './verify.mjs'; import { readFileSync } from 'node:fs'
    const { secret, headers, bodies } = JSON.parse(readFileSync('given.json', 'utf8'))
    console.log(JSON.stringify(bodies.map(body => verify(secret, headers, Buffer.from(body)))))`
  const python = `import json; from verify import verify
given = json.load(open("given.json"))
print(json.dumps([verify(given["secret"], given["headers"], body.encode()) for body in given["bodies"]]))`
  writeFileSync(join(folder, 'judge.mjs'), node)
  for (const [tool, ...words] of [
    [process.execPath, 'judge.mjs'],
    ['python3', '-c', python],
  ] as const) {
    const said = execFileSync(tool, words, { cwd: folder, encoding: 'utf8' })
    expect(JSON.parse(said), tool).toEqual([true, false])
  }
})

test.skipIf(process.platform !== 'linux')(
  '[HO3] [J2] every kind of event reaches the receiver over kills of the server, in order, each under one id',
  async () => {
    const directory = join(temporaryFolder(), 'data')
    const flags = ['--data', directory, '--rate', 'off', '--allow-private-hooks']
    const { came, until, url } = await receiver()
    let server = await startServer(...flags)
    server.type(`HOOK ADD ${url} --kinds messages,reactions,topics,joins`)
    await server.out.has(/HOOK \d+: added/)
    const expected: string[] = []
    for (let k = 0; k < 5; k++) {
      const alice = await dialNative(server.port, `alice${k}`)
      expected.push(`joined alice${k}`)
      const acts = Array.from({ length: 8 }, (_, n) => n).flatMap(n => [
        line({ type: 'say', text: `said ${k}.${n}` }),
        line({ type: 'topic', room: 'lobby', topic: `topic ${k}.${n}` }),
      ])
      alice.send(acts.join(''))
      for (let n = 0; n < 8; n++) expected.push(`said ${k}.${n}`, `topic ${k}.${n}`)
      await alice.heard.has(`topic ${k}.7`)
      await until(`said ${k}.${k}`)
      process.kill(ownerOf(server), 'SIGKILL')
      await server.ended
      server = await startServer(...flags)
    }
    const last = await dialNative(server.port, 'last')
    last.send(line({ type: 'topic', room: 'lobby', topic: 'the end' }))
    await until('the end')
    const byId = new Map(
      came.map(({ headers, body }) => [headers['webhook-id'], JSON.parse(body) as Record<string, string>]),
    )
    const told = [...byId.values()].map(one => one['text'] ?? one['topic'] ?? `${one['type']} ${one['name']}`)
    const wanted = told.filter(text => !/^quit|last$|the end/.test(text))
    expect(wanted).toEqual(expected)
    console.log(`5 kills: ${byId.size} events, ${came.length - byId.size} repeated, none lost`)
  },
)
