/** Requests to the brokers' API, and the meaning of their refusals. */
import type { NatsConnection } from '@nats-io/transport-node'
import { LEADER_ANSWER_MS } from '../../model/limits.ts'
import { isInTouch, type StreamCluster } from './connection/leader-search.ts'
import { LOG } from './names.ts'

/** A refusal: nothing was done. */
export class BrokerRefusal extends Error {
  /** The broker's number of the error. */
  readonly number: number

  constructor(number: number, description: string) {
    super(description)
    this.number = number
  }
}

type Answer = { readonly error?: { readonly err_code: number; readonly description: string } }

/** Rejects with a BrokerRefusal, or with another error: then it isn't known whether it was done. */
export async function request<T>(nats: NatsConnection, verb: string, body: object | null, timeout: number): Promise<T> {
  const answer = await nats.request(`$JS.API.${verb}`, body === null ? '' : JSON.stringify(body), { timeout })
  return checked<T>(answer.json())
}

/** Throws a BrokerRefusal. */
export function checked<T>(answer: unknown): T {
  const { error } = answer as Answer
  if (error) throw new BrokerRefusal(error.err_code, error.description)
  return answer as T
}

/** Whether the broker of this connection reaches a leader of the log that has a majority. */
export const reachesLeader = (nats: NatsConnection): Promise<boolean> =>
  request<StreamCluster>(nats, `STREAM.INFO.${LOG}`, null, LEADER_ANSWER_MS).then(isInTouch, () => false)
