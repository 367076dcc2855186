/** Disguises that a word is found through, and texts that it is not found in. */
import { describe, expect, test } from 'vitest'
import { compileFilters } from '../../../src/matching/filters/filters.ts'
import { readPattern } from '../../../src/matching/filters/pattern.ts'

function finds(pattern: string, text: string): boolean {
  const read = readPattern('words', pattern)
  if (!read.ok) throw new Error(read.detail)
  return compileFilters([{ id: 1, room: null, is: 'words', pattern: read.pattern }]).matching(text, null).length > 0
}

const FOUND: readonly (readonly [pattern: string, text: string])[] = [
  ['bad', 'BAD'],
  ['bad', 'so bad, so sad'],
  ['bad', 'x_bad_y'],
  ['bad', 'bäd'],
  ['bad', 'ba\u0301d'],
  ['bad', 'b\u0336a\u0336d\u0336'],
  ['bad', `b${'\u0301\u0316'.repeat(40)}ad`],
  ['bad', 'ｂａｄ'],
  ['bad', 'ⓑⓐⓓ'],
  ['bad', '𝐛𝒶𝖉'],
  ['bad', '🅑🅐🅓'],
  ['bad', '🅱🅰🅳'],
  ['bad', 'ʙᴀᴅ'],
  ['bad', 'b\u200ba\u200dd'],
  ['bad', 'b\u00adad\ufe0f'],
  ['bad', 'bаd'],
  ['BAD', 'ВАD'],
  ['scam', 'ѕсаm'],
  ['never', 'Νever'],
  ['you', 'ΥOU'],
  ['him', 'hіm'],
  ['mad', 'ɱad'],
  ['end', 'εnd'],
  ['ice', 'Ӏce'],
  ['Ӏіe', 'lie'],
  ['Straße', 'STRASSE'],
  ['strasse', 'Straße'],
  ['ibo', 'İbo'],
  ['İbo', 'ibo'],
  ['office', 'oﬃce'],
  ['José', 'jose'],
  ['jose', 'Jose\u0301'],
  ['враг', 'ВРАГ'],
  ['ВРАГ', 'врагъ враг'],
  ['Ἀθῆναι', 'αθηναι'],
  ['ΣΟΦΟΣ', 'σοφος'],
  ['مريم', 'مَرْيَم'],
  ['مريم', 'مـــريم'],
  ['שלום', 'שָׁלוֹם'],
  ['hello world', 'Hello\n\t  world!'],
  ['hello world', 'hello\u200b \u00a0 world'],
  ['Spider-Man', 'the spider-man!'],
  ['Mr.Blue', 'MR.BLUE'],
  ['c++', 'I like C++, and D'],
  [':)', 'so:)'],
  ['a_b', 'A_B'],
  ['*ship', 'friendship'],
  ['ship*', 'shipping'],
  ['*ship*', 'worshipper'],
  ['*ship*', 'ship'],
  ['田中', '私は田中です'],
  ['田中', 'x田中y'],
  ['すし', 'おすしを'],
  ['กิน', 'ฉันกินข้าว'],
  ['바보', '너는 바보야'],
  ['바보', '바보'.normalize('NFD')],
  ['바보'.normalize('NFD'), '바보'],
  ['バカ', 'ﾊﾞｶ'],
  ['👍', 'ok👍🏽'],
  ['नमस्ते', 'नमस्ते!'],
  ['𐐔𐐯', '𐐼𐐯'],
]

const NOT_FOUND: readonly (readonly [pattern: string, text: string])[] = [
  ['bad', 'badge'],
  ['bad', 'abad'],
  ['bad', 'bad2'],
  ['bad', 'ba d'],
  ['bad', 'b.a.d'],
  ['bad', 'bädé'],
  ['bad', 'baд'],
  ['nice', 'vice'],
  ['lie', 'iie 1ie'],
  ['him', 'hirn'],
  ['ship*', 'friendship'],
  ['*ship', 'shipping'],
  ['hello world', 'helloworld'],
  ['hello world', 'hello, world'],
  ['Spider-Man', 'spider man'],
  ['田中', '田 中'],
  ['か', 'が'],
  ['バカ', 'ハカ'],
  ['바', '박'],
  ['कम', 'कमल'],
  ['ก', 'กี'],
  ['مريم', 'مريمة'],
]

describe('[Z8] words', () => {
  test.each(FOUND)('%j are found in %j', (pattern, text) => {
    expect(finds(pattern, text)).toBe(true)
    expect(finds(pattern, `, ${text} ...`)).toBe(true)
  })

  test.each(NOT_FOUND)('%j are not found in %j', (pattern, text) => {
    expect(finds(pattern, text)).toBe(false)
    expect(finds(pattern, pattern.replaceAll('*', ''))).toBe(true)
  })
})
