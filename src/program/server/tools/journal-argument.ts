import { UsageError } from '../../config/usage.ts'

/** The one argument of every tool on a journal. `tool` is the tool's command. Throws UsageError. */
export function journalArgument(tool: string, words: readonly string[]): string {
  const [path, other] = words
  if (path === undefined) {
    throw new UsageError(`Name a journal: a data directory, a journal.db or an exported file: ${tool} JOURNAL.`)
  }
  if (other !== undefined) throw new UsageError(`Give only one journal, without "${other}". See ${tool} --help.`)
  return path
}
