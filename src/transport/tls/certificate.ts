/**
 * Certificates (RFC 5280) for a server that has none from an authority. Node can sign, but can't write a certificate.
 * The key is on curve P-256, which every TLS library knows. By default a certificate doesn't expire: clients that pin
 * it would have to learn of each renewal.
 */
import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import { bits, identifier, inContext, integer, octets, sequence, set, time, truth, utf8 } from './der.ts'

/** Both as PEM. */
export type Credentials = { readonly cert: string; readonly key: string }

/** The signer, whether the certificate may sign others, and its expiry. */
type Standing = { readonly issuer?: Issuer; readonly authority?: boolean; readonly until?: Date }
type Issuer = Credentials & { readonly name: string }

/** The date that RFC 5280 (4.1.2.5) gives to certificates without an expiry. */
const FOR_EVER = new Date(Date.UTC(9999, 11, 31, 23, 59, 59))
/** A peer's clock may be slow by so many milliseconds. */
const SLOW_CLOCK_MS = 24 * 60 * 60 * 1000

/**
 * A certificate for a server that is reached under `hosts`, names or addresses. Self-signed unless there's an `issuer`.
 */
export function makeCertificate(name: string, hosts: readonly string[], now: number, how: Standing = {}): Credentials {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' })
  const signer = how.issuer ? createPrivateKey(how.issuer.key) : privateKey
  const body = sequence(
    inContext(0, false, integer(Uint8Array.of(2))),
    integer(randomBytes(16)),
    ECDSA_WITH_SHA256,
    nameOf(how.issuer?.name ?? name),
    sequence(time(new Date(now - SLOW_CLOCK_MS)), time(how.until ?? FOR_EVER)),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    inContext(3, false, sequence(...extensions(hosts, how.authority ?? false))),
  )
  const whole = sequence(body, ECDSA_WITH_SHA256, bits(sign('sha256', body, signer)))
  return { cert: pem(whole), key: key.toString() }
}

const ECDSA_WITH_SHA256 = sequence(identifier('1.2.840.10045.4.3.2'))

const nameOf = (common: string): Uint8Array => sequence(set(sequence(identifier('2.5.4.3'), utf8(common))))

function extensions(hosts: readonly string[], authority: boolean): readonly Uint8Array[] {
  const basic = extension('2.5.29.19', true, authority ? sequence(truth) : sequence())
  if (authority) return [basic]
  const serverAuth = identifier('1.3.6.1.5.5.7.3.1')
  return [
    basic,
    extension('2.5.29.37', false, sequence(serverAuth)),
    extension('2.5.29.17', false, sequence(...hosts.map(subject))),
  ]
}

const extension = (id: string, critical: boolean, value: Uint8Array): Uint8Array =>
  sequence(identifier(id), ...(critical ? [truth] : []), octets(value))

const subject = (host: string): Uint8Array =>
  isIPv4(host) || isIPv6(host)
    ? inContext(7, true, addressBytes(host))
    : inContext(2, true, Buffer.from(host, 'latin1'))

function addressBytes(address: string): Uint8Array {
  if (isIPv4(address)) return Uint8Array.from(address.split('.').map(Number))
  const [before = '', after = ''] = address.split('::')
  const [head, tail] = [before, after].map(groups => groups.split(':').filter(group => group !== ''))
  const zeros = Array<string>(8 - (head?.length ?? 0) - (tail?.length ?? 0)).fill('0')
  const all = [...(head ?? []), ...zeros, ...(tail ?? [])].map(group => Number.parseInt(group, 16))
  return Uint8Array.from(all.flatMap(group => [group >> 8, group & 0xff]))
}

const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
    .toString('base64')
    .replaceAll(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`
