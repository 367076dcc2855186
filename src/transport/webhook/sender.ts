/** Webhooks over HTTP: one signed request per delivery, guarded as all requests to URLs that people gave. */
import { HOOK_RETRY_AFTER_MOST_MS } from '../../model/limits.ts'
import type { Failure, WebhookDelivery, WebhookSender } from '../../port/webhook-sender.ts'
import { type Guard, guardedPosts } from './guarded-post.ts'
import { secretText, signatures } from './signing.ts'

type Options = Guard & {
  /** Read only when first needed. */
  readonly key: () => Uint8Array
}

export function httpWebhookSender({ key, ...guard }: Options): WebhookSender {
  const { forbids, post, close } = guardedPosts(guard)
  return {
    ...{ forbids, close },
    secret: of => secretText(key(), of),
    async send(delivery: WebhookDelivery): Promise<Failure | null> {
      const headers = { 'Content-Type': `${delivery.type}; charset=utf-8`, ...signatures(key(), delivery) }
      const posted = await post(delivery.url, headers, delivery.body)
      return posted.type === 'failed' ? posted.failure : verdict(posted.status, posted.retryAfter, delivery.at)
    },
  }
}

/** 410: the receiver wants nothing more, as Standard Webhooks say. */
function verdict(status: number, retryAfter: string | null, now: number): Failure | null {
  if (status >= 200 && status < 300) return null
  const after = retryAfter === null ? null : pause(retryAfter, now)
  return { why: `it answered ${status}`, final: status === 410, ...(after !== null && { after }) }
}

/** Retry-After is a number of seconds, or a date in GMT (RFC 9110, 10.2.3). Null: neither. */
function pause(retryAfter: string, now: number): number | null {
  const date = retryAfter.endsWith('GMT') ? Date.parse(retryAfter) : Number.NaN
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : date - now
  return Number.isNaN(ms) ? null : Math.max(0, Math.min(ms, HOOK_RETRY_AFTER_MOST_MS))
}
