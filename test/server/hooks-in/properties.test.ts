// For any request to a hook, its reader never fails, and the message is harmless and within its bounds.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOOK_IN_BODY_MAX_BYTES, TEXT_MAX_BYTES, TEXT_MAX_LINES } from '../../../src/model/limits.ts'
import { neutralise, utf8Length } from '../../../src/model/text.ts'
import { readJson } from '../../../src/server/hooks-in/json.ts'
import { readSent } from '../../../src/server/hooks-in/read.ts'
import { countedText, textOf } from '../../../src/server/hooks-in/render.ts'
import { vetText } from '../../../src/server/ingress/vetting/vetted.ts'
import { runs } from '../../helpers/seeds.ts'
import { messageOf, sentWith } from '../../helpers/sent.ts'

/** Keys that readers look at, so that an arbitrary JSON gets far. */
const KEYS = [
  ...[
    'text',
    'blocks',
    'attachments',
    'elements',
    'fields',
    'type',
    'title',
    'value',
    'color',
    'content',
    'embeds',
    'style',
  ],
  ...[
    'alerts',
    'status',
    'groupKey',
    'labels',
    'annotations',
    'commonLabels',
    'topic',
    'message',
    'tags',
    'actions',
    'url',
  ],
  ...[
    'commits',
    'repository',
    'sender',
    'issue',
    'pull_request',
    'body',
    'ref',
    'action',
    'comment',
    'release',
    'review',
  ],
  ...[
    'ruleName',
    'state',
    'evalMatches',
    'priority',
    'name',
    'rows',
    'components',
    'footer',
    'author',
    'timestamp',
    'ts',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'],
]
const TYPES = [
  'section',
  'header',
  'rich_text',
  'rich_text_list',
  'table',
  'context',
  'mrkdwn',
  'firing',
  'view',
  'image',
]
const EVENTS = [
  'push',
  'issues',
  'pull_request',
  'issue_comment',
  'release',
  'workflow_run',
  'star',
  'ping',
  '__proto__',
  'x',
]
const NASTY = [
  '\u202Eevil',
  '\u0000\u001B[31m',
  '<!channel>',
  '@everyone',
  '```',
  '`',
  '**',
  '](',
  '<@U1>',
  '\uD800',
  '\n\n\n\n',
  'https://a.example/)',
]

const text = fc.oneof(fc.constantFrom(...TYPES, ...NASTY), fc.string({ unit: 'binary', maxLength: 60 }), fc.webUrl())
const { json } = fc.letrec<{ json: unknown }>(tie => ({
  json: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    text,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 6 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('json'), { maxKeys: 12 }),
  ),
}))
const object = fc.dictionary(fc.constantFrom(...KEYS), json, { minKeys: 1, maxKeys: 20 })
const headers = fc.oneof(
  fc.constant({}),
  fc.record({ 'x-github-event': fc.constantFrom(...EVENTS), 'x-github-delivery': text }),
  fc.dictionary(fc.constantFrom('title', 'x-tags', 'priority', 'click', 'actions', 'attach', 'markdown'), text),
)

/** It's accepted as it stands, or there is nothing to see. */
function expectHarmless(message: string): void {
  expect(utf8Length(message)).toBeLessThanOrEqual(TEXT_MAX_BYTES)
  expect(message.split('\n').length).toBeLessThanOrEqual(TEXT_MAX_LINES)
  expect(neutralise(message)).toBe(message)
  if (message !== '') expect(vetText(message)).toEqual({ ok: true, value: message })
}

describe('any body [HI3]', () => {
  test('of JSON', () => {
    fc.assert(
      fc.property(object, headers, fc.constantFrom('', 'slack', 'x'), (body, head, topic) => {
        const read = readSent(sentWith(body, head as Record<string, string>, topic))
        expectHarmless(textOf(read, 1))
        expectHarmless(countedText(1_000_000, textOf(read, 1)))
        expect(read.about.length).toBeLessThanOrEqual(300)
      }),
      { numRuns: runs(1500) },
    )
  })

  test('of text, in any marks', () => {
    const marks = fc.array(fc.constantFrom(...NASTY, '*', '_', '~', '|', '[a]', '(', 'b', ' ', '#', ':tada:', '>'), {
      maxLength: 80,
    })
    const texts = fc.oneof(
      marks.map(all => all.join('')),
      text,
    )
    fc.assert(
      fc.property(texts, headers, (body, head) => {
        for (const sent of [body, { text: body }, { content: body }, { blocks: [{ type: 'markdown', text: body }] }]) {
          expectHarmless(messageOf(sent, head as Record<string, string>))
        }
      }),
    )
  })
})

describe('hostile bodies [HI3]', () => {
  const long = 'x'.repeat(HOOK_IN_BODY_MAX_BYTES - 100)
  test.each<readonly [string, unknown, RegExp]>([
    ['a field of 1 MB', { text: long }, /^x{8000}x*\n… \(shortened; 1,048,\d\d\d bytes came\)$/],
    [
      '10,000 blocks',
      { blocks: Array(2000).fill({ type: 'section', text: { type: 'mrkdwn', text: 'b' } }) },
      /^(b\n){100}… and 1900 more parts$/,
    ],
    ['control characters', { text: '\u0007\u001B[2J\u009B1m\u202Ex' }, /^␇␛\[2J�1m�x$/],
    ['markup', { text: '<script>alert(1)</script>' }, /^<script>alert\(1\)<\/script>$/],
    ['a link to a script', { attachments: [{ title: 'click', title_link: 'javascript:alert(1)' }] }, /^\*\*click\*\*$/],
    [
      'a label that breaks out',
      { text: '<https://a.example/x)[y|b](https://evil.example>' },
      /^\[b\)\(https:\/\/evil\.example\]\(https:\/\/a\.example\/x%29\[y\)$/,
    ],
    ['calls to everybody', { content: '@everyone @here <@&1>', embeds: [] }, /^`@everyone` `@here` @1$/],
    [
      'keys of prototypes',
      JSON.parse('{"__proto__":{"text":"polluted"},"constructor":{"prototype":{"x":1}},"text":"kept"}'),
      /^kept$/,
    ],
    ['a title of many lines', { title: 'a\nb\rc\u2028d', message: 'm' }, /^\*\*a b c d\*\*\nm$/],
  ])('%s', (_, body, message) => {
    const text = messageOf(body)
    expect(text).toMatch(message)
    expectHarmless(text)
    expect(({} as Record<string, unknown>)['text']).toBeUndefined()
  })

  test('a text is cut between whole characters', () => {
    const family = '👨‍👩‍👧‍👦'
    const text = messageOf(family.repeat(1000))
    expect(text.split('\n')[0]).toMatch(new RegExp(`^(${family})+$`, 'u'))
    expectHarmless(text)
  })

  test('JSON that is too deep or has too many values is refused, before it is parsed', () => {
    expect(readJson(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toEqual({ fault: 'too-deep' })
    expect(readJson(`[${'1,'.repeat(100_000)}1]`)).toEqual({ fault: 'too-many' })
    const blocks = Array(10_000).fill({ type: 'section', text: { type: 'mrkdwn', text: 'b' } })
    expect(readJson(JSON.stringify({ blocks }))).toEqual({ fault: 'too-many' })
    expect(readJson('"[[[[" , {')).toEqual({ fault: 'not-json' })
    expect(readJson(`["${'\\"[,'.repeat(50_000)}"]`)).toMatchObject({ value: [expect.stringMatching(/^("\[,)+/)] })
  })

  test('the outer values are read first', () => {
    const commits = Array.from({ length: 100 }, () =>
      Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`k${at}`, at])),
    )
    const read = readJson(JSON.stringify({ commits, title: 'seen' }))
    expect(read).toMatchObject({ value: { title: 'seen' } })
  })
})
