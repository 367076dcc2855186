/** Keeps the document's title current as long as the chat is there. */
import { distinctUntilChanged, map, type Observable, type Subscription } from 'rxjs'
import type { Chat } from '../../client/chat/state.ts'
import { titleOf } from '../../client/view/title.ts'

export const watchTitle = (chat$: Observable<Chat>): Subscription => {
  const watching = chat$.pipe(map(titleOf), distinctUntilChanged()).subscribe(title => {
    document.title = title
  })
  watching.add(() => {
    document.title = 'rxchat'
  })
  return watching
}
