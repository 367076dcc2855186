/** Questions for secrets: their order, and their texts. */
import { describe, expect, test } from 'vitest'
import {
  answered,
  hint,
  question,
  type SecretAnswer,
  type SecretPrompt,
  secretPrompt,
} from '../../../src/client/input/secret-prompt.ts'
import type { SecretWanted } from '../../../src/model/slash/row.ts'

type What = SecretWanted['what']

/** All questions, and the secrets in the answers; `more`: there was no answer left for the last question. */
function ask(what: What, key: boolean, ...typed: readonly string[]) {
  const asked: string[] = []
  let prompt: SecretPrompt = secretPrompt({ what, name: '田中' })
  for (const text of typed) {
    asked.push(question(prompt))
    const next = answered(prompt, text, key)
    if ('answer' in next) return { asked, answer: next.answer }
    prompt = next.prompt
  }
  return { asked, answer: 'more' as const, wrong: prompt.wrong }
}

describe('[I14] a secret that is asked for', () => {
  test.each<[What, boolean, readonly string[], SecretAnswer | null]>([
    ['register', true, ['open says me', 'open says me'], { what: 'register', password: 'open says me' }],
    ['register', true, [''], { what: 'register', password: null }],
    ['register', false, [''], null],
    ['login', true, ['open says me'], { what: 'login', name: '田中', password: 'open says me' }],
    ['login', true, [''], null],
    ['password', true, ['before', 'after it', 'after it'], { what: 'password', old: 'before', next: 'after it' }],
    ['password', true, ['', 'after it', 'after it'], { what: 'password', old: null, next: 'after it' }],
    ['password', true, ['before', ''], null],
  ])('%s (with keys: %s), answered with %j, asks for %j', (what, key, typed, answer) => {
    expect(ask(what, key, ...typed).answer).toEqual(answer)
  })

  test('is a new password only if it was typed twice alike', () => {
    const { asked, answer, wrong } = ask('register', true, 'open says me', 'open says she')
    expect(asked).toEqual(['Password: ', 'Once more: '])
    expect(answer).toBe('more')
    expect(wrong).toContain('differ')
    expect(ask('register', true, 'one', 'two', 'open says me', 'open says me').answer).toEqual({
      what: 'register',
      password: 'open says me',
    })
  })

  test('is asked for in few words, which fit beside the answer in the narrowest window', () => {
    for (const what of ['register', 'login', 'password'] as const) {
      const prompt = secretPrompt({ what, name: '田中' })
      expect(question(prompt).length).toBeLessThanOrEqual(15)
      expect(hint(prompt, true)).not.toBe('')
    }
  })
})
