/** Members that can't resume, one at each node: when others see one exit, its node's end has been noticed. */
import { connect, type Socket } from 'node:net'
import { until } from '../until.ts'
import type { Node } from './nodes.ts'
import { type Reply, VAULT, type Watcher } from './watcher.ts'

export type Canaries = {
  /** Resolves with the time at which the last of the watchers has seen the exit of this node's. */
  readonly exit: (node: Node, watchers: readonly Watcher[]) => Promise<number>
  readonly close: () => void
}

/** `round` makes their names new. Resolves when all watchers see all of them. */
export async function canaries(nodes: readonly Node[], watchers: readonly Watcher[], round: number): Promise<Canaries> {
  const nameOf = (node: Node): string => `canary-${node.name}-${round}`
  // A node that is still cut off from the fault before would refuse them later.
  await until(
    'all nodes are ready',
    async () => (await Promise.all(nodes.map(isReady))).every(Boolean),
    () => [],
  )
  const sockets = nodes.map(node => enter(node, nameOf(node)))
  for (const node of nodes) await hearAll(watchers, `${nameOf(node)}'s entrance`, reply => isIn(reply, nameOf(node)))
  return {
    exit: (node, by) => hearAll(by, `${nameOf(node)}'s exit`, one => one.type === 'quit' && one.name === nameOf(node)),
    close() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

async function isReady({ address }: Node): Promise<boolean> {
  try {
    return (await fetch(`http://${address}/readyz`, { headers: { connection: 'close' } })).ok
  } catch {
    return false
  }
}

function enter({ address }: Node, name: string): Socket {
  const [host = '', port] = address.split(':')
  const socket = connect(Number(port), host)
  socket.on('error', () => {}).resume()
  socket.once('connect', () => socket.write(`${name}\n/join ${VAULT}\n`))
  return socket
}

/** A watcher that came back meanwhile gets the room as it is then. */
const isIn = (reply: Reply, name: string): boolean =>
  reply.type === 'room' ? reply.members.some(one => one.name === name) : reply.type === 'joined' && reply.name === name

async function hearAll(watchers: readonly Watcher[], what: string, wanted: (reply: Reply) => boolean): Promise<number> {
  const times = watchers.map(({ hears }) => hears(what, wanted))
  return Math.max(...(await Promise.all(times)).map(({ at }) => at))
}
