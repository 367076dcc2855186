/** Subscriptions to notifications: a browser of an account that wants to be told while nobody looks at its page. */
import type { MemberId } from '../ids.ts'
import type { CredentialId } from './account.ts'

/** A subscription. The URL of its endpoint is a text beside an input, and never in the state. */
export type PushSubscription = {
  /** The `seq` of the input that began it. */
  readonly id: number
  readonly account: MemberId
  /** The credential of the session that asked for it. It ends with that. */
  readonly credential: CredentialId
  /** Hash of its endpoint. A browser has one subscription, even if another member signs in there. */
  readonly hash: string
  /** Whether its pushes repeat the text. */
  readonly preview: boolean
  /** The input that its endpoint stands beside: the first one, or a later one because older ones were forgotten. */
  readonly text: number
}
