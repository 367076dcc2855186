/** What a tool is, to the program that runs it. */

/** The streams of the process that it runs in. */
export type Io = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr'>

/** Resolves to the exit code. Rejects with UsageError or DataError. */
export type Run = (argv: readonly string[], io: Io) => Promise<number>
