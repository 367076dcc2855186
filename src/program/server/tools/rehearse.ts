/** `rxchat-server rehearse`: the messages that a rule would have stopped. */
import { triedLines } from '../../../codec/tried-lines.ts'
import { openRecording } from '../../../journal/open-recording.ts'
import { readTime } from '../../../model/duration.ts'
import type { Rule } from '../../../model/keeping/trial.ts'
import { readRoom, roomFault } from '../../../model/name/name.ts'
import { Unfit } from '../../../replay/rehearse/placing.ts'
import { Rehearsal } from '../../../replay/rehearse/rehearse.ts'
import { RULE_FORMS, readRule, ruleText, switchText } from '../../../replay/rehearse/rule.ts'
import { localDay, localTime } from '../../../system/time-of-day.ts'
import { REHEARSE, REHEARSE_FLAGS } from '../../cli/tools.ts'
import { readArguments } from '../../config/arguments.ts'
import { UsageError } from '../../config/usage.ts'
import { helpText } from '../../manual/help.ts'
import { journalArgument } from './journal-argument.ts'
import { Lines } from './lines.ts'
import type { Io } from './run.ts'

const COMMAND = 'rxchat-server rehearse'

export async function rehearse(argv: readonly string[], { stdin, stdout }: Io): Promise<number> {
  const read = readArguments(argv, REHEARSE_FLAGS, () => helpText(REHEARSE))
  if (typeof read === 'string') {
    stdout.write(read)
    return 0
  }
  const { given } = read
  const [typed, ...rest] = read.words
  const room = roomOf(given.get('room'))
  const rule = ruleOf(typed, room)
  const since = sinceOf(given.get('since'))
  const { base, batches } = await openRecording(journalArgument(`${COMMAND} RULE`, rest), stdin)
  const rehearsal = new Rehearsal(base, { rule, room, since })
  try {
    for await (const batch of batches) for (const entry of batch) rehearsal.fold(entry)
  } catch (error) {
    throw error instanceof Unfit ? new UsageError(error.sentence) : error
  }
  const tried = { rule: ruleText(rule), room, switchOn: switchText(rule, room), ...rehearsal.result }
  const lines = new Lines(stdout)
  if (given.has('json')) lines.add(JSON.stringify({ type: 'tried', ...tried }))
  else for (const line of triedLines(tried, at => `${localDay(at)} ${localTime(at)}`)) lines.add(line)
  await lines.flush()
  return 0
}

function roomOf(typed: string | undefined): string | null {
  if (typed === undefined) return null
  const read = readRoom(typed)
  if (read.ok) return read.room
  throw new UsageError(`--room must be the name of a room; it ${roomFault(read)}.`)
}

function ruleOf(typed: string | undefined, room: string | null): Rule {
  if (typed === undefined) throw new UsageError(`Name a rule and a journal: ${COMMAND} 'slow 10s' JOURNAL. See --help.`)
  const read = readRule(typed, room)
  if (read.ok) return read.rule
  throw new UsageError(`The rule cannot be tried: ${read.detail}. Rules are: ${RULE_FORMS.join(', ')}.`)
}

function sinceOf(text: string | undefined): number {
  const at = text === undefined ? 0 : readTime(text, Date.now())
  if (at !== null) return at
  throw new UsageError(`--since must be a time ago such as 30d, or a time such as 2026-11-22T10:00Z, not "${text}".`)
}
