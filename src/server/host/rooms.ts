/** Rooms that accounts founded, as the host takes them back at the console. */
import type { Body } from '../../model/input.ts'
import type { State } from '../../model/state.ts'
import { type Refused, vetRoom } from '../ingress/vetting/vetted.ts'

/** `gone`: the room was empty, and is gone. Otherwise it goes with its last member. */
export type RemovedRoom = { readonly room: string; readonly gone: boolean }

export type HostRooms = {
  /** The room stays no longer when it's empty. Returns the refusal if it is certain to be refused; otherwise null. */
  readonly remove: (room: string, told: (removed: RemovedRoom) => void) => Refused | null
}

type Deps = {
  readonly state: () => State
  readonly submit: (body: Body) => void
  readonly settled: (run: () => void) => void
}

export const hostRooms = ({ state, submit, settled }: Deps): HostRooms => ({
  remove(raw, told) {
    const room = vetRoom(raw)
    if (!room.ok) return room
    const isThere = state().rooms.has(room.value)
    submit({ type: 'room-remove', room: room.value })
    settled(() => {
      const { rooms, founders } = state()
      const gone = !rooms.has(room.value)
      if (isThere && (gone || !founders.has(room.value))) told({ room: room.value, gone })
    })
    return null
  },
})
