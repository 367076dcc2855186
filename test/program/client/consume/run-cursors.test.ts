/** The table of cursors. */
import { expect, test } from 'vitest'
import { tableOf } from '../../../../src/program/client/consume/run-cursors.ts'

const CURSOR = { id: 7, owner: 'ci', cursor: 'etl', room: 'lobby', place: 1042, lag: 3, used: 0, waiting: 0 }

test('[CU2] a cursor that nobody has, and one whose program has no name, can be told apart', () => {
  const holderOf = (held: { readonly holder?: string; readonly away?: true }) => tableOf([{ ...CURSOR, ...held }])[1]
  expect(holderOf({})).toMatch(/ 3 +- +0$/)
  expect(holderOf({ holder: '' })).toMatch(/ 3 +\(no name\) +0$/)
  expect(holderOf({ holder: '', away: true })).toMatch(/ 3 +\(no name\) \(away\) +0$/)
  expect(holderOf({ holder: '田中', away: true })).toMatch(/ 3 +田中 \(away\) +0$/)
})
