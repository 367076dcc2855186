/** Subscriptions to notifications: a browser of an account that wants to be told while nobody looks at its page. */
import type { MemberId } from '../ids.ts'
import type { CredentialId } from './account.ts'

/** Where it's sent to is a text beside an input, and never in the state. */
export type PushSubscription = {
  /** The `seq` of the input that began it. */
  readonly id: number
  readonly account: MemberId
  /** The credential of the session that asked for it. It ends with that. */
  readonly credential: CredentialId
  /** Hash of its endpoint: a browser has one subscription, whoever is signed in there. */
  readonly hash: string
  /** Whether its pushes repeat the text. */
  readonly preview: boolean
  /** The input that its endpoint stands beside: the first one, or a later one because older ones were forgotten. */
  readonly text: number
}
