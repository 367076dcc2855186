import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isFoundIn, keysOf, keysOfWords, soughtIn } from '../../../src/model/search/match.ts'
import { anyText } from '../../helpers/arbitrary-texts.ts'
import { anyName, cast, JOSE_NFD } from '../../helpers/cast.ts'
import { runs, seedOf } from '../../helpers/seeds.ts'

const finds = (typed: string, text: string): boolean => isFoundIn(text, soughtIn(typed))

describe('[Y9] a search finds texts that have all of the words', () => {
  test.each([
    ['deploy failed', 'Failed to deploy'],
    ['失敗 デプロイ', 'デプロイに失敗しました'],
    ['deploy 失敗', '失敗した deploy'],
    ['docker 設定', 'dockerの設定'],
    ['bob 見', '見てbobさん'],
    ['민수', '민수님이 왔다'],
    ['회의 오늘', '오늘은 회의가 있다'],
    ['학교', '고등학교에서'],
    ['ข่าว วันนี้', 'วันนี้มีข่าวดี'],
    ['C++', 'I write C++.'],
    ['c++', 'C++11 it is'],
    ['C#', 'in C#, mostly'],
    ['C', 'in C#, mostly'],
    ['jose', JOSE_NFD],
    ['dep', 'deployed'],
    ['οδοσ', 'η ΟΔΟΣ εδώ'],
    ['ΟΔΟΣ', 'οδοστα'],
    ['ΟΔΟΣ', 'η οδός εδώ'],
    ['οδος', 'ΟΔΟΣ'],
  ])('%s in %s', (typed, text) => expect(finds(typed, text)).toBe(true))

  test.each([
    ['C++', 'plain C'],
    ['C#', 'C++ and C'],
    ['C#', 'abc# is no word'],
    ['dep failed', 'deployed and failed'],
    ['art', 'start'],
    ['失敗 成功', '失敗した'],
  ])('%s not in %s', (typed, text) => expect(finds(typed, text)).toBe(false))

  test.each(cast)('%s is found by name', name => expect(finds(name, `it was ${name} again`)).toBe(true))

  test('a text that is found has all keys, so the index leaves nothing out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyText, anyName, fc.constantFrom('C++', 'C#')), { maxLength: 4 }),
        fc.nat(),
        (texts, pick) => {
          const text = texts.join(' ')
          const words = soughtIn(text)
          const asked = words.length === 0 ? [] : [words[pick % words.length] as string, ...words.slice(0, pick % 3)]
          const keys = keysOf(text)
          if (isFoundIn(text, asked)) for (const key of keysOfWords(asked)) expect(keys).toContain(key)
          expect(isFoundIn(text, asked)).toBe(asked.length > 0)
        },
      ),
      { seed: seedOf(8), numRuns: runs(500) },
    )
  })
})
