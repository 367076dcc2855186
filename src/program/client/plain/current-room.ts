/**
 * The room that typed messages go to. /join and /part change it at once, before the server has answered: the next line
 * may already be typed, and isn't meant for the old room. A lost connection doesn't change it.
 */
import type { Incoming } from '../../../client/session/incoming.ts'
import type { View } from '../../../client/session/view.ts'
import type { Command } from '../../../model/command.ts'
import { readRoom } from '../../../model/name/name.ts'
import { LOBBY } from '../../../model/name/standing.ts'

export type Whereabouts = {
  readonly room: string
  /** Ids of joins without an answer. While there are any, `room` is the target of the last one. */
  readonly joining: ReadonlySet<number>
  /** `room` replies up to this input are the rooms of a resumption. */
  readonly backAt: number
}

export const startingIn = (room: string): Whereabouts => ({ room, joining: new Set(), backAt: 0 })

/** `id`: that of the command's outcome. */
export function onCommand(at: Whereabouts, command: Command, id: number, view: View): Whereabouts {
  if (command.type !== 'join' && command.type !== 'part') return at
  const read = readRoom(command.room)
  if (!read.ok) return at
  if (command.type === 'join') return { ...at, room: read.room, joining: new Set([...at.joining, id]) }
  return read.room === at.room ? { ...at, room: otherThan(at.room, view) } : at
}

export function onReply(at: Whereabouts, reply: Incoming['reply'], view: View): Whereabouts {
  switch (reply.type) {
    case 'welcome':
      return { ...at, backAt: reply.resumed ? reply.seq : 0 }
    case 'room':
      if (reply.seq <= at.backAt) return at
      return at.joining.size === 0 ? { ...at, room: reply.room } : settle(at, view)
    // History comes between the rooms of a resumption, before all of them are known.
    case 'history':
      return at
    default:
      return settle(at, view)
  }
}

export function onOutcome(at: Whereabouts, id: number, view: View): Whereabouts {
  if (!at.joining.has(id)) return at
  return settle({ ...at, joining: new Set([...at.joining].filter(one => one !== id)) }, view)
}

/** A refused join leads back to another room. */
const settle = (at: Whereabouts, view: View): Whereabouts =>
  at.joining.size > 0 || view.rooms.has(at.room) ? at : { ...at, room: otherThan(at.room, view) }

function otherThan(room: string, view: View): string {
  const others = view.rooms.keySeq().filter(other => other !== room)
  return others.includes(LOBBY) ? LOBBY : (others.first() ?? LOBBY)
}
