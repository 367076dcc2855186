/** The unread messages of an account, for a script of its owner: GET /api/unread. */
import { expect, test } from 'vitest'
import { PASSWORD_FREE_TRIES } from '../../../src/model/limits.ts'
import type { Options } from '../../../src/server/server.ts'
import { apiAt } from '../../helpers/api.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { dialNative, type Wired } from '../../helpers/sockets.ts'

const PASSWORD = 'ein langer Satz: 田中'

async function site(options: Options = {}) {
  const { port, host } = await openHosting(options)
  const { ask } = await apiAt(host)
  const unread = (name: string, password = PASSWORD) =>
    ask('/api/unread', {
      headers: { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` },
    })
  return { port, ask, unread }
}

const BASIC = 'Basic realm="rxchat", charset="UTF-8"'

const send = (wired: Wired, what: object): void => wired.send(`${JSON.stringify(what)}\n`)

async function registered(port: number, name: string): Promise<Wired> {
  const wired = await dialNative(port, name)
  send(wired, { type: 'register', n: 1, password: PASSWORD })
  await wired.heard.has('"type":"ok"')
  return wired
}

async function say(wired: Wired, n: number, what: object): Promise<void> {
  send(wired, { n, ...what })
  await wired.heard.has(`{"type":"ok","n":${n},`)
}

test('[I7] counts what is unread in rooms and in direct conversations, absent or here', async () => {
  const { port, unread } = await site()
  const tanaka = await registered(port, '田中')
  send(tanaka, { type: 'bye' })
  await tanaka.heard.has('"code":"bye"')
  const plum = await dialNative(port, 'Mr.Blue')
  await say(plum, 1, { type: 'say', text: 'hello' })
  await say(plum, 2, { type: 'say', text: 'is 田中 here?' })
  await say(plum, 3, { type: 'tell', to: '田中', text: 'for you alone' })
  const { status, headers, body } = await unread('田中')
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(body).toMatchObject({
    name: '田中',
    rooms: [{ room: 'lobby', unread: 2, mentions: 1 }],
    conversations: [{ with: 'Mr.Blue', unread: 1, mentions: 1 }],
  })
  // Asking is no presence, and reads nothing.
  expect((await unread('田中')).body).toEqual(body)
  expect(plum.heard.text).not.toContain('"type":"joined","seq":')
})

test('[I4] a wrong name and a wrong password have one answer, and guesses are slowed', async () => {
  const { port, unread } = await site()
  await registered(port, 'Spider-Man')
  const [wrong, unknown] = [await unread('Spider-Man', 'wrong'), await unread('nobody', 'wrong')]
  for (const answer of [wrong, unknown]) {
    expect([answer.status, answer.body]).toEqual([401, wrong.body])
    expect(answer.body['code']).toBe('credential-wrong')
    expect(answer.headers.get('www-authenticate')).toBe(BASIC)
  }
  for (let k = 1; k < PASSWORD_FREE_TRIES; k++) await unread('Spider-Man', `wrong ${k}`)
  const late = await unread('Spider-Man')
  expect([late.status, late.body['code']]).toEqual([429, 'credential-wait'])
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('without a name and a password, it says how to give them', async () => {
  const { ask } = await site()
  const { status, headers, body } = await ask('/api/unread')
  expect([status, body['code'], headers.get('www-authenticate')]).toEqual([401, 'account-needed', BASIC])
  expect(body['message']).toContain('curl -u NAME:PASSWORD')
})

test.each([
  ['Bearer rxchat_token'],
  ['Basic'],
  ['Basic !!!'],
  [`Basic ${Buffer.from('no colon').toString('base64')}`],
  [`Basic ${Buffer.from(':').toString('base64')}`],
  [`Basic ${Buffer.from('a b:c').toString('base64')}`],
])('a header that says nothing, %s, is refused', async authorization => {
  const { ask } = await site()
  expect((await ask('/api/unread', { headers: { authorization } })).status).toBe(401)
})
