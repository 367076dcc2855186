/** The original's wire, to the letter, and a copy of its client that must stay in step with the lobby: rules C1–C3. */
import fc from 'fast-check'
import { Map as IMap } from 'immutable'
import { describe, expect, test } from 'vitest'
import { classicCodec } from '../../src/codec/classic/codec.ts'
import { classicEncoding } from '../../src/codec/classic/encoding.ts'
import type { Outgoing, Welcome } from '../../src/codec/codec.ts'
import { CLOSINGS, type CloseCode, closingText } from '../../src/model/closing.ts'
import { ERRORS, type ErrorCode, errorText } from '../../src/model/error.ts'
import type { RoomEvent, ToldEvent } from '../../src/model/event.ts'
import { CLASSIC_GREETING_MS, CLASSIC_PACE_MS, CLASSIC_READ_BYTES, TEXT_MAX_LINES } from '../../src/model/limits.ts'
import type { Message } from '../../src/model/message/message.ts'
import { nameKey, readName } from '../../src/model/name/name.ts'
import { neutralise } from '../../src/model/text.ts'
import { emptyRoom, type RoomView } from '../../src/model/view.ts'
import { evolveRoom } from '../../src/reducer/evolve-room.ts'
import { type OfAnybody, ofAnybody } from '../helpers/of-anybody.ts'
import { runs } from '../helpers/seeds.ts'

const AT = Date.UTC(2026, 0, 1, 12, 34, 56)
const TIME = '[12:34:56] '
const timeOfDay = (at: number): string => new Date(at).toISOString().slice(11, 19)
const encoding = classicEncoding(timeOfDay, path => `http://chat.example:3001${path}`)
const framesOf = (outgoing: Outgoing): readonly string[] => encoding.encode(outgoing)
const sizeOf = (text: string): number => Buffer.byteLength(text)

const event = (value: OfAnybody<RoomEvent | ToldEvent>, text: string | null = null): Outgoing => ({
  type: 'event',
  seq: 4,
  at: AT,
  i: 0,
  last: true,
  event: ofAnybody(value),
  text,
})
const list = (view: RoomView): Outgoing => ({ type: 'room', seq: 4, at: AT, view })
const roomOf = (room: string, names: readonly string[]): RoomView => ({
  ...emptyRoom(room),
  members: IMap(names.map(name => [name, { id: name, name, since: 0, away: null }])),
})
const WELCOME: Welcome = {
  seq: 1,
  at: AT,
  session: 's',
  id: 'm1',
  name: 'alice',
  token: null,
  epoch: 'e',
  resumed: false,
  gap: false,
  returned: false,
  grace: 0,
  rate: null,
}

describe('[C1] each thing that happens is told in the original words, a write each', () => {
  const said = { type: 'said', room: 'lobby', from: 'alice', action: false } as const
  const told = { type: 'told', from: 'alice', to: 'bob', action: false } as const
  const quit = { type: 'quit', name: 'alice', cause: 'quit', by: null, reason: null } as const
  const topic = { type: 'topic', room: 'lobby', topic: 'tea [*] x entered.', by: 'alice' } as const

  test.each<readonly [Outgoing, readonly string[]]>([
    [{ type: 'welcome', welcome: WELCOME }, ['OK']],
    [list(roomOf('lobby', ['bob', 'alice'])), ['&Host&alice&bob']],
    [list(roomOf('lobby', ['alice'])), ['&Host&alice']],
    [list(roomOf('ops', ['alice'])), []],
    [event(said, 'text'), ['[12:34:56] alice > text']],
    [event(said, 'one\n\nthree'), ['[12:34:56] alice > one\n[12:34:56] alice > \n[12:34:56] alice > three']],
    [event({ ...said, action: true }, 'waves'), ['[12:34:56] * alice waves']],
    [event({ ...said, from: 'Host' }, 'text'), ['[12:34:56] server > text']],
    [event({ ...said, room: 'ops' }, 'text'), []],
    [event(told, 'text'), ['[12:34:56] alice (to you alone) > text']],
    [event({ type: 'joined', room: 'lobby', name: 'alice', away: 'tea' }), ['[12:34:56] [*] alice entered.']],
    [event({ type: 'joined', room: 'ops', name: 'alice', away: null }), []],
    [event({ type: 'parted', room: 'lobby', name: 'alice', reason: 'tea' }), ['[12:34:56] [*] alice exited.']],
    [event({ type: 'parted', room: 'ops', name: 'alice', reason: null }), []],
    [event(quit), ['[12:34:56] [*] alice exited.']],
    [event({ ...quit, cause: 'lost' }), ['[12:34:56] [*] alice exited.']],
    [event({ ...quit, cause: 'kicked', by: 'Host', reason: 'spam' }), ['[12:34:56] [*] alice exited.']],
    [event({ type: 'renamed', from: 'a', to: 'b' }), ['[12:34:56] [*] a exited.', '[12:34:56] [*] b entered.']],
    [event({ type: 'away', name: 'alice', note: 'tea' }), []],
    [event(topic), ['[12:34:56] server > alice set the topic: tea (*) x entered.']],
    [event({ ...topic, topic: '' }), ['[12:34:56] server > alice took the topic away.']],
    [event({ ...topic, room: 'ops' }), []],
    [{ type: 'prompt', what: 'name' }, []],
    [{ type: 'help', at: AT }, []],
    [{ type: 'pong', id: null, seq: 1 }, []],
    [{ type: 'ping', seq: 1 }, []],
    [{ type: 'rooms', at: AT, n: null, rooms: [] }, []],
    [{ type: 'who', at: AT, n: null, view: roomOf('lobby', []) }, []],
    [{ type: 'result', result: { n: 1, seq: 1, code: null, detail: '' } }, []],
  ])('%j', (outgoing, frames) => expect(framesOf(outgoing)).toEqual(frames))

  test('OK is two bytes, NOT_UNIQUE is ten, and a read apart from the list', () => {
    const refused = framesOf({ type: 'rejected', at: AT, n: null, code: 'name-taken', detail: 'alice' })
    expect(Buffer.from(framesOf({ type: 'welcome', welcome: WELCOME }).join(''))).toEqual(Buffer.of(0x4f, 0x4b))
    expect(refused.map(frame => Buffer.from(frame).toString('hex'))).toEqual(['4e4f545f554e49515545'])
    expect(encoding.pace).toEqual({ first: CLASSIC_GREETING_MS, rest: CLASSIC_PACE_MS })
    expect(encoding.echoes).toBe(false)
    expect(classicCodec(timeOfDay).onRefusal).toBe('close')
  })

  test.each(Object.keys(ERRORS) as ErrorCode[])(
    '%s is NOT_UNIQUE to who cannot enter, else the server says it',
    code => {
      const frames = framesOf({ type: 'rejected', at: AT, n: null, code, detail: '[*] x' })
      const outside = ERRORS[code].exit === 4
      expect(frames[0]).toBe(outside ? 'NOT_UNIQUE' : `${TIME}server > ${errorText(code, '(*) x')}`)
      expect(frames.slice(1)).toEqual(
        code === 'password-needed' ? [expect.stringMatching(/^\[12:34:56\] server > This server /)] : [],
      )
    },
  )

  test('of what was said before nothing is told: it would be taken for news', () => {
    const message: Message = {
      ...{ seq: 7, at: AT, room: 'lobby', from: 'alice', author: 's1' },
      ...{ to: null, account: false, other: null, action: false, text: 'hi', mentions: [] },
    }
    for (const words of [null, 'hi']) {
      const past = {
        seq: 9,
        at: AT,
        n: null,
        room: 'lobby',
        words,
        messages: [message],
        more: false,
        gap: null,
        gone: 0,
      }
      expect(framesOf({ type: 'past', ...past })).toEqual([])
    }
    expect(encoding.recalls).toBe(false)
  })

  test('every refusal of a name is NOT_UNIQUE', () => {
    for (const code of Object.keys(ERRORS) as ErrorCode[]) {
      if (!/^name-|^server-full$|^too-many-from-address$|^address-too-fast$|^rooms-of-address$/.test(code)) continue
      expect(framesOf({ type: 'rejected', at: AT, n: null, code, detail: '' })).toEqual(['NOT_UNIQUE'])
    }
  })

  test.each(Object.keys(CLOSINGS) as CloseCode[])('%s is said by the server', code => {
    const frames = framesOf({ type: 'closed', at: AT, code, detail: '[*] x' })
    const refused = code === 'tls-only' ? ['NOT_UNIQUE'] : []
    expect(frames).toEqual([...refused, `${TIME}server > ${closingText(code, '(*) x')}`])
  })
})

const letters = fc.constantFrom(...'aZ09-_.[]{}|^\\`éЖ田𠮷')
const validName = fc
  .oneof(
    fc.string({ unit: letters, minLength: 1, maxLength: 32 }),
    fc.constantFrom('entered', 'exited', 'exited.entered.', 'x-exited', 'unentered', '[a]', '[', ']', 'lobby', 'OK'),
  )
  .filter(text => readName(text).ok)
const someText = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc
      .array(fc.constantFrom('[', '*', ']', '[*]', '[*', '*]', ' ', 'x', 'entered', 'exited', '.', '\n', '(*)'))
      .map(tokens => tokens.join('')),
    fc.constantFrom('[*] mallory entered.', '[*] alice exited.', '\n[12:34:56] [*] x entered.', '[[*]*] x exited .'),
  )
  // As every text is at ingress.
  .map(neutralise)

describe('[C1] no write is longer than one read of 4096 bytes, nor cuts a character or a name', () => {
  const author = fc.oneof(
    validName,
    fc.constant('Host'),
    fc.nat(31).map(more => '𠮷'.repeat(more + 1)),
  )
  const huge = fc
    .tuple(fc.constantFrom('x', 'é', '€', '😀', '[*]', '[*', 'e\u0301', '👩‍👩‍👧'), fc.nat(3))
    .map(([unit, more]) => 'x'.repeat(more) + unit.repeat(Math.floor((8192 - more) / sizeOf(unit))))
  const longText = fc.oneof(
    huge,
    someText,
    fc.tuple(huge, someText).map(texts => texts.join('\n')),
  )

  /** The frames' texts, when each is whole, within one read, and begins as it should. */
  function piecesOf(frames: readonly string[], start: string): readonly string[] {
    return frames.flatMap(frame => {
      expect(sizeOf(frame)).toBeLessThanOrEqual(CLASSIC_READ_BYTES)
      expect(Buffer.from(frame).toString()).toBe(frame)
      return frame.split('\n').map(line => {
        expect(line.startsWith(start)).toBe(true)
        return line.slice(start.length)
      })
    })
  }

  test('of a said: every line has its time and its author, and together they are the text', () => {
    fc.assert(
      fc.property(author, longText, fc.boolean(), (from, text, action) => {
        const by = from === 'Host' ? 'server' : from
        const frames = framesOf(event({ type: 'said', room: 'lobby', from, action }, text))
        const pieces = piecesOf(frames, action ? `${TIME}* ${by} ` : `${TIME}${by} > `)
        expect(pieces.join('')).toBe(text.replaceAll('[*]', '(*)').replaceAll('\n', ''))
      }),
      { numRuns: runs(300) },
    )
  })

  test('[C4] of many short lines are few, each of which is as full as can be', () => {
    const text = 'a\n'.repeat(TEXT_MAX_LINES - 1)
    for (const from of ['a', '𒀀'.repeat(32)]) {
      const frames = framesOf(event({ type: 'said', room: 'lobby', from, action: false }, text))
      const line = sizeOf(`${TIME}${from} > a\n`)
      expect(piecesOf(frames, `${TIME}${from} > `)).toHaveLength(TEXT_MAX_LINES)
      expect(frames.length).toBe(Math.ceil(TEXT_MAX_LINES / Math.floor((CLASSIC_READ_BYTES + 1) / line)))
    }
  })

  test('of a direct message neither', () => {
    fc.assert(
      fc.property(author, longText, (from, text) => {
        const by = from === 'Host' ? 'server' : from
        const frames = framesOf(event({ type: 'told', from, to: 'you', action: false }, text))
        const pieces = piecesOf(frames, `${TIME}${by} (to you alone) > `)
        expect(pieces.join('')).toBe(text.replaceAll('[*]', '(*)').replaceAll('\n', ''))
      }),
      { numRuns: runs(100) },
    )
  })

  test.each([
    ['one byte', 'x'],
    ['two bytes', 'é'],
    ['three bytes', '€'],
    ['four bytes', '😀'],
  ])('8 KiB of characters of %s fill their frames', (_, character) => {
    const text = character.repeat(8192 / sizeOf(character))
    for (let length = 1; length <= 32; length++) {
      const start = `${TIME}${'a'.repeat(length)} > `
      const frames = framesOf(event({ type: 'said', room: 'lobby', from: 'a'.repeat(length), action: false }, text))
      expect(piecesOf(frames, start).join('')).toBe(text)
      expect(frames.length).toBe(3)
      const room = CLASSIC_READ_BYTES - sizeOf(start)
      expect(frames[0]).toBe(start + character.repeat(Math.floor(room / sizeOf(character))))
    }
  })

  test('of a refusal and a goodbye neither', () => {
    fc.assert(
      fc.property(longText, detail => {
        const frames = [
          ...framesOf({ type: 'rejected', at: AT, n: null, code: 'usage', detail }),
          ...framesOf({ type: 'closed', at: AT, code: 'refused', detail }),
        ]
        piecesOf(frames, `${TIME}server > `)
      }),
      { numRuns: runs(100) },
    )
  })

  test('of a list neither: those who do not fit enter one by one', () => {
    const long = (i: number): string => `${'𠮷'.repeat(29)}${String(i).padStart(3, '0')}`
    for (const count of [0, 1, 34, 35, 500]) {
      const names = Array.from({ length: count }, (_, i) => long(i))
      const frames = framesOf(list(roomOf('lobby', names)))
      const [first = '', ...later] = frames
      const listed = first.split('&').slice(1)
      const entering = later.map(frame => /^\[12:34:56\] \[\*\] (\S+) entered\.$/.exec(frame)?.[1])
      for (const frame of frames) expect(sizeOf(frame)).toBeLessThanOrEqual(CLASSIC_READ_BYTES)
      expect([...listed, ...entering]).toEqual(['Host', ...names])
      expect(later.length).toBe(Math.max(0, count - Math.floor((CLASSIC_READ_BYTES - 5) / (29 * 4 + 3 + 1))))
    }
  })

  test('a list may fill its read to the last byte', () => {
    // &Host and 136 names of 30 bytes with their & leave 11 bytes.
    const names = Array.from({ length: 136 }, (_, i) => `m${String(i).padStart(28, '0')}`)
    for (const [length, frames] of [
      [10, 1],
      [11, 2],
    ] as const) {
      const view = roomOf('lobby', [...names, 'z'.repeat(length)])
      expect(framesOf(list(view)).length).toBe(frames)
      if (frames === 1) expect(sizeOf(framesOf(list(view))[0] as string)).toBe(CLASSIC_READ_BYTES)
    }
  })
})

/** The original client's reading of its input (`recv_msg` in chat_client.py), to the letter. */
class OriginalClient {
  readonly users: string[] = []
  #reads = 0

  read(data: string): void {
    this.#reads++
    if (this.#reads === 1) expect(data).toBe('OK')
    else if (this.#reads === 2) this.users.push(...data.split('&').filter(name => name !== ''))
    else this.#message(data)
  }

  #message(data: string): void {
    if (data.includes('[*]') && data.includes('entered') && data.trim().length >= 1) this.#add(data.split(' ').at(-2))
    if (data.includes('[*]') && data.includes('exited')) this.#remove(data.split(' ').at(-2))
  }

  #add(user: string | undefined): void {
    if (user !== undefined) this.users.push(user)
  }

  /** Its list box knows no name twice and throws on one that it does not know. */
  #remove(user: string | undefined): void {
    const at = user === undefined ? -1 : this.users.indexOf(user)
    if (at < 0) throw new Error(`there is no ${user} in the list`)
    this.users.splice(at, 1)
  }
}

describe('[C2] the original client has the list of the lobby after any events', () => {
  type Step = {
    readonly what: (typeof WHAT)[number]
    readonly who: number
    readonly other: number
    readonly text: string
    readonly action: boolean
  }
  const WHAT = [
    ...['enter', 'enter', 'enter', 'part', 'quit', 'lost', 'kick', 'rename', 'rename', 'away', 'topic', 'said', 'said'],
    ...['told', 'elsewhere', 'elsewhere', 'refused', 'asked'],
  ] as const
  const step: fc.Arbitrary<Step> = fc.record({
    what: fc.constantFrom(...WHAT),
    who: fc.nat(),
    other: fc.nat(),
    text: someText,
    action: fc.boolean(),
  })
  const people = fc.uniqueArray(validName, { minLength: 1, maxLength: 8, selector: nameKey })

  /** The output for a client in the lobby when `step` happens there; nothing if it cannot happen. */
  function happening(lobby: RoomView, names: readonly string[], { what, who, other, text, action }: Step): Outgoing[] {
    const name = names[who % names.length] as string
    const here = lobby.members.has(name)
    const note = text.replace(/\n+/g, ' ')
    switch (what) {
      case 'enter':
        return here ? [] : [event({ type: 'joined', room: 'lobby', name, away: action ? note : null })]
      case 'part':
        return here ? [event({ type: 'parted', room: 'lobby', name, reason: note })] : []
      case 'quit':
      case 'lost':
        return here ? [event({ type: 'quit', name, cause: what, by: null, reason: note })] : []
      case 'kick':
        return here ? [event({ type: 'quit', name, cause: 'kicked', by: 'Host', reason: note })] : []
      case 'rename': {
        const to = names[other % names.length] as string
        return here && (to === name || !lobby.members.has(to)) ? [event({ type: 'renamed', from: name, to })] : []
      }
      case 'away':
        return here ? [event({ type: 'away', name, note: action ? note : null })] : []
      case 'topic':
        return [event({ type: 'topic', room: 'lobby', topic: note, by: name })]
      case 'said':
        return [event({ type: 'said', room: 'lobby', from: action ? 'Host' : name, action: other % 2 === 0 }, text)]
      case 'told':
        return [event({ type: 'told', from: name, to: 'you', action }, text)]
      case 'elsewhere':
        return [
          event({ type: 'joined', room: 'ops', name, away: null }),
          event({ type: 'said', room: 'ops', from: name, action }, text),
          event({ type: 'topic', room: 'ops', topic: note, by: name }),
          event({ type: 'parted', room: 'ops', name, reason: note }),
        ]
      case 'refused':
        return [{ type: 'rejected', at: AT, n: null, code: 'text-too-long', detail: note }]
      default:
        return [
          { type: 'who', at: AT, n: null, view: lobby },
          { type: 'rooms', at: AT, n: null, rooms: [lobby] },
          { type: 'help', at: AT },
        ]
    }
  }

  const folded = (names: Iterable<string>): readonly string[] => [...names].map(nameKey).sort()

  function check(lobby: RoomView, names: readonly string[], steps: readonly Step[]): void {
    const client = new OriginalClient()
    const tell = (outgoing: Outgoing): void => {
      for (const frame of framesOf(outgoing)) client.read(frame)
    }
    tell({ type: 'welcome', welcome: WELCOME })
    tell(list(lobby))
    let view = lobby
    for (const next of steps) {
      for (const outgoing of happening(view, names, next)) {
        tell(outgoing)
        const event = outgoing.type === 'event' ? outgoing.event : null
        if (
          event &&
          event.type !== 'told' &&
          event.type !== 'edited' &&
          event.type !== 'reacted' &&
          event.type !== 'finished' &&
          event.type !== 'held'
        )
          view = evolveRoom(view, event, AT)
        // Names are compared as the server does: the original is shown `Exited` for `exited`.
        expect(folded(client.users)).toEqual(folded(['Host', ...view.members.keys()]))
      }
    }
  }

  test('by any people, in any order, with any texts', () => {
    fc.assert(
      fc.property(people, fc.array(step, { maxLength: 40 }), fc.nat(8), (names, steps, present) => {
        check(roomOf('lobby', names.slice(0, present)), names, steps)
      }),
      { numRuns: runs(1000) },
    )
  })

  test('also when the list is longer than one read', () => {
    const crowd = Array.from({ length: 300 }, (_, i) => `${'я'.repeat(20)}-${i}-${['entered', 'exited', ''][i % 3]}`)
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), steps => check(roomOf('lobby', crowd), crowd, steps)),
      { numRuns: runs(20) },
    )
  })

  test.each([
    ['exited', 'Exited'],
    ['entered', 'Entered'],
    ['x-exited-entered', 'x-Exited-Entered'],
    ['Entered', 'Entered'],
  ])('somebody called %s is shown as %s, so that one coming is not taken for one going', (name, shown) => {
    expect(framesOf(event({ type: 'joined', room: 'lobby', name, away: null }))).toEqual([
      `${TIME}[*] ${shown} entered.`,
    ])
    expect(framesOf(list(roomOf('lobby', [name])))).toEqual([`&Host&${shown}`])
    check(roomOf('lobby', []), [name], [{ what: 'enter', who: 0, other: 0, text: '', action: false }])
    check(roomOf('lobby', [name]), [name], [{ what: 'quit', who: 0, other: 0, text: '', action: false }])
  })
})

describe('[C3] only the server marks what enters and exits', () => {
  test('[*] in any text, of any kind, reaches nobody', () => {
    fc.assert(
      fc.property(validName, someText, fc.boolean(), (name, text, action) => {
        const frames = [
          ...framesOf(event({ type: 'said', room: 'lobby', from: name, action }, text)),
          ...framesOf(event({ type: 'told', from: name, to: 'you', action }, text)),
          ...framesOf(event({ type: 'topic', room: 'lobby', topic: text, by: name })),
          ...framesOf({ type: 'rejected', at: AT, n: null, code: 'unknown-command', detail: text }),
          ...framesOf({ type: 'closed', at: AT, code: 'kicked', detail: name }),
        ]
        for (const frame of frames) expect(frame).not.toContain('[*]')
      }),
      { numRuns: runs(1000) },
    )
  })
})
