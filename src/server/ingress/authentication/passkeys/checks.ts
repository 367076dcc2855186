/**
 * The checks of passkeys by @simplewebauthn/server. To load it takes a good part of a second, so this runs in the thread
 * of passkey-thread.ts only.
 */
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import type { Passkey } from '../../../../port/passkeys.ts'
import { ALGORITHMS } from './options.ts'
import type { PasskeyCheck } from './passkeys.ts'

/** The passkey with its new counter; null if the answer proves nothing. The library throws for every fault of it. */
export async function checkPasskey(check: PasskeyCheck): Promise<Passkey | null> {
  try {
    return await (check.passkey ? used(check, check.passkey) : made(check))
  } catch {
    return null
  }
}

async function made({ response, ...asked }: PasskeyCheck): Promise<Passkey | null> {
  const verified = await verifyRegistrationResponse({
    response: response as Parameters<typeof verifyRegistrationResponse>[0]['response'],
    ...expected(asked),
    supportedAlgorithmIDs: ALGORITHMS,
  })
  if (!verified.verified) return null
  const { id, publicKey, counter } = verified.registrationInfo.credential
  return { credential: id, key: Buffer.from(publicKey).toString('base64url'), counter }
}

async function used({ response, ...asked }: PasskeyCheck, passkey: Passkey): Promise<Passkey | null> {
  const { credential: id, key, counter } = passkey
  const publicKey = new Uint8Array(Buffer.from(key, 'base64url'))
  const verified = await verifyAuthenticationResponse({
    response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
    ...expected(asked),
    credential: { id, publicKey, counter },
  })
  return verified.verified ? { ...passkey, counter: verified.authenticationInfo.newCounter } : null
}

const expected = ({ site, challenge }: Pick<PasskeyCheck, 'site' | 'challenge'>) => ({
  ...{ expectedChallenge: challenge, expectedOrigin: site.origin, expectedRPID: site.host },
  requireUserVerification: true,
})
