/** Says why a live message has ended before its output did. The server tells it in an event, before it refuses the next piece. */
import type { Client } from '../../../client/session/connection.ts'
import type { Incoming } from '../../../client/session/incoming.ts'
import { watchRoom } from '../../../client/session/room-watch.ts'
import { actSentence } from '../../../codec/act-sentence.ts'
import { actOf, type ReplyOf } from '../../../codec/native/reply.ts'
import { sentence } from '../../../codec/sentence.ts'

type Watched = {
  readonly room: string
  /** The number of the message; null: it isn't there yet. */
  readonly seq: () => number | null
  /** `exit`: of a removal from the room. Absent: the message alone has ended. */
  readonly over: (why: string, exit?: number) => void
}

export function watchEnd(client: Client, { room, seq, over }: Watched): void {
  let act: ReplyOf<'moderated'> | null = null
  watchRoom(client, room, ({ message, exit }) => over(message, exit))

  function hear(reply: Incoming['reply']): void {
    if (reply.type === 'moderated') act = reply
    else if (reply.type === 'deleted' && reply.target === seq()) {
      const event = { ...reply, room: reply.room ?? null }
      over(`${sentence(event, reply.at)} Its output is gone. ${BEGIN_ANEW}`)
    } else if (reply.type === 'finished' && reply.target === seq() && reply.interrupted) {
      // A mute, or a mode of the room, ends the message by the same input.
      const cause = act?.seq === reply.seq ? actSentence(actOf(act), act.at) : null
      over(cause === null ? `${ENDED} ${BEGIN_ANEW}` : `${cause} That ends live messages. ${BEGIN_LATER}`)
    }
  }
  client.incoming$.subscribe(({ reply }) => hear(reply))
}

const BEGIN_ANEW = 'Run rxchat again to begin a new one.'
const BEGIN_LATER = 'Begin a new one when you may write again.'
const ENDED = 'The live message has ended: its session was away for too long, or may not write there any more.'
