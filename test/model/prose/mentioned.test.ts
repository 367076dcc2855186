/** The members that a text mentions, as the server resolves them once for everybody. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textTree } from '../../../src/client/view/text-tree.ts'
import { MENTIONS_MAX } from '../../../src/model/limits.ts'
import { readName } from '../../../src/model/name/name.ts'
import { mentionedIn } from '../../../src/model/prose/mentioned.ts'
import { anyText } from '../../helpers/arbitrary-texts.ts'
import { cast, JOSE_NFD } from '../../helpers/cast.ts'
import { runs, seedOf } from '../../helpers/seeds.ts'

/** Each name has an id that isn't the name. */
function known<T>(names: readonly string[], of: (name: string) => T): (key: string) => T | undefined {
  const byKey = new Map<string, T>()
  for (const text of names) {
    const read = readName(text)
    for (const key of read.ok ? read.name.keys : []) byKey.set(key, of(text))
  }
  return key => byKey.get(key)
}
const ids = (text: string, author = 'nobody', names: readonly string[] = cast) =>
  mentionedIn(
    text,
    author,
    known(names, name => `id of ${name}`),
  )

describe('[I12] a text mentions members by their ids', () => {
  test.each([
    ['Spider-Man: look', ['Spider-Man']],
    ['@a|b and @田中さん, not `@Mr.Blue` nor https://x.example/@Mr.Blue', ['a|b', '田中']],
    [`thanks ${JOSE_NFD}, thanks JOSÉ`, ['José']],
    ['nobody of them', []],
  ])('%s', (text, names) => {
    expect(ids(text)).toEqual(names.map(name => `id of ${name}`))
  })

  test('each once, in the order of the text, and never the author', () => {
    expect(ids('@a|b @Mr.Blue @a|b', 'id of Mr.Blue')).toEqual(['id of a|b'])
  })

  test(`at most ${MENTIONS_MAX}`, () => {
    const names = Array.from({ length: MENTIONS_MAX + 5 }, (_, k) => `name${k + 10}`)
    expect(ids(names.map(name => `@${name}`).join(' '), 'nobody', names)).toEqual(
      names.slice(0, MENTIONS_MAX).map(name => `id of ${name}`),
    )
  })

  test('it is marked for a reader exactly if it mentions the reader', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(...cast).chain(name => fc.constantFrom(name, `@${name}`, `${name}:`, `\`${name}\``)),
        anyText,
        fc.constantFrom(' ', '\n', '@', '`', '/', 'さん', 'http://a.example/'),
      ),
    )
    fc.assert(
      fc.property(pieces, fc.constantFrom(...cast), (parts, me) => {
        const text = parts.join('')
        const named = known(cast, name => name)
        const marked = textTree(text, { me, rings: true, named }).some(({ type }) => type === 'mention')
        expect(ids(text).includes(`id of ${me}`)).toBe(marked)
      }),
      { numRuns: runs(500), seed: seedOf(20) },
    )
  })
})
