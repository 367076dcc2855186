/** Web Push: each push is encrypted for its browser, signed as this server's, and posted to the service of that browser. */
import { isIP } from 'node:net'
import { PUSH_AFTER_MOST_MS, PUSH_BYTES } from '../../model/limits.ts'
import type { Push, PushFailure, PushSender, PushTarget } from '../../port/push-sender.ts'
import { type Guard, guardedPosts } from '../webhook/guarded-post.ts'
import { Authorization } from './authorization.ts'
import { encrypt } from './encrypt.ts'
import { authOf, type PushKeys, pointOf } from './keys.ts'

/** With `allowPrivate`, endpoints may also be addresses, have any port, and be without TLS: for trials. */
type Options = Guard & { readonly keys: PushKeys; readonly now?: () => number }

export function httpPushSender({ keys, now = Date.now, ...guard }: Options): PushSender {
  const { post, close } = guardedPosts(guard)
  const authorization = new Authorization(keys)

  function forbids({ endpoint, p256dh, auth }: PushTarget): string | null {
    if (!isEndpoint(endpoint, guard.allowPrivate)) return 'its endpoint is not the HTTPS address of a push service'
    if (pointOf(p256dh) === null) return 'its key is not a point of the curve P-256'
    return authOf(auth) === null ? 'its secret is not 16 bytes in base64url' : null
  }

  return {
    ...{ key: keys.publicKey.toString('base64url'), forbids, close },
    async send({ target, payload, ttl, urgency, topic }: Push): Promise<PushFailure | null> {
      const { endpoint, p256dh, auth, site } = target
      const [to, secret] = [pointOf(p256dh), authOf(auth)]
      const why = forbids(target)
      if (why !== null || !to || !secret) return failed(why ?? '', 'end')
      const body = encrypt(Buffer.from(payload), PUSH_BYTES, { to, auth: secret })
      const posted = await post(
        endpoint,
        {
          'Content-Type': 'application/octet-stream',
          'Content-Encoding': 'aes128gcm',
          Authorization: authorization.header(endpoint, site, now()),
          TTL: ttl,
          Urgency: urgency,
          Topic: topic,
        },
        body,
      )
      if (posted.type === 'failed') {
        const { why: reason, final } = posted.failure
        return failed(reason, final ? 'end' : 'retry')
      }
      return verdict(posted.status, posted.retryAfter)
    },
  }
}

function isEndpoint(endpoint: string, isTrial: boolean): boolean {
  if (!URL.canParse(endpoint)) return false
  const { protocol, username, password, hostname, port } = new URL(endpoint)
  if (username !== '' || password !== '') return false
  if (isTrial) return protocol === 'https:' || protocol === 'http:'
  return protocol === 'https:' && port === '' && isIP(hostname) === 0 && !hostname.startsWith('[')
}

/** 404 and 410: the browser has given the subscription up (RFC 8030, 7.3). */
function verdict(status: number, retryAfter: string | null): PushFailure | null {
  if (status >= 200 && status < 300) return null
  const why = `it answered ${status}`
  if (status === 404 || status === 410) return failed(why, 'end')
  if (status < 500 && status !== 429) return failed(why, 'drop')
  const seconds = retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : null
  return failed(why, 'retry', seconds === null ? null : Math.min(seconds * 1000, PUSH_AFTER_MOST_MS))
}

const failed = (why: string, next: PushFailure['next'], after: number | null = null): PushFailure => ({
  why,
  next,
  after,
})
