/** Texts that answers and inputs need: of messages that wait for a keeper, and the networks of sanctions. */
export type KeptTexts = {
  /** The network of a sanction, such as `10.1.0.0/16`; null: this server doesn't have it. */
  readonly networkOf: (sanction: number) => string | null
  /** The text beside an input; null: it is gone. */
  readonly textOf: (seq: number) => string | null
}
