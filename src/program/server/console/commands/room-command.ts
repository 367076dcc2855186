/** ROOM at the console: the host takes a room from the account that founded it. */
import { errorText } from '../../../../model/error.ts'
import { LOBBY } from '../../../../model/name/standing.ts'
import type { State } from '../../../../model/state.ts'
import type { Host } from '../host.ts'

const USAGE = 'ROOM REMOVE name'

/** Whether the line is a ROOM command. One with wrong arguments counts too. */
export const isRoomCommand = (rest: string): boolean => /^(?:REMOVE\b|$)/i.test(rest)

/** Completions for the next word of the line: the rooms that an account founded. */
export function roomWords(typed: readonly string[], { founders }: State): readonly string[] {
  if (typed.length === 0) return ['REMOVE']
  return typed.length === 1 ? [...founders.keys()].sort() : []
}

export function runRoom({ server, print }: Pick<Host, 'server' | 'print'>, rest: string): void {
  const [, name, ...more] = rest.split(/\s+/)
  if (name === undefined || more.length > 0 || name === LOBBY) return print(errorText('usage', USAGE))
  const refused = server.rooms.remove(name, ({ room, gone }) =>
    print(gone ? `ROOM: ${room} is gone.` : `ROOM: ${room} goes with its last member.`),
  )
  if (refused) print(errorText(refused.code, refused.detail))
}
