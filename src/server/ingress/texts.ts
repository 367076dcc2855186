import type { PushTarget } from '../../port/push-sender.ts'

/** Texts that answers and inputs need: of messages that wait for a keeper, and the networks of sanctions. */
export type KeptTexts = {
  /** The network of a sanction, such as `10.1.0.0/16`; null: this server doesn't have it. */
  readonly networkOf: (sanction: number) => string | null
  /** The sanctions on networks that an address is in, in ascending order; none if it's no address. */
  readonly matching: (address: string) => readonly number[]
  /** The text of a held message, by its input; null: it is gone. */
  readonly textOf: (seq: number) => string | null
  /** The endpoint of a subscription's pushes; null: this server doesn't have it. */
  readonly pushTarget: (push: number) => PushTarget | null
}
