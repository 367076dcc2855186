/** Points and scalars of the curve P-256, as Web Push writes them: raw bytes in base64url. */
import { createECDH, createPrivateKey, ECDH, type KeyObject } from 'node:crypto'

const CURVE = 'prime256v1'
const POINT_BYTES = 65
const SCALAR_BYTES = 32
const AUTH_BYTES = 16

export type PushKeys = {
  /** The uncompressed point. */
  readonly publicKey: Buffer
  readonly signing: KeyObject
}

/** A private key: 32 bytes in base64url. */
export function newPushKey(): string {
  const pair = createECDH(CURVE)
  pair.generateKeys()
  // Leading zeros are left out.
  return Buffer.concat([Buffer.alloc(SCALAR_BYTES), pair.getPrivateKey()])
    .subarray(-SCALAR_BYTES)
    .toString('base64url')
}

/** Throws if it is none. */
export function readPushKey(written: string): PushKeys {
  const scalar = decoded(written, SCALAR_BYTES)
  if (!scalar) throw new Error('it is not 32 bytes in base64url')
  const pair = createECDH(CURVE)
  pair.setPrivateKey(scalar)
  const publicKey = pair.getPublicKey()
  const [x, y] = [publicKey.subarray(1, 1 + SCALAR_BYTES), publicKey.subarray(1 + SCALAR_BYTES)]
  const jwk = { kty: 'EC', crv: 'P-256', d: scalar.toString('base64url') }
  const coordinates = { x: x.toString('base64url'), y: y.toString('base64url') }
  return { publicKey, signing: createPrivateKey({ key: { ...jwk, ...coordinates }, format: 'jwk' }) }
}

/** The public key of a browser; null: it is no point of the curve. */
export function pointOf(p256dh: string): Buffer | null {
  const point = decoded(p256dh, POINT_BYTES)
  try {
    return point && (ECDH.convertKey(point, CURVE, undefined, undefined, 'uncompressed') as Buffer)
  } catch {
    return null
  }
}

/** The secret that a browser shares with the server; null: it is none. */
export const authOf = (auth: string): Buffer | null => decoded(auth, AUTH_BYTES)

/** Null: it isn't base64url, or has another length. */
function decoded(written: string, bytes: number): Buffer | null {
  const text = written.replace(/={1,2}$/, '')
  const found = Buffer.from(text, 'base64url')
  return found.length === bytes && found.toString('base64url') === text ? found : null
}
