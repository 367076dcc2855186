/** Filters, held messages and purges over WebSocket and the HTTP API, on real sockets, and from a program with the library. */
import { expect, test } from 'vitest'
import type { Command } from '../../../src/model/command.ts'
import type { Server } from '../../../src/server/server.ts'
import { apiAt, tokenOf } from '../../helpers/api.ts'
import { guest } from '../../helpers/guest.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { hosted } from '../../helpers/keeping.ts'
import { lastingFixture } from '../../helpers/lasting-fixture.ts'
import { eventually } from '../../helpers/patience.ts'
import { entered, text, upgraded } from '../../helpers/websocket.ts'

const host = (server: Server, command: Command): Promise<void> => {
  expect(server.host(command)).toBeNull()
  return new Promise(resolve => server.settled(resolve))
}

test('a page and a program meet the same filters, and read what is released', async () => {
  const { server, port, host: address } = await openHosting()
  const { post, ask } = await apiAt(address, await tokenOf(server))
  const zoya = await entered(port, 'ЗОЯ')
  await host(server, { type: 'filter', is: 'words', pattern: 'spam', action: 'refuse' })
  await host(server, { type: 'filter', is: 'expression', pattern: 'may\\s?be', action: 'hold' })
  expect((await post('lobby', { text: 'SPAM' })).body).toMatchObject({ code: 'filtered' })
  // A program isn't there to wait.
  expect((await post('lobby', { text: 'may be' })).body).toMatchObject({ code: 'filtered' })
  expect((await post('lobby', { text: 'fine' })).status).toBe(201)
  zoya.send(text({ type: 'say', text: 'spam', n: 1 }))
  zoya.send(text({ type: 'say', text: 'maybe', n: 2 }))
  await zoya.until(({ objects }) => objects().some(({ n, type }) => type === 'ok' && n === 2))
  const [refused, held] = zoya.objects().slice(-3)
  expect([refused, held]).toMatchObject([
    { code: 'filtered', n: 1 },
    { type: 'held', text: 'maybe' },
  ])
  const messages = async (): Promise<unknown> => (await ask('/api/rooms/lobby/messages')).body['messages']
  expect(await messages()).toMatchObject([{ text: 'fine' }])
  await host(server, { type: 'release', seq: Number(held?.['seq']) })
  expect(await messages()).toMatchObject([{ text: 'fine' }, { text: 'maybe', from: 'ЗОЯ' }])
  await zoya.until(({ objects }) => objects().some(one => one['type'] === 'said' && one['text'] === 'maybe'))
  const named = await upgraded(port)
  named.send(text({ type: 'hello', name: 'spam' }))
  await named.until(({ objects }) => objects().some(({ code }) => code === 'name-filtered'))
})

test('[Z9] a program that keeps order releases a message with its text, once, and learns that there is no other', async () => {
  const { server, port, host: address } = await openHosting()
  const { ask } = await apiAt(address, await tokenOf(server, { name: 'warden', read: true, keep: true }))
  const act = (body: object) =>
    ask('/api/acts', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  const zoya = await entered(port, 'ЗОЯ')
  await host(server, { type: 'filter', is: 'words', pattern: 'maybe', action: 'hold' })
  zoya.send(text({ type: 'say', text: 'maybe', n: 1 }))
  await zoya.until(({ objects }) => objects().some(({ n, type }) => type === 'ok' && n === 1))
  const { seq } = zoya.objects().find(({ type }) => type === 'held') ?? {}
  expect((await act({ type: 'release', seq })).status).toBe(200)
  expect((await ask('/api/rooms/lobby/messages')).body['messages']).toMatchObject([{ text: 'maybe', from: 'ЗОЯ' }])
  expect((await act({ type: 'release', seq })).body).toMatchObject({ code: 'held-unknown' })
})

test('a program that posted is purged by its name', async () => {
  const { server, host: address } = await openHosting()
  const { post, ask } = await apiAt(address, await tokenOf(server, { name: 'ci-bot' }))
  expect((await post('lobby', { text: 'red' })).status).toBe(201)
  await host(server, { type: 'purge', who: 'ci-bot', room: 'lobby', for: 60 })
  const messages = async (): Promise<unknown> =>
    JSON.stringify((await ask('/api/rooms/lobby/messages')).body['messages'])
  await eventually('the message to be gone', messages, text => `${text}`.includes('"deleted":true'))
})

test('a program with the library is refused like everybody', async () => {
  const fixture = await lastingFixture()
  const { chat } = guest(fixture, 'Mr.Blue')
  await fixture.clock.settle()
  await hosted(fixture.world, { type: 'filter', is: 'words', pattern: 'spam', action: 'refuse' })
  const saying = chat
    .room('lobby')
    .say('SPAM')
    .catch((error: unknown) => error)
  await fixture.clock.settle()
  expect(await saying).toMatchObject({ code: 'filtered' })
})
