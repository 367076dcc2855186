/**
 * Looks for a broker that reaches the leader of the log, when this node's broker answers nothing. There are two reasons for
 * that, with the same signs: the brokers elect a leader, or this broker is cut off from the others while its connection is
 * sound. In an election no broker is better, and to leave would cost time. So a node leaves only for a broker that is.
 */
import { BROKER_DEAF_MS, LEADER_SILENT_MS } from '../../../model/limits.ts'

/** A connection to ask one broker. */
export type Asking = {
  /** Whether it reaches a leader of the log that is in touch with a majority. Doesn't reject. */
  readonly reachesLeader: () => Promise<boolean>
  readonly close: () => Promise<void>
}

type Deps = {
  /** The same question over the node's own connection. */
  readonly ownReachesLeader: () => Promise<boolean>
  /** The other brokers. */
  readonly others: () => readonly string[]
  /** Rejects if the broker can't be reached. */
  readonly ask: (broker: string) => Promise<Asking>
  /** Goes to this broker. */
  readonly go: (broker: string) => void
  /** Monotonic milliseconds. */
  readonly elapsed: () => number
  /** Resolves when it's time to ask again. */
  readonly pause: () => Promise<unknown>
}

export class LeaderSearch {
  readonly #deps: Deps
  #isOn = false
  /** When the first request was sent that wasn't answered; null: the latest one was. Monotonic milliseconds. */
  #since: number | null = null

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** A request was given up that was sent at this monotonic time, in milliseconds. */
  gaveUp(sent: number): void {
    this.#since ??= sent
    if (!this.#isOn && this.#deps.elapsed() - this.#since >= BROKER_DEAF_MS) void this.#search()
  }

  /** Something was stored, or the node has another broker. */
  end(): void {
    this.#since = null
  }

  async #search(): Promise<void> {
    this.#isOn = true
    const asked = this.#deps.others().map(broker => ({ broker, asking: this.#deps.ask(broker).catch(() => null) }))
    while (this.#since !== null) {
      if (await this.#deps.ownReachesLeader()) break
      const better = await Promise.all(
        asked.map(async one => ((await (await one.asking)?.reachesLeader()) ? [one] : [])),
      )
      const [found] = better.flat()
      if (found && this.#since !== null) {
        this.#deps.go(found.broker)
        break
      }
      await this.#deps.pause()
    }
    this.#isOn = false
    this.#since = null
    for (const { asking } of asked) await (await asking)?.close()
  }
}

type Replica = { readonly active: number; readonly offline?: boolean }

/** A stream's leader, and the replicas that follow it, as the leader says. Without `cluster` there's one broker. */
export type StreamCluster = { readonly cluster?: { readonly leader?: string; readonly replicas?: readonly Replica[] } }

/** Whether a leader answers, and has heard from a majority. `active`: nanoseconds since it heard from a replica. */
export function isInTouch({ cluster }: StreamCluster): boolean {
  if (cluster === undefined) return true
  if (!cluster.leader) return false
  const { replicas = [] } = cluster
  const heard = replicas.filter(({ active, offline }) => offline !== true && active < LEADER_SILENT_MS * 1e6)
  return 1 + heard.length > (1 + replicas.length) / 2
}
