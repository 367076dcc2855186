/** Notes of steps about the servers of the chat: which ones come and go, and which is the warden. */
import type { Step } from '../../model/step.ts'
import { wardenOf } from '../../reducer/rules/nodes.ts'
import type { Note } from './notes.ts'

/** Returns a function that takes all steps. `own` is the name of this server. */
export function nodeNotes(own: string, note: (note: Note) => void): (steps: readonly Step[]) => void {
  /** Servers that were reported as down, and that haven't started since. */
  const down = new Set<string>()

  function take({ origin, events, before, after }: Step): void {
    for (const { event } of events) {
      if (event.type === 'node-started' && event.node !== own) {
        note({ type: 'node-started', node: event.node, isBack: down.delete(event.node) })
      }
      // A server that stops reports it itself.
      if (event.type === 'node-ended' && event.node === origin && origin !== own) {
        note({ type: 'node-stopped', node: event.node })
      }
      if (event.type === 'node-ended' && event.node !== origin) {
        down.add(event.node)
        note({ type: 'node-down', node: event.node, isOwn: event.node === own })
      }
    }
    const warden = wardenOf(after)
    if (warden !== null && warden !== wardenOf(before)) note({ type: 'warden', node: warden, isOwn: warden === own })
  }

  return steps => {
    for (const step of steps) if (step.before.nodes !== step.after.nodes) take(step)
  }
}
