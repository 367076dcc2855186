/** The log in a real broker, under the contract of all replicated logs. */
import { expect, onTestFinished, test } from 'vitest'
import { DataError } from '../../../src/journal/data-error.ts'
import { connectToBrokers } from '../../../src/journal/nats/connection.ts'
import { type BrokerLog, openBrokerLog } from '../../../src/journal/nats/open.ts'
import { hasBroker, NO_BROKER, startBrokers } from '../../helpers/broker.ts'
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

  test('[R14] a log that was made for fewer brokers stays so, and says it', async () => {
    const urls = (await startBrokers(3)).map(({ url }) => url)
    for (const [node, wanted] of [
      ['trial', 1],
      ['李', 3],
    ] as const) {
      const { stream, replicas } = await opened(node, urls, wanted)
      onTestFinished(() => stream.close())
      expect(replicas).toBe(1)
    }
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
