/** The marks of Markdown in a text: their meaning, and the signs that are none. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markedTree } from '../../../../src/client/view/marks/marked-tree.ts'
import { type TextNode, textTree } from '../../../../src/client/view/text-tree.ts'
import { MARKS_DEPTH, TEXT_MAX_BYTES } from '../../../../src/model/limits.ts'
import { nameKey } from '../../../../src/model/name/name.ts'
import { anyText } from '../../../helpers/arbitrary-texts.ts'
import { cast } from '../../../helpers/cast.ts'
import { runs, seedOf } from '../../../helpers/seeds.ts'
import { leavesOf } from '../../../helpers/text-leaves.ts'

const known = new Map(['ann', ...cast].map(name => [nameKey(name), name]))
const tree = (text: string): readonly TextNode[] =>
  textTree(text, { me: 'ann', rings: true, named: key => known.get(key), marks: markedTree })

/** In short: `b(x)` for bold, `i(x)` for italic, `s(x)` for struck, `q[x]` for a quote, `l[• x]` for a list. */
function short(nodes: readonly TextNode[]): string {
  return nodes.map(shortOf).join('')
}

function shortOf(node: TextNode): string {
  switch (node.type) {
    case 'text':
      return node.text
    case 'bold':
    case 'italic':
    case 'strike':
      return `${node.type[0]}(${short(node.nodes)})`
    case 'quote':
      return `q[${short(node.nodes)}]`
    case 'list':
      return `l[${node.items.map(({ mark, nodes }) => `${mark} ${short(nodes)}`).join('|')}]`
    case 'link':
      return node.address === '' ? `<${node.text}>` : `<${node.text}|${node.address}|${node.href}>`
    default:
      return `${node.type}<${node.text}>`
  }
}

const drawn = (text: string): string => short(tree(text))

describe('[G11] marks', () => {
  test.each([
    ['**bold**', 'b(bold)'],
    ['*italic*', 'i(italic)'],
    ['_italic_', 'i(italic)'],
    ['~~struck~~', 's(struck)'],
    ['***both***', 'b(i(both))'],
    ['a **b c** d', 'a b(b c) d'],
    ['**a *b* c**', 'b(a i(b) c)'],
    ['*a **b** c*', 'i(a b(b) c)'],
    ['**aa *bb***', 'b(aa i(bb))'],
    ['*aa **bb***', 'i(aa b(bb))'],
    ['***aa* bb**', 'b(i(aa) bb)'],
    ['_a_, *b*; **c**!', 'i(a), i(b); b(c)!'],
    ['(*see below*)', '(i(see below))'],
    ['"*so*"', '"i(so)"'],
    ['*I* said so', 'i(I) said so'],
    ['**C++**, *C#*, **100%**', 'b(C++), i(C#), b(100%)'],
    ['**Note:** this', 'b(Note:) this'],
    ["**Bob**'s", "b(Bob)'s"],
    ['これは**重要**です。', 'これはb(重要)です。'],
    ['**「重要」**です', 'b(「重要」)です'],
    ['**볼드**는', 'b(볼드)는'],
    ['**مرحبا**', 'b(مرحبا)'],
    ['**🦊**', 'b(🦊)'],
    ['**`a*b`**', 'b(code<a*b>)'],
    ['**@ann** *@Spider-Man*', 'b(mention<@ann>) i(person<@Spider-Man>)'],
    ['*#tea*', 'i(room<#tea>)'],
    ['**https://x.example/a_b**', 'b(<https://x.example/a_b>)'],
    ['_https://x.example/a_', 'i(<https://x.example/a>)'],
    ['*a\nb*', '*a\nb*'],
  ])('%j', (text, shown) => expect(drawn(text)).toBe(shown))

  test.each([
    ...['a_b_c', 'snake_case_name', '_private_name_', '__init__', '__proto__.py', '2*3*4', '2 * 3 * 4', 'a*b*c'],
    ...['~/path and ~/other', 'C:\\dir\\*foo*', '\\*no\\*', '*.ts and *.js', '*.ts,*.js', 'src/**/*.test.*'],
    ...[
      '/*comment*/',
      '/** doc */',
      'f(*args, **kwargs)',
      'f(a,*b,*c)',
      'char *p, *q;',
      '*p++ = *q++;',
      'SELECT * FROM t',
    ],
    ...[
      'f**k',
      'f*** you ***',
      '5* and 4*',
      'from 5* to *6',
      'x_1 and x_2',
      '****',
      '~~~~',
      '____',
      '~a~',
      '** a **',
      '**',
    ],
    ...[
      '¯\\_(ツ)_/¯',
      '(*^_^*)',
      '(*_*)',
      '^_^ and ^_^',
      '-_- -_-',
      'o_O',
      '(*o*)',
      "(*'ω'*)",
      '*O_O*',
      ':* bye :*',
      '*~*~*',
      '>_<',
      '*\\o/*',
    ],
    ...['*-*-*-*', '.:*~*:._.:*~*:.', '* * *', '- - -', '- - -\n- - -', '***', '|_|_|', '/*****\\', '(_)', '\\_/'],
    ...['*** bob (b@x) has joined', '* bob waves', '<bob> hi', '-NickServ- hi', '[12:03] <bob> hi', '[INFO](main) x'],
    ...['- one thing', '- Oscar Wilde', '1999. What a year', '-- \nbob', '+ a\n+ b', '-a  x\n-b  y', '  - a\n  - b'],
    ...['- old\n+ new', '- old 1\n- old 2\n+ new', '@@ -1,2 +0,0 @@\n- a\n- b', 'foo:\n  - a\n  - b'],
    ...[
      '>be me',
      '>:(',
      '>.<',
      '>>> print(1)',
      '>>> ',
      '> ^ <',
      '>',
      '>>',
      ' > a',
      '>>>>> x',
      ' /\\_/\\\n( o.o )\n > ^ <',
    ],
    ...[
      '[a](javascript:alert)',
      '[a](b)',
      '[a] (b)',
      '[](x)',
      '![a](b)',
      '<b>a</b>',
      '&amp; &lt;',
      '# a',
      'a\n===',
      '| a | b |',
    ],
    ...['    indented', 'a  \nb', 'a\\\nb', '&#42;a&#42;', 'x~~y~~z', 'a__b__c', '[x]: y', '- [ ] todo', '====\n----'],
  ])('%j stays as it is', text => {
    expect(short(leavesOf(tree(text)))).toBe(text)
    expect(tree(text).length).toBe(1)
  })

  test.each([
    ['> a', 'q[a]'],
    ['> a\n> b\nc', 'q[a\nb]c'],
    ['so:\n> a\n>\n> b\n\nc', 'so:q[a\n\nb]\nc'],
    ['> a\n\n> b', 'q[a]q[b]'],
    ['> > a\n> b', 'q[q[a]b]'],
    ['>> a\n> b', 'q[q[a]b]'],
    ['> **a**\n> @ann', 'q[b(a)\nmention<@ann>]'],
    ['> - a\n> - b', 'q[l[• a|• b]]'],
    ['> > > > > > a', `${'q['.repeat(MARKS_DEPTH)}> > a${']'.repeat(MARKS_DEPTH)}`],
    ['> `a\n> b`', 'q[`a\nb`]'],
  ])('%j is a quote', (text, shown) => expect(drawn(text)).toBe(shown))

  test.each([
    ['- a\n- b', 'l[• a|• b]'],
    ['* a\n* b', 'l[• a|• b]'],
    ['todo:\n- a\n- b\nso', 'todo:l[• a|• b]so'],
    ['1. a\n2. b', 'l[1. a|2. b]'],
    ['3) a\n7) b', 'l[3) a|7) b]'],
    ['- a\n  - b\n  - c\n- d', 'l[• al[• b|• c]|• d]'],
    ['- a\n  - b', 'l[• al[• b]]'],
    ['1. a\n   - b\n2. c', 'l[1. al[• b]|2. c]'],
    ['- a\n  more\n- b', 'l[• a\nmore|• b]'],
    ['- a\n\n- b\n\nc', 'l[• a\n|• b]\nc'],
    ['- a\n- b\n* c\n* d', 'l[• a|• b]l[• c|• d]'],
    ['- **a**\n- `b`\n- @ann', 'l[• b(a)|• code<b>|• mention<@ann>]'],
    ['- a\n  ```\n  x\n  ```\n- b', 'l[• ablock<x>|• b]'],
    ['- a\n  > b\n- c', 'l[• aq[b]|• c]'],
  ])('%j is a list', (text, shown) => expect(drawn(text)).toBe(shown))

  test.each([
    ['[docs](https://x.example/a_b)', '<docs|https://x.example/a_b|https://x.example/a_b>'],
    ['see [the docs](www.x.example).', 'see <the docs|www.x.example|http://www.x.example/>.'],
    ['[bank.example](https://evil.example)', '<bank.example|https://evil.example|https://evil.example/>'],
    ['**[a](https://x.example/b_(c))**', 'b(<a|https://x.example/b_(c)|https://x.example/b_(c)>)'],
    ['[write](mailto:bob@x.example)', '<write|mailto:bob@x.example|mailto:bob@x.example>'],
    ['![a](https://x.example/p.png)', '!<a|https://x.example/p.png|https://x.example/p.png>'],
    ['[@ann](https://x.example/)', '[mention<@ann>](<https://x.example/>)'],
    ['[`a`](https://x.example/)', '[code<a>](<https://x.example/>)'],
    ['[ ](https://x.example/)', '[ ](<https://x.example/>)'],
    ['[a](https://x.example/ "t")', '[a](<https://x.example/> "t")'],
    ['[a](javascript:https://x.example/)', '[a](javascript:<https://x.example/>)'],
    [`[${'a'.repeat(300)}](https://x.example/)`, `[${'a'.repeat(300)}](<https://x.example/>)`],
  ])('%j is a link', (text, shown) => expect(drawn(text)).toBe(shown))
})

const SIGNS = [
  ...[
    '*',
    '**',
    '***',
    '_',
    '~~',
    '~',
    '`',
    '```',
    '\n',
    '\n',
    '> ',
    '>',
    '- ',
    '* ',
    '1. ',
    '  ',
    ' ',
    '(',
    ')',
    '[',
    '](',
  ],
  ...[
    'a',
    'Ünal',
    '田中',
    'مريم',
    '🦊',
    '@ann',
    '#tea',
    'https://x.example/a_b',
    '.',
    ',',
    ':',
    '\\',
    '<b>',
    '|',
    '+ ',
  ],
]
const texts = fc.oneof(
  anyText,
  fc.array(fc.constantFrom(...SIGNS), { maxLength: 40 }).map(parts => parts.join('')),
  fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 20 }),
)

describe('[G11] for any text', () => {
  test('all of it is visible but marks, and in its order', () => {
    fc.assert(
      fc.property(texts, text => {
        const shown = leavesOf(tree(text)).map(leaf => leaf.text + ('address' in leaf ? leaf.address : ''))
        const signs = (one: string): string => one.replaceAll(/[^\s*_~`>[\]()•.\d-]/gu, '')
        const said = (one: string): string => one.replaceAll(/[\s*_~`>[\]()•.\d-]/gu, '')
        expect(said(shown.join(''))).toBe(said(text))
        expect(signs(shown.join('')).length).toBeLessThanOrEqual(signs(text).length)
      }),
      { seed: seedOf(31), numRuns: runs(3000) },
    )
  })

  test('mentions, links and code are the same with marks and without', () => {
    fc.assert(
      fc.property(texts, text => {
        const bare = textTree(text, { me: 'ann', rings: true, named: key => known.get(key) })
        const kinds = (nodes: readonly TextNode[]): readonly string[] =>
          leavesOf(nodes).flatMap(leaf => {
            if (leaf.type === 'text' || leaf.type === 'room') return []
            return [leaf.type === 'link' ? leaf.href : `${leaf.type} ${leaf.text}`]
          })
        expect(kinds(tree(text))).toEqual(kinds(bare))
      }),
      { seed: seedOf(32), numRuns: runs(1000) },
    )
  })

  test('the tree is shallow', () => {
    const depth = (nodes: readonly TextNode[]): number =>
      Math.max(
        0,
        ...nodes.map(
          node =>
            1 +
            (node.type === 'list'
              ? Math.max(...node.items.map(item => depth(item.nodes)))
              : 'nodes' in node
                ? depth(node.nodes)
                : 0),
        ),
      )
    for (const sign of ['> ', '>', '- ', '*a **b _c ~~d ', '1. ']) {
      expect(depth(tree(sign.repeat(TEXT_MAX_BYTES / sign.length)))).toBeLessThanOrEqual(MARKS_DEPTH + 5)
    }
  })
})
