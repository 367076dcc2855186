/** Questions as the state keeps them: the open ones, and for a while those that have ended. */
import type { OrderedMap } from 'immutable'
import type { MemberId } from '../ids.ts'
import type { Answer, Asked, Result } from '../question.ts'

/** Until when it's open is among the state's ends (src/reducer/questions/open.ts). */
export type Question = Omit<Asked, 'until'> & {
  /** The `seq` of the input that asked. */
  readonly seq: number
  readonly at: number
  readonly room: string
  readonly asker: MemberId
  readonly from: string
  readonly key?: AskKey
  /** Votes by choice. Empty for a buzz. */
  readonly counts: readonly number[]
  /** By member, in the order in which they answered first; at most ANSWERS_MAX. */
  readonly answers: OrderedMap<MemberId, Answer>
}

/** `hash`: recognises a repeat. `print`: of the question, since one key can't stand for two questions. */
export type AskKey = { readonly hash: string; readonly print: string }

/** The same when it has ended, with its first answers alone. */
export type EndedQuestion = Question & { readonly result: Result; readonly ended: number; readonly total: number }
