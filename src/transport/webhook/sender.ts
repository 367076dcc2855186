/** Webhooks over HTTP: one signed request per delivery, guarded as all requests to URLs that people gave. */
import { createHmac } from 'node:crypto'
import type { Failure, WebhookDelivery, WebhookSender } from '../../port/webhook-sender.ts'
import { type Guard, guardedPosts } from './guarded-post.ts'

type Options = Guard & {
  /** Read only when first needed. */
  readonly key: () => Uint8Array
}

export function httpWebhookSender({ key, ...guard }: Options): WebhookSender {
  const { forbids, post, close } = guardedPosts(guard)
  const secret = (salt: string): string => `rxhook_${createHmac('sha256', key()).update(salt).digest('hex')}`
  return {
    ...{ secret, forbids, close },
    async send({ url, salt, id, at, body }: WebhookDelivery): Promise<Failure | null> {
      const timestamp = `${Math.floor(at / 1000)}`
      const signature = createHmac('sha256', secret(salt)).update(`${timestamp}.${body}`).digest('hex')
      const headers = {
        'Content-Type': 'application/json; charset=utf-8',
        'Rxchat-Delivery': id,
        'Rxchat-Timestamp': timestamp,
        'Rxchat-Signature': `sha256=${signature}`,
      }
      const posted = await post(url, headers, body)
      return posted.type === 'failed' ? posted.failure : verdict(posted.status)
    },
  }
}

const verdict = (status: number): Failure | null =>
  status >= 200 && status < 300 ? null : { why: `it answered ${status}`, final: status === 410 }
