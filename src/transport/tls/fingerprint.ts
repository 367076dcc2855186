/** The fingerprint of a certificate, for people to compare: its SHA-256, written as ssh writes those of keys. */
import { createHash, X509Certificate } from 'node:crypto'

/** `SHA256:` and 43 characters of base64. */
export type Fingerprint = string

/** The fingerprint of a certificate in DER, or of the first one in PEM. Throws if there's none. */
export const fingerprintOf = (certificate: string | Uint8Array): Fingerprint =>
  written(createHash('sha256').update(new X509Certificate(certificate).raw).digest())

/** Reads this form, and also hex as openssl and browsers show it. Null if it's neither. */
export function readFingerprint(text: string): Fingerprint | null {
  const [, base64] = /^SHA256:([\w+/-]{43})=?$/i.exec(text) ?? []
  if (base64 !== undefined) return written(Buffer.from(base64, 'base64'))
  const hex = text.replace(/^SHA-?256:/i, '').replaceAll(/[: ]/g, '')
  return /^[0-9a-f]{64}$/i.test(hex) ? written(Buffer.from(hex, 'hex')) : null
}

/** The same hash in hex, as a key's proof names it (src/model/proof.ts). */
export const hexOf = (fingerprint: Fingerprint): string =>
  Buffer.from(fingerprint.slice('SHA256:'.length), 'base64').toString('hex')

const written = (hash: Buffer): Fingerprint => `SHA256:${hash.toString('base64').replace(/=+$/, '')}`
