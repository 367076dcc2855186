/** `rxchat wait`: until somebody says something. */
import { readDuration } from '../../../model/duration.ts'
import { WAIT, WAIT_FLAGS } from '../../cli/commands/wait.ts'
import { refuseUnknownVariables } from '../../cli/variables.ts'
import { readArguments } from '../../config/arguments.ts'
import { UsageError } from '../../config/usage.ts'
import { helpText } from '../../manual/help.ts'
import type { Streams } from '../command.ts'
import { readConnection } from '../connection-settings.ts'
import { connected } from '../converse.ts'
import { PATIENCE_MS } from '../flags.ts'
import { readSince } from '../pipe/since.ts'
import { readPattern } from '../waiting/pattern.ts'

export async function wait(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  { stdout, stderr }: Streams,
): Promise<number> {
  const read = readArguments(argv, WAIT_FLAGS, () => helpText(WAIT))
  if (typeof read === 'string') {
    stdout.write(read)
    return 0
  }
  refuseUnknownVariables(env)
  const { given, words } = read
  const [pattern = '', second] = words
  if (second !== undefined) {
    throw new UsageError(
      `Give one pattern, without "${second}". A pattern with spaces needs quotes; the server is --server.`,
    )
  }
  const connection = readConnection(given.get('server'), given, env, false)
  const waiting = {
    matches: readPattern(pattern),
    from: given.get('from') ?? null,
    room: connection.room,
    since: given.has('since') ? readSince(given.get('since') ?? '', Date.now()) : null,
    timeout: readTimeout(given.get('timeout')),
    json: given.has('json'),
  }
  const { patience = PATIENCE_MS } = connection
  return connected(
    connection,
    {
      load: async () => {
        const { runWait } = await import('../waiting/run-wait.ts')
        return client => runWait(client, waiting, { output: stdout, errors: stderr })
      },
      wish: { ...{ reconnect: true, insist: false, patience }, room: connection.room, history: 0, catchUp: false },
      listens: true,
    },
    env,
    text => void stderr.write(`rxchat: ${text}\n`),
  )
}

function readTimeout(text: string | undefined): number | null {
  const ms = text === undefined ? null : readDuration(text)
  if (text === undefined || ms !== null) return ms
  throw new UsageError(`--timeout must be a time such as 30s, 10m or 1h, not "${text}".`)
}
