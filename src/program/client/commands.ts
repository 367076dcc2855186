/**
 * The commands of `rxchat`, by its first word. Each is loaded on demand, so that a pipe starts no slower for them. Their manuals are in
 * ../cli/commands.ts.
 */
import type { Command } from './command.ts'

const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['ask', async () => (await import('./commands/ask/ask.ts')).ask],
  ['mcp', async () => (await import('./commands/mcp.ts')).mcp],
  ['wait', async () => (await import('./commands/wait.ts')).wait],
  ['cursors', async () => (await import('./commands/cursors.ts')).cursors],
  ['test', async () => (await import('./commands/test.ts')).test],
])

/** Undefined: the word is no command, so it's an address. */
export const commandNamed = (word: string | undefined): (() => Promise<Command>) | undefined =>
  word === undefined ? undefined : COMMANDS.get(word)
