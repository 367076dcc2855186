/** Lines for the host about messages that are erased with their account. */
import type { Erasure } from '../../../server/jobs/erasures.ts'

/** All of them are erased, or they can't be now. */
export const erasureLine = ({ name, count, error }: Erasure): string =>
  error
    ? `ACCOUNT: not all messages of ${name} are erased. The server tries again every minute. ${error.message}`
    : `ACCOUNT: all messages of ${name} are erased; ${count === 1 ? 'it was one' : `they were ${count}`}.`

/** Lines at the start, about accounts with messages that were not all erased before. */
export const unfinishedLines = (names: readonly string[]): readonly string[] =>
  names.map(
    name => `ACCOUNT: messages of ${name} were left to erase when the server stopped. It goes on with them now.`,
  )
