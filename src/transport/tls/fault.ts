/** The fault of a certificate, as OpenSSL found it (X509_verify_cert_error_string), in words for people. */
import type { TLSSocket } from 'node:tls'
import type { Fault } from './judge.ts'

type Certificate = Pick<
  ReturnType<TLSSocket['getPeerCertificate']>,
  'subjectaltname' | 'valid_from' | 'valid_to' | 'issuer' | 'subject'
>

/** `code`: the code in `authorizationError`. */
export function faultIn(code: string, { subjectaltname, valid_from, valid_to, issuer, subject }: Certificate): Fault {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return { kind: 'expired', says: `has expired (on ${valid_to})` }
    case 'CERT_NOT_YET_VALID':
      return {
        kind: 'not-yet-valid',
        says: `is not valid yet (before ${valid_from}); is the clock of this machine right?`,
      }
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return { kind: 'wrong-host', says: `is for another host (${namesIn(subjectaltname)})` }
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return { kind: 'unvouched', says: 'is self-signed' }
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return { kind: 'unvouched', says: 'leads to an authority that is not trusted here' }
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY': {
      const by = nameIn(issuer)
      // Issuer and subject are the same: the certificate is self-signed and can't have an incomplete chain.
      if (by === nameIn(subject)) return { kind: 'unvouched', says: 'is self-signed' }
      return {
        kind: 'incomplete',
        says: `comes without the certificate of its issuer (${by}): the chain is incomplete, or its authority is not trusted here`,
      }
    }
    default:
      return { kind: 'other', says: `cannot be verified (${code})` }
  }
}

const namesIn = (names: string | undefined): string =>
  names?.replaceAll('DNS:', '').replaceAll('IP Address:', '') || 'none'
const nameIn = (of: Certificate['issuer'] | undefined): string => [of?.CN ?? of?.O ?? 'nobody'].flat().join(' ')
