/** The streams of the process that a tool runs in. */
export type Io = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr'>

/** A tool. Resolves to the exit code. Rejects with UsageError or DataError. */
export type Run = (argv: readonly string[], io: Io) => Promise<number>
