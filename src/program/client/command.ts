/** A command of `rxchat`. */

/** The streams of the process that a command runs in. */
export type Streams = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr'>

/** `argv`: behind the name of the command. Resolves with the exit code. Rejects with UsageError. */
export type Command = (argv: readonly string[], env: NodeJS.ProcessEnv, streams: Streams) => Promise<number>
