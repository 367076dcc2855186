/** `rxchat-server export`: a journal as lines of JSON, whole, or without texts and names. */
import { entryLine, headerLine } from '../../../journal/exported.ts'
import { openRecording } from '../../../journal/open-recording.ts'
import { Redaction } from '../../../replay/redact.ts'
import { EXPORT, EXPORT_FLAGS } from '../../cli/tools.ts'
import { readArguments } from '../../config/arguments.ts'
import { helpText } from '../../manual/help.ts'
import { journalArgument } from './journal-argument.ts'
import { Lines } from './lines.ts'
import type { Io } from './run.ts'

export async function exportJournal(argv: readonly string[], { stdin, stdout }: Io): Promise<number> {
  const read = readArguments(argv, EXPORT_FLAGS, () => helpText(EXPORT))
  if (typeof read === 'string') {
    stdout.write(read)
    return 0
  }
  const { epoch, base, batches } = await openRecording(journalArgument('rxchat-server export', read.words), stdin)
  const redaction = read.given.has('redact') ? new Redaction() : null
  const lines = new Lines(stdout)
  lines.add(headerLine({ epoch, base: redaction?.base(base) ?? base }))
  for await (const batch of batches) {
    for (const entry of batch) {
      lines.add(entryLine(redaction?.entry(entry) ?? entry))
      if (lines.isFull) await lines.flush()
    }
    if (lines.gone) return 0
  }
  await lines.flush()
  return 0
}
