// A rule tried on the past: the forecast is the result of a journal that has the rule in it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Body, type Entry, HOST_SESSION, textsOf } from '../../../src/model/input.ts'
import type { Rule, Tried } from '../../../src/model/keeping/trial.ts'
import { readTyped } from '../../../src/model/slash.ts'
import type { Step } from '../../../src/model/step.ts'
import { memberOf, nameOf as nameOfSession } from '../../../src/reducer/rules/lookup.ts'
import { Rehearsal } from '../../../src/replay/rehearse/rehearse.ts'
import { readRule, ruleText, switchText } from '../../../src/replay/rehearse/rule.ts'
import { Replay } from '../../../src/replay/replay.ts'
import { nameOf } from '../../helpers/arbitrary-inputs.ts'
import { runs } from '../../helpers/seeds.ts'
import { aJournal, PEOPLE, ROOMS } from './journals.ts'

const START = { seq: 0, state: null }

function tried(entries: readonly Entry[], rule: Rule, room: string | null, since: number): Tried {
  const rehearsal = new Rehearsal(START, { rule, room, since })
  for (const entry of entries) rehearsal.fold(entry)
  return rehearsal.result
}

const aRule: fc.Arbitrary<{ readonly rule: Rule; readonly room: string | null; readonly body: Body }> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        ...([
          ['slow', 10],
          ['slow', 1],
          ['delay', 30],
          ['moderated', true],
          ['lockdown', true],
        ] as const),
        ...([
          ['registered-only', true],
          ['invite-only', true],
          ['limit', 2],
          ['topic-protected', true],
        ] as const),
      ),
      fc.constantFrom(...ROOMS),
    )
    .map(([[mode, value], room]) => ({
      rule: { type: 'mode', mode, value } as const,
      room,
      body: { type: 'mode', room, mode, value, key: null, ms: null } as const,
    })),
  fc.constantFrom('lockdown' as const, 'delay' as const).map(mode => {
    const value = mode === 'delay' ? 20 : true
    const body = { type: 'mode', room: null, mode, value, key: null, ms: null } as const
    return { rule: { type: 'mode', mode, value } as const, room: null, body }
  }),
  fc.tuple(fc.constantFrom('warn', 'hold', 'refuse'), fc.constantFrom(null, ...ROOMS)).map(([action, room]) => ({
    rule: { type: 'filter', is: 'words', pattern: 'spam', action } as const,
    room,
    body: { type: 'filter', room, is: 'words', pattern: 'spam', action } as const,
  })),
  fc
    .tuple(fc.constantFrom('mute', 'ban'), fc.constantFrom(...PEOPLE), fc.constantFrom(null, ...ROOMS))
    .map(([type, name, room]) => {
      const { keys } = nameOf(name)
      const who = { key: keys[0], text: name }
      return {
        rule: { type, name } as const,
        room,
        body: { type: 'restrict', kind: type, room, who, keys, ms: null, reason: null } as const,
      }
    }),
)

/** The words of the rule as a person would look for them. */
const hasSpam = (text: string | null | undefined): boolean => /(^|[^a-z])spam([^a-z]|$)/i.test(text ?? '')

/** The steps of the journal with the rule in it, in the place of entry `at`. */
function stepsWith(entries: readonly Entry[], at: number, body: Body): readonly Step[] {
  const replay = new Replay(START)
  return entries.map(entry => {
    const { seq, input, texts } = entry
    if (seq === at) return folded(replay, { ...entry, input: { ...input, ...body } as Entry['input'] })
    if (seq < at || body.type !== 'filter' || input.type === 'tell') return folded(replay, entry)
    const written = [
      ...('name' in input ? [input.name.text] : []),
      ...('topic' in input ? [input.topic] : []),
      ...('note' in input ? [input.note] : []),
      ...(input.type === 'part' || input.type === 'quit' ? [input.reason] : []),
      ...(input.type === 'register' || input.type === 'join' ? [nameOfSession(replay.state, input.session)] : []),
      texts.text,
    ]
    const away = input.type === 'join' ? memberOf(replay.state, input)?.away : null
    const filters = { ...(written.some(hasSpam) && { filters: [at] }), ...(hasSpam(away) && { noted: [at] }) }
    return folded(replay, { ...entry, input: { ...input, ...filters } as Entry['input'] })
  })
}

function folded(replay: Replay, entry: Entry): Step {
  const outcome = replay.fold(entry)
  if (outcome.type !== 'folded') throw new Error(`input ${entry.seq} was ${outcome.type}: ${outcome.reason}`)
  return outcome.step
}

function stepsOf(entries: readonly Entry[]): readonly Step[] {
  const replay = new Replay(START)
  return entries.map(entry => folded(replay, entry))
}

const saidIn = ({ events }: Step, room: string | null): boolean =>
  events.some(({ event }) => event.type === 'said' && (room === null || event.room === room))
const has = ({ events }: Step, type: string): boolean => events.some(({ event }) => event.type === type)
const warns = ({ events }: Step): boolean =>
  events.some(({ event }) => event.type === 'moderated' && event.act === 'warn')

test('the forecast of a rehearsal is the result of a replay with the rule', () => {
  let stopped = 0
  fc.assert(
    fc.property(aJournal, aRule, ({ entries, at }, { rule, room, body }) => {
      const [was, would] = [stepsOf(entries), stepsWith(entries, at, body)]
      const rooms = [...was, ...would].slice(at - 1)
      // A room that goes takes its rules with it: that's another test.
      fc.pre(
        room === null || [...was.slice(at - 2), ...would.slice(at - 2)].every(({ after }) => after.rooms.has(room)),
      )
      fc.pre(rooms.length > 0)
      const since = (entries[at]?.input.at ?? Number.POSITIVE_INFINITY) - 1
      const forecast = tried(entries, rule, room, since)

      const later = was.map((step, k) => [step, would[k] as Step] as const).slice(at)
      const sent = later.filter(([step]) => saidIn(step, room))
      const refused = sent.filter(([, other]) => !has(other, 'said') && !has(other, 'held'))
      const held = sent.filter(([, other]) => has(other, 'held'))
      const warned = sent.filter(([step, other]) => has(other, 'said') && warns(other) && !warns(step))
      expect(forecast.messages).toBe(sent.length)
      expect(forecast.stopped).toEqual({ refused: refused.length, held: held.length, warned: warned.length })
      const joins = (step: Step): number =>
        step.events.filter(({ event }) => event.type === 'joined' && (room === null || event.room === room)).length
      expect(forecast.others.join).toBe(
        later.reduce((sum, [step, other]) => sum + Math.max(0, joins(step) - joins(other)), 0),
      )
      for (const [what, type] of [
        ['topic', 'topic'],
        ['name', 'renamed'],
      ] as const) {
        const inRoom = (step: Step): boolean =>
          step.events.some(
            ({ event }) =>
              event.type === type &&
              (room === null || ('rooms' in event ? event.rooms.includes(room) : event.room === room)),
          )
        const gone = later.filter(([step, other]) => inRoom(step) && !has(other, type))
        expect(forecast.others[what], what).toBe(gone.length)
      }
      stopped += refused.length + held.length + warned.length
    }),
    { numRuns: runs(300) },
  )
  expect(stopped).toBeGreaterThan(0)
})

test.each([
  ['slow 10s', '#', 'slow 10s'],
  ['SlowMode 2m', '#', 'slow 120s'],
  ['slow 15', '#', 'slow 15s'],
  ['limit 20', '#', 'limit 20'],
  ['moderated', '#', 'moderated'],
  ['lockdown', null, 'lockdown'],
  ['filter refuse  buy   now', null, 'filter refuse buy now'],
  ['filter HOLD /sp[a4]m+/', '#', 'filter hold /sp[a4]m+/'],
  ['mute Spider-Man', '#', 'mute Spider-Man'],
  ['ban مريم', null, 'ban مريم'],
])('the rule %s is read, and can be typed again', (typed, room, text) => {
  const read = readRule(typed, room)
  expect(read).toMatchObject({ ok: true })
  expect(read.ok && ruleText(read.rule)).toBe(text)
  expect(read.ok && readRule(text, room)).toEqual(read)
})

test('a rule that was tried can be switched on as the answer says', () => {
  const patterns = fc.constantFrom('spam', 'in ops', 'everywhere', 'for free', '-- no', '*sp am*', ': x')
  const filters = fc
    .tuple(fc.constantFrom('warn', 'hold', 'refuse'), patterns, fc.constantFrom('words', 'expression'))
    .map(([action, pattern, is]) => ({
      rule: { type: 'filter', is, pattern: is === 'words' ? pattern : 'a/b' } as const,
      command: { type: 'filter', is, pattern: is === 'words' ? pattern : 'a/b', action },
      action,
    }))
    .map(({ rule, command, action }) => ({ rule: { ...rule, action } as Rule, command }))
  const sanctions = fc
    .tuple(fc.constantFrom('mute', 'ban'), fc.constantFrom(...PEOPLE))
    .map(([type, name]) => ({ rule: { type, name } as const, command: { type, who: name } }))
  const modes = aRule
    .filter(({ rule }) => rule.type === 'mode')
    .map(({ rule }) => ({ rule, command: rule as { readonly type: string } }))
  fc.assert(
    fc.property(fc.oneof(filters, sanctions, modes), fc.constantFrom(null, 'ops'), ({ rule, command }, room) => {
      const typed = readTyped(switchText(rule, room), 'ops')
      expect(typed).toMatchObject({ type: 'command', command })
      expect(typed.type === 'command' && 'room' in typed.command && typed.command.room).toBe(room ?? undefined)
    }),
  )
})

test.each([
  ['', 'there is no rule; type one such as moderated, '],
  ['slow', 'slow takes a time from 1s to 1d, such as slow 10s'],
  ['slow 2d', 'slow takes a time from 1s to 1d'],
  ['key', 'key cannot be tried; type one such as'],
  ['frobnicate now', 'there is no rule frobnicate; type one such as'],
  ['filter spam', 'a filter needs what it does and its words'],
  ['filter refuse /(a/', 'unclosed'],
  ['mute', 'mute needs a name, such as mute eve'],
  ['limit many', 'limit takes a number'],
  ['moderated now', 'moderated takes nothing'],
])('the rule %j is refused with the remedy', (typed, detail) => {
  const read = readRule(typed, 'lobby')
  expect(!read.ok && read.detail).toContain(detail)
})

test('a mode of rooms needs a room', () => {
  expect(readRule('slow 10s', null)).toEqual({ ok: false, detail: 'slow is for one room; name the room' })
})

const day = (...moves: readonly (readonly [session: string, body: Body, text?: string])[]): readonly Entry[] =>
  moves.map(([session, body, text = null], k) => ({
    seq: k + 1,
    input: { ...body, id: `run.${k}`, at: (k + 1) * 1000, origin: 'local', session, n: null },
    texts: textsOf(text),
    quarantined: null,
  }))

const hello = (name: string, room = 'lobby'): Body => ({
  type: 'hello',
  name: nameOf(name),
  room,
  protocol: 'native',
  token: null,
})
const say = (room = 'lobby'): Body => ({ type: 'say', room, action: false })
const STARTED: readonly (readonly [string, Body])[] = [[HOST_SESSION, { type: 'started', until: 0 }]]
const FORMAT_7: readonly (readonly [string, Body])[] = [[HOST_SESSION, { type: 'format', format: 7 }]]

test('the result names the people, the rooms and the times, and has samples', () => {
  const entries = day(
    ...FORMAT_7,
    ...STARTED,
    ...([
      ['z', hello('ЗОЯ')],
      ['m', hello('Mr.Blue')],
    ] as const),
    ...([
      ['z', say(), 'buy spam'],
      ['m', say(), 'spam, spam'],
      ['z', say(), `spam ${'💬'.repeat(200)}`],
    ] as const),
    ...([
      ['z', say(), 'good morning'],
      [HOST_SESSION, say(), 'no spam, please'],
    ] as const),
  )
  const result = tried(entries, { type: 'filter', is: 'words', pattern: 'spam', action: 'refuse' }, 'lobby', 0)
  expect(result).toMatchObject({
    ...{ messages: 5, stopped: { refused: 3, held: 0, warned: 0 }, gone: 0, people: 2 },
    ...{ first: 5000, last: 7000, from: 1000, to: 9000 },
    rooms: [{ room: 'lobby', count: 3 }],
  })
  expect(result.most.map(({ name, count }) => [name, count])).toEqual([
    ['ЗОЯ', 2],
    ['Mr.Blue', 1],
  ])
  const [first, , last] = result.samples
  expect(first).toMatchObject({
    seq: 5,
    what: 'message',
    verdict: 'refused',
    room: 'lobby',
    from: 'ЗОЯ',
    text: 'buy spam',
  })
  expect(last?.text).toMatch(/^spam (💬)+…$/u)
  expect(last?.text?.length).toBeLessThanOrEqual(200)
})

test('a text that is gone is counted, and direct messages are not looked into', () => {
  const entries = day(
    ...FORMAT_7,
    ...STARTED,
    ...([
      ['z', hello('ЗОЯ')],
      ['m', hello('Mr.Blue')],
      ['z', say()],
    ] as const),
    ['z', { type: 'tell', to: { key: 'mr.blue', text: 'Mr.Blue' }, action: false }, 'spam'],
  )
  const result = tried(entries, { type: 'filter', is: 'words', pattern: 'spam', action: 'refuse' }, null, 0)
  expect(result).toMatchObject({ messages: 1, gone: 1, people: 0, samples: [], stopped: { refused: 0 } })
})

test('a keeper gets no text of a room that it cannot read', () => {
  const entries = day(
    ...FORMAT_7,
    ...STARTED,
    ...([
      ['m', hello('Mr.Blue', 'ops')],
      ['z', hello('ЗОЯ')],
      ['z', say(), 'spam'],
    ] as const),
    ...([
      ['z', { type: 'join', room: 'ops' }],
      ['z', say('ops'), 'spam'],
      ['z', { type: 'nick', name: nameOf('spam') }],
    ] as const),
  )
  const rule = { type: 'filter', is: 'words', pattern: 'spam', action: 'hold' } as const
  const rehearsal = new Rehearsal(START, { rule, room: null, since: 0 }, room => room === 'lobby')
  for (const entry of entries) rehearsal.fold(entry)
  expect(rehearsal.result.samples.map(({ what, verdict, room, text }) => [what, verdict, room, text])).toEqual([
    ['message', 'held', 'lobby', 'spam'],
    ['message', 'held', 'ops', null],
    ['name', 'refused', null, null],
  ])
})

test('a room that is made in the period has the rule from then on, and again when it is made anew', () => {
  const talk: readonly (readonly [string, Body, string?])[] = [
    ['m', { type: 'join', room: 'tea' }],
    ['z', { type: 'join', room: 'tea' }],
    ['z', say('tea'), '1'],
    ['z', { type: 'part', room: 'tea', reason: null }],
    ['m', { type: 'part', room: 'tea', reason: null }],
  ]
  const people = [['z', hello('ЗОЯ')] as const, ['m', hello('Mr.Blue')] as const]
  const entries = day(...FORMAT_7, ...STARTED, ...people, ...talk, ...talk)
  const result = tried(entries, { type: 'mode', mode: 'moderated', value: true }, 'tea', 0)
  expect(result).toMatchObject({ messages: 2, stopped: { refused: 2 } })
})

test('a journal of old rules is folded by the newest, so that only the rule makes the difference', () => {
  for (const format of [1, 2, 3, 4, 5, 6]) {
    const before: readonly (readonly [string, Body])[] =
      format === 1 ? [] : [[HOST_SESSION, { type: 'format', format }]]
    const entries = day(
      ...before,
      ...STARTED,
      ...([
        ['z', hello('ЗОЯ')],
        ['m', hello('Mr.Blue')],
      ] as const),
      ...([
        ['z', say(), '1'],
        ['z', say(), '2'],
        ['m', say(), '3'],
        ['z', say(), '4'],
      ] as const),
    )
    const from = entries.at(-3)?.input.at ?? 0
    const rule = { type: 'mode', mode: 'slow', value: 2 } as const
    expect(tried(entries, rule, 'lobby', from), `format ${format}`).toMatchObject({
      messages: 3,
      stopped: { refused: 0 },
    })
    const slower = { ...rule, value: 60 }
    expect(tried(entries, slower, 'lobby', from).stopped.refused, `format ${format}`).toBe(3)
    const nothing = { type: 'mute', name: 'nobody' } as const
    expect(tried(entries, nothing, null, 0), `format ${format}`).toMatchObject({ messages: 4, people: 0 })
  }
})

test('quarantined inputs are skipped, and a rule that is in force already stops nothing more', () => {
  const filter = { type: 'filter', room: null, is: 'words', pattern: 'spam', action: 'refuse' } as const
  const entries = day(
    ...FORMAT_7,
    ...STARTED,
    ...([
      ['z', hello('ЗОЯ')],
      [HOST_SESSION, filter],
      ['z', say(), 'spam'],
      ['z', say(), 'more'],
    ] as const),
  ).map(entry => (entry.seq === 6 ? { ...entry, quarantined: 'a bug' } : entry))
  const result = tried(entries, { type: 'filter', is: 'words', pattern: 'spam', action: 'refuse' }, null, 5000)
  expect(result).toMatchObject({ messages: 1, people: 0 })
})
