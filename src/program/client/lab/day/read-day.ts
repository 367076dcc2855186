/**
 * Reads a recorded day: a journal, as `rxchat-server export` and a server write it, or the lines that `rxchat --json` has
 * printed. The first line says which one it is.
 */
import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { readReply } from '../../../../codec/native/reply.ts'
import { DataError } from '../../../../journal/data-error.ts'
import { exportedRecording, linesOf } from '../../../../journal/exported.ts'
import { openRecording } from '../../../../journal/open-recording.ts'
import type { Recording } from '../../../../journal/recording.ts'
import type { Entry } from '../../../../model/input.ts'
import { LAB_ACTS_MAX } from '../../../../model/limits.ts'
import { readStoredText } from '../../../../model/message/stored-text.ts'
import { Replay } from '../../../../replay/replay.ts'
import { type Act, actOf, type RecordedEvent } from './day.ts'

/** `left`: earlier acts that are left out, since the lab plays the latest ones. */
export type Day = { readonly acts: readonly Act[]; readonly left: number }

/** The beginning of a file, which shows its kind. */
const BEGINNING_BYTES = 4096
const JOURNAL = /^\uFEFF?\{"type":"rxchat-journal"/
const EVENT = /^\uFEFF?\s*\{.*"type"/

/** `-` reads `stdin`. Rejects with a DataError that names the remedy. */
export async function readDay(path: string, stdin: Readable): Promise<Day> {
  const found = path === '-' ? null : statSync(path, { throwIfNoEntry: false })
  // A directory or a database, or nothing: the errors of a journal fit.
  if (path !== '-' && (!found?.isFile() || !EVENT.test(beginningOf(path))))
    return bounded(recorded(await open(path, stdin)))
  const chunks = (path === '-' ? stdin : createReadStream(path)).setEncoding('utf8') as AsyncIterable<string>
  const what = path === '-' ? 'stdin' : path
  const pieces = chunks[Symbol.asyncIterator]()
  const first = await pieces.next()
  const all = again(first.done ? '' : first.value, pieces)
  const isJournal = JOURNAL.test(first.done ? '' : first.value)
  return bounded(isJournal ? recorded(await exportedRecording(all, what)) : printed(all, what))
}

async function open(path: string, stdin: Readable): Promise<Recording> {
  try {
    return await openRecording(path, stdin)
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    throw new DataError(`${error.message} The lab also takes what \`rxchat --json --since 1d\` has printed.`)
  }
}

function beginningOf(path: string): string {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(BEGINNING_BYTES)
    return bytes.toString('utf8', 0, readSync(file, bytes)).split('\n')[0] ?? ''
  } finally {
    closeSync(file)
  }
}

async function* again(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

async function bounded(acts: AsyncIterable<Act>): Promise<Day> {
  let kept: Act[] = []
  let left = 0
  for await (const act of acts) {
    kept.push(act)
    if (kept.length < LAB_ACTS_MAX * 2) continue
    left += kept.length - LAB_ACTS_MAX
    kept = kept.slice(-LAB_ACTS_MAX)
  }
  const over = Math.max(0, kept.length - LAB_ACTS_MAX)
  return { acts: kept.slice(over), left: left + over }
}

async function* recorded({ base, batches }: Recording): AsyncGenerator<Act> {
  const replay = new Replay(base)
  const edits = new Map<number, string>()
  for await (const batch of batches) {
    for (const entry of batch) {
      if (entry.input.type === 'edit' && entry.texts.text !== undefined) edits.set(entry.seq, entry.texts.text)
      yield* happened(replay, entry, edits)
    }
  }
}

function* happened(replay: Replay, entry: Entry, edits: ReadonlyMap<number, string>): Generator<Act> {
  const outcome = replay.fold(entry)
  if (outcome.type !== 'folded') return
  const { seq, at, text, events } = outcome.step
  for (const { kind, event } of events) {
    if (kind !== 'public') continue
    const edit = event.type === 'edited' ? edits.get(event.edit) : undefined
    const words = event.type === 'edited' ? (edit === undefined ? null : readStoredText(edit).text) : text
    const act = actOf(event as RecordedEvent, seq, at, words)
    if (act) yield act
  }
}

async function* printed(chunks: AsyncIterable<string>, what: string): AsyncGenerator<Act> {
  const said = new Set<number>()
  let at = 0
  for await (const lines of linesOf(chunks)) {
    for (const line of lines) {
      at += 1
      if (line.trim() === '') continue
      if (!isObject(line)) throw new DataError(notOurs(what, at))
      // Lines of rxchat's own, such as `gap`, and those of a newer one, are nothing that people did.
      const reply = readReply(line)
      if (!reply || !('at' in reply)) continue
      if (reply.type === 'said' && said.has(reply.seq)) continue
      if (reply.type === 'said') said.add(reply.seq)
      const act = actOf(reply, reply.seq, reply.at, 'text' in reply ? (reply.text ?? null) : null)
      if (act) yield act
    }
  }
}

const notOurs = (what: string, line: number): string =>
  `${what}, line ${line}, is no event. Give a file that \`rxchat-server export\` or \`rxchat --json --since 1d\` has written.`

function isObject(line: string): boolean {
  try {
    const json: unknown = JSON.parse(line)
    return typeof json === 'object' && json !== null && 'type' in json && typeof json.type === 'string'
  } catch {
    return false
  }
}
