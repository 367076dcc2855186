/** What the host reads of the room's life, in the words of the original's transcript. */

import { STAR, sentence, type TimeOfDay } from '../../codec/sentence.ts'
import { errorText } from '../../model/error.ts'
import { HOST_SESSION } from '../../model/input.ts'
import type { State } from '../../model/state.ts'
import { HOST_NAME, LOBBY } from '../../model/view.ts'
import { isPublic } from '../../reducer/audience.ts'
import { after, type Step } from '../../reducer/step.ts'

/** `USERS: [Host,alice,bob]`: everyone on the server. */
export function userList(state: State): string {
  const names = [...state.members.values()].map(member => member.name.text).sort()
  return `USERS: [${[HOST_NAME, ...names].join(',')}]`
}

/** The lines that a step adds. Direct messages are not the host's to read. */
export function transcript(step: Step, timeOfDay: TimeOfDay): readonly string[] {
  const lines = step.events.flatMap(({ event }) => {
    if (event.type === 'rejected') {
      return event.session === HOST_SESSION ? [errorText(event.code, event.detail)] : []
    }
    if (!isPublic(event) || event.type === 'told') return []
    if (event.type !== 'said') return [`${STAR} ${sentence(event)}`]
    const room = event.room === LOBBY ? '' : `#${event.room} `
    const stamp = `[${timeOfDay(step.at)}] ${room}`
    const text = step.text ?? ''
    return text
      .split('\n')
      .map(line => `${stamp}${event.action ? `* ${event.from} ${line}` : `${event.from} > ${line}`}`)
  })
  return changesUsers(step) ? [...lines, userList(after(step))] : lines
}

const changesUsers = (step: Step): boolean =>
  step.events.some(({ event }) => event.type === 'welcomed' || event.type === 'quit' || event.type === 'renamed')
