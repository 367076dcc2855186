/** How a certificate is told apart, by people too: the SHA-256 of it, written as ssh writes those of keys. */
import { createHash, X509Certificate } from 'node:crypto'

/** `SHA256:` and 43 characters of base64. */
export type Fingerprint = string

/** Of a certificate as PEM, the first if there are several, or as DER. Throws what is none. */
export const fingerprintOf = (certificate: string | Uint8Array): Fingerprint =>
  written(createHash('sha256').update(new X509Certificate(certificate).raw).digest())

/** As it is written here, or in hex as openssl and browsers show it. Null if it is none. */
export function readFingerprint(text: string): Fingerprint | null {
  const [, base64] = /^SHA256:([\w+/-]{43})=?$/i.exec(text) ?? []
  if (base64 !== undefined) return written(Buffer.from(base64, 'base64'))
  const hex = text.replace(/^SHA-?256:/i, '').replaceAll(/[: ]/g, '')
  return /^[0-9a-f]{64}$/i.test(hex) ? written(Buffer.from(hex, 'hex')) : null
}

const written = (hash: Buffer): Fingerprint => `SHA256:${hash.toString('base64').replace(/=+$/, '')}`
