/** The push service of a browser, and the browser: it takes pushes, checks who sends them, and decrypts them. */
import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { PushTarget } from '../../src/port/push-sender.ts'

export type Pushed = {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The bytes as they came, and their content. */
  readonly body: Buffer
  readonly text: string
  /** The claims of the token, which is signed with the key beside it. */
  readonly claims: { readonly aud: string; readonly exp: number; readonly sub?: string }
  /** The key of the sender, in base64url. */
  readonly key: string
}

/** A subscription of a browser: its public data, and its reading of a push. */
export function subscription(endpoint: string, site: string | null = null) {
  const pair = createECDH('prime256v1')
  const point = pair.generateKeys()
  const auth = randomBytes(16)
  const target: PushTarget = {
    ...{ endpoint, p256dh: point.toString('base64url'), auth: auth.toString('base64url'), site },
  }
  const read = (body: Buffer): string => decrypted(body, auth, point, from => pair.computeSecret(from))
  return { target, read }
}

/** Answers as `answer` says, with a status and headers; 201 without it. */
export async function pushService(answer: (path: string) => [number, Record<string, string>?] = () => [201]) {
  const pushes: Pushed[] = []
  const devices = new Map<string, (body: Buffer) => string>()
  let wake = (): void => {}
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    const { url: path = '', headers } = request
    pushes.push({
      path,
      headers,
      body,
      text: devices.get(path)?.(body) ?? '',
      ...authorized(headers.authorization ?? ''),
    })
    const [status, more = {}] = answer(path)
    response.writeHead(status, more).end()
    wake()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    pushes,
    origin,
    /** A device that is reached at this path. */
    device(path: string, site: string | null = null): PushTarget {
      const { target, read } = subscription(`${origin}${path}`, site)
      devices.set(path, read)
      return target
    },
    /** Resolves with the push after `count` earlier ones. */
    async nth(count: number): Promise<Pushed> {
      while (pushes.length <= count) await new Promise<void>(resolve => (wake = resolve))
      return pushes[count] as Pushed
    },
  }
}

/** RFC 8292: the token and the key; throws unless the token is signed with it. */
function authorized(header: string): Pick<Pushed, 'claims' | 'key'> {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(part => part.toString('base64url'))
  const signer = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y } as never, format: 'jwk' })
  const isTrue = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: signer, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!isTrue) throw new Error('the token is not signed with its key')
  return { claims: JSON.parse(Buffer.from(claims, 'base64url').toString()), key }
}

/** RFC 8188 and 8291, read the other way round. */
function decrypted(body: Buffer, auth: Buffer, to: Buffer, secretWith: (from: Buffer) => Buffer): string {
  const [salt, length] = [body.subarray(0, 16), body[20] ?? 0]
  const [from, sealed] = [body.subarray(21, 21 + length), body.subarray(21 + length)]
  const hmac = (key: Buffer, ...parts: readonly (Buffer | string)[]): Buffer =>
    parts.reduce((digest, part) => digest.update(part), createHmac('sha256', key)).digest()
  const shared = hmac(hmac(auth, secretWith(from)), 'WebPush: info\0', to, from, '\x01')
  const prk = hmac(salt, shared)
  const key = hmac(prk, 'Content-Encoding: aes128gcm\0\x01').subarray(0, 16)
  const nonce = hmac(prk, 'Content-Encoding: nonce\0\x01').subarray(0, 12)
  const opener = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([opener.update(sealed.subarray(0, -16)), opener.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8')
}
