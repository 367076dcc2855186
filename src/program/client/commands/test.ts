/** `rxchat test`: a bot against a recorded day. */
import { DataError } from '../../../journal/data-error.ts'
import { readName, readRoom } from '../../../model/name/name.ts'
import { LOBBY } from '../../../model/name/standing.ts'
import { flatten } from '../../../model/text.ts'
import { TEST, TEST_FLAGS } from '../../cli/commands/test.ts'
import { readArguments } from '../../config/arguments.ts'
import { UsageError } from '../../config/usage.ts'
import { helpText } from '../../manual/help.ts'
import { SIGNALLED, SIGNALS } from '../../terminal/output.ts'
import type { Streams } from '../command.ts'
import { type Day, readDay } from '../lab/day/read-day.ts'
import { tryBot } from '../lab/lab.ts'
import type { Observed } from '../lab/verdict/observed.ts'
import { reportJson, reportLines } from '../lab/verdict/report.ts'

/** Troubles of one kind: more than that have no room in a day. */
const TROUBLES_MAX = 1000
const SETTLE_MAX_MS = 10_000

export async function test(
  argv: readonly string[],
  _env: NodeJS.ProcessEnv,
  { stdin, stdout, stderr }: Streams,
): Promise<number> {
  const read = readArguments(argv, TEST_FLAGS, () => helpText(TEST))
  if (typeof read === 'string') {
    stdout.write(read)
    return 0
  }
  const { given, words } = read
  const [command, record, ...rest] = words
  if (command === undefined || record === undefined || rest.length > 0) {
    throw new UsageError(
      'Give a command and a record: rxchat test ./bot.sh day.ndjson. A command with spaces needs quotes.',
    )
  }
  const number = (name: 'cuts' | 'restarts' | 'repeats' | 'settle', most: number): number => {
    const text = given.get(name) ?? TEST_FLAGS[name].otherwise
    if (/^\d{1,6}$/.test(text) && Number(text) <= most) return Number(text)
    throw new UsageError(`--${name} must be a whole number from 0 to ${most}, not "${text}".`)
  }
  const wanted = {
    cuts: number('cuts', TROUBLES_MAX),
    restarts: number('restarts', TROUBLES_MAX),
    repeats: number('repeats', TROUBLES_MAX),
  }
  const seed = given.get('seed') ?? TEST_FLAGS.seed.otherwise
  const name = given.get('name') ?? TEST_FLAGS.name.otherwise
  const room = given.get('room') ?? LOBBY
  if (!readName(name).ok) throw new UsageError(`--name ${name} is no name. Give one that a member could have.`)
  if (!readRoom(room).ok) throw new UsageError(`--room ${room} is no room. Give the name of one.`)
  const settings = { command, name, room, seed, quiet: number('settle', SETTLE_MAX_MS), cursor: wanted.repeats > 0 }
  const { acts, left } = await dayOf(record, stdin)
  // The runner of bots takes signals for its own. The exit ends the bot.
  for (const signal of SIGNALS) process.on(signal, () => process.exit(SIGNALLED))
  const showing = stderr.isTTY === true
  const result = await tryBot(acts, settings, wanted, done => {
    if (showing) stderr.write(`\r${Math.floor(done * 100)} %\r`)
  })
  refuseUnstarted(result.calm)
  const subject = {
    ...{ command, record, acts, left, seed },
    again: `rxchat test ${argvOf(argv, given.has('seed'), seed)}`,
  }
  stdout.write(given.has('json') ? `${reportJson(subject, result)}\n` : `${reportLines(subject, result).join('\n')}\n`)
  return result.findings.length === 0 ? 0 : 1
}

/** The shell has said in its own words why: it exits with 127 if there is no such command, and with 126 if it may not run. */
function refuseUnstarted({ ended, answers }: Observed): void {
  if (answers.length > 0 || (ended?.code !== 127 && ended?.code !== 126)) return
  throw new UsageError(
    `The command cannot be run: ${flatten(ended.said) || `exit code ${ended.code}`}. Give one that the shell finds and may run.`,
  )
}

async function dayOf(record: string, stdin: Streams['stdin']): Promise<Day> {
  try {
    const day = await readDay(record, stdin)
    if (day.acts.length > 0) return day
    throw new UsageError(
      `${record} has no messages. Record some: rxchat HOST --json --since 1d < /dev/null > day.ndjson.`,
    )
  } catch (error) {
    throw error instanceof DataError ? new UsageError(error.message) : error
  }
}

const argvOf = (argv: readonly string[], hasSeed: boolean, seed: string): string =>
  [...argv, ...(hasSeed ? [] : ['--seed', seed])].map(quoted).join(' ')

/** For a shell. */
const quoted = (word: string): string => (/^[\w./:=@,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)
