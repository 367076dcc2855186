/** Notifications of this browser, for the account that is here: on, off, and on again after something was lost. */
import type { Client } from '../../client/session/connection.ts'
import { keepPush, keptPush } from '../browser/kept-push.ts'
import { idOf, keyOf, keysOf, subscribe, subscribed } from '../browser/push.ts'
import { done, request } from './requests.ts'

/** Null: it's done. Otherwise the sentence to show. `key`: the server's. */
export async function turnOn(client: Client, account: string, key: string, preview: boolean): Promise<string | null> {
  const keys = await subscribe(key)
  if (typeof keys === 'string') return keys
  const why = await done(client, { type: 'push', ...keys, preview })
  if (why === null) keepPush({ account, preview })
  return why
}

export async function turnOff(client: Client): Promise<string | null> {
  const subscription = await subscribed()
  keepPush(null)
  if (!subscription) return null
  const why = await done(client, { type: 'unpush', endpoint: subscription.endpoint })
  // Without it, the push service tells the server that nobody is there.
  await subscription.unsubscribe().catch(() => false)
  return why
}

/** The browser may have lost its subscription, or the server may: after a password was changed, or its data was lost. */
export async function renewPush(client: Client, account: string): Promise<void> {
  const kept = keptPush()
  const subscription = await subscribed()
  if (kept?.account !== account) {
    // Another user is here now, who must not see messages to the former account.
    keepPush(null)
    return void (await subscription?.unsubscribe().catch(() => false))
  }
  const answer = await request(client, { type: 'devices' })
  const push = answer.ok && answer.reply.type === 'devices' ? answer.reply.push : undefined
  if (!push || Notification.permission !== 'granted') return
  const isKnown = subscription !== null && keyOf(subscription) === push.key
  if (isKnown && push.devices.includes(await idOf(subscription.endpoint))) return
  if (isKnown) await done(client, { type: 'push', ...keysOf(subscription), preview: kept.preview })
  else await turnOn(client, account, push.key, kept.preview)
}
