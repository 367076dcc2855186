/** Slash commands about messages and files, as people type them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTyped } from '../../../src/model/slash.ts'
import { runs } from '../../helpers/seeds.ts'

const sent = (line: string) => {
  const typed = readTyped(line)
  return typed.type === 'send' ? [typed.path, typed.caption] : typed.type
}

describe('/send takes a path as a shell does', () => {
  test.each([
    ['/send shot.png', ['shot.png', null]],
    ['/send shot.png look at this', ['shot.png', 'look at this']],
    [String.raw`/send /tmp/my\ notes\ 田中.pdf`, ['/tmp/my notes 田中.pdf', null]],
    ["/send '/tmp/my notes.pdf' notes", ['/tmp/my notes.pdf', 'notes']],
    ['/send "a \\"b\\".png"  🦊', ['a "b".png', '🦊']],
    ["/send 'it'\\''s.png'", ["it's.png", null]],
    ["/send 'never closed.png", 'wrong'],
    ['/send ""', 'wrong'],
  ])('%s', (line, read) => expect(sent(line)).toEqual(read))
})

test('a number that is too long is one that no message has', () => {
  for (const line of ['/reply', '/edit', '/answer'].map(name => `${name} ${'9'.repeat(20)} look`)) {
    const { command } = readTyped(line) as { readonly command: object }
    expect('reply' in command ? command.reply : (command as { readonly seq: unknown }).seq).toBe(1e15)
  }
  expect(readTyped(`/close ${'9'.repeat(20)}`)).toMatchObject({ command: { type: 'close', seq: 1e15 } })
})

test('/reply and /edit take any text that somebody means, with its number or without', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .map(one => one.trim())
    .filter(one => one !== '')
  fc.assert(
    fc.property(
      fc.constantFrom('reply', 'edit'),
      fc.option(fc.integer({ min: 1, max: 2 ** 40 })),
      text,
      (name, n, said) => {
        const typed = readTyped(`/${name} ${n === null ? '' : `${n} `}-- ${said}`)
        expect(typed).toMatchObject({ type: 'command', command: { text: said } })
        const { command } = typed as { readonly command: object }
        expect('reply' in command ? command.reply : (command as { readonly seq: unknown }).seq).toBe(n)
      },
    ),
    { numRuns: runs(200) },
  )
})
