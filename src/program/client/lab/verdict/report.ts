/** The report of the lab, for people and as JSON. */
import { flatten } from '../../../../model/text.ts'
import { localTime } from '../../../../system/time-of-day.ts'
import type { Act } from '../day/day.ts'
import type { Result } from '../lab.ts'
import type { Finding, FindingKind } from './judge.ts'

/** The bot's fault, and its remedy. */
const KINDS: Readonly<Record<FindingKind, readonly [sentence: string, mend: string]>> = {
  past: [
    'It answered the past',
    'Ignore each event that has "replayed":true, and the messages of pages that it asks for: they are over.',
  ],
  twice: [
    'It answered an event more than once',
    'Keep the seq of the last event that was answered, and ignore those that are not greater.',
  ],
  lost: [
    'It did not answer an event that it answers undisturbed',
    'Go on as before after a further "welcome": an event without "replayed" is live, and wants its answer.',
  ],
  crashed: ['It crashed', 'Let the program survive this event; the end of its stderr is shown.'],
  ended: ['It ended before its input did', 'Read stdin until its end: rxchat leaves when the program ends.'],
  'no-command': [
    'It wrote a line that is no command',
    'Write one JSON object a line to stdout, as docs/protocol.md says, and everything else to stderr.',
  ],
  runaway: [
    'It answers itself',
    'Ignore events that have the id of its own "welcome", and texts that it could have sent.',
  ],
  unflushed: [
    'It wrote its commands only when its input had ended',
    'Flush each line: print(…, flush=True) in Python, `sed -u`, `grep --line-buffered`, or `stdbuf -oL` before a command.',
  ],
  absent: [
    'It was not in the room in time',
    'Let its client reconnect for as long as it takes, and give a name and a room that the server takes.',
  ],
}

/** Findings of one kind that are shown one by one. */
const SHOWN = 5

export type Subject = {
  readonly command: string
  readonly record: string
  readonly acts: readonly Act[]
  readonly left: number
  readonly seed: string
  /** The command line that does the same again. */
  readonly again: string
}

export function reportLines({ command, record, acts, left, seed, again }: Subject, result: Result): readonly string[] {
  const { calm, troubled, findings } = result
  const people = new Set(acts.map(({ who }) => who)).size
  return [
    `${flatten(command)} against ${counted(acts.length, 'act')} of ${counted(people, 'person', 'people')} in ${flatten(record)}, seed ${seed}`,
    ...(left > 0 ? [`  the latest of them; ${counted(left, 'earlier one')} left out`] : []),
    '',
    `  undisturbed  ${counted(calm.answers.length, 'answer')}`,
    ...(troubled ? [`  disturbed    ${counted(troubled.answers.length, 'answer')}, with ${troubles(troubled)}`] : []),
    '',
    ...(findings.length === 0 ? praise(result) : kindsOf(findings).flatMap(kind => kindLines(kind, acts, findings))),
    ...(findings.length === 0 ? [] : [`${counted(findings.length, 'finding')}. Again: ${flatten(again)}`]),
  ]
}

const praise = ({ calm, troubled }: Result): readonly string[] =>
  calm.answers.length === 0
    ? [
        '✓ It survived, but it answered nothing, so there was nothing to compare.',
        '  Give a record that has what it reacts to, and with --name the name that it had there.',
      ]
    : troubled && troubled.cuts + troubled.restarts + troubled.repeats === 0
      ? ['✓ It answers, but it was not disturbed: the day is too short for that, or --cuts and --restarts are 0.']
      : ['✓ It answered nothing of the past and nothing twice, and it lost nothing.']

const troubles = ({ cuts, restarts, repeats, missed }: NonNullable<Result['troubled']>): string =>
  [
    counted(cuts, 'cut'),
    counted(restarts, 'restart'),
    ...(repeats > 0 ? [counted(repeats, 'repeat')] : []),
    `${counted(missed, 'act')} missed meanwhile`,
  ].join(', ')

const kindsOf = (findings: readonly Finding[]): readonly FindingKind[] => [...new Set(findings.map(({ kind }) => kind))]

function kindLines(kind: FindingKind, acts: readonly Act[], findings: readonly Finding[]): readonly string[] {
  const [sentence, mend] = KINDS[kind]
  const found = findings.filter(one => one.kind === kind)
  const more = found.length - SHOWN
  return [
    `✗ ${sentence}${found.length > 1 ? ` (${found.length} times)` : ''}.`,
    ...found
      .slice(0, SHOWN)
      .flatMap(({ act, did }) => [
        ...(act === null ? [] : [`    ${actLine(acts[act])}`]),
        ...did.split('\n').flatMap(line => (line === '' ? [] : [`      → ${flatten(line)}`])),
      ]),
    ...(more > 0 ? [`    and ${more} more`] : []),
    `  ${mend}`,
    '',
  ]
}

/** `1042  14:03:10  alice in lobby: !uptime`: the number is that of the record. */
function actLine(act: Act | undefined): string {
  if (!act) return ''
  const where = 'room' in act ? ` in ${act.room}` : 'to' in act ? ` to ${act.to}` : ''
  const what = 'text' in act ? `${where}: ${act.text}` : ` (${act.type}${where})`
  return flatten(`${act.seq}  ${localTime(act.at)}  ${act.who}${what}`).slice(0, 160)
}

/** The same as one line of JSON. */
export function reportJson(
  { command, record, acts, left, seed, again }: Subject,
  { calm, troubled, findings }: Result,
): string {
  return JSON.stringify({
    ...{ type: 'tested', command, record, seed, acts: acts.length, left, answers: calm.answers.length },
    disturbed: troubled && {
      answers: troubled.answers.length,
      ...{ cuts: troubled.cuts, restarts: troubled.restarts, repeats: troubled.repeats, missed: troubled.missed },
    },
    findings: findings.map(({ kind, act, did, disturbed }) => ({
      ...{ kind, disturbed, event: act === null ? null : (acts[act] ?? null), did },
      ...{ what: `${KINDS[kind][0]}.`, mend: KINDS[kind][1] },
    })),
    again,
  })
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
