/** The state of the brokers that keep the log: the server's log says which one goes and comes back, and the console lists them. */
import { BROKERS_ASKED_MS } from '../../../model/limits.ts'
import type { BrokerStatus } from '../../../port/brokers.ts'
import type { Clock } from '../../../port/clock.ts'
import { brokerDown, brokerUp } from '../log/cluster-line.ts'
import type { LogLine } from '../log/line.ts'

/** `since`: monotonic milliseconds since which it isn't here; null: it is. */
export type WatchedBroker = BrokerStatus & { readonly since: number | null }

/** The known state of the brokers, and its changes as news. */
export class BrokerWatch {
  readonly #clock: Pick<Clock, 'elapsed'>
  readonly #log: (line: LogLine) => void
  #brokers: readonly WatchedBroker[] = []
  #isOld = false
  /** Brokers that the log has reported as gone. */
  readonly #gone = new Set<string>()

  constructor(clock: Pick<Clock, 'elapsed'>, log: (line: LogLine) => void) {
    this.#clock = clock
    this.#log = log
  }

  get brokers(): readonly WatchedBroker[] {
    return this.#brokers
  }

  /** The last question had no answer: the known facts are old. */
  get isOld(): boolean {
    return this.#isOld
  }

  unanswered(): void {
    this.#isOld = true
  }

  /** Takes an answer. */
  take(statuses: readonly BrokerStatus[]): void {
    const now = this.#clock.elapsed()
    this.#isOld = false
    const known = new Map(this.#brokers.map(broker => [broker.name, broker]))
    this.#brokers = statuses.map(status => {
      const since = known.get(status.name)?.since ?? null
      if (status.state === 'gone' && !this.#gone.has(status.name)) this.#down(status, statuses)
      if (status.state === 'here' && this.#gone.delete(status.name))
        this.#log(brokerUp(status.name, now - (since ?? now)))
      return { ...status, since: status.state === 'here' ? null : (since ?? now) }
    })
  }

  #down({ name }: BrokerStatus, all: readonly BrokerStatus[]): void {
    this.#gone.add(name)
    this.#log(brokerDown(name, all.filter(({ state }) => state !== 'gone').length, all.length))
  }
}

/** Asks now and then. While nobody answers, the known facts stay: the node says that it's cut off. */
export async function watchBrokers(
  ask: () => Promise<readonly BrokerStatus[]>,
  clock: Pick<Clock, 'elapsed'>,
  log: (line: LogLine) => void,
): Promise<BrokerWatch> {
  const watch = new BrokerWatch(clock, log)
  const look = (): Promise<void> =>
    ask().then(
      statuses => watch.take(statuses),
      () => watch.unanswered(),
    )
  await look()
  setInterval(() => void look(), BROKERS_ASKED_MS).unref()
  return watch
}
