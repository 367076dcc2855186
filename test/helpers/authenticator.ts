/** A passkey in software (WebAuthn, level 2): the answers of a browser and its authenticator. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto'

export type Authenticator = {
  readonly id: string
  /** RegistrationResponseJSON. */
  readonly create: (options: { readonly challenge: string }, how?: Ceremony) => object
  /** AuthenticationResponseJSON. */
  readonly get: (options: { readonly challenge: string }, how?: Ceremony) => object
}

/** Differences from an honest ceremony. */
export type Ceremony = {
  readonly origin?: string
  readonly host?: string
  readonly verified?: boolean
  readonly userHandle?: string
}

const PRESENT = 0x01
const VERIFIED = 0x04
const ATTESTED = 0x40

export function authenticator(page: { readonly origin: string; readonly host: string }): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = createHash('sha256').update(x).digest()
  let counter = 0
  const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
  const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest()

  const client = (type: string, challenge: string, how: Ceremony): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin: how.origin ?? page.origin, crossOrigin: false }))
  const data = (flags: number, how: Ceremony): Buffer => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(++counter)
    const verified = how.verified === false ? 0 : VERIFIED
    return Buffer.concat([sha256(how.host ?? page.host), Buffer.of(PRESENT | verified | flags), count])
  }
  const response = (fields: object): object => ({
    ...{ id: base64url(id), rawId: base64url(id), type: 'public-key', clientExtensionResults: {} },
    response: fields,
  })

  return {
    id: base64url(id),
    create({ challenge }, how = {}) {
      const cose = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ])
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, id.length), id, cose])
      const authData = Buffer.concat([data(ATTESTED, how), attested])
      // {"fmt": "none", "attStmt": {}, "authData": …} in CBOR (RFC 8949).
      const attestation = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'),
        Buffer.of(authData.length >> 8, authData.length & 0xff),
        authData,
      ])
      return response({
        clientDataJSON: base64url(client('webauthn.create', challenge, how)),
        attestationObject: base64url(attestation),
      })
    },
    get({ challenge }, how = {}) {
      const clientData = client('webauthn.get', challenge, how)
      const authData = data(0, how)
      return response({
        clientDataJSON: base64url(clientData),
        authenticatorData: base64url(authData),
        signature: base64url(sign('sha256', Buffer.concat([authData, sha256(clientData)]), privateKey)),
        ...(how.userHandle === undefined ? {} : { userHandle: base64url(Buffer.from(how.userHandle)) }),
      })
    },
  }
}
