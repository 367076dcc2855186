/** Commands that keep order, as people type them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Asked, isSecret } from '../../../src/client/session/outbox/outbox.ts'
import { request } from '../../../src/codec/native/schema.ts'
import { MODES } from '../../../src/model/keeping/modes.ts'
import { usage } from '../../../src/model/slash/help.ts'
import { KEEPING } from '../../../src/model/slash/keeping.ts'
import { helpLines, readTyped, SLASH_COMMANDS, SLASH_GROUPS, withoutSecrets } from '../../../src/model/slash.ts'
import { anyName } from '../../helpers/cast.ts'
import { runs, seedOf } from '../../helpers/seeds.ts'

const ROOM = 'lobby'
const does = (command: object) => ({ type: 'command', command })
const wrong = (code: string, detail: string) => ({ type: 'wrong', code, detail })
const usageOf = (name: string) =>
  wrong('usage', SLASH_COMMANDS.flatMap(row => (row.name === name ? [usage(row)] : [])).join())

describe('a line that keeps order', () => {
  const ban = (fields: object) => does({ type: 'ban', room: ROOM, reason: null, ...fields })
  test.each<[string, object]>([
    ['/ban Spider-Man', ban({ who: 'Spider-Man' })],
    ['/ban @田中', ban({ who: '田中' })],
    ['/BAN مريم FOR 10M', ban({ who: 'مريم', for: 600 })],
    ['/ban a_b for 10m flooding the room', ban({ who: 'a_b', for: 600, reason: 'flooding the room' })],
    ['/ban a_b in ops for 2h', ban({ who: 'a_b', for: 7200, room: 'ops' })],
    ['/ban a_b everywhere for 2h rude', ban({ who: 'a_b', for: 7200, room: undefined, reason: 'rude' })],
    ['/ban a_b network', ban({ who: 'a_b', network: true })],
    ['/ban a_b: for being rude', ban({ who: 'a_b', reason: 'for being rude' })],
    ['/ban a_b for 10m: in the way', ban({ who: 'a_b', for: 600, reason: 'in the way' })],
    ['/ban a_b network: everywhere', ban({ who: 'a_b', network: true, reason: 'everywhere' })],
    ['/ban a_b in ops: for good', ban({ who: 'a_b', room: 'ops', reason: 'for good' })],
    ['/ban a_b -- in the way', ban({ who: 'a_b', reason: 'in the way' })],
    ['/ban a_b for 1h : everywhere', ban({ who: 'a_b', for: 3600, reason: 'everywhere' })],
    ['/ban 10.1.0.0/16 for 1d', ban({ net: '10.1.0.0/16', for: 86_400 })],
    ['/ban 10.1.2.3', ban({ net: '10.1.2.3' })],
    ['/ban @10.1.2.3', ban({ who: '10.1.2.3' })],
    ['/ban 2001:db8:: spam', ban({ net: '2001:db8::', reason: 'spam' })],
    ['/ban 10.1.0.0/16 network', usageOf('ban')],
    ['/ban', usageOf('ban')],
    ['/ban a_b for', usageOf('ban')],
    ['/ban a_b in', usageOf('ban')],
    ['/ban a_b for 1h for 2h', usageOf('ban')],
    ['/ban a_b in ops everywhere', usageOf('ban')],
    ['/ban a_b for spamming', wrong('time-invalid', 'spamming')],
    ['/ban a_b for 11y', wrong('time-invalid', '11y')],
    ['/ban a_b for 4000d', wrong('time-invalid', '4000d')],
    ['/unban a_b', does({ type: 'unban', who: 'a_b', room: ROOM })],
    ['/unban 12 in ops', does({ type: 'unban', rule: 12, room: 'ops' })],
    ['/unban @12', does({ type: 'unban', who: '12', room: ROOM })],
    ['/unban 10.1.0.0/16 everywhere', does({ type: 'unban', net: '10.1.0.0/16', room: undefined })],
    ['/unban a_b please', usageOf('unban')],
    ['/kick a_b', does({ type: 'kick', name: 'a_b', reason: null, room: ROOM })],
    ['/kick a_b for flooding', does({ type: 'kick', name: 'a_b', reason: 'for flooding', room: ROOM })],
    ['/kick a_b everywhere rude', does({ type: 'kick', name: 'a_b', reason: 'rude' })],
    ['/op a_b everywhere', usageOf('op')],
    ['/mode moderated', does({ type: 'mode', mode: 'moderated', value: true, room: ROOM })],
    ['/mode Moderated on in ops', does({ type: 'mode', mode: 'moderated', value: true, room: 'ops' })],
    ['/mode moderated off', does({ type: 'mode', mode: 'moderated', value: null, room: ROOM })],
    ['/mode moderated for 1h', usageOf('mode')],
    ['/mode limit 20', does({ type: 'mode', mode: 'limit', value: 20, room: ROOM })],
    ['/mode limit', wrong('mode-value', 'limit')],
    ['/mode limit 10m', wrong('mode-value', 'limit')],
    ['/mode slow 10s', does({ type: 'mode', mode: 'slow', value: 10, room: ROOM })],
    ['/mode slow 2d', wrong('mode-value', 'slow')],
    ['/mode delay 30 everywhere', does({ type: 'mode', mode: 'delay', value: 30, room: undefined })],
    ['/mode key open-says-me in ops', does({ type: 'mode', mode: 'key', value: 'open-says-me', room: 'ops' })],
    ['/mode key two words', usageOf('mode')],
    ['/mode key', wrong('mode-value', 'key')],
    ['/mode fast', wrong('mode-unknown', 'fast')],
    ['/slow off', does({ type: 'mode', mode: 'slow', value: null, room: ROOM })],
    ['/slow', wrong('mode-value', 'slow')],
    ['/lockdown', does({ type: 'mode', mode: 'lockdown', value: true, room: ROOM })],
    ['/lockdown everywhere for 10m', does({ type: 'mode', mode: 'lockdown', value: true, room: undefined, for: 600 })],
    ['/lockdown off', does({ type: 'mode', mode: 'lockdown', value: null, room: ROOM })],
    ['/lockdown 10x', wrong('time-invalid', '10x')],
    [
      '/filter refuse in ops -- in the house',
      does({ type: 'filter', is: 'words', pattern: 'in the house', action: 'refuse', room: 'ops' }),
    ],
    [
      '/filter warn everywhere /free +money/',
      does({ type: 'filter', is: 'expression', pattern: 'free +money', action: 'warn', room: undefined }),
    ],
    ['/filter block words', usageOf('filter')],
    ['/filter hold', usageOf('filter')],
    ['/purge a_b 1h everywhere', does({ type: 'purge', who: 'a_b', room: undefined, for: 3600 })],
    ['/purge a_b', usageOf('purge')],
    ['/release x', usageOf('release')],
    ['/release 0', usageOf('release')],
    ['/log a_b in ops', { type: 'query', query: { type: 'list', what: 'log', room: 'ops', name: 'a_b', limit: 50 } }],
    ['/bans everywhere', { type: 'query', query: { type: 'list', what: 'bans', room: null, limit: 200 } }],
    ['/ops everywhere', { type: 'query', query: { type: 'list', what: 'roles', room: null, limit: 200 } }],
  ])('%s', (line, meant) => expect(readTyped(line, ROOM)).toEqual(meant))

  const word = fc.stringMatching(/^[a-zA-Z0-9ßЖ田م!?.,-]{1,12}$/)
  const sanction = fc.record({
    type: fc.constantFrom('ban' as const, 'mute' as const, 'except' as const),
    whom: fc.oneof(
      anyName.map(who => ({ who })),
      fc.constantFrom('10.1.0.0/16', '2001:db8::/48').map(net => ({ net })),
    ),
    place: fc.oneof(fc.constant('here' as const), fc.constant('everywhere' as const), fc.constantFrom('ops', 'Büro')),
    minutes: fc.option(fc.integer({ min: 1, max: 5_000_000 })),
    network: fc.boolean(),
    reason: fc.option(
      fc.array(fc.oneof(word, fc.constantFrom('for', 'in', 'everywhere', 'network')), { minLength: 1 }),
    ),
    order: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
  })

  test('says the same in any order, for any first word of the reason', () => {
    fc.assert(
      fc.property(sanction, ({ type, whom, place, minutes, network, reason, order }) => {
        const byNetwork = network && 'who' in whom
        const clauses = [
          place === 'here' ? '' : place === 'everywhere' ? place : `in ${place}`,
          minutes === null ? '' : `for ${minutes}m`,
          byNetwork ? 'network' : '',
        ]
        const whomTyped = 'who' in whom ? `@${whom.who}` : whom.net
        const why = reason === null ? '' : `-- ${reason.join(' ')}`
        const line = [`/${type}`, whomTyped, ...order.map(k => clauses[k]), why].filter(part => part !== '').join(' ')
        expect(readTyped(line, ROOM)).toEqual(
          does({
            ...{ type, ...whom, reason: reason?.join(' ') ?? null },
            room: place === 'here' ? ROOM : place === 'everywhere' ? undefined : place,
            ...(minutes === null ? {} : { for: minutes * 60 }),
            ...(byNetwork ? { network: true } : {}),
          }),
        )
      }),
      { seed: seedOf(61) },
    )
  })

  const anyWord = fc.oneof(
    word,
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      'for',
      'in',
      'everywhere',
      'network',
      '--',
      ':',
      '@',
      'off',
      'on',
      '10m',
      '0s',
      '9999999d',
      '12',
      '/x/',
    ),
    fc.constantFrom(...Object.keys(MODES), 'warn', 'hold', 'refuse', '10.1.0.0/16', 'constructor', '__proto__'),
  )
  const anyLine = fc
    .tuple(fc.constantFrom(...SLASH_COMMANDS.map(({ name }) => name)), fc.array(anyWord, { maxLength: 6 }))
    .map(([name, words]) => `/${[name, ...words].join(' ')}`)

  test('never fails, and what it means is a request of the protocol', () => {
    fc.assert(
      fc.property(anyLine, line => {
        const typed = readTyped(line, ROOM)
        const asked = typed.type === 'command' ? typed.command : typed.type === 'query' ? typed.query : null
        if (!asked || asked.type === 'quit') return
        const sent: unknown = JSON.parse(JSON.stringify(asked))
        expect(request.safeParse(sent).success, JSON.stringify(sent)).toBe(true)
      }),
      { seed: seedOf(62), numRuns: runs(1000) },
    )
  })

  test('is remembered without the key of a room, and such a command is never stored', () => {
    fc.assert(
      fc.property(anyLine, line => {
        const typed = readTyped(line, ROOM)
        if (typed.type !== 'command') return
        const { command } = typed
        const key =
          command.type === 'join'
            ? command.key
            : command.type === 'mode' && typeof command.value === 'string'
              ? command.value
              : undefined
        if (key === undefined) return
        expect(isSecret({ asked: command as Asked } as Parameters<typeof isSecret>[0])).toBe(true)
        expect(readTyped(withoutSecrets(line), ROOM)).not.toEqual(typed)
        expect(withoutSecrets(line).split(' ').slice(2)).toEqual([])
      }),
      { seed: seedOf(63), numRuns: runs(1000) },
    )
  })

  test.each([
    ['/join ops open-says-me', '/join ops'],
    ['/mode key open-says-me in ops', '/mode key'],
    ['/MODE KEY open-says-me', '/MODE KEY'],
    ['/mode limit 20', '/mode limit 20'],
    ['/mode', '/mode'],
  ])('%s is remembered as %s', (line, kept) => expect(withoutSecrets(line)).toBe(kept))
})

describe('the table of commands', () => {
  test.each(KEEPING.flatMap(({ name, examples = [] }) => examples.map(example => [name, example])))(
    'the example of %s, %s, is understood',
    (_, example) => expect(readTyped(example, ROOM)).toMatchObject({ type: expect.stringMatching('command|query') }),
  )

  const EXAMPLES: Readonly<Record<string, string>> = {
    ...{ name: 'a_b', 'name or network': 'a_b', 'name, network or number': 'a_b', room: 'ops', '10s | off': '10s' },
    ...{
      'warn | hold | refuse': 'hold',
      'words or /expression/': 'buy now',
      number: '12',
      '1h': '1h',
      '10m | off': '10m',
    },
  }
  /** The arguments without all that is optional. */
  const least = (args: string): string => {
    let rest = args
    for (let before = ''; before !== rest; ) [before, rest] = [rest, rest.replace(/\[[^[\]]*\]/g, '')]
    return rest
      .replace(/<([^>]*)>/g, (_, what: string) => EXAMPLES[what] ?? what)
      .replace(/\s+/g, ' ')
      .trim()
  }

  test.each(KEEPING.map(row => [usage(row), row] as const))(
    '%s is understood as its usage says',
    (_, { name, args }) => {
      expect(readTyped(`/${name} ${least(args)}`, ROOM)).toMatchObject({ type: expect.stringMatching('command|query') })
      if (!args.endsWith(']') || !args.includes('in <room>')) return
      const typed = readTyped(`/${name} ${least(args)} in ops`, ROOM)
      expect(Object.values(typed)).toContainEqual(expect.objectContaining({ room: 'ops' }))
    },
  )

  test('help has each command once, and those for keeping order in a group of their own', () => {
    const usual = helpLines()
    const keep = helpLines('keep')
    for (const row of SLASH_COMMANDS) {
      const isIn = (lines: readonly string[]): boolean => lines.some(line => line.startsWith(`${usage(row)} `))
      expect([row.name, isIn(usual), isIn(keep)]).toEqual([row.name, row.act === undefined, row.act !== undefined])
    }
    expect(keep.filter(line => line.endsWith(':'))).toEqual(['For operators and above:', 'For founders and above:'])
  })

  test.each([...SLASH_GROUPS, ...SLASH_COMMANDS].map(({ name }) => name))('/help %s explains it', name => {
    expect(readTyped(`/help ${name}`, ROOM)).toEqual({ type: 'help', topic: name })
    expect(helpLines(name).length).toBeGreaterThan(0)
  })
})
