/** The output of `rxchat ask`: the outcome on stdout, and the wait on stderr. */
import { printable } from '../../../../codec/native/sanitiser.ts'
import { leftText } from '../../../../model/duration.ts'
import type { Result } from '../../../../model/question.ts'
import { flatten } from '../../../../model/text.ts'
import type { AskSettings } from './settings.ts'

type Put = Pick<AskSettings, 'question' | 'choices' | 'timeout' | 'to'> & { readonly room: string }

const SECOND_MS = 1000

export function waitingWords({ choices, room, timeout, to }: Put, seq: number): string {
  const [first = ''] = choices
  const who = to === undefined ? 'Anybody there' : named(to, 'Somebody')
  const left = timeout === undefined ? '' : `, for ${leftText(timeout * SECOND_MS)}`
  return flatten(
    `waiting for an answer to question ${seq} in #${room}${left}. ${who} answers with a button, the word alone, or /answer ${seq} ${first}`,
  )
}

/** The question waits, but in vain until somebody comes. */
export function nobodyWords({ room, to }: Put): string {
  if (to?.startsWith('@')) return flatten(`${to.slice(1)} is not in #${room} now. The question waits.`)
  const who = to === undefined ? 'nobody else' : named(to, 'nobody')
  return flatten(`${who} is in #${room} now. The question waits until somebody comes who may answer it.`)
}

/** `An operator`, `no operator`; a role that is no noun of a person: `Somebody with an account`. */
function named(to: string, some: 'Somebody' | 'nobody'): string {
  if (to.startsWith('@')) return to.slice(1)
  const thing = /^[aeiou]/.test(to) ? `an ${to}` : `a ${to}`
  if (to === 'account' || to === 'voice') return `${some} with ${thing}`
  return some === 'nobody' ? `no ${to}` : `${thing.charAt(0).toUpperCase()}${thing.slice(1)}`
}

/** `maria: yes`. Nothing for other outcomes, which stderr tells. */
export const outcomeLine = ({ choices }: Put, { outcome, choice, by }: Result): string =>
  outcome === 'decided' && choice !== undefined ? `${flatten(`${by ?? ''}: ${choices[choice] ?? ''}`)}\n` : ''

/** One object for each outcome. `answer`: the word that was chosen. */
export function outcomeJson({ question, choices, room }: Put, seq: number, result: Result): string {
  const { outcome, choice, by, id } = result
  const chosen = choice === undefined ? {} : { choice, answer: choices[choice] }
  return `${printable({ seq, room, question, outcome, ...chosen, ...(by !== undefined && { by }), ...(id !== undefined && { id }) })}\n`
}

/** Why there is no answer; null: there is one. */
export function noAnswerWords({ outcome, by }: Result): string | null {
  switch (outcome) {
    case 'decided':
      return null
    case 'expired':
      return 'nobody answered in time.'
    case 'withdrawn':
    case 'ended':
      return flatten(by === undefined ? 'the question was closed.' : `the question was closed by ${by}.`)
    case 'deleted':
      return 'the question was deleted.'
  }
}
