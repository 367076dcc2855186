/** The names in a text, and its code and addresses. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameKey, readName } from '../../../src/model/name/name.ts'
import { codeIn } from '../../../src/model/prose/code.ts'
import { linksIn } from '../../../src/model/prose/links.ts'
import { mentionsIn, readProse } from '../../../src/model/prose/prose.ts'
import { anyText } from '../../helpers/arbitrary-texts.ts'
import { anyName, cast, JOSE_NFD } from '../../helpers/cast.ts'
import { runs, seedOf } from '../../helpers/seeds.ts'

/** Known by their keys, as the reducer knows them. */
function knowing(...names: readonly string[]) {
  const byKey = new Map<string, string>()
  for (const name of names) {
    const read = readName(name)
    for (const key of read.ok ? read.name.keys : [nameKey(name)]) byKey.set(key, name)
  }
  return (key: string) => byKey.get(key)
}
const mentioned = (text: string, ...names: readonly string[]) =>
  mentionsIn(text, knowing(...names)).map(({ who }) => who)

describe('[N8] a text speaks of a name as a whole', () => {
  test.each([
    ['bob', 'bob'],
    ['Hi Bob!', 'bob'],
    ['bob: look', 'bob'],
    ['(bob)', 'bob'],
    ['[bob]', 'bob'],
    ['thanks bob.', 'bob'],
    ['bob...', 'bob'],
    ["bob's turn", 'bob'],
    ['bob’s turn', 'bob'],
    ["\u0130bo'nun", '\u0130bo'],
    ["le message d'Alice", 'alice'],
    ['bobさんは', 'bob'],
    ['見てbob', 'bob'],
    ['bob님이', 'bob'],
    ['ask Spider-Man, please', 'Spider-Man'],
    ['spider-man.', 'Spider-Man'],
    ['Mr.Blue.', 'Mr.Blue'],
    ['[x]_^: hi', '[x]_^'],
    ['a|b?', 'a|b'],
    ['back\\slash', 'back\\slash'],
    ['田中、見て', '田中'],
    [JOSE_NFD, 'Jos\u00E9'],
    ['ｂｏｂ', 'bob'],
  ])('%s', (text, name) => expect(mentioned(text, name)).toEqual([name]))

  test.each([
    '**@Mr.Blue**',
    "'@Mr.Blue'",
    'thanks!@Mr.Blue',
    '_@Mr.Blue_',
    '__@Mr.Blue__',
    '~~@Mr.Blue~~',
    '|@Mr.Blue|',
    '+@Mr.Blue',
    'a, _@Mr.Blue_!',
    '=@Mr.Blue',
  ])('%s calls a dotted name', text => {
    expect(mentioned(text, 'Mr.Blue')).toEqual(['Mr.Blue'])
    expect(linksIn(text)).toEqual([])
  })

  test.each(['a@Mr.Blue', 'x.y+z@Mr.Blue', '**a@Mr.Blue**', "o'hara@Mr.Blue"])('%s is an address', text => {
    expect(mentioned(text, 'Mr.Blue')).toEqual([])
    expect(linksIn(text)).toHaveLength(1)
  })

  test.each([
    ['bob2-work', 'bob2'],
    ['alice-bob2', 'bob2'],
    ['bob2|away', 'bob2'],
    ['@bob2-work', 'bob2'],
    ['@bob2|away', 'bob2'],
    ['bob_', 'bob'],
    ['bobby', 'bob'],
    ["don't", 't'],
    ["don't", 'don'],
    ["we'll", 'we'],
    ['see https://x.example/bob', 'bob'],
    ['see https://x.example/@bob', 'bob'],
    ['www.bob.example', 'bob'],
    ['bob.example', 'bob'],
    ['bob@x.example', 'bob'],
    ['x@bob.example', 'bob'],
    ['ssh bob@host', 'bob'],
    ['alice@bob', 'bob'],
    ['@bob@social.example', 'bob'],
    ['/home/bob/x', 'bob'],
    ['src/bob', 'bob'],
    ['bob/src', 'bob'],
    ['@bob/core', 'bob'],
    ['C:\\bob', 'bob'],
    ['bob.ts', 'bob'],
    ['`bob`', 'bob'],
    ['`@bob`', 'bob'],
    ['``a ` @bob``', 'bob'],
    ['```\n@bob\n```', 'bob'],
    ['~~~\nbob\n~~~', 'bob'],
    ['田中山さん', '田中'],
    ['田中2', '田中'],
    ['a - b', '-'],
    ['#bob', 'bob'],
    ['go to #bob, please', 'bob'],
    ['見て#bob', 'bob'],
    ['#bob設定', '設定'],
    ['C#bob', 'bob'],
    ['a_@bob', 'bob'],
    ['@bob.hi', 'bob'],
    ['@bob-hi', 'bob'],
  ])('%s does not speak of %s', (text, name) => expect(mentioned(text, name)).toEqual([]))

  test.each([
    ['@田中さん', ['田', '田中'], ['田中']],
    ['@田中さん@鈴木さん', ['鈴木', '田中'], ['田中', '鈴木']],
    ['@민수님', ['민수'], ['민수']],
    ['네@민수님!', ['민수'], ['민수']],
    ['@bobさん', ['bob'], ['bob']],
    ['@bob2', ['bob', 'bob2'], ['bob2']],
    ['@bob...hi', ['bob'], ['bob']],
    ['@bob--hi', ['bob'], ['bob']],
    ['@bob-x--hi', ['bob', 'bob-x'], ['bob-x']],
    ['@bob--hi', ['bob', 'bob--hi'], ['bob--hi']],
    ['@bob`code`', ['bob'], ['bob']],
    ['@a`b`', ['a', 'a`b`'], ['a`b`']],
    ['@bob. ok', ['bob'], ['bob']],
    ['@bob, @alice/@carl', ['bob', 'alice', 'carl'], ['bob', 'alice', 'carl']],
    ['@alice@bob', ['bob', 'alice'], ['alice', 'bob']],
    ['bob and alice', ['bob', 'alice'], ['bob', 'alice']],
    ['@a`b and `c`', ['a`b'], ['a`b']],
    ['@`x`', ['`x`'], ['`x`']],
    ['``` @bob look at this', ['bob'], ['bob']],
    ['```\na\n``` @bob', ['bob'], ['bob']],
    ['@www.x.example', ['www.x.example'], ['www.x.example']],
  ])('%s, of %j, speaks of %j', (text, names, who) => expect(mentioned(text, ...names)).toEqual(who))

  test('any allowed name, called or alone, among others', () => {
    const around = fc.constantFrom(
      ...([
        ['', ''],
        ['hi ', '!'],
        ['(', ')'],
        ['“', '”, '],
        ['見て ', ' です'],
        ['?\n', '\n?'],
      ] as const),
    )
    fc.assert(
      fc.property(anyName, around, fc.boolean(), (name, [before, after], nfd) => {
        const typed = nfd ? name.normalize('NFD') : name
        expect(mentioned(`${before}@${typed}${after}`, name, ...cast)).toEqual([name])
        const isWord = /[\p{L}\p{N}]/u.test(name) && linksIn(name).length + codeIn(name).length === 0
        if (isWord) expect(mentioned(`${before}${typed}${after}`, name)).toEqual([name])
      }),
      { seed: seedOf(2), numRuns: runs(500) },
    )
  })

  test('every question about any text is answered, and in order', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string()), fc.array(anyName, { maxLength: 3 }), (text, names) => {
        const whole = names.reduce((rest, name, k) => (k % 2 ? `${rest}@${name}` : `${rest} ${name}`), text)
        const { asides, mentions } = readProse(whole, knowing(...names))
        const places = [...asides, ...mentions].sort((a, b) => a.from - b.from)
        for (const [k, { from, to }] of places.entries()) {
          expect(from).toBeGreaterThanOrEqual(places[k - 1]?.to ?? 0)
          expect(to).toBeGreaterThan(from)
        }
      }),
      { seed: seedOf(3), numRuns: runs(500) },
    )
  })
})
