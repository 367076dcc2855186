/** Journals for the tools, as a file holds them. */
import { entryLine, exportedRecording, headerLine } from '../../src/journal/exported.ts'
import type { Base, Recording } from '../../src/journal/recording.ts'
import type { Entry } from '../../src/model/input.ts'
import type { Journal } from '../../src/port/journal.ts'

const NOTHING: Base = { seq: 0, state: null }

/** As `export` writes them. */
export const exported = (entries: readonly Entry[], base = NOTHING): string =>
  [headerLine({ epoch: 'epoch', base }), ...entries.map(entryLine)].map(text => `${text}\n`).join('')

/** `text`, in pieces of `size` characters. */
export async function* pieces(text: string, size = 1000): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

export async function entriesOf({ batches }: Pick<Recording, 'batches'>): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  for await (const batch of batches) entries.push(...batch)
  return entries
}

/** All entries that a journal has after `seq`. */
export const entriesIn = (journal: Pick<Journal, 'read'>, seq = 0): Promise<readonly Entry[]> =>
  entriesOf({ batches: journal.read(seq) })

export const read = (text: string, size?: number): Promise<Recording> => exportedRecording(pieces(text, size), 'a file')
