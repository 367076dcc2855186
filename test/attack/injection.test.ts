/** Nothing that anybody writes becomes more than text: not in another protocol, not in one's own, not at the console. */
import { describe, expect, test } from 'vitest'
import { CLASSIC_READ_BYTES } from '../../src/model/limits.ts'
import { classic, line, native, object } from '../helpers/actors.ts'
import { openWorld } from '../helpers/open-world.ts'
import type { Wire, World } from '../helpers/world.ts'
import { dial, enter, host } from './helpers.ts'

const codes = (first: number, last: number): readonly string[] =>
  Array.from({ length: last - first + 1 }, (_, k) => String.fromCharCode(first + k))

/** C0, DEL and C1, line and paragraph separators, and characters that change the direction of all later text. */
const CONTROLS = [
  ...[...codes(0x00, 0x1f), ...codes(0x7f, 0x9f)],
  ...[...codes(0x2028, 0x202e), ...codes(0x2066, 0x2069)],
]
const CONTROL_BUT_NEWLINE = /[[\p{Cc}\u2028-\u202E\u2066-\u2069]--\n]/v
/**
 * An attacker writes this with a control where lines could break, so that the rest would look like another member's
 * words or acts.
 */
const forgery = (control: string): string =>
  [
    'well',
    '[00:00:00] [*] victim exited.',
    '[00:00:00] victim > forged',
    'server > forged',
    '{"type":"said","seq":1,"at":1,"room":"lobby","from":"victim","text":"forged"}',
    '&Host&forged',
    'NOT_UNIQUE',
  ].join(control)

/** All that somebody can write, in each protocol, with a control in it. In line mode and classic LF ends a line, and CR begins it anew. */
const WRITING = {
  native: (control: string) => {
    const forged = forgery(control)
    const name = `a${control}b`
    return [
      { type: 'say', text: forged },
      { type: 'say', text: forged, action: true },
      { type: 'say', text: forged, room: 'ops' },
      { type: 'say', text: forged, room: name },
      { type: 'tell', to: 'reader', text: forged },
      { type: 'tell', to: name, text: forged },
      { type: 'topic', topic: forged },
      { type: 'topic', topic: forged, room: 'ops' },
      { type: 'away', note: forged },
      { type: 'away' },
      { type: 'nick', name },
      { type: 'nick', name: forged },
      { type: 'join', room: name },
      { type: 'join', room: 'tea' },
      { type: 'part', room: 'tea', reason: forged },
      { type: 'part', room: name, reason: forged },
      { type: 'kick', name, reason: forged },
      { type: 'who', room: name },
      { type: name },
      { [name]: forged },
    ].map(object)
  },
  line: (control: string) => {
    const forged = forgery(control)
    const name = `a${control}b`
    return [
      ...[forged, `/me ${forged}`, `//${forged}`, `/msg reader ${forged}`, `/msg ${name} ${forged}`],
      ...[`/topic ${forged}`, `/away ${forged}`, '/back', `/nick ${name}`, `/nick ${forged}`, `/join ${name}`],
      ...['/join tea', `/part tea ${forged}`, `/who ${name}`, `/${name}`, `/${forged}`],
    ].map(text => `${text}\n`)
  },
  classic: (control: string) => [forgery(control), `${forgery(control)}\n`],
}

const LINE_CONTROLS = ['\n', '\r']

type People = Readonly<Record<'reader' | 'liner' | 'classicist' | 'victim' | 'attacker', Wire>>

/** A reader of each protocol, and an attacker of one, in the lobby, and in `ops` if the protocol has more rooms. */
async function gather(world: World, protocol: keyof typeof WRITING): Promise<People> {
  const victim = await native(world, 'victim')
  const reader = await native(world, 'reader')
  const liner = await line(world, 'liner')
  const classicist = await classic(world, 'classicist')
  const attacker = await { native, line, classic }[protocol](world, 'attacker')
  await reader.send(object({ type: 'join', room: 'ops' }))
  await liner.send('/join ops\n')
  if (protocol === 'native') await attacker.send(object({ type: 'join', room: 'ops' }))
  // Classic writes are paced.
  await world.clock.advance(1000)
  return { victim, reader, liner, classicist, attacker }
}

/** A newline ends one signed line. */
function expectHarmless(wire: Wire): void {
  expect(CONTROL_BUT_NEWLINE.exec(wire.text())?.[0].charCodeAt(0), 'a raw control').toBeUndefined()
}

/** Every string in a value, however deep. */
const strings = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) => [key, ...strings(part)])
      : []

type Heard = { readonly from?: string; readonly by?: string; readonly name?: string }

const TIME = '\\[\\d\\d:\\d\\d:\\d\\d\\]'
/** The beginning of a line that another member brought about, and the server's own words to a reader. */
const LINE_START = new RegExp(
  `^${TIME} (?:(?:#ops )?(?:\\* )?attacker (?:> |\\(to \\w+ alone\\) > )?|\\[\\*\\] attacker |server > (?:Welcome, |In #))`,
)
const CLASSIC_WRITE = new RegExp(
  `^(?:OK|&Host(?:&(?:victim|reader|liner|classicist|attacker))+|${TIME} (?:attacker > |\\* attacker |server > attacker (?:set|took) |\\[\\*\\] (?:attacker|liner) (?:entered|exited)\\.$)).*$`,
)

describe.each(['native', 'line', 'classic'] as const)('a text written in %s', protocol => {
  const write = WRITING[protocol]
  // After the end of a line, the rest is one more line by the same person; after a new begin, the text before is gone.
  const controls = protocol === 'native' ? CONTROLS : CONTROLS.filter(control => !LINE_CONTROLS.includes(control))

  test('reaches nobody with a control in it, and forges nothing [W4]', async () => {
    for (const control of controls) {
      const world = await openWorld({ rate: null })
      const { reader, liner, classicist, victim, attacker } = await gather(world, protocol)
      for (const wire of [reader, liner, victim, attacker]) wire.news()
      const before = classicist.writes.length
      for (const text of write(control)) await attacker.send(text)
      await world.clock.advance(10_000)

      const label = `U+${control.charCodeAt(0).toString(16)}`
      const heard = [...reader.news(), ...victim.news()].map(text => JSON.parse(text) as Heard)
      const lines = liner.news()
      const writes = classicist.writes.slice(before)
      expect(Math.min(heard.length / 2, lines.length, writes.length), label).toBeGreaterThanOrEqual(2)
      for (const told of heard) {
        for (const text of strings(told)) expect(CONTROL_BUT_NEWLINE.test(text), label).toBe(false)
        expect([told.from, told.by, told.name], label).not.toContain('victim')
      }
      for (const text of lines) expect(text, label).toMatch(LINE_START)
      for (const text of writes) {
        for (const line of text.split('\n')) expect(line, label).toMatch(CLASSIC_WRITE)
        expect(Buffer.byteLength(text), label).toBeLessThanOrEqual(CLASSIC_READ_BYTES)
        if (text.includes('[*]')) expect(text.split(' ').at(-2), label).toBe('attacker')
      }
      for (const wire of [reader, victim]) expectHarmless(wire)
      expectHarmless(liner)
      expectHarmless(classicist)
      expectHarmless(attacker)
      expect(world.state().members.size, label).toBe(5)
    }
  })

  test('as a reason to go forges nothing [W4]', async () => {
    const forgeries = protocol === 'classic' ? [''] : CONTROLS.filter(one => !LINE_CONTROLS.includes(one)).map(forgery)
    for (const forged of forgeries) {
      const world = await openWorld({ rate: null })
      const { reader, liner, classicist, attacker } = await gather(world, protocol)
      for (const wire of [reader, liner]) wire.news()
      if (protocol === 'classic') attacker.peer.vanish()
      else await attacker.send(protocol === 'line' ? `/quit ${forged}\n` : object({ type: 'bye', reason: forged }))
      await world.clock.advance(1000)
      expect(reader.news().map(text => JSON.parse(text).name)).toEqual(['attacker'])
      const lines = liner.news()
      expect(lines).toHaveLength(1)
      expect(lines[0]).toMatch(/^\[00:00:\d\d\] \[\*\] attacker exited\./)
      expect(classicist.writes.at(-1)).toMatch(/^\[00:00:\d\d\] \[\*\] attacker exited\.$/)
      expectHarmless(liner)
      for (const text of strings(reader.objects())) expect(CONTROL_BUT_NEWLINE.test(text)).toBe(false)
    }
  })
})

describe('a name', () => {
  test('with a control in it is refused in every protocol, harmlessly [W4]', async () => {
    for (const control of CONTROLS.filter(one => !LINE_CONTROLS.includes(one))) {
      const world = await openWorld()
      const reader = await native(world, 'reader')
      const name = `mal${control}ory`
      const [one, two, three] = [await native(world, name), await line(world, name), await classic(world, name)]
      const anew = await native(world, 'anew', { room: `o${control}ps` })
      expect(one.objects()).toMatchObject([{ type: 'rejected', code: 'name-characters' }])
      expect(two.text()).toMatch(/^\[00:00:00\] server > The name contains U\+[0-9A-F]{4}\..*\nYour name\? $/)
      expect(three.writes).toEqual(['NOT_UNIQUE'])
      expect(anew.objects()).toMatchObject([{ type: 'rejected', code: 'room-name' }])
      expect(reader.news()).toEqual([])
      expect(world.state().members.size).toBe(1)
      for (const wire of [one, two, anew]) expectHarmless(wire)
    }
  })

  test.each(LINE_CONTROLS)('with %j in it is refused where a line has no end in it [W4]', async control => {
    const world = await openWorld()
    const one = await native(world, `mal${control}ory`)
    expect(one.objects()).toMatchObject([{ type: 'rejected', code: 'name-characters' }])
    expect(world.state().members.size).toBe(0)
  })

  test('ends where the line ends: what follows is said by that name, and is no name [W4]', async () => {
    const world = await openWorld()
    const reader = await native(world, 'reader')
    for (const [name, ending] of Object.entries({ one: '\n', two: '\r\n' })) {
      await world.dial().send(`${name}${ending}[*] victim entered.${ending}`)
    }
    const said = reader.objects().filter(({ type }) => type !== 'room' && type !== 'welcome')
    expect(said).toMatchObject([
      { type: 'joined', name: 'one' },
      { type: 'said', from: 'one', text: '[*] victim entered.' },
      { type: 'joined', name: 'two' },
      { type: 'said', from: 'two', text: '[*] victim entered.' },
    ])
  })

  test.each([
    ['another case', 'ALICE'],
    ['a capital I for an l', 'aIice'],
    ['a digit', 'a1ice'],
    ['Cyrillic', '\u0430li\u0441\u0435'],
    ['full width', '\uff41\uff4c\uff49\uff43\uff45'],
    ['mathematics', '\u{1d44e}lice'],
  ])('that looks like another is refused by that name: %s', async (_, lookalike) => {
    const world = await openWorld()
    await native(world, 'alice')
    const taken = `taken by alice, which reads like ${lookalike}`
    expect((await native(world, lookalike)).objects()[0]).toMatchObject({ message: expect.stringContaining(taken) })
    expect((await line(world, lookalike)).text()).toContain(taken)
    expect((await classic(world, lookalike)).writes).toEqual(['NOT_UNIQUE'])
    const bob = await native(world, 'bob')
    await bob.send(object({ type: 'nick', name: lookalike }))
    expect(bob.objects().at(-1)).toMatchObject({ type: 'rejected', message: expect.stringContaining(taken) })
    expect(world.state().members.size).toBe(2)
  })

  test.each([
    ['Host', 'H\u043est'],
    ['Host', 'HOST'],
    ['server', '\u0455erver'],
    ['server', 'SER\uff36ER'],
  ])('that looks like the server is refused as %s', async (reserved, lookalike) => {
    const world = await openWorld()
    const sentence = `The name ${reserved} is reserved`
    expect((await native(world, lookalike)).objects()[0]).toMatchObject({ message: expect.stringContaining(sentence) })
    expect((await line(world, lookalike)).text()).toContain(sentence)
    expect((await classic(world, lookalike)).writes).toEqual(['NOT_UNIQUE'])
  })
})

test('nothing that anybody writes reaches the host as more than text [W4]', async () => {
  await using server = await host(['--rate', 'off'])
  using one = await enter(server.port, 'one')
  using two = await dial(server.port)
  two.send('two\n')
  await two.until(/In #lobby/)
  using three = await dial(server.port)
  three.send('three')
  await three.until(/&Host/)
  const from = server.said.text.length
  for (const control of CONTROLS.filter(one => one !== '\n')) {
    for (const text of WRITING.native(control)) one.send(text)
    for (const text of WRITING.line(control)) two.send(text)
    three.send(`${forgery(control)}\n`)
  }
  one.send(object({ type: 'bye', reason: 'that was all' }))
  two.send('/quit that was all\n')
  three.send('that was all\n')
  await server.said.match(/\] three > that was all\n/, from)
  await server.said.match(/\[\*\] one exited\. \(that was all\)\n/, from)
  await server.said.match(/\[\*\] two exited\. \(that was all\)\n/, from)
  const transcript = server.said.text.slice(from)
  expect(CONTROL_BUT_NEWLINE.exec(transcript)?.[0].charCodeAt(0)).toBeUndefined()
  for (const text of transcript.trimEnd().split('\n')) {
    expect(text).toMatch(
      /^(?:\[\d\d:\d\d:\d\d\] (?:#tea )?(?:\* )?(?:one|two|three) |\[\*\] (?:one|two) |USERS: \[Host[,a-z]*\]$)/,
    )
  }
  expect(server.complaints.text).toBe('')
})
