/** Port: the brokers that keep a replicated log. */

export const BROKER_STATES = ['here', 'behind', 'gone'] as const

/** `behind`: it's there, and hasn't got all of the log yet. `gone`: the other brokers don't reach it. */
export type BrokerStatus = {
  readonly name: string
  /** It orders the appended inputs. */
  readonly isLeader: boolean
  readonly state: (typeof BROKER_STATES)[number]
}
