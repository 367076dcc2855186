/** A room's view as text: the same for equal views. */
import type { RoomView } from '../../../src/model/view.ts'

/** With `list`, a member joined when the list says so, if that is earlier: a list has no time ahead of its own (R7). */
export function roomText(view: RoomView | undefined, list?: RoomView): string {
  if (!view) return 'no room'
  const joined = (name: string, since: number): number => Math.min(since, list?.members.get(name)?.since ?? since)
  const members = [...view.members]
    .map(([key, { id, name, since, away, account, picture }]) => {
      const marks = `${id} ${account ? 'an account' : 'a guest'} ${picture ?? ''} ${view.roles.get(id) ?? ''}`
      return `${name} ${joined(key, since)} ${away ?? ''} ${marks}`
    })
    .sort()
  const topic = view.topic ? `${view.topic.text} by ${view.topic.by} at ${view.topic.at}` : ''
  const pins = (view.pins ?? []).map(({ seq, by, at }) => `${seq} by ${by} at ${at}`)
  const hands = (view.hands ?? []).map(({ id, name }) => `${name} ${id}`)
  const modes = Object.entries(view.modes).map(([mode, set]) => `${mode} ${set}`)
  const more = [`pins ${pins}`, `hands ${hands}`, `modes ${modes.sort()}`]
  return `${view.room} [${topic}] ${members.join(', ')}; ${more.join('; ')}`
}
