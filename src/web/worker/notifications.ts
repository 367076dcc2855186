/** Notifications of pushes, and the place that a click on one opens. */
import { type Notice, noticeOf } from './notice-of.ts'

declare const self: ServiceWorkerGlobalScope

/** Options that the library of types lacks. */
type Options = NotificationOptions & { readonly renotify?: boolean }

export async function showPush(data: PushMessageData | null): Promise<void> {
  const notice = noticeOf(jsonOf(data))
  // A page that somebody looks at shows it itself. Browsers allow that; one that didn't would show a sentence of its own.
  if ((await pages()).some(({ visibilityState }) => visibilityState === 'visible')) return
  const [shown] = await self.registration.getNotifications({ tag: notice.tag })
  // A hidden page has shown it already.
  if (shown && notice.seq > 0 && (shown.data?.seq ?? 0) >= notice.seq) return
  await self.registration.showNotification(notice.title, optionsOf(notice))
}

const optionsOf = ({ tag, seq, body, hash }: Notice): Options => ({
  ...{ tag, body, data: { seq, hash } },
  ...{ icon: '/icon-192.png', badge: '/icon-192.png', renotify: true },
})

/** In an open page if there is one, else in a new one. */
export async function goTo(hash: unknown): Promise<void> {
  const to = typeof hash === 'string' && hash.startsWith('#') ? hash : ''
  const open = await pages()
  const page = open.find(({ focused }) => focused) ?? open[0]
  if (!page) return void (await self.clients.openWindow(`/${to}`))
  page.postMessage({ go: to })
  // Browsers allow it after a click alone.
  await page.focus().catch(() => {})
}

const pages = (): Promise<readonly WindowClient[]> =>
  self.clients.matchAll({ type: 'window', includeUncontrolled: true })

function jsonOf(data: PushMessageData | null): unknown {
  try {
    return data?.json() ?? null
  } catch {
    return null
  }
}
