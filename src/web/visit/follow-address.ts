/** The address follows the place that is shown, and the place follows the address. */
import type { Subject, Subscription } from 'rxjs'
import type { ChatStore } from '../../client/chat/chat-store.ts'
import type { Where } from '../../client/chat/place.ts'
import type { Chat } from '../../client/chat/state.ts'
import { takeInvite } from '../browser/invite.ts'
import { listen } from '../browser/listen.ts'
import { hashOf, messageIn, noPlace, placeIn, wrongPlace } from '../browser/place.ts'
import { isOpenEntry } from '../browser/use-open.ts'

/** Back and forward lead through the visited places. */
export function followAddress(
  first: Where,
  go: (where: Where) => void,
  talk: ChatStore,
  invited: (token: string) => void,
  aim: Subject<{ readonly where: Where; readonly seq: number } | null>,
): Subscription {
  let at = first
  history.replaceState(null, '', hashOf(first))
  const all = talk.chat$.subscribe(({ where }: Chat) => {
    if (where === at) return
    at = where
    if (location.hash === hashOf(where)) return
    // The entry of an open panel is replaced by the place that the user goes to from there.
    if (isOpenEntry()) history.replaceState(null, '', hashOf(where))
    else history.pushState(null, '', hashOf(where))
  })
  all.add(
    listen(window, 'popstate', () => {
      // The link of an invite was pasted into the address.
      const invite = takeInvite()
      if (invite) invited(invite.token)
      const where = placeIn(location.hash)
      if (where && where !== talk.chat$.value.where) go(where)
      const message = messageIn(location.hash)
      if (message) {
        history.replaceState(history.state, '', hashOf(message.where))
        aim.next(message)
      }
      const wrong = wrongPlace(location.hash)
      if (wrong === null) return
      const here = talk.chat$.value.where
      history.replaceState(null, '', hashOf(here))
      talk.trouble({ where: here, asked: null, message: noPlace(wrong) })
    }),
  )
  return all
}
