/** Questions about the room as it is: answered from the state, journaled by nobody. */
import type { Outgoing } from '../codec/codec.ts'
import type { Query } from '../model/command.ts'
import type { State } from '../model/state.ts'
import { vetRoom } from './vet.ts'

/** `at` in milliseconds since the epoch. */
export function answerQuery(state: State, query: Query, n: number | null, at: number): Outgoing {
  switch (query.type) {
    case 'rooms':
      return {
        type: 'rooms',
        at,
        n,
        rooms: state.rooms
          .valueSeq()
          .sortBy(({ room }) => room)
          .toArray(),
      }
    case 'who': {
      const room = vetRoom(query.room)
      const view = room.ok ? state.rooms.get(room.value) : undefined
      if (!room.ok) return { type: 'rejected', at, n, code: room.code, detail: room.detail }
      return view ? { type: 'who', at, n, view } : { type: 'rejected', at, n, code: 'room-unknown', detail: room.value }
    }
  }
}
