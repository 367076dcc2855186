/** The native protocol: each request and each reply of docs/protocol.md, to the byte. */
import fc from 'fast-check'
import { Map as IMap } from 'immutable'
import { describe, expect, test } from 'vitest'
import type { Ask, Outgoing, Welcome } from '../../src/codec/codec.ts'
import { nativeDecoder, readAny, readRequest } from '../../src/codec/native/decoder.ts'
import { nativeEncoding } from '../../src/codec/native/encoding.ts'
import { followMembers } from '../../src/codec/native/member-list.ts'
import { readReply } from '../../src/codec/native/reply.ts'
import { harmless } from '../../src/codec/native/sanitiser.ts'
import { CLOSINGS, type CloseCode } from '../../src/model/closing.ts'
import type { Command } from '../../src/model/command.ts'
import { ERRORS, type ErrorCode } from '../../src/model/error.ts'
import type { PublicEvent, RoomEvent } from '../../src/model/event.ts'
import { NATIVE_LINE_MAX_BYTES } from '../../src/model/limits.ts'
import type { Message } from '../../src/model/message/message.ts'
import { ACT_KINDS } from '../../src/model/state/keeping.ts'
import { emptyRoom, type MemberView, type RoomView } from '../../src/model/view.ts'
import { evolveRoom } from '../../src/reducer/evolve-room.ts'
import { type OfAnybody, ofAnybody } from '../helpers/of-anybody.ts'
import { runs } from '../helpers/seeds.ts'
import { written } from '../helpers/written.ts'

const command = (value: Command, n: number | null = null): Ask => ({ type: 'command', n, command: value })
const malformed = (detail: string | RegExp, n: number | null = null): Ask => ({
  type: 'malformed',
  n,
  code: 'malformed',
  detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
})
const NOT_JSON = malformed('the line is not JSON')
const NO_OBJECT = malformed('it is not an object of this protocol')

describe('requests', () => {
  const hello = { type: 'hello', name: 'alice', room: null, history: null } as const
  const told = { type: 'tell', to: 'b', text: 'hi', action: false } as const
  const history = { type: 'history', room: 'lobby', before: null, after: null, since: null, limit: 50 } as const
  const search = { type: 'search', words: 'tea', room: null, before: null, limit: 50 } as const
  const nothing = { cursor: 0, epoch: '', whole: false, history: null, enter: null }
  const resume: Ask = { type: 'resume', token: 't', ...nothing }
  const CASES: readonly (readonly [string, Ask])[] = [
    ['{"type":"hello","name":"alice"}', hello],
    ['{"type":"hello","name":"alice","room":null}', hello],
    ['{"type":"hello","name":"","room":"#Ops"}', { ...hello, name: '', room: '#Ops' }],
    ['{"type":"hello","name":"alice","features":["a","b"]}', hello],
    ['{"type":"hello","token":"t"}', resume],
    ['{"type":"hello","token":"t","cursor":7,"epoch":"e","room":"ops"}', { ...resume, cursor: 7, epoch: 'e' }],
    ['{"type":"hello","token":"t","whole":true}', { ...resume, whole: true }],
    [
      `{"type":"hello","name":"alice","token":"${'t'.repeat(32)}","cursor":7,"epoch":"e","history":0}`,
      {
        ...{ ...resume, token: 't'.repeat(32), cursor: 7, epoch: 'e', history: 0 },
        enter: { name: 'alice', room: null },
      },
    ],
    [
      `{"type":"hello","name":"alice","token":"${'t'.repeat(31)}"}`,
      { type: 'malformed', n: null, code: 'token-short', detail: '' },
    ],
    ['{"type":"hello","name":"alice","history":7}', { ...hello, history: 7 }],
    [
      '{"type":"hello","name":"Mr.Blue","account":{"password":"open says me"},"invite":"i"}',
      {
        ...{ type: 'hello', name: 'Mr.Blue', room: null, history: null },
        ...{ account: { password: 'open says me' }, invite: 'i' },
      },
    ],
    ['{"type":"hello","name":"b","account":{"passkey":true}}', { ...hello, name: 'b', account: { passkey: true } }],
    ['{"type":"hello","account":{"passkey":true}}', { ...hello, name: '', account: { passkey: true } }],
    [
      '{"type":"hello","name":"b","register":{"password":"p","key":"k","label":"desk","more":1}}',
      { ...hello, name: 'b', register: { password: 'p', key: 'k', label: 'desk' } },
    ],
    ['{"type":"prove"}', { type: 'prove', proof: {} }],
    ['{"type":"prove","signature":"s","seen":"plain"}', { type: 'prove', proof: { signature: 's', seen: 'plain' } }],
    ['{"type":"register","n":1,"password":"p"}', command({ type: 'register', password: 'p' }, 1)],
    ['{"type":"login","name":"b","account":{"key":"k"}}', command({ type: 'login', name: 'b', account: { key: 'k' } })],
    ['{"type":"password","n":1,"old":"o","new":"p"}', command({ type: 'password', old: 'o', new: 'p' }, 1)],
    ['{"type":"keep","n":1,"secret":"s","label":"l"}', command({ type: 'keep', secret: 's', label: 'l' }, 1)],
    ['{"type":"add-key","n":1,"key":"k"}', command({ type: 'add-key', key: 'k' }, 1)],
    ['{"type":"passkey","n":1}', command({ type: 'passkey' }, 1)],
    ['{"type":"add-passkey","n":1,"response":{"id":"x"}}', command({ type: 'add-passkey', response: { id: 'x' } }, 1)],
    ['{"type":"revoke","n":1,"credential":"c"}', command({ type: 'revoke', credential: 'c' }, 1)],
    ['{"type":"logout"}', command({ type: 'logout', everywhere: false })],
    ['{"type":"read","room":"ops","seq":7}', command({ type: 'read', room: 'ops', seq: 7 })],
    ['{"type":"tell","to":"b","id":"m1","text":"hi"}', command({ ...told, to: 'b', id: 'm1' })],
    ['{"type":"devices","n":1}', { type: 'query', n: 1, query: { type: 'devices' } }],
    ['{"type":"account","n":1,"name":"b"}', { type: 'query', n: 1, query: { type: 'account', name: 'b' } }],
    ['{"type":"conversations"}', { type: 'query', n: null, query: { type: 'conversations' } }],
    ['{"type":"hello"}', { type: 'malformed', n: null, code: 'name-empty', detail: '' }],

    ['{"type":"say","text":"hi"}', command({ type: 'say', room: 'lobby', text: 'hi', action: false })],
    ['{"type":"say","text":"","room":""}', command({ type: 'say', room: '', text: '', action: false })],
    [
      '{"type":"say","n":1,"text":"waves","room":"ops","action":true}',
      command({ type: 'say', room: 'ops', text: 'waves', action: true }, 1),
    ],
    ['{"type":"tell","to":"bob","text":"hi"}', command({ type: 'tell', to: 'bob', text: 'hi', action: false })],
    [
      '{"type":"tell","n":2,"to":"bob","text":"hi","action":true}',
      command({ type: 'tell', to: 'bob', text: 'hi', action: true }, 2),
    ],
    ['{"type":"join","n":3,"room":"ops"}', command({ type: 'join', room: 'ops' }, 3)],
    ['{"type":"part","n":4,"room":"ops"}', command({ type: 'part', room: 'ops', reason: null }, 4)],
    ['{"type":"part","room":"ops","reason":null}', command({ type: 'part', room: 'ops', reason: null })],
    ['{"type":"part","room":"ops","reason":"done"}', command({ type: 'part', room: 'ops', reason: 'done' })],
    ['{"type":"topic","n":5,"topic":"x"}', command({ type: 'topic', room: 'lobby', topic: 'x' }, 5)],
    ['{"type":"topic","room":"ops","topic":""}', command({ type: 'topic', room: 'ops', topic: '' })],
    ['{"type":"nick","n":6,"name":"bob"}', command({ type: 'nick', name: 'bob' }, 6)],
    ['{"type":"away","n":7,"note":"lunch"}', command({ type: 'away', note: 'lunch' }, 7)],
    ['{"type":"away","note":null}', command({ type: 'away', note: null })],
    ['{"type":"away"}', command({ type: 'away', note: null })],
    ['{"type":"kick","n":8,"name":"bob"}', command({ type: 'kick', name: 'bob', reason: null }, 8)],
    ['{"type":"kick","name":"bob","reason":"spam"}', command({ type: 'kick', name: 'bob', reason: 'spam' })],
    ['{"type":"bye"}', command({ type: 'quit', reason: null })],
    ['{"type":"bye","n":9,"reason":"tea"}', command({ type: 'quit', reason: 'tea' }, 9)],

    ['{"type":"rooms"}', { type: 'query', n: null, query: { type: 'rooms' } }],
    ['{"type":"rooms","n":10}', { type: 'query', n: 10, query: { type: 'rooms' } }],
    ['{"type":"who"}', { type: 'query', n: null, query: { type: 'who', room: 'lobby' } }],
    ['{"type":"who","n":11,"room":"ops"}', { type: 'query', n: 11, query: { type: 'who', room: 'ops' } }],
    ['{"type":"history"}', { type: 'query', n: null, query: history }],
    [
      '{"type":"history","n":12,"room":null,"before":7,"limit":0}',
      { type: 'query', n: 12, query: { ...history, room: null, before: 7, limit: 0 } },
    ],
    [
      '{"type":"history","room":"ops","after":0}',
      { type: 'query', n: null, query: { ...history, room: 'ops', after: 0 } },
    ],
    [
      '{"type":"history","since":5,"limit":200}',
      { type: 'query', n: null, query: { ...history, since: 5, limit: 200 } },
    ],
    ['{"type":"search","words":"tea"}', { type: 'query', n: null, query: search }],
    [
      '{"type":"search","n":13,"words":"tea","room":"ops","before":7,"limit":1}',
      { type: 'query', n: 13, query: { ...search, room: 'ops', before: 7, limit: 1 } },
    ],
    ['{"type":"delete"}', command({ type: 'delete', seq: null, room: 'lobby' })],
    ['{"type":"delete","n":14,"seq":7,"room":"ops"}', command({ type: 'delete', seq: 7, room: 'ops' }, 14)],
    ['{"type":"ping"}', { type: 'ping', id: null }],
    ['{"type":"ping","id":"x"}', { type: 'ping', id: 'x' }],
    ['{"type":"ping","id":-1.5}', { type: 'ping', id: -1.5 }],
    ['{"type":"pong"}', { type: 'pong' }],
    ['{"type":"pong","seq":3,"id":"x"}', { type: 'pong' }],

    // however it is written
    [' \t{ "text" : "hi" , "type" : "say" } ', command({ type: 'say', room: 'lobby', text: 'hi', action: false })],
    [
      '{"type":"say","text":"a\\nb\\u0000\\ud83d\\ude00"}',
      command({ type: 'say', room: 'lobby', text: 'a\nb\0😀', action: false }),
    ],
    [
      '{"type":"join","type":"say","text":"a","text":"b"}',
      command({ type: 'say', room: 'lobby', text: 'b', action: false }),
    ],
    ['{"type":"say","text":"hi","n":1e2}', command({ type: 'say', room: 'lobby', text: 'hi', action: false }, 100)],
    [
      `{"type":"nick","name":"b","n":${Number.MAX_SAFE_INTEGER}}`,
      command({ type: 'nick', name: 'b' }, Number.MAX_SAFE_INTEGER),
    ],
    ['{"type":"bye","later":{"a":[1]},"note":"x"}', command({ type: 'quit', reason: null })],
  ]

  test.each(CASES)('%s', (line, ask) => expect(readRequest(line)).toEqual(ask))

  test('a line is read as the object in it', () => {
    for (const [line, ask] of CASES) {
      const carry = nativeDecoder.push(nativeDecoder.empty, Buffer.from(`${line}\r\n`))
      expect(nativeDecoder.pull(carry, false).ask).toEqual(ask)
    }
  })
})

describe('a malformed request is refused as such, under its number if it can be read', () => {
  test.each([
    ['x', NOT_JSON],
    ['{', NOT_JSON],
    ['{"type":"pong"} {"type":"pong"}', NOT_JSON],
    ["{'type':'pong'}", NOT_JSON],
    ['{"type":"pong",}', NOT_JSON],
    ['{"type":"ping","id":NaN}', NOT_JSON],
    ['\uFEFF{"type":"pong"}', NOT_JSON],
    ['null', NO_OBJECT],
    ['1', NO_OBJECT],
    ['"say"', NO_OBJECT],
    ['[]', NO_OBJECT],
    ['[{"type":"pong"}]', NO_OBJECT],
    ['{}', malformed(/^it has no field "type"$/)],
    ['{"type":"shout","text":"x"}', malformed(/^there is no request of type "shout"$/)],
    ['{"type":"SAY","text":"x"}', malformed(/^there is no request of type "SAY"$/)],
    ['{"type":["say"],"text":"x"}', malformed(/^the field "type" must be a string$/)],
    ['{"type":"say"}', malformed(/^the field "text" is missing$/)],
    ['{"type":"say","text":null}', malformed(/^the field "text" /)],
    ['{"type":"say","text":["x"]}', malformed(/^the field "text" /)],
    ['{"type":"say","text":"x","room":5}', malformed(/^the field "room" /)],
    ['{"type":"say","text":"x","action":"yes"}', malformed(/^the field "action" /)],
    ['{"type":"tell","text":"x"}', malformed(/^the field "to" /)],
    ['{"type":"join"}', malformed(/^the field "room" /)],
    ['{"type":"part"}', malformed(/^the field "room" /)],
    ['{"type":"topic"}', malformed(/^the field "topic" /)],
    ['{"type":"nick"}', malformed(/^the field "name" /)],
    ['{"type":"away","note":1}', malformed(/^the field "note" /)],
    ['{"type":"kick"}', malformed(/^the field "who" /)],
    ['{"type":"bye","reason":1}', malformed(/^the field "reason" /)],
    ['{"type":"hello","name":1}', malformed(/^the field "name" /)],
    ['{"type":"hello","name":"a","features":"x"}', malformed(/^the field "features" /)],
    ['{"type":"hello","name":"a","features":[1]}', malformed(/^the field "features.0" /)],
    [
      `{"type":"hello","name":"a","features":${JSON.stringify(Array(65).fill('x'))}}`,
      malformed(/^the field "features" /),
    ],
    [`{"type":"hello","token":"${'x'.repeat(257)}"}`, malformed(/^the field "token" /)],
    ['{"type":"hello","token":"t","cursor":-1}', malformed(/^the field "cursor" /)],
    ['{"type":"hello","token":"t","cursor":1e400}', malformed(/^the field "cursor" /)],
    ['{"type":"hello","token":"t","epoch":5}', malformed(/^the field "epoch" /)],
    ['{"type":"ping","id":{}}', malformed(/^the field "id" /)],
    ['{"type":"ping","id":1e400}', malformed(/^the field "id" /)],
    [`{"type":"ping","id":"${'x'.repeat(65)}"}`, malformed(/^the field "id" /)],
  ])('%s', (line, ask) => expect(readRequest(line)).toEqual(ask))

  test.each([
    ['{"type":"say","n":7}', 7],
    ['{"type":"shout","n":7}', 7],
    ['{"n":7}', 7],
    ['{"type":"say","n":7,"text":[]}', 7],
    [`{"n":${Number.MAX_SAFE_INTEGER}}`, Number.MAX_SAFE_INTEGER],
    ['{"type":"say","n":0,"text":"x"}', null],
    ['{"type":"say","n":-1,"text":"x"}', null],
    ['{"type":"say","n":1.5,"text":"x"}', null],
    ['{"type":"say","n":"7","text":"x"}', null],
    ['{"type":"say","n":null,"text":"x"}', null],
    ['{"type":"say","n":true,"text":"x"}', null],
    ['{"type":"say","n":[7],"text":"x"}', null],
    ['{"type":"say","n":9007199254740992,"text":"x"}', null],
    ['{"type":"say","n":1e400,"text":"x"}', null],
    ['[7]', null],
    ['{"__proto__":{"n":7}}', null],
  ])('the number of %s is %j', (line, n) => {
    expect(readRequest(line)).toMatchObject({ type: 'malformed', code: 'malformed', n })
  })
})

describe('the requests that are read without the schema', () => {
  const anyValue = fc.oneof(
    fc.constantFrom<unknown>(null, true, false, 0, 1, -1, 7, 2 ** 53, 0.5, '', 'say', 'lobby', '#Ops', 'x'.repeat(65)),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.double(),
    fc.jsonValue(),
  )
  const anyLine = fc.record(
    {
      type: fc.constantFrom<unknown>('say', 'say', 'ping', 'pong', 'tell', 1, null),
      ...{ n: anyValue, room: anyValue, text: anyValue, action: anyValue, id: anyValue, more: anyValue },
    },
    { requiredKeys: [] },
  )
  /** JSON has numbers that no double has. */
  const written = (request: object): string => JSON.stringify(request).replace(/"x{65}"/, '1e999')

  test('are read as the schema reads them', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyLine,
          anyLine.map(request => ({ text: 'hi', ...request })),
        ),
        request => {
          const line = written(request)
          expect(readRequest(line)).toEqual(readAny(JSON.parse(line)))
        },
      ),
      { numRuns: runs(5000) },
    )
  })
})

describe('[W3] hostile JSON is data, and no worse than other data', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])('a type called %s', type => {
    expect(readRequest(JSON.stringify({ type, n: 3, text: 'x' }))).toEqual(
      malformed(new RegExp(`^there is no request of type "${type}"$`), 3),
    )
  })

  test.each([
    '{"type":"say","text":"hi","__proto__":{"n":5,"room":"evil","action":true}}',
    '{"type":"say","text":"hi","constructor":{"prototype":{"n":5}},"toString":1,"hasOwnProperty":null}',
    '{"__proto__":null,"type":"say","text":"hi"}',
  ])('%s says hi in the lobby', line => {
    const ask = readRequest(line)
    expect(ask).toEqual(command({ type: 'say', room: 'lobby', text: 'hi', action: false }))
    expect(Object.getPrototypeOf(ask.type === 'command' && ask.command)).toBe(Object.prototype)
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('a type that is only inherited is none', () => {
    expect(readRequest('{"__proto__":{"type":"pong"}}')).toEqual(malformed(/^it has no field "type"$/))
  })

  const deep = (open: string, inside: string, close: string, depth: number): string =>
    open.repeat(depth) + inside + close.repeat(depth)

  test.each([
    ['60 KB of [', '['.repeat(60_000), NOT_JSON],
    ['60 KB of {"a":', '{"a":'.repeat(12_000), NOT_JSON],
    ['30,000 arrays', deep('[', '', ']', 30_000), NO_OBJECT],
    ['10,000 objects', deep('{"a":', '1', '}', 10_000), malformed(/^it has no field "type"$/)],
    [
      'a type of 30,000 arrays',
      `{"type":${deep('[', '', ']', 30_000)}}`,
      malformed(/^the field "type" must be a string$/),
    ],
    ['a text of 30,000 arrays', `{"type":"say","n":3,"text":${deep('[', '', ']', 30_000)}}`, malformed(/"text"/, 3)],
    ['a number of 30,000 arrays', `{"type":"say","text":"x","n":${deep('[', '', ']', 30_000)}}`, malformed(/"n"/)],
    ['a number of 60,000 digits', `{"type":"say","text":"x","n":${'9'.repeat(60_000)}}`, malformed(/"n"/)],
    ['10,000 keys', `{"type":"pong",${Array.from({ length: 10_000 }, (_, i) => `"${i}":0`).join()}}`, { type: 'pong' }],
  ] as const)('%s', (_, line, ask) => {
    expect(line.length).toBeLessThan(NATIVE_LINE_MAX_BYTES * 2)
    expect(readRequest(line)).toEqual(ask)
  })
})

const member = (name: string, away: string | null = null): MemberView => ({ id: `id-${name}`, name, since: 5, away })
const viewOf = (room: string, ...members: readonly MemberView[]): RoomView => ({
  ...emptyRoom(room),
  members: IMap(members.map(one => [one.name, one])),
})
const lineOf = (outgoing: Outgoing): string => {
  const frames = nativeEncoding.encode(outgoing)
  expect(frames.length).toBe(1)
  return `${written(frames)}`
}

describe('replies', () => {
  const event = (value: OfAnybody, text: string | null = null): Extract<Outgoing, { type: 'event' }> => ({
    type: 'event',
    seq: 4,
    at: 9,
    i: 0,
    last: true,
    event: ofAnybody(value),
    text,
  })
  const welcome: Welcome = {
    seq: 4,
    at: 9,
    session: 's1',
    id: 'm1',
    name: 'alice',
    epoch: 'e',
    resumed: false,
    gap: false,
    returned: false,
    grace: 60_000,
    rate: null,
    token: null,
  }
  const told = { type: 'told', from: 'alice', to: 'bob' } as const
  const said = { type: 'said', room: 'lobby', from: 'alice' } as const
  const quit = { type: 'quit', name: 'bob', by: null, reason: null } as const
  const past = {
    type: 'past',
    seq: 4,
    at: 9,
    n: null,
    room: 'ops',
    words: null,
    messages: [],
    more: false,
    gap: null,
    gone: 0,
  } as const
  const message: Message = {
    ...{ seq: 2, at: 8, room: 'ops', from: 'alice', author: 's1', account: false },
    ...{ to: null, other: null, action: false, text: 'hi', mentions: [] },
  }

  test.each<readonly [Outgoing, string]>([
    [
      event({ ...said, action: false }, 'hi'),
      '{"type":"said","seq":4,"at":9,"room":"lobby","from":"alice","text":"hi","id":"m1"}',
    ],
    [
      event({ ...said, action: true }, 'waves'),
      '{"type":"said","seq":4,"at":9,"room":"lobby","from":"alice","text":"waves","action":true,"id":"m1"}',
    ],
    [
      event({ ...told, action: false }, 'hi'),
      '{"type":"told","seq":4,"at":9,"from":"alice","to":"bob","text":"hi","id":"m1","other":"m2"}',
    ],
    [
      event({ ...told, action: true }, 'hi'),
      '{"type":"told","seq":4,"at":9,"from":"alice","to":"bob","text":"hi","action":true,"id":"m1","other":"m2"}',
    ],
    [
      event({ type: 'joined', room: 'ops', name: 'bob', away: null }),
      '{"type":"joined","seq":4,"at":9,"room":"ops","name":"bob","id":"m1"}',
    ],
    [
      event({ type: 'joined', room: 'ops', name: 'bob', away: 'tea' }),
      '{"type":"joined","seq":4,"at":9,"room":"ops","name":"bob","away":"tea","id":"m1"}',
    ],
    [
      event({ type: 'parted', room: 'ops', name: 'bob', reason: null }),
      '{"type":"parted","seq":4,"at":9,"room":"ops","name":"bob","id":"m1"}',
    ],
    [
      event({ type: 'parted', room: 'ops', name: 'bob', reason: 'done' }),
      '{"type":"parted","seq":4,"at":9,"room":"ops","name":"bob","reason":"done","id":"m1"}',
    ],
    [event({ ...quit, cause: 'lost' }), '{"type":"quit","seq":4,"at":9,"name":"bob","cause":"lost","id":"m1"}'],
    [
      event({ ...quit, cause: 'kicked', by: 'Host', reason: 'spam' }),
      '{"type":"quit","seq":4,"at":9,"name":"bob","cause":"kicked","by":"Host","reason":"spam","id":"m1"}',
    ],
    [event({ type: 'renamed', from: 'a', to: 'b' }), '{"type":"renamed","seq":4,"at":9,"from":"a","to":"b","id":"m1"}'],
    [
      event({ type: 'away', name: 'a', note: 'tea' }),
      '{"type":"away","seq":4,"at":9,"name":"a","note":"tea","id":"m1"}',
    ],
    [event({ type: 'away', name: 'a', note: null }), '{"type":"away","seq":4,"at":9,"name":"a","note":null,"id":"m1"}'],
    [
      event({ type: 'topic', room: 'ops', topic: 'x', by: 'a' }),
      '{"type":"topic","seq":4,"at":9,"room":"ops","topic":"x","by":"a"}',
    ],
    [
      event({ type: 'deleted', room: 'ops', target: 2, by: 'alice' }),
      '{"type":"deleted","seq":4,"at":9,"room":"ops","target":2,"by":"alice"}',
    ],
    [
      event({ type: 'deleted', room: null, target: 2, by: 'Host' }),
      '{"type":"deleted","seq":4,"at":9,"target":2,"by":"Host"}',
    ],
    [
      event({ ...said, action: false, account: true, mentions: ['m2', 'm3'] }, 'hi'),
      '{"type":"said","seq":4,"at":9,"room":"lobby","from":"alice","text":"hi","id":"m1","account":true,"mentions":["m2","m3"]}',
    ],
    [
      event({ ...told, action: false, account: true }, 'hi'),
      '{"type":"told","seq":4,"at":9,"from":"alice","to":"bob","text":"hi","id":"m1","account":true,"other":"m2"}',
    ],
    [
      event({ type: 'joined', room: 'ops', name: 'bob', away: null, account: true }),
      '{"type":"joined","seq":4,"at":9,"room":"ops","name":"bob","id":"m1","account":true}',
    ],
    [
      { type: 'room', seq: 4, at: 9, view: emptyRoom('ops'), counts: { read: 2, unread: 3, mentions: 1 } },
      '{"type":"room","seq":4,"at":9,"room":"ops","topic":null,"members":[],"read":2,"unread":3,"mentions":1}',
    ],
    [
      { type: 'room', seq: 4, at: 9, view: emptyRoom('ops') },
      '{"type":"room","seq":4,"at":9,"room":"ops","topic":null,"members":[]}',
    ],
    [
      { type: 'read', seq: 4, at: 9, place: { room: 'ops' }, target: 2, counts: { read: 2, unread: 3, mentions: 1 } },
      '{"type":"read","seq":4,"at":9,"room":"ops","target":2,"unread":3,"mentions":1}',
    ],
    [
      {
        ...{ type: 'read', seq: 4, at: 9, place: { with: 'bob', id: 'm2' }, target: 2 },
        counts: { read: 2, unread: 1, mentions: 1 },
      },
      '{"type":"read","seq":4,"at":9,"with":"bob","id":"m2","target":2,"unread":1,"mentions":1}',
    ],
    [
      { type: 'conversations', seq: 4, n: null, conversations: [] },
      '{"type":"conversations","seq":4,"conversations":[]}',
    ],
    [
      {
        ...{ type: 'conversations', seq: 4, n: 7 },
        conversations: [
          { with: 'bob', id: 'm2', read: 2, unread: 1, mentions: 1, account: true },
          { with: 'carol', id: 'm3', read: 2, unread: 0, mentions: 0, account: false },
        ],
      },
      '{"type":"conversations","n":7,"seq":4,"conversations":[{"with":"bob","id":"m2","read":2,"unread":1,"mentions":1,"account":true},{"with":"carol","id":"m3","read":2,"unread":0,"mentions":0}]}',
    ],
    [past, '{"type":"history","seq":4,"room":"ops","messages":[],"more":false}'],
    [
      { ...past, n: 3, messages: [message, { ...message, seq: 3, action: true, text: 'waves' }], more: true },
      '{"type":"history","n":3,"seq":4,"room":"ops","messages":[{"seq":2,"at":8,"room":"ops","from":"alice","text":"hi","id":"s1"},{"seq":3,"at":8,"room":"ops","from":"alice","text":"waves","action":true,"id":"s1"}],"more":true}',
    ],
    [
      { ...past, n: 3, room: null, messages: [{ ...message, room: null, to: 'bob', other: 's2' }] },
      '{"type":"history","n":3,"seq":4,"messages":[{"seq":2,"at":8,"from":"alice","to":"bob","text":"hi","id":"s1","other":"s2"}],"more":false}',
    ],
    [
      { ...past, messages: [{ ...message, text: null }] },
      '{"type":"history","seq":4,"room":"ops","messages":[{"seq":2,"at":8,"room":"ops","from":"alice","deleted":true,"id":"s1"}],"more":false}',
    ],
    [
      { ...past, room: null, more: true, gap: { after: 1, missed: 3 } },
      '{"type":"history","seq":4,"messages":[],"more":true,"after":1,"missed":3}',
    ],
    [
      { ...past, n: 3, messages: [message], gone: 2 },
      '{"type":"history","n":3,"seq":4,"room":"ops","messages":[{"seq":2,"at":8,"room":"ops","from":"alice","text":"hi","id":"s1"}],"more":false,"gone":2}',
    ],
    [
      { ...past, n: 3, room: null, words: 'h', messages: [message] },
      '{"type":"found","n":3,"seq":4,"words":"h","messages":[{"seq":2,"at":8,"room":"ops","from":"alice","text":"hi","id":"s1"}],"more":false}',
    ],
    [
      { type: 'welcome', welcome },
      '{"type":"welcome","protocol":1,"seq":4,"at":9,"session":"s1","id":"m1","name":"alice","epoch":"e","resumed":false,"gap":false,"grace":60000,"rate":null}',
    ],
    [
      { type: 'welcome', welcome: { ...welcome, resumed: true, gap: true, returned: true } },
      '{"type":"welcome","protocol":1,"seq":4,"at":9,"session":"s1","id":"m1","name":"alice","epoch":"e","resumed":true,"gap":true,"grace":60000,"returned":true,"rate":null}',
    ],
    [
      { type: 'welcome', welcome: { ...welcome, token: 't', gap: true, rate: { perSecond: 10, burst: 40 } } },
      '{"type":"welcome","protocol":1,"seq":4,"at":9,"session":"s1","id":"m1","name":"alice","epoch":"e","resumed":false,"gap":true,"grace":60000,"token":"t","rate":{"perSecond":10,"burst":40}}',
    ],
    [
      { type: 'room', seq: 4, at: 9, view: viewOf('ops') },
      '{"type":"room","seq":4,"at":9,"room":"ops","topic":null,"members":[]}',
    ],
    [
      {
        type: 'room',
        seq: 4,
        at: 9,
        view: { ...viewOf('ops', member('a', 'tea')), topic: { text: 'x', by: 'b', at: 3 } },
      },
      '{"type":"room","seq":4,"at":9,"room":"ops","topic":{"text":"x","by":"b","at":3},"members":[{"name":"a","since":5,"away":"tea","id":"id-a"}]}',
    ],
    [{ type: 'result', result: { n: 3, seq: 4, code: null, detail: '' } }, '{"type":"ok","n":3,"seq":4}'],
    [
      { type: 'result', result: { n: 3, seq: 4, code: 'room-unknown', detail: 'ops' } },
      '{"type":"rejected","n":3,"code":"room-unknown","message":"There is no room ops. Join it to create it.","retry":false}',
    ],
    [
      { type: 'rejected', at: 9, n: null, code: 'slow-down', detail: '10' },
      '{"type":"rejected","code":"slow-down","message":"Slow down: the limit per second is 10. Wait a moment, then send it again.","retry":true}',
    ],
    [
      { type: 'rooms', at: 9, n: 3, rooms: [viewOf('lobby', member('a')), viewOf('ops')] },
      '{"type":"rooms","n":3,"rooms":[{"room":"lobby","members":1,"topic":null},{"room":"ops","members":0,"topic":null}]}',
    ],
    [{ type: 'rooms', at: 9, n: null, rooms: [] }, '{"type":"rooms","rooms":[]}'],
    [
      { type: 'who', at: 9, n: 3, view: viewOf('ops', member('a')) },
      '{"type":"who","n":3,"room":"ops","members":[{"name":"a","since":5,"id":"id-a"}]}',
    ],
    [{ type: 'who', at: 9, n: null, view: viewOf('ops') }, '{"type":"who","room":"ops","members":[]}'],
    [
      { type: 'challenge', n: null, challenge: { nonce: 'x', server: 'e' } },
      '{"type":"challenge","nonce":"x","server":"e"}',
    ],
    [{ type: 'challenge', n: 3, challenge: { passkey: { a: 1 } } }, '{"type":"challenge","n":3,"passkey":{"a":1}}'],
    [
      {
        ...{ type: 'devices', at: 9, n: 3, name: 'alice' },
        devices: [
          { id: 'c1', kind: 'kept', label: 'page', since: 5, used: 7, sessions: 2, current: true },
          { id: 'c2', kind: 'key', label: '', since: 5, used: 7, sessions: 0, current: false },
        ],
      },
      '{"type":"devices","n":3,"name":"alice","credentials":[{"id":"c1","kind":"kept","label":"page","since":5,"used":7,"sessions":2,"current":true},{"id":"c2","kind":"key","label":"","since":5,"used":7,"sessions":0}]}',
    ],
    [
      { type: 'account', at: 9, n: null, name: 'alice', id: 'm1', since: 5, here: false },
      '{"type":"account","name":"alice","id":"m1","account":true,"since":5,"here":false}',
    ],
    [
      { type: 'account', at: 9, n: 3, name: 'bob', id: 'm2', since: null, here: true },
      '{"type":"account","n":3,"name":"bob","id":"m2","account":false,"here":true}',
    ],
    [{ type: 'ping', seq: 4 }, '{"type":"ping","seq":4}'],
    [{ type: 'pong', id: null, seq: 4 }, '{"type":"pong","seq":4}'],
    [{ type: 'pong', id: 'x', seq: 4 }, '{"type":"pong","id":"x","seq":4}'],
    [{ type: 'pong', id: 0, seq: 4 }, '{"type":"pong","id":0,"seq":4}'],
    [
      { type: 'closed', at: 9, code: 'kicked', detail: 'Host' },
      '{"type":"closed","code":"kicked","message":"You have been kicked out by Host.","reconnect":false}',
    ],
    [
      { type: 'closed', at: 9, code: 'shutdown', detail: '' },
      '{"type":"closed","code":"shutdown","message":"The server is shutting down.","reconnect":true}',
    ],
  ])('%j', (outgoing, line) => expect(nativeEncoding.encode(outgoing)).toEqual([`${line}\n`]))

  test.each<Outgoing>([
    { type: 'prompt', what: 'name' },
    { type: 'shown' },
    { type: 'done', at: 9, what: 'password' },
    { type: 'help', at: 9 },
  ])('%j is for people', outgoing => {
    expect(nativeEncoding.encode(outgoing)).toEqual([])
  })

  test('an event says where in its input it stands only if it is not the whole of it', () => {
    const renamed = event({ type: 'renamed', from: 'a', to: 'b' })
    expect(lineOf({ ...renamed, i: 0, last: false })).toContain('"at":9,"last":false,"from"')
    expect(lineOf({ ...renamed, i: 1, last: false })).toContain('"at":9,"i":1,"last":false,"from"')
    expect(lineOf({ ...renamed, i: 2, last: true })).toContain('"at":9,"i":2,"from"')
  })
})

describe('[W4] a reply is one line of JSON, for any text of people', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('\n', '\r', '\u2028', '\u2029', '"', '\\', '\0', '\uD83D', '{', '}', ',', 'a') }),
    fc.constant('"}\n{"type":"said","from":"bob","text":"x"}\n'),
  )
  const seq = fc.nat()
  const maybe = fc.option(text)
  const optionalNumber = fc.option(fc.integer({ min: 1 }))
  const roomView: fc.Arbitrary<RoomView> = fc.record({
    room: text,
    topic: fc.option(fc.record({ text, by: text, at: seq })),
    members: fc
      .array(fc.record({ id: text, name: text, since: seq, away: maybe }), { maxLength: 4 })
      .map(members => IMap(members.map(one => [one.name, one]))),
    roles: fc
      .dictionary(text, fc.constantFrom('founder', 'operator', 'voice'))
      .map(roles => IMap(Object.entries(roles))),
    modes: fc.constantFrom({}, { moderated: true, slow: 10 }),
  })
  const publicEvent: fc.Arbitrary<PublicEvent> = fc.oneof(
    fc.record({ type: fc.constant('said'), room: text, from: text, action: fc.boolean(), author: text }),
    fc.record({ type: fc.constant('told'), from: text, to: text, action: fc.boolean(), author: text, other: text }),
    fc.record({ type: fc.constant('joined'), room: text, name: text, away: maybe, member: text }),
    fc.record({
      ...{ type: fc.constant('moderated'), act: fc.constantFrom(...ACT_KINDS), room: maybe, by: maybe, byId: maybe },
      ...{ who: maybe, whoId: maybe, rule: fc.option(seq), value: maybe, reason: maybe, until: fc.option(seq) },
    }),
    fc.record({
      ...{ type: fc.constant('held'), room: text, from: text, action: fc.boolean(), author: text, filter: seq },
    }),
    fc.record({ type: fc.constant('parted'), room: text, name: text, reason: maybe, member: text }),
    fc.record({
      ...{
        type: fc.constant('quit' as const),
        name: text,
        cause: fc.constant('kicked' as const),
        by: maybe,
        reason: maybe,
      },
      member: text,
    }),
    fc.record({ type: fc.constant('renamed'), from: text, to: text, member: text }),
    fc.record({ type: fc.constant('away'), name: text, note: maybe, member: text }),
    fc.record({ type: fc.constant('topic'), room: text, topic: text, by: text }),
    fc.record({ type: fc.constant('deleted'), room: maybe, target: seq, by: text }),
  )
  const event: fc.Arbitrary<Extract<Outgoing, { type: 'event' }>> = fc.record({
    type: fc.constant('event'),
    seq,
    at: seq,
    i: fc.nat(2),
    last: fc.boolean(),
    event: publicEvent,
    text: maybe,
  })
  const message: fc.Arbitrary<Message> = fc.record({
    ...{ seq, at: seq, room: maybe, from: text, author: text, to: maybe, other: maybe },
    ...{ action: fc.boolean(), text: maybe, account: fc.boolean(), mentions: fc.array(text, { maxLength: 2 }) },
  })
  const past: fc.Arbitrary<Extract<Outgoing, { type: 'past' }>> = fc.record({
    ...{ type: fc.constant('past'), seq, at: seq, n: optionalNumber, room: maybe, words: maybe },
    ...{ messages: fc.array(message, { maxLength: 3 }), more: fc.boolean() },
    ...{ gap: fc.option(fc.record({ after: seq, missed: seq })), gone: seq },
  })
  const errorCode = fc.constantFrom(...(Object.keys(ERRORS) as ErrorCode[]))
  const closeCode = fc.constantFrom(...(Object.keys(CLOSINGS) as CloseCode[]))
  const outgoing: fc.Arbitrary<Outgoing> = fc.oneof(
    event,
    fc.record({ type: fc.constant('room'), seq, at: seq, view: roomView }),
    fc.record({ type: fc.constant('who'), at: seq, n: optionalNumber, view: roomView }),
    past,
    fc.record({ type: fc.constant('rooms'), at: seq, n: optionalNumber, rooms: fc.array(roomView, { maxLength: 3 }) }),
    fc.record({ type: fc.constant('rejected'), at: seq, n: optionalNumber, code: errorCode, detail: text }),
    fc.record({ type: fc.constant('pong'), id: fc.option(fc.oneof(text, fc.integer())), seq }),
    fc.record({ type: fc.constant('closed'), at: seq, code: closeCode, detail: text }),
  )

  const typeOf = (sent: Outgoing): string => {
    if (sent.type === 'past') return sent.words === null ? 'history' : 'found'
    return sent.type === 'event' ? sent.event.type : sent.type
  }

  test('with one newline, which ends it', () => {
    fc.assert(
      fc.property(outgoing, sent => {
        const line = lineOf(sent)
        expect(line.indexOf('\n')).toBe(line.length - 1)
        expect(line).not.toContain('\r')
        expect(line.isWellFormed()).toBe(true)
        expect(JSON.parse(line)).toMatchObject({ type: typeOf(sent) })
      }),
      { numRuns: runs(1000) },
    )
  })

  test('from which a reader gets back what happened, absent fields being their defaults', () => {
    fc.assert(
      fc.property(event, sent => {
        const { i = 0, last = true, seq: at, ...read } = JSON.parse(lineOf(sent))
        expect([at, i, last]).toEqual([sent.seq, sent.i, sent.last])
        const ids = { member: undefined, author: undefined, whoId: undefined }
        const { member, author, whoId, ...event } = { ...ids, ...sent.event }
        const id = member ?? author ?? whoId ?? undefined
        const spoken = event.type === 'said' || event.type === 'told' || event.type === 'held'
        const defaults = { action: false, away: null, reason: null, by: null, room: null }
        const act = { byId: null, who: null, rule: null, value: null, until: null }
        expect({ ...defaults, ...act, ...read }).toEqual({
          ...{ ...defaults, ...act },
          ...event,
          ...(id === undefined ? {} : { id }),
          at: sent.at,
          ...(spoken ? { text: sent.text ?? '' } : {}),
        })
      }),
      { numRuns: runs(1000) },
    )
  })

  test('from which a client gets back what was said, and of what was deleted that it was', () => {
    fc.assert(
      fc.property(past, sent => {
        const reply = readReply(lineOf(sent))
        if (reply?.type !== 'history' && reply?.type !== 'found') return expect.fail(`it is ${reply?.type}`)
        expect(reply).toMatchObject({ type: typeOf(sent), seq: sent.seq, more: sent.more })
        expect(reply.n ?? null).toBe(sent.n)
        if (reply.type === 'found') expect(reply.words).toBe(harmless(sent.words))
        else expect(reply.room ?? null).toBe(harmless(sent.room))
        const defaults = { room: null, to: null, action: false, text: null, deleted: false }
        const later = { account: false, other: null, mentions: [] }
        expect(reply.messages.map(one => ({ ...defaults, ...later, ...one }))).toEqual(
          harmless(sent.messages.map(({ author: id, ...told }) => ({ ...told, id, deleted: told.text === null }))),
        )
      }),
      { numRuns: runs(1000) },
    )
  })
})

describe('the member list of a room that grows', () => {
  type Listed = { readonly name: string }
  const listOf = (view: RoomView, at = 1000): readonly Listed[] => {
    const room = JSON.parse(lineOf({ type: 'room', seq: 1, at, view })) as { readonly members: Listed[] }
    return room.members.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }
  /** The same room with a list of its own, for which nothing is remembered. */
  const afresh = (view: RoomView): RoomView => ({ ...view, members: IMap(view.members.toArray()) })

  /** Folds an event into the room, as the server does, and lets the list follow. */
  const folded = (view: RoomView, event: RoomEvent, at: number): RoomView => {
    const next = evolveRoom(view, event, at)
    followMembers(view, next, event)
    return next
  }

  const name = fc.constantFrom(...'abcdefghij', 'Zoë', '李', '[a]', '\\"', 'a|b'.repeat(9))
  const away = fc.option(fc.constantFrom('tea', '"},{"'))
  const move = fc.record({
    what: fc.constantFrom('join', 'join', 'join', 'leave', 'rename', 'away'),
    name,
    other: name,
    away,
    /** Whether anybody is sent the list now. */
    seen: fc.boolean(),
  })

  test('is the same as one encoded afresh, after any joins, exits and renames, and for every reader', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), moves => {
        let view = emptyRoom('ops')
        let given: { readonly frames: ReturnType<typeof nativeEncoding.encode>; readonly text: string } | null = null
        for (const [at, { what, name: one, other, away: note, seen }] of moves.entries()) {
          const known = view.members.get(one)
          const of = { member: known?.id ?? `${at}`, name: one }
          if (what === 'join' && !known) {
            view = folded(view, { type: 'joined', room: 'ops', away: note, ...of }, at)
          } else if (what === 'leave') {
            view = folded(view, { type: 'quit', cause: 'quit', by: null, reason: null, ...of }, at)
          } else if (known && what === 'away') {
            view = folded(view, { type: 'away', note, ...of }, at)
          } else if (known && what === 'rename' && !view.members.has(other)) {
            view = folded(view, { type: 'renamed', from: one, to: other, member: of.member }, at)
          }
          // Frames that were given out stay as they were.
          if (given) expect(`${written(given.frames)}`).toBe(given.text)
          if (!seen) continue
          expect(listOf(view)).toEqual(listOf(afresh(view)))
          const frames = nativeEncoding.encode({ type: 'room', seq: at, at: 1000, view })
          given ??= { frames, text: `${written(frames)}` }
        }
        expect(listOf(view)).toEqual(listOf(afresh(view)))
      }),
      { numRuns: runs(500) },
    )
  })

  test('says of nobody that it joined later than the list is', () => {
    let view = folded(emptyRoom('ops'), { type: 'joined', room: 'ops', name: 'a', away: null, member: 'a' }, 900)
    listOf(view)
    view = folded(view, { type: 'joined', room: 'ops', name: 'b', away: null, member: 'b' }, 100)
    expect(listOf(view, 500)).toMatchObject([{ since: 500 }, { since: 100 }])
    expect(listOf(view, 900)).toMatchObject([{ since: 900 }, { since: 100 }])
  })

  test('is sent from memory that is the same for all, once it is long', () => {
    const many = Array.from({ length: 200 }, (_, k) => member(`m${k}`))
    const view = viewOf('ops', ...many)
    const memories = [1, 2].map(seq => {
      const [frame] = nativeEncoding.encode({ type: 'room', seq, at: 9, view })
      return typeof frame === 'string' ? expect.fail('it is copied') : frame?.shared.map(({ buffer }) => buffer)
    })
    expect(memories[0]).toHaveLength(1)
    expect(memories[0]?.[0]).toBe(memories[1]?.[0])
  })

  test('is encoded member by member, once each, while members come and go', () => {
    let encoded = 0
    let view = emptyRoom('ops')
    for (let i = 0; i < 1000; i++) {
      const by: MemberView = {
        id: `${i}`,
        get name() {
          encoded++
          return `m${i}`
        },
        since: i,
        away: null,
      }
      const before = view
      view = { ...view, members: view.members.set(`m${i}`, by) }
      followMembers(before, view, { type: 'joined', room: 'ops', name: `m${i}`, away: null, member: `${i}` })
      nativeEncoding.encode({ type: 'room', seq: i, at: i, view })
      nativeEncoding.encode({ type: 'who', at: i, n: null, view })
      if (i % 3 === 0) {
        view = folded(
          view,
          { type: 'quit', cause: 'lost', by: null, reason: null, name: `m${i / 3}`, member: `${i}` },
          i,
        )
      }
    }
    expect(encoded).toBe(1000)
    expect(listOf(view).length).toBe(1000 - 334)
  })
})
