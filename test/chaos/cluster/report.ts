/** The report of a run with several nodes, as lines for people. */
import { counts, verdictLines } from '../report.ts'
import type { Report, Suffered } from './run.ts'

/** Of one fault. All times are in milliseconds. */
export type Pause = Omit<Suffered, 'fault' | 'reconnects'> & Pick<Suffered['fault'], 'name' | 'promise'>

export const pausesOf = ({ suffered }: Report): readonly Pause[] =>
  suffered.map(({ fault: { name, promise }, others, hit, noticed }) => ({ name, promise, others, hit, noticed }))

/** A promise of a run that was not kept; null: it was, or there's none. */
export function brokenPromise({ fault, others }: Suffered): string | null {
  if (fault.promise === null || others <= fault.promise) return null
  return `${fault.name}: a message waited ${seconds(others)}, and ${seconds(fault.promise)} are promised`
}

export const clusterLines = (seed: string, report: Report): readonly string[] => [
  `seed ${seed}: the longest that a message waited`,
  ...report.suffered.map(sufferedLine),
  `connections: ${counts(report.comings)}; visits by lines and as the original's client: ${report.visits}`,
  `clients by kind and exit code, and how many: ${counts(report.ends)}`,
  ...erasureLines(report),
  ...verdictLines(report),
]

function sufferedLine(one: Suffered): string {
  const { fault, others, hit, noticed, reconnects } = one
  const promised = fault.promise === null ? 'no promise' : `promised ${seconds(fault.promise)}`
  return [
    `  ${fault.name.padEnd(NAME_CHARS)} ${(hit === null || fault.promise !== null ? seconds(others) : 'all are hit').padStart(11)}`,
    ...[promised, ...(hit === null ? [] : [`at the node itself ${seconds(hit)}`])],
    ...(noticed === null ? [] : [`its end noticed after ${seconds(noticed)}`]),
    ...[`${reconnects} connected again`, ...(brokenPromise(one) === null ? [] : ['BEYOND THE PROMISE'])],
  ].join('; ')
}

const NAME_CHARS = 58

function erasureLines({ erasure: { inNodes, inBrokers, left, seconds: after } }: Report): readonly string[] {
  return [
    `erased words, when the deletion was shown: in ${inNodes.length} files of nodes, in ${inBrokers.length} of brokers; ` +
      (left.length === 0 ? `in none after ${after} s` : `still in ${left.length} after ${after} s`),
    ...left.map(file => `  ${file}`),
  ]
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
