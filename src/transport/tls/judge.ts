/** Whether a server may be spoken to, by the certificate that it shows. */
import type { Fingerprint } from './fingerprint.ts'

/**
 * Null: it may. Else why not. `authorized`: its chain leads to an authority that is trusted here, and the certificate is
 * for this host.
 */
export type Judge = (shown: Fingerprint, authorized: boolean) => string | null

/** The one certificate that is taken, whatever else speaks for another. `server` is `host:port`. */
export const pinnedServer =
  (server: string, expected: Fingerprint): Judge =>
  shown =>
    shown === expected
      ? null
      : `REFUSED: ${server} shows another certificate.
  expected  ${expected}
  shown     ${shown}
Nothing was said to it. Ask its host which one is right, and give that one as fingerprint.`

/** Those for whom an authority vouches. */
export const vouchedServer =
  (server: string): Judge =>
  (shown, authorized) =>
    authorized
      ? null
      : `REFUSED: no authority vouches for ${server}, which shows ${shown}. If its host says that this is right, give it as fingerprint.`
