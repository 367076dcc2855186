/**
 * Commands about messages that were sent before: edits, reactions, pins, and answers to them. Facts from the history
 * are found here, and carried in the input. Throws if the history is damaged.
 */
import type { MessageCommand } from '../../../model/command.ts'
import { durationText } from '../../../model/duration.ts'
import { typedEmoji } from '../../../model/emoji/table.ts'
import type { SessionId } from '../../../model/input.ts'
import { LIVE_TAIL_BYTES, REACTION_KINDS_MAX } from '../../../model/limits.ts'
import { tailOf } from '../../../model/message/live-text.ts'
import type { Message } from '../../../model/message/message.ts'
import { storedText } from '../../../model/message/stored-text.ts'
import type { State } from '../../../model/state.ts'
import { flatten } from '../../../model/text.ts'
import type { History } from '../../../port/history.ts'
import { isQuestion } from '../../../reducer/questions/open.ts'
import { answering, closing } from '../questions/answering.ts'
import { passed, type Refused, refused, type Vetted, vetCaption, vetRoom } from '../vetting/vetted.ts'
import { actorIdOf, aimedAt, latestOfOthers, messageFor } from './message.ts'

export type ChangeContext = {
  readonly history: History
  readonly state: State
  readonly session: SessionId
  /** Milliseconds since the epoch. */
  readonly now: number
  /** How long an author may edit a message, in milliseconds; 0: not at all. */
  readonly editTime: number
}

export function changing(command: MessageCommand, asking: ChangeContext): Vetted | Refused {
  switch (command.type) {
    case 'edit':
      return editing(command, asking)
    case 'react':
      return reacting(command, asking)
    case 'answer':
      return answering(command, asking)
    case 'close':
      return closing(command, asking)
    case 'pin': {
      const found = meant(asking, command.seq)
      if (isRefused(found)) return found
      if (found.room === null) return refused('message-unknown', `${command.seq}`)
      return passed({ type: 'pin', target: found.seq, room: found.room, off: command.off ?? false })
    }
    case 'finish': {
      const { seq: target, status, ms, total, interrupted } = command
      const { bytes, size } = asking.history.output(target, -LIVE_TAIL_BYTES, LIVE_TAIL_BYTES)
      const tail = tailOf(bytes, bytes.length === size)
      const more = { ...(total !== undefined && { total }), ...(interrupted && { interrupted: true as const }) }
      return passed({ type: 'finish', target, status, ms, ...more }, tail)
    }
  }
}

const isRefused = (found: Message | Refused): found is Refused => 'code' in found

const meant = ({ history, state, session }: ChangeContext, seq: number): Message | Refused =>
  messageFor(history, state, session, seq)

/** The names of its files stay. */
function editing(command: Extract<MessageCommand, { type: 'edit' }>, asking: ChangeContext): Vetted | Refused {
  const { history, state, session, now, editTime } = asking
  const own = actorIdOf(state, session)
  const found = command.seq === null ? latestOwn(history, own, command.room) : meant(asking, command.seq)
  if (isRefused(found)) return found
  if (found.author !== own) return refused('not-yours', `${found.seq}`)
  if (isQuestion(state, found.seq)) return refused('question-edit', `${found.seq}`)
  if (editTime === 0) return refused('edit-off')
  if (now - found.at > editTime) return refused('edit-late', durationText(editTime))
  const { files = [], author } = found
  const text = vetCaption(command.text, files.length > 0)
  if (!text.ok) return text
  const names = files.map(({ name }) => name)
  return passed({ type: 'edit', ...aimedAt(found), author }, storedText(text.value, names))
}

function latestOwn(history: History, own: string, raw: string): Message | Refused {
  const room = vetRoom(raw)
  if (!room.ok) return room
  return history.latestBy(own, room.value) ?? refused('nothing-said')
}

/** A reaction that would change nothing is refused, so that nobody hears of it twice. */
function reacting(command: Extract<MessageCommand, { type: 'react' }>, asking: ChangeContext): Vetted | Refused {
  const { state, session } = asking
  const emoji = typedEmoji(command.emoji)
  if (emoji === null) return refused('emoji-unknown', flatten(command.emoji).slice(0, SHOWN))
  const own = actorIdOf(state, session)
  const found = command.seq === null ? latestIn(asking, command.room) : meant(asking, command.seq)
  if (isRefused(found)) return found
  const { off = false } = command
  const { reactions = [] } = found
  const kind = reactions.find(one => one.emoji === emoji)
  const has = kind?.people.some(({ id }) => id === own) ?? false
  if (has !== off) return refused(off ? 'not-reacted' : 'reacted-already', emoji)
  if (!off && !kind && reactions.length >= REACTION_KINDS_MAX) {
    return refused('reactions-full', `${REACTION_KINDS_MAX} kinds of reactions`)
  }
  return passed({ type: 'react', ...aimedAt(found), emoji, off })
}

const SHOWN = 32

function latestIn({ history, state, session }: ChangeContext, raw: string): Message | Refused {
  const room = vetRoom(raw)
  return room.ok ? latestOfOthers(history, state, session, { room: room.value }) : room
}
