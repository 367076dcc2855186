/**
 * The room that a person's words go to. /join and /part move it at once, before the server has answered: the next line
 * may have been typed already, and it is not for the room before.
 */
import type { View } from '../../client/view.ts'
import type { Reply } from '../../codec/native/reply.ts'
import type { Command } from '../../model/command.ts'
import { readRoom } from '../../model/name.ts'
import { LOBBY } from '../../model/standing.ts'

export type Whereabouts = {
  readonly room: string
  /** Ids of joins without an answer, as far as they go, `room` is where the last of them leads. */
  readonly joining: ReadonlySet<number>
}

export const startingIn = (room: string): Whereabouts => ({ room, joining: new Set() })

/** `id`: that of the command's outcome. */
export function onCommand(at: Whereabouts, command: Command, id: number, view: View): Whereabouts {
  if (command.type !== 'join' && command.type !== 'part') return at
  const read = readRoom(command.room)
  if (!read.ok) return at
  if (command.type === 'join') return { room: read.room, joining: new Set([...at.joining, id]) }
  return read.room === at.room ? { ...at, room: otherThan(at.room, view) } : at
}

export function onReply(at: Whereabouts, reply: Reply, view: View): Whereabouts {
  if (reply.type === 'room' && at.joining.size === 0) return { ...at, room: reply.room }
  return settle(at, view)
}

export function onOutcome(at: Whereabouts, id: number, view: View): Whereabouts {
  if (!at.joining.has(id)) return at
  return settle({ ...at, joining: new Set([...at.joining].filter(one => one !== id)) }, view)
}

/** A join that was refused has led nowhere. */
const settle = (at: Whereabouts, view: View): Whereabouts =>
  at.joining.size > 0 || view.rooms.has(at.room) ? at : { ...at, room: otherThan(at.room, view) }

function otherThan(room: string, view: View): string {
  const others = view.rooms.keySeq().filter(other => other !== room)
  return others.includes(LOBBY) ? LOBBY : (others.first() ?? LOBBY)
}
