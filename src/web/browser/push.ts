/** This browser's subscription to notifications, with the push service that its maker runs. Loaded when it's needed. */

/** The subscription's data for the server. */
export type PushKeys = { readonly endpoint: string; readonly p256dh: string; readonly auth: string }

/** Why there are no notifications here; null: there may be. */
export function whyNoPush(): string | null {
  if (!window.isSecureContext)
    return 'Over plain HTTP a browser can’t notify you while this page is closed, nor open it while the server is away. Ask the host for HTTPS.'
  if ('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window) {
    return Notification.permission === 'denied'
      ? 'This browser forbids notifications of this page. Allow them in its settings for this site.'
      : null
  }
  return /\b(iPhone|iPad)\b/.test(navigator.userAgent)
    ? 'On this device, put the page on the home screen first (Share, Add to Home Screen), and open it from there.'
    : 'This browser has no notifications for pages that are closed.'
}

/** Asks the user. Null: there's a subscription now; otherwise the sentence to show. `key`: the server's, in base64url. */
export async function subscribe(key: string): Promise<PushKeys | string> {
  if ((await Notification.requestPermission()) !== 'granted')
    return 'Without your permission there are no notifications.'
  const registration = await navigator.serviceWorker.ready
  try {
    const known = await registration.pushManager.getSubscription()
    if (known && keyOf(known) === key) return keysOf(known)
    // It's one with another server key, such as from before the server's data was lost.
    await known?.unsubscribe()
    return keysOf(await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }))
  } catch (error) {
    return `The push service of this browser did not answer (${error instanceof Error ? error.message : error}). Try again later.`
  }
}

/** Null: this browser has none. */
export async function subscribed(): Promise<PushSubscription | null> {
  if (whyNoPush() !== null) return null
  const registration = await navigator.serviceWorker.getRegistration()
  return (await registration?.pushManager.getSubscription()) ?? null
}

export const keysOf = (subscription: PushSubscription): PushKeys => {
  const { endpoint = '', keys = {} } = subscription.toJSON()
  return { endpoint, p256dh: keys['p256dh'] ?? '', auth: keys['auth'] ?? '' }
}

export const keyOf = ({ options }: PushSubscription): string | null =>
  options.applicationServerKey && base64url(options.applicationServerKey)

/** As the server names it in its list. */
export const idOf = async (endpoint: string): Promise<string> =>
  base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint))).slice(0, ID_CHARS)

const ID_CHARS = 22

const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
