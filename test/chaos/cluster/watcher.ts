/** A client that stays at one node and hears its events, with the time at which each came. */
import { connect } from '../../../src/client/session/connection.ts'
import type { Incoming } from '../../../src/client/session/incoming.ts'
import { systemClock } from '../../../src/transport/clock.ts'
import { systemEntropy } from '../../../src/transport/entropy.ts'
import { dialerOf } from '../talker.ts'
import { until } from '../until.ts'
import type { Node } from './nodes.ts'

export type Reply = Incoming['reply']

export type Watcher = {
  readonly name: string
  /** Resolves with an event that comes, or has come, and is `wanted`, and its time. Rejects after a long while. */
  readonly hears: (
    what: string,
    wanted: (reply: Reply) => boolean,
  ) => Promise<{ readonly reply: Reply; readonly at: number }>
  /** Says this in its room, and resolves with the number of the input. */
  readonly say: (text: string) => Promise<number>
  readonly delete: (seq: number) => void
  readonly close: () => void
}

/** Not a room in which others talk. */
export const VAULT = 'vault'

export function watcher(node: Node): Watcher {
  const name = `watcher-${node.name}`
  const heard: { readonly reply: Reply; readonly at: number }[] = []
  const dial = dialerOf(node.address)
  const client = connect(
    { dial: () => dial(), clock: systemClock, random: Math.random, secret: systemEntropy.secret },
    { name, room: VAULT, reconnect: true, history: 0 },
  )
  client.incoming$.subscribe(({ reply }) => {
    if (INTERESTING.includes(reply.type)) heard.push({ reply, at: performance.now() })
  })
  async function hears(what: string, wanted: (reply: Reply) => boolean) {
    const found = () => heard.find(({ reply }) => wanted(reply))
    await until(
      `${name} hears ${what}`,
      () => found() !== undefined,
      () => [JSON.stringify(client.status$.value), ...heard.slice(-5).map(({ reply }) => JSON.stringify(reply))],
    )
    const one = found()
    if (!one) throw new Error(what)
    return one
  }
  return {
    name,
    hears,
    async say(text) {
      client.ask({ type: 'say', room: VAULT, text, action: false })
      const { reply } = await hears('itself', one => one.type === 'said' && one.text === text)
      return 'seq' in reply && typeof reply.seq === 'number' ? reply.seq : 0
    },
    delete: seq => void client.ask({ type: 'delete', seq, room: VAULT }),
    close: () => client.close(),
  }
}

const INTERESTING: readonly Reply['type'][] = ['room', 'said', 'joined', 'quit', 'deleted']
