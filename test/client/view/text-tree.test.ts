/** A text as what terminal and page draw of it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textTree } from '../../../src/client/view/text-tree.ts'
import { nameKey } from '../../../src/model/name/name.ts'
import { anyText } from '../../helpers/arbitrary-texts.ts'
import { runs, seedOf } from '../../helpers/seeds.ts'

const known = new Map(['ann', 'bob', '田中'].map(name => [nameKey(name), name]))
const tree = (text: string) => textTree(text, { me: 'ann', rings: true, named: key => known.get(key) })
const more = (text: string) => tree(text).flatMap(({ type, text }) => (type === 'text' ? [] : [[type, text]]))
const links = (text: string) => tree(text).flatMap(node => (node.type === 'link' ? [[node.text, node.href]] : []))

const SIGNS = [
  '`',
  '```',
  '~~~',
  '\n',
  'http://',
  'https://x.example',
  'javascript:',
  '(',
  ')',
  '@ann',
  '#tea',
  ' ',
  '.',
  '<b>',
  '&',
  'é',
  '🙂',
]
const texts = fc.oneof(
  anyText,
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom(...SIGNS)).map(parts => parts.join('')),
)

describe('[G11] what is more than text', () => {
  test('loses nothing but the marks around code, and is never HTML', () => {
    const bare = (text: string): string => text.replaceAll(/[`~\n ]/g, '')
    fc.assert(
      fc.property(texts, text => {
        const nodes = tree(text)
        if (!/```|~~~/.test(text)) expect(bare(nodes.map(node => node.text).join(''))).toBe(bare(text))
        for (const node of nodes) {
          if (node.type === 'link') expect(node.href).toMatch(/^(?:https?:\/\/|mailto:)/)
          if (node.type !== 'code' && node.type !== 'block') expect(text).toContain(node.text)
        }
      }),
      { seed: seedOf(5), numRuns: runs(500) },
    )
  })

  test.each([
    ['see https://a.example/x_(y), then', 'https://a.example/x_(y)'],
    ['(https://a.example/x).', 'https://a.example/x'],
    ['HTTPS://A.example!', 'HTTPS://A.example'],
    ['x https://a.example/?q=1&r=%20#f', 'https://a.example/?q=1&r=%20#f'],
    ['"https://a.example"', 'https://a.example'],
    ['見てhttps://x.example/', 'https://x.example/'],
    ['（https://x.example/foo）です', 'https://x.example/foo'],
    ['“https://x.example/q”', 'https://x.example/q'],
    ['«https://x.example/q»', 'https://x.example/q'],
    ['https://x.example/q。次', 'https://x.example/q'],
    ['https://x.example/q、次', 'https://x.example/q'],
    ['https://x.example/q…', 'https://x.example/q'],
    ['https://ja.wikipedia.org/wiki/日本', 'https://ja.wikipedia.org/wiki/日本'],
    ['смотриhttps://x.example', 'https://x.example'],
    ['see www.x.example/y.', 'www.x.example/y'],
    ['mail bob@x.example!', 'bob@x.example'],
    ['書いてbob@x.example、まで', 'bob@x.example'],
    ['https://user:pw@x.example/a', 'https://user:pw@x.example/a'],
  ])('%s has the link %s', (text, link) => expect(links(text).map(([shown]) => shown)).toEqual([link]))

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'http://',
    'https:// x',
    'xhttps://a.example',
    'ssh bob@host',
    'readme.md',
    'Mr.Blue',
    '//x.example',
    'ftp://x.example',
    'www.',
    '`https://x.example`',
  ])('%s has none', text => expect(links(text)).toEqual([]))

  test('www. leads to http, and an address of mail to mail', () => {
    expect(links('www.x.example bob@x.example')).toEqual([
      ['www.x.example', 'http://www.x.example/'],
      ['bob@x.example', 'mailto:bob@x.example'],
    ])
  })

  test.each([
    ['a `b` c', [['code', 'b']]],
    ['``a`b``', [['code', 'a`b']]],
    ['`` `x` ``', [['code', '`x`']]],
    ['\\`no`', []],
    ['look:\n```ts\nconst ann = 1\n```\nso', [['block', 'const ann = 1']]],
    [
      '```\na\n```\n```\nb\n```',
      [
        ['block', 'a'],
        ['block', 'b'],
      ],
    ],
    ['```js title="a b"\n1\n```', [['block', '1']]],
    ['````\n```\n````', [['block', '```']]],
    ['  ```\n  a\n    b\n  ```', [['block', 'a\n  b']]],
    ['~~~\n@ann\n~~~', [['block', '@ann']]],
    ['```\nopen', [['block', 'open']]],
    ['```a b```', [['code', 'a b']]],
    ['*a* _b_ # c\n- d\n> e\n    f\n<b>g</b>', []],
  ] as const)('%j has code as CommonMark has it', (text, nodes) => expect(more(text)).toEqual(nodes))

  test('a block stands on lines of its own', () => {
    expect(tree('look:\n```\na\n```\nso')).toEqual([
      { type: 'text', text: 'look:' },
      { type: 'block', text: 'a', language: '' },
      { type: 'text', text: 'so' },
    ])
  })

  test.each([
    ['go to #tea.', [['room', '#tea']]],
    ['見て#tea', [['room', '#tea']]],
    [
      '#Café-2 or #部屋',
      [
        ['room', '#Café-2'],
        ['room', '#部屋'],
      ],
    ],
    ['C#, a#b, #42, ##x, /#x, &#x, # tea', []],
    [
      'https://x.example/#tea `#tea`',
      [
        ['link', 'https://x.example/#tea'],
        ['code', '#tea'],
      ],
    ],
  ])('%s leads to rooms', (text, nodes) => expect(more(text)).toEqual(nodes))

  test('others are who is called, and I am marked only where it rings', () => {
    expect(more('bob and @bob, Ann, joanna and @ann, @nobody')).toEqual([
      ['person', '@bob'],
      ['mention', 'Ann'],
      ['mention', '@ann'],
    ])
    expect(textTree('@ann', { me: 'ann', rings: false, named: key => known.get(key) })).toEqual([
      { type: 'text', text: '@ann' },
    ])
  })
})
