import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isFoundIn, soughtIn } from '../../../src/model/search/match.ts'
import { soughtPlaces } from '../../../src/model/search/match-places.ts'
import { anyText } from '../../helpers/arbitrary-texts.ts'
import { anyName, cast, JOSE_NFD } from '../../helpers/cast.ts'
import { runs, seedOf } from '../../helpers/seeds.ts'

const marked = (text: string, typed: string): readonly string[] =>
  soughtPlaces(text, typed).map(({ from, to }) => text.slice(from, to))

describe('[Y9] [U14] the words of a search are marked where they stand', () => {
  test.each([
    ['deploy failed', 'Failed to deploy, it failed', ['Failed', 'deploy', 'failed']],
    ['dep', 'deployed', ['dep']],
    ['art', 'start of art', ['art']],
    ['失敗', '失敗した。また失敗', ['失敗', '失敗']],
    ['민수', '민수님이 왔다'.normalize('NFD'), ['민수님이'.normalize('NFD')]],
    ['jose', `it was ${JOSE_NFD}.`, [JOSE_NFD]],
    ['JOSÉ', 'jose', ['jose']],
    ['C++', 'C and C++11', ['C++']],
    ['οδοσ', 'η ΟΔΟΣ, οδός', ['ΟΔΟΣ', 'οδός']],
    ['ΟΔΟΣ', 'οδοστα και ΟΔΌΣ', ['οδοσ', 'ΟΔΌΣ']],
    ['needle', 'hay', []],
    ['', 'hay', []],
  ])('%s in %s', (typed, text, places) => expect(marked(text, typed)).toEqual(places))

  test.each(cast)('%s is marked in every text that was found by that name', name => {
    const text = `😀 it was ${name} again`
    expect(marked(text, name).join(' ')).not.toBe('')
  })

  test('places are in order, apart and whole, and what is found by one word has one', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, anyName), { maxLength: 4 }), fc.nat(), (texts, pick) => {
        const text = texts.join(' ')
        const words = soughtIn(text)
        const typed = words[pick % Math.max(1, words.length)] ?? ''
        const places = soughtPlaces(text, typed)
        let done = -1
        for (const { from, to } of places) {
          expect(from).toBeGreaterThan(done)
          expect(to).toBeGreaterThan(from)
          done = to
        }
        expect(done).toBeLessThanOrEqual(text.length)
        if (isFoundIn(text, soughtIn(typed)) && /^[ -~]*$/.test(text)) expect(places.length).toBeGreaterThan(0)
      }),
      { seed: seedOf(19), numRuns: runs(300) },
    )
  })
})
