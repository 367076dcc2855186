import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as editor from '../../../src/client/input/editor.ts'

const { emptyEditor, textOf, write } = editor
const at = (before: string, after = ''): editor.Editor => ({ ...emptyEditor, before, after })

const FAMILY = '👨‍👩‍👧'
const ZALGO = 'z\u0324\u0324\u0324\u0308\u0308'

describe('[U4] the editor', () => {
  test.each([
    ['a family of three', FAMILY],
    ['a flag', '🇪🇺'],
    ['a thumb with a skin tone', '👍🏽'],
    ['a letter with its marks', ZALGO],
    ['a syllable of Hangul', '각'],
    ['a consonant with its vowel', 'நி'],
    ['a letter that is two units', '𝒳'],
  ])('moves over and deletes %s as one', (_, grapheme) => {
    const typed = at(`x${grapheme}`)
    expect(editor.left(typed)).toEqual(at('x', grapheme))
    expect(editor.right(at('x', grapheme))).toEqual(typed)
    expect(editor.backspace(typed)).toEqual(at('x'))
    expect(editor.remove(at('x', grapheme))).toEqual(at('x'))
  })

  test('moves by words and cuts them, in any script', () => {
    expect(editor.wordLeft(at('say hello, '))).toEqual(at('say ', 'hello, '))
    expect(editor.wordRight(at('', '  привет мир'))).toEqual(at('  привет', ' мир'))
    expect(editor.killWordBefore(at('one two', '!'))).toEqual({ before: 'one ', after: '!', killed: 'two' })
    expect(editor.killWordAfter(at('one', ' two three'))).toEqual({ before: 'one', after: ' three', killed: ' two' })
  })

  test('puts back what was cut', () => {
    const cut = editor.killToStart(at('first\nsecond', ' half'))
    expect(cut).toEqual({ before: 'first\n', after: ' half', killed: 'second' })
    expect(editor.yank(editor.toEnd(cut))).toMatchObject({ before: 'first\n halfsecond', after: '' })
  })

  test('start and end are those of the line, where there are several', () => {
    expect(editor.toStart(at('one\ntwo', 'x\nthree'))).toEqual(at('one\n', 'twox\nthree'))
    expect(editor.toEnd(at('one\ntwo', 'x\nthree'))).toEqual(at('one\ntwox', '\nthree'))
    expect(editor.killToEnd(at('one', '\ntwo'))).toMatchObject({ before: 'one', after: 'two' })
  })

  test('moves keep the text, and every edit comes to an end, on any text', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 })
    const moves = fc.constantFrom(
      editor.left,
      editor.right,
      editor.wordLeft,
      editor.wordRight,
      editor.toStart,
      editor.toEnd,
    )
    fc.assert(
      fc.property(text, text, fc.array(moves), (before, after, walk) => {
        const end = walk.reduce((state, move) => move(state), at(before, after))
        expect(textOf(end)).toBe(before + after)
        let rest = write(emptyEditor, before + after)
        for (let steps = 0; textOf(rest) !== ''; steps++) {
          expect(steps).toBeLessThanOrEqual(before.length + after.length)
          rest = editor.backspace(rest)
        }
      }),
    )
  })
})
