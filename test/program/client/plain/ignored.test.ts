/** A person's lines leave out the messages of ignored members. */
import { Subject } from 'rxjs'
import { expect, test } from 'vitest'
import type { Incoming } from '../../../../src/client/session/incoming.ts'
import type { Reply } from '../../../../src/codec/native/reply.ts'
import { withoutIgnored } from '../../../../src/program/client/plain/ignored.ts'

const said = (seq: number, from: string): Reply => ({
  ...{ type: 'said', seq, at: 0, room: 'lobby', from, id: `m-${from}`, text: `${seq}` },
})
const told = (seq: number, from: string): Reply => ({
  ...{ type: 'told', seq, at: 0, from, id: `m-${from}`, to: 'Mr.Blue', text: `${seq}` },
})
const welcome = (...names: readonly string[]): Reply => ({
  ...{ type: 'welcome', seq: 1, at: 0, name: 'Mr.Blue', session: 's', epoch: 'e', resumed: false, gap: false },
  ...{ grace: 0, rate: null, ignored: names.map(name => ({ id: `m-${name}`, name })) },
})
const ignored = (name: string, off?: true): Reply => ({
  ...{ type: 'ignored', seq: 0, at: 0, id: `m-${name}`, name, ...(off ? { off } : {}) },
})

/** The numbers of the messages that are read, in a list for a page of the past. */
function read(...replies: readonly Reply[]): readonly unknown[] {
  const incoming$ = new Subject<Incoming>()
  const seen: unknown[] = []
  withoutIgnored(incoming$).subscribe(({ reply }) => {
    if (reply.type === 'said' || reply.type === 'told' || reply.type === 'held') seen.push(reply.seq)
    if (reply.type === 'history' || reply.type === 'found') seen.push(reply.messages.map(({ seq }) => seq))
  })
  for (const reply of replies) incoming$.next({ reply, replayed: false })
  return seen
}

test('since the welcome, and until it is taken back', () => {
  expect(read(welcome('ЗОЯ'), said(2, 'ЗОЯ'), told(3, 'ЗОЯ'), said(4, '田中'))).toEqual([4])
  expect(read(welcome(), said(2, '田中'), ignored('田中'), said(3, '田中'), said(4, 'ЗОЯ'))).toEqual([2, 4])
  expect(read(welcome('ЗОЯ'), ignored('ЗОЯ', true), said(2, 'ЗОЯ'))).toEqual([2])
  expect(read(welcome('ЗОЯ'), welcome(), said(2, 'ЗОЯ'))).toEqual([2])
})

test('in pages of the past and search results, but not what waits for a keeper', () => {
  const messages = [said(2, 'ЗОЯ'), said(3, '田中')] as readonly Extract<Reply, { type: 'said' }>[]
  const page: Reply = { type: 'history', seq: 4, room: 'lobby', messages, more: false }
  const found: Reply = { type: 'found', seq: 4, words: 'x', messages, more: false }
  const held: Reply = { type: 'held', seq: 5, at: 0, room: 'lobby', from: 'ЗОЯ', id: 'm-ЗОЯ', text: 'x', filter: 1 }
  expect(read(welcome('ЗОЯ'), page, found, held)).toEqual([[3], [3], 5])
})
