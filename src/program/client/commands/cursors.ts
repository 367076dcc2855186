/** `rxchat cursors`: lists, sets and removes cursors. */
import { CURSORS, CURSORS_FLAGS } from '../../cli/commands/cursors.ts'
import { refuseUnknownVariables } from '../../cli/variables.ts'
import { readArguments } from '../../config/arguments.ts'
import { UsageError } from '../../config/usage.ts'
import { helpText } from '../../manual/help.ts'
import type { Streams } from '../command.ts'
import { readConnection } from '../connection-settings.ts'
import type { CursorTask } from '../consume/run-cursors.ts'
import { connected } from '../converse.ts'
import { PATIENCE_MS } from '../flags.ts'

export async function cursors(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  { stdout, stderr }: Streams,
): Promise<number> {
  const read = readArguments(argv, CURSORS_FLAGS, () => helpText(CURSORS))
  if (typeof read === 'string') {
    stdout.write(read)
    return 0
  }
  refuseUnknownVariables(env)
  const { given, words } = read
  const task = readTask(words)
  const connection = readConnection(given.get('server'), given, env, false)
  const { patience = PATIENCE_MS } = connection
  return connected(
    connection,
    {
      load: async () => {
        const { runCursors } = await import('../consume/run-cursors.ts')
        return client => runCursors(client, task, given.has('json'), { output: stdout, errors: stderr })
      },
      wish: { ...{ reconnect: true, insist: false, patience }, room: connection.room, history: 0, catchUp: false },
      listens: false,
    },
    env,
    text => void stderr.write(`rxchat: ${text}\n`),
  )
}

function readTask([what = 'list', name, place, ...rest]: readonly string[]): CursorTask {
  if (what === 'list' && name === undefined) return { what }
  if (what === 'remove' && name !== undefined && place === undefined) return { what, ...named(name) }
  if (what === 'set' && name !== undefined && place !== undefined && rest.length === 0) {
    return { what, ...named(name), seq: readPlace(place) }
  }
  throw new UsageError('Give nothing, or "set NAME SEQ|now|start", or "remove NAME". See rxchat cursors --help.')
}

/** `etl`, or `OWNER/etl` of somebody else. */
function named(typed: string): { readonly cursor: string; readonly owner?: string } {
  const slash = typed.lastIndexOf('/')
  return slash < 0 ? { cursor: typed } : { cursor: typed.slice(slash + 1), owner: typed.slice(0, slash) }
}

function readPlace(text: string): number | null {
  if (text === 'now') return null
  if (text === 'start') return 0
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new UsageError(`The place must be a number of at most 15 digits, now or start, not "${text}".`)
}
