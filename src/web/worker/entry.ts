/**
 * The service worker of the page: it opens the page while the server is away, and shows notifications while nobody looks
 * at it. Everything that isn't a file of the page passes it by: the API, uploaded files, WebSockets.
 */
import { answerTo, forgetOthers, storeBuild } from './kept-page.ts'
import { goTo, showPush } from './notifications.ts'

declare const self: ServiceWorkerGlobalScope

// A new build takes over at once. Open pages go on: each has loaded its own code.
self.addEventListener('install', event => event.waitUntil(storeBuild().then(() => self.skipWaiting())))
self.addEventListener('activate', event => event.waitUntil(forgetOthers().then(() => self.clients.claim())))
self.addEventListener('fetch', event => {
  const answer = answerTo(event.request)
  if (answer) event.respondWith(answer)
})
self.addEventListener('push', event => event.waitUntil(showPush(event.data)))
self.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(goTo(event.notification.data?.hash))
})
