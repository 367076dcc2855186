/** `rxchat-server reindex`: rebuilds the history from the journal. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DataError } from '../../../journal/data-error.ts'
import { JOURNAL_FILE, openStore } from '../../../journal/sqlite/store.ts'
import { recover } from '../../../server/commit/recover.ts'
import { systemEntropy } from '../../../transport/entropy.ts'
import { REINDEX, REINDEX_FLAGS } from '../../cli/tools.ts'
import { readArguments } from '../../config/arguments.ts'
import { UsageError } from '../../config/usage.ts'
import { helpText } from '../../manual/help.ts'
import { directory, readConfiguration } from '../settings/configuration.ts'
import type { Io } from './run.ts'

export async function reindex(argv: readonly string[], { stdout, stderr }: Io): Promise<number> {
  const read = readArguments(argv, REINDEX_FLAGS, () => helpText(REINDEX))
  if (typeof read === 'string') {
    stdout.write(read)
    return 0
  }
  const [word] = read.words
  if (word !== undefined) throw new UsageError(`"${word}" is not a flag. Name the data directory with --data ${word}.`)
  const { text: data } = directory(readConfiguration(read.given, process.env), process.env)
  if (!existsSync(join(data, JOURNAL_FILE))) {
    throw new DataError(`There is no journal in ${data}. Name the data directory of a server with --data DIR.`)
  }
  const { journal, history } = openStore(data, () => systemEntropy.id())
  try {
    history.clear()
    const recovery = await recover(journal, history, (entry, error) => {
      stderr.write(`rxchat-server: input ${entry.seq} was skipped: ${String(error)}\n`)
    })
    const { seq } = recovery.finish()
    history.index()
    stdout.write(`The history was rebuilt from ${seq - journal.base} inputs.\n`)
    return 0
  } finally {
    await journal.close()
  }
}
