/** The log in a real broker, under the contract of all replicated logs. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { DataError } from '../../../src/journal/data-error.ts'
import { connectToBrokers } from '../../../src/journal/nats/connection/connection.ts'
import { type BrokerLog, openBrokerLog } from '../../../src/journal/nats/open.ts'
import { request } from '../../../src/journal/nats/requests.ts'
import { hasBroker, NO_BROKER, startBrokers } from '../../helpers/broker.ts'
import { PATIENCE_MS } from '../../helpers/patience.ts'
import { streamContract } from '../stream-contract.ts'

const access = (node: string, ...brokers: readonly string[]) => ({ brokers, node, seed: null, creds: null, tls: null })

let logs = 0
const opened = (node: string, brokers: readonly string[], replicas = 1): Promise<BrokerLog> =>
  openBrokerLog({ ...access(node, ...brokers), replicas, epoch: `log ${++logs}` })

if (!hasBroker()) test('NATS JetStream', ({ skip }) => skip(NO_BROKER))
else {
  streamContract('NATS JetStream', async () => {
    const [broker] = await startBrokers(1)
    return async node => (await opened(node, [broker?.url ?? ''])).stream
  })

  test('[R14] three brokers store each message, and any of them takes and gives it', async () => {
    const urls = (await startBrokers(3)).map(({ url }) => url)
    const nodes = await Promise.all(urls.map((url, at) => opened(`node-${at}`, [url], 3)))
    onTestFinished(async () => void (await Promise.all(nodes.map(({ stream }) => stream.close()))))
    expect(nodes.map(({ replicas }) => replicas)).toEqual([3, 3, 3])
    const [epoch] = nodes.map(({ stream }) => stream.epoch)
    expect(nodes.map(({ stream }) => stream.epoch)).toEqual([epoch, epoch, epoch])
  })

  test('[R14] nodes that offer a secret at once all get the same one, at every later start too', async () => {
    const [broker] = await startBrokers(1)
    const nodes = await Promise.all(['a', 'b', 'c'].map(node => opened(node, [broker?.url ?? ''])))
    onTestFinished(async () => void (await Promise.all(nodes.map(({ stream }) => stream.close()))))
    const secrets = await Promise.all(nodes.map(({ secret }, at) => secret('push.key', `of node ${at}`)))
    expect(secrets).toEqual([secrets[0], secrets[0], secrets[0]])
    expect(secrets[0]).toMatch(/^of node \d$/)
    expect(await nodes[1]?.secret('push.key', 'later')).toBe(secrets[0])
    expect(await nodes[1]?.secret('another', 'later')).toBe('later')
  })

  test('[R14] more marks of quarantine than a broker gives at once', async () => {
    const [broker] = await startBrokers(1)
    const { stream } = await opened('node', [broker?.url ?? ''])
    onTestFinished(() => stream.close())
    const seqs = Array.from({ length: 1500 }, (_, at) => at + 1)
    for (let from = 0; from < seqs.length; from += 50) {
      await Promise.all(seqs.slice(from, from + 50).map(seq => stream.mark(seq, `李 ${seq}`)))
    }
    await stream.mark(7, 'again')
    const expected = new Map(seqs.map(seq => [seq, seq === 7 ? 'again' : `李 ${seq}`]))
    expect(await stream.marks()).toEqual(expected)
  })

  test.each([
    ['RXCHAT', { max_age: 3_600_000_000_000 }, 'max_age 3600000000000, and needs 0'],
    ['RXCHAT', { discard: 'old' }, 'discard "old", and needs "new"'],
    ['RXCHAT', { max_msgs_per_subject: 1 }, 'max_msgs_per_subject 1, and needs -1'],
    ['RXCHAT', { deny_purge: true }, 'deny_purge true, and needs false'],
    ['RXCHAT_FILES', { deny_delete: true }, 'deny_delete true, and needs false'],
  ])('[R14] a node refuses a stream %s that somebody has changed to %o', async (name, change, sentence) => {
    const [broker] = await startBrokers(1)
    const url = broker?.url ?? ''
    const { stream } = await opened('node', [url])
    await stream.close()
    const { nats } = await connectToBrokers(access('keeper', url))
    onTestFinished(() => nats.close())
    const { config } = await request<{ readonly config: object }>(nats, `STREAM.INFO.${name}`, null, PATIENCE_MS)
    await request(nats, `STREAM.UPDATE.${name}`, { ...config, ...change }, PATIENCE_MS)
    await expect(opened('node', [url])).rejects.toThrow(`The stream ${name} has ${sentence}`)
  })

  test('[R14] more things under names than a broker gives at once', async () => {
    const [broker] = await startBrokers(1)
    const { stream, files } = await opened('node', [broker?.url ?? ''])
    onTestFinished(() => stream.close())
    const names = Array.from({ length: 1025 }, (_, at) => `a|b ${at}`)
    for (let from = 0; from < names.length; from += 50) {
      await Promise.all(names.slice(from, from + 50).map(name => files.put(name, once('李'))))
    }
    await files.put('a|b 7', once('again'))
    await files.delete('a|b 8')
    expect(await files.list()).toEqual(names.filter(name => name !== 'a|b 8').sort())
  })

  test('[R14] a log that was made for fewer brokers stays so, and says it, until replicas.mjs changes it', async () => {
    const urls = (await startBrokers(3)).map(({ url }) => url)
    const replicasFor = async (node: string, wanted: number): Promise<number> => {
      const { stream, replicas } = await opened(node, urls, wanted)
      onTestFinished(() => stream.close())
      return replicas
    }
    expect([await replicasFor('trial', 1), await replicasFor('李', 3)]).toEqual([1, 1])
    const program = join(import.meta.dirname, '..', '..', '..', 'deploy', 'cluster', 'replicas.mjs')
    const run = promisify(execFile)
    const { stdout } = await run(process.execPath, [program, '3', urls[1] ?? ''])
    for (const name of ['RXCHAT', 'RXCHAT_MARKS', 'RXCHAT_STATES', 'RXCHAT_FILES']) {
      expect(stdout).toContain(`${name}: 3 of 3\n`)
    }
    expect(await replicasFor('José', 3)).toBe(3)
    await expect(run(process.execPath, [program, '5', urls[0] ?? ''])).rejects.toThrow('no suitable peers')
    await expect(run(process.execPath, [program, 'three', urls[0] ?? ''])).rejects.toThrow('Usage: ')
  })

  test('[R14] one broker cannot store three copies, and a stream of something else is refused', async () => {
    const [broker] = await startBrokers(1)
    const url = broker?.url ?? ''
    await expect(opened('node', [url], 3)).rejects.toThrow(DataError)
    await expect(opened('node', [url], 3)).rejects.toThrow('For a trial with one broker, give --nats-replicas 1.')
    const { nats } = await connectToBrokers(access('other', url))
    onTestFinished(() => nats.close())
    await nats.request('$JS.API.STREAM.CREATE.RXCHAT', JSON.stringify({ name: 'RXCHAT', subjects: ['rx.>'] }))
    await expect(opened('node', [url])).rejects.toThrow('The stream RXCHAT has')
  })
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
