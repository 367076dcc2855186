/** Desktop notifications for mentions while the page is hidden. Only a button asks for the permission. */
import type { Observable, Subscription } from 'rxjs'
import { pairwise } from 'rxjs'
import type { Said } from '../../client/chat/conversation/timeline.ts'
import type { Chat } from '../../client/chat/state.ts'
import { keepNotices, wantsNotices } from '../browser/keep.ts'
import { isDeleted, latestMention } from './latest-mention.ts'

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

export const watchMentions = (chat$: Observable<Chat>): Subscription =>
  chat$.pipe(pairwise()).subscribe(([before, now]) => {
    if (shown && isDeleted(now, shown.seq)) shown.notice.close()
    if (now.bells === before.bells || !document.hidden) return
    const said = latestMention(now)
    if (said && notices() === 'on') show(said)
  })

/** The notification that is shown, and its message. It closes if the message is deleted. */
let shown: { readonly notice: Notification; readonly seq: number } | null = null

function show({ from, text, to, seq }: Said): void {
  const notice = new Notification(to === null ? `${from} mentioned you` : `${from} wrote to you`, {
    body: (text ?? '').slice(0, NOTICE_CHARS),
    icon: '/favicon.svg',
    tag: 'rxchat',
  })
  shown = { notice, seq }
  notice.onclose = () => {
    if (shown?.notice === notice) shown = null
  }
  notice.onclick = () => {
    window.focus()
    notice.close()
  }
}
