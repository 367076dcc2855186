/** Whether a reply is shown at once, held until the missed messages are there, or skipped. */
import type { Reply } from '../../../codec/native/reply.ts'
import { tell } from '../requests.ts'
import type { Session, SessionEffect } from '../state.ts'
import { isPart, withPart } from './backfill.ts'

/** `repeated`: the connection before has already brought it. */
export function hear(at: Session, reply: Reply): readonly [Session, readonly SessionEffect[] | 'repeated'] {
  if (isRepeated(at, reply)) return [at, 'repeated']
  const { catchingUp } = at
  const spoken = { reply, replayed: isEvent(reply) && reply.seq <= at.replayedTo }
  if (!catchingUp) return [at, [tell(spoken)]]
  if (reply.type === 'history' && isPart(reply)) return [{ ...at, catchingUp: withPart(catchingUp, reply) }, []]
  if (isOurAnswer(at, reply)) return [at, []]
  if (!isEvent(reply) || reply.seq <= catchingUp.to) return [at, [tell(spoken)]]
  return [{ ...at, catchingUp: { ...catchingUp, held: catchingUp.held.push(spoken) } }, []]
}

export type EventReply = Exclude<Extract<Reply, { readonly at: number }>, { type: 'welcome' }>

const isEvent = (reply: Reply): reply is EventReply => 'at' in reply && reply.type !== 'welcome'

/** If only some events of an input had arrived, the server sends all of them again. */
const isRepeated = ({ part }: Session, reply: Reply): boolean =>
  part !== null && isEvent(reply) && reply.seq === part.seq && (reply.i ?? 0) <= part.i

const isOurAnswer = ({ outbox }: Session, reply: Reply): boolean =>
  'n' in reply && outbox.inHand.some(({ id, n }) => id === null && n === reply.n)
