/** Output for clients on a WebSocket: the native objects, each in a frame that any parser takes (RFC 6455, 5.2). */
import fc from 'fast-check'
import { Map as IMap } from 'immutable'
import { describe, expect, test } from 'vitest'
import { Receiver } from 'ws'
import type { Outgoing } from '../../src/codec/codec.ts'
import { nativeEncoding } from '../../src/codec/native/encoding.ts'
import { websocketEncoding } from '../../src/codec/websocket/encoding.ts'
import { OPCODE, textFrame } from '../../src/codec/websocket/frame.ts'
import { ERRORS, type ErrorCode } from '../../src/model/error.ts'
import { emptyRoom, type MemberView } from '../../src/model/view.ts'
import { written } from '../helpers/written.ts'

/** The messages that the parser of a client finds in these bytes. */
function parsed(bytes: Uint8Array): readonly (readonly [string, string])[] {
  const found: [string, string][] = []
  const receiver = new Receiver({ isServer: false, maxPayload: 0, maxFragments: 0, maxBufferedChunks: 0 })
  receiver.on('message', (payload: Buffer, binary: boolean) => found.push([binary ? 'binary' : 'text', `${payload}`]))
  receiver.on('ping', (payload: Buffer) => found.push(['ping', `${payload}`]))
  receiver.on('error', error => {
    throw error
  })
  receiver.write(Buffer.from(bytes))
  return found
}
const told = (outgoing: Outgoing): readonly (readonly [string, string])[] =>
  parsed(written(websocketEncoding.encode(outgoing)))

const memberOf = (name: string): MemberView => ({ id: name, name, since: 5, away: null })

const SAID: Outgoing = {
  ...{ type: 'event', seq: 7, at: 1, i: 0, last: true, text: 'hi' },
  event: { type: 'said', author: 'm', from: 'alice', room: 'lobby', action: false, everyone: false },
} as Outgoing

const code = fc.constantFrom(...(Object.keys(ERRORS) as ErrorCode[]))
const detail = fc.string({ unit: 'binary', maxLength: 300 })
const outgoing: fc.Arbitrary<Outgoing> = fc.oneof(
  fc.record({ type: fc.constant('rejected' as const), at: fc.nat(), n: fc.option(fc.nat()), code, detail }),
  fc.record({ type: fc.constant('pong' as const), id: fc.option(fc.oneof(detail, fc.nat())), seq: fc.nat() }),
  fc.record({ type: fc.constant('help' as const), at: fc.nat() }),
)

describe('a frame', () => {
  test.each([
    [0, '8100'],
    [1, '810178'],
    [125, '817d'],
    [126, '817e007e'],
    [65_535, '817effff'],
    [65_536, '817f0000000000010000'],
    [1_000_000, '817f00000000000f4240'],
  ])('of %i bytes says its length in as few bytes as it can', (length, head) => {
    const bytes = textFrame('x'.repeat(length))
    expect(Buffer.from(bytes).toString('hex').startsWith(head)).toBe(true)
    expect(parsed(bytes)).toEqual([['text', 'x'.repeat(length)]])
  })

  test('holds any text whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => {
        expect(parsed(textFrame(text))).toEqual([['text', text.toWellFormed()]])
      }),
    )
  })
})

describe('the output', () => {
  test('is the native object without its newline, one a frame', () => {
    fc.assert(
      fc.property(outgoing, outgoing => {
        const lines = `${written(nativeEncoding.encode(outgoing))}`.split('\n').slice(0, -1)
        expect(told(outgoing)).toEqual(lines.map(line => ['text', line]))
      }),
    )
    expect(told(SAID)).toEqual([['text', `${written(nativeEncoding.encode(SAID))}`.trimEnd()]])
  })

  test('of a ping is the object, which moves the cursor, and the frame, which a sleeping page answers too [V1]', () => {
    expect(told({ type: 'ping', seq: 9 })).toEqual([
      ['text', '{"type":"ping","seq":9}'],
      ['ping', ''],
    ])
    expect(OPCODE.ping).toBe(9)
  })

  test('of a large room is one message around the memory of its list', () => {
    for (const size of [200, 2000]) {
      const members = IMap(Array.from({ length: size }, (_, k) => [`李${k}`, memberOf(`李${k}`)] as const))
      const room: Outgoing = { type: 'room', seq: 1, at: 9, view: { ...emptyRoom('ops'), members } }
      expect(told(room)).toEqual([['text', `${written(nativeEncoding.encode(room))}`.trimEnd()]])
      expect(websocketEncoding.encode(room)[0]).toHaveProperty('shared')
    }
  })

  test('may be written one after another', () => {
    const all = [SAID, { type: 'ping', seq: 9 } as const, SAID].flatMap(one => websocketEncoding.encode(one))
    expect(parsed(written(all)).map(([type]) => type)).toEqual(['text', 'text', 'ping', 'text'])
  })
})
