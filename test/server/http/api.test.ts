// The HTTP API: each answer is held against the OpenAPI document that the server gives (test/helpers/api.ts).
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ERRORS } from '../../../src/model/error.ts'
import { GRANT_KEY_CHARS, TEXT_MAX_BYTES } from '../../../src/model/limits.ts'
import { apiAt, listenAt, tokenOf } from '../../helpers/api.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { dial, type Wired } from '../../helpers/sockets.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

const MESSAGES = '/api/rooms/lobby/messages'

/** A server, and a program with a token. */
async function site(asked: Parameters<typeof tokenOf>[1] = {}, options: Parameters<typeof openHosting>[0] = {}) {
  const hosting = await openHosting(options)
  const token = await tokenOf(hosting.server, asked)
  return { ...hosting, token, ...(await apiAt(hosting.host, token)) }
}

/** A member of the lobby, over TCP. */
async function member(port: number, name: string, room = 'lobby') {
  const { heard, send } = await dial(port)
  send(`${JSON.stringify({ type: 'hello', name, room })}\n`)
  await heard.has('"type":"room"')
  return { heard, say: (text: string) => send(`${JSON.stringify({ type: 'say', text, room })}\n`) }
}

describe('the document', () => {
  test('describes each path with what its parameters may be, and refers to what is there [A1]', async () => {
    const { document, ask } = await site()
    expect((await ask('/api/openapi.json')).status).toBe(200)
    expect(document).toMatchObject({ openapi: '3.1.0', security: [{ token: [] }] })
    expect(Object.keys(document['paths'] as object)).toEqual([
      '/healthz',
      '/readyz',
      '/metrics',
      '/api/here',
      '/api/rooms',
      '/api/rooms/{room}/messages',
      '/api/rooms/{room}/messages/{seq}',
      '/api/rooms/{room}/messages/{seq}/reactions/{emoji}',
      '/api/rooms/{room}/pins',
      '/api/rooms/{room}/pins/{seq}',
      '/api/rooms/{room}/messages/{seq}/output',
      '/api/rooms/{room}/messages/{seq}/finish',
      '/api/rooms/{room}/files/{name}',
      '/api/rooms/{room}/files',
      '/api/rooms/{room}/events',
      '/api/unread',
      '/api/cursors',
      '/api/cursors/{cursor}',
      '/api/cursors/{cursor}/turn',
      '/api/cursors/{cursor}/next',
      '/api/acts',
      '/api/log',
      '/api/lists/{what}',
      '/api/try',
      '/api/events',
      '/api/rooms/{room}/questions',
      '/api/rooms/{room}/questions/{seq}',
      '/api/rooms/{room}/questions/{seq}/answer',
      '/api/rooms/{room}/hand',
      '/api/rooms/{room}/hand/next',
      '/api/openapi.json',
    ])
    const text = JSON.stringify(document)
    const schemas = Object.keys((document['components'] as { schemas: object }).schemas)
    const referred = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)
    expect([...new Set(referred)].sort()).toEqual(schemas.sort())
    expect(text).not.toContain('$defs')
  })

  test('has every code that an answer may have', async () => {
    const { document } = await site()
    const { schemas } = document['components'] as { schemas: { Refusal: { properties: { code: { enum: unknown } } } } }
    expect(schemas.Refusal.properties.code.enum).toEqual(Object.keys(ERRORS))
  })
})

describe('tokens', () => {
  test('without one the answer is 401, and how to get one [A1]', async () => {
    const { host } = await openHosting()
    const { ask } = await apiAt(host)
    const none = await ask('/api/rooms')
    expect(none.status).toBe(401)
    expect(none.headers.get('www-authenticate')).toBe('Bearer realm="rxchat"')
    expect(none.body).toMatchObject({ code: 'token-needed', message: expect.stringContaining('TOKEN ADD') })
    const wrong = await (await apiAt(host, 'rxchat_guess')).ask('/api/rooms')
    expect([wrong.status, wrong.body['code']]).toEqual([401, 'token-unknown'])
  })

  test('one may do what it was given, in its room, and nothing else [A1]', async () => {
    const { server, host, post } = await site({ name: 'ops-writer', room: 'ops', read: false })
    const writer = await apiAt(host, await tokenOf(server, { name: 'reader', write: false }))
    expect((await post('ops', { text: 'hi' })).status).toBe(201)
    const elsewhere = await post('lobby', { text: 'hi' })
    expect([elsewhere.status, elsewhere.body['code']]).toEqual([403, 'not-granted'])
    expect((await writer.post('ops', { text: 'hi' })).status).toBe(403)
    expect((await writer.ask('/api/rooms/ops/messages')).body['messages']).toMatchObject([{ text: 'hi' }])
    const own = await apiAt(host, await tokenOf(server, { name: 'ops-reader', room: 'ops', write: false }))
    expect((await own.ask('/api/rooms')).body).toEqual({ rooms: [] })
    expect((await own.ask(MESSAGES)).status).toBe(403)
    expect((await own.ask('/api/rooms/lobby/events')).status).toBe(403)
  })

  test('one of another room is refused alike by every request about a room [A1]', async () => {
    const { document, ask } = await site({ room: 'ops', keep: true }, { rate: null })
    const paths = Object.entries(document['paths'] as Readonly<Record<string, object>>)
    const inRoom = paths.filter(([path]) => path.startsWith('/api/rooms/{room}/'))
    const requests = inRoom.flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, row]) => ({
        method: method.toUpperCase(),
        path: path.replace(/\{room\}/, 'vault'),
        takesBody: 'requestBody' in row,
      })),
    )
    expect(requests.length).toBeGreaterThan(20)
    for (const { method, path, takesBody } of requests) {
      const isJson = path.endsWith('/questions')
      const answer = await ask(path.replace('{seq}', '1').replace('{emoji}', ':tada:'), {
        method,
        ...(!takesBody ? {} : { body: isJson ? '{"text":"Deploy?","choices":["yes","no"]}' : 'yes' }),
        headers: { 'content-type': isJson ? 'application/json' : 'text/plain' },
      })
      const why = expect.stringMatching(/^This token is not allowed to (read|write|keep order) in vault\. Ask the host/)
      expect([method, path, answer.status, answer.body]).toEqual([
        ...[method, path, 403],
        { code: 'not-granted', message: why, retry: false },
      ])
    }
  })

  test('is good for nothing once it is revoked, and its streams end with that [A1]', async () => {
    const { server, host, ask, headers } = await site()
    const stream = await listenAt(host, 'lobby', headers)
    await stream.until(events => events.length === 1)
    await new Promise<void>(resolve => server.grants.revoke('CI', resolve))
    expect((await ask('/api/rooms')).body['code']).toBe('token-unknown')
    await stream.end()
    expect(stream.events().at(-1)).toMatchObject({ type: 'closed', code: 'revoked', reconnect: false })
  })

  test('a member cannot take the name of one, nor one that of a member [A3]', async () => {
    const { server, port } = await site({ name: 'Deploy' })
    const { heard, send } = await dial(port)
    send('{"type":"hello","name":"dep1oy"}\n')
    await heard.has('"code":"name-taken"')
    await member(port, 'alice')
    const refused = Promise.withResolvers<string>()
    server.outbound$.subscribe(({ events }) => {
      for (const { event } of events) if (event.type === 'rejected') refused.resolve(event.code)
    })
    server.grants.add({ name: 'ALICE', room: null, read: true, write: true }, () => refused.resolve('granted'))
    expect(await refused.promise).toBe('name-taken')
    expect(server.grants.add({ name: 'Host', room: null, read: true, write: true }, () => {})).toMatchObject({
      code: 'name-reserved',
    })
  })
})

describe('a message', () => {
  test('is heard by members under the name of the token, and has its number [A2]', async () => {
    const { port, post, ask } = await site()
    const alice = await member(port, 'alice')
    const answer = await post('lobby', { text: 'deploy done\u202e' })
    expect(answer.status).toBe(201)
    const { seq, at } = answer.body
    expect(answer.body).toEqual({ seq, at, room: 'lobby', from: 'ci' })
    const { body } = await ask(MESSAGES)
    const [{ id = '' } = {}] = body['messages'] as { id?: string }[]
    const said = { seq, at, room: 'lobby', from: 'ci', text: 'deploy done\ufffd', id }
    expect(body).toEqual({ room: 'lobby', messages: [said], more: false })
    await alice.heard.has(JSON.stringify({ type: 'said', ...said }))
  })

  test('may be plain text, an action, and for a room where nobody is yet [A2]', async () => {
    const { port, post } = await site()
    expect((await post('#Ops', 'disk is full')).body).toMatchObject({ room: 'ops' })
    expect((await post('ops', { text: 'waves', action: true })).status).toBe(201)
    const bob = await member(port, 'bob', 'ops')
    await bob.heard.has('"type":"history"')
    expect(bob.heard.text).toMatch(/"from":"ci","text":"disk is full","id":"[^"]+"/)
    expect(bob.heard.text).toContain('"text":"waves","action":true')
  })

  test('[A2] under one key is said once; the repeat has the answer of the first', async () => {
    const { post, ask } = await site()
    const key = { 'idempotency-key': 'build 214' }
    const [first, second] = await Promise.all([post('lobby', 'once', key), post('lobby', { text: 'once' }, key)])
    expect([first?.status, second?.status]).toEqual([201, 201])
    expect(second?.body).toEqual(first?.body)
    expect([first, second].filter(one => one?.headers.get('idempotent-replayed') === 'true')).toHaveLength(1)
    const other = await post('lobby', 'another', key)
    expect([other.status, other.body['code']]).toEqual([422, 'key-reused'])
    expect((await post('ops', 'once', key)).status).toBe(422)
    expect((await ask(MESSAGES)).body['messages']).toHaveLength(1)
  })

  test('[A2] a refused message leaves nothing under its key', async () => {
    const { post } = await site()
    const key = { 'idempotency-key': 'k' }
    expect((await post('lobby', '  ', key)).body['code']).toBe('text-empty')
    expect((await post('lobby', 'now', key)).status).toBe(201)
  })

  test('is refused with a sentence where it cannot be said [E1] [L1]', async () => {
    const { ask, post } = await site()
    const refusals: readonly (readonly [Promise<{ status: number; body: Record<string, unknown> }>, number, string])[] =
      [
        [post('lobby', 'x'.repeat(TEXT_MAX_BYTES + 1)), 413, 'text-too-long'],
        [post('lobby', 'x'.repeat(100_000)), 413, 'text-too-long'],
        [post('no room', 'hi'), 400, 'room-name'],
        [post('lobby', { message: 'hi' }), 400, 'request'],
        [post('lobby', 'hi', { 'idempotency-key': 'x'.repeat(GRANT_KEY_CHARS + 1) }), 400, 'request'],
        [post('lobby', '{"text":', { 'content-type': 'application/json' }), 400, 'request'],
        [post('lobby', 'hi', { 'content-type': 'multipart/form-data; boundary=x' }), 415, 'request'],
        [post('lobby', 'hi', { 'content-encoding': 'gzip' }), 415, 'request'],
        [ask(`${MESSAGES}?limit=201`), 400, 'request'],
        [ask(`${MESSAGES}?before=-1`), 400, 'request'],
        [ask(`${MESSAGES}?since=yesterday`), 400, 'request'],
        [ask(`${MESSAGES}?since=2026-02-30`), 400, 'request'],
        [ask(`${MESSAGES}?since=2025-02-29T10:00Z`), 400, 'request'],
        [ask('/api/rooms/%FF/messages'), 400, 'request'],
        [ask('/api/rooms/%/messages'), 400, 'request'],
        [ask('/api/rooms/lobby/events', { headers: { 'last-event-id': 'x' } }), 400, 'request'],
      ]
    for (const [asked, status, code] of refusals) {
      const { status: got, body } = await asked
      expect([got, body['code']]).toEqual([status, code])
      expect(body['message']).toMatch(/\.$/)
    }
    for (const path of ['/api', '/api/', '/api/rooms/lobby', '/api/../api/nothing']) {
      const { status, body } = await ask(path)
      expect([status, body['code']]).toEqual([404, 'not-found'])
    }
  })

  test('is what `curl -d` and `--data-binary` send, as people of ntfy expect: the text itself [A2]', async () => {
    const { ask, host, token } = await site()
    const curl = async (...args: readonly string[]) => {
      const asked = ['-sS', ...args, '-H', `Authorization: Bearer ${token}`, `http://${host}${MESSAGES}`]
      return JSON.parse((await promisify(execFile)('curl', asked)).stdout) as Record<string, unknown>
    }
    const file = join(temporaryFolder(), 'message')
    writeFileSync(file, 'from a file: 50% & more\r\n\r\n')
    for (const args of [
      ['-d', 'deploy=done & green + 100%'],
      ['--data-binary', `@${file}`],
      ['-H', 'Content-Type:', '-d', 'of no type'],
      ['-H', 'Content-Type: text/plain', '-d', 'plain'],
    ]) {
      expect(await curl(...args)).toMatchObject({ room: 'lobby', from: 'ci' })
    }
    expect(await curl('-F', 'text=hi')).toMatchObject({
      code: 'request',
      message: expect.stringContaining('text/plain'),
    })
    const { body } = await ask(MESSAGES)
    expect((body['messages'] as readonly { text: string }[]).map(({ text }) => text)).toEqual([
      'deploy=done & green + 100%',
      'from a file: 50% & more\n',
      'of no type',
      'plain',
    ])
  })

  test('as text loses one line end and a leading BOM, and is exactly what was sent else [A2] [L1]', async () => {
    const { post, ask } = await site()
    const bytes = (...parts: readonly (string | number[])[]): Buffer =>
      Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))
    const sent: readonly (readonly [Buffer, string, string])[] = [
      [bytes('one\n'), 'text/plain', 'one'],
      [bytes('two\r\n'), 'text/plain; charset=utf-8', 'two'],
      [bytes('three\n\n'), 'text/plain', 'three\n'],
      [bytes([0xef, 0xbb, 0xbf], 'José 田中'), 'text/plain;charset="UTF-8"', 'José 田中'],
      [bytes('Jos', [0xe9]), 'text/plain; charset=ISO-8859-1', 'José'],
      [bytes('Jos', [0xe9]), 'text/plain; charset="ISO-8859-1"', 'José'],
      [Buffer.from('\ufeffİbo', 'utf16le'), 'text/plain; charset=utf-16', 'İbo'],
      [bytes([0xef, 0xbb, 0xbf], '{"text":"json"}'), 'application/json', 'json'],
      [bytes('"quoted"'), 'text/plain', '"quoted"'],
    ]
    for (const [body, type] of sent) {
      const answer = await ask(MESSAGES, { method: 'POST', body, headers: { 'content-type': type } })
      expect([type, answer.status]).toEqual([type, 201])
    }
    const { body } = await ask(MESSAGES)
    expect((body['messages'] as readonly { text: string }[]).map(({ text }) => text)).toEqual(
      sent.map(([, , text]) => text),
    )
    expect((await post('lobby', '\n')).body['code']).toBe('text-empty')
  })

  test('that is not valid in its charset is refused, and never said with U+FFFD [A2] [L1]', async () => {
    const { ask } = await site()
    const wrong: readonly (readonly [Buffer, string, number, string])[] = [
      [Buffer.from([0x68, 0xff]), 'text/plain', 400, 'not-utf8'],
      [Buffer.from([0xed, 0xa0, 0x80]), 'application/x-www-form-urlencoded', 400, 'not-utf8'],
      [Buffer.from('{"text":"\xe9"}', 'latin1'), 'application/json', 400, 'not-utf8'],
      [Buffer.from([0x00, 0xd8]), 'text/plain; charset=utf-16le', 400, 'request'],
      [Buffer.from('hi'), 'text/plain; charset=klingon', 415, 'request'],
    ]
    for (const [body, type, status, code] of wrong) {
      const answer = await ask(MESSAGES, { method: 'POST', body, headers: { 'content-type': type } })
      expect([type, answer.status, answer.body['code']]).toEqual([type, status, code])
    }
    expect((await ask(MESSAGES)).body['messages']).toEqual([])
  })

  test('comes too fast with 429, and when to come again [A5]', async () => {
    const { post } = await site({}, { rate: { perSecond: 1, burst: 2 } })
    const answers = await Promise.all(['a', 'b', 'c'].map(text => post('lobby', text)))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(1)
    expect(refused[0]?.headers.get('retry-after')).toBe('1')
    expect(refused[0]?.body).toMatchObject({ code: 'slow-down', retry: true })
  })
})

describe('the fault of a request', () => {
  test('is none if a request that takes no body has an empty one, of any type [A1]', async () => {
    const { ask } = await site({}, { rate: null })
    const { body: said } = await ask(MESSAGES, { method: 'POST', body: 'hi' })
    const reaction = `${MESSAGES}/${said['seq']}/reactions/:tada:`
    const types = [{}, { 'content-type': 'application/json' }, { 'content-type': 'text/plain' }]
    for (const body of [undefined, '', '{}', ' { }\n', 'null']) {
      for (const headers of types) {
        for (const method of ['PUT', 'DELETE']) {
          const { status } = await ask(reaction, { method, headers, ...(body !== undefined && { body }) })
          expect(status, `${method} ${body} ${JSON.stringify(headers)}`).toBe(200)
        }
      }
    }
    for (const body of ['{"rely":""}', '[]', '""', 'hi']) {
      expect((await ask(reaction, { method: 'PUT', body })).status, body).toBe(400)
    }
  })

  test('is said in sentences of our own: the field, how it has to be, and what it was [A1] [E1]', async () => {
    const { ask, post } = await site()
    const said: readonly (readonly [Promise<{ status: number; body: Record<string, unknown> }>, string])[] = [
      [ask(`${MESSAGES}?before=`), 'the parameter before must be the number of a message, such as 1042, not empty'],
      [ask(`${MESSAGES}?after=%20`), 'the parameter after must be the number of a message, such as 1042, not " "'],
      [ask(`${MESSAGES}?before=1e3`), 'the parameter before must be the number of a message, such as 1042, not "1e3"'],
      [
        ask(`${MESSAGES}?before=0x10`),
        'the parameter before must be the number of a message, such as 1042, not "0x10"',
      ],
      [ask(`${MESSAGES}?before=1&before=2`), 'the parameter before is given more than once'],
      [ask(`${MESSAGES}?limit=0`), 'the parameter limit must be a number from 1 to 200, not "0"'],
      [ask(`${MESSAGES}?limit=`), 'the parameter limit must be a number from 1 to 200, not empty'],
      [
        ask(`${MESSAGES}?since=yesterday`),
        'the parameter since must be a time ago such as 1h, a time such as 2026-11-22T10:00Z, or milliseconds since 1970, not "yesterday"',
      ],
      [
        ask(`${MESSAGES}?since=`),
        'the parameter since must be a time ago such as 1h, a time such as 2026-11-22T10:00Z, or milliseconds since 1970, not empty',
      ],
      [ask(`${MESSAGES}?q=`), 'the parameter q must have 1 to 256 characters, not empty'],
      [
        ask('/api/rooms/lobby/events', { headers: { 'last-event-id': 'a|b' } }),
        'the header last-event-id must be the id of an event, or the number of a message, not "a|b"',
      ],
      [ask(`${MESSAGES}?limt=5`), 'the parameter "limt" is unknown here; it takes before, after, since, limit, q'],
      [
        post('lobby', { text: 'Deploy?', ask: { kind: 'ask', choices: ['ja', 'nein'] } }),
        'the field "ask" is unknown here; to ask, POST {"text":"…","choices":["yes","no"]} to /api/rooms/ROOM/questions',
      ],
      [
        post('lobby', { text: 'hi', key: 'k' }),
        'the field "key" is unknown here; to mark a repeat, send the header Idempotency-Key',
      ],
      [
        post('lobby', { text: 'hi', مريم: 1 }),
        'the field "مريم" is unknown here; it takes text, action, reply, live, files',
      ],
      [ask('/api/rooms?limit=5'), 'the parameter "limit" is unknown here; it takes none'],
      [ask('/api/unread?x=1'), 'the parameter "x" is unknown here; it takes none'],
      [ask('/api/rooms/lobby/questions?after=1'), 'the parameter "after" is unknown here; it takes none'],
      [
        ask(`${MESSAGES}/1/finish`, { method: 'POST', body: 'status=0' }),
        'this request takes no body, but parameters: status, ms, total, interrupted',
      ],
      [ask(`${MESSAGES}/1/reactions/:tada:`, { method: 'DELETE', body: 'rude' }), 'this request takes no body'],
      [post('lobby', { texte: 'hi' }), 'the field text is missing'],
      [post('lobby', {}), 'the field text is missing'],
      [post('lobby', { text: 42 }), 'the field text must be a string, not 42'],
      [post('lobby', { text: 'hi', action: 'yes' }), 'the field action must be true or false, not "yes"'],
      [post('lobby', [1]), 'the body must be an object such as {"text":"hello"}'],
      [post('lobby', null), 'the body must be an object such as {"text":"hello"}'],
      [
        post('lobby', '"hi"', { 'content-type': 'application/json' }),
        'the body must be an object such as {"text":"hello"}',
      ],
      [post('lobby', '', { 'content-type': 'application/json' }), 'the body is empty'],
    ]
    for (const [asked, sentence] of said) {
      const { status, body } = await asked
      expect([status, body]).toEqual([
        400,
        {
          ...{ code: 'request', retry: false },
          message: `Invalid request: ${sentence}. See /api/openapi.json.`,
        },
      ])
    }
  })

  test('is no matter before there is a token: that is missing first [A1]', async () => {
    const { host } = await site()
    const { post } = await apiAt(host)
    for (const [body, type] of [
      ['<xml/>', 'application/xml'],
      ['{', 'application/json'],
      ['\ufffd', 'text/plain; charset=klingon'],
      ['x'.repeat(100_000), 'text/plain'],
    ] as const) {
      const answer = await post('no room', body, { 'content-type': type })
      expect([answer.status, answer.body['code']]).toEqual([401, 'token-needed'])
    }
    const { ask } = await apiAt(host)
    expect((await ask(`${MESSAGES}?before=`)).status).toBe(401)
  })
})

describe('the past', () => {
  test('begins a while ago, as with `rxchat --since` [A6]', async () => {
    const { ask, post } = await site()
    for (const text of ['one', 'two']) await post('lobby', text)
    for (const [since, count] of [
      ['1h', 2],
      ['90s', 2],
      ['2d', 2],
      ['2024-01-01', 2],
      ['2024-01-01T00:00', 2],
      ['2024-01-01T00:00:00+01:00', 2],
      ['2999-01-01T00:00Z', 0],
    ] as const) {
      const { status, body } = await ask(`${MESSAGES}?since=${since}`)
      const { length } = body['messages'] as readonly unknown[]
      expect([since, status, length]).toEqual([since, 200, count])
    }
  })

  test('comes page by page, from a number or a time, and is searched [A6]', async () => {
    const { ask, post } = await site()
    const said = []
    for (const text of ['one fish', 'two fish', 'red', 'blue']) said.push((await post('lobby', text)).body)
    const texts = async (query: string) => {
      const { body } = await ask(`${MESSAGES}?${query}`)
      const messages = body['messages'] as readonly { readonly text: string }[]
      return [...messages.map(({ text }) => text), ...(body['more'] === true ? ['…'] : [])]
    }
    expect(await texts('limit=2')).toEqual(['red', 'blue', '…'])
    expect(await texts(`limit=2&before=${said[2]?.['seq']}`)).toEqual(['one fish', 'two fish'])
    expect(await texts(`limit=2&after=${said[0]?.['seq']}`)).toEqual(['two fish', 'red', '…'])
    expect(await texts('since=0')).toEqual(['one fish', 'two fish', 'red', 'blue'])
    expect(await texts('since=2024-01-01T00:00:00Z&limit=1')).toEqual(['one fish', '…'])
    expect(await texts('since=2999-01-01')).toEqual([])
    expect(await texts('q=fish&limit=1')).toEqual(['two fish', '…'])
    expect(await texts('q=fish%20one')).toEqual(['one fish'])
  })

  test('[Y9] a search without a word is refused', async () => {
    const { ask } = await site()
    for (const q of ['++', '%2B%2B', '%3F']) {
      const { status, body } = await ask(`${MESSAGES}?q=${q}`)
      expect([q, status, body['code']]).toEqual([q, 400, 'words-empty'])
    }
  })

  test('[Y5] has no deleted text, and nothing that was said to one alone', async () => {
    const { server, port, ask, post } = await site()
    const { body } = await post('lobby', 'a secret')
    const alice = await member(port, 'alice')
    const { heard, send } = await dial(port)
    send('{"type":"hello","name":"bob"}\n{"type":"tell","to":"alice","text":"between us"}\n')
    await alice.heard.has('between us')
    await heard.has('"type":"told"')
    server.host({ type: 'delete', seq: body['seq'] as number, room: 'lobby' })
    await alice.heard.has('"type":"deleted"')
    const { text } = await ask(MESSAGES)
    expect(text).toContain('"deleted":true')
    expect(text).not.toMatch(/a secret|between us/)
  })
})

describe('rooms, health and numbers', () => {
  test('the rooms with how many are in them [A6]', async () => {
    const { port, ask } = await site()
    await member(port, 'alice', 'ops')
    expect((await ask('/api/rooms')).body).toEqual({
      rooms: [
        { room: 'lobby', members: 0, topic: null },
        { room: 'ops', members: 1, topic: null },
      ],
    })
  })

  test('healthz needs no token [A7]', async () => {
    const { host } = await openHosting()
    const { ask } = await apiAt(host)
    const { status, body } = await ask('/healthz')
    expect([status, body]).toEqual([200, { status: 'ok' }])
  })

  test('metrics count what happened, by protocol and by code, without a name or a text [A7]', async () => {
    const { port, ask, post } = await site({ name: 'deployer' })
    await member(port, 'alice')
    await post('lobby', 'not to be seen')
    await post('lobby', '')
    const { text, headers } = await ask('/metrics')
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const value = (name: string) =>
      Number(
        text
          .split('\n')
          .find(line => line.startsWith(`${name} `))
          ?.split(' ')
          .at(-1),
      )
    expect(value('rxchat_connections{protocol="native"}')).toBe(1)
    expect(value('rxchat_connections{protocol="http"}')).toBeGreaterThan(0)
    expect(value('rxchat_members')).toBe(1)
    expect(value('rxchat_rooms')).toBe(1)
    expect(value('rxchat_inputs_total')).toBeGreaterThan(3)
    expect(value('rxchat_deliveries_total')).toBeGreaterThan(1)
    expect(value('rxchat_ring_bytes')).toBeGreaterThan(50)
    expect(value('rxchat_slow_readers')).toBe(0)
    expect(value('rxchat_rejections_total{code="text-empty"}')).toBe(1)
    expect(value('rxchat_sessions')).toBe(1)
    expect(value('rxchat_accounts')).toBe(0)
    expect(value('rxchat_logins_total{kind="password"}')).toBe(0)
    const commits = value('rxchat_journal_commit_seconds_count')
    expect(commits).toBeGreaterThan(2)
    expect(value('rxchat_journal_commit_seconds_bucket{le="+Inf"}')).toBe(commits)
    expect(value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0)
    expect(value('rxchat_journal_unsettled_inputs{where="appended"}')).toBe(0)
    expect(value('rxchat_journal_unsettled_inputs{where="waiting"}')).toBe(0)
    expect(text).not.toMatch(/alice|deployer|not to be seen|lobby/)
    // The lag of the event loop is measured from the first look on, so there is nothing of it yet.
    expect(text).not.toMatch(/ nan$/im)
    const documented = readFileSync(join(import.meta.dirname, '../../../docs/operations.md'), 'utf8')
    const names = [...text.matchAll(/^# TYPE (rxchat_\w+) /gm)].map(([, name]) => name)
    expect(names.filter(name => !documented.includes(`\`${name}\``))).toEqual([])
  })

  test('metrics count accounts, the sessions of their members, and how people sign in [A7]', async () => {
    const { port, host } = await openHosting()
    const { ask } = await apiAt(host)
    const hello = async (more: object): Promise<Wired> => {
      const wired = await dial(port)
      wired.send(`${JSON.stringify({ type: 'hello', name: '田中', ...more })}\n`)
      return wired
    }
    const guest = await hello({})
    guest.send('{"type":"register","n":1,"password":"a long sentence"}\n')
    await guest.heard.has('"type":"ok"')
    await (await hello({ account: { password: 'a long sentence' } })).heard.has('"type":"welcome"')
    await (await hello({ account: { password: 'another sentence' } })).heard.has('credential-wrong')
    const { text } = await ask('/metrics')
    for (const line of [
      'rxchat_accounts 1',
      'rxchat_members 1',
      'rxchat_sessions 2',
      'rxchat_logins_total{kind="password"} 1',
      'rxchat_logins_total{kind="kept"} 0',
      'rxchat_login_failures_total 1',
    ]) {
      expect(text).toContain(`${line}\n`)
    }
    expect(text).not.toContain('田中')
  })
})
