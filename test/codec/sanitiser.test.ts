/** The client's border: texts of a hostile server, and the part that passes. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readReply } from '../../src/codec/native/reply.ts'
import { printable } from '../../src/codec/native/sanitiser.ts'
import { runs, seedOf } from '../helpers/seeds.ts'

/** OSC 52, CSI, C1, a bidi override, an isolate, a bell, a carriage return and a line separator. */
const EVIL = '\u001b]52;c;aGk=\u0007\u001b[2J\u009b31m\u202e\u2066\r\u2028'
/** Characters that a terminal acts on, or that turn a line around. */
const ACTS = /[[\p{Cc}\u2028-\u202e\u2066-\u2069]--\n]/v

const WRITTEN: readonly object[] = [
  {
    ...{ type: 'welcome', seq: 5, at: 1, session: `s${EVIL}`, name: `me${EVIL}`, epoch: `e${EVIL}` },
    ...{ token: `t${EVIL}`, resumed: false, gap: false, grace: 60_000, rate: null },
  },
  {
    ...{ type: 'room', seq: 5, at: 1, room: `r${EVIL}`, topic: { text: `T${EVIL}`, by: `b${EVIL}`, at: 1 } },
    members: [{ name: `x${EVIL}`, since: 1, away: `gone${EVIL}` }],
  },
  {
    type: 'history',
    seq: 5,
    room: 'lobby',
    messages: [{ seq: 1, at: 1, room: 'lobby', from: `H${EVIL}`, text: EVIL }],
    more: false,
  },
  { type: 'said', seq: 6, at: 2, room: `r${EVIL}`, from: `f${EVIL}`, text: `hi${EVIL}`, later: { field: [EVIL] } },
  { type: 'told', seq: 7, at: 2, from: `f${EVIL}`, to: `me${EVIL}`, text: EVIL },
  { type: 'joined', seq: 8, at: 2, room: 'lobby', name: `j${EVIL}`, away: EVIL },
  { type: 'quit', seq: 9, at: 2, name: EVIL, cause: 'kicked', by: EVIL, reason: EVIL },
  { type: 'renamed', seq: 10, at: 2, from: EVIL, to: EVIL },
  { type: 'away', seq: 11, at: 2, name: EVIL, note: EVIL },
  { type: 'topic', seq: 12, at: 2, room: 'lobby', topic: EVIL, by: EVIL },
  { type: 'deleted', seq: 13, at: 2, room: 'lobby', target: 6, by: EVIL },
  { type: 'rejected', code: `weird${EVIL}`, message: EVIL, retry: false },
  { type: 'rooms', rooms: [{ room: EVIL, members: 1, topic: EVIL }] },
  { type: 'closed', code: `shutdown${EVIL}`, message: `bye${EVIL}`, reconnect: false },
]

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

test.each(WRITTEN.map(written => [String((written as { type: string }).type), written] as const))(
  '[K5] nothing in %s reaches a terminal as more than text',
  (_, written) => {
    const reply = readReply(JSON.stringify(written))
    expect(reply).not.toBeNull()
    for (const text of stringsIn(reply)) expect(text).not.toMatch(ACTS)
    const many = stringsIn(reply).filter(text => text.includes('\n'))
    const texts = reply?.type === 'said' || reply?.type === 'told' || reply?.type === 'history'
    expect(many.length > 0).toBe(texts)
  },
)

describe('[K5] an object that differs from its type is passed over', () => {
  test.each([
    '{"type":"said","seq":1,"at":1,"room":"lobby","from":"a","text":{}}',
    '{"type":"said","seq":1,"at":8e18,"room":"lobby","from":"a","text":"no date holds that"}',
    '{"type":"said","seq":1,"room":"lobby","from":"a","text":"when?"}',
    '{"type":"room","seq":1,"at":1,"room":"lobby","topic":null,"members":{"length":1}}',
    '{"type":"room","seq":1,"at":1,"room":"lobby","topic":null,"members":[null]}',
    '{"type":"welcome"}',
    '{"type":"welcome","seq":1,"at":1,"name":"a","session":"s","epoch":"e","resumed":false,"gap":false,"rate":7}',
    '{"type":"closed","code":["kicked"],"message":"x","reconnect":false}',
    '{"type":"history","seq":1,"messages":[[]],"more":false}',
    '{"type":"toString"}',
    '{"type":["said"]}',
    '[]',
    'null',
    `${'['.repeat(200_000)}${']'.repeat(200_000)}`,
  ])('%.70s', line => {
    expect(readReply(line)).toBeNull()
  })

  test('reading a line throws nothing, for any line', () => {
    const type = fc.constantFrom(...WRITTEN.map(written => (written as { type: string }).type))
    const fields = fc.dictionary(fc.constantFrom('seq', 'at', 'room', 'members', 'text', 'topic', 'n'), fc.jsonValue())
    fc.assert(
      fc.property(type, fields, (type, more) => {
        readReply(JSON.stringify({ ...more, type }))
      }),
      { seed: seedOf(85), numRuns: runs(500) },
    )
  })
})

describe('[K5] a printed line of JSON', () => {
  test('is one line, to every reader of lines, and has nothing unseen in it', () => {
    const line = printable({ text: `a${EVIL}b\ufeff\u{e0041}\u00ad`, ['k\u009b']: 1 })
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    expect(line).toContain('\\u202e\\u2066')
    expect(line).toContain('\\udb40\\udc41')
  })

  test('is the same to a program', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(JSON.parse(printable(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      { seed: seedOf(86), numRuns: runs(500) },
    )
    expect(printable('👩‍👩‍👧 می‌خواهم')).toBe('"👩‍👩‍👧 می‌خواهم"')
  })
})
