// Cursors over HTTP: a token consumes a room with nothing but requests.
import { expect, test } from 'vitest'
import { CURSOR_LEASE_MS } from '../../../src/model/limits.ts'
import { apiAt, tokenOf } from '../../helpers/api.ts'
import { openHosting } from '../../helpers/hosting.ts'

const json = { 'content-type': 'application/json' }

async function site() {
  const hosting = await openHosting({ rate: null })
  const token = await tokenOf(hosting.server)
  const api = await apiAt(hosting.host, token)
  const put = (name: string, body: object) =>
    api.ask(`/api/cursors/${name}`, { method: 'PUT', body: JSON.stringify(body), headers: json })
  const said = async (text: string): Promise<number> => Number((await api.post('lobby', { text })).body['seq'])
  return { ...hosting, ...api, put, said }
}

test('[CU1] [CU4] a program gets one message after another, and each until it has moved the cursor', async () => {
  const { ask, put, said } = await site()
  const [first, second] = [await said('one'), await said('two')]
  const next = (): ReturnType<typeof ask> => ask('/api/cursors/etl/next?from=0')
  const got = await next()
  expect(got).toMatchObject({ status: 200, body: { seq: first, text: 'one', turn: expect.any(Number) } })
  expect((await next()).body).toMatchObject({ seq: first })
  const { turn } = got.body
  expect(await put('etl', { seq: first, turn })).toMatchObject({ status: 200, body: { is: 'holding', place: first } })
  expect((await next()).body).toMatchObject({ seq: second })
  expect((await ask('/api/cursors/etl')).body).toMatchObject({ cursor: 'etl', owner: 'ci', place: first, lag: 1 })
  await put('etl', { seq: second })
  expect((await next()).status).toBe(204)
  expect((await ask('/api/cursors')).body['cursors']).toMatchObject([{ cursor: 'etl', lag: 0, waiting: 0 }])
})

test('[CU4] a place is JSON, with any type that curl gives it, and other bodies are refused', async () => {
  const { ask, put, said } = await site()
  const seq = await said('one')
  await put('etl', { from: 0 })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const send = (method: string, body: string) => ask('/api/cursors/etl', { method, body, headers: form })
  expect(await send('PUT', `{"seq":${seq}}`)).toMatchObject({ status: 200, body: { place: seq } })
  expect(await send('PATCH', '{"seq":0}')).toMatchObject({ status: 200, body: { place: 0 } })
  expect(await send('PUT', `seq=${seq}`)).toMatchObject({ status: 400, body: { code: 'request' } })
})

test('[CU4] a request that waits for the next message gets it when it is said', async () => {
  const { ask, said } = await site()
  const waiting = ask('/api/cursors/etl/next?wait=30')
  await expect.poll(async () => (await ask('/api/cursors/etl')).status).toBe(200)
  const seq = await said('at last')
  expect(await waiting).toMatchObject({ status: 200, body: { seq, text: 'at last' } })
})

test('[CU2] [CU3] two programs of a token take turns, and an earlier turn moves nothing', async () => {
  const { ask, put, said } = await site()
  const seq = await said('one')
  const first = await put('etl', { as: 'a', from: 0 })
  expect(first.body).toMatchObject({ is: 'holding', place: 0 })
  expect((await put('etl', { as: 'b' })).body).toMatchObject({ is: 'waiting' })
  expect((await ask('/api/cursors/etl/next?as=b')).status).toBe(204)
  expect(await put('etl', { as: 'b', seq })).toMatchObject({ status: 409, body: { code: 'cursor-lost' } })
  await ask('/api/cursors/etl/turn?as=a', { method: 'DELETE' })
  expect((await ask('/api/cursors/etl/next?as=b')).body).toMatchObject({ seq })
  expect(await put('etl', { as: 'a', seq, turn: first.body['turn'] })).toMatchObject({ status: 409 })
  expect((await put('etl', { as: 'b', seq })).body).toMatchObject({ place: seq })
})

test('[CU4] [CU6] a claim that is renewed early is not journaled', async () => {
  const { put, server } = await site()
  await put('etl', { as: 'a' })
  const before = server.api.state().seq
  await put('etl', { as: 'a' })
  expect(server.api.state().seq).toBe(before)
  expect(CURSOR_LEASE_MS).toBeGreaterThan(0)
})

test('[CU1] it is set, also back, and removed by its token alone', async () => {
  const { ask, put, said, host, server } = await site()
  const seq = await said('one')
  await put('etl', { from: 0 })
  const patch = (place: number | null) =>
    ask('/api/cursors/etl', { method: 'PATCH', body: JSON.stringify({ seq: place }), headers: json })
  await patch(null)
  expect((await ask('/api/cursors/etl')).body).toMatchObject({ lag: 0 })
  expect((await patch(0)).body).toMatchObject({ is: 'holding', place: 0 })
  expect(await patch(seq + 1000)).toMatchObject({ status: 400, body: { code: 'cursor-beyond' } })
  const other = await apiAt(host, await tokenOf(server, { name: 'other' }))
  expect(await other.ask('/api/cursors/etl')).toMatchObject({ status: 404, body: { code: 'cursor-unknown' } })
  expect((await other.ask('/api/cursors/etl', { method: 'DELETE' })).status).toBe(404)
  expect((await ask('/api/cursors/etl', { method: 'DELETE' })).body).toMatchObject({ is: 'removed' })
  expect((await ask('/api/cursors/etl')).status).toBe(404)
})

test('[CU1] a cursor that exists is in its own room, and a new one in that of the token', async () => {
  const { put, ask, post, server, host } = await site()
  const seq = Number((await post('ops', { text: 'in #ops' })).body['seq'])
  expect((await put('etl', { room: 'ops', from: 0 })).body).toMatchObject({ is: 'holding', room: 'ops' })
  expect(await put('etl', {})).toMatchObject({ status: 200, body: { is: 'holding', room: 'ops' } })
  expect(await ask('/api/cursors/etl/next')).toMatchObject({ status: 200, body: { seq, room: 'ops' } })
  expect((await ask('/api/cursors/etl/next?room=lobby')).status).toBe(409)
  expect((await put('new', {})).body).toMatchObject({ room: 'lobby' })
  const local = await apiAt(host, await tokenOf(server, { name: '田中', room: 'ops' }))
  expect(await local.ask('/api/cursors/etl/next?from=0')).toMatchObject({ status: 200, body: { seq } })
})

test('[CU1] [CU6] a wrong name, room or right is refused with a sentence', async () => {
  const { put, ask, host, server } = await site()
  expect(await put('a%20b', {})).toMatchObject({ status: 400, body: { code: 'cursor-name' } })
  await put('etl', {})
  expect(await put('etl', { room: 'ops' })).toMatchObject({ status: 409, body: { code: 'cursor-elsewhere' } })
  expect((await ask('/api/cursors/etl/next?wait=31')).status).toBe(400)
  expect((await put('etl', { as: 'no spaces' })).status).toBe(400)
  const deaf = await apiAt(host, await tokenOf(server, { name: 'deaf', read: false }))
  expect(await deaf.ask('/api/cursors')).toMatchObject({ status: 403 })
})

test('[A7] [CU6] metrics have the lag by number, and no name', async () => {
  const { put, said, host } = await site()
  await put('etl', {})
  await said('one')
  const text = await (await fetch(`http://${host}/metrics`)).text()
  expect(text).toMatch(/^rxchat_cursor_lag_messages\{cursor="\d+"\} 1$/m)
  expect(text).toMatch(/^rxchat_cursors 1$/m)
  expect(text).not.toContain('etl')
})

test('[CU6] a lag counts on from what was counted', async () => {
  const { put, said, ask } = await site()
  const first = await said('zero')
  await put('etl', { from: 0 })
  const lag = async (): Promise<unknown> => (await ask('/api/cursors/etl')).body['lag']
  expect(await lag()).toBe(1)
  for (const text of ['one', 'two', 'three']) await said(text)
  expect(await lag()).toBe(4)
  await said('four')
  expect(await lag()).toBe(5)
  await put('etl', { seq: first })
  expect(await lag()).toBe(4)
})
