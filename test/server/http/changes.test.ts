/** Answers, edits, reactions and pins of programs, over HTTP. */
import { describe, expect, test } from 'vitest'
import { apiAt, listenAt, tokenOf } from '../../helpers/api.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { dial } from '../../helpers/sockets.ts'

async function site(asked: Parameters<typeof tokenOf>[1] = {}, options: Parameters<typeof openHosting>[0] = {}) {
  const hosting = await openHosting(options)
  const token = await tokenOf(hosting.server, asked)
  return { ...hosting, token, ...(await apiAt(hosting.host, token)) }
}

const at = (seq: unknown): string => `/api/rooms/lobby/messages/${seq}`
const edit = (text: string): RequestInit => ({
  ...{ method: 'PATCH', body: JSON.stringify({ text }) },
  headers: { 'content-type': 'application/json' },
})

describe('a program', () => {
  test('answers, edits and reacts, and everybody sees it: streams, the past and members', async () => {
    const { host, port, ask, post, headers } = await site()
    const { heard, send } = await dial(port)
    send('{"type":"hello","name":"Ünal"}\n{"type":"say","text":"lunch at noon?"}\n')
    await heard.has('lunch at noon?')
    const stream = await listenAt(host, 'lobby', headers)
    await stream.until(events => events.length === 1)
    const [first] = (await ask('/api/rooms/lobby/messages')).body['messages'] as readonly Record<string, unknown>[]
    const { seq: asked } = first as { seq: number }
    const { seq } = (await post('lobby', { text: 'yes', reply: asked })).body as { seq: number }
    expect((await ask(at(seq), edit('yes, at noon'))).body).toMatchObject({ seq, room: 'lobby' })
    expect((await ask(`${at(asked)}/reactions/${encodeURIComponent('👍')}`, { method: 'PUT' })).status).toBe(200)
    const events = await stream.until(all => all.length === 4)
    expect(events.slice(1)).toMatchObject([
      { type: 'said', seq, text: 'yes', reply: asked, from: 'ci' },
      { type: 'edited', target: seq, text: 'yes, at noon', from: 'ci' },
      { type: 'reacted', target: asked, emoji: '👍', by: 'ci' },
    ])
    await heard.has('"type":"reacted"')
    const past = (await ask('/api/rooms/lobby/messages')).body['messages'] as readonly Record<string, unknown>[]
    expect(past).toMatchObject([
      { seq: asked, reactions: [{ emoji: '👍', ids: [past[1]?.['id']] }] },
      { seq, text: 'yes, at noon', reply: asked, edited: expect.any(Number) },
    ])
    expect((await ask(`${at(asked)}/reactions/:+1:`, { method: 'DELETE' })).status).toBe(200)
    const after = (await ask('/api/rooms/lobby/messages')).body['messages'] as readonly object[]
    expect(after[0]).not.toHaveProperty('reactions')
    stream.leave()
  })

  test('is refused what is not its own, not there, elsewhere, or not an emoji', async () => {
    const { port, ask, post } = await site()
    const { heard, send } = await dial(port)
    send('{"type":"hello","name":"a|b"}\n{"type":"say","text":"mine"}\n')
    await heard.has('"text":"mine"')
    const [{ seq }] = (await ask('/api/rooms/lobby/messages')).body['messages'] as [{ seq: number }]
    const own = (await post('lobby', { text: 'own' })).body as { seq: number }
    const codeOf = async (path: string, init: RequestInit): Promise<unknown> => (await ask(path, init)).body['code']
    expect(await codeOf(at(seq), edit('yours'))).toBe('not-yours')
    expect(await codeOf(at(9999), edit('x'))).toBe('message-unknown')
    expect(await codeOf(`/api/rooms/ops/messages/${own.seq}`, edit('x'))).toBe('message-unknown')
    expect(await codeOf(at('first'), edit('x'))).toBe('request')
    expect(await codeOf(at(own.seq), edit(''))).toBe('text-empty')
    expect(await codeOf(`${at(seq)}/reactions/hello`, { method: 'PUT' })).toBe('emoji-unknown')
    expect(await codeOf(`${at(seq)}/reactions/:tada:`, { method: 'DELETE' })).toBe('not-reacted')
    expect(await codeOf(`/api/rooms/lobby/pins/${seq}`, { method: 'PUT' })).toBe('not-granted')
    expect((await post('lobby', { text: 'x', reply: 9999 })).body['code']).toBe('message-unknown')
    expect((await post('lobby', { text: 'x', reply: 'first' })).body['message']).toContain('reply')
    expect((await ask(at(own.seq), edit('as before'))).status).toBe(200)
  })

  test('may edit for as long as the host has set, and with a right to write alone', async () => {
    const { ask, post } = await site({ read: false }, { editTime: 0 })
    const { seq } = (await post('lobby', { text: 'one' })).body as { seq: number }
    expect((await ask(at(seq), edit('two'))).body['code']).toBe('edit-off')
    const other = await site({ name: 'writer', read: false })
    const own = (await other.post('lobby', { text: 'one' })).body as { seq: number }
    expect((await other.ask(at(own.seq), edit('two'))).status).toBe(200)
  })

  test('pins with the right to keep order, and reads what is pinned', async () => {
    const { ask, post } = await site({ keep: true })
    const { seq } = (await post('lobby', { text: 'rules 🦊' })).body as { seq: number }
    expect((await ask(`/api/rooms/lobby/pins/${seq}`, { method: 'PUT' })).status).toBe(200)
    expect((await ask('/api/rooms/lobby/pins')).body).toMatchObject({
      room: 'lobby',
      messages: [{ seq, text: 'rules 🦊' }],
    })
    expect((await ask(`/api/rooms/lobby/pins/${seq}`, { method: 'DELETE' })).status).toBe(200)
    expect((await ask('/api/rooms/lobby/pins')).body).toEqual({ room: 'lobby', messages: [] })
  })

  test('a word filter looks at an edit, too', async () => {
    const { server, ask, post } = await site()
    server.host({ type: 'filter', is: 'words', pattern: 'casino', action: 'refuse' })
    await new Promise<void>(resolve => server.settled(resolve))
    const { seq } = (await post('lobby', { text: 'hello' })).body as { seq: number }
    const refused = await ask(at(seq), edit('c@sino casino'))
    expect([refused.status, refused.body['code']]).toEqual([400, 'filtered'])
    const [{ text }] = (await ask('/api/rooms/lobby/messages')).body['messages'] as [{ text: string }]
    expect(text).toBe('hello')
  })

  test('edits with plain text, and reacts without a body, as curl does', async () => {
    const { ask, post } = await site()
    const { seq } = (await post('lobby', { text: 'one' })).body as { seq: number }
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await ask(at(seq), { method: 'PATCH', body: 'two words\n', headers: form })).status).toBe(200)
    expect((await ask(`${at(seq)}/reactions/:tada:`, { method: 'PUT', body: '', headers: form })).status).toBe(200)
    const [message] = (await ask('/api/rooms/lobby/messages')).body['messages'] as [object]
    expect(message).toMatchObject({ text: 'two words', reactions: [{ emoji: '🎉' }] })
  })
})
