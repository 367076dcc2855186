/** A client's view, folded from the replies. */
import { expect, test } from 'vitest'
import { emptyView, evolveView, type View } from '../../../src/client/session/view.ts'
import { readReply } from '../../../src/codec/native/reply.ts'

const at = 0

function fold(view: View, ...replies: readonly object[]): View {
  return replies.reduce<View>((seen, fields) => {
    const reply = readReply(JSON.stringify(fields))
    return reply ? evolveView(seen, reply) : seen
  }, view)
}

const welcome = (more: object = {}): object => ({
  ...{ type: 'welcome', seq: 10, at, name: 'anna', session: 's', epoch: 'e' },
  ...{ resumed: false, gap: false, grace: 0, rate: null, ...more },
})
const room = (name: string): object => ({
  ...{ type: 'room', seq: 10, at, room: name, topic: null },
  members: [{ name: 'anna', since: at }],
})

test('a replay begins with the name that one had then [R5]', () => {
  const before = fold(emptyView, welcome(), room('lobby'), room('ops'))
  const after = fold(
    before,
    welcome({ seq: 20, name: 'dora', resumed: true }),
    { type: 'renamed', seq: 11, at, from: 'dora', to: 'bert' },
    { type: 'parted', seq: 12, at, room: 'ops', name: 'anna' },
    { type: 'renamed', seq: 13, at, from: 'anna', to: 'dora' },
  )
  expect(after.name).toBe('dora')
  expect([...after.rooms.keys()]).toEqual(['lobby'])
})

test('another session has no rooms but those that it is told of', () => {
  const before = fold(emptyView, welcome(), room('lobby'), room('ops'))
  const after = fold(before, welcome({ seq: 20, session: 'another', resumed: true }), room('lobby'))
  expect([...after.rooms.keys()]).toEqual(['lobby'])
})

test('a room comes with the hands that are up in it, until it comes without', () => {
  const hands = [{ id: 'm-1', name: 'Spider-Man' }]
  const before = fold(emptyView, welcome(), { ...room('lobby'), hands })
  expect(before.rooms.get('lobby')?.hands).toEqual(hands)
  expect(fold(before, room('lobby')).rooms.get('lobby')?.hands).toBeUndefined()
})
