/** Reports as lines for people: how much was done, how much was checked, and the faults. */
import { type Verdict, WRONGS } from './check.ts'
import type { ConsumingReport } from './consuming.ts'
import type { Report as FillReport } from './full.ts'
import type { LivingReport } from './living.ts'
import type { Report as ChaosReport } from './run.ts'
import type { Sample } from './sample.ts'
import type { Report as StopReport } from './stopped.ts'

/** Faults that are shown, at most. */
const SHOWN = 20

const count = (number: number): string => number.toLocaleString('en')
const mebibytes = (kibibytes: number): string => `${(kibibytes / 1024).toFixed(1)} MiB`

export function verdictLines({ wrong, checked }: Verdict): readonly string[] {
  const { messages, fates, deliveries, events, gaps, missed, members } = checked
  const found = WRONGS.map(kind => `${wrong.filter(({ is }) => is === kind).length} ${kind}`)
  return [
    `checked: ${count(messages)} messages in the journal beside ${count(fates)} said; ${count(deliveries)} deliveries and ` +
      `${count(events)} events; ${count(gaps)} stated gaps of ${count(missed)} messages; ${count(members)} member lists`,
    `found:   ${found.join(', ')}`,
    ...wrong.slice(0, SHOWN).map(({ is, what }) => `  ${is}: ${what}`),
  ]
}

export const counts = (of: ReadonlyMap<string, number>): string =>
  [...of].map(([what, times]) => `${what} ${count(times)}`).join(', ')

export const chaosLines = (seed: string, report: ChaosReport): readonly string[] => [
  `seed ${seed}: ${report.kills} kills -9, ${report.stops} stops of clients; connections in trouble: ${counts(report.troubles)}`,
  `connections: ${counts(report.comings)}`,
  `clients by kind and exit code, and how many: ${counts(report.ends)}`,
  ...verdictLines(report),
]

export const consumingLines = (seed: string, report: ConsumingReport): readonly string[] => [
  `seed ${seed}: kills -9 of ${counts(report.kills)}; ${count(report.turns)} turns of programs with one cursor`,
  `checked: ${count(report.messages)} messages, ${count(report.once)} of them handled once; ${count(report.repeats)} repeats, each ` +
    'with the number of its message',
  `found:   ${report.wrong.length} skipped, out of order or not the same`,
  ...report.wrong.slice(0, SHOWN).map(what => `  ${what}`),
]

export const livingLines = (seed: string, report: LivingReport): readonly string[] => [
  `seed ${seed}: kills -9 of ${counts(report.kills)}, under programs that write into live messages`,
  `checked: ${count(report.equal)} outputs equal to what tee wrote, and ${count(report.begun)} the beginning of it, since their client was ` +
    `killed; ${count(report.bytes)} bytes`,
  `found:   ${report.wrong.length} of them different, or with the wrong exit code`,
  ...report.wrong.slice(0, SHOWN).map(what => `  ${what}`),
]

export const fillLines = (seed: string, report: FillReport): readonly string[] => [
  `seed ${seed}: the disk was full ${report.fills} times, and the server killed ${report.kills} times meanwhile; ` +
    `${count(report.refused)} commands were refused`,
  `clients by kind and exit code, and how many: ${counts(report.ends)}`,
  ...verdictLines(report),
]

/** For each round: the first sample, the worst while readers were stopped, and the last one. */
export function stopLines(report: StopReport): readonly string[] {
  const rounds = report.rounds.flatMap(({ name, messages, bytes, ms }) => {
    const of = (when: string): readonly Sample[] => report.samples.filter(one => one.when === `${name}: ${when}`)
    const rate = Math.round((messages * 1000) / ms)
    return [
      `${name}: ${count(messages)} messages of ${mebibytes(bytes / 1024)} in ${(ms / 1000).toFixed(1)} s, ${count(rate)} a second`,
      ...(['before', 'stopped', 'after'] as const).map(when => `  ${when.padEnd(8)} ${sampleLine(of(when))}`),
    ]
  })
  return [
    `${report.stopped.length} readers stopped, ${report.others.length} others`,
    ...rounds,
    ...verdictLines(report),
  ]
}

function sampleLine(samples: readonly Sample[]): string {
  const most = (of: (sample: Sample) => number): number => Math.max(...samples.map(of))
  const outstanding = most(({ readers }) => Math.max(...readers.map(one => one.outstanding)))
  const rings = /rings of \d+ KiB/.exec(samples.at(-1)?.stats ?? '')?.[0] ?? 'rings unknown'
  return `server RSS ${mebibytes(most(({ rss }) => rss))} at most; outstanding for one reader ${count(outstanding)} B at most; ${rings}`
}
