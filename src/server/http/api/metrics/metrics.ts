/** Metrics of the server, in the text format of Prometheus. Collected only when they are asked for. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ListedCursor } from '../../../../codec/codec.ts'
import type { Proof } from '../../../../model/state/account.ts'
import { usage } from '../../../../reducer/messages/usage.ts'
import { SENDERS } from '../../../hooks-in/read.ts'
import { COMMIT_CLASSES, type Counts } from '../../../observe/counts.ts'
import type { Api } from '../../../programs/api.ts'
import { addHookMetrics } from './hook-metrics.ts'
import { addNodeMetrics } from './node-metrics.ts'

/** A sample of nothing: the lag of the event loop, before it was measured since the last look. */
const NO_NUMBER = /^\S+ NaN\n/gim

const registries = new WeakMap<Api, Registry>()

export async function exposition(api: Api): Promise<{ readonly type: string; readonly text: string }> {
  const registry = registries.get(api) ?? registryOf(api)
  registries.set(api, registry)
  return { type: registry.contentType, text: (await registry.metrics()).replace(NO_NUMBER, '') }
}

function registryOf(api: Api): Registry {
  const registry = new Registry()
  if (api.worker !== null) registry.setDefaultLabels({ worker: `${api.worker}` })
  const registers = [registry]
  const { counts } = api
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  }
  const counter = (name: string, help: string, read: () => number): void => {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(read())
      },
    })
  }
  new Gauge({
    name: 'rxchat_connections',
    help: 'Connections by protocol. http counts connections that speak no chat protocol, or nothing yet.',
    labelNames: ['protocol'],
    registers,
    collect() {
      this.reset()
      for (const protocol of ['native', 'websocket', 'line', 'classic', 'http']) this.set({ protocol }, 0)
      for (const { protocol, state } of api.connections())
        if (state !== 'away') this.inc({ protocol: protocol ?? 'http' })
    },
  })
  gauge('rxchat_members', 'Members, including those away.', () => api.state().members.size)
  gauge('rxchat_sessions', 'Sessions of members, including those away.', () => api.state().sessions.size)
  gauge('rxchat_accounts', 'Accounts, here or not.', () => api.state().accounts.size)
  gauge('rxchat_rooms', 'Rooms.', () => api.state().rooms.size)
  gauge('rxchat_files', 'Files that people have sent.', () => api.state().files.size)
  gauge('rxchat_file_bytes', 'Bytes in all files.', () => usage(api.state()).bytes)
  gauge('rxchat_cursors', 'Cursors, held or not.', () => api.state().cursors.size)
  cursorGauge(
    registers,
    api,
    'rxchat_cursor_lag_messages',
    'Messages after the place of a cursor, by its number.',
    ({ lag }) => lag ?? 0,
  )
  cursorGauge(
    registers,
    api,
    'rxchat_cursor_lag_seconds',
    'Age of the first message after the place of a cursor; 0: there is none.',
    ({ since }) => (since === null ? 0 : Math.max(0, api.clock.now() - since) / 1000),
  )
  gauge('rxchat_journal_seq', 'Number of the latest input.', () => api.state().seq)
  new Gauge({
    name: 'rxchat_journal_unsettled_inputs',
    help: 'Inputs of this server that are not known to be stored: in an append, or waiting for the next one.',
    labelNames: ['where'],
    registers,
    collect() {
      const { appended, waiting } = api.unsettled()
      this.set({ where: 'appended' }, appended)
      this.set({ where: 'waiting' }, waiting)
    },
  })
  counter('rxchat_inputs_total', 'Inputs since the start.', () => counts.inputs)
  counter('rxchat_deliveries_total', 'Events since the start, counted once for each receiver.', () => counts.deliveries)
  gauge('rxchat_rings', 'Rings: the latest events of a room, for one protocol.', () => api.held().rings)
  gauge('rxchat_ring_bytes', 'Bytes in all rings.', () => api.held().bytes)
  gauge('rxchat_streams', 'Event streams over HTTP.', () => api.held().streams)
  gauge('rxchat_slow_readers', 'Connections that have not read all that was written to them.', () => {
    return api.connections().filter(({ state }) => state === 'behind').length
  })
  counter(
    'rxchat_slow_readers_let_go_total',
    'Readers that the server dropped because they were too slow.',
    () => counts.letGo,
  )
  new Counter({
    name: 'rxchat_logins_total',
    help: 'Sessions that began with a credential of an account, by its kind.',
    labelNames: ['kind'],
    registers,
    collect() {
      this.reset()
      for (const kind of KINDS) this.inc({ kind }, counts.logins.get(kind) ?? 0)
    },
  })
  counter('rxchat_login_failures_total', 'Attempts to sign in that failed.', () => counts.failures)
  new Counter({
    name: 'rxchat_rejections_total',
    help: 'Refused requests and commands, by code.',
    labelNames: ['code'],
    registers,
    collect() {
      this.reset()
      for (const [code, count] of counts.rejections) this.inc({ code }, count)
    },
  })
  new Counter({
    name: 'rxchat_hooks_in_total',
    help: 'What came to the hooks of tokens and was taken, by the kind of sender.',
    labelNames: ['sender'],
    registers,
    collect() {
      this.reset()
      for (const sender of SENDERS) this.inc({ sender }, counts.hooked.get(sender) ?? 0)
    },
  })
  counter(
    'rxchat_hooks_in_folded_total',
    'How much of that is counted in a message that was there.',
    () => counts.folded,
  )
  addHookMetrics(registry, api.hooks)
  if (api.nodes().length > 0) addNodeMetrics(registry, api)
  registry.registerMetric(new Commits(counts))
  collectDefaultMetrics({ register: registry })
  return registry
}

/** A gauge of the first CURSORS_MEASURED cursors, by number: metrics have no names (docs/spec.md, A7). */
function cursorGauge(
  registers: Registry[],
  api: Api,
  name: string,
  help: string,
  read: (one: ListedCursor) => number,
): void {
  new Gauge({
    ...{ name, help, registers, labelNames: ['cursor'] },
    collect() {
      this.reset()
      for (const one of api.cursors.measured()) this.set({ cursor: `${one.id}` }, read(one))
    },
  })
}

const KINDS: readonly Proof['kind'][] = ['password', 'key', 'passkey', 'kept']

const HELP = 'Duration of commits to the journal.'

/** The counts are kept elsewhere, by class; here they are only read. */
class Commits extends Histogram {
  readonly #counts: Counts

  constructor(counts: Counts) {
    super({
      name: 'rxchat_journal_commit_seconds',
      help: HELP,
      buckets: [...COMMIT_CLASSES],
      registers: [],
    })
    this.#counts = counts
  }

  /** The registry calls this. */
  async getForPromString(): Promise<object> {
    const { commits, commitSeconds, commitsWithin } = this.#counts
    const name = 'rxchat_journal_commit_seconds'
    const values = [
      ...COMMIT_CLASSES.map((le, at) => ({
        labels: { le },
        value: commitsWithin[at] ?? 0,
        metricName: `${name}_bucket`,
      })),
      { labels: { le: '+Inf' }, value: commits, metricName: `${name}_bucket` },
      { labels: {}, value: commitSeconds, metricName: `${name}_sum` },
      { labels: {}, value: commits, metricName: `${name}_count` },
    ]
    return { name, help: HELP, type: 'histogram', aggregator: 'sum', values }
  }
}
