/** `--nats`: two real servers and a real broker are one chat (docs/cluster.md). */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hasBroker, NO_BROKER, startBrokers } from '../helpers/broker.ts'
import { filesIn } from '../helpers/files-in.ts'
import { runServer, startServer } from '../helpers/program.ts'
import { dial, dialLine, dialNative, type Wired } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const say = ({ send }: Wired, text: string): void => send(`${JSON.stringify({ type: 'say', text })}\n`)

/** Flags of a node at these brokers. */
const node = (name: string, data: string, ...urls: readonly string[]): readonly string[] => [
  ...['--nats', urls.join(), '--nats-replicas', '1', '--node', name, '--data', data, '--log-level', 'info'],
]

describe('[R14] nodes of a cluster', () => {
  if (!hasBroker()) return test('start', ({ skip }) => skip(NO_BROKER))

  test('are one chat: what is said at one is heard at the other, and a killed node’s client goes on there', async () => {
    const [broker] = await startBrokers(1)
    const url = broker?.url ?? ''
    const data = temporaryFolder()
    const [a, b] = [
      await startServer(...node('a', temporaryFolder(), url)),
      { data, ...(await startServer(...node('b', data, url))) },
    ]
    const one = await dialNative(a.port, 'Spider-Man')
    const [other, line] = [await dialNative(b.port, '李'), await dialLine(b.port, 'nc-user')]
    say(one, 'said at a')
    await other.heard.has('"text":"said at a"')
    await line.heard.has('Spider-Man > said at a')
    say(other, 'said at b')
    await one.heard.has('"text":"said at b"')
    b.type('NODES')
    await b.out.has('NODES: 2')
    await b.out.until(text => /^a {2,}here {2,}yes/m.test(text) && /^b \(this\) {2,}here {2,}-/m.test(text))
    await b.out.has('Stored: by 1 of 1 brokers')
    await b.out.has('not known, since there is no --nats-monitor')
    for (const file of filesIn(b.data)) expect([file, statSync(file).mode & 0o777]).toEqual([file, 0o600])
    const metrics = await (await fetch(`http://${b.address}/metrics`)).text()
    expect(metrics).toContain('rxchat_nodes{state="here"} 2')
    expect((await fetch(`http://${b.address}/readyz`)).status).toBe(200)

    const [, token] = /"token":"([^"]+)"/.exec(one.heard.text) ?? []
    const [, epoch] = /"epoch":"([^"]+)"/.exec(one.heard.text) ?? []
    const cursor = Number([...one.heard.text.matchAll(/"seq":(\d+)/g)].at(-1)?.[1])
    a.child.kill('SIGKILL')
    say(other, 'while it is away')
    await line.heard.has('while it is away')
    const back = await dial(b.port)
    back.send(`${JSON.stringify({ type: 'hello', token, epoch, cursor })}\n`)
    await back.heard.has('"text":"while it is away"')
    expect(back.heard.text).toContain('"resumed":true')
    expect(back.heard.text).not.toContain('said at b')
    say(back, 'it is back')
    await other.heard.has('"text":"it is back"')
    expect(other.heard.text).not.toMatch(/"type":"exited"[^\n]*Spider-Man/)
  })

  test('say which broker is gone and when it is back, and not again and again', async () => {
    const brokers = await startBrokers(3)
    const [, , third] = brokers
    const urls = brokers.map(({ url }) => url).join()
    const flags = node('a', temporaryFolder(), urls).map(flag => (flag === '1' ? '3' : flag))
    const a = await startServer(...flags, '--nats-monitor', third?.monitor ?? '')
    a.type('NODES')
    await a.out.until(text => /On the disk before that: .*broker-2 no/.test(text) && /^Brokers: /m.test(text))
    third?.kill('SIGKILL')
    await a.errors.has('"event":"broker-down","broker":"broker-2"')
    const asked = a.out.text.length
    a.type('NODES')
    await a.out.until(text => text.slice(asked).match(/^Brokers: .*broker-2 gone for /m))
    expect(await (await fetch(`http://${a.address}/metrics`)).text()).toContain('rxchat_brokers{state="gone"} 1')
    await third?.start()
    await a.errors.has('"event":"broker-up","broker":"broker-2"')
    for (const event of ['broker-down', 'broker-up']) expect(a.errors.text.split(event)).toHaveLength(2)
  })

  test('take a history over, and leave one behind', async () => {
    const [broker] = await startBrokers(1)
    const url = broker?.url ?? ''
    const [first, second] = [temporaryFolder(), temporaryFolder()]
    const alone = await startServer('--data', first)
    say(await dialNative(alone.port, 'a|b'), 'before the cluster')
    await alone.out.has('before the cluster')
    alone.type('EXIT')
    expect(await alone.ended).toBe(0)

    const a = await startServer(...node('a', first, url))
    await a.errors.has('"event":"history-brought"')
    const b = await startServer(...node('b', second, url))
    const there = await dialNative(b.port, '李', { history: 50 })
    await there.heard.has('"text":"before the cluster"')
    say(there, 'in the cluster')
    await a.out.has('in the cluster')
    b.type('EXIT')
    expect(await b.ended).toBe(0)
    a.type('EXIT')
    expect(await a.ended).toBe(0)

    const again = await startServer('--data', first)
    const late = await dialNative(again.port, 'late', { history: 50 })
    await late.heard.has('"text":"in the cluster"')
    expect(late.heard.text).toContain('"text":"before the cluster"')
    say(late, 'alone again')
    await again.out.has('alone again')
    again.type('EXIT')
    expect(await again.ended).toBe(0)

    const [anew] = await startBrokers(1)
    const joined = await startServer(...node('a', first, anew?.url ?? ''))
    await joined.errors.has('"event":"history-brought"')
    await (await dialNative(joined.port, 'last', { history: 50 })).heard.has('"text":"alone again"')
  })

  test('say what is wrong: another chat’s directory, and a key that the brokers do not know', async () => {
    const [broker] = await startBrokers(1)
    const url = broker?.url ?? ''
    const other = temporaryFolder()
    const alone = await startServer('--data', other)
    alone.type('EXIT')
    await alone.ended
    await startServer(...node('a', temporaryFolder(), url))
    const refused = runServer('--port', '0', ...node('b', other, url))
    expect(await refused.ended).toBe(3)
    expect(refused.errors.text).toMatch(/rxchat-server: .*log/)
  })
})

test('[R14] without --nats no package of NATS is loaded', () => {
  const dist = join(import.meta.dirname, '..', '..', 'dist')
  const read = (file: string): string => readFileSync(join(dist, file), 'utf8')
  const loaded = new Set(['server.js'])
  for (const file of loaded) {
    for (const [, from = ''] of read(file).matchAll(/^(?:import|export)\b[^'"\n]*["']\.\/([^'"\n]+)["'];?$/gm))
      loaded.add(from)
  }
  // A name that only that package has.
  const holders = readdirSync(dist).filter(
    file => /^server.*\.js$/.test(file) && read(file).includes('UserAuthenticationExpiredError'),
  )
  expect(holders).not.toEqual([])
  expect(loaded.size).toBeGreaterThan(3)
  expect(holders.filter(file => loaded.has(file))).toEqual([])
})
