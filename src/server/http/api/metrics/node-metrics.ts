/** Metrics of a server among several. A server that is alone has none of them. */
import { Gauge, type Registry } from 'prom-client'
import { BROKER_STATES } from '../../../../port/brokers.ts'
import { NODE_STATES, type NodeStatus } from '../../../observe/node-status.ts'
import type { Api } from '../../../programs/api.ts'

type Watched = Pick<Api, 'nodes' | 'brokers' | 'unready'>

export function addNodeMetrics(registry: Registry, { nodes, brokers, unready }: Watched): void {
  const registers = [registry]
  const own = (name: string, help: string, read: (own: NodeStatus) => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const status = nodes().find(({ isOwn }) => isOwn)
        if (status) this.set(read(status))
      },
    })
  }
  const each = (name: string, help: string, read: (node: NodeStatus) => number | null): void => {
    new Gauge({
      name,
      help,
      labelNames: ['node'],
      registers,
      collect() {
        this.reset()
        for (const node of nodes()) {
          const value = read(node)
          if (value !== null) this.set({ node: node.name }, value)
        }
      },
    })
  }
  new Gauge({
    name: 'rxchat_nodes',
    help: 'Servers of this chat by state, as this one knows them.',
    labelNames: ['state'],
    registers,
    collect() {
      this.reset()
      for (const state of NODE_STATES) this.set({ state }, nodes().filter(node => node.state === state).length)
    },
  })
  new Gauge({
    name: 'rxchat_brokers',
    help: 'Brokers that keep the log by state, as this server knows them.',
    labelNames: ['state'],
    registers,
    collect() {
      this.reset()
      for (const state of BROKER_STATES) this.set({ state }, brokers().filter(broker => broker.state === state).length)
    },
  })
  own('rxchat_node_lag_seconds', 'Time that this server is behind the log.', ({ lag }) => (lag ?? 0) / 1000)
  own('rxchat_node_warden', '1: this server does what one does for all.', ({ isWarden }) => (isWarden ? 1 : 0))
  own('rxchat_node_cut_off', '1: this server acknowledges nothing, because the log does not answer.', () =>
    unready() === 'cut-off' ? 1 : 0,
  )
  each('rxchat_node_beat_age_seconds', 'Time since the last beat of each server.', ({ beatAge }) =>
    beatAge === null ? null : beatAge / 1000,
  )
  each(
    'rxchat_node_behind_inputs',
    'Inputs that each other server had yet to fold at its last beat.',
    node => node.behind,
  )
}
