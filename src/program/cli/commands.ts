/** The manuals of the commands of `rxchat`, in the order of its help. Each has a file of its own in commands/. */
import type { Manual } from '../manual/manual.ts'
import { ASK } from './commands/ask.ts'
import { CURSORS } from './commands/cursors.ts'
import { MCP } from './commands/mcp.ts'
import { TEST } from './commands/test.ts'
import { WAIT } from './commands/wait.ts'

export const COMMANDS: readonly Manual[] = [ASK, WAIT, CURSORS, MCP, TEST]
