// Keeping order over HTTP: acts under the name of a token, the log, lists, trials, and a stream of acts.
import { describe, expect, test } from 'vitest'
import { apiAt, streamAt, tokenOf } from '../../helpers/api.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { dialNative, type Wired } from '../../helpers/sockets.ts'

type Asked = Parameters<typeof tokenOf>[1]

async function site(asked: Asked = { name: 'warden', read: false, write: false, keep: true }) {
  const hosting = await openHosting({ rate: null })
  const token = await tokenOf(hosting.server, asked)
  const api = await apiAt(hosting.host, token)
  const act = (body: unknown) =>
    api.ask('/api/acts', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  return { ...hosting, ...api, act }
}

/** It says this in a room, and has seen it said. */
async function says(who: Wired, text: string, room = 'lobby'): Promise<number> {
  who.send(`${JSON.stringify({ type: 'say', text, room })}\n`)
  return who.heard.until(all => {
    const line = all.split('\n').find(one => one.includes('"type":"said"') && one.includes(text))
    return line?.endsWith('}') && (JSON.parse(line) as { seq: number }).seq
  }, text)
}

describe('acts', () => {
  test('are done under the name of the token, and are in the log', async () => {
    const { port, act, ask } = await site()
    const zoe = await dialNative(port, 'ЗОЯ')
    const muted = await act({ type: 'mute', who: 'ЗОЯ', room: 'lobby', for: 600, reason: 'flooding' })
    expect(muted).toMatchObject({ status: 200, body: { seq: expect.any(Number), at: expect.any(Number) } })
    await zoe.heard.has('"act":"mute","room":"lobby","by":"warden"')
    zoe.send('{"type":"say","text":"hello","n":1}\n')
    await zoe.heard.has('by warden: flooding')
    const log = await ask('/api/log?room=lobby')
    expect(log.body).toMatchObject({
      type: 'list',
      what: 'log',
      room: 'lobby',
      entries: [{ act: 'mute', by: 'warden', who: 'ЗОЯ', reason: 'flooding' }],
    })
    expect((await ask('/api/lists/mutes?room=lobby')).body).toMatchObject({
      entries: [{ who: 'ЗОЯ', by: 'warden', reason: 'flooding' }],
    })
    const { status } = await act({ type: 'unmute', who: 'ЗОЯ', room: 'lobby' })
    expect(status).toBe(200)
    expect((await ask('/api/lists/mutes?room=lobby')).body).toMatchObject({ entries: [] })
  })

  test('are JSON, with any type that curl gives them', async () => {
    const { ask } = await site()
    for (const type of ['application/x-www-form-urlencoded', 'text/plain']) {
      const body = '{"type":"filter","pattern":"spam"}'
      const { status } = await ask('/api/acts', { method: 'POST', body, headers: { 'content-type': type } })
      expect(status).toBe(200)
    }
    const words = await ask('/api/acts', { method: 'POST', body: 'mute', headers: { 'content-type': 'text/plain' } })
    expect(words).toMatchObject({ status: 400, body: { code: 'request' } })
  })

  test('ban from the server, set modes and filters, and delete messages', async () => {
    const { port, act, ask } = await site()
    const [zoe, spider] = [await dialNative(port, 'ЗОЯ'), await dialNative(port, 'Spider-Man')]
    const seq = await says(zoe, 'buy now')
    expect((await act({ type: 'delete', seq })).status).toBe(200)
    await spider.heard.has(`"target":${seq},"by":"warden"`)
    expect((await act({ type: 'mode', mode: 'slow', value: 10, room: 'lobby' })).status).toBe(200)
    await spider.heard.has('"mode":"slow","set":10')
    expect((await act({ type: 'filter', pattern: 'spam', action: 'hold', room: 'lobby' })).status).toBe(200)
    expect((await act({ type: 'ban', who: 'ЗОЯ', reason: 'spam' })).status).toBe(200)
    await zoe.heard.has('"code":"banned"')
    expect(zoe.heard.text).toContain('warden: spam')
    expect((await ask('/api/lists/bans')).body).toMatchObject({ entries: [{ who: 'ЗОЯ', by: 'warden' }] })
    expect((await ask('/api/lists/modes?room=lobby')).body).toMatchObject({ entries: [{ mode: 'slow', value: 10 }] })
    const { entries } = (await ask('/api/log?name=ЗОЯ')).body as { entries: { act: string }[] }
    expect(entries.map(one => one.act)).toEqual(['ban'])
  })

  test('reach nobody who is an administrator or the host, and name no administrators', async () => {
    const { port, act, server } = await site()
    const carol = await dialNative(port, 'مريم', { register: { password: 'correct horse battery' } })
    server.host({ type: 'admin', who: 'مريم' })
    await carol.heard.has('"act":"admin"')
    expect(await act({ type: 'kick', who: 'مريم' })).toMatchObject({ status: 403, body: { code: 'outranked' } })
    expect(await act({ type: 'kick', who: 'Host' })).toMatchObject({ status: 400, body: { code: 'member-unknown' } })
    expect(await act({ type: 'admin', who: 'مريم' })).toMatchObject({ status: 400, body: { code: 'request' } })
  })

  test('of a token for one room stay in that room', async () => {
    const { port, act, ask } = await site({ name: 'warden', room: 'ops', read: false, write: false, keep: true })
    await dialNative(port, 'ЗОЯ', { room: 'ops' })
    for (const body of [
      { type: 'mute', who: 'ЗОЯ' },
      { type: 'mute', who: 'ЗОЯ', room: 'lobby' },
    ]) {
      expect(await act(body)).toMatchObject({ status: 403, body: { code: 'not-granted' } })
    }
    expect((await act({ type: 'mute', who: 'ЗОЯ', room: 'ops' })).status).toBe(200)
    expect((await ask('/api/log')).body['message']).toContain('see the log of the whole server')
    expect((await ask('/api/log?room=ops')).status).toBe(200)
  })

  test.each([
    [{ type: 'say', text: 'hello' }, 'the field type must'],
    [{ type: 'mute' }, 'name somebody'],
    [{ type: 'mute', who: 'ЗОЯ', for: -1 }, 'for'],
    [{ type: 'mute', who: 'ЗОЯ', for: 'long' }, 'for'],
    [{ text: 'hello' }, 'the field type is missing'],
  ])('%j is refused with the remedy', async (body, message) => {
    const { act } = await site()
    const answer = await act(body)
    expect(answer.status).toBe(400)
    expect(answer.body['message']).toContain(message)
  })
})

describe('a token', () => {
  test.each([
    [{ audit: true }, [403, 200, 200]],
    [{ keep: true }, [200, 200, 200]],
    [{ read: true, write: true }, [403, 403, 403]],
  ] as const)('with %j may do so much', async (rights, statuses) => {
    const { port, act, ask } = await site({ name: 'robot', read: false, write: false, ...rights })
    await dialNative(port, 'a_b')
    const answers = [
      await act({ type: 'kick', who: 'a_b' }),
      await ask('/api/log'),
      await ask('/api/try?rule=lockdown'),
    ]
    expect(answers.map(({ status }) => status)).toEqual(statuses)
  })

  test('that is revoked keeps no order any more', async () => {
    const { act, server } = await site()
    server.grants.revoke('warden', () => {})
    expect(await act({ type: 'kick', who: 'a_b' })).toMatchObject({ status: 401 })
  })
})

test('a rule is tried', async () => {
  const { port, ask } = await site({ name: 'robot', read: false, write: false, audit: true })
  const zoe = await dialNative(port, 'ЗОЯ')
  await says(zoe, 'buy spam')
  const found = await ask('/api/try?rule=filter%20refuse%20spam&room=lobby&for=1h')
  expect(found).toMatchObject({
    status: 200,
    body: { type: 'tried', rule: 'filter refuse spam', messages: 1, stopped: { refused: 1 }, most: [{ name: 'ЗОЯ' }] },
  })
  // It doesn't read the room.
  expect(found.body['samples']).toMatchObject([{ text: null }])
  expect(await ask('/api/try?rule=slow')).toMatchObject({ status: 400, body: { code: 'rule-invalid' } })
  expect(await ask('/api/try?rule=slow%2010s&for=soon')).toMatchObject({ status: 400, body: { code: 'request' } })
})

describe('the stream of acts', () => {
  test('has those of all rooms and of the server, and goes on from its last id', async () => {
    const { host, headers, act, port } = await site()
    await dialNative(port, 'ЗОЯ', { room: 'ops' })
    const stream = await streamAt(`http://${host}/api/events`, headers)
    await stream.until(all => all.some(({ type }) => type === 'welcome'))
    await act({ type: 'mute', who: 'ЗОЯ', room: 'ops', for: 60 })
    await act({ type: 'ban', net: '192.0.2.0/24', for: 60 })
    const events = await stream.until(all => all.length >= 3)
    expect(events.slice(1)).toMatchObject([
      { type: 'moderated', act: 'mute', room: 'ops', by: 'warden', who: 'ЗОЯ' },
      { type: 'moderated', act: 'ban', by: 'warden' },
    ])
    expect(JSON.stringify(events)).not.toContain('192.0.2')
    const last = events[1]?.['id'] as string
    stream.leave()
    const again = await streamAt(`http://${host}/api/events`, { ...headers, 'last-event-id': last })
    const later = await again.until(all => all.length >= 2)
    expect(later).toMatchObject([
      { type: 'welcome', resumed: true, gap: false },
      { type: 'moderated', act: 'ban', replayed: true },
    ])
    again.leave()
  })

  test('of one room has that room alone, and says what is missing', async () => {
    const { host, headers, act, port } = await site()
    await dialNative(port, 'ЗОЯ', { room: 'ops' })
    await act({ type: 'mute', who: 'ЗОЯ', room: 'ops' })
    const stream = await streamAt(`http://${host}/api/events?room=ops`, { ...headers, 'last-event-id': '1' })
    await stream.until(all => all.length >= 2)
    await act({ type: 'mute', who: 'ЗОЯ' })
    await act({ type: 'unmute', who: 'ЗОЯ', room: 'ops' })
    const events = await stream.until(all => all.length >= 3)
    expect(events).toMatchObject([
      { type: 'welcome', room: 'ops', gap: true },
      { type: 'gap', room: 'ops', after: null, missed: null },
      { type: 'moderated', act: 'unmute' },
    ])
    stream.leave()
  })

  test('ends with its token, and needs the right', async () => {
    const { host, headers, server } = await site()
    const stream = await streamAt(`http://${host}/api/events`, headers)
    await stream.until(all => all.length >= 1)
    server.grants.revoke('warden', () => {})
    const events = await stream.until(all => all.some(({ type }) => type === 'closed'))
    expect(events.at(-1)).toMatchObject({ code: 'revoked' })
    await stream.end()
    expect((await streamAt(`http://${host}/api/events`, headers)).status).toBe(401)
  })
})
