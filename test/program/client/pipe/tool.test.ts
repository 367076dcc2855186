/** A pipe whose reader does not keep up, or has gone. */
import { PassThrough, Writable } from 'node:stream'
import { BehaviorSubject, Subject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import type { Client } from '../../../../src/client/session/connection.ts'
import type { Incoming } from '../../../../src/client/session/incoming.ts'
import type { Pending } from '../../../../src/client/session/outbox/pending.ts'
import type { AskOutcome, Status } from '../../../../src/client/session/status.ts'
import type { Reply } from '../../../../src/codec/native/reply.ts'
import { runTool } from '../../../../src/program/client/pipe/tool.ts'

/** A client that hears the test's replies, and leaves on request. */
function puppet() {
  const status$ = new BehaviorSubject<Status>({ state: 'online', name: 'ears', roundTrip: null })
  const incoming$ = new Subject<Incoming>()
  const outcome$ = new Subject<AskOutcome>()
  /** The reply to a command. */
  let reply: Reply = { type: 'ok', n: 1, seq: 2 }
  const client: Client = {
    status$,
    incoming$,
    outcome$,
    waiting$: new BehaviorSubject(0),
    pending$: new BehaviorSubject<readonly Pending[]>([]),
    retry: () => {},
    read: () => {},
    typing: () => {},
    remember: () => null,
    ask: () => {
      queueMicrotask(() => outcome$.next({ id: 1, is: 'done', seq: 2, reply }))
      return 1
    },
    leave: () => status$.next({ state: 'ended', end: { by: 'user', exit: 0 } }),
    close: () => {},
  }
  const hear = (text: string) => {
    const reply = { type: 'said', seq: 1, at: 0, room: 'lobby', from: 'alice', text } as const
    incoming$.next({ reply, replayed: false })
  }
  return {
    client,
    outcome$,
    tell(spoken: Incoming) {
      if (spoken.reply.type === 'history') reply = spoken.reply
      incoming$.next(spoken)
    },
    hear,
    online: () => status$.value.state === 'online',
  }
}

const settings = { room: 'lobby', json: true, follow: true, since: null }

function collect() {
  let text = ''
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      text += chunk
      done()
    },
  })
  return { stream, text: () => text }
}

test('one who takes nothing is kept 64 MiB, then given up: exit code 3, and a sentence', async () => {
  const { client, hear, online } = puppet()
  const errors = collect()
  const output = new Writable({ write: () => {} })
  const exit = runTool(client, settings, { input: new PassThrough(), output, errors: errors.stream })
  let heard = 0
  while (online() && heard < 100) {
    hear('x'.repeat(1_048_576))
    heard++
  }
  expect(heard).toBe(64)
  expect(await exit).toBe(3)
  expect(errors.text()).toBe('rxchat: the program that reads the output is too far behind, so the output ends here.\n')
  const kept = output.writableLength
  hear('and more')
  expect(output.writableLength).toBe(kept)
})

test.each([
  ['one who has gone is no error', 'EPIPE', 0],
  ['[K7] a full disk is one', 'ENOSPC', 1],
])('%s: rxchat leaves, quietly', async (_, code, exitCode) => {
  const { client, hear, online } = puppet()
  const errors = collect()
  const output = new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })) })
  const exit = runTool(client, settings, { input: new PassThrough(), output, errors: errors.stream })
  hear('hello')
  expect(await exit).toBe(exitCode)
  expect(online()).toBe(false)
  expect(errors.text()).toBe('')
})

test.each([
  [false, 'rxchat: Your message in #ops waits until somebody who keeps order there has read it: buy now\n'],
  [true, ''],
])('[Z12] a message of its own that waits is told where no events are printed (--json: %s)', async (json, expected) => {
  const { client, tell } = puppet()
  const errors = collect()
  const streams = { input: new PassThrough(), output: collect().stream, errors: errors.stream }
  const exit = runTool(client, { ...settings, json, follow: false }, streams)
  const welcome = { type: 'welcome', seq: 1, at: 0, id: 'me', name: 'ears', epoch: 'e', session: 's' }
  tell({ reply: { ...welcome, protocol: 1, grace: 0, resumed: false, gap: false } as never, replayed: false })
  for (const id of ['other', 'me']) {
    const held = { type: 'held', seq: 2, at: 0, room: 'ops', from: 'ears', id, text: 'buy now', filter: 1 }
    tell({ reply: held as never, replayed: false })
  }
  client.leave()
  await exit
  expect(errors.text()).toBe(expected)
})

describe('messages that are missing', () => {
  const gap = { type: 'gap', seq: 9042, room: 'ops', after: 1042, missed: 1234 } as const
  const printed = async (json: boolean, reply: Incoming['reply']) => {
    const { client, tell } = puppet()
    const output = collect()
    const exit = runTool(
      client,
      { ...settings, json },
      { input: new PassThrough(), output: output.stream, errors: collect().stream },
    )
    tell({ reply, replayed: true })
    client.leave()
    await exit
    return output.text()
  }

  test('are a line of JSON', async () => {
    expect(JSON.parse(await printed(true, gap))).toEqual(gap)
  })

  test('are a sentence for people', async () => {
    expect(await printed(false, gap)).toBe(
      '#ops 1,234 messages are missing here. /history shows the messages that were kept.\n',
    )
    expect(await printed(false, { type: 'gap', seq: 9, after: 1, missed: 1 })).toBe(
      '1 direct message is missing here.\n',
    )
    expect(await printed(false, { ...gap, missed: 5000, more: true })).toMatch(
      /^#ops 5,000 or more messages are missing/,
    )
  })
})

test('an outcome that is unknown is told with the text in question, and is exit code 6', async () => {
  const { client, outcome$ } = puppet()
  const errors = collect()
  const exit = runTool(client, settings, { input: new PassThrough(), output: collect().stream, errors: errors.stream })
  outcome$.next({ id: 1, is: 'unknown', asked: { type: 'say', room: 'lobby', text: 'pay 5 euros', action: false } })
  client.leave()
  expect(await exit).toBe(6)
  expect(errors.text()).toBe('rxchat: This may not have arrived: "pay 5 euros". Check, and send it again if needed.\n')
})

test('[K6] of a line that is too long the beginning is said, in parts, and that the rest is not: exit code 6', async () => {
  const { client } = puppet()
  const said: string[] = []
  const asking: Client = {
    ...client,
    ask: asked => said.push(asked.type === 'say' ? asked.text : asked.type),
  }
  const errors = collect()
  const input = new PassThrough()
  const exit = runTool(
    asking,
    { ...settings, json: false, follow: false },
    { input, output: collect().stream, errors: errors.stream },
  )
  input.end(`${'x'.repeat(70_000)}\n10%\r20%\r30%\na\u2028b\n`)
  expect(await exit).toBe(6)
  expect(said).toEqual([...Array<string>(8).fill('x'.repeat(8192)), '30%', 'a\u2028b'])
  expect(errors.text()).toContain('a line is longer than 65536 bytes')
})

test('--since alone writes what was said, and nothing else, to stdout', async () => {
  const { client, tell } = puppet()
  const [output, errors] = [collect(), collect()]
  const exit = runTool(
    client,
    { room: 'lobby', json: false, follow: false, since: { after: 1 } },
    { input: new PassThrough(), output: output.stream, errors: errors.stream },
  )
  const at = new Date(2026, 10, 28, 12).getTime()
  const members = [{ name: 'ears', since: at }]
  const live = (reply: Incoming['reply']) => tell({ reply, replayed: false })
  live({ type: 'room', seq: 1, at, room: 'lobby', topic: null, members })
  live({
    type: 'history',
    n: 1,
    seq: 2,
    room: 'lobby',
    messages: [{ seq: 2, at, room: 'lobby', from: 'alice', text: 'hi' }],
    more: false,
  })
  client.leave()
  await exit
  expect(output.text()).toBe('[12:00:00] alice > hi\n')
})

test.each([true, false])(
  '[K6] [K4] a line of invalid UTF-8 is not sent: a sentence, and exit code 6 (json: %s)',
  async json => {
    const { client } = puppet()
    const asked: unknown[] = []
    const errors = collect()
    const input = new PassThrough()
    const tool = { ...client, ask: (one: unknown) => asked.push(one) } as Client
    const exit = runTool(
      tool,
      { ...settings, json, follow: false },
      { input, output: collect().stream, errors: errors.stream },
    )
    input.end(Buffer.from('{"type":"say","text":"bad \xff"}\n', 'latin1'))
    expect(await exit).toBe(6)
    expect(asked).toEqual([])
    expect(errors.text()).toBe(
      'rxchat: a line is not valid UTF-8, and was not sent: {"type":"say","text":"bad \ufffd"}\n',
    )
  },
)
