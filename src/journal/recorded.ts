/** The history's record of a step: its messages. The texts stay with the inputs. */
import type { Event, EventOf, MessageChange } from '../model/event.ts'
import { evolveMessage } from '../model/message/evolve-message.ts'
import type { FileRef } from '../model/message/file.ts'
import type { FinishedEvent, GrewEvent, LiveEnd, LiveView, Piece } from '../model/message/live.ts'
import type { Message } from '../model/message/message.ts'
import { namedFiles, readStoredText, storedText } from '../model/message/stored-text.ts'
import type { PublicStepEvent, Step } from '../model/step.ts'

export type Recorded = Omit<Message, 'text' | 'editing' | 'files' | 'live'> & {
  /** Absent: it isn't a live message. */
  readonly live?: { readonly end?: LiveEnd }
  /** Their names stay with the text. */
  readonly files?: readonly FileRef[]
  /** The input whose text it has, since it was edited. Absent: its own. */
  readonly textAt?: number
  /**
   * It's shown to nobody. Its texts are erased, but for that of an edit that met the deletion: that one stays until it's
   * erased too.
   */
  readonly deleted?: true
}

/** Changes by input `seq` of a message that was recorded before. `at`: milliseconds since the epoch. */
export type RecordedChange = {
  readonly seq: number
  readonly at: number
  readonly event: MessageChange | FinishedEvent | GrewEvent
}

const UNCHANGED: readonly RecordedChange[] = []

export function changesOf({ seq, at, events }: Step): readonly RecordedChange[] {
  let changes: RecordedChange[] | null = null
  for (const { event } of events) {
    if (!isChange(event)) continue
    changes ??= []
    changes.push({ seq, at, event })
  }
  return changes ?? UNCHANGED
}

const endOf = ({ size, total, status, ms, interrupted }: FinishedEvent): LiveEnd => ({
  ...{ size, status, ms },
  ...(total !== undefined && { total }),
  ...(interrupted && { interrupted }),
})

const CHANGES: ReadonlySet<Event['type']> = new Set(['edited', 'reacted', 'deleted', 'concluded', 'grew', 'finished'])

const isChange = (event: Event): event is Event & RecordedChange['event'] => CHANGES.has(event.type)

/** The message after the change. The same: the change doesn't apply. */
export function changed<M extends Recorded>(message: M, { at, event }: RecordedChange): M {
  // The places of its pieces are recorded beside it.
  if (event.type === 'grew') return message
  if (event.type === 'finished') return message.live ? { ...message, live: { end: endOf(event) } } : message
  const next = evolveMessage(message, event, at, message.deleted === true)
  if (next === message) return message
  if (event.type === 'edited') return { ...next, textAt: event.edit }
  return event.type === 'deleted' ? { ...next, deleted: true } : next
}

/**
 * The message with its text, as stored; null: it's gone, and its question with it. A deleted one shows none. `output`: of
 * a live one.
 */
export function withText(recorded: Recorded, stored: string | null, output?: () => LiveView): Message {
  const isPlain =
    recorded.textAt === undefined && !recorded.deleted && !recorded.files && !recorded.ask && !recorded.live
  if (isPlain) return { ...(recorded as Omit<Recorded, 'files' | 'live'>), text: stored }
  const { textAt: _, deleted = false, files = [], ask, live, ...rest } = recorded
  const isGone = stored === null || deleted
  const message = live && output && !isGone ? { ...rest, live: output() } : rest
  if (isGone) return { ...message, text: null }
  const { text, names } = readStoredText(stored)
  const shown = { ...message, ...(ask && { ask }), text }
  return files.length === 0 ? shown : { ...shown, files: namedFiles(files, names) }
}

/** The text of a step as it's stored, and the input that it stands beside: an edit that is shown has that of an earlier one. */
export function textOfStep({ seq, text, names, events }: Step): { readonly at: number; readonly text: string } | null {
  if (text === null) return null
  const edited = events.find(({ event }) => event.type === 'edited')?.event
  const at = edited?.type === 'edited' ? edited.edit : seq
  return { at, text: names ? storedText(text, names) : text }
}

/** The inputs that have had a text of the message beside them. */
export const textPlacesOf = (
  { seq, textAt }: Pick<Recorded, 'seq' | 'textAt'>,
  pieces: readonly Piece[] = [],
): readonly number[] => [seq, ...(textAt === undefined ? [] : [textAt]), ...pieces.map(piece => piece.seq)]

export function recordedOf(step: Step): readonly Recorded[] {
  const recorded: Recorded[] = []
  for (const one of step.events) {
    const message = one.kind === 'public' ? messageOf(step, one) : null
    if (message) recorded.push(message)
  }
  return recorded
}

const NOBODY: Recorded['mentions'] = []

function messageOf({ seq, at }: Step, { event }: PublicStepEvent): Recorded | null {
  switch (event.type) {
    case 'said': {
      const { room, from, action, author, account = false, mentions = NOBODY } = event
      return {
        seq,
        at,
        room,
        from,
        to: null,
        action,
        author,
        account,
        other: null,
        mentions,
        ...attached(event),
        ...asked(event),
      }
    }
    case 'told': {
      const { from, to, action, author, account = false, other } = event
      return { seq, at, room: null, from, to, action, author, account, other, mentions: NOBODY, ...attached(event) }
    }
    case 'joined':
    case 'parted':
    case 'quit':
    case 'renamed':
    case 'registered':
    case 'away':
    case 'topic':
    case 'moderated':
    // It's recorded when it is released, as a message of that input.
    case 'held':
    // The server erases the text of a deleted message; its record stays.
    case 'deleted':
    case 'edited':
    case 'reacted':
    case 'pinned':
    case 'pictured':
    case 'hands':
    case 'answered':
    // It's recorded with its message.
    case 'concluded':
    case 'finished':
      return null
  }
}

const asked = ({ ask }: EventOf<'said'>): Pick<Recorded, 'ask'> => (ask ? { ask } : {})

const attached = ({
  reply,
  files,
  live,
}: Pick<EventOf<'said'>, 'reply' | 'files' | 'live'>): Pick<Recorded, 'reply' | 'files' | 'live'> => ({
  ...(reply !== undefined && { reply }),
  ...(files?.length && { files }),
  ...(live && { live: {} }),
})
