/** A room's view as text: the same for equal views. */
import type { RoomView } from '../../../src/model/view.ts'

/** With `list`, a member joined when the list says so, if that is earlier: a list has no time ahead of its own (R7). */
export function roomText(view: RoomView | undefined, list?: RoomView): string {
  if (!view) return 'no room'
  const joined = (name: string, since: number): number => Math.min(since, list?.members.get(name)?.since ?? since)
  const members = [...view.members]
    .map(([id, { name, since, away }]) => `${name} ${joined(id, since)} ${away ?? ''}`)
    .sort()
  const topic = view.topic ? `${view.topic.text} by ${view.topic.by} at ${view.topic.at}` : ''
  return `${view.room} [${topic}] ${members.join(', ')}`
}
