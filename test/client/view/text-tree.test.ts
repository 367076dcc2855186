/** A text as terminal and page draw it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textTree } from '../../../src/client/view/text-tree.ts'
import { nameKey } from '../../../src/model/name/name.ts'
import { anyText } from '../../helpers/arbitrary-texts.ts'
import { runs, seedOf } from '../../helpers/seeds.ts'
import { leavesOf } from '../../helpers/text-leaves.ts'

const known = new Map(['ann', 'bob', '田中'].map(name => [nameKey(name), name]))
const tree = (text: string) => leavesOf(textTree(text, { me: 'ann', rings: true, named: key => known.get(key) }))
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
/** Parts of texts with fences in all states. */
const FENCED = [
  ...['```', '```', '````', '`', '``', '~~~', '~~~~', '\\'],
  ...['\n', '\n', '\n', '\n\n', ' ', '  ', '    '],
  ...['- ', '1. ', '> '],
  ...['a', 'ts', 'c++', '@bob', '@ann', '#tea', '.', 'npm test', '日本'],
]
const texts = fc.oneof(
  anyText,
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom(...SIGNS)).map(parts => parts.join('')),
)

describe('[G11] parts that are more than text', () => {
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

  test('shows everything but fences, backticks and a language of one word, however they are mixed', () => {
    const pieces = fc.constantFrom(...FENCED)
    const visible = (text: string): string => text.replaceAll(/[`~\n ]/g, '')
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), parts => {
        const text = parts.join('')
        const nodes = tree(text)
        const shown = nodes.map(node => (node.type === 'block' ? node.language : '') + node.text).join('')
        expect(visible(shown)).toBe(visible(text))
        for (const node of nodes) {
          if (node.type === 'block') expect(node.language).toMatch(/^[^ @]*$/)
          if (node.type === 'block') expect(node.text).toMatch(/[^ \n]/)
        }
      }),
      { seed: seedOf(27), numRuns: runs(3000) },
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
    ['**https://x.example/**', 'https://x.example/'],
    ['**https://x.example**', 'https://x.example'],
    ['*see https://x.example/a.*', 'https://x.example/a'],
    ['_https://x.example/a_', 'https://x.example/a'],
    ['~~https://x.example/a~~', 'https://x.example/a'],
    ['(*https://x.example/a*)', 'https://x.example/a'],
    ['`https://x.example/', 'https://x.example/'],
    ['https://x.example/`code`', 'https://x.example/'],
    ['https://x.example/`open', 'https://x.example/'],
    ['https://x.example/foo|bar', 'https://x.example/foo'],
    ['|https://x.example/|', 'https://x.example/'],
    ['https://x.example/a_b*c~d', 'https://x.example/a_b*c~d'],
    ['https://x.example/~ann/', 'https://x.example/~ann/'],
    ['**www.x.example**', 'www.x.example'],
    ['*bob@x.example*', 'bob@x.example'],
    ['_bob@x.example_', 'bob@x.example'],
    ['thanks!bob@x.example', 'bob@x.example'],
    ['mailto:bob@x.example', 'mailto:bob@x.example'],
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
    ['````\n```\n````', [['block', '```']]],
    ['  ```\n  a\n    b\n  ```', [['block', 'a\n  b']]],
    ['~~~\n@ann\n~~~', [['block', '@ann']]],
    ['```\nopen', [['block', 'open']]],
    ['```a b```', [['code', 'a b']]],
    ['*a* _b_ # c\n- d\n> e\n    f\n<b>g</b>', []],
  ] as const)('%j has code as CommonMark has it', (text, nodes) => expect(more(text)).toEqual(nodes))

  test.each([
    ['```npm test\nnpm run build\n```', ['block npm test\nnpm run build']],
    ['look:\n```npm test\nnpm run build```', ['text look:', 'block npm test\nnpm run build']],
    ['```js title="a b"\n1\n```', ['block js title="a b"\n1']],
    ['``` c++ \n1\n```', ['block 1']],
    ['```hello world\n~~~ x\n', ['text ```hello world\n~~~ x\n']],
    ['``` @bob look at this', ['text ``` ', 'person @bob', 'text  look at this']],
    ['```@bob\nlook\n```', ['block @bob\nlook']],
    ['text ```\ncode\n``` after', ['text text ', 'block code', 'text after']],
    ['```\ncode\n``` after @bob', ['block code', 'text after ', 'person @bob']],
    ['```\na\n```.', ['block a', 'text .']],
    ['```ts\na```\nb', ['block a', 'text b']],
    ['so ```\na\n\nb\n```\nc', ['text so ', 'block a\n\nb', 'text c']],
    ['so ```npm test\na\n```\nc', ['text so ', 'block npm test\na', 'text c']],
    ['what is ``` for\n```ts\na\n```\nc', ['text what is ``` for', 'block a', 'text c']],
    ['say `` ``` `` or\n`` ``` ``', ['text say ', 'code ```', 'text  or\n', 'code ```']],
    ['~~~\na ~~~ b', ['block a ~~~ b']],
    ['```', ['text ```']],
    ['```hello', ['text ```hello']],
    ['a\n```\n\n```\nb', ['text a\n```\n\n```\nb']],
    ['- ```\n  a\n  ```\n- b', ['text - ', 'block a', 'text - b']],
    ['1. - ```ts\n     a\n       b\n     ```', ['text 1. - ', 'block a\n  b']],
    ['- a\n    ```\n    b\n    ```\n  c', ['text - a', 'block b', 'text   c']],
  ])('%j is drawn whole', (text, drawn) => {
    expect(tree(text).map(node => `${node.type} ${node.text}`)).toEqual(drawn)
  })

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
    [
      '#ann, and #ann設定',
      [
        ['room', '#ann'],
        ['room', '#ann設定'],
      ],
    ],
    [
      '@bob`#tea`',
      [
        ['person', '@bob'],
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
