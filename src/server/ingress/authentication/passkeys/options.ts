/**
 * The request to a browser, as @simplewebauthn/server would write it. A passkey is the only proof that is given, so the
 * authenticator must verify its user; and it must be one that the browser finds without a list.
 */
import { PASSKEY_CHALLENGE_MS } from '../../../../model/limits.ts'
import type { Site } from '../../../../port/passkeys.ts'

/** Ed25519, ES256 and RS256 (RFC 9053): the algorithms of common authenticators. */
export const ALGORITHMS = [-8, -7, -257]

const PUBLIC_KEY = 'public-key'

/** PublicKeyCredentialCreationOptionsJSON. */
export const creationOptions = (
  { host }: Site,
  challenge: string,
  { id, name }: { readonly id: string; readonly name: string },
  known: readonly string[],
): object => ({
  challenge,
  rp: { name: 'rxchat', id: host },
  user: { id: Buffer.from(id).toString('base64url'), name, displayName: name },
  pubKeyCredParams: ALGORITHMS.map(alg => ({ alg, type: PUBLIC_KEY })),
  timeout: PASSKEY_CHALLENGE_MS,
  attestation: 'none',
  excludeCredentials: known.map(credential => ({ id: credential, type: PUBLIC_KEY })),
  authenticatorSelection: { residentKey: 'required', userVerification: 'required', requireResidentKey: true },
  extensions: { credProps: true },
  hints: [],
})

/** PublicKeyCredentialRequestOptionsJSON. */
export const requestOptions = ({ host }: Site, challenge: string): object => ({
  challenge,
  rpId: host,
  timeout: PASSKEY_CHALLENGE_MS,
  userVerification: 'required',
})
