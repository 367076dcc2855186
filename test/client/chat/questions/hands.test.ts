/** The members that are offered the call on the next hand: as the server decides it. */
import { Map as IMap } from 'immutable'
import { expect, test } from 'vitest'
import { mayCall } from '../../../../src/client/chat/questions/hands.ts'
import { emptyView } from '../../../../src/client/session/view.ts'
import type { RoomRole } from '../../../../src/model/keeping/roles.ts'
import { emptyRoom } from '../../../../src/model/view.ts'

test.each<[string, Readonly<Record<string, RoomRole>>, boolean]>([
  ['nobody keeps order', {}, true],
  ['there are voices alone', { other: 'voice' }, true],
  ['there is an operator, and no founder', { other: 'operator' }, false],
  ['there is a founder', { other: 'founder' }, false],
  ['one is an operator', { other: 'founder', me: 'operator' }, true],
])('[QU7] where %s', (_, roles, may) => {
  const room = { ...emptyRoom('ops'), roles: IMap<string, RoomRole>(Object.entries(roles)) }
  const view = { ...emptyView, member: 'me', rooms: emptyView.rooms.set('ops', room) }
  expect(mayCall(view, 'ops')).toBe(may)
})
