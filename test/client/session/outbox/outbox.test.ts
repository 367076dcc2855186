/** The order in which commands and questions are sent. */
import { expect, test } from 'vitest'
import {
  ask,
  askFirst,
  emptyOutbox,
  type Outbox,
  renumber,
  sendNext,
} from '../../../../src/client/session/outbox/outbox.ts'

const say = (text: string) => ({ type: 'say', room: 'lobby', text, action: false }) as const

function sendAll(outbox: Outbox): { readonly outbox: Outbox; readonly ids: readonly (number | null)[] } {
  const sending = sendNext(outbox)
  if (!sending) return { outbox, ids: [] }
  const { outbox: after, ids } = sendAll(sending.outbox)
  return { outbox: after, ids: [sending.item.id, ...ids] }
}

test('[K1] commands that go again are sent in the order of asking, whichever was put back first', () => {
  const sent = sendAll(['one', 'two', 'three'].reduce((outbox, text) => ask(outbox, say(text)), emptyOutbox))
  expect(sent.ids).toEqual([1, 2, 3])
  const again = ask(renumber(renumber(sent.outbox, 3), 1), say('four'))
  expect(sendAll(again).ids).toEqual([1, 3, 4])
  expect(sendAll(askFirst(again, { type: 'rooms' })).ids).toEqual([null, 1, 3, 4])
})
