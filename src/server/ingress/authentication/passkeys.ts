/**
 * Passkeys by @simplewebauthn/server, which is loaded with the first passkey: most servers never need it. A passkey is
 * the only proof that is given, so the authenticator must verify its user; and it must be one that the browser finds
 * without a list.
 */
import { PASSKEY_ANSWER_MAX_CHARS, PASSKEY_CHALLENGE_MS } from '../../../model/limits.ts'
import type { Passkeys } from '../../../port/passkeys.ts'

/** Ed25519, ES256 and RS256 (RFC 9053): the algorithms of common authenticators. */
const ALGORITHMS = [-8, -7, -257]

const load = (): Promise<typeof import('@simplewebauthn/server')> => import('@simplewebauthn/server')

export const webAuthn: Passkeys = {
  async creation({ host }, challenge, { id, name }, known) {
    const { generateRegistrationOptions } = await load()
    return generateRegistrationOptions({
      rpName: 'rxchat',
      rpID: host,
      userName: name,
      userDisplayName: name,
      userID: new Uint8Array(Buffer.from(id)),
      challenge: bytesOf(challenge),
      timeout: PASSKEY_CHALLENGE_MS,
      attestationType: 'none',
      supportedAlgorithmIDs: ALGORITHMS,
      excludeCredentials: known.map(credential => ({ id: credential })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
  },

  // Anybody may ask for this, so it doesn't load the library, which takes a good part of a second.
  async request({ host }, challenge) {
    return { challenge, rpId: host, timeout: PASSKEY_CHALLENGE_MS, userVerification: 'required' }
  },

  async created({ host, origin }, challenge, response) {
    if (isTooLong(response)) return null
    const { verifyRegistrationResponse } = await load()
    const verified = await orNull(() =>
      verifyRegistrationResponse({
        response: response as Parameters<typeof verifyRegistrationResponse>[0]['response'],
        ...{ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: host, requireUserVerification: true },
        supportedAlgorithmIDs: ALGORITHMS,
      }),
    )
    if (!verified?.verified) return null
    const { id, publicKey, counter } = verified.registrationInfo.credential
    return { credential: id, key: Buffer.from(publicKey).toString('base64url'), counter }
  },

  async proved({ host, origin }, challenge, response, { credential: id, key, counter }) {
    if (isTooLong(response)) return null
    const { verifyAuthenticationResponse } = await load()
    const verified = await orNull(() =>
      verifyAuthenticationResponse({
        response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
        ...{ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: host, requireUserVerification: true },
        credential: { id, publicKey: bytesOf(key), counter },
      }),
    )
    return verified?.verified ? verified.authenticationInfo.newCounter : null
  },
}

/** Checked before the library reads the attestation: many fields or certificates in it would take long. */
const isTooLong = (response: unknown): boolean => JSON.stringify(response).length > PASSKEY_ANSWER_MAX_CHARS

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(base64url, 'base64url'))

/** The library throws whatever is wrong with a response: its form, its challenge, its signature. */
async function orNull<T>(check: () => Promise<T>): Promise<T | null> {
  try {
    return await check()
  } catch {
    return null
  }
}
