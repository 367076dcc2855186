/** Decides by its certificate whether a client may talk to a server. */
import type { Fingerprint } from './fingerprint.ts'

/**
 * The certificate that a server shows. `fault` null: its chain leads to an authority that is trusted here, and it's
 * valid for this host now. `unvouched` is the fault of a server's own certificate.
 */
export type ShownCertificate = { readonly fingerprint: Fingerprint; readonly fault: Fault | null }

/** `says` is the fault as the end of a sentence about the certificate. */
export type Fault = {
  readonly kind: 'unvouched' | 'expired' | 'not-yet-valid' | 'wrong-host' | 'incomplete' | 'other'
  readonly says: string
}

/** Null: accepted. Otherwise the reason for the refusal. */
export type Judge = (shown: ShownCertificate) => string | null

/** Accepts only this certificate, whether or not an authority vouches for another. `server` is `host:port`. */
export const pinnedServer =
  (server: string, expected: Fingerprint): Judge =>
  ({ fingerprint }) =>
    fingerprint === expected
      ? null
      : `REFUSED: ${server} shows another certificate.
  expected  ${expected}
  shown     ${fingerprint}
Nothing was sent. Ask its host which fingerprint is right, and give that one.`

/** Accepts certificates that an authority vouches for. */
export const vouchedServer =
  (server: string): Judge =>
  ({ fingerprint, fault }) =>
    fault === null
      ? null
      : `REFUSED: ${faultOf(server, fault)}
  shown     ${fingerprint}
Nothing was sent. If its host confirms this certificate, give its fingerprint.`

/** A fault as a whole sentence. */
export const faultOf = (server: string, { says }: Fault): string => `${server} shows a certificate that ${says}.`
