/** Asks brokers whether they write to the disk before they acknowledge. Only their monitoring ports say so. */
import { BROKER_ANSWER_MS } from '../../model/limits.ts'

/** `unknown`: no monitoring port is known, or one doesn't answer. */
export type SyncProof = 'synced' | 'unsynced' | 'unknown'

type Varz = { readonly jetstream?: { readonly config?: { readonly sync_always?: boolean } } }

/** `monitors` are origins, such as `http://127.0.0.1:8222`. */
export async function syncProof(monitors: readonly string[]): Promise<SyncProof> {
  const answers = await Promise.all(monitors.map(isSynced))
  if (answers.includes(false)) return 'unsynced'
  return answers.length > 0 && answers.every(Boolean) ? 'synced' : 'unknown'
}

/** Null: it doesn't say. */
async function isSynced(monitor: string): Promise<boolean | null> {
  try {
    const answer = await fetch(`${monitor}/varz`, { signal: AbortSignal.timeout(BROKER_ANSWER_MS) })
    const { jetstream } = (await answer.json()) as Varz
    return jetstream?.config ? jetstream.config.sync_always === true : null
  } catch {
    return null
  }
}
