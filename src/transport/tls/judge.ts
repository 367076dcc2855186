/** Whether a server may be spoken to, by the certificate that it shows. */
import type { Fingerprint } from './fingerprint.ts'

/**
 * What a server shows. `fault` null: its chain leads to an authority that is trusted here, and it is for this host, now.
 * Else what is wrong with it; `unvouched` is the one that a server with a certificate of its own has.
 */
export type Shown = { readonly fingerprint: Fingerprint; readonly fault: Fault | null }

/** `says`: what is wrong, as a sentence that begins with the certificate. */
export type Fault = {
  readonly kind: 'unvouched' | 'expired' | 'not-yet-valid' | 'wrong-host' | 'incomplete' | 'other'
  readonly says: string
}

/** Null: it may. Else why not. */
export type Judge = (shown: Shown) => string | null

/** The one certificate that is taken, whatever else speaks for another. `server` is `host:port`. */
export const pinnedServer =
  (server: string, expected: Fingerprint): Judge =>
  ({ fingerprint }) =>
    fingerprint === expected
      ? null
      : `REFUSED: ${server} shows another certificate.
  expected  ${expected}
  shown     ${fingerprint}
Nothing was said to it. Ask its host which one is right, and give that one as fingerprint.`

/** Those for whom an authority vouches. */
export const vouchedServer =
  (server: string): Judge =>
  ({ fingerprint, fault }) =>
    fault === null
      ? null
      : `REFUSED: ${faultOf(server, fault)}
  shown     ${fingerprint}
Nothing was said to it. If its host says that this one is right, give it as fingerprint.`

/** What is wrong with a certificate that authorities stand behind, or might. */
export const faultOf = (server: string, { says }: Fault): string => `${server} shows a certificate that ${says}.`
