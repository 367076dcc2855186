/** The arguments of `rxchat ask`. A wrong one gives an error with a remedy. */
import { readChoices } from '../../../../model/choices.ts'
import { readDuration } from '../../../../model/duration.ts'
import { ASK_KEY_MAX_CHARS, CHOICES_MAX, CHOICES_MIN, QUESTION_MAX_MS } from '../../../../model/limits.ts'
import { ASKED_ROLES } from '../../../../model/question.ts'
import { ASK, ASK_FLAGS } from '../../../cli/commands/ask.ts'
import { refuseUnknownVariables } from '../../../cli/variables.ts'
import { readArguments } from '../../../config/arguments.ts'
import { UsageError } from '../../../config/usage.ts'
import { helpText } from '../../../manual/help.ts'
import { type ConnectionSettings, readConnection } from '../../connection-settings.ts'

export type AskSettings = {
  readonly question: string
  readonly choices: readonly string[]
  /** A role, or a name after an @. Undefined: everybody in the room. */
  readonly to: string | undefined
  /** In seconds. Undefined: as long as the server leaves a question open. */
  readonly timeout: number | undefined
  /** Null: none was given, so nobody can go on with the question. */
  readonly key: string | null
  readonly json: boolean
  readonly connection: ConnectionSettings
}

/** Returns a text if it's to be printed instead. Throws UsageError. */
export function readAsk(argv: readonly string[], env: NodeJS.ProcessEnv): AskSettings | string {
  const read = readArguments(argv, ASK_FLAGS, () => helpText(ASK))
  if (typeof read === 'string') return read
  refuseUnknownVariables(env)
  const { given, words } = read
  const [question, ...choices] = words
  if (question === undefined || question.trim() === '')
    throw new UsageError('Give a question and its choices: rxchat ask "Deploy 2.1?" yes no. See --help.')
  if (choices.length < CHOICES_MIN || choices.length > CHOICES_MAX) {
    throw new UsageError(
      `Give ${CHOICES_MIN} to ${CHOICES_MAX} choices after the question, in quotes if they have spaces, not ${choices.length}.`,
    )
  }
  const fault = readChoices(choices)
  if (typeof fault === 'string') throw new UsageError(`The choices cannot be used: ${fault}.`)
  return {
    ...{ question, choices, to: readTo(given.get('to')), timeout: readTimeout(given.get('timeout')) },
    ...{ key: readKey(given.get('key')), json: given.has('json') },
    connection: readConnection(given.get('server'), given, env, false),
  }
}

/** A word that is a role means the role, and `room` everybody there. */
function readTo(text: string | undefined): string | undefined {
  if (text === undefined || text === 'room') return undefined
  if (text.startsWith('@') || ASKED_ROLES.some(role => role === text)) return text
  return `@${text}`
}

const SECOND_MS = 1000

function readTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const ms = readDuration(text)
  if (ms !== null && ms >= SECOND_MS && ms <= QUESTION_MAX_MS) return ms / SECOND_MS
  throw new UsageError(`--timeout must be a time from 1s to 7d, such as 30s, 10m or 2h, not "${text}".`)
}

function readKey(text: string | undefined): string | null {
  if (text === undefined || text.length <= ASK_KEY_MAX_CHARS) return text ?? null
  throw new UsageError(`--key must have at most ${ASK_KEY_MAX_CHARS} characters.`)
}
