/** The contract of decoders, in any protocol: rules W2 and W3 of docs/spec.md, byte by byte. */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classicDecoder } from '../../src/codec/classic/decoder.ts'
import type { Ask, Decoder } from '../../src/codec/codec.ts'
import { lineDecoder } from '../../src/codec/line/decoder.ts'
import { nativeDecoder } from '../../src/codec/native/decoder.ts'
import { LINE_MAX_BYTES, NATIVE_LINE_MAX_BYTES, TEXT_MAX_BYTES } from '../../src/model/limits.ts'
import { seedOf } from '../helpers/seeds.ts'

type Subject = {
  readonly name: string
  readonly decoder: Decoder<unknown>
  /** A peer's bytes for `text`; `end` is written after a message. */
  readonly say: (text: string, end: string) => string
  readonly end: string
  /** Bytes of the longest line; null: reads are messages, and no line is too long. */
  readonly max: number | null
  /**
   * Bytes that may be held when nothing is left to pull: a line and its CR; or a message that ends inside a character.
   */
  readonly bound: number
}

const object = (text: string): string => JSON.stringify({ type: 'say', text })

const NATIVE: Subject = {
  name: 'native',
  decoder: nativeDecoder,
  say: (text, end) => `${object(text)}${end}`,
  end: '\n',
  max: NATIVE_LINE_MAX_BYTES,
  bound: NATIVE_LINE_MAX_BYTES + 1,
}
const LINE: Subject = {
  name: 'line',
  decoder: lineDecoder,
  say: (text, end) => `${text}${end}`,
  end: '\n',
  max: LINE_MAX_BYTES,
  bound: LINE_MAX_BYTES + 1,
}
const CLASSIC: Subject = {
  name: 'classic',
  decoder: classicDecoder,
  say: (text, end) => `${text}${end}`,
  end: '',
  max: null,
  bound: TEXT_MAX_BYTES,
}
const SUBJECTS = [NATIVE, LINE, CLASSIC]
const FRAMED = [
  { ...NATIVE, max: NATIVE_LINE_MAX_BYTES },
  { ...LINE, max: LINE_MAX_BYTES },
]

const TEXTS = [
  'x',
  'hello, world',
  '  spaces kept  ',
  '{"type":"say"} <b>&amp;</b> \\ " \' `',
  '日本語のテキスト',
  'Привет, مرحبا, नमस्ते, สวัสดี',
  'ß¿éÿ߿ࠀ\uFFFD',
  '👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👍🏽 ❤️',
  'e\u0301 a\u0308\u0323 ก็ \u0301',
  '𠮷\u{10FFFF}\u{1F600}',
]

const NOT_UTF8: readonly (readonly [string, readonly number[]])[] = [
  ['a continuation without a beginning', [0x80]],
  ['an overlong slash', [0xc0, 0xaf]],
  ['half a surrogate pair', [0xed, 0xa0, 0x80]],
  ['a character beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ['a byte that no character has', [0xfe]],
  ['a character that is cut', [0xe2, 0x82]],
  ['a letter of Latin-1', [0xe9]],
]

/** Asks that the random buffers must lead to: without one of these the test would prove little. */
const REACHED: Readonly<Record<string, readonly string[]>> = {
  native: ['command', 'query', 'hello', 'ping', 'malformed', 'not-utf8', 'line-too-long'],
  line: ['command', 'help', 'hello', 'not-utf8', 'line-too-long', 'name-brace', 'unknown-command', 'usage'],
  classic: ['command', 'hello'],
}

/** Random numbers in [0, 1) that repeat with the seed. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const said = (text: string): Ask => ({
  type: 'command',
  n: null,
  command: { type: 'say', room: 'lobby', text, action: false },
})

type Heard = { readonly asks: Ask[]; readonly carry: unknown }

/** Pulls all requests of `carry`. */
function drain(decoder: Decoder<unknown>, carry: unknown, asks: Ask[] = []): Heard {
  for (let next = decoder.pull(carry, true); ; next = decoder.pull(next.carry, true)) {
    if (!next.ask) return { asks, carry: next.carry }
    asks.push(next.ask)
  }
}

/** The requests of a named peer in these chunks, each chunk handled as it comes. */
function hear(decoder: Decoder<unknown>, chunks: readonly Uint8Array[]): Heard {
  let heard: Heard = { asks: [], carry: decoder.empty }
  for (const chunk of chunks) heard = drain(decoder, decoder.push(heard.carry, chunk), heard.asks)
  return heard
}

const asksOf = (decoder: Decoder<unknown>, ...chunks: readonly Uint8Array[]): Ask[] => hear(decoder, chunks).asks

const cutAt = (bytes: Uint8Array, at: number): readonly [Uint8Array, Uint8Array] => [
  bytes.subarray(0, at),
  bytes.subarray(at),
]

/** Whether a character begins here, or the text ends. */
const isBoundary = (bytes: Uint8Array, at: number): boolean => ((bytes[at] ?? 0) & 0xc0) !== 0x80

/** Cuts at all places in `at`, in any order. */
function chop(bytes: Uint8Array, at: readonly number[]): readonly Uint8Array[] {
  const cuts = [0, ...at.map(place => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return cuts.slice(1).map((end, i) => bytes.subarray(cuts[i], end))
}

const inSteps = (bytes: Uint8Array, step: number): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) => bytes.subarray(i * step, (i + 1) * step))

/** The cuts of `bytes` in two that change the requests. In the original's protocol a read ends a message. */
function badCuts({ decoder, max }: Subject, bytes: Uint8Array, step = 1): readonly number[] {
  const whole = asksOf(decoder, bytes)
  const bad: number[] = []
  for (let at = 0; at <= bytes.length; at += step) {
    const [left, right] = cutAt(bytes, at)
    const due = max === null && isBoundary(bytes, at) ? [...asksOf(decoder, left), ...asksOf(decoder, right)] : whole
    if (!isDeepStrictEqual(asksOf(decoder, left, right), due)) bad.push(at)
  }
  return bad
}

describe.each(SUBJECTS)('$name: a message means the same however its bytes are cut', subject => {
  const { decoder, say, end, max } = subject

  test.each(TEXTS)('[W2] %j, cut in two at every byte', text => {
    for (const ending of [end, '\n', '\r\n']) {
      const bytes = bytesOf(say(text, ending))
      expect(asksOf(decoder, bytes)).toEqual([said(text)])
      expect(badCuts(subject, bytes)).toEqual([])
    }
  })

  test('[W2] a whole conversation, cut in two at every byte', () => {
    const bytes = bytesOf(TEXTS.map((text, i) => say(text, i % 2 === 0 ? '\n' : '\r\n')).join('\r\n\n'))
    expect(asksOf(decoder, bytes)).toEqual(TEXTS.map(said))
    expect(badCuts(subject, bytes)).toEqual([])
  })

  test('[W2] a whole conversation, byte by byte', () => {
    const bytes = bytesOf(TEXTS.map(text => say(text, '\r\n')).join(''))
    const characters = TEXTS.flatMap(text => [...text]).filter(character => character.trim() !== '')
    const due = max === null ? characters.map(said) : TEXTS.map(said)
    expect(asksOf(decoder, ...inSteps(bytes, 1))).toEqual(due)
  })

  test('[W2] many messages in one chunk are all read, in time that grows with their number alone', () => {
    const count = 100_000
    const asks = asksOf(decoder, bytesOf(say('hi', '\n').repeat(count)))
    expect(asks.length).toBe(count)
    expect(asks.at(-1)).toEqual(said('hi'))
  })

  test('[W2] an empty chunk changes nothing, even inside a character', () => {
    const bytes = bytesOf(say('a😀é', end))
    const nothing = new Uint8Array(0)
    expect(asksOf(decoder, nothing)).toEqual([])
    for (let at = 0; at <= bytes.length; at++) {
      const [left, right] = cutAt(bytes, at)
      expect(asksOf(decoder, left, nothing, nothing, right)).toEqual(asksOf(decoder, left, right))
    }
  })

  test.each([
    ['\n', ''],
    ['\r\n', ''],
    [' \t\u3000\n', ''],
    ['\n', say('hi', end)],
    ['\r\n', say('hi', end)],
  ])('[W3] %j over and over, then %j: blank lines are passed over, however many come at once', (blank, then) => {
    const { asks, carry } = hear(decoder, [bytesOf(blank.repeat(100_000) + then)])
    expect(asks).toEqual(then === '' ? [] : [said('hi')])
    expect(decoder.size(carry)).toBe(0)
  })

  test('[W3] the carry holds the bytes that came and were not yet taken', () => {
    const bytes = bytesOf(say('日本', end))
    const pushed = decoder.push(decoder.push(decoder.empty, bytes), bytes)
    expect(decoder.size(decoder.empty)).toBe(0)
    expect(decoder.size(pushed)).toBe(2 * bytes.length)
    const { ask, carry } = decoder.pull(pushed, true)
    expect(ask).toEqual(said('日本'))
    expect(decoder.size(carry)).toBe(bytes.length)
    expect(decoder.size(drain(decoder, carry).carry)).toBe(0)
  })

  test('[W2] the end of the connection makes what is left over whole', () => {
    const bytes = bytesOf(say('日本', ''))
    for (const chunks of [[bytes], [...cutAt(bytes, bytes.length - 2)]]) {
      const left = chunks.reduce<unknown>((carry, chunk) => decoder.push(carry, chunk), decoder.empty)
      const { asks, carry } = drain(decoder, decoder.finish(left))
      expect(asks).toEqual([said('日本')])
      expect(decoder.size(carry)).toBe(0)
    }
  })

  test('[W2] the end of the connection after a whole message brings nothing more', () => {
    const { carry } = hear(decoder, [bytesOf(say('hi', end))])
    expect(drain(decoder, decoder.finish(carry)).asks).toEqual([])
    expect(drain(decoder, decoder.finish(decoder.empty)).asks).toEqual([])
  })
})

describe.each(FRAMED)('$name: lines have an end and a bound', subject => {
  const { decoder, max, bound, say } = subject
  const tooLong: Ask = { type: 'malformed', n: null, code: 'line-too-long', detail: `${max} bytes` }
  const next = bytesOf(say('next', '\n'))
  const room = max - bytesOf(say('', '')).length
  /** Characters of every width, as many bytes as fit into a line. */
  const longest = 'xé€😀'.repeat(Math.floor(room / 10)) + 'x'.repeat(room % 10)
  const conversation = bytesOf(TEXTS.map(text => say(text, '\n')).join('\r\n'))

  test('[W2] a conversation means the same however it is chopped, and whenever its messages are taken', () => {
    const take = fc.integer({ min: 0, max: 4 })
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), fc.array(take, { maxLength: 41 }), (at, takes) => {
        const asks: Ask[] = []
        let carry = decoder.empty
        for (const [i, chunk] of chop(conversation, at).entries()) {
          carry = decoder.push(carry, chunk)
          for (let n = takes[i] ?? 0; n > 0; n--) {
            const next = decoder.pull(carry, true)
            if (next.ask) asks.push(next.ask)
            carry = next.carry
          }
        }
        expect(drain(decoder, decoder.finish(carry), asks).asks).toEqual(TEXTS.map(said))
      }),
    )
  })

  test('[W2] the longest line, byte by byte, and cut in two', () => {
    const bytes = bytesOf(say(longest, '\r\n'))
    expect(bytes.length).toBe(max + 2)
    const asks: Ask[] = []
    const end = inSteps(bytes, 1).reduce<unknown>((carry, byte, at) => {
      if (at === max + 1) expect(asks).toEqual([])
      return drain(decoder, decoder.push(carry, byte), asks).carry
    }, decoder.empty)
    expect(asks).toEqual([said(longest)])
    expect(decoder.size(end)).toBe(0)
    // All 65,536 cuts of the longest native line take too long; every 11th meets each place in each character.
    expect(badCuts(subject, bytes, max > 10_000 ? 11 : 1)).toEqual([])
  })

  test.each([
    ['one byte', 1],
    ['two bytes', 2],
    ['ten times the bound', 10 * max],
  ])('[W3] a line that is too long by %s is reported once, and the next line is read right', (_, excess) => {
    for (const ending of ['\n', '\r\n']) {
      const line = bytesOf(say(longest + 'x'.repeat(excess), ending))
      const bytes = Uint8Array.from([...line, ...next, ...next])
      for (const step of [97, max, max + 1, max + 2, line.length, bytes.length]) {
        const { asks, carry } = hear(decoder, inSteps(bytes, step))
        expect(asks).toEqual([tooLong, said('next'), said('next')])
        expect(decoder.size(carry)).toBe(0)
      }
    }
  })

  test('[W3] as much is held as the longest line and its CR have; one byte more is too long, and all is dropped', () => {
    const { asks, carry } = hear(decoder, [new Uint8Array(bound).fill(0x78)])
    expect(asks).toEqual([])
    expect(decoder.size(carry)).toBe(bound)
    const over = drain(decoder, decoder.push(carry, Uint8Array.of(0x78)))
    expect(over.asks).toEqual([tooLong])
    expect(decoder.size(over.carry)).toBe(0)
  })

  test('[W3] a line that never ends is reported once, and next to nothing of it is held', () => {
    const chunk = new Uint8Array(1000).fill(0x78)
    const asks: Ask[] = []
    let carry = decoder.empty
    for (let i = 0; i < 1000; i++) {
      carry = drain(decoder, decoder.push(carry, chunk), asks).carry
      expect(decoder.size(carry)).toBeLessThanOrEqual(bound)
    }
    expect(asks).toEqual([tooLong])
    expect(drain(decoder, decoder.finish(carry)).asks).toEqual([])
  })

  test.each(NOT_UTF8)('[W3] %s is reported, and the next line is read right', (_, wrong) => {
    const quoted = [...bytesOf(say('a', '')), ...wrong, ...bytesOf(say('b', ''))]
    const notUtf8: Ask = { type: 'malformed', n: null, code: 'not-utf8', detail: '' }
    for (const line of [quoted, [...bytesOf(say('a', '')), ...wrong], wrong]) {
      const bytes = Uint8Array.from([...line, 0x0d, 0x0a, ...next])
      expect(asksOf(decoder, bytes)).toEqual([notUtf8, said('next')])
      expect(badCuts(subject, bytes)).toEqual([])
      expect(drain(decoder, decoder.finish(decoder.push(decoder.empty, Uint8Array.from(line)))).asks).toEqual([notUtf8])
    }
  })
})

describe('classic: a read is a message', () => {
  const { decoder } = CLASSIC

  test('[W2] two reads are two messages, and a read of several lines is several', () => {
    expect(asksOf(decoder, bytesOf('hello'), bytesOf('world'))).toEqual([said('hello'), said('world')])
    expect(asksOf(decoder, bytesOf('one\ntwo\r\nthree'), bytesOf('four'))).toEqual(
      ['one', 'two', 'three', 'four'].map(said),
    )
  })

  test('[W2] the first message is the name; what comes in the same read is said', () => {
    const first = decoder.pull(decoder.push(decoder.empty, bytesOf('alice\r\nhi\n')), false)
    expect(first.ask).toEqual({ type: 'hello', name: 'alice', room: null, history: null })
    expect(drain(decoder, first.carry).asks).toEqual([said('hi')])
  })

  test('[W2] a message in many reads is one, as long as each but the last ends inside a character', () => {
    const bytes = bytesOf('日本語'.repeat(100))
    const cuts = Array.from({ length: 299 }, (_, i) => 3 * i + 1 + (i % 2))
    expect(asksOf(decoder, ...chop(bytes, cuts))).toEqual([said('日本語'.repeat(100))])
  })

  test('[W3] of a message that is too long to be said no more than a piece of a character is held', () => {
    const bytes = bytesOf('€'.repeat(TEXT_MAX_BYTES)).subarray(0, -1)
    const { asks, carry } = hear(decoder, [bytes])
    expect(asks).toEqual([said('€'.repeat(TEXT_MAX_BYTES - 1))])
    expect(decoder.size(carry)).toBe(2)
  })

  test.each(NOT_UTF8)('[W3] %s is replaced, and the next message is read right', (_, wrong) => {
    const { asks, carry } = hear(decoder, [Uint8Array.from([0x61, ...wrong, 0x62]), bytesOf('next')])
    expect(asks).toEqual([said(expect.stringMatching(/^a\uFFFD+b$/)), said('next')])
    expect(decoder.size(carry)).toBe(0)
  })

  test('[W2] a character that is still cut at the end is replaced', () => {
    const carry = decoder.finish(decoder.push(decoder.empty, Uint8Array.of(0x61, 0xe2, 0x82)))
    expect(drain(decoder, carry).asks).toEqual([said('a\uFFFD')])
  })
})

describe.each(SUBJECTS)('$name: anything may come', ({ name, decoder, bound, say }) => {
  const valid = [
    ...TEXTS.map(text => say(text, '\r\n')),
    ...['{"type":"hello","name":"alice"}', '{"type":"ping","id":1}', '{"type":"who","n":1}'].map(line => `${line}\n`),
    ...['/join ops', '/msg bob hi', '/me', '/help', '/topic -', '//', '/'].map(line => `${line}\n`),
  ].map(bytesOf)

  test('[W3] 34,000 random, mutated or cut buffers never throw and never grow what is held', () => {
    const random = mulberry32(seedOf(0x5eed + name.length))
    const below = (end: number): number => Math.floor(random() * end)
    const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T
    const junk = (length: number): Uint8Array => Uint8Array.from({ length }, () => below(256))

    /** A valid message with some bytes replaced, removed or doubled. */
    const mutated = (): Uint8Array => {
      const bytes = [...pick(valid)]
      for (let i = below(4); i >= 0; i--) bytes.splice(below(bytes.length), below(3), ...junk(below(3)))
      return Uint8Array.from(bytes)
    }
    const prefix = (): Uint8Array => {
      const bytes = pick(valid)
      return bytes.subarray(0, below(bytes.length + 1))
    }
    const run = (): Uint8Array => {
      const byte = pick([0x00, 0x0a, 0x0d, 0x20, 0x22, 0x2f, 0x5b, 0x78, 0x80, 0xc3, 0xe2, 0xf0, 0xff])
      return new Uint8Array(below(random() < 0.01 ? 3 * NATIVE_LINE_MAX_BYTES : 300)).fill(byte)
    }
    const newline = (): Uint8Array => Uint8Array.of(0x0a)
    const buffers = [() => junk(below(80)), mutated, prefix, run, newline]

    const kinds = new Map<string, number>()
    let carry = decoder.empty
    for (let i = 0; i < 34_000; i++) {
      carry = decoder.push(carry, pick(buffers)())
      const ends = random() < 0.02
      if (ends) carry = decoder.finish(carry)
      for (;;) {
        const next = decoder.pull(carry, random() < 0.9)
        carry = next.carry
        if (!next.ask) break
        const kind = next.ask.type === 'malformed' ? next.ask.code : next.ask.type
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      }
      const size = decoder.size(carry)
      if (size > (ends ? 0 : bound)) throw new Error(`${size} bytes held after buffer ${i}`)
      if (ends) carry = decoder.empty
    }
    expect(Object.fromEntries(kinds)).toMatchObject(
      Object.fromEntries(REACHED[name]?.map(kind => [kind, expect.any(Number)]) ?? []),
    )
  })
})

/** The texts of a named peer in these chunks. */
const textsBy = (decoder: Decoder<unknown>, ...chunks: readonly Uint8Array[]): readonly (string | null)[] =>
  asksOf(decoder, ...chunks).map(ask => (ask.type === 'command' && 'text' in ask.command ? ask.command.text : null))

describe.each(SUBJECTS)('$name', ({ decoder, say, end, max }) => {
  test('[W2] a byte order mark before all else is dropped, however it is cut; behind that it is text', () => {
    const bytes = bytesOf(`\uFEFF${say('one', end)}`)
    for (let at = 0; at <= (max === null ? 3 : bytes.length); at++) {
      expect(textsBy(decoder, ...cutAt(bytes, at)), `${at}`).toEqual(['one'])
    }
    expect(textsBy(decoder, bytesOf(say('one', '\n')), bytesOf(say('\uFEFFtwo', '\n')))).toEqual(['one', '\uFEFFtwo'])
  })

  test('[W2] U+2028 and U+2029 end nothing', () => {
    expect(textsBy(decoder, bytesOf(say('a\u2028b\u2029c\u0085d', '\n')))).toEqual(['a\u2028b\u2029c\u0085d'])
  })
})

describe.each([LINE, CLASSIC])('$name', ({ decoder }) => {
  test.each([
    ['10%\r20%\r30%\n', '30%'],
    ['10%\r20%\r30%\r\n', '30%'],
    ['10%\r\r\r\n', '10%'],
    ['\rdone\n', 'done'],
    ['a\r \n', ' '],
  ])('[W2] a line that is written over itself is its last state: %j', (written, last) => {
    expect(textsBy(decoder, bytesOf(`x\n${written}`))[1] ?? ' ').toBe(last)
  })
})
