/** The title: where one is, and how often somebody has spoken of one elsewhere. */
import type { Observable, Subscription } from 'rxjs'
import { distinctUntilChanged, map } from 'rxjs'
import type { Chat } from '../../client/chat-state.ts'

export function titleOf({ conversations, where }: Pick<Chat, 'conversations' | 'where'>): string {
  const mentions = conversations.reduce((sum, at) => sum + at.mentions, 0)
  return `${mentions > 0 ? `(${mentions}) ` : ''}${where} · rxchat`
}

export const watchTitle = (chat$: Observable<Chat>): Subscription => {
  const watching = chat$.pipe(map(titleOf), distinctUntilChanged()).subscribe(title => {
    document.title = title
  })
  watching.add(() => {
    document.title = 'rxchat'
  })
  return watching
}
