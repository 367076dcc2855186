/**
 * The worker that opens the page while the server is away, and shows notifications. Browsers have it for HTTPS and for
 * this machine alone; if there's none, or the browser doesn't accept the certificate, the page works without.
 */
import { listen } from './listen.ts'

type Word = { readonly go?: unknown } | null

export function registerWorker(): void {
  const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined
  if (!worker) return
  worker.register('/sw.js', { updateViaCache: 'none' }).catch(() => {})
  worker.addEventListener('message', ({ data }: { readonly data: Word }) => {
    // A notification of this place was clicked.
    if (typeof data?.go === 'string' && data.go !== '') location.hash = data.go
  })
  listen(document, 'visibilitychange', () => {
    if (document.visibilityState === 'visible') void closeNotifications()
  })
}

export async function notifyByWorker(title: string, options: NotificationOptions): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  await registration?.showNotification(title, options)
}

/** `of`: only those of this message. A reader of the page needs none of them. */
export async function closeNotifications(of?: number): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  const all = (await registration?.getNotifications()) ?? []
  for (const shown of all) if (of === undefined || shown.data?.seq === of) shown.close()
}
