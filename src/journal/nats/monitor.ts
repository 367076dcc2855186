/** Asks brokers whether they write to the disk before they acknowledge. Only their monitoring ports tell. */
import { BROKER_ANSWER_MS } from '../../model/limits.ts'

/** The answers of monitoring ports. `name` is the broker's. */
export type SyncAnswers = {
  readonly answers: readonly { readonly name: string; readonly isSynced: boolean }[]
  /** The ports that don't answer, or don't tell. */
  readonly silent: readonly string[]
}

type Varz = {
  readonly server_name?: string
  readonly jetstream?: { readonly config?: { readonly sync_always?: boolean } }
}

/** `monitors` are origins, such as `http://127.0.0.1:8222`. */
export async function syncAnswers(monitors: readonly string[]): Promise<SyncAnswers> {
  const all = await Promise.all(monitors.map(async monitor => ({ monitor, answer: await answerOf(monitor) })))
  return {
    answers: all.flatMap(({ answer }) => answer ?? []),
    silent: all.flatMap(({ monitor, answer }) => (answer ? [] : [monitor])),
  }
}

/** Null: it doesn't say. */
async function answerOf(monitor: string): Promise<SyncAnswers['answers'][number] | null> {
  try {
    const answer = await fetch(`${monitor}/varz`, { signal: AbortSignal.timeout(BROKER_ANSWER_MS) })
    const { server_name: name = monitor, jetstream } = (await answer.json()) as Varz
    return jetstream?.config ? { name, isSynced: jetstream.config.sync_always === true } : null
  } catch {
    return null
  }
}
