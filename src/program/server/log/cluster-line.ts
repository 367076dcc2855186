/** Log lines of a node among several: its brokers, its log, and the other nodes. */
import { drainSentence } from '../../../server/observe/drain-sentence.ts'
import type { Note } from '../../../server/observe/notes.ts'
import type { LogLine } from './line.ts'

/** Notes of a server among several. */
export type ClusterNote = Extract<
  Note,
  {
    type:
      | 'cut-off'
      | 'reconnected'
      | 'draining'
      | 'drained'
      | 'node-started'
      | 'node-stopped'
      | 'node-down'
      | 'warden'
      | 'nodes-differ'
  }
>

export function ofClusterNote(note: ClusterNote): LogLine {
  const { type: event, ...fields } = note
  switch (note.type) {
    case 'cut-off':
      return { level: 'error', event, message: CUT_OFF, fields }
    case 'reconnected':
      return { level: 'warn', event, message: 'the log acknowledges again, and what waited is stored', fields }
    case 'draining':
    case 'drained':
      return { level: 'info', event, message: drainSentence(note), fields }
    case 'node-started': {
      const { node, isBack } = note
      if (isBack) return { level: 'warn', event, message: `node ${node} is back`, fields: { node } }
      return { level: 'info', event, message: `node ${node} has started`, fields: { node } }
    }
    case 'node-stopped':
      return { level: 'info', event, message: `node ${note.node} has stopped`, fields }
    case 'node-down': {
      const { node, isOwn } = note
      return { level: 'warn', event, message: isOwn ? WAS_DOWN : downSentence(node), fields: { node } }
    }
    case 'warden': {
      const { node, isOwn } = note
      const who = isOwn ? 'this node' : `node ${node}`
      return { level: 'info', event, message: `${who} is the warden now`, fields: { node } }
    }
    case 'nodes-differ':
      return { level: 'error', event, message: DIFFER, fields }
  }
}

const CUT_OFF =
  'cut off: the log acknowledges nothing. Nothing is acknowledged here until it does; check the brokers and the network'
const WAS_DOWN =
  'the other nodes took this one for gone, since nothing of it came for too long. It goes on as if it had just started'
const DIFFER = 'the rooms of the nodes differ: NODES lists them; please report it'

const downSentence = (node: string): string =>
  `node ${node} is gone: nothing of it came for too long. Its clients go on elsewhere, and those that can't have left`

/** `broker` is its address. `ms`: how long none answered; null: it's the first one. */
export const brokerConnected = (broker: string, ms: number | null): LogLine => ({
  level: ms === null ? 'info' : 'warn',
  event: 'broker-connected',
  message:
    ms === null ? `connected to the broker ${broker}` : `the broker ${broker} answers: the node is connected again`,
  fields: { broker, ms },
})

export const brokerLost = (broker: string): LogLine => ({
  level: 'warn',
  event: 'broker-lost',
  message: `lost the broker ${broker}, and looks for another`,
  fields: { broker },
})

/** A permission is missing, or the broker has another limit than it should. */
export const brokerRefused = (reason: string): LogLine => ({
  level: 'error',
  event: 'broker-refused',
  message: `the broker refused something: ${reason}`,
  fields: { reason },
})

/** Another broker than the one that the node is connected to may be meant, too. `name` is that of its configuration. */
export const brokerDown = (name: string, left: number, all: number): LogLine => ({
  level: 'warn',
  event: 'broker-down',
  message: `the broker ${name} is gone: ${left} of the ${all} that keep the log are left, and it takes ${Math.floor(all / 2) + 1}`,
  fields: { broker: name },
})

/** `ms`: how long it was gone or behind. */
export const brokerUp = (name: string, ms: number): LogLine => ({
  level: 'warn',
  event: 'broker-up',
  message: `the broker ${name} is back, and has all of the log`,
  fields: { broker: name, ms: Math.round(ms) },
})

/** `unasked`: no monitoring port was given. `unknown`: one of them doesn't answer. */
export type SyncProof = 'synced' | 'unsynced' | 'unknown' | 'unasked'

/** `places`: the names of the brokers that are not synced, or the monitoring ports that don't answer. */
export const notSynced = (proof: Exclude<SyncProof, 'synced'>, places: readonly string[]): LogLine => ({
  // Other nodes may ask, and NODES shows their answers.
  level: proof === 'unasked' ? 'info' : 'warn',
  event: 'not-synced',
  message: `messages are replicated, but ${NOT_SYNCED[proof](places.join(', '))}`,
  fields: { proof },
})

const NOT_SYNCED: Readonly<Record<Exclude<SyncProof, 'synced'>, (places: string) => string>> = {
  unsynced: names => `a power cut can take the latest: set sync_interval: always at the broker ${names}`,
  unknown: ports => `${ports} does not answer, so nobody can say whether that broker writes to the disk first`,
  unasked: () =>
    'this node asks no broker whether it writes to the disk first, without --nats-monitor: NODES says what others know',
}

/** The streams were made with fewer replicas than this node asks for. */
export const notReplicated = (replicas: number, wanted: number): LogLine => ({
  level: 'warn',
  event: 'not-replicated',
  message: `the log was made for ${replicas} of the brokers, not for ${wanted}: change that with deploy/cluster/replicas.mjs, as docs/cluster.md says`,
  fields: { replicas, wanted },
})

/** The inputs of a server that was alone, before they are in the log. */
export const historyBringing = (inputs: number): LogLine => ({
  level: 'info',
  event: 'history-bringing',
  message: `brings the history of this directory into the log: ${inputs} inputs`,
  fields: { inputs },
})

export const historyBrought = (inputs: number): LogLine => ({
  level: 'info',
  event: 'history-brought',
  message: 'the history is in the log, and other nodes can start',
  fields: { inputs },
})

/** The node can't go on, and ends. */
export const lostTheLog = (error: Error): LogLine => ({
  level: 'error',
  event: 'lost-the-log',
  message: error.message,
  fields: {},
})
