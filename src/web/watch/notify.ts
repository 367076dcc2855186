/** Notices on the desktop when somebody speaks of me while I look elsewhere. Asked for by a button, never by itself. */
import type { Observable, Subscription } from 'rxjs'
import { filter, pairwise } from 'rxjs'
import type { Chat } from '../../client/chat-state.ts'
import type { Said } from '../../client/timeline.ts'
import { keepNotices, wantsNotices } from '../keep.ts'
import { latestMention } from './latest-mention.ts'

/** Characters of a text in a notice. */
const NOTICE_CHARS = 200

export type Notices = 'impossible' | 'off' | 'on' | 'denied'

/** A browser offers them only to pages that came over HTTPS, or from this machine. */
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
  chat$
    .pipe(
      pairwise(),
      filter(([before, now]) => now.bells > before.bells && document.hidden),
    )
    .subscribe(([, now]) => {
      const said = latestMention(now)
      if (said && notices() === 'on') show(said)
    })

function show({ from, text, to }: Said): void {
  const notice = new Notification(to === null ? `${from} spoke of you` : `${from} wrote to you`, {
    body: (text ?? '').slice(0, NOTICE_CHARS),
    icon: '/favicon.svg',
    tag: 'rxchat',
  })
  notice.onclick = () => {
    window.focus()
    notice.close()
  }
}
