/** How the brokers keep acknowledged inputs, in sentences for the host. */
import type { SyncAnswers } from '../../../journal/nats/monitor.ts'
import { durationText } from '../../../model/duration.ts'
import type { NodeStatus } from '../../../server/observe/node-status.ts'
import type { BrokerWatch, WatchedBroker } from './brokers.ts'

/** A majority of `replicas` brokers stores a message before it's acknowledged. `now` is monotonic. */
export function storageLines(
  replicas: number,
  sync: SyncAnswers,
  { brokers, isOld }: Pick<BrokerWatch, 'brokers' | 'isOld'>,
  now: number,
  nodes: readonly Pick<NodeStatus, 'isOwn' | 'disks'>[],
): readonly string[] {
  const stored = `Stored: by ${Math.floor(replicas / 2) + 1} of ${replicas} brokers before it is acknowledged.`
  const listed =
    brokers.length === 0
      ? []
      : [
          `${isOld ? 'Brokers, as they were when they answered last' : 'Brokers'}: ${brokers.map(broker => brokerText(broker, now)).join(', ')}.`,
        ]
  return [stored, `On the disk before that: ${diskText(sync, brokers, nodes)}.`, ...listed]
}

function diskText(
  { answers, silent }: SyncAnswers,
  brokers: readonly WatchedBroker[],
  nodes: readonly Pick<NodeStatus, 'isOwn' | 'disks'>[],
): string {
  const asked = answers.map(({ name, isSynced }) => `${name} ${isSynced ? 'yes' : NOT_ON_DISK}`)
  const others = nodes.filter(({ isOwn }) => !isOwn)
  const unasked = brokers.filter(({ name }) => !answers.some(answer => answer.name === name))
  const told = unasked.map(({ name }) => [name, toldText(others.map(({ disks }) => disks[name]))] as const)
  const mute = silent.map(port => `${port} does not answer`)
  if (asked.length + mute.length === 0 && told.every(([, text]) => text === UNKNOWN)) return NOBODY_ASKS
  return [...asked, ...told.map(words => words.join(' ')), ...mute].join(', ')
}

const NOBODY_ASKS = 'not known, since there is no --nats-monitor to ask'
const UNKNOWN = 'not known'
const NOT_ON_DISK = 'no (set sync_interval: always)'

/** The reports of other nodes, which asked that broker. */
function toldText(said: readonly (boolean | undefined)[]): string {
  if (said.includes(false)) return NOT_ON_DISK
  return said.includes(true) ? 'yes' : UNKNOWN
}

function brokerText({ name, isLeader, state, since }: WatchedBroker, now: number): string {
  if (isLeader) return `${name} leads`
  return since === null ? `${name} ${state}` : `${name} ${state} for ${durationText(now - since)}`
}
