/** `rxchat-server replay`: the result of every input of a journal, in this build, or compared with another one. */
import { openRecording } from '../../../journal/open-recording.ts'
import type { Recording } from '../../../journal/recording.ts'
import { aligned } from '../../../model/text.ts'
import { Replay } from '../../../replay/replay.ts'
import { eventsOf, RunningHash, stateHash } from '../../../replay/trace.ts'
import { REPLAY, REPLAY_FLAGS } from '../../cli/tools.ts'
import { readArguments } from '../../config/arguments.ts'
import { UsageError } from '../../config/usage.ts'
import { helpText } from '../../manual/help.ts'
import { type Comparison, compare } from './compare.ts'
import { journalArgument } from './journal-argument.ts'
import { Lines } from './lines.ts'
import type { Io } from './run.ts'
import { Summary } from './summary.ts'
import { traceLines, upTo } from './trace.ts'

export async function replay(argv: readonly string[], { stdin, stdout, stderr }: Io): Promise<number> {
  const read = readArguments(argv, REPLAY_FLAGS, () => helpText(REPLAY))
  if (typeof read === 'string') {
    stdout.write(read)
    return 0
  }
  const { given } = read
  const path = journalArgument('rxchat-server replay', read.words)
  const until = untilOf(given.get('until'))
  const command = given.get('compare')
  if (command !== undefined) refuseWithCompare(path, given)
  const recording = await openRecording(path, stdin)
  // Inputs that a running server adds in the meantime don't count, so that both builds stop at the same input.
  const end = Math.min(until, recording.last ?? until)
  const lines = new Lines(stdout)
  if (command !== undefined) {
    const bound = Number.isFinite(end) ? ['--until', `${end}`] : []
    const args = ['replay', path, '--json', '--hash', ...bound]
    const verdict = await compare(traceLines(recording, end, true), command, args)
    if (verdict.type === 'failed') stderr.write(`rxchat-server: ${failure(command, verdict.complaint)}\n`)
    else for (const line of verdictLines(verdict)) lines.add(line)
    await lines.flush()
    return verdict.type === 'agree' ? 0 : 1
  }
  if (given.has('json')) await printTrace(recording, end, given.has('hash'), lines)
  else await printSummary(recording, end, given.has('hash'), lines)
  await lines.flush()
  return 0
}

async function printTrace(recording: Recording, until: number, hashed: boolean, lines: Lines): Promise<void> {
  for await (const line of traceLines(recording, until, hashed)) {
    lines.add(line)
    if (lines.isFull) await lines.flush()
    if (lines.gone) return
  }
}

async function printSummary(recording: Recording, until: number, hashed: boolean, lines: Lines): Promise<void> {
  const began = performance.now()
  const replaying = new Replay(recording.base)
  const summary = new Summary()
  const hash = new RunningHash()
  for await (const batch of upTo(recording, until)) {
    for (const entry of batch) {
      const outcome = replaying.fold(entry)
      summary.add(entry, outcome)
      if (hashed) hash.add(entry.seq, eventsOf(outcome))
    }
  }
  for (const line of summary.lines(replaying.state, recording.base.seq, performance.now() - began)) lines.add(line)
  if (!hashed) return
  const hashes = [['events hash', hash.value] as const, ['state hash', stateHash(replaying)] as const]
  for (const line of ['', ...aligned(hashes)]) lines.add(line)
}

function untilOf(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY
  const seq = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(seq) && seq > 0) return seq
  throw new UsageError(`--until must be the number of an input, from 1 on, not "${text}".`)
}

/** Hashes are compared anyway, and two programs can't share one stdin. */
function refuseWithCompare(path: string, given: ReadonlyMap<string, string>): void {
  if (given.has('json')) throw new UsageError('--compare and --json contradict each other. Give one of them.')
  if (given.has('hash')) throw new UsageError('--compare compares the hashes anyway. Leave out --hash.')
  if (path === '-') throw new UsageError('--compare needs a journal that both programs can read. Give a file.')
}

const failure = (command: string, complaint: string): string =>
  `${command} cannot replay this journal${complaint === '' ? '. Give the rxchat-server of another build.' : `: ${complaint}`}`

function verdictLines(verdict: Exclude<Comparison, { type: 'failed' }>): readonly string[] {
  if (verdict.type === 'agree') return [`The builds agree on ${verdict.inputs} inputs.`]
  const { here, there } = verdict
  const { seq, type } = headOf(here) ?? headOf(there) ?? {}
  const where = type === 'end' ? `in the room after input ${seq}` : `at input ${seq} (${type})`
  return [
    `The builds differ ${where}.`,
    ...aligned([
      ['this', here ?? 'has ended'],
      ['that', there ?? 'has ended'],
    ]),
  ]
}

function headOf(line: string | null): { readonly seq: number; readonly type: string } | null {
  try {
    return line === null ? null : JSON.parse(line)
  } catch {
    return null
  }
}
