/**
 * A secret that all nodes of a chat have: the first one that any of them has offered. It's in the store of shared
 * states, but isn't one of them: they have descriptions, and this is a message of its own.
 */
import { setTimeout } from 'node:timers/promises'
import { BROKER_AGAIN_MS } from '../../model/limits.ts'
import { published } from './append.ts'
import type { Brokers } from './connection/connection.ts'
import { latestOf } from './direct.ts'
import type { ObjectSubjects } from './names.ts'
import { BrokerRefusal } from './requests.ts'

/** Nothing was stored at the subject before. */
const FIRST = { 'Nats-Expected-Last-Subject-Sequence': '0' }
const ATTEMPTS = 10

/** Rejects if the brokers don't answer. */
export async function sharedSecret(
  brokers: Brokers,
  { stream, description }: ObjectSubjects,
  name: string,
  own: string,
): Promise<string> {
  const subject = description(name)
  for (let attempt = 1; ; attempt++) {
    const found = await latestOf(brokers, stream, subject)
    if (found) return Buffer.from(found.data).toString('utf8')
    try {
      await published(brokers, subject, own, FIRST)
      return own
    } catch (error) {
      // Another node was faster, and the replica that answered doesn't have it yet; or the outcome isn't known.
      if (attempt === ATTEMPTS || !(error instanceof BrokerRefusal || /timeout/i.test(`${error}`))) throw error
      await setTimeout(BROKER_AGAIN_MS)
    }
  }
}
