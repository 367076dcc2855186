/** Whether what the server says is told at once, held until what was missed is there, or passed over. */
import type { Reply } from '../codec/native/reply.ts'
import { isPart, withPart } from './catching-up.ts'
import { tell } from './sending.ts'
import type { Deed, Session } from './session-state.ts'

/** `repeated`: we have had it already, from the connection before. */
export function hear(at: Session, reply: Reply): readonly [Session, readonly Deed[] | 'repeated'] {
  if (isRepeated(at, reply)) return [at, 'repeated']
  const { catchingUp } = at
  const spoken = { reply, replayed: isEvent(reply) && reply.seq <= at.replayedTo }
  if (!catchingUp) return [at, [tell(spoken)]]
  if (reply.type === 'history' && isPart(reply)) return [{ ...at, catchingUp: withPart(catchingUp, reply) }, []]
  if (isOurAnswer(at, reply)) return [at, []]
  if (!isEvent(reply) || reply.seq <= catchingUp.to) return [at, [tell(spoken)]]
  return [{ ...at, catchingUp: { ...catchingUp, held: catchingUp.held.push(spoken) } }, []]
}

type Event = Exclude<Extract<Reply, { readonly at: number }>, { type: 'welcome' }>

const isEvent = (reply: Reply): reply is Event => 'at' in reply && reply.type !== 'welcome'

/** Of an input of which only some events had come, all come once more. */
const isRepeated = ({ part }: Session, reply: Reply): boolean =>
  part !== null && isEvent(reply) && reply.seq === part.seq && (reply.i ?? 0) <= part.i

const isOurAnswer = ({ outbox }: Session, reply: Reply): boolean =>
  'n' in reply && outbox.inHand.some(({ id, n }) => id === null && n === reply.n)
