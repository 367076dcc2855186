import { expect, test } from 'vitest'
import { readTypedTrial } from '../../../src/model/keeping/typed-trial.ts'

const DAY = 86_400

test.each([
  ['slow 10s over 30d', 'slow 10s', 30 * DAY, undefined],
  ['slow 10s', 'slow 10s', 30 * DAY, undefined],
  ['  slow 10s   OVER 12H  ', 'slow 10s', DAY / 2, undefined],
  ['slow 10s over 7d in ops', 'slow 10s', 7 * DAY, 'ops'],
  ['slow 10s in #ops', 'slow 10s', 30 * DAY, '#ops'],
  ['lockdown everywhere', 'lockdown', 30 * DAY, null],
  ['lockdown over 1d everywhere', 'lockdown', DAY, null],
  ['filter refuse made in china', 'filter refuse made in china', 30 * DAY, undefined],
  ['filter refuse game over', 'filter refuse game over', 30 * DAY, undefined],
  ['filter refuse over 9000 over 2h', 'filter refuse over 9000', 7200, undefined],
  ['filter hold /a over 1d b/ over 1d', 'filter hold /a over 1d b/', DAY, undefined],
  ['mute مريم over 1d', 'mute مريم', DAY, undefined],
])('%j is a trial of %j', (typed, rule, seconds, room) => {
  expect(readTypedTrial(typed)).toEqual({ rule, for: seconds, room })
})

test.each(['', '   ', 'slow 10s over 0s'])('%j is none', typed => {
  expect(readTypedTrial(typed)).toBeNull()
})
