/** A journal as lines of JSON, which `export` writes and `replay` reads: a header, then one entry a line. */
import { type Entry, textsOf } from '../model/input.ts'
import { withoutBom } from '../model/text.ts'
import { DataError } from './data-error.ts'
import type { Base, Recording } from './recording.ts'

const TYPE = 'rxchat-journal'
/** Raised whenever the meaning of a line changes. */
const FORMAT = 1

export const headerLine = ({ epoch, base }: Pick<Recording, 'epoch' | 'base'>): string =>
  JSON.stringify({
    type: TYPE,
    format: FORMAT,
    epoch,
    base: base.state === null ? { seq: base.seq } : base,
  })

type EntryLine = Omit<Entry, 'texts'> & { readonly text: string | null }

export const entryLine = ({ seq, input, texts, quarantined }: Entry): string =>
  JSON.stringify({ seq, input, text: isForNobody(input) ? null : (texts.text ?? null), quarantined })

/**
 * The endpoints of notifications: with them, anybody could disturb people. They're exported as if they had been erased.
 */
const isForNobody = ({ type }: Entry['input']): boolean => type === 'push' || type === 'carry-push'

/** `chunks` is the file in pieces of any size; `what` names it in errors. Rejects with a DataError. */
export async function exportedRecording(chunks: AsyncIterable<string>, what: string): Promise<Recording> {
  const batches = linesOf(chunks)
  const first = await batches.next()
  const [header = '', ...rest] = first.done ? [] : first.value
  const { epoch, base } = readHeader(header, what)
  return { epoch, base, last: null, batches: entries(rest, batches, base.seq, what) }
}

function readHeader(line: string, what: string): Pick<Recording, 'epoch' | 'base'> {
  const header = parsed(line) as { type?: unknown; format?: unknown; epoch: string; base: Partial<Base> } | null
  if (header?.type !== TYPE) {
    throw new DataError(
      `${what} is no journal of rxchat. Give a data directory, its journal.db, or a file that \`rxchat-server export\` wrote.`,
    )
  }
  if (header.format !== FORMAT) {
    throw new DataError(
      `${what} has format ${String(header.format)}, and this rxchat reads format ${FORMAT}. Use the rxchat that wrote it.`,
    )
  }
  return { epoch: header.epoch, base: { seq: header.base?.seq ?? 0, state: header.base?.state ?? null } }
}

async function* entries(
  first: readonly string[],
  later: AsyncIterable<readonly string[]>,
  base: number,
  what: string,
): AsyncGenerator<readonly Entry[]> {
  let seq = base
  const read = (line: string): Entry => {
    seq += 1
    const entry = parsed(line) as EntryLine | null
    if (entry?.seq === seq && typeof entry.input?.type === 'string') {
      return { seq, input: entry.input, texts: textsOf(entry.text), quarantined: entry.quarantined }
    }
    // Entry 1 is on line 2, after the header.
    throw new DataError(`${what}, line ${seq - base + 1}: it should be input ${seq}, whole. Export the journal again.`)
  }
  yield first.map(read)
  for await (const lines of later) yield lines.map(read)
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** Whole lines, as they come. The last line may lack its end. */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let open = ''
  let first = true
  for await (const chunk of chunks) {
    const lines = (open + (first ? withoutBom(chunk) : chunk)).split('\n')
    open = lines.pop() ?? ''
    first = false
    if (lines.length > 0) yield lines
  }
  if (open !== '') yield [open]
}
