/**
 * Secrets of webhooks, and signatures with them: as Standard Webhooks say, and as this server signed before, for the
 * receivers from then.
 */
import { createHmac } from 'node:crypto'
import type { HookSecret } from '../../model/state/hook.ts'
import type { WebhookDelivery } from '../../port/webhook-sender.ts'

/** Derives the secret from its salt and the key of this server: 32 bytes. */
const bytesOf = (key: Uint8Array, { salt }: HookSecret): Buffer => createHmac('sha256', key).update(salt).digest()

/** The secret in the form that the host sees, and gives to the receiver. */
export function secretText(key: Uint8Array, secret: HookSecret): string {
  const bytes = bytesOf(key, secret)
  return secret.standard ? `whsec_${bytes.toString('base64')}` : `rxhook_${bytes.toString('hex')}`
}

export type Signed = Readonly<Record<string, string>>

/** The headers of a delivery. A receiver from before knows one signature alone: that of the oldest secret. */
export function signatures(key: Uint8Array, delivery: WebhookDelivery): Signed {
  const { id, at, body, secrets } = delivery
  const timestamp = `${Math.floor(at / 1000)}`
  const signed = secrets.map(secret =>
    createHmac('sha256', bytesOf(key, secret)).update(`${id}.${timestamp}.${body}`).digest('base64'),
  )
  const oldest = secretText(key, secrets.at(-1) ?? secrets[0])
  return {
    'Webhook-Id': id,
    'Webhook-Timestamp': timestamp,
    'Webhook-Signature': signed.map(one => `v1,${one}`).join(' '),
    'Rxchat-Delivery': delivery.delivery,
    'Rxchat-Timestamp': timestamp,
    'Rxchat-Signature': `sha256=${createHmac('sha256', oldest).update(`${timestamp}.${body}`).digest('hex')}`,
  }
}
