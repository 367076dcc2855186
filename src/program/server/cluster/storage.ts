/** How the brokers keep what is acknowledged, in sentences for the host. */
import type { SyncAnswers } from '../../../journal/nats/monitor.ts'
import { durationText } from '../../../model/duration.ts'
import type { BrokerWatch, WatchedBroker } from './brokers.ts'
import { proofOf } from './sync.ts'

/** A majority of `replicas` brokers stores a message before it's acknowledged. `now` is monotonic. */
export function storageLines(
  replicas: number,
  sync: SyncAnswers,
  { brokers, isOld }: Pick<BrokerWatch, 'brokers' | 'isOld'>,
  now: number,
): readonly string[] {
  const stored = `Stored: by ${Math.floor(replicas / 2) + 1} of ${replicas} brokers before it is acknowledged.`
  const listed =
    brokers.length === 0
      ? []
      : [
          `${isOld ? 'Brokers, as they were when they answered last' : 'Brokers'}: ${brokers.map(broker => brokerText(broker, now)).join(', ')}.`,
        ]
  return [stored, `On the disk before that: ${diskText(sync, brokers)}.`, ...listed]
}

function diskText(sync: SyncAnswers, brokers: readonly WatchedBroker[]): string {
  const { answers, silent } = sync
  if (proofOf(sync) === 'unasked') return 'not known here, since this node has no --nats-monitor to ask'
  const asked = answers.map(({ name, isSynced }) =>
    isSynced ? `${name} yes` : `${name} no (set sync_interval: always)`,
  )
  const unasked = brokers.filter(({ name }) => !answers.some(answer => answer.name === name))
  const rest =
    silent.length > 0 ? [`${silent.join(', ')} does not answer`] : unasked.map(({ name }) => `${name} not asked`)
  return [...asked, ...rest].join(', ')
}

function brokerText({ name, isLeader, state, since }: WatchedBroker, now: number): string {
  if (isLeader) return `${name} leads`
  return since === null ? `${name} ${state}` : `${name} ${state} for ${durationText(now - since)}`
}
