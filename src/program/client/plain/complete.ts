/** Completion in readline's form: the matches, and the part of the line that they replace. */
import { complete as completion } from '../../../client/input/completion.ts'
import type { View } from '../../../client/session/view.ts'

export function complete(line: string, view: View, room: string): [string[], string] {
  const names = view.rooms.get(room)?.members.keys() ?? []
  const { from, choices } = completion(line, { rooms: view.rooms.keys(), names })
  return [choices.map(({ text }) => text), line.slice(from)]
}
