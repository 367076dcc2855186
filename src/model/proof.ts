/**
 * The text that a client signs to prove that it has a key (docs/protocol.md). Client and server each make it from their
 * own data. So a signature holds for one server, one account, one nonce and one way between the two.
 */

/** The value of `seen` for a connection without TLS. */
export const PLAIN = 'plain'

export type Login = {
  /** The epoch of the server's journal. */
  readonly epoch: string
  /** The name of the account, in NFC. */
  readonly name: string
  /** The raw Ed25519 public key in base64url. */
  readonly key: string
  readonly nonce: string
  /** PLAIN, or the SHA-256 of the server's certificate in hex: as the client sees it, and as the server sees it. */
  readonly seen: string
}

/** None of the parts has a line break. */
export const loginText = ({ epoch, name, key, nonce, seen }: Login): string =>
  ['rxchat-login-1', epoch, name, key, nonce, seen].join('\n')
