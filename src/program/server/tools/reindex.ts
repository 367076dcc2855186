/** `rxchat-server reindex`: the history is a projection, and is made anew from the journal that it follows from. */
import { resolve } from 'node:path'
import { openStore } from '../../../journal/sqlite/store.ts'
import { recover } from '../../../server/recover.ts'
import { systemEntropy } from '../../../transport/entropy.ts'
import { type Flag, flagLines, readArguments } from '../../arguments.ts'
import { UsageError } from '../../usage.ts'
import { variable } from '../../variables.ts'
import { defaultDirectory } from '../data.ts'
import type { Io } from './run.ts'

const FLAGS = {
  data: { value: 'DIR', help: 'directory of what is kept', otherwise: '$XDG_STATE_HOME/rxchat' },
} as const satisfies Record<string, Flag>

const help = (): string => `Make history and search anew from the journal. The server has to be stopped.

Usage
  rxchat-server reindex [flags]

Flags
${flagLines(FLAGS)}

Nothing of the journal is changed. What was deleted stays deleted.
`

export async function reindex(argv: readonly string[], { stdout, stderr }: Io): Promise<number> {
  const read = readArguments(argv, FLAGS, help)
  if (typeof read === 'string') {
    stdout.write(read)
    return 0
  }
  const [word] = read.words
  if (word !== undefined) throw new UsageError(`"${word}" is not a flag. Say where the data is with --data ${word}.`)
  const named = read.given.get('data') ?? variable(process.env, 'RXCHAT_DATA')
  const { journal, history } = openStore(named === undefined ? defaultDirectory(process.env) : resolve(named), () =>
    systemEntropy.id(),
  )
  try {
    history.clear()
    const { seq } = recover(journal, history, (entry, error) => {
      stderr.write(`rxchat-server: input ${entry.seq} was passed over: ${String(error)}\n`)
    })
    history.index()
    stdout.write(`The history is made anew, from ${seq - journal.base} inputs.\n`)
    return 0
  } finally {
    await journal.close()
  }
}
