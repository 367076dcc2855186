/** `rxchat-server export`: a journal as lines of JSON, whole, or without what people wrote and who they are. */
import { entryLine, headerLine } from '../../../journal/exported.ts'
import { openRecording } from '../../../journal/open-recording.ts'
import { Redaction } from '../../../replay/redact.ts'
import { type Flag, flagLines, readArguments } from '../../arguments.ts'
import { JOURNAL_HELP, journalArgument } from './journal-argument.ts'
import { Lines } from './lines.ts'
import type { Io } from './run.ts'

const FLAGS = {
  redact: { help: 'leave out texts and names, for a report of a defect' },
} as const satisfies Record<string, Flag>

const help = (): string => `Print a journal as lines of JSON: a header, then an input a line.

Usage
  rxchat-server export JOURNAL [flags]

  ${JOURNAL_HELP}

Examples
  rxchat-server export ~/.local/state/rxchat > journal.ndjson
  rxchat-server export journal.db --redact | gzip > report.ndjson.gz

Flags
${flagLines(FLAGS)}

With --redact texts, topics, reasons and notes become as many x, and names,
rooms and hashes of tokens become pseudonyms. Times, ids and lengths stay.
`

export async function exportJournal(argv: readonly string[], { stdin, stdout }: Io): Promise<number> {
  const read = readArguments(argv, FLAGS, help)
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
