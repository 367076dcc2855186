/** The room's life as entries of a conversation, for the host's screen; direct messages are not the host's to read. */
import type { Entry } from '../../client/timeline.ts'
import { errorText } from '../../model/error.ts'
import { HOST_SESSION } from '../../model/input.ts'
import { HOST_NAME, LOBBY } from '../../model/standing.ts'
import { isPublic } from '../../reducer/audience.ts'
import type { Placed, Step } from '../../reducer/step.ts'

export const entriesOf = (step: Step): readonly Entry[] => step.events.flatMap(placed => entryOf(step, placed))

function entryOf(step: Step, { event, i }: Placed): readonly Entry[] {
  const place = { seq: step.seq, i, at: step.at }
  if (event.type === 'rejected') {
    return event.session === HOST_SESSION ? [note(place, errorText(event.code, event.detail), 'error')] : []
  }
  if (!isPublic(event) || event.type === 'told') return []
  if (event.type !== 'said') return [{ kind: 'happened', ...place, event, replayed: false }]
  const room = event.room === LOBBY ? '' : `#${event.room} `
  return [
    {
      kind: 'said',
      ...place,
      from: `${room}${event.from}`,
      to: null,
      text: step.text,
      action: event.action,
      mine: event.from === HOST_NAME,
      mention: false,
      replayed: false,
    },
  ]
}

export const note = (place: { seq: number; i: number; at: number }, line: string, tone: 'plain' | 'error'): Entry => ({
  kind: 'note',
  ...place,
  lines: [line],
  tone,
})
