/**
 * The events of all rooms as entries of a conversation, for the host's screen. The host doesn't see direct messages, and
 * a refusal only if the input was its own.
 */
import type { Entry, Said } from '../../../../client/chat/conversation/timeline.ts'
import { finishedSentence } from '../../../../codec/live-lines.ts'
import { heldText, isSaidByAnother } from '../../../../codec/sentence.ts'
import { errorText } from '../../../../model/error.ts'
import { fileUrl } from '../../../../model/message/file.ts'
import { namedFiles } from '../../../../model/message/stored-text.ts'
import { HOST_NAME, LOBBY } from '../../../../model/name/standing.ts'
import type { Step, StepEvent } from '../../../../model/step.ts'
import { isDirect } from '../transcript.ts'

export const entriesOf = (step: Step, isOwn: boolean): readonly Entry[] =>
  step.events.flatMap(placed => entryOf(step, placed, isOwn))

function entryOf({ seq, at, text, names = [] }: Step, one: StepEvent, isOwn: boolean): readonly Entry[] {
  if (one.kind !== 'public') {
    const { event } = one
    if (event.type !== 'rejected' || !isOwn) return []
    return [note({ seq, i: 0, at }, errorText(event.code, event.detail), 'error')]
  }
  const { event, i } = one
  // As in a chat: the message of an input has the place 0, and other events come after it.
  const place = { seq, i: event.type === 'said' ? 0 : 1 + i, at }
  if (event.type === 'told' || isSaidByAnother(event) || isDirect(event)) return []
  if (event.type === 'held')
    return heldText(event, seq, text ?? '')
      .split('\n')
      .map(line => note(place, line, 'plain'))
  // It changes a message that is here (editedIn).
  if (event.type === 'edited') return []
  if (event.type === 'finished') return [note(place, finishedSentence(event, null, event.tail ? text : null), 'plain')]
  if (event.type !== 'said') return [{ kind: 'happened', ...place, event, replayed: false }]
  const room = event.room === LOBBY ? '' : `#${event.room} `
  const files = namedFiles(event.files ?? [], names).map(({ thumb: _, ...file }) => ({ ...file, url: fileUrl(file) }))
  const { from, action } = event
  const said = saidEntry({ ...place, from, action, text: withNames(text ?? '', files) })
  return [{ ...said, from: `${room}${from}`, ...(files.length > 0 && { files }) }]
}

/** The message with the text that the step has given it, and with the names of its files. */
export const editedBy =
  ({ at, text }: Pick<Step, 'at' | 'text'>) =>
  (said: Said): Said =>
    said.text === null ? said : { ...said, text: withNames(text ?? '', said.files ?? []), edited: at }

const withNames = (text: string, files: readonly { readonly name: string }[]): string =>
  [...(text ? [text] : []), ...files.map(({ name }) => name)].join('\n')

type HostLine = Pick<Said, 'seq' | 'i' | 'at' | 'from' | 'text' | 'action'>

export const saidEntry = ({ seq, i, at, from, text, action }: HostLine): Said => ({
  ...{ kind: 'said', seq, i, at, from, to: null, text, action },
  ...{ mine: from === HOST_NAME, mention: false, replayed: false },
})

export const note = (place: { seq: number; i: number; at: number }, line: string, tone: 'plain' | 'error'): Entry => ({
  kind: 'note',
  ...place,
  lines: [line],
  tone,
})
