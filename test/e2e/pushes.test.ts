/** Notifications by the whole program: with workers, over a restart, and with the data that stays on the disk. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hasBroker, startBrokers } from '../helpers/broker.ts'
import { eventually } from '../helpers/patience.ts'
import { startServer } from '../helpers/program.ts'
import { pushService } from '../helpers/push-service.ts'
import { dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const json = (fields: object): string => `${JSON.stringify(fields)}\n`
/** The files that have an endpoint. */
const having = (folder: string): readonly string[] =>
  readdirSync(folder).filter(name => name.startsWith('journal') && readFileSync(join(folder, name)).includes('/send/'))

test('a worker takes the subscription, its parent sends, after a restart too, and nothing is left of one that is gone', async () => {
  const data = temporaryFolder()
  let status = 201
  const service = await pushService(() => [status])
  const { site: _, ...target } = service.device('/send/1')
  const flags = ['--data', data, '--allow-private-hooks', '--rate', 'off', '--per-address', 'off'] as const
  const first = await startServer(...flags, '--workers', '2')
  const zoya = await dialNative(first.port, 'Zoya')
  zoya.send(json({ type: 'register', password: 'a password of some length', n: 1 }))
  await zoya.heard.has('"type":"ok","n":1')
  zoya.send(json({ type: 'push', n: 2, ...target, preview: true }))
  await zoya.heard.has('"type":"ok","n":2')
  zoya.send(json({ type: 'bye', n: 3 }))
  await zoya.heard.has('"type":"closed"')
  const bob = await dialNative(first.port, 'Mr.Blue')
  bob.send(json({ type: 'say', text: '@Zoya: one 🦊' }))
  const one = await service.nth(0)
  expect(JSON.parse(one.text)).toMatchObject({ type: 'mention', room: 'lobby', from: 'Mr.Blue', text: '@Zoya: one 🦊' })
  first.type('EXIT')
  await first.ended

  const second = await startServer(...flags)
  expect(having(data)).not.toEqual([])
  status = 410
  const ann = await dialNative(second.port, 'ann')
  ann.send(json({ type: 'tell', to: 'Zoya', text: 'two' }))
  const two = await service.nth(1)
  expect([JSON.parse(two.text).text, two.key]).toEqual(['two', one.key])
  const left = async (): Promise<readonly string[]> => having(data)
  await eventually('the endpoint to be erased', left, files => files.length === 0)
  second.type('EXIT')
  await second.ended
  expect(having(data)).toEqual([])
  const text = JSON.stringify([first.errors.text, second.errors.text, first.out.text, second.out.text])
  expect(text).not.toContain('/send/')
})

test.skipIf(!hasBroker())('nodes have one key, and one of them sends, wherever somebody has subscribed', async () => {
  const [broker] = await startBrokers(1)
  const service = await pushService()
  const { site: _, ...target } = service.device('/send/1')
  const start = async (node: string) => {
    const data = temporaryFolder()
    const at = ['--nats', broker?.url ?? '', '--nats-replicas', '1', '--node', node, '--data', data] as const
    return { data, ...(await startServer(...at, '--allow-private-hooks')) }
  }
  const [a, b] = [await start('a'), await start('b')]
  const keyOf = ({ data }: { readonly data: string }): string => readFileSync(join(data, 'push.key'), 'utf8')
  expect(keyOf(a)).toBe(keyOf(b))
  const zoya = await dialNative(b.port, 'Zoya')
  zoya.send(json({ type: 'register', password: 'a password of some length', n: 1 }))
  await zoya.heard.has('"type":"ok","n":1')
  zoya.send(json({ type: 'push', n: 2, ...target }))
  zoya.send(json({ type: 'bye', n: 3 }))
  await zoya.heard.has('"type":"closed"')
  const bob = await dialNative(a.port, 'مريم')
  bob.send(json({ type: 'say', text: '@Zoya: one' }))
  await service.nth(0)
  bob.send(json({ type: 'tell', to: 'Zoya', text: 'two' }))
  await service.nth(1)
  expect(service.pushes.map(({ text }) => JSON.parse(text).type)).toEqual(['mention', 'message'])
})
