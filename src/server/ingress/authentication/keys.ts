/** Ed25519 keys (RFC 8032): a challenge, and the check of its proof. */
import { createPublicKey, verify } from 'node:crypto'
import { type Login, loginText } from '../../../model/proof.ts'
import type { Refused } from '../vetting/vetted.ts'

/** Bytes of a raw public key, and of a signature. */
const KEY_BYTES = 32
const SIGNATURE_BYTES = 64

export const NO_KEY: Refused = { ok: false, code: 'malformed', detail: 'the key is not an Ed25519 key in base64url' }

/** The key in the one form in which it is stored and compared; null if it is none. */
export function readKey(text: string): string | null {
  const key = bytesIn(text, KEY_BYTES)?.toString('base64url')
  return key !== undefined && publicKey(key) !== null ? key : null
}

/** Whether the signature proves this login. `signature` is base64url. */
export function isProved(login: Login, signature: string): boolean {
  const [key, bytes] = [publicKey(login.key), bytesIn(signature, SIGNATURE_BYTES)]
  return key !== null && bytes !== null && verify(null, Buffer.from(loginText(login)), key, bytes)
}

function publicKey(x: string): ReturnType<typeof createPublicKey> | null {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  } catch {
    return null
  }
}

/** Padding is allowed, nothing else that is not base64url. */
function bytesIn(text: string, length: number): Buffer | null {
  if (!/^[\w-]+={0,2}$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === length ? bytes : null
}
