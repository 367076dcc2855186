/**
 * decide: the events that follow from an input in a state. Pure and total: a bad input becomes `rejected`, for its
 * session alone. A numbered command is performed at most once; its result is kept with the session (docs/spec.md, D3).
 */
import type { Event, EventOf } from '../model/event.ts'
import { type Input, isKnown } from '../model/input.ts'
import type { Session, State } from '../model/state.ts'
import { decideFormat } from './format.ts'
import { may } from './may.ts'
import { decideHello, decideResume } from './rules/entering.ts'
import { decideGrant, decidePost, decideRevoke } from './rules/grants.ts'
import { decideForward, decideHook, decideUnhook } from './rules/hooks.ts'
import { decideLost, decideStarted, decideTick } from './rules/leaving.ts'
import { sessionOf } from './rules/lookup.ts'
import { decideAway, decideDelete, decideKick, decideNick, decideQuit, decideTell } from './rules/member.ts'
import { refuse } from './rules/refuse.ts'
import { decideJoin, decidePart, decideSay, decideTopic } from './rules/room.ts'

export function decide(state: State, input: Input): readonly Event[] {
  switch (input.type) {
    case 'hello':
      return decideHello(state, input)
    case 'resume':
      return decideResume(state, input)
    case 'lost':
      return decideLost(state, input)
    case 'tick':
      return decideTick(state)
    case 'started':
      return decideStarted(state, input)
    case 'grant':
      return decideGrant(state, input)
    case 'revoke':
      return decideRevoke(state, input)
    case 'post':
      return decidePost(state, input)
    case 'hook':
      return decideHook(state, input)
    case 'unhook':
      return decideUnhook(state, input)
    case 'forward':
      return decideForward(state, input)
    case 'format':
      return decideFormat(state, input)
    default:
      return decideCommand(state, input)
  }
}

/** Inputs of a session after it entered, numbered or not. */
export type CommandInput = Exclude<
  Input,
  {
    type:
      | ('hello' | 'resume' | 'lost' | 'tick' | 'started' | 'format')
      | ('grant' | 'revoke' | 'post' | 'hook' | 'unhook' | 'forward')
  }
>

function decideCommand(state: State, input: CommandInput): readonly Event[] {
  if (!may(state, input.session, 'command')) return refuse(input, 'not-entered')
  const session = sessionOf(state, input.session)
  if (session && input.n !== null && input.n <= session.last) return [answerAgain(session, input.n)]
  // A newer program, which knows the type, writes it only under a format that this one doesn't fold (docs/spec.md, R9).
  const events = isKnown(input) ? perform(state, input) : refuse(input, 'internal')
  if (input.n === null || events.at(-1)?.type === 'rejected') return events
  return [...events, { type: 'done', session: input.session, n: input.n }]
}

function perform(state: State, input: CommandInput): readonly Event[] {
  switch (input.type) {
    case 'say':
      return decideSay(state, input)
    case 'tell':
      return decideTell(state, input)
    case 'join':
      return decideJoin(state, input)
    case 'part':
      return decidePart(state, input)
    case 'topic':
      return decideTopic(state, input)
    case 'nick':
      return decideNick(state, input)
    case 'away':
      return decideAway(state, input)
    case 'kick':
      return decideKick(state, input)
    case 'quit':
      return decideQuit(state, input)
    case 'delete':
      return decideDelete(state, input)
  }
}

/**
 * Answers a number that was used before. Numbers are used in order. So a number in the range of the kept results that
 * isn't among them was refused at ingress, which journals nothing. If all results so far are kept, that also holds for
 * a number before the first of them.
 */
export function answerAgain(session: Session, n: number): EventOf<'repeated' | 'rejected'> {
  const result = session.results.find(n)
  if (result) return { type: 'repeated', session: session.id, result }
  const oldest = session.results.oldest?.n ?? session.last
  const isRefused = session.results.isAll || n > oldest
  const code = isRefused ? 'number-refused' : 'number-forgotten'
  return { type: 'rejected', session: session.id, n, code, detail: '' }
}
