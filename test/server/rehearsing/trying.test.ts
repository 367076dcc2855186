// Keepers try rules on the past while the server runs, by every protocol that has words for it.
import { filter, firstValueFrom } from 'rxjs'
import { expect, test } from 'vitest'
import { runTry } from '../../../src/program/server/console/commands/try-command.ts'
import type { Server } from '../../../src/server/server.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { Watched } from '../../helpers/program.ts'
import { dialLine, dialNative, type Wired } from '../../helpers/sockets.ts'
import { utcTime } from '../../helpers/world.ts'

const send = (to: Wired, ...requests: readonly object[]): void =>
  to.send(requests.map(one => `${JSON.stringify(one)}\n`).join(''))

type Answer = Readonly<Record<string, unknown>>

const answerTo = ({ heard }: Wired, n: number): Promise<Answer> =>
  heard.until(() => {
    const line = heard.lines.find(one => (JSON.parse(one) as Answer)['n'] === n)
    return line !== undefined && (JSON.parse(line) as Answer)
  }, `the answer to ${n}`)

/** The console's output. */
function tryAtConsole(server: Server, typed: string): Watched {
  const shown = new Watched()
  runTry({ server, print: line => shown.add(`${line}\n`), stamp: utcTime }, typed)
  return shown
}

async function evening() {
  const hosting = await openHosting({ rate: null })
  const zoe = await dialNative(hosting.port, 'ЗОЯ')
  send(zoe, { type: 'join', room: 'ops', n: 1 })
  await answerTo(zoe, 1)
  const spider = await dialNative(hosting.port, 'Spider-Man')
  const spam = ['buy spam', 'good evening', 'spam again'].map(text => ({ type: 'say', room: 'ops', text }))
  send(spider, { type: 'join', room: 'ops' }, ...spam, { type: 'say', text: 'spam', n: 9 })
  await answerTo(spider, 9)
  return { ...hosting, zoe, spider }
}

test('an operator gets the members and messages that a rule would have stopped in its room, with samples', async () => {
  const { zoe } = await evening()
  send(zoe, { type: 'try', rule: 'filter refuse spam', room: 'ops', for: 3600, n: 2 })
  expect(await answerTo(zoe, 2)).toMatchObject({
    ...{ type: 'tried', rule: 'filter refuse spam', room: 'ops', switchOn: '/filter refuse spam' },
    ...{ messages: 3, stopped: { refused: 2, held: 0, warned: 0 }, people: 1, gone: 0 },
    most: [{ name: 'Spider-Man', count: 2 }],
    samples: [{ text: 'buy spam' }, { text: 'spam again' }],
  })
})

test('a trial needs the role that sees the log, and a rule that can be set there', async () => {
  const { zoe, spider } = await evening()
  send(spider, { type: 'try', rule: 'slow 10s', room: 'ops', n: 20 })
  expect(await answerTo(spider, 20)).toMatchObject({ type: 'rejected', code: 'role-needed' })
  send(zoe, { type: 'try', rule: 'slow 10s', room: 'lobby', n: 2 }, { type: 'try', rule: 'slow', room: 'ops', n: 3 })
  send(zoe, { type: 'try', rule: 'slow 10s', room: null, n: 4 }, { type: 'try', rule: 'slow 10s', room: 'tea', n: 5 })
  const codes = await Promise.all([2, 3, 4, 5].map(async n => (await answerTo(zoe, n))['code']))
  expect(codes).toEqual(['role-needed', 'rule-invalid', 'role-needed', 'room-unknown'])
})

test('a trial holds up nothing else of the connection, and there is one at a time', async () => {
  const { zoe } = await evening()
  send(zoe, { type: 'try', rule: 'slow 10s', room: 'ops', n: 2 }, { type: 'try', rule: 'slow 20s', room: 'ops', n: 3 })
  send(zoe, { type: 'say', room: 'ops', text: 'meanwhile', n: 4 })
  expect(await answerTo(zoe, 3)).toMatchObject({ type: 'rejected', code: 'try-busy', retry: true })
  expect(await answerTo(zoe, 2)).toMatchObject({ type: 'tried', rule: 'slow 10s' })
  const order = zoe.heard.text.split('\n').flatMap(line => /"n":([234])\b/.exec(line)?.[1] ?? [])
  expect(order.at(-1)).toBe('2')
  send(zoe, { type: 'try', rule: 'slow 20s', room: 'ops', n: 5 })
  expect(await answerTo(zoe, 5)).toMatchObject({ type: 'tried' })
})

test('a trial ends when its keeper leaves, so that the host can try', async () => {
  const { zoe, server } = await evening()
  const left = firstValueFrom(server.noted$.pipe(filter(({ type }) => type === 'disconnected')))
  send(zoe, { type: 'try', rule: 'slow 10s', room: 'ops', n: 2 }, { type: 'say', room: 'ops', text: 'on', n: 3 })
  await answerTo(zoe, 3)
  zoe.socket.destroy()
  await left
  const shown = tryAtConsole(server, 'filter hold spam over 1h')
  await shown.has('To switch it on')
  expect(shown.lines.filter(line => !line.startsWith('['))).toEqual([
    'TRY: filter hold spam is being tried.',
    expect.stringContaining('it would have held 3 of 5 messages, of 1 person.'),
    'By: Spider-Man 3.',
    'Mostly in: #ops 2, #lobby 1.',
    'To switch it on: /filter hold everywhere spam',
  ])
})

test.each([
  ['slow 10s over 1h', 'The rule cannot be tried: slow is for one room; name the room.'],
  ['slow 10s over 1h in nowhere', 'nowhere'],
  ['', 'TRY rule [over time] [in #room]'],
])('the host is told what is wrong with TRY %s', async (typed, what) => {
  const { server } = await openHosting()
  await tryAtConsole(server, typed).has(what)
})

test('in line mode the result is words', async () => {
  const { port, server } = await evening()
  const line = await dialLine(port, 'a_b')
  server.host({ type: 'op', who: 'a_b', room: 'lobby' })
  await line.heard.has('made a_b an operator')
  line.send('/try filter warn /SPAM/ over 1h\n')
  await line.heard.has('it would have warned about 1 of 1 message, of 1 person.')
  await line.heard.has('server > To switch it on: /filter warn /SPAM/')
})

test('a server that stops ends a trial', async () => {
  const { server, zoe } = await evening()
  send(zoe, { type: 'try', rule: 'slow 10s', room: 'ops', n: 2 })
  await server.close()
})
