/** Commands about cursors. A cursor is named as a room is: in NFC and lower case. */
import type { CursorCommand } from '../../../model/command.ts'
import { readRoom, roomFault } from '../../../model/name/name.ts'
import { passed, type Refused, refused, target, type Vetted, vetRoom } from './vetted.ts'

/** `as`: which program of a token asks. */
export function vetCursor(command: CursorCommand, as?: string): Vetted | Refused {
  const named = vetCursorName(command.cursor)
  if (!named.ok) return named
  const cursor = named.value
  const mine = { cursor, ...(as === undefined ? {} : { as }) }
  switch (command.type) {
    case 'cursor-claim': {
      const room = vetRoom(command.room)
      return room.ok ? passed({ type: command.type, ...mine, room: room.value, from: command.from ?? null }) : room
    }
    case 'cursor-move':
      return passed({ type: command.type, ...mine, turn: command.turn, seq: command.seq })
    case 'cursor-leave':
      return passed({ type: command.type, ...mine })
    case 'cursor-set':
      return passed({ type: command.type, cursor, ...ownerOf(command), seq: command.seq })
    case 'cursor-remove':
      return passed({ type: command.type, cursor, ...ownerOf(command) })
  }
}

const ownerOf = ({ owner }: { readonly owner?: string | undefined }) =>
  owner === undefined ? {} : { owner: target(owner) }

type Named = { readonly ok: true; readonly value: string } | Refused

export function vetCursorName(raw: string): Named {
  const read = readRoom(raw.slice(0, CURSOR_NAME_LOOKED))
  return read.ok ? { ok: true, value: read.room } : refused('cursor-name', roomFault(read))
}

/** A longer text is no name, and isn't looked at to its end. */
const CURSOR_NAME_LOOKED = 256
