/** Lines that never end, lines of nothing, lines that cost much to read, and far too many of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FLOOD_MAX, NATIVE_LINE_MAX_BYTES, RATE_BURST } from '../../src/model/limits.ts'
import { dial, enter, frugally, type Host, hello, host, newcomerIsAnswered, object, say, type Wire } from './helpers.ts'

const MEBIBYTE = 1_048_576
const MILLION = 1_000_000
/** Blank lines that are no flood yet. */
const SOME = 900

/** A server as it comes, and one that takes as much as anybody sends. */
let strict: Host
let lax: Host
beforeAll(async () => {
  strict = await host(['--grace', '0'])
  lax = await host(['--grace', '0', '--rate', 'off'], frugally)
})
afterAll(async () => {
  await strict[Symbol.asyncDispose]()
  await lax[Symbol.asyncDispose]()
})

let people = 0
const someone = (): string => `someone${++people}`
const native = (server: Host): Promise<Wire> => enter(server.port, someone())

async function line(server: Host): Promise<Wire> {
  const wire = await dial(server.port)
  wire.send(`${someone()}\n`)
  await wire.until(/In #lobby: .*\n/)
  return wire
}

async function classic(server: Host): Promise<Wire> {
  const wire = await dial(server.port)
  wire.send(someone())
  await wire.until(/&Host.*&/)
  return wire
}

const count = (text: string, part: string): number => text.split(part).length - 1

/** `ask` and its answer show that the server still listens to this very connection. */
describe.each([
  { protocol: 'native', guest: native, ask: object({ type: 'ping', id: 'x' }), answer: /"type":"pong","id":"x"/ },
  { protocol: 'line mode', guest: line, ask: '/rooms\n', answer: /Rooms: #lobby/ },
])('in $protocol', ({ protocol, guest, ask, answer }) => {
  test('a line of 1 MiB is refused once, and the next one is heard [W3]', async () => {
    using wire = await guest(strict)
    wire.send('x'.repeat(MEBIBYTE))
    await wire.until(/The line is longer than \d+ bytes/)
    wire.send(`\n${ask}`)
    await wire.until(answer)
    expect(count(wire.heard.text, 'The line is longer')).toBe(1)
    await newcomerIsAnswered(strict.port)
  })

  test('some newlines at once are passed over [W3]', async () => {
    using wire = await guest(strict)
    wire.send('\n'.repeat(SOME) + ask)
    await wire.until(answer)
    expect(wire.heard.text).not.toMatch(/rejected|Slow down/)
    await newcomerIsAnswered(strict.port)
  })

  test('a million newlines at once are a flood, and end the connection [L6]', async () => {
    using wire = await guest(strict)
    wire.send('\n'.repeat(MILLION) + ask)
    await wire.until(/flooding|far more than/)
    await newcomerIsAnswered(strict.port)
  })

  test('lines that never end are not kept [W3]', async () => {
    const wires = await Promise.all(Array.from({ length: 16 }, () => guest(lax)))
    const sizes: number[] = []
    for (let round = 0; round < 2; round++) {
      for (const { heard, send } of wires) {
        heard.text = ''
        send('x'.repeat(4 * MEBIBYTE))
        send(`\n${ask}`)
      }
      await Promise.all(wires.map(({ until }) => until(answer)))
      sizes.push(lax.memory() / MEBIBYTE)
    }
    for (const { socket } of wires) socket.destroy()
    const [first = 0, second = 0] = sizes
    console.info(`${protocol}: 64 MiB of lines that never end, twice: ${first.toFixed()}, then ${second.toFixed()} MiB`)
    expect(second - first).toBeLessThan(32)
  })
})

describe('in classic', () => {
  test('1 MiB without a newline is refused, and the next message is heard [W3]', async () => {
    using alice = await native(lax)
    using wire = await classic(lax)
    wire.send('x'.repeat(MEBIBYTE))
    await wire.until(/The text is longer than \d+ bytes/)
    wire.send('\nstill here')
    await alice.until(/"text":"still here"/)
    await newcomerIsAnswered(lax.port)
  })

  test('some newlines at once are passed over [W3]', async () => {
    using alice = await native(strict)
    using wire = await classic(strict)
    wire.send(`${'\n'.repeat(SOME)}still here`)
    await alice.until(/"text":"still here"/)
    expect(count(alice.heard.text, '"type":"said"')).toBe(1)
    await newcomerIsAnswered(strict.port)
  })
})

describe('before there is a name', () => {
  test.each([
    ['1 MiB without a newline', 'x'.repeat(MEBIBYTE), /^NOT_UNIQUE$/],
    ['1 MiB of NUL', Buffer.alloc(MEBIBYTE), /^NOT_UNIQUE$/],
    ['1 MiB of native', `{"type":"hello","name":"${'x'.repeat(MEBIBYTE)}`, /line-too-long/],
    ['1 MiB of line mode', `\n${'x'.repeat(MEBIBYTE)}`, /The line is longer than/],
    ['1 MiB of telnet', Buffer.concat([Buffer.alloc(MEBIBYTE, 0xff), Buffer.of(10)]), /The line is longer than/],
    ['some newlines, and then no name', `${'\n'.repeat(SOME)}a/b\n`, /The name contains "\/"/],
    ['some newlines of native', `{}${'\n'.repeat(SOME)}{"type":"ping","id":7}\n`, /"type":"pong","id":7/],
    ['a million newlines of native', `{}${'\n'.repeat(MILLION)}`, /"code":"flooding"/],
  ])('%s gets its answer [W3]', async (_, bytes, answer) => {
    using wire = await dial(strict.port)
    wire.send(bytes)
    await wire.until(answer)
    await newcomerIsAnswered(strict.port)
  })
})

describe('lines that cost much to read', () => {
  const room = NATIVE_LINE_MAX_BYTES - 100
  const deep = '['.repeat(room / 2) + ']'.repeat(room / 2)
  test.each([
    ['arrays in arrays', deep],
    ['arrays that never end', '['.repeat(room)],
    ['objects in objects', `${'{"a":'.repeat(room / 6)}1${'}'.repeat(room / 6)}`],
    ['a type that is deep', `{"type":${deep}}`],
    ['a text that is deep', `{"type":"say","text":${deep}}`],
    ['features that are none', `{"type":"hello","name":"x","features":[${'1,'.repeat(room / 3)}1]}`],
  ])('are malformed, and no more than that: %s [W3]', async (_, asked) => {
    using wire = await native(strict)
    wire.send(`${asked}\n${object({ type: 'ping', id: 'x' })}`)
    await wire.until(/"type":"rejected","code":"malformed".*\n.*"type":"pong","id":"x"/)
  })

  test('a field that nobody knows may be as deep as a line is long', async () => {
    using wire = await native(strict)
    wire.send(`{"type":"say","n":1,"text":"hi","deep":${deep}}\n`)
    await wire.until(/"type":"ok","n":1/)
  })

  // To put the marks of one such name in order takes NFC half a second: 300 of them would outlast the test.
  test('names of thousands of marks are refused unread [W3]', async () => {
    using wire = await native(lax)
    const marks = `x${'\u0301\u0316'.repeat(15_000)}`
    const asked = [
      { type: 'nick', name: marks },
      { type: 'join', room: marks },
      { type: 'say', text: 'hi', room: marks },
      { type: 'who', room: marks },
      { type: 'tell', to: marks, text: 'hi' },
    ]
    for (let n = 0; n < 300; n++) wire.send(object({ ...asked[n % asked.length], n: n + 1 }))
    wire.send(object({ type: 'ping', id: 'x' }))
    await wire.until(/"type":"pong","id":"x"/)
    expect(count(wire.heard.text, '"type":"rejected"')).toBe(300)
    await newcomerIsAnswered(lax.port)
  })
})

describe('a flood', () => {
  const lines = 10 * FLOOD_MAX
  const sentence = 'You sent far more than the server accepts\\.'
  test.each([
    { protocol: 'native', guest: native, slow: /"code":"slow-down"/, end: /"type":"closed","code":"flooding".*\n$/ },
    { protocol: 'line mode', guest: line, slow: /Slow down: /, end: new RegExp(`${sentence}.*\n$`) },
    { protocol: 'classic', guest: classic, slow: /Slow down: /, end: new RegExp(`${sentence}[^\n]*$`) },
  ])(
    'of $protocol is told to slow down, then let go, and holds nobody up [L1]',
    async ({ protocol, guest, slow, end }) => {
      using alice = await native(strict)
      using bob = await native(strict)
      using flooder = await guest(strict)
      const texts = Array.from({ length: RATE_BURST - 10 }, (_, k) => `message ${k}`)
      const talking = (async () => {
        for (const [k, text] of texts.entries()) {
          alice.send(say(text, { n: k + 1 }))
          for (const wire of [alice, bob]) await wire.until(new RegExp(`"text":"${text}"`))
        }
      })()
      const flood = protocol === 'native' ? say('flood') : 'flood\n'
      flooder.send(flood.repeat(RATE_BURST + 20))
      await flooder.until(slow)
      flooder.send(flood.repeat(lines))
      await flooder.until(end)
      await flooder.over
      await talking
      for (const { heard } of [alice, bob]) {
        expect([...heard.text.matchAll(/"text":"(message \d+)"/g)].map(([, text]) => text)).toEqual(texts)
      }
      await newcomerIsAnswered(strict.port)
    },
  )

  test('of hellos is no different: the connection is let go [L1]', async () => {
    using wire = await dial(strict.port)
    wire.send(hello('no name').repeat(lines))
    await wire.until(/"type":"closed","code":"flooding".*\n$/)
    await wire.over
    await newcomerIsAnswered(strict.port)
  })
})
