/** Whether what is acknowledged is on the disks of the brokers, as far as their monitoring ports say. */
import { type SyncProof, syncProof } from '../../../journal/nats/monitor.ts'
import { SYNC_ASKED_MS } from '../../../model/limits.ts'
import { notSynced } from '../log/cluster-line.ts'
import type { LogLine } from '../log/line.ts'

/** Asks now and then. Logs it when the answer has become worse than `synced`. Returns the latest answer. */
export async function watchSync(monitors: readonly string[], log: (line: LogLine) => void): Promise<() => SyncProof> {
  let latest: SyncProof = 'synced'
  const ask = async (): Promise<void> => {
    const proof = await syncProof(monitors)
    if (proof !== latest && proof !== 'synced') log(notSynced(proof))
    latest = proof
  }
  await ask()
  if (monitors.length > 0) setInterval(() => void ask(), SYNC_ASKED_MS).unref()
  return () => latest
}

const ON_DISK: Readonly<Record<SyncProof, string>> = {
  synced: 'on their disks, before it is acknowledged',
  unsynced: 'but not on their disks before it is acknowledged: set sync_interval: always',
  unknown: 'on their disks or not: --nats-monitor would tell',
}

/** A majority of `replicas` brokers stores a message before it's acknowledged. */
export function storedSentence(replicas: number, proof: SyncProof): string {
  return `Stored: by ${Math.floor(replicas / 2) + 1} of ${replicas} brokers, ${ON_DISK[proof]}.`
}
