/** deploy/cluster: its keys, permissions and configurations in real brokers, its units, and its compose file. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect, nkeyAuthenticator } from '@nats-io/transport-node'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { LastingError } from '../../src/journal/data-error.ts'
import { connectToBrokers } from '../../src/journal/nats/connection/connection.ts'
import { FILES, MARKS, STATES, subjectOf } from '../../src/journal/nats/names.ts'
import { openBrokerLog } from '../../src/journal/nats/open.ts'
import { request } from '../../src/journal/nats/requests.ts'
import { batchOf, beatBytes } from '../../src/journal/replicated/stream/messages.ts'
import { brokerAccess } from '../../src/program/server/cluster/access.ts'
import type { ServerSettings } from '../../src/program/server/settings/flags.ts'
import { readFlags } from '../../src/program/server/settings/flags.ts'
import { brokerProcess, freePorts, hasBroker, NO_BROKER } from '../helpers/broker.ts'
import { has } from '../helpers/has.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { draft } from '../journal/contract.ts'

const deploy = join(import.meta.dirname, '..', '..', 'deploy', 'cluster')
const NAMES = ['a', 'b', 'c'] as const

/** Returns the files that it has made or changed. */
const run = (folder: string, ...args: readonly string[]): readonly string[] =>
  execFileSync(process.execPath, [join(deploy, 'make.mjs'), folder, ...args], { encoding: 'utf8' })
    .split('\n')
    .filter(line => line !== '')

const make = (folder: string): unknown => run(folder, ...NAMES.map(name => `${name}=127.0.0.1`))

/** As `make.mjs` has written it, but for the folders and the ports, since all run on one machine here. */
function configured(folder: string, name: string, ports: readonly number[], routes: readonly number[]): string {
  const [client = 0, monitor = 0, cluster = 0] = ports
  const own = join(folder, name)
  const text = readFileSync(join(own, 'broker.conf'), 'utf8')
    .replaceAll('/etc/rxchat/cluster', own)
    .replace('/var/lib/rxchat-broker', join(own, 'store'))
    .replace('0.0.0.0:4222', `127.0.0.1:${client}`)
    .replace('127.0.0.1:8222', `127.0.0.1:${monitor}`)
    .replace('0.0.0.0:6222', `127.0.0.1:${cluster}`)
    .replace(/routes: \[[^\]]*\]/, `routes: [${routes.map(port => `"nats://127.0.0.1:${port}"`)}]`)
  const path = join(own, 'test.conf')
  writeFileSync(path, text)
  return path
}

const settingsOf = (folder: string, name: string, ports: readonly number[]): ServerSettings => {
  const own = join(folder, name)
  const read = readFlags(['--nats', ports.map(port => `tls://127.0.0.1:${port}`).join(), '--nats-monitor', 'none'], {
    RXCHAT_CONFIG: join(own, 'server.toml'),
    RXCHAT_NATS_NKEY: join(own, 'node.nk'),
    RXCHAT_NATS_CA: join(own, 'ca.pem'),
  })
  if (typeof read === 'string') throw new Error(read)
  return read
}

describe('the brokers of deploy/cluster', () => {
  if (!hasBroker()) return test('start', ({ skip }) => skip(NO_BROKER))

  test('[R14] a node may do all that it has to, and write in no other name', async () => {
    const folder = temporaryFolder()
    make(folder)
    const ports = await freePorts(9)
    const [clients, monitors, routes] = [ports.slice(0, 3), ports.slice(3, 6), ports.slice(6)]
    const brokers = NAMES.map((name, at) =>
      brokerProcess(
        configured(
          folder,
          name,
          [clients, monitors, routes].map(all => all[at] ?? 0),
          routes,
        ),
        [],
        {
          BROKER_KEY: join(folder, name, 'broker-key.pem'),
        },
      ),
    )
    await Promise.all(brokers.map(({ start }) => start()))

    const forbidden: string[] = []
    const opened = await Promise.all(
      NAMES.map(name => {
        const { cluster } = settingsOf(folder, name, clients)
        if (!cluster) throw new Error('alone')
        expect(cluster).toMatchObject({ node: name, replicas: 3 })
        return openBrokerLog({
          ...{ ...brokerAccess(cluster), replicas: 3, epoch: `log of ${name}` },
          hear: event => event.type === 'forbidden' && forbidden.push(event.reason),
        })
      }),
    )
    onTestFinished(async () => void (await Promise.all(opened.map(({ stream }) => stream.close()))))
    const [one, two] = [opened[0]?.stream, opened[1]?.stream]
    if (!one || !two) throw new Error('no node')
    expect(two.epoch).toBe(one.epoch)

    const batch = batchOf({ run: 'r', k: 1, after: 0 }, [draft('Spider-Man', '李'), draft('a|b', 'two')])
    const heard = new Promise<string>(resolve => two.heard$.subscribe(({ node, kind }) => resolve(`${node} ${kind}`)))
    const stored = await one.append(batch, 0)
    expect(stored.type).toBe('stored')
    expect(await heard).toBe('a text')
    const beat = { node: 'a', run: 'r', address: null, version: '0', reads: 1, seq: 2, digest: null }
    const end = await one.beat(beatBytes(beat))
    // A replica may not have all of it yet.
    let page = await one.read(0, 100)
    while (page.upTo < end) page = await one.read(0, 100)
    expect(page.messages.map(({ kind }) => kind)).toEqual(['text', 'text', 'inputs', 'beat'])
    await two.erase([page.messages[0]?.place ?? 0])
    expect((await two.last('a'))?.kind).toBe('inputs')
    expect(await two.end()).toBe(page.upTo)
    await one.mark(1, 'Error')
    await one.states.put('1', once('the state'))
    expect([...(await two.marks()).keys(), ...(await two.states.list())]).toEqual([1, '1'])
    await two.states.delete('1')
    const signalled = new Promise<string>(resolve => two.signals$.subscribe(({ node }) => resolve(node)))
    one.signal(Buffer.from('typing'))
    expect(await signalled).toBe('a')
    await one.purge(page.messages[1]?.place ?? 0)
    expect(forbidden).toEqual([])

    // With the key of a, in the name of b.
    const { cluster } = settingsOf(folder, 'a', clients)
    if (!cluster) throw new Error('alone')
    const { nats } = await connectToBrokers(brokerAccess(cluster))
    onTestFinished(() => nats.close())
    const refused = (subject: string): Promise<unknown> =>
      nats.request(subject, '{}').then(
        () => 'done',
        (error: Error) => error.message,
      )
    for (const subject of [
      subjectOf('inputs', 'b'),
      subjectOf('beat', 'b'),
      'signal.b',
      'out.in.b',
      '$JS.API.STREAM.DELETE.RXCHAT',
      '$JS.API.STREAM.UPDATE.RXCHAT',
      '$JS.API.STREAM.SNAPSHOT.RXCHAT',
    ]) {
      expect(await refused(subject), subject).toMatch(/permissions violation/i)
    }
    expect((await two.read(0, 100)).messages.map(({ node }) => node)).not.toContain('b')
    // A node that is let in, and may do nothing else, ends at once; and it says so once.
    const refusals: string[] = []
    const without = openBrokerLog({
      ...{ ...brokerAccess(cluster), seed: Buffer.from(readFileSync(join(folder, 'keeper.nk'), 'utf8').trim()) },
      ...{ replicas: 3, epoch: 'other', hear: event => event.type === 'forbidden' && refusals.push(event.reason) },
    })
    const why: unknown = await without.catch((error: unknown) => error)
    expect(why).toBeInstanceOf(LastingError)
    expect(String(why)).toContain('do its permissions allow it?')
    expect([refusals.length, new Set(refusals).size]).toEqual([1, 1])

    const keeper = await connect({
      servers: clients.map(port => `tls://127.0.0.1:${port}`),
      authenticator: nkeyAuthenticator(Buffer.from(readFileSync(join(folder, 'keeper.nk'), 'utf8').trim())),
      inboxPrefix: '_INBOX_keeper',
      tls: { caFile: join(folder, 'ca.pem') },
    })
    onTestFinished(() => keeper.close())
    const { config } = await request<{ readonly config: object }>(keeper, 'STREAM.INFO.RXCHAT', null, 5000)
    await request(keeper, 'STREAM.UPDATE.RXCHAT', config, 5000)
    await expect(request(keeper, 'STREAM.DELETE.RXCHAT', null, 5000)).rejects.toThrow(/permissions violation/i)

    const stranger = { ...brokerAccess(cluster), seed: null }
    await expect(connectToBrokers(stranger)).rejects.toThrow("The brokers don't let node a in")
  })

  test('[R14] a machine and a node that are added get in after a reload, and nobody else has to restart', async () => {
    const folder = temporaryFolder()
    make(folder)
    const ports = await freePorts(12)
    const [clients, monitors, routes] = [ports.slice(0, 4), ports.slice(4, 8), ports.slice(8)]
    const configure = (name: string, at: number, count: number): string =>
      configured(folder, name, [clients[at] ?? 0, monitors[at] ?? 0, routes[at] ?? 0], routes.slice(0, count))
    const brokerOf = (name: string, at: number, count: number) =>
      brokerProcess(configure(name, at, count), [], { BROKER_KEY: join(folder, name, 'broker-key.pem') })
    const brokers = NAMES.map((name, at) => brokerOf(name, at, 3))
    await Promise.all(brokers.map(({ start }) => start()))
    const open = (name: string, lost: string[] = []) => {
      const { cluster } = settingsOf(folder, name, clients)
      if (!cluster) throw new Error('alone')
      const hear = ({ type }: { readonly type: string }) => void (type === 'lost' && lost.push(name))
      return openBrokerLog({ ...brokerAccess(cluster), replicas: 3, epoch: `log of ${name}`, hear })
    }
    const lost: string[] = []
    const opened = [await open('a', lost)]
    onTestFinished(async () => void (await Promise.all(opened.map(({ stream }) => stream.close()))))

    run(folder, '--add', 'Spider-Man=127.0.0.1', 'node_only')
    for (const [at, name] of NAMES.entries()) {
      configure(name, at, 4)
      brokers[at]?.kill('SIGHUP')
    }
    await brokerOf('Spider-Man', 3, 4).start()
    for (const name of ['Spider-Man', 'node_only']) {
      const log = await open(name)
      opened.push(log)
      const beat = { node: name, run: 'r', address: null, version: '0', reads: 1, seq: 0, digest: null }
      expect(await log.stream.beat(beatBytes(beat))).toBeGreaterThan(0)
    }
    const toml = readFileSync(join(folder, 'node_only', 'server.toml'), 'utf8')
    expect([toml.match(/tls:/g)?.length, toml.includes('nats-monitor')]).toEqual([4, false])
    expect(existsSync(join(folder, 'node_only', 'broker.conf'))).toBe(false)
    expect(lost).toEqual([])
  })
})

test('the files of make.mjs are secret if they must be, and stay the same when it is run again', () => {
  const folder = temporaryFolder()
  make(folder)
  for (const file of ['ca-key.pem', 'keeper.nk', 'b/node.nk', 'b/broker-key.pem']) {
    expect(statSync(join(folder, file)).mode & 0o077, file).toBe(0)
  }
  expect(run(folder, 'a=127.0.0.1', 'b=127.0.0.1', 'c=127.0.0.1')).toEqual([])
  expect(run(folder, '--add', 'b=b.example,127.0.0.1')).toEqual([
    ...['b/broker.pem', 'b/broker-key.pem', 'a/broker.conf', 'a/server.toml', 'b/broker.conf', 'b/server.toml'],
    ...['c/broker.conf', 'c/server.toml', 'machines'],
  ])
  // A certificate that is missing, or of another authority.
  writeFileSync(join(folder, 'c', 'broker.pem'), certificateOfAnother())
  expect(run(folder, '--add', 'a=127.0.0.1')).toEqual(['c/broker.pem', 'c/broker-key.pem'])
  const conf = readFileSync(join(folder, 'a', 'broker.conf'), 'utf8')
  expect(conf).toContain('sync_interval: always')
  for (const { stream } of [STATES, FILES, { stream: MARKS }]) expect(conf).toContain(`$JS.API.STREAM.PURGE.${stream}`)
  for (const args of [[folder, 'a b=c'], [temporaryFolder(), '--add', 'd'], [temporaryFolder(), 'd'], [folder]]) {
    expect(spawnSync(process.execPath, [join(deploy, 'make.mjs'), ...args]).status, args.join(' ')).toBe(2)
  }
})

test('the unit of the broker is one, and exposes little', ({ skip }) => {
  if (!has('systemd-analyze')) return skip('there is no systemd-analyze (apt-get install systemd)')
  const unit = join(deploy, 'rxchat-broker.service')
  const verified = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' })
  expect(verified.stderr.split('\n').filter(line => line.includes('rxchat'))).toEqual([])
  const rated = spawnSync('systemd-analyze', ['security', '--offline=true', '--no-pager', '--threshold=15', unit])
  expect(rated.status).toBe(0)
})

test('the compose file has a broker and a node for each folder of keys, with settings that rxchat knows', () => {
  const { services, volumes } = parse(readFileSync(join(deploy, 'compose.yaml'), 'utf8'), { merge: true })
  const named: string[] = []
  for (const name of NAMES) {
    const [broker, node] = [services[`broker-${name}`], services[`node-${name}`]]
    for (const service of [broker, node]) {
      expect(service.volumes[0]).toBe(`./keys/${name}:/etc/rxchat/cluster:ro`)
      named.push(String(service.volumes[1]).split(':')[0] ?? '')
    }
    expect(existsSync(join(deploy, node.build.context, node.build.dockerfile))).toBe(true)
    const { RXCHAT_CONFIG: _, ...environment } = node.environment
    expect(readFlags(['--nats', 'x', '--node', name], { ...environment, RXCHAT_CONFIG: '/dev/null' })).toMatchObject({
      advertise: expect.stringMatching(/^localhost:300[123]$/),
    })
  }
  expect(named.sort()).toEqual(Object.keys(volumes).sort())
})

function certificateOfAnother(): string {
  const other = temporaryFolder()
  make(other)
  return readFileSync(join(other, 'c', 'broker.pem'), 'utf8')
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
