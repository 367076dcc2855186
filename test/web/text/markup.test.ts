import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markup } from '../../../src/web/text/markup.ts'

const SIGNS = [
  '`',
  '```',
  '\n',
  'http://',
  'https://x.example',
  'javascript:',
  '(',
  ')',
  '@ann',
  'ann',
  ' ',
  '.',
  '<b>',
  '&',
  'é',
  '🙂',
]
const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom(...SIGNS)).map(parts => parts.join('')),
)

describe('[G11] what is more than text', () => {
  test('loses nothing: all parts together are the text, but for the marks around code', () => {
    const bare = (text: string): string => text.replaceAll(/[`\n]/g, '')
    fc.assert(
      fc.property(texts, text => {
        const parts = markup(text, 'ann')
        if (!text.includes('```')) expect(bare(parts.map(part => part.text).join(''))).toBe(bare(text))
        for (const part of parts) expect(text).toContain(part.text)
      }),
    )
  })

  test('a link is http or https, and shows where it leads', () => {
    fc.assert(
      fc.property(texts, text => {
        for (const part of markup(text, 'ann')) {
          if (part.type !== 'link') continue
          expect(part.href).toMatch(/^https?:\/\//)
          expect(part.text).toMatch(/^https?:\/\//i)
        }
      }),
    )
  })

  test.each([
    ['see https://a.example/x_(y), then', 'https://a.example/x_(y)'],
    ['(https://a.example/x).', 'https://a.example/x'],
    ['HTTPS://A.example!', 'HTTPS://A.example'],
    ['x https://a.example/?q=1&r=%20#f', 'https://a.example/?q=1&r=%20#f'],
    ['"https://a.example"', 'https://a.example'],
  ])('%s has the link %s', (text, link) => {
    expect(markup(text, '').filter(({ type }) => type === 'link')).toMatchObject([{ text: link }])
  })

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'http://',
    'https:// x',
    'xhttps://a.example',
    'mailto:a@b.example',
  ])('%s has none', text => expect(markup(text, '').some(({ type }) => type === 'link')).toBe(false))

  test('code, blocks of code, and my name as a word of its own', () => {
    expect(markup('a `b` c', '')).toEqual([
      { type: 'text', text: 'a ' },
      { type: 'code', text: 'b' },
      { type: 'text', text: ' c' },
    ])
    expect(markup('look:\n```ts\nconst ann = 1\n```\nso', 'ann')).toEqual([
      { type: 'text', text: 'look:' },
      { type: 'block', text: 'const ann = 1' },
      { type: 'text', text: 'so' },
    ])
    expect(markup('Ann, joanna and @ann', 'ann').filter(({ type }) => type === 'mention')).toEqual([
      { type: 'mention', text: 'Ann' },
      { type: 'mention', text: '@ann' },
    ])
    expect(markup('```\nnot closed', '')).toEqual([{ type: 'text', text: '```\nnot closed' }])
  })
})
