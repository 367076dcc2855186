/**
 * `rxchat --exec COMMAND`: a program in any language as a bot. It gets events on stdin, and its stdout gives commands.
 */
import { spawn } from 'node:child_process'
import { type Readable, Writable } from 'node:stream'
import type { Client } from '../../../client/session/connection.ts'
import { SIGNALS, type StandardStreams } from '../../terminal/output.ts'
import { runTool, type ToolSettings } from './tool.ts'

/** How long the command may take to end when the chat is over, in milliseconds. */
const PATIENCE_MS = 2000

/** The program of a bot: its output, its input, and its end. */
export type BotProcess = {
  readonly input: Readable
  readonly output: Writable
  /** The exit code; null: a signal. */
  readonly ended: Promise<number | null>
  /** Closes its stdin. */
  readonly close: () => void
  readonly kill: () => void
}

/** Resolves with the exit code: 1 if only the command failed. */
export async function runBot(
  client: Client,
  command: string,
  { room, since }: Pick<ToolSettings, 'room' | 'since'>,
  errors: StandardStreams['errors'],
  start: (command: string) => BotProcess = startBot,
): Promise<number> {
  let isStopped = false
  const stop = (): void => {
    isStopped = true
  }
  for (const signal of SIGNALS) process.on(signal, stop)
  const { input, output, ended, close, kill } = start(command)
  const code = await runTool(client, { room, json: true, follow: false, since }, { input, output, errors })
  close()
  const impatient = setTimeout(kill, PATIENCE_MS)
  const status = await ended
  clearTimeout(impatient)
  for (const signal of SIGNALS) process.off(signal, stop)
  // A signal often goes to the command, too. Then its end was wanted.
  if (code !== 0 || status === 0 || isStopped) return code
  errors.write(`rxchat: the command ended with ${status === null ? 'a signal' : `exit code ${status}`}: ${command}\n`)
  return 1
}

function startBot(command: string): BotProcess {
  const child = spawn(command, { shell: true, stdio: ['pipe', 'pipe', 'inherit'] })
  // A command that no longer reads just loses the events. Its end is noticed by the end of its output.
  child.stdin.on('error', () => {})
  const output = new Writable({
    write(chunk: Buffer, _, done) {
      child.stdin.write(chunk, () => done())
    },
  })
  const ended = new Promise<number | null>(resolve => {
    child.on('error', () => resolve(127))
    child.on('close', code => resolve(code))
  })
  return { input: child.stdout, output, ended, close: () => child.stdin.end(), kill: () => void child.kill() }
}
