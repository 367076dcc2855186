// Hooks of tokens over HTTP: the answer to each sender, and places in which a token must not be seen.
import { IncomingWebhook } from '@slack/webhook'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOOK_IN_BODY_MAX_BYTES } from '../../../src/model/limits.ts'
import { readTrusted } from '../../../src/transport/trust.ts'
import { apiAt, tokenOf } from '../../helpers/api.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { runs } from '../../helpers/seeds.ts'
import { dial, dialLine, dialNative } from '../../helpers/sockets.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

async function site(asked: Parameters<typeof tokenOf>[1] = {}, options: Parameters<typeof openHosting>[0] = {}) {
  const hosting = await openHosting(options)
  const token = await tokenOf(hosting.server, asked)
  const reader = await tokenOf(hosting.server, { name: 'reader', write: false })
  const { ask } = await apiAt(hosting.host, reader)
  const hook = `http://${hosting.host}/hooks/${token}`
  async function send(body: unknown, headers: Record<string, string> = {}, path = '', method = 'POST') {
    const isText = typeof body === 'string' || body instanceof Buffer
    const answer = await fetch(`${hook}${path}`, {
      method,
      ...(method === 'GET' ? {} : { body: isText ? body : JSON.stringify(body) }),
      headers: { ...(isText ? {} : JSON_TYPE), ...headers },
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true
    return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : null }
  }
  async function said(room = 'lobby'): Promise<readonly Record<string, unknown>[]> {
    const { body } = await ask(`/api/rooms/${room}/messages`)
    return body['messages'] as Record<string, unknown>[]
  }
  const order = async (command: Parameters<typeof hosting.server.host>[0]) => {
    expect(hosting.server.host(command)).toBe(null)
    await new Promise<void>(resolve => hosting.server.settled(resolve))
  }
  return { ...hosting, token, hook, send, said, order }
}

describe('senders are answered as they expect [HI1]', () => {
  test('Slack’s own client', async () => {
    const { hook, said, host } = await site()
    const slack = new IncomingWebhook(hook)
    expect(await slack.send('*Deploy* done')).toEqual({ text: 'ok' })
    await slack.send({ attachments: [{ color: 'danger', title: 'Disk', text: 'full' }] })
    const rich = { type: 'section', text: { type: 'mrkdwn', text: 'see <https://a.example|this>' } } as const
    await slack.send({ text: 'fallback', blocks: [rich] })
    expect((await said()).map(({ text, from }) => [from, text])).toEqual([
      ['ci', '**Deploy** done'],
      ['ci', '🔴 **Disk**\nfull'],
      ['ci', 'see [this](https://a.example)'],
    ])
    await expect(slack.send('')).rejects.toThrow(/400/)
    const wrong = new IncomingWebhook(`http://${host}/hooks/rxchat_guess`)
    await expect(wrong.send('x')).rejects.toThrow(/404/)
  })

  test('Discord: nothing, or the message', async () => {
    const { send, said } = await site()
    expect(await send({ content: 'hi' })).toMatchObject({ status: 204, text: '' })
    const { status, body } = await send({ content: 'waits' }, {}, '?wait=true')
    expect(status).toBe(200)
    const [, second] = await said()
    expect(body).toMatchObject({ id: `${second?.['seq']}`, type: 0, content: 'waits', channel_id: 'lobby', embeds: [] })
    expect(await send({ text: 'hi' }, {}, '/slack')).toMatchObject({ status: 200, text: 'ok' })
    expect(await send({ content: '' })).toMatchObject({
      status: 400,
      body: { code: 50_006, message: expect.any(String) },
    })
  })

  test('ntfy: its event; with the token in the address, or as the topic', async () => {
    const { send, said, host, token } = await site()
    const { body } = await send('disk full', { title: 'B=?UTF-8?B?w6TDtsO8?=', 'x-tags': 'warning' })
    expect(body).toMatchObject({ event: 'message', topic: 'lobby', id: expect.any(String), time: expect.any(Number) })
    await send('put', { 'x-title': Buffer.from('Größe 田中').toString('latin1') }, '/topic', 'PUT')
    const publish = { method: 'POST', body: JSON.stringify({ topic: token, message: 'as JSON' }) }
    expect((await fetch(`http://${host}/hooks`, publish)).status).toBe(200)
    expect((await fetch(`http://${host}/hooks/`, publish)).status).toBe(200)
    expect((await said()).map(({ text }) => text)).toEqual([
      '**⚠️ Bäöü**\ndisk full',
      '**Größe 田中**\nput',
      'as JSON',
      'as JSON',
    ])
    const wrong = await fetch(`http://${host}/hooks`, { ...publish, body: '{"topic":"guess","message":"x"}' })
    expect(wrong.status).toBe(404)
  })

  test('GitHub: a delivery that is repeated is shown once, and the sender’s key counts for anybody [HI4]', async () => {
    const { send, said } = await site()
    const star = { action: 'created', repository: { full_name: 'octo/hello' }, sender: { login: 'mona' } }
    const headers = { 'x-github-event': 'star', 'x-github-delivery': 'd1' }
    const first = await send(star, headers)
    const again = await send(star, headers)
    expect(again).toMatchObject({ status: 200, body: first.body })
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    await send('once', { 'idempotency-key': 'k' })
    await send('once', { 'webhook-id': 'k' })
    await send(`payload=${encodeURIComponent(JSON.stringify(star))}`, {
      ...headers,
      'x-github-delivery': 'd2',
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect((await said()).map(({ text }) => text)).toEqual([
      '**octo/hello: mona gave a star ⭐**',
      'once',
      '**octo/hello: mona gave a star ⭐**',
    ])
  })

  test('Alertmanager: 2xx for what is stored, and 4xx for what it should not send again', async () => {
    const { send, said } = await site()
    const alert = {
      status: 'firing',
      labels: { alertname: 'Down' },
      annotations: {},
      startsAt: 'now',
      fingerprint: 'f',
    }
    const group = { version: '4', status: 'firing', receiver: 'chat', groupKey: 'g', alerts: [alert] }
    expect((await send(group)).status).toBe(200)
    expect((await send(group)).headers.get('idempotent-replayed')).toBe('true')
    expect((await send({ ...group, status: 'resolved', alerts: [{ ...alert, status: 'resolved' }] })).status).toBe(200)
    expect((await said()).map(({ text }) => text)).toEqual(['🔴 **[FIRING:1] Down**', '🟢 **[RESOLVED] Down**'])
    const many = { ...group, alerts: Array.from({ length: 300 }, (_, at) => ({ ...alert, fingerprint: `f${at}` })) }
    const changed = { ...many, alerts: many.alerts.with(250, { ...alert, status: 'resolved' }) }
    expect((await send(many)).headers.get('idempotent-replayed')).toBe(null)
    expect((await send(changed)).headers.get('idempotent-replayed')).toBe(null)
    expect((await send(changed)).headers.get('idempotent-replayed')).toBe('true')
    expect((await said()).slice(2).map(({ text }) => /FIRING:\d+/.exec(`${text}`)?.[0])).toEqual([
      'FIRING:300',
      'FIRING:299',
    ])
  })

  test('curl, and forms', async () => {
    const { send, said, hook } = await site()
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    await send('disk full\n', form)
    await send('{"text":"as Slack says it"}', form)
    await send('{"any":"braces"}', form)
    await send(`payload=${encodeURIComponent('{"text":"a+b & c"}')}`, form)
    await send('username=CI&content=caf%C3%A9+opens', form)
    await send('payload=%', form)
    const discord = new FormData()
    discord.set('file1', new Blob([Buffer.from([0xff, 0xfe])]), 'a.bin')
    discord.set('payload_json', JSON.stringify({ content: 'with a file, for 田中' }))
    expect((await fetch(hook, { method: 'POST', body: discord })).status).toBe(204)
    const files = new FormData()
    files.set('file1', new Blob(['x']), 'a.txt')
    expect((await fetch(hook, { method: 'POST', body: files })).status).toBe(415)
    expect((await said()).map(({ text }) => text)).toEqual([
      'disk full',
      'as Slack says it',
      '{"any":"braces"}',
      'a+b & c',
      'café opens\n— CI',
      'payload=%',
      'with a file, for 田中',
    ])
  })
})

test('a body is read in its charset, as any body of the API [HI2]', async () => {
  const { send, said, hook } = await site()
  const latin = (text: string) => Buffer.from(text, 'latin1')
  const type = (name: string, charset: string) => ({ 'content-type': `${name}; charset=${charset}` })
  await send(latin('café'), type('text/plain', 'iso-8859-1'))
  await send(latin('{"text":"José"}'), type('application/json', '"ISO-8859-1"'))
  await send(Buffer.from('\uFEFF田中', 'utf16le'), type('text/plain', 'utf-16'))
  const part = latin(
    '--a\r\nContent-Disposition: form-data; name="content"\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nMünchen\r\n--a--\r\n',
  )
  await fetch(hook, { method: 'POST', body: part, headers: { 'content-type': 'multipart/form-data; boundary=a' } })
  expect((await said()).map(({ text }) => text)).toEqual(['café', 'José', '田中', 'München'])
  expect(await send(latin('café'))).toMatchObject({ status: 400, body: { code: 'not-utf8' } })
  expect(await send(latin('café'), type('text/plain', 'klingon'))).toMatchObject({
    status: 415,
    body: { code: 'hook-body', message: expect.stringContaining('charset') },
  })
})

describe('a refusal [HI1]', () => {
  test('is given for a room or a key that the rest of the API would refuse', async () => {
    const { send, said } = await site()
    const refused = [
      await send('x', { 'idempotency-key': 'k'.repeat(257) }),
      await send('x', { 'idempotency-key': '' }),
      await send('x', {}, '?room='),
      await send('x', {}, '?room=ops&room=lobby'),
    ]
    expect(refused.map(({ status, body }) => [status, body.error])).toEqual(
      [
        `the header idempotency-key must have 1 to 256 characters, not "${'k'.repeat(30)}…"`,
        'the header idempotency-key must have 1 to 256 characters, not empty',
        'the parameter room must be the name of a room, not empty',
        'the parameter room is given more than once',
      ].map(why => [400, `The hook cannot take this: ${why}. docs/api.md has what it takes ("Hooks in").`]),
    )
    expect((await send('x', { 'idempotency-key': 'k'.repeat(256) })).status).toBe(200)
    expect((await said()).length).toBe(1)
  })

  test('says the remedy, with a status after which nobody sends it again', async () => {
    const { send, host } = await site()
    const refused = [
      await send('{', JSON_TYPE),
      await send(''),
      await send({}),
      await send(Buffer.from([0xff, 0xfe])),
      await send('x', { 'content-encoding': 'gzip' }),
      await send('x'.repeat(HOOK_IN_BODY_MAX_BYTES + 1)),
      await send('x', {}, '?room=no room'),
      await send('x', {}, '', 'GET'),
      await send('x', {}, '/a/b'),
      await send('['.repeat(1000), JSON_TYPE),
    ]
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400, 415, 413, 400, 405, 405, 400])
    for (const { body } of refused) expect(body.error ?? body.message).toMatch(/\. .*\.$/)
    const unknown = await fetch(`http://${host}/hooks/rxchat_${'0'.repeat(48)}`, { method: 'POST', body: 'x' })
    expect(unknown.status).toBe(404)
    expect(await unknown.json()).toMatchObject({ code: 'token-unknown', message: expect.stringContaining('TOKEN ADD') })
    expect((await send({ text: ' ' })).text).toMatch(/^no_text: There is nothing to show/)
  })

  test('holds for rooms, rights, bans, filters and modes as for any post of a token [HI7]', async () => {
    const { send, said, server, host, port, order } = await site(
      { room: 'ops' },
      { trusts: readTrusted(['127.0.0.1']) ?? (() => false) },
    )
    const member = await dial(port)
    member.send('{"type":"hello","name":"Spider-Man","room":"ops"}\n')
    await member.heard.has('"type":"room"')
    const keeper = { room: 'ops', for: 600, reason: null }
    expect((await send('to its room')).status).toBe(200)
    expect((await said('ops')).map(({ text }) => text)).toEqual(['to its room'])
    expect((await send('x', {}, '?room=lobby')).status).toBe(403)
    const reads = await tokenOf(server, { name: 'reads', write: false })
    expect((await fetch(`http://${host}/hooks/${reads}`, { method: 'POST', body: 'x' })).status).toBe(403)
    await order({ type: 'filter', is: 'words', pattern: 'spam', action: 'refuse', room: 'ops' })
    expect((await send('spam')).body.error).toMatch(/filter/)
    await order({ type: 'ban', net: '192.0.2.1', for: 600, reason: 'noise' })
    expect((await send('x', { 'x-forwarded-for': '192.0.2.1' })).status).toBe(403)
    await order({ type: 'mute', who: 'ci', ...keeper })
    expect((await send({ text: 'x' })).text).toMatch(/^muted: /)
    expect((await said('ops')).length).toBe(1)
  })

  test('a token that is revoked is unknown at once', async () => {
    const { send, server } = await site()
    server.grants.revoke('ci', () => {})
    await new Promise<void>(resolve => server.settled(resolve))
    expect((await send('x')).status).toBe(404)
  })
})

test('[HI5] a burst over HTTP is taken, all of it, and seen folded by all, nc too', async () => {
  const { send, port, host } = await site({}, { rate: { perSecond: 1, burst: 3 } })
  const [alice, bob] = [await dialNative(port, 'alice'), await dialLine(port, '田中')]
  const answers = await Promise.all(Array.from({ length: 40 }, (_, at) => send({ text: `alert ${at}` })))
  expect(answers.map(({ status, text }) => `${status} ${text}`)).toEqual(Array(40).fill('200 ok'))
  await alice.heard.has(/"type":"edited".*"text":"×37, latest: alert \d+"/)
  await bob.heard.has(/×37, latest: alert \d+/)
  const metrics = await (await fetch(`http://${host}/metrics`)).text()
  expect(metrics).toContain('rxchat_hooks_in_total{sender="slack"} 40')
  expect(metrics).toContain('rxchat_hooks_in_folded_total 36')
})

test('[HI3] the server answers any body, type and headers, and goes on', async () => {
  const { send } = await site({}, { rate: null })
  const types = fc.constantFrom(
    ...['application/json', 'text/plain', '', 'application/x-www-form-urlencoded', 'multipart/form-data', 'x'],
    ...['multipart/form-data; boundary=a', 'application/cloudevents+json', 'application/json; charset=latin1'],
  )
  const begins = fc.constantFrom(
    '',
    '{',
    '[',
    'payload=',
    '--a\r\nname=content\r\n\r\n',
    '{"text":',
    '{"alerts":[',
    '\uFEFF',
  )
  const header = fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map(code => String.fromCharCode(code)),
    maxLength: 40,
  })
  const heads = fc.dictionary(
    fc.constantFrom('x-github-event', 'title', 'priority', 'actions', 'idempotency-key'),
    header,
  )
  await fc.assert(
    fc.asyncProperty(types, begins, fc.uint8Array({ maxLength: 200 }), heads, async (type, begin, rest, more) => {
      const body = Buffer.concat([Buffer.from(begin), rest])
      const { status } = await send(body, { ...more, ...(type && { 'content-type': type }) }, '', 'POST')
      expect([200, 204, 400, 413, 415]).toContain(status)
    }),
    { numRuns: runs(150) },
  )
  expect((await send('still here')).status).toBe(200)
})

test('[HI6] no answer, metric or redirect repeats a token', async () => {
  const { send, token, host, port } = await site({}, {})
  const answers = [
    await send('x'),
    await send(''),
    await send('x', {}, '/a/b/c'),
    await send('x', {}, '', 'GET'),
    await send('x', {}, '/%zz'),
    await send({ topic: token, message: 'm' }),
    await send('{', JSON_TYPE),
  ]
  const wire = await dial(port)
  wire.send(`POST /hooks/${token} HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n`)
  await wire.heard.has('HTTP/1.1 400')
  const metrics = await (await fetch(`http://${host}/metrics`)).text()
  const all = [
    ...answers.map(({ text, headers }) => text + JSON.stringify([...headers])),
    wire.heard.text,
    metrics,
  ].join('\n')
  expect(all).not.toContain(token)
  expect(all).not.toContain(token.slice(0, 20))
})
