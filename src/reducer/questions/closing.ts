/** Closing a question before its time: by the asker, or by somebody above who keeps order (docs/spec.md, QU6). */
import type { Event } from '../../model/event.ts'
import type { InputOf } from '../../model/input.ts'
import type { State } from '../../model/state.ts'
import { fault, knownName, refuseFor } from '../keeping/refusals.ts'
import { may } from '../may.ts'
import { keeperOf } from '../rules/lookup.ts'
import { goneFault } from './answering.ts'
import { concludes, openQuestion } from './open.ts'

/** An `ask` is withdrawn. A poll, and a buzz, end with their answers so far. */
export function decideClose(state: State, input: InputOf<'close'>): readonly Event[] {
  const { question: seq, session } = input
  const question = openQuestion(state, seq)
  if (!question) return refuseFor(input, goneFault(state, session, seq))
  const { room, asker, from, kind } = question
  const { id, name: by } = keeperOf(state, input)
  const isOwn = asker === id
  if (!may(state, session, 'write', { room }) && !may(state, session, 'close', { room, author: asker })) {
    return refuseFor(input, fault('question-unknown', `${seq}`))
  }
  if (!isOwn && !may(state, session, 'close', { room, author: asker })) {
    return refuseFor(
      input,
      fault('not-asker', `${knownName(state, asker) ?? from} and those who keep order in #${room}`),
    )
  }
  return [concludes(question, kind === 'ask' ? 'withdrawn' : 'ended', { by, id })]
}
