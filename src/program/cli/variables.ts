/** The variables of both programs. One environment may serve both, so each accepts the other's too. */
import type { Flags } from '../config/arguments.ts'
import { nearest } from '../config/suggestion.ts'
import { UsageError } from '../config/usage.ts'
import { FLAGS as CLIENT } from './client.ts'
import { SERVER_FLAG } from './connection-flags.ts'
import { FLAGS as SERVER } from './server-settings.ts'

const PREFIX = 'RXCHAT_'

const variablesOf = (flags: Flags<string>): readonly string[] =>
  Object.values(flags).flatMap(({ variable }) => variable ?? [])

/** A secret that has no flag, since every user of the machine can read those. */
export const ACCOUNT_PASSWORD = 'RXCHAT_ACCOUNT_PASSWORD'

const VARIABLES = [
  ...new Set([...variablesOf(CLIENT), ...variablesOf(SERVER_FLAG), ...variablesOf(SERVER), ACCOUNT_PASSWORD]),
]

/**
 * Refuses unknown variables. Otherwise a misspelt one would be ignored silently, and the server would run with other
 * limits than its host believes.
 */
export function refuseUnknownVariables(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) {
    if (!name.startsWith(PREFIX) || VARIABLES.includes(name)) continue
    const meant = nearest(name, VARIABLES)
    throw new UsageError(
      `There is no variable ${name}. ${meant === undefined ? `Unset it; there are ${VARIABLES.join(', ')}.` : `Did you mean ${meant}?`}`,
    )
  }
}
