/** `rxchat ask`: asks in a room, and its exit code is the place of the choice. */
import { randomUUID } from 'node:crypto'
import { UsageError } from '../../../config/usage.ts'
import { SIGNALS } from '../../../terminal/output.ts'
import type { Command } from '../../command.ts'
import { connected } from '../../converse.ts'
import { PATIENCE_MS } from '../../flags.ts'
import { exitOfError, guardExit } from './exits.ts'
import { type Interrupts, runAsk } from './run.ts'
import { type AskSettings, readAsk } from './settings.ts'

const USAGE = 2
const NOTICED_MS = 5000

export const ask: Command = async (argv, env, { stdout, stderr }) => {
  const settle = guardExit(process)
  const complain = (text: string): void => void stderr.write(`rxchat: ${text}\n`)
  let read: AskSettings | string
  try {
    read = readAsk(argv, env)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    complain(error.message)
    return settle(exitOfError(USAGE))
  }
  if (typeof read === 'string') {
    stdout.write(read)
    return settle(0)
  }
  const { connection, key, ...question } = read
  const { room, patience = PATIENCE_MS } = connection
  // Without a key of its own it has one all the same: so it's asked once, however often it's sent.
  const asking = { ...question, room, key: key ?? randomUUID(), isKept: key !== null, patience }
  // The holder of its name may be a killed process with the same key, on another machine, whose end the server may not have noticed.
  const awaitsName = { away: patience ?? Number.POSITIVE_INFINITY, here: NOTICED_MS }
  let code: number | null = null
  const exit = await connected(
    connection,
    {
      load: async () => async client => {
        code = await runAsk(client, asking, { output: stdout, errors: stderr }, interrupts)
        return code
      },
      wish: { room, reconnect: true, insist: false, patience, awaitsName, history: 0, catchUp: false },
      listens: true,
      leavesItself: true,
    },
    env,
    complain,
  )
  // Without a connection, there was no question.
  return settle(code ?? exitOfError(exit))
}

const interrupts: Interrupts = stop => {
  for (const signal of SIGNALS) process.on(signal, stop)
  return () => {
    for (const signal of SIGNALS) process.off(signal, stop)
  }
}
