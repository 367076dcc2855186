/** Read positions are reported to the server: gathered, at its rate, and with the goodbye. */
import { expect, test } from 'vitest'
import { READS_MS, type SessionMessage } from '../../../src/client/session/state.ts'
import { alarm, closed, now, online, opened, welcome } from '../../helpers/session-player.ts'

const read = (room: string, seq: number): SessionMessage => ({ type: 'read', mark: { room, seq }, now })
const due = alarm('reads', now + READS_MS)

test('[I7] reads of a moment go out together, one for each place, without a number', () => {
  const player = online().hear(read('ops', 4), read('lobby', 5), read('ops', 7))
  expect(player.sent).toEqual([])
  expect(player.alarms.reads).toBe(READS_MS)
  expect(player.hear(due).sent).toEqual([
    { type: 'read', room: 'ops', seq: 7 },
    { type: 'read', room: 'lobby', seq: 5 },
  ])
  expect(player.hear(due).sent).toEqual([])
})

test('[I7] read positions go before the goodbye', () => {
  const player = online().hear(read('ops', 4)).hear({ type: 'leave', now })
  expect(player.sent).toEqual([{ type: 'read', room: 'ops', seq: 4 }, { type: 'bye' }])
})

test('[I7] messages read offline are reported after the next welcome, and by nobody else', () => {
  const player = online().hear(closed, read('ops', 4), due)
  expect(player.sent).toEqual([])
  player.hear(alarm('retry'), opened, welcome({ resumed: true }))
  expect(player.alarms.reads).toBe(READS_MS)
  expect(player.hear(due).sent).toEqual([{ type: 'read', room: 'ops', seq: 4 }])
  const other = online().hear(read('ops', 4))
  other.hear({ type: 'ask', asked: { type: 'login', name: 'Zed', account: { kept: 'k' } }, now })
  other.hear(welcome({ name: 'Zed', session: 's2' }))
  expect(other.hear(due).sent).toEqual([])
})

test('[I7] reads keep to the server’s rate', () => {
  const player = online().hear(welcome({ resumed: true, rate: { perSecond: 1, burst: 2 } }))
  player.hear(read('a', 1), read('b', 2), read('c', 3)).hear(due)
  expect(player.sent).toHaveLength(1)
  expect(player.alarms.reads).toBeGreaterThan(0)
  const later = alarm('reads', now + 10_000)
  expect(player.hear(later).sent).toHaveLength(1)
})
