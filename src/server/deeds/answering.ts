/** What is answered without an input: questions and refusals, each when all that was asked before it has been folded. */
import type { Outgoing } from '../../codec/codec.ts'
import { answerQuery } from '../answer-query.ts'
import type { Guest } from '../house.ts'
import { refused as noteRefused } from '../note.ts'
import type { Deed } from '../talk/conversation.ts'

export type Answering = {
  readonly query: (deed: Extract<Deed, { do: 'query' }>) => void
  readonly refuse: (deed: Extract<Deed, { do: 'refuse' }>) => void
  /** `outgoing` is asked for when it is its turn. */
  readonly inTurn: (outgoing: () => Outgoing) => void
}

export function answering({ house, link, tell }: Guest): Answering {
  const { clock, history } = house
  const inTurn = (outgoing: () => Outgoing): void => house.settled(() => tell(outgoing()))

  /** Of a past that cannot be read the asker is told, and the host; the connection stays. */
  function answer({ session, n, query }: Extract<Deed, { do: 'query' }>): void {
    const [state, at] = [house.state(), clock.now()]
    try {
      tell(answerQuery(query, { state, history, session, n, at }))
    } catch (error) {
      house.report(error)
      tell({ type: 'rejected', at, n, code: 'internal', detail: '' })
    }
  }

  return {
    query: deed => house.settled(() => answer(deed)),
    refuse({ n, code, detail }) {
      house.note(noteRefused(link, code))
      inTurn(() => ({ type: 'rejected', at: clock.now(), n, code, detail }))
    },
    inTurn,
  }
}
