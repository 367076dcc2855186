/**
 * The exit codes of `rxchat ask`. 0 to 9 is the place of the choice and nothing else: so `rxchat ask … && ./deploy` never
 * deploys on an error, and a script tells the second choice (1) from an error.
 */
import type { Result } from '../../../../model/question.ts'

/** Nobody answered in time: the code of timeout(1). */
export const TIMED_OUT = 124

/** It was closed, or its message deleted, before anybody answered. */
export const WITHDRAWN = 125

/** Added to the exit code of other `rxchat` commands for the same error. */
const ERRORS_FROM = 64

/** The connection is over, and the outcome of the question is unknown. */
const UNREACHABLE = 3

export function exitOf({ outcome, choice }: Pick<Result, 'outcome' | 'choice'>): number {
  switch (outcome) {
    case 'decided':
      return choice ?? WITHDRAWN
    case 'expired':
      return TIMED_OUT
    case 'withdrawn':
    case 'ended':
    case 'deleted':
      return WITHDRAWN
  }
}

/** An end without an error is one here: nobody has chosen. */
export const exitOfError = (code: number): number => (code >= ERRORS_FROM ? code : ERRORS_FROM + (code || UNREACHABLE))

type Ending = {
  readonly on: (event: 'exit', listener: (code: number) => void) => unknown
  exitCode?: number | string | null | undefined
}

/**
 * However the process ends, and be it by a fault of the program, its exit code is that of an error until the returned
 * function is given that of an outcome.
 */
export function guardExit(program: Ending): (code: number) => number {
  let settled: number | null = null
  program.on('exit', code => {
    program.exitCode = settled ?? exitOfError(code)
  })
  return code => {
    settled = code
    return code
  }
}
