/**
 * The commands of `rxchat`, by its first word. Each is loaded on demand, so that a pipe starts no slower for them. Their manuals are in
 * ../cli/commands.ts.
 */

/** The streams of the process that a command runs in. */
export type Streams = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr'>

/** `argv`: behind the name of the command. Resolves with the exit code. Rejects with UsageError. */
export type Command = (argv: readonly string[], env: NodeJS.ProcessEnv, streams: Streams) => Promise<number>

const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([])

/** Undefined: the word is no command, so it's an address. */
export const commandNamed = (word: string | undefined): (() => Promise<Command>) | undefined =>
  word === undefined ? undefined : COMMANDS.get(word)
