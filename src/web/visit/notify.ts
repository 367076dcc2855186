/**
 * Desktop notifications while the page is hidden: of mentions, or as the settings say for the place. Only a button asks
 * for the permission.
 */
import type { Observable, Subscription } from 'rxjs'
import { pairwise } from 'rxjs'
import type { Chat } from '../../client/chat/state.ts'
import { keepNotices, wantsNotices } from '../browser/keep.ts'
import { keptPush } from '../browser/kept-push.ts'
import { hashOf } from '../browser/place.ts'
import { closeNotifications, notifyByWorker } from '../browser/service-worker.ts'
import { noticedIn } from '../browser/settings.ts'
import { isDeleted, type News, newsOf } from './news.ts'

/** Characters of a text in a notification. */
const NOTICE_CHARS = 200

export type Notices = 'impossible' | 'off' | 'on' | 'denied'

/** Browsers offer notifications only to pages from HTTPS or from this machine. */
export function notices(): Notices {
  if (!('Notification' in window) || !window.isSecureContext) return 'impossible'
  if (Notification.permission === 'denied') return 'denied'
  return Notification.permission === 'granted' && wantsNotices() ? 'on' : 'off'
}

export async function switchNotices(): Promise<Notices> {
  const on = notices() === 'off' && (await Notification.requestPermission()) === 'granted'
  keepNotices(on)
  return notices()
}

export const watchNews = (chat$: Observable<Chat>): Subscription =>
  chat$.pipe(pairwise()).subscribe(([before, now]) => {
    if (shown && isDeleted(now, shown.seq)) shown.close()
    if (!document.hidden || notices() !== 'on') return
    const news = newsOf(before, now, noticedIn)
    if (news) show(news)
  })

/** The notification that is shown, and its message. It closes if the message is deleted. */
let shown: { readonly close: () => void; readonly seq: number } | null = null

function show({ said: { from, text, to, seq, mention }, where }: News): void {
  const what = to !== null ? 'wrote to you' : mention ? `mentioned you in ${where}` : `in ${where}`
  const [title, body] = [`${from} ${what}`, (text ?? '').slice(0, NOTICE_CHARS)]
  // A push about the same message may come a little later: its worker has to find this one.
  if (keptPush() !== null) {
    void notifyByWorker(title, { body, icon: '/icon-192.png', tag: where, data: { seq, hash: hashOf(where) } })
    shown = { seq, close: () => void closeNotifications(seq) }
    return
  }
  const notice = new Notification(title, { body, icon: '/favicon.svg', tag: 'rxchat' })
  const now = { close: () => notice.close(), seq }
  shown = now
  notice.onclose = () => {
    if (shown === now) shown = null
  }
  notice.onclick = () => {
    window.focus()
    notice.close()
  }
}
