/** The variables of both programs: one environment may serve them both, so each knows the other's too. */
import { nearest } from './nearest.ts'
import { UsageError } from './usage.ts'

const PREFIX = 'RXCHAT_'

const VARIABLES = [
  'RXCHAT_NAME',
  'RXCHAT_PORT',
  'RXCHAT_HOST',
  'RXCHAT_DATA',
  'RXCHAT_EPHEMERAL',
  'RXCHAT_KEEP',
  'RXCHAT_GRACE',
  'RXCHAT_RATE',
  'RXCHAT_PER_ADDRESS',
  'RXCHAT_MAX_CLIENTS',
  'RXCHAT_ALLOW_ORIGIN',
  'RXCHAT_PATIENCE',
] as const

export type Variable = (typeof VARIABLES)[number]

/** The variable's value; one that is empty is not set. */
export const variable = (env: NodeJS.ProcessEnv, name: Variable): string | undefined => env[name] || undefined

/** A misspelt key would be passed over in silence, and the server would run with other bounds than its host believes. */
export function refuseUnknownVariables(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) {
    if (!name.startsWith(PREFIX) || VARIABLES.some(known => known === name)) continue
    const meant = nearest(name, VARIABLES)
    throw new UsageError(
      `There is no variable ${name}. ${meant === undefined ? `Unset it; there are ${VARIABLES.join(', ')}.` : `Did you mean ${meant}?`}`,
    )
  }
}
