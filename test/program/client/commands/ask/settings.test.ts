/** The arguments of `rxchat ask`, and the sentence with a remedy where one is wrong. */
import { describe, expect, test } from 'vitest'
import { readAsk } from '../../../../../src/program/client/commands/ask/settings.ts'

const read = (...argv: readonly string[]) => readAsk([...argv, '--name', 'ci'], {})

test('a question, its choices, and who may answer, for how long, under which key', () => {
  const asked = read(
    'Deploy 2.1?',
    'yes',
    'no',
    '--to',
    'operator',
    '--timeout',
    '10m',
    '--key',
    'k',
    '--json',
    '-s',
    'h:3',
  )
  expect(asked).toMatchObject({
    ...{ question: 'Deploy 2.1?', choices: ['yes', 'no'], to: 'operator', timeout: 600, key: 'k', json: true },
    connection: { address: { host: 'h', port: 3 }, name: 'ci', room: 'lobby' },
  })
  expect(read('Q', 'a', 'b')).toMatchObject({ to: undefined, timeout: undefined, key: null, json: false })
})

test.each([
  ['田中', '@田中'],
  ['@operator', '@operator'],
  ['account', 'account'],
  ['room', undefined],
])('--to %s is %s', (given, to) => expect(read('Q', 'a', 'b', '--to', given)).toMatchObject({ to }))

describe('it refuses', () => {
  test.each([
    [[], 'Give a question and its choices'],
    [['  ', 'a', 'b'], 'Give a question and its choices'],
    [['Q', 'a'], 'Give 2 to 10 choices after the question, in quotes if they have spaces, not 1.'],
    [['Q', ...'abcdefghijk'], 'not 11.'],
    [['Q', 'a', 'b', '--timeout', '8d'], '--timeout must be a time from 1s to 7d'],
    [['Q', 'a', 'b', '--timeout', '0s'], '--timeout must be a time from 1s to 7d'],
    [['Q', 'a', 'b', '--key', 'k'.repeat(300)], '--key must have at most 256 characters.'],
    [['Q', '', 'no'], 'The choices cannot be used: one is empty.'],
    [['Q', 'yes', 'YES'], 'The choices cannot be used: "YES" is there twice, or reads like another.'],
    [['Q', '田'.repeat(22), 'no'], 'The choices cannot be used: one is longer than 64 bytes.'],
    [['Q', 'a', 'b', '--choices', 'c'], 'There is no flag --choices.'],
  ] as const)('%j', (argv, sentence) => {
    expect(() => read(...argv)).toThrow(sentence)
  })
})
