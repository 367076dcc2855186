/** The table of cursors. */
import { expect, test } from 'vitest'
import { tableOf } from '../../../../src/program/client/consume/run-cursors.ts'
import { width } from '../../../../src/tui/text/width.ts'

const CURSOR = { id: 7, owner: 'ci', cursor: 'etl', room: 'lobby', place: 1042, lag: 3, used: 0, waiting: 0 }

test('[CU2] a cursor that nobody has, and one whose program has no name, can be told apart', () => {
  const holderOf = (held: { readonly holder?: string; readonly away?: true }) => tableOf([{ ...CURSOR, ...held }])[1]
  expect(holderOf({})).toMatch(/ 3 +- +0$/)
  expect(holderOf({ holder: '' })).toMatch(/ 3 +\(no name\) +0$/)
  expect(holderOf({ holder: '田中', away: true })).toMatch(/ 3 +田中 \(away\) +0$/)
})

test('[CU1] a cursor of a revoked token says so', () => {
  expect(tableOf([{ ...CURSOR, revoked: true }])[1]).toMatch(/^7 +ci \(revoked\) +etl /)
})

test('[CU2] on a narrow terminal each cursor has four lines, which fit 40 columns', () => {
  const session = 'gJ-Y5gGFZHHW_JPP.3'
  const all = [
    { ...CURSOR, owner: 'Spider-Man', cursor: 'tickets', holder: session, away: true as const, waiting: 12 },
    { ...CURSOR, id: 12345, owner: '田中', room: 'José' },
  ]
  const lines = tableOf(all, 40)
  expect(lines).toEqual([
    '7 tickets of Spider-Man',
    '  #lobby place 1042 lag 3',
    `  holder ${session} (away)`,
    '  waiting 12',
    '12345 etl of 田中',
    '  #José place 1042 lag 3',
    '  holder -',
    '  waiting 0',
  ])
  expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(40)
  expect(tableOf(all, 100)).toHaveLength(3)
  expect(tableOf(all)).toEqual(tableOf(all, 100))
})
