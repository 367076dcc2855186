/** Port: the server's side of the two ceremonies of WebAuthn. Data from a browser is `unknown` until it's checked. */

/** The stored part of a passkey. `credential` and `key` (COSE) are base64url. */
export type Passkey = { readonly credential: string; readonly key: string; readonly counter: number }

/** The page that a ceremony is for: `host` is the relying party's id. */
export type Site = { readonly host: string; readonly origin: string }

/** A passkey with its counter as it is now; null if the answer proves nothing; `busy` if too many answers wait. */
export type PasskeyVerdict = Passkey | null | 'busy'

export interface Passkeys {
  /** PublicKeyCredentialCreationOptionsJSON, for the account `id` called `name`. `known`: passkeys that it has here. */
  creation(
    site: Site,
    challenge: string,
    account: { readonly id: string; readonly name: string },
    known: readonly string[],
  ): object
  /** PublicKeyCredentialRequestOptionsJSON. It names no passkey, so it doesn't reveal which ones there are. */
  request(site: Site, challenge: string): object
  /** Whether the response is a passkey that was made for this challenge. Rejects if it can't be checked. */
  created(site: Site, challenge: string, response: unknown): Promise<PasskeyVerdict>
  /** Whether the response proves this passkey for this challenge. Rejects if it can't be checked. */
  proved(site: Site, challenge: string, response: unknown, passkey: Passkey): Promise<PasskeyVerdict>
  close(): void
}
