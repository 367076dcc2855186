/** A browser whose push service is one of the test, and pushes that come to its service worker. */
import type { BrowserContext, Page, Worker } from 'playwright-core'
import { onTestFinished } from 'vitest'
import type { PushTarget } from '../../src/port/push-sender.ts'

/**
 * The page gets this subscription when it asks for one. A browser without a screen permits no notification; the page's
 * request is the same.
 */
export async function withPushService(page: Page, { endpoint, p256dh, auth }: PushTarget): Promise<void> {
  await page.context().addInitScript(`
    const stored = () => localStorage.getItem('test.push')
    const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), one => one.charCodeAt(0)).buffer
    const made = () => stored() && ({
      endpoint: ${JSON.stringify(endpoint)},
      options: { applicationServerKey: bytes(stored()) },
      toJSON: () => (${JSON.stringify({ endpoint, keys: { p256dh, auth } })}),
      unsubscribe: async () => (localStorage.removeItem('test.push'), true),
    })
    Object.defineProperty(Notification, 'permission', { get: () => 'granted', configurable: true })
    Notification.requestPermission = async () => 'granted'
    PushManager.prototype.getSubscription = async () => made()
    PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
      localStorage.setItem('test.push', applicationServerKey)
      return made()
    }`)
}

/** A screen for the worker. */
const SCREEN = `
  let all = []
  registration.getNotifications = async ({ tag } = {}) => all.filter(one => tag === undefined || one.tag === tag)
  registration.showNotification = async (title, { tag, ...options }) => {
    all = [...all.filter(one => one.tag !== tag), { title, tag, ...options }]
  }`

type Shown = { readonly title: string; readonly body: string; readonly tag: string }

type PushedWorker = {
  readonly worker: Worker
  readonly deliver: (data: string) => Promise<void>
  readonly shown: () => Promise<readonly Shown[]>
}

/** `deliver` brings a push to the worker of this origin; `shown` gives the notifications that there are then. */
export async function workerOf(context: BrowserContext, origin: string): Promise<PushedWorker> {
  const page = await context.newPage()
  onTestFinished(() => page.close().catch(() => {}))
  const devtools = await context.newCDPSession(page)
  const id = new Promise<string>(resolve =>
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const found = registrations.find(({ scopeURL, isDeleted }) => scopeURL.startsWith(origin) && !isDeleted)
      if (found) resolve(found.registrationId)
    }),
  )
  await devtools.send('ServiceWorker.enable')
  const registrationId = await id
  const worker = context.serviceWorkers().find(one => one.url().startsWith(origin))
  if (!worker) throw new Error('the page has no worker')
  await worker.evaluate(SCREEN)
  return {
    worker,
    deliver: async data =>
      void (await devtools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data })),
    shown: () =>
      worker.evaluate(
        `registration.getNotifications().then(all => all.map(({ title, body, tag }) => ({ title, body, tag })))`,
      ),
  }
}
