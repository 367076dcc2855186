/** Port: the server's side of the two ceremonies of WebAuthn. Data from a browser is `unknown` until it's checked. */

/** The stored part of a passkey. `credential` and `key` (COSE) are base64url. */
export type Passkey = { readonly credential: string; readonly key: string; readonly counter: number }

/** The page that a ceremony is for: `host` is the relying party's id. */
export type Site = { readonly host: string; readonly origin: string }

export interface Passkeys {
  /** PublicKeyCredentialCreationOptionsJSON, for the account `id` called `name`. `known`: passkeys that it has here. */
  creation(
    site: Site,
    challenge: string,
    account: { readonly id: string; readonly name: string },
    known: readonly string[],
  ): Promise<object>
  /** PublicKeyCredentialRequestOptionsJSON. It names no passkey, so it doesn't reveal which ones there are. */
  request(site: Site, challenge: string): Promise<object>
  /** The passkey that was made for this challenge; null if the response is no proof of that. */
  created(site: Site, challenge: string, response: unknown): Promise<Passkey | null>
  /** The passkey's new counter, if the response proves it for this challenge; otherwise null. */
  proved(site: Site, challenge: string, response: unknown, passkey: Passkey): Promise<number | null>
}
