/** Whether acknowledged inputs are on the disks of the brokers, as far as their monitoring ports say. */
import { type SyncAnswers, syncAnswers } from '../../../journal/nats/monitor.ts'
import { SYNC_ASKED_MS } from '../../../model/limits.ts'
import { notSynced, type SyncProof } from '../log/cluster-line.ts'
import type { LogLine } from '../log/line.ts'

export function proofOf({ answers, silent }: SyncAnswers): SyncProof {
  if (answers.some(({ isSynced }) => !isSynced)) return 'unsynced'
  if (silent.length > 0) return 'unknown'
  return answers.length > 0 ? 'synced' : 'unasked'
}

/** Asks now and then. Logs it when the answer has become worse than `synced`. Returns the latest answers. */
export async function watchSync(monitors: readonly string[], log: (line: LogLine) => void): Promise<() => SyncAnswers> {
  let latest: SyncAnswers = { answers: [], silent: [] }
  let known: SyncProof = 'synced'
  const ask = async (): Promise<void> => {
    latest = await syncAnswers(monitors)
    const proof = proofOf(latest)
    if (proof !== known && proof !== 'synced') log(notSynced(proof, placesOf(latest, proof)))
    known = proof
  }
  await ask()
  if (monitors.length > 0) setInterval(() => void ask(), SYNC_ASKED_MS).unref()
  return () => latest
}

/** The brokers that are not synced, or the ports that don't answer. */
const placesOf = ({ answers, silent }: SyncAnswers, proof: SyncProof): readonly string[] =>
  proof === 'unsynced' ? answers.flatMap(({ name, isSynced }) => (isSynced ? [] : [name])) : silent
