/** `rxchat-server export`: a journal as lines of JSON, whole, or without texts and names. */
import { entryLine, headerLine } from '../../../journal/exported.ts'
import { openRecording } from '../../../journal/open-recording.ts'
import { Redaction } from '../../../replay/redact.ts'
import { EXPORT, EXPORT_FLAGS } from '../../cli/tools.ts'
import { readArguments } from '../../config/arguments.ts'
import { UsageError } from '../../config/usage.ts'
import { helpText } from '../../manual/help.ts'
import { FileExport } from './export-files.ts'
import { journalArgument } from './journal-argument.ts'
import { Lines } from './lines.ts'
import type { Io } from './run.ts'

export async function exportJournal(argv: readonly string[], { stdin, stdout, stderr }: Io): Promise<number> {
  const read = readArguments(argv, EXPORT_FLAGS, () => helpText(EXPORT))
  if (typeof read === 'string') {
    stdout.write(read)
    return 0
  }
  const path = journalArgument('rxchat-server export', read.words)
  const folder = read.given.get('files')
  if (folder !== undefined && read.given.has('redact')) {
    throw new UsageError('--files with --redact does not work: files have contents and names.')
  }
  const { epoch, base, batches } = await openRecording(path, stdin)
  const files = folder === undefined ? null : new FileExport(path, folder, base)
  const redaction = read.given.has('redact') ? new Redaction() : null
  const lines = new Lines(stdout)
  lines.add(headerLine({ epoch, base: redaction?.base(base) ?? base }))
  for await (const batch of batches) {
    for (const entry of batch) {
      files?.add(entry)
      lines.add(entryLine(redaction?.entry(entry) ?? entry))
      if (lines.isFull) await lines.flush()
    }
    if (lines.gone) return 0
  }
  await lines.flush()
  const { copied, missing } = (await files?.write()) ?? { copied: 0, missing: 0 }
  if (files) stderr.write(`rxchat-server: copied ${copied} files to ${folder}.\n`)
  if (missing === 0) return 0
  stderr.write(`rxchat-server: ${missing} files are not in this data directory. A node keeps them at its brokers.\n`)
  return 1
}
