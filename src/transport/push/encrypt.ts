/** Encrypts a push for one browser: aes128gcm (RFC 8188) with keys agreed upon as RFC 8291 says. */
import { createCipheriv, createECDH, createHmac, randomBytes } from 'node:crypto'

const SALT_BYTES = 16
/** The push is one record, and the last one. */
const RECORD_BYTES = 4096
const LAST = 2

/** `sender` is the private key of this one push, a scalar; `salt` has 16 bytes. Both are random, except in tests. */
type Random = { readonly salt: Uint8Array; readonly sender: Uint8Array | null }

const anew = (): Random => ({ salt: randomBytes(SALT_BYTES), sender: null })

/** `to` is the browser's point, `auth` its secret. The plain text is padded to `padded` bytes, so that its length says nothing. */
export function encrypt(
  plain: Uint8Array,
  padded: number,
  { to, auth }: { readonly to: Uint8Array; readonly auth: Uint8Array },
  { salt, sender }: Random = anew(),
): Buffer {
  const pair = createECDH('prime256v1')
  if (sender === null) pair.generateKeys()
  else pair.setPrivateKey(sender)
  const from = pair.getPublicKey()
  const secret = derived(auth, pair.computeSecret(to), 'WebPush: info\0', to, from)
  const key = derived(salt, secret, 'Content-Encoding: aes128gcm\0').subarray(0, 16)
  const nonce = derived(salt, secret, 'Content-Encoding: nonce\0').subarray(0, 12)
  const content = Buffer.alloc(Math.max(plain.length, padded) + 1)
  content.set(plain)
  content[plain.length] = LAST
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const head = Buffer.alloc(5)
  head.writeUInt32BE(RECORD_BYTES)
  head[4] = from.length
  return Buffer.concat([salt, head, from, cipher.update(content), cipher.final(), cipher.getAuthTag()])
}

/** HKDF-SHA-256 (RFC 5869) of one block. */
function derived(salt: Uint8Array, secret: Uint8Array, ...info: readonly (string | Uint8Array)[]): Buffer {
  const key = createHmac('sha256', salt).update(secret).digest()
  const block = createHmac('sha256', key)
  for (const part of info) block.update(part)
  return block.update(Buffer.of(1)).digest()
}
