/** Line mode: people's input with nc or telnet, and its output. */
import fc from 'fast-check'
import { Map as IMap } from 'immutable'
import { describe, expect, test } from 'vitest'
import type { Ask, Outgoing } from '../../src/codec/codec.ts'
import { lineDecoder } from '../../src/codec/line/decoder.ts'
import { lineEncoding } from '../../src/codec/line/encoding.ts'
import { stripTelnet } from '../../src/codec/line/telnet.ts'
import { CLOSINGS, type CloseCode, closingText } from '../../src/model/closing.ts'
import type { AskSpec, Command, ListName } from '../../src/model/command.ts'
import { ERRORS, type ErrorCode, errorText } from '../../src/model/error.ts'
import type { Message } from '../../src/model/message/message.ts'
import { readName } from '../../src/model/name/name.ts'
import { usage } from '../../src/model/slash/help.ts'
import { SLASH_COMMANDS } from '../../src/model/slash.ts'
import { neutralise } from '../../src/model/text.ts'
import { emptyRoom, type RoomView } from '../../src/model/view.ts'
import { type OfAnybody, ofAnybody } from '../helpers/of-anybody.ts'
import { runs } from '../helpers/seeds.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The asks in `chunks`; `entered`: from a peer who has a name already. */
function asksOf(chunks: readonly Uint8Array[], entered = true): readonly Ask[] {
  const asks: Ask[] = []
  let carry = lineDecoder.empty
  let named = entered
  for (const chunk of chunks) {
    carry = lineDecoder.push(carry, chunk)
    for (;;) {
      const next = lineDecoder.pull(carry, named)
      carry = next.carry
      if (!next.ask) break
      asks.push(next.ask)
      if (next.ask.type === 'hello') named = true
    }
  }
  return asks
}
const typed = (...lines: readonly string[]): readonly Ask[] =>
  asksOf([bytesOf(lines.map(line => `${line}\n`).join(''))])

const hello = (name: string): Ask => ({ type: 'hello', name, room: null, history: null })
const command = (value: Command): Ask => ({ type: 'command', n: null, command: value })
const say = (text: string, room = 'lobby', action = false): Ask => command({ type: 'say', room, text, action })
const asked = (text: string, ask: AskSpec): Ask => command({ type: 'say', room: 'lobby', text, action: false, ask })
const list = (what: ListName, more: { readonly room?: null; readonly limit?: number } = {}): Ask => ({
  ...{ type: 'query', n: null },
  query: { type: 'list', what, room: 'lobby', limit: 200, ...more },
})
const wrong = (code: ErrorCode, detail = ''): Ask => ({ type: 'malformed', n: null, code, detail })
const history = (limit: number): Ask => ({
  type: 'query',
  n: null,
  query: { type: 'history', room: 'lobby', before: null, after: null, since: null, limit },
})
const search = (words: string): Ask => ({
  type: 'query',
  n: null,
  query: { type: 'search', words, room: null, before: null, limit: 50 },
})
const who = (room: string): Ask => ({ type: 'query', n: null, query: { type: 'who', room } })

describe('the first line is the name', () => {
  test.each([
    ['alice', hello('alice')],
    ['/nick alice', hello('/nick alice')],
    [' алиса ', hello(' алиса ')],
    ['{alice', wrong('name-brace')],
    [' {alice', wrong('name-brace')],
  ])('%j', (line, ask) => expect(asksOf([bytesOf(`\r\n\n${line}\r\n`)], false)).toEqual([ask]))

  test('a refused name may be followed by another, and then by what is said', () => {
    expect(asksOf([bytesOf('{x\nalice\n{x\n')], false)).toEqual([wrong('name-brace'), hello('alice'), say('{x')])
  })
})

describe('a line is said, or is a slash command', () => {
  const CASES: readonly (readonly [string, Ask])[] = [
    ['hi', say('hi')],
    ['  hi  ', say('  hi  ')],
    [' /quit', say(' /quit')],
    ['//etc/hosts', say('/etc/hosts')],
    ['//', say('/')],
    ['/me waves  twice ', say('waves  twice', 'lobby', true)],
    ['/ask Deploy? | yes | no', asked('Deploy?', { kind: 'ask', choices: ['yes', 'no'] })],
    ['/ask Deploy? | yes', wrong('usage', '/ask <question> | <choice> | <choice>')],
    ['/poll Where?|a|b|c', asked('Where?', { kind: 'poll', choices: ['a', 'b', 'c'] })],
    ['/poll | a | b', wrong('usage', '/poll <question> | <choice> | <choice>')],
    ['/buzz Capital of Peru?', asked('Capital of Peru?', { kind: 'buzz', choices: [] })],
    ['/buzz', command({ type: 'answer', seq: null, room: 'lobby' })],
    ['/answer yes', command({ type: 'answer', seq: null, room: 'lobby', word: 'yes' })],
    ['/answer 2', command({ type: 'answer', seq: null, room: 'lobby', word: '2' })],
    ['/answer 1042 not today', command({ type: 'answer', seq: 1042, room: 'lobby', word: 'not today' })],
    ['/answer 99999999999999999999 a', command({ type: 'answer', seq: 1e15, room: 'lobby', word: 'a' })],
    ['/answer -- 3 beers', command({ type: 'answer', seq: null, room: 'lobby', word: '3 beers' })],
    ['/answer', wrong('usage', '/answer [number] <choice>')],
    ['/close', command({ type: 'close', seq: null, room: 'lobby' })],
    ['/close 1042', command({ type: 'close', seq: 1042, room: 'lobby' })],
    ['/close all', wrong('usage', '/close [number]')],
    ['/questions', { type: 'query', n: null, query: { type: 'questions', room: 'lobby' } }],
    ['/questions 1042', { type: 'query', n: null, query: { type: 'questions', room: 'lobby', seq: 1042 } }],
    ['/hand', command({ type: 'hand', room: 'lobby' })],
    ['/hand off', command({ type: 'hand', room: 'lobby', off: true })],
    ['/hand next', command({ type: 'hand', room: 'lobby', next: true })],
    ['/hand up', wrong('usage', '/hand [off|next]')],
    ['/hands', { type: 'query', n: null, query: { type: 'questions', room: 'lobby', only: 'hands' } }],
    ['/msg bob hi  there', command({ type: 'tell', to: 'bob', text: 'hi  there', action: false })],
    ['/msg\tbob\thi', command({ type: 'tell', to: 'bob', text: 'hi', action: false })],
    ['/nick bob', command({ type: 'nick', name: 'bob' })],
    ['/join #ops', command({ type: 'join', room: '#ops' })],
    ['/part', command({ type: 'part', room: 'lobby', reason: null })],
    ['/part ops', command({ type: 'part', room: 'ops', reason: null })],
    ['/part ops see you', command({ type: 'part', room: 'ops', reason: 'see you' })],
    ['/rooms', { type: 'query', n: null, query: { type: 'rooms' } }],
    ['/who', who('lobby')],
    ['/who ops', who('ops')],
    ['/topic', who('lobby')],
    ['/topic a b', command({ type: 'topic', room: 'lobby', topic: 'a b' })],
    ['/topic -', command({ type: 'topic', room: 'lobby', topic: '' })],
    ['/history', history(50)],
    ['/history 7', history(7)],
    ['/history 1000', wrong('usage', '/history [count]')],
    ['/search red fox', search('red fox')],
    ['/delete', command({ type: 'delete', seq: null, room: 'lobby' })],
    ['/delete 42', command({ type: 'delete', seq: 42, room: 'lobby' })],
    ['/delete all', wrong('usage', '/delete [number]')],
    ['/away', command({ type: 'away', note: 'away' })],
    ['/away at lunch', command({ type: 'away', note: 'at lunch' })],
    ['/back', command({ type: 'away', note: null })],
    ['/register open says me', command({ type: 'register', password: 'open says me' })],
    ['/login bob secret', command({ type: 'login', name: 'bob', account: { password: 'secret' }, room: 'lobby' })],
    ['/password old new', command({ type: 'password', old: 'old', new: 'new' })],
    ['/devices', { type: 'query', n: null, query: { type: 'devices' } }],
    ['/account bob', { type: 'query', n: null, query: { type: 'account', name: 'bob' } }],
    ['/logout everywhere', command({ type: 'logout', everywhere: true })],
    ['/quit', command({ type: 'quit', reason: null })],
    ['/quit good night', command({ type: 'quit', reason: 'good night' })],
    ['/help', { type: 'help' }],
    ['/HELP me', { type: 'help', topic: 'me' }],
    ['/help keep', { type: 'help', topic: 'keep' }],
    ['/help nosuch', wrong('unknown-command', '/nosuch')],
    ['/ignore Spider-Man', command({ type: 'ignore', who: 'Spider-Man' })],
    ['/unignore @مريم', command({ type: 'unignore', who: 'مريم' })],
    ['/ignores', list('ignored', { room: null })],
    ['/ops', list('roles')],
    ['/kick 田中 flooding', command({ type: 'kick', name: '田中', room: 'lobby', reason: 'flooding' })],
    ['/mute a_b for 10m', command({ type: 'mute', who: 'a_b', room: 'lobby', for: 600, reason: null })],
    ['/unmute a_b', command({ type: 'unmute', who: 'a_b', room: 'lobby' })],
    ['/mutes', list('mutes')],
    ['/ban 10.1.0.0/16 for 1d', command({ type: 'ban', net: '10.1.0.0/16', room: 'lobby', for: 86_400, reason: null })],
    ['/unban 12', command({ type: 'unban', rule: 12, room: 'lobby' })],
    ['/bans', list('bans')],
    ['/except ЗОЯ', command({ type: 'except', who: 'ЗОЯ', room: 'lobby', reason: null })],
    ['/unexcept ЗОЯ', command({ type: 'unexcept', who: 'ЗОЯ', room: 'lobby' })],
    ['/exceptions', list('exceptions')],
    ['/voice Mr.Blue', command({ type: 'voice', who: 'Mr.Blue', room: 'lobby' })],
    ['/devoice Mr.Blue', command({ type: 'devoice', who: 'Mr.Blue', room: 'lobby' })],
    ['/invite Mr.Blue in ops', command({ type: 'invite', who: 'Mr.Blue', room: 'ops' })],
    ['/mode', list('modes')],
    ['/slow 10s', command({ type: 'mode', mode: 'slow', value: 10, room: 'lobby' })],
    ['/lockdown 10m', command({ type: 'mode', mode: 'lockdown', value: true, room: 'lobby', for: 600 })],
    [
      '/filter hold buy now',
      command({ type: 'filter', is: 'words', pattern: 'buy now', action: 'hold', room: 'lobby' }),
    ],
    ['/unfilter 7', command({ type: 'unfilter', filter: 7, room: 'lobby' })],
    ['/filters', list('filters')],
    ['/held', list('held')],
    ['/release 7', command({ type: 'release', seq: 7 })],
    ['/drop 7', command({ type: 'drop', seq: 7 })],
    ['/purge a_b 1h', command({ type: 'purge', who: 'a_b', room: 'lobby', for: 3600 })],
    ['/log', list('log', { limit: 50 })],
    [
      '/try slow 10s over 7d',
      { type: 'query', n: null, query: { type: 'try', rule: 'slow 10s', room: 'lobby', for: 604_800 } },
    ],
    ['/op Mr.Blue', command({ type: 'op', who: 'Mr.Blue', room: 'lobby' })],
    ['/deop Mr.Blue', command({ type: 'deop', who: 'Mr.Blue', room: 'lobby' })],
    ['/Nick Bob', command({ type: 'nick', name: 'Bob' })],
    ['/reply 42 yes', command({ type: 'say', room: 'lobby', text: 'yes', action: false, reply: 42 })],
    ['/reply yes', command({ type: 'say', room: 'lobby', text: 'yes', action: false, reply: null })],
    ['/reply -- 42', command({ type: 'say', room: 'lobby', text: '42', action: false, reply: null })],
    ['/reply -- 42 apples', command({ type: 'say', room: 'lobby', text: '42 apples', action: false, reply: null })],
    ['/reply 42 -- 7 🦊', command({ type: 'say', room: 'lobby', text: '7 🦊', action: false, reply: 42 })],
    ['/edit 42 at one', command({ type: 'edit', seq: 42, room: 'lobby', text: 'at one' })],
    ['/edit at one', command({ type: 'edit', seq: null, room: 'lobby', text: 'at one' })],
    ['/edit -- 42', command({ type: 'edit', seq: null, room: 'lobby', text: '42' })],
    ['/react 👍', command({ type: 'react', seq: null, room: 'lobby', emoji: '👍' })],
    ['/react :tada: 42', command({ type: 'react', seq: 42, room: 'lobby', emoji: ':tada:' })],
    ['/unreact 👍 42', command({ type: 'react', seq: 42, room: 'lobby', emoji: '👍', off: true })],
    ['/reactions 42', { type: 'query', n: null, query: { type: 'reactions', seq: 42 } }],
    ['/pin 42', command({ type: 'pin', seq: 42 })],
    ['/unpin 42', command({ type: 'pin', seq: 42, off: true })],
    ['/pins', { type: 'query', n: null, query: { type: 'pins', room: 'lobby' } }],
    ['/output 1042', { type: 'query', n: null, query: { type: 'output', seq: 1042, offset: -8192, limit: 8192 } }],
    ['/send shot.png', wrong('send-elsewhere')],

    ['/', wrong('unknown-command', '/')],
    ['/ me', wrong('unknown-command', '/')],
    ['/nosuch thing', wrong('unknown-command', '/nosuch')],
    ['/\u001B[2J', wrong('unknown-command', '/␛[2J')],
    ['/constructor', wrong('unknown-command', '/constructor')],
    ['/me', wrong('usage', '/me <action>')],
    ['/me  ', wrong('usage', '/me <action>')],
    ['/msg', wrong('usage', '/msg <name> <text>')],
    ['/msg bob', wrong('usage', '/msg <name> <text>')],
    ['/nick', wrong('usage', '/nick <name>')],
    ['/reply', wrong('usage', '/reply [number] <text>')],
    ['/reply 42', wrong('usage', '/reply [number] <text>')],
    ['/reply 42 ', wrong('usage', '/reply [number] <text>')],
    ['/edit 42', wrong('usage', '/edit [number] <text>')],
    ['/edit', wrong('usage', '/edit [number] <text>')],
    ['/react', wrong('usage', '/react <emoji> [number]')],
    ['/react 👍 first', wrong('usage', '/react <emoji> [number]')],
    ['/pin', wrong('usage', '/pin <number>')],
    ['/pin 0', wrong('usage', '/pin <number>')],
    ['/unpin x', wrong('usage', '/unpin <number>')],
    ['/pins ops', wrong('usage', '/pins')],
    ['/send', wrong('usage', '/send <path> [caption]')],
    ['/join', wrong('usage', '/join <room> [key]')],
  ]

  test.each(CASES)('%j', (line, ask) => expect(typed(line)).toEqual([ask]))

  test('of every command there is an example above', () => {
    const examples = CASES.map(([line]) => /^\/(\w+)/.exec(line)?.[1])
    for (const { name } of SLASH_COMMANDS) expect(examples).toContain(name)
  })
})

describe('a message goes to the person’s room', () => {
  const roomsOf = (...lines: readonly string[]): readonly string[] =>
    typed(...lines).flatMap(ask => (ask.type === 'command' && ask.command.type === 'say' ? [ask.command.room] : []))

  test.each([
    ['join moves', ['a', '/join ops', 'b', '/me c'], ['lobby', 'ops', 'ops']],
    ['part moves back', ['/join ops', 'a', '/part', 'b'], ['ops', 'lobby']],
    ['part of the room by name too', ['/join ops', '/part ops', 'a'], ['lobby']],
    ['however the name is written', ['/join #Ops', 'a', '/part OPS', 'b'], ['ops', 'lobby']],
    ['part of another room does not', ['/join ops', '/part dev', 'a', '/part lobby', 'b'], ['ops', 'ops']],
    ['the last room joined counts', ['/join ops', '/join dev', 'a', '/part ops', 'b'], ['dev', 'dev']],
    [
      'what cannot be a room moves nobody',
      ['/join a/b', 'a', '/join', 'b', '/part a/b', 'c'],
      ['lobby', 'lobby', 'lobby'],
    ],
    ['part in the lobby stays there', ['/part', 'a'], ['lobby']],
  ])('%s', (_, lines, rooms) => expect(roomsOf(...lines)).toEqual(rooms))

  test('so do who, topic and part', () => {
    expect(typed('/join ops', '/who', '/topic', '/topic x', '/part').slice(1)).toEqual([
      who('ops'),
      who('ops'),
      command({ type: 'topic', room: 'ops', topic: 'x' }),
      command({ type: 'part', room: 'ops', reason: null }),
    ])
  })

  test('[W2] wherever the lines are cut', () => {
    const bytes = bytesOf('/join ops\r\nhi\r\n/part\r\nbye\r\n')
    const whole = asksOf([bytes])
    expect(whole.length).toBe(4)
    for (let at = 0; at <= bytes.length; at++)
      expect(asksOf([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole)
  })
})

describe('telnet commands are not text', () => {
  const [SE, NOP, SB, WILL, DONT, IAC] = [0xf0, 0xf1, 0xfa, 0xfb, 0xfe, 0xff]
  const a = [...bytesOf('al')]
  const b = [...bytesOf('ice')]
  const ROWS: readonly (readonly [string, readonly number[]])[] = [
    ['an offer', [IAC, WILL, 0x1f]],
    [
      'what PuTTY begins with',
      [0xfb, 0x1f, 0xfb, 0x20, 0xfb, 0x18, 0xfd, 0x01, 0xfb, 0x03].flatMap((x, i) => (i % 2 ? [x] : [IAC, x])),
    ],
    ['an interrupt and a timing mark', [IAC, 0xf4, IAC, 0xfd, 0x06]],
    ['an escaped 255', [IAC, IAC]],
    ['a subnegotiation', [IAC, SB, 0x1f, 0, 80, 0, 24, IAC, SE]],
    ['an empty subnegotiation', [IAC, SB, IAC, SE]],
    ['a subnegotiation that holds 255 and 240', [IAC, SB, 0x18, IAC, IAC, SE, 0x61, IAC, SE]],
    ['a subnegotiation that holds a command', [IAC, SB, 0x18, IAC, NOP, 0x61, IAC, SE]],
    ['an option of 255', [IAC, DONT, IAC]],
  ]

  test.each(ROWS)('[W2] %s, before, within and behind a name, cut at every byte', (_, negotiation) => {
    for (const line of [
      [...negotiation, ...a, ...b],
      [...a, ...negotiation, ...b],
      [...a, ...b, ...negotiation],
    ]) {
      const bytes = Uint8Array.from([...line, 0x0d, 0x0a, ...bytesOf('hi\r\n')])
      for (let at = 0; at <= bytes.length; at++) {
        expect(asksOf([bytes.subarray(0, at), bytes.subarray(at)], false)).toEqual([hello('alice'), say('hi')])
      }
    }
  })

  test.each([
    ['a command that the line cuts', [IAC]],
    ['an offer that the line cuts', [IAC, WILL]],
    ['a subnegotiation without an end', [IAC, SB, 0x18, 0x61, IAC]],
    ['another', [IAC, SB, 0x18, ...bytesOf('left out')]],
  ])('[W3] %s ends with it', (_, negotiation) => {
    const bytes = Uint8Array.from([...a, ...b, ...negotiation, 0x0a, ...bytesOf('hi\n')])
    expect(asksOf([bytes], false)).toEqual([hello('alice'), say('hi')])
  })

  test('a line of nothing else is blank', () => {
    expect(asksOf([Uint8Array.from([IAC, WILL, 0x1f, 0x0d, 0x0a])])).toEqual([])
  })

  test('the text is left, with anything between its characters', () => {
    const negotiation = fc.constantFrom<readonly number[]>(...ROWS.map(([, bytes]) => bytes), [])
    const character = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(fc.tuple(character, negotiation)), parts => {
        const bytes = parts.flatMap(([text, commands]) => [...bytesOf(text), ...commands])
        const text = parts.map(([part]) => part).join('')
        expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(stripTelnet(Uint8Array.from(bytes)))).toBe(text)
      }),
    )
  })

  test('[W3] any bytes can be stripped, and no 255 is left', () => {
    const byte = fc.oneof(fc.constantFrom(IAC, IAC, SB, SE, WILL), fc.integer({ min: 0, max: 255 }))
    fc.assert(
      fc.property(fc.array(byte), bytes => {
        const left = stripTelnet(Uint8Array.from(bytes))
        expect(left.length).toBeLessThanOrEqual(bytes.length)
        expect(left).not.toContain(IAC)
      }),
      { numRuns: runs(1000) },
    )
  })
})

const AT = Date.UTC(2026, 0, 1, 12, 34, 56)
const encoding = lineEncoding(
  at => new Date(at).toISOString().slice(11, 19),
  at => new Date(at).toISOString().slice(0, 10),
  path => `http://chat.example:3001${path}`,
)
const linesOf = (outgoing: Outgoing): readonly string[] => encoding.encode(outgoing).map(String)
const event = (value: OfAnybody, text: string | null = null): Outgoing => ({
  type: 'event',
  seq: 4,
  at: AT,
  i: 0,
  last: true,
  event: ofAnybody(value),
  text,
})
const roomOf = (room: string, names: readonly string[], topic: RoomView['topic'] = null): RoomView => ({
  ...emptyRoom(room),
  topic,
  members: IMap(names.map(name => [name, { id: name, name, since: 0, away: null }])),
})

describe('the lines for people', () => {
  const said = { type: 'said', room: 'lobby', from: 'alice', action: false } as const
  const told = { type: 'told', from: 'alice', to: 'bob', action: false } as const
  const quit = { type: 'quit', name: 'bob', cause: 'quit', by: null, reason: null } as const
  const topic = { type: 'topic', room: 'ops', topic: 'tea', by: 'alice' } as const
  const stated = { text: 'tea', by: 'bob', at: 0 }

  test.each<readonly [Outgoing, readonly string[]]>([
    [event(said, 'hi'), ['alice > hi']],
    [event(said, 'one\n\nthree'), ['alice > one', 'alice > ', 'alice > three']],
    [event(said), ['alice > ']],
    [event({ ...said, action: true }, 'waves\ntwice'), ['* alice waves', '* alice twice']],
    [event({ ...said, room: 'ops' }, 'hi'), ['#ops alice > hi']],
    [event({ ...said, room: 'ops', action: true }, 'waves'), ['#ops * alice waves']],
    [event({ ...said, from: 'Host' }, 'hi'), ['server > hi']],
    [event(told, 'hi\nyou'), ['alice (to bob alone) > hi', 'alice (to bob alone) > you']],
    [event({ type: 'joined', room: 'lobby', name: 'bob', away: null }), ['[*] bob entered.']],
    [event({ type: 'joined', room: 'ops', name: 'bob', away: 'tea' }), ['[*] bob entered #ops.']],
    [event({ type: 'parted', room: 'lobby', name: 'bob', reason: null }), ['[*] bob exited #lobby.']],
    [event({ type: 'parted', room: 'ops', name: 'bob', reason: 'done' }), ['[*] bob exited #ops. (done)']],
    [
      event({ type: 'parted', room: 'ops', name: 'bob', reason: 'spam', by: 'alice' }),
      ['[*] bob exited #ops, removed by alice. (spam)'],
    ],
    [event(quit), ['[*] bob exited.']],
    [event({ ...quit, cause: 'lost', reason: 'gone' }), ['[*] bob exited. (gone)']],
    [event({ ...quit, cause: 'kicked', by: 'Host' }), ['[*] bob has been kicked out.']],
    [event({ ...quit, cause: 'kicked', by: 'Host', reason: 'spam' }), ['[*] bob has been kicked out. (spam)']],
    [event({ type: 'renamed', from: 'bob', to: 'rob' }), ['[*] bob is now rob.']],
    [event({ type: 'away', name: 'bob', note: 'tea' }), ['[*] bob is away. (tea)']],
    [event({ type: 'away', name: 'bob', note: null }), ['[*] bob is back.']],
    [event({ type: 'deleted', room: 'lobby', target: 7, by: 'alice' }), ['[*] alice deleted message 7.']],
    [
      event({ type: 'deleted', room: null, target: 7, by: 'Host' }),
      ['[*] Host deleted message 7, which was said to one alone.'],
    ],
    [event(topic), ['[*] alice set the topic of #ops: tea']],
    [event({ ...topic, topic: '' }), ['[*] alice took the topic of #ops away.']],
    [{ type: 'room', seq: 4, at: AT, view: roomOf('lobby', []) }, ['server > In #lobby: Host.']],
    [
      { type: 'room', seq: 4, at: AT, view: roomOf('lobby', ['bob', 'alice'], stated) },
      ['server > In #lobby: Host, alice, bob.', 'server > Topic, set by bob: tea'],
    ],
    [
      { type: 'who', at: AT, n: null, view: roomOf('ops', ['bob'], stated) },
      ['server > In #ops: bob.', 'server > Topic, set by bob: tea'],
    ],
    [
      { type: 'rooms', at: AT, n: null, rooms: [roomOf('lobby', ['a', 'b']), roomOf('ops', [])] },
      ['server > Rooms: #lobby (2), #ops (0).'],
    ],
    [{ type: 'result', result: { n: 1, seq: 1, code: null, detail: '' } }, []],
    [{ type: 'pong', id: 1, seq: 1 }, []],
    [{ type: 'ping', seq: 1 }, []],
  ])('%j', (outgoing, lines) => expect(linesOf(outgoing)).toEqual(lines.map(line => `[12:34:56] ${line}\n`)))

  test('the welcome is by name and at its own time', () => {
    const how = { resumed: false, gap: false, returned: false }
    const about = { seq: 1, session: 's', id: 'm1', token: null, epoch: 'e', ...how, grace: 0, rate: null }
    expect(linesOf({ type: 'welcome', welcome: { ...about, at: AT, name: 'alice' } })).toEqual([
      '[12:34:56] server > Welcome, alice. Type to talk; /help lists the commands.\n',
    ])
  })

  test('a question leaves the cursor behind it; telnet is told to hide the answer, and to show again', () => {
    expect(linesOf({ type: 'prompt', what: 'name' })).toEqual(['Your name? '])
    expect(linesOf({ type: 'prompt', what: 'new-password' })).toEqual(['New password? '])
    const [hide, show] = [Uint8Array.of(0xff, 0xfb, 1), Uint8Array.of(0xff, 0xfc, 1)]
    expect(encoding.encode({ type: 'prompt', what: 'password', hidden: true })).toEqual(['Password? ', hide])
    expect(encoding.encode({ type: 'shown' })).toEqual([show, '\n'])
  })

  test('[I16] an account is described to its owner', () => {
    const device = { since: AT, used: AT, sessions: 0, current: false }
    expect(
      linesOf({
        ...{ type: 'devices', at: AT, n: null, name: 'alice' },
        devices: [
          { ...device, id: 'c1', kind: 'password', label: '' },
          { ...device, id: 'c22', kind: 'kept', label: 'page', sessions: 2, current: true },
        ],
      }).map(line => line.trimEnd()),
    ).toEqual([
      '[12:34:56] server > What can sign in to alice:',
      '[12:34:56] server > c1  password             since 12:34:56, last used 12:34:56, 0 connected',
      '[12:34:56] server > c22  kept sign-in, page  since 12:34:56, last used 12:34:56, 2 connected, this one',
    ])
    const account = { type: 'account', at: AT, n: null, name: 'bob', id: 'm2', here: false } as const
    expect([...linesOf({ ...account, since: null }), ...linesOf({ ...account, since: AT })]).toEqual([
      '[12:34:56] server > bob is a guest, and not here.\n',
      '[12:34:56] server > bob is an account since 12:34:56, and not here.\n',
    ])
    expect(linesOf({ type: 'done', at: AT, what: 'password' })).toEqual([
      '[12:34:56] server > Your password is changed.\n',
    ])
    expect(linesOf({ type: 'challenge', n: null, challenge: { nonce: 'x', server: 'e' } })).toEqual([])
  })

  test.each(Object.keys(ERRORS) as ErrorCode[])('%s is said by the server in its sentence', code => {
    const text = errorText(code, 'this')
    expect(linesOf({ type: 'rejected', at: AT, n: null, code, detail: 'this' })).toEqual([
      `[12:34:56] server > ${text}\n`,
    ])
  })

  test.each(Object.keys(CLOSINGS) as CloseCode[])('%s is said by the server in its sentence', code => {
    const text = closingText(code, 'Host')
    expect(linesOf({ type: 'closed', at: AT, code, detail: 'Host' })).toEqual([`[12:34:56] server > ${text}\n`])
  })

  test.each([
    [99, 0],
    [100, 0],
    [101, 1],
    [10_000, 9900],
  ])('of %i people a list names 100 at most, and counts %i', (count, more) => {
    const names = Array.from({ length: count }, (_, i) => `m${i}`)
    const [line = ''] = linesOf({ type: 'who', at: AT, n: null, view: roomOf('lobby', names) })
    const [, list = '', rest = ''] = /In #lobby: (.*?)(?: and (\d+) more)?\.\n$/.exec(line) ?? []
    const listed = list.split(', ')
    expect(listed[0]).toBe('Host')
    expect(new Set(listed.slice(1)).size).toBe(Math.min(count, 100))
    expect(listed.slice(1)).toEqual(listed.slice(1).toSorted())
    for (const name of listed.slice(1)) expect(names).toContain(name)
    expect(Number(rest)).toBe(more)
  })

  test('help is one aligned row for each command that everybody may use', () => {
    const lines = linesOf({ type: 'help', at: AT })
    const usual = SLASH_COMMANDS.filter(({ act }) => act === undefined)
    expect(lines.length).toBe(usual.length + 1)
    expect(lines.at(-1)).toBe('[12:34:56] server > /help keep lists the commands for keeping order.\n')
    const columns = new Set<number>()
    for (const [i, row] of usual.entries()) {
      const line = lines[i] as string
      expect(line.startsWith(`[12:34:56] server > ${usage(row)}  `)).toBe(true)
      expect(line.endsWith(`  ${row.help}\n`)).toBe(true)
      columns.add(line.length - row.help.length)
    }
    expect(columns.size).toBe(1)
  })
})

describe('[Y2] earlier messages are marked', () => {
  const message: Message = {
    ...{ seq: 7, at: AT - 1000, room: 'lobby', from: 'alice', author: 's1' },
    ...{ to: null, account: false, other: null, action: false, text: 'hi', mentions: [] },
  }
  const past = (
    messages: readonly Message[],
    more = false,
    room: string | null = 'lobby',
    words: string | null = null,
  ) => linesOf({ type: 'past', seq: 9, at: AT, n: null, room, words, messages, more, gap: null, gone: 0 })

  test('line by line, each with its number and its own time', () => {
    expect(past([message, { ...message, seq: 8, text: 'one\ntwo' }])).toEqual([
      '| Earlier:\n',
      '| 7 [12:34:55] alice > hi\n',
      '| 8 [12:34:55] alice > one\n',
      '| 8 [12:34:55] alice > two\n',
    ])
  })

  test('with the day, if that is another one', () => {
    expect(past([{ ...message, at: AT - 86_400_000 }])[1]).toBe('| 7 [2025-12-31 12:34:56] alice > hi\n')
  })

  test('as what it was: by the host, something one did, to one alone, deleted', () => {
    const [, ...lines] = past([
      { ...message, from: 'Host' },
      { ...message, action: true, text: 'waves' },
      { ...message, room: null, to: 'bob', other: 's2' },
      { ...message, text: null },
    ])
    expect(lines.map(line => line.slice('| 7 [12:34:55] '.length))).toEqual([
      ...['server > hi\n', '* alice waves\n', 'alice (to bob alone) > hi\n', 'alice > (deleted)\n'],
    ])
  })

  test('with the room, which is named in each line of what was found', () => {
    const inOps = { ...message, room: 'ops' }
    expect(past([inOps], true, 'ops')).toEqual([
      '| Earlier in #ops, and there is more:\n',
      '| 7 [12:34:55] #ops alice > hi\n',
    ])
    expect(past([message, inOps], false, null, 'h')).toEqual([
      '| Found for "h":\n',
      '| 7 [12:34:55] #lobby alice > hi\n',
      '| 7 [12:34:55] #ops alice > hi\n',
    ])
  })

  test('also where there is nothing', () => {
    expect(past([])).toEqual(['| Nothing was said earlier.\n'])
    expect(past([], false, 'ops')).toEqual(['| Nothing was said earlier in #ops.\n'])
    expect(past([], false, null, 'h')).toEqual(['| Nothing found for "h".\n'])
  })

  test('no line is without the mark, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (raw, action) => {
        const text = neutralise(raw)
        const lines = past([{ ...message, action, text }])
        expect(lines.length).toBe(1 + text.split('\n').length)
        for (const line of lines.slice(1)) expect(line).toMatch(/^\| 7 \[12:34:55\] (\* alice|alice >) .*\n$/)
      }),
      { numRuns: runs(300) },
    )
  })
})

describe('[W4] nothing that people write looks like what others do', () => {
  const name = fc
    .oneof(
      fc.string({ unit: fc.constantFrom(...'aZ09-_.[]{}|^\\`éЖ田'), minLength: 1, maxLength: 32 }),
      fc.constantFrom('entered', 'to', '[a]', 'lobby'),
    )
    .filter(text => readName(text).ok)
  const room = fc.constantFrom('lobby', 'ops', '東京')
  const text = fc
    .oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('\n', '\r', '\v', '\u0085', '\u2028', '\u001B', '[', '*', ']', '>', ' ', 'a'),
      }),
      fc.constantFrom('\n[12:34:56] bob > x', '\r\nserver > x\r\n', '\n[*] bob exited.\n', 'x\u2028[12:34:56] bob > x'),
    )
    // As every text is at ingress.
    .map(neutralise)

  test('every line of a said begins with its time, its room and its author, and ends where it should', () => {
    fc.assert(
      fc.property(name, room, text, fc.boolean(), (from, where, what, action) => {
        const lines = linesOf(event({ type: 'said', room: where, from, action }, what))
        const place = where === 'lobby' ? '' : `#${where} `
        const start = `[12:34:56] ${place}${action ? `* ${from} ` : `${from} > `}`
        expect(lines).toEqual(what.split('\n').map(line => `${start}${line}\n`))
        for (const line of lines) expect(line.search(/[\p{Cc}\u2028\u2029]/u)).toBe(line.length - 1)
      }),
      { numRuns: runs(1000) },
    )
  })

  test('so does every line of a direct message', () => {
    fc.assert(
      fc.property(name, name, text, fc.boolean(), (from, to, what, action) => {
        const lines = linesOf(event({ type: 'told', from, to, action }, what))
        expect(lines).toEqual(what.split('\n').map(line => `[12:34:56] ${from} (to ${to} alone) > ${line}\n`))
      }),
    )
  })
})
