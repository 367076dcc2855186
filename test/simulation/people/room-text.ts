/** A room's view as text: the same for equal views. */
import type { RoomView } from '../../../src/model/view.ts'

export function roomText(view: RoomView | undefined): string {
  if (!view) return 'no room'
  const members = [...view.members.values()].map(({ name, since, away }) => `${name} ${since} ${away ?? ''}`).sort()
  const topic = view.topic ? `${view.topic.text} by ${view.topic.by} at ${view.topic.at}` : ''
  return `${view.room} [${topic}] ${members.join(', ')}`
}
