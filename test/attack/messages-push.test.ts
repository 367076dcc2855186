/** An attack on notifications: push services that take a push and never answer. */
import { expect, test } from 'vitest'
import type { Push, PushSender } from '../../src/port/push-sender.ts'
import { PushOutbox } from '../../src/server/pushes/outbox.ts'

test('endpoints of one account that never answer do not keep the pushes of others waiting', async () => {
  const sent: string[] = []
  const sender: PushSender = {
    ...{ key: '', forbids: () => null, close() {} },
    send({ payload }) {
      sent.push(payload)
      return payload === 'stuck' ? new Promise(() => {}) : Promise.resolve(null)
    },
  }
  const outbox = new PushOutbox({ clock: { alarm: () => () => {} }, sender, gone() {} })
  const add = (account: string, subscription: number, payload: string): void =>
    outbox.add({ account, subscription, push: () => ({ payload }) as Push })
  for (let k = 0; k < 100; k++) add('mallory', k % 5, 'stuck')
  for (let k = 0; k < 3; k++) add('spider', 9, `hello ${k}`)
  await new Promise(resolve => setImmediate(resolve))
  expect(sent).toEqual(['stuck', 'stuck', 'hello 0', 'hello 1', 'hello 2'])
  outbox.close()
})
