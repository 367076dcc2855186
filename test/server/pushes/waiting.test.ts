/** When the push for a place is due, and which of several servers sends it. */
import { expect, test } from 'vitest'
import { PUSH_EVERY_MS, PUSH_TAKEOVER_MS, PUSH_WAIT_MS, PUSH_WAITING_MAX } from '../../../src/model/limits.ts'
import { type Waiting, WaitingPlaces } from '../../../src/server/pushes/waiting.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'

function server(clock = virtualClock()) {
  const sent: Waiting[] = []
  const now = { leads: true, isNews: true }
  const send = (waiting: Waiting): boolean => {
    sent.push(waiting)
    return now.isNews
  }
  const places = new WaitingPlaces({ clock, leads: () => now.leads, send })
  const add = (seq: number, isConnected = false, room = 'lobby'): void =>
    places.add({ account: 'مريم', place: { room }, seq }, isConnected)
  return { clock, now, places, add, seqs: () => sent.splice(0).map(({ seqs }) => seqs) }
}

test('a server that does not send takes over what the other one has left, for a minute', async () => {
  const { clock, now, add, seqs, places } = server()
  now.leads = false
  add(1)
  await clock.advance(PUSH_TAKEOVER_MS / 2)
  expect(seqs()).toEqual([])
  now.leads = true
  await clock.advance(5000)
  expect(seqs()).toEqual([[1]])
  now.leads = false
  add(2)
  await clock.advance(PUSH_EVERY_MS + PUSH_TAKEOVER_MS + 5000)
  now.leads = true
  await clock.advance(PUSH_TAKEOVER_MS)
  expect(seqs(), 'the other one has sent it').toEqual([])
  places.close()
  expect(clock.pending()).toBe(0)
})

test('a late push does not delay the next one, and nothing is left of a place that is quiet', async () => {
  const { clock, now, add, seqs } = server()
  add(1, true)
  add(2)
  await clock.advance(PUSH_WAIT_MS - 1)
  expect(seqs()).toEqual([])
  await clock.advance(1)
  expect(seqs()).toEqual([[1, 2]])
  add(3)
  await clock.advance(PUSH_EVERY_MS)
  expect(seqs()).toEqual([[3]])
  await clock.advance(PUSH_EVERY_MS)
  expect(clock.pending()).toBe(0)
  // Nothing was left to tell, so the place is free at once.
  now.isNews = false
  add(4)
  await clock.settle()
  add(5)
  await clock.settle()
  expect(seqs()).toEqual([[4], [5]])
})

test('a flood of places is bounded, and is sent a share a turn', async () => {
  const { clock, now, places, add, seqs } = server()
  now.leads = false
  for (let k = 0; k < PUSH_WAITING_MAX + 100; k++) add(k, true, `room ${k}`)
  now.leads = true
  await clock.advance(PUSH_WAIT_MS)
  expect(seqs()).toHaveLength(PUSH_WAITING_MAX)
  places.close()
})
