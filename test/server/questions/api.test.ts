/** Questions over HTTP: a program asks, answers, closes and raises a hand with its token. */
import { describe, expect, test } from 'vitest'
import { apiAt, listenAt, tokenOf } from '../../helpers/api.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { dial } from '../../helpers/sockets.ts'

const QUESTIONS = '/api/rooms/lobby/questions'
const HAND = '/api/rooms/lobby/hand'

async function site() {
  const hosting = await openHosting()
  const token = await tokenOf(hosting.server, { name: 'ci' })
  const api = await apiAt(hosting.host, token)
  const send = (path: string, method: string, body?: unknown) =>
    api.ask(path, {
      method,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: typeof body === 'object' ? { 'content-type': 'application/json' } : {},
    })
  return { ...hosting, ...api, token, send }
}

const DEPLOY = { text: 'Deploy 2.1?', choices: ['yes', 'no'], key: 'deploy-2.1' }

describe('[QU8] a program', () => {
  test('[QU8] [QU2] asks, and asks the same again with its key', async () => {
    const { send } = await site()
    const first = await send(QUESTIONS, 'POST', DEPLOY)
    expect(first).toMatchObject({
      status: 201,
      body: { text: 'Deploy 2.1? (yes / no)', state: 'open', counts: [0, 0] },
    })
    const again = await send(QUESTIONS, 'POST', DEPLOY)
    expect(again).toMatchObject({ status: 200, body: { seq: first.body['seq'] } })
    const other = await send(QUESTIONS, 'POST', { ...DEPLOY, choices: ['yes', 'no', 'later'] })
    expect(other).toMatchObject({ status: 422, body: { code: 'key-reused' } })
    expect((await send(QUESTIONS, 'GET')).body).toMatchObject({ open: [{ seq: first.body['seq'] }], hands: [] })
  })

  test('[QU8] [QU3] reads the answer of a member, and hears of it in its stream', async () => {
    const { send, host, headers, port } = await site()
    const { heard, send: says } = await dial(port)
    says('{"type":"hello","name":"José"}\n')
    await heard.has('"type":"room"')
    const stream = await listenAt(host, 'lobby', headers)
    const { body } = await send(QUESTIONS, 'POST', DEPLOY)
    await heard.has('"ask":{"kind":"ask"')
    says('{"type":"say","text":"ＹＥＳ"}\n')
    await stream.until(events => events.some(({ type }) => type === 'concluded'))
    const decided = {
      state: 'decided',
      outcome: 'decided',
      choice: 0,
      by: 'José',
      answers: [{ name: 'José', choice: 0 }],
    }
    expect(await send(`${QUESTIONS}/${body['seq']}`, 'GET')).toMatchObject({ status: 200, body: decided })
    expect(await send(QUESTIONS, 'POST', DEPLOY)).toMatchObject({ status: 200, body: decided })
    const [message] = (await send('/api/rooms/lobby/messages', 'GET')).body['messages'] as readonly object[]
    expect(message).toMatchObject({ ask: { kind: 'ask', outcome: 'decided', choice: 0, by: 'José' } })
    stream.leave()
  })

  test('[QU8] [QU4] answers as curl does, by a word or a place, and a repeat changes nothing', async () => {
    const { send, ask } = await site()
    const { body } = await send(QUESTIONS, 'POST', { text: 'Where?', kind: 'poll', choices: ['pizza', 'noodles'] })
    const path = `${QUESTIONS}/${body['seq']}/answer`
    const curl = (data: string) =>
      ask(path, { method: 'PUT', body: data, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    expect((await curl('noodles')).body).toMatchObject({ counts: [0, 1], total: 1 })
    expect((await curl('1')).body).toMatchObject({ counts: [1, 0], total: 1 })
    expect(await send(path, 'PUT', { choice: 0 })).toMatchObject({ status: 200, body: { counts: [1, 0], total: 1 } })
    expect(await send(path, 'PUT', { word: 'soup' })).toMatchObject({ status: 400, body: { code: 'choice-unknown' } })
    const ended = await send(`${QUESTIONS}/${body['seq']}`, 'DELETE')
    expect(ended).toMatchObject({ status: 200, body: { state: 'ended', counts: [1, 0], by: 'ci' } })
    expect(await send(path, 'PUT', { choice: 1 })).toMatchObject({ status: 409, body: { code: 'question-closed' } })
    expect(await send(`${QUESTIONS}/99999`, 'GET')).toMatchObject({ status: 404, body: { code: 'question-unknown' } })
    expect(await send(`/api/rooms/ops/questions/${body['seq']}/answer`, 'PUT', { choice: 1 })).toMatchObject({
      status: 404,
    })
  })

  test('[QU8] [QU7] raises a hand, and takes it down when its token goes', async () => {
    const { send, server, host } = await site()
    expect(await send(HAND, 'POST')).toMatchObject({ status: 200, body: { hands: [{ name: 'ci' }] } })
    expect(await send(HAND, 'POST')).toMatchObject({ status: 200, body: { hands: [{ name: 'ci' }] } })
    expect(await send(HAND, 'DELETE')).toMatchObject({ status: 200, body: { hands: [] } })
    expect(await send(HAND, 'DELETE')).toMatchObject({ status: 400, body: { code: 'hand-down' } })
    await send(HAND, 'POST')
    expect((await send(`${HAND}/next`, 'POST')).body).toEqual({ room: 'lobby', hands: [] })
    await send(HAND, 'POST')
    const other = await apiAt(host, await tokenOf(server, { name: 'other' }))
    expect((await other.ask(QUESTIONS)).body).toMatchObject({ hands: [{ name: 'ci' }] })
    await new Promise<void>(resolve => server.grants.revoke('ci', resolve))
    expect((await other.ask(QUESTIONS)).body).toMatchObject({ hands: [] })
  })
})
