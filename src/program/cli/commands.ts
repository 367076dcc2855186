/** The manuals of the commands of `rxchat`, in the order of its help. Each has a file of its own in commands/. */
import type { Manual } from '../manual/manual.ts'
import { ASK } from './commands/ask.ts'
import { MCP } from './commands/mcp.ts'
import { TEST } from './commands/test.ts'

export const COMMANDS: readonly Manual[] = [ASK, MCP, TEST]
